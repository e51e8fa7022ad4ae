"""Counts by country and dyad, zeros where a state existed and nothing was told; recoding from the store."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import invented
from whowhom.config import Options
from whowhom.errors import InputError
from whowhom.model import Coded, Document, Event
from whowhom.store import Store, open_store
from whowhom.store.aggregate import aggregate
from whowhom.store.joining import join_store
from whowhom.store.recode import recode, stale

pytest.importorskip("whowhom.knowledge.states")


def event(number: int, who: str, whom: str, date: str, kind: int = 0, status: str = "asserted") -> Event:
    name, mode, quad, plover, goldstein, cameo = invented.KINDS[kind]
    base = invented.coded(1).events[0]
    parties = [invented.actor(c, "GOV") for c in who.split("+")], [invented.actor(c, "GOV") for c in whom.split("+") if c]
    return dataclasses.replace(
        base, id=f"{number:016x}", event=name, mode=mode, quad=quad, score_plover=plover, score_goldstein=goldstein, cameo=cameo,
        actor=tuple(parties[0]), recipient=tuple(parties[1]), date=date, status=status, text=f"{who} and {whom} on {date}, {number}.",
    )  # fmt: skip


def coded(number: int, *events: Event) -> Coded:
    document = Document(f"{number:016x}", "x", f"https://a.example/{number}", "", f"P{number}", "2021-03-31", "given", "en", f"Text number {number}.")
    return Coded(document, (), tuple(dataclasses.replace(e, document=document.id) for e in events))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    pages = (
        coded(1, event(1, "KEN", "ETH", "2021-01-05", kind=3), event(2, "KEN", "ETH", "2021-01-20", kind=1), event(3, "KEN+ETH", "", "2021-03-01")),
        coded(2, event(4, "KEN", "ETH", "2021-01-06", kind=3, status="denied"), event(5, "KEN", "KEN+ETH", "2021-03", kind=4),
        event(6, "FRA", "", "2021")),
    )
    with open_store(tmp_path / "s").writer(maker=invented.MAKER) as writer:
        for one in pages:
            writer.add(one)
    return open_store(tmp_path / "s")


def rows(file: Path, **where: str) -> list[dict[str, str]]:
    with file.open(encoding="utf8", newline="") as lines:
        return [r for r in csv.DictReader(lines) if all(r[k] == v for k, v in where.items())]


def test_dyads_are_directed_and_filled(store: Store, tmp_path: Path) -> None:
    done = aggregate(store, tmp_path / "o")
    assert (done.first, done.last, done.undated) == ("2021-01", "2021-03", 1)
    file = tmp_path / "o" / "dyad_month.csv"
    forth = {r["month"]: r for r in rows(file, actor="KEN", recipient="ETH")}
    back = {r["month"]: r for r in rows(file, actor="ETH", recipient="KEN")}
    assert [forth[m]["reports"] for m in sorted(forth)] == ["2", "0", "2"]
    assert [back[m]["reports"] for m in sorted(back)] == ["0", "0", "1"]  # the meeting stands on both sides
    january = forth["2021-01"]
    assert (january["quad4_stories"], january["quad2_stories"], january["assault_reports"], january["aid_reports"]) == ("1", "1", "1", "1")
    assert float(january["goldstein_mean"]) == pytest.approx((7.0 - 10.0) / 2)
    assert (january["actor_cow"], january["actor_gw"], january["recipient_cow"]) == ("501", "501", "530")
    assert forth["2021-02"]["goldstein_mean"] == ""
    assert done.rows["dyad_month"] > 3 * 190 * 190


def test_countries_act_and_receive(store: Store, tmp_path: Path) -> None:
    aggregate(store, tmp_path / "o", active=True)
    file = tmp_path / "o" / "country_month.csv"
    assert [r["reports"] for r in rows(file, country="KEN", month="2021-03", role="actor")] == ["2"]
    assert [r["reports"] for r in rows(file, country="ETH", month="2021-03", role="recipient")] == ["2"]
    assert [r["reports"] for r in rows(file, country="CHL", month="2021-02", role="actor")] == ["0"]


def test_the_index_is_the_log_ratio_with_its_error(store: Store, tmp_path: Path) -> None:
    aggregate(store, tmp_path / "o", active=True)
    pairs = {r["month"]: r for r in rows(tmp_path / "o" / "pair_month.csv", country_a="ETH", country_b="KEN")}
    january, march = pairs["2021-01"], pairs["2021-03"]
    assert (january["cooperation"], january["conflict"]) == ("1", "1")
    assert float(january["index"]) == 0
    assert (march["cooperation"], march["conflict"]) == ("1", "1")
    assert float(march["se"]) == pytest.approx(math.sqrt(2 / 1.5))
    assert float(march["high"]) == pytest.approx(1.96 * math.sqrt(2 / 1.5))


def test_denied_events_count_only_when_asked(store: Store, tmp_path: Path) -> None:
    aggregate(store, tmp_path / "o", status=["asserted", "denied"], active=True)
    assert rows(tmp_path / "o" / "dyad_month.csv", actor="KEN", recipient="ETH", month="2021-01")[0]["reports"] == "3"


def test_states_count_while_they_existed(tmp_path: Path) -> None:
    with open_store(tmp_path / "s").writer(maker=invented.MAKER) as writer:
        writer.add(coded(1, event(1, "KEN", "ETH", "1990-01-05"), event(2, "KEN", "ETH", "2012-01-05")))
    months = {}
    for state, first, last in (("DDR", "1990-08", "1990-12"), ("SSD", "2011-05", "2011-08")):
        aggregate(open_store(tmp_path / "s"), tmp_path / "o", active=True, first=first, last=last)
        months[state] = [r["month"] for r in rows(tmp_path / "o" / "country_month.csv", country=state, role="actor")]
    assert months == {"DDR": ["1990-08", "1990-09", "1990-10"], "SSD": ["2011-07", "2011-08"]}


def test_a_story_counts_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "s").writer(maker=invented.MAKER) as writer:
        for n in (1, 2, 3):
            one = event(n, "KEN", "ETH", "2021-01-05", kind=3)
            writer.add(coded(n, dataclasses.replace(one, text="Soldiers of Kenya shot at Ethiopians in Moyale.")))
    store = open_store(tmp_path / "s")
    for joined, stories in ((False, "3"), (True, "1")):
        if joined:
            join_store(store)
        aggregate(store, tmp_path / "o", active=True)
        (row,) = rows(tmp_path / "o" / "dyad_month.csv", actor="KEN", recipient="ETH")
        assert (row["reports"], row["stories"], row["quad4_stories"]) == ("3", stories, stories)


def test_wrong_settings_are_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no month"):
        aggregate(store, tmp_path / "o", first="2021")
    with pytest.raises(InputError, match="no format"):
        aggregate(store, tmp_path / "o", format="xls")
    with pytest.raises(InputError, match="no months between"):
        aggregate(store, tmp_path / "o", first="2030-01", last="2020-01")
    with pytest.raises(InputError, match="no dated events"):
        aggregate(open_store(tmp_path / "empty"), tmp_path / "o")


def test_parquet_and_the_columns(store: Store, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    done = aggregate(store, tmp_path / "o", format="parquet", active=True)
    table = pq.read_table(tmp_path / "o" / "dyad_month.parquet")
    assert table.num_rows == done.rows["dyad_month"]
    assert "index, se" in (tmp_path / "o" / "columns.tsv").read_text(encoding="utf8")


def test_recoding_makes_stale_rows_anew_and_goes_on_where_it_was(store: Store) -> None:
    calls: list[int] = []

    def code(documents: Sequence[Document], options: Options) -> list[Coded]:
        calls.append(len(documents))
        return [Coded(d, (), (), ()) for d in documents]

    assert stale(store) == 2
    for _ in recode(store, code=code):
        break  # stopped after the first
    store.query("SELECT 1")
    list(recode(store, code=code))
    assert stale(store) == 0
    assert store.rows("events").num_rows == 0
    assert {c["reason"] for c in store.rows("corrections").to_pylist()} == {"recoded"}
    assert list(recode(store, code=code)) == []
