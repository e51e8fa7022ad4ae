"""Exports have the exact columns of the data sets, count what happened, and cut compound actors into dyads."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from benchmarks import invented
from whowhom.errors import InputError, OutputError
from whowhom.model import Coded
from whowhom.store import Store, open_store
from whowhom.store.export import FORMATS, export
from whowhom.store.formats.gdelt import fraction
from whowhom.store.joining import join_store


def compound() -> Coded:
    """Two actors against two recipients, said to have happened; a meeting of three; a denied attack."""
    one = invented.coded(12)
    document = one.document
    parties = [invented.actor(c, "GOV", n) for c, n in (("KEN", "Ann\tB"), ("ETH", ""), ("FRA", ""), ("DEU", ""))]
    plain = dataclasses.replace(invented.coded(1).events[0], document=document.id, date=document.date, context=("economic", "legal"))
    events = (
        dataclasses.replace(plain, id="a" * 16, actor=tuple(parties[:2]), recipient=tuple(parties[2:]), status="asserted"),
        dataclasses.replace(plain, id="b" * 16, actor=tuple(parties[:3]), recipient=(), status="asserted"),
        dataclasses.replace(plain, id="c" * 16, actor=(parties[0],), recipient=(parties[1],), status="denied"),
    )
    return dataclasses.replace(one, events=events)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(tmp_path / "store").writer(maker=invented.MAKER) as writer:
        writer.add(compound())
    return open_store(tmp_path / "store")


def lines(file: Path) -> list[list[str]]:
    return [x.split("\t") for x in file.read_text(encoding="utf8").splitlines()]


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if f.columns])
def test_every_row_has_every_column(store: Store, tmp_path: Path, name: str) -> None:
    assert export(store, name, tmp_path / "out.csv") == 4 + 6
    rows = lines(tmp_path / "out.csv")
    assert {len(r) for r in rows} == {len(FORMATS[name].columns)}
    assert len(rows) == 10 + FORMATS[name].header


def test_columns_are_those_of_the_data_sets(shared: Path) -> None:
    wanted = json.loads((shared / "reference" / "formats" / "columns.json").read_text(encoding="utf8"))
    assert {n: list(f.columns) for n, f in FORMATS.items() if f.columns} == wanted


def test_gdelt_dyads(store: Store, tmp_path: Path) -> None:
    export(store, "gdelt1", tmp_path / "out.csv")
    at = {c: i for i, c in enumerate(FORMATS["gdelt1"].columns)}
    rows = lines(tmp_path / "out.csv")
    pairs = [(r[at["Actor1CountryCode"]], r[at["Actor2CountryCode"]]) for r in rows]
    assert pairs[:4] == [("KEN", "FRA"), ("KEN", "DEU"), ("ETH", "FRA"), ("ETH", "DEU")]
    assert set(pairs[4:]) == {(a, b) for a in ("KEN", "ETH", "FRA") for b in ("KEN", "ETH", "FRA") if a != b}
    assert {r[at["Actor1Code"]] for r in rows[:2]} == {"KENGOV"}
    assert {r[at["Actor1Name"]] for r in rows[:2]} == {"ANN B"}  # a tab in a name breaks no row
    assert len({r[at["GLOBALEVENTID"]] for r in rows}) == 10


def test_only_what_happened_unless_asked(store: Store, tmp_path: Path) -> None:
    assert export(store, "polecat", tmp_path / "out", status=["denied"]) == 1
    assert export(store, "polecat", tmp_path / "out", status=["all"]) == 11
    with pytest.raises(InputError, match="no status"):
        export(store, "polecat", tmp_path / "out", status=["true"])
    with pytest.raises(InputError, match="formats are"):
        export(store, "acled", tmp_path / "out")


def test_plover_keeps_the_event_whole(store: Store, tmp_path: Path) -> None:
    assert export(store, "plover", tmp_path / "out.jsonl") == 2
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf8").splitlines()[0])
    assert [a["country"] for a in first["actor"]] == ["KEN", "ETH"]
    assert first["context"] == ["economic", "legal"]


def test_a_happening_is_one_row_of_gdelt_and_each_report_a_mention(tmp_path: Path) -> None:
    one = compound()
    other = dataclasses.replace(one.document, id="d" * 16, url="https://other.example/", publisher="Other", text=one.document.text + " End.")
    again = dataclasses.replace(one, document=other, events=tuple(dataclasses.replace(e, id=e.id[:15] + "f",
    document=other.id) for e in one.events[:1]))
    with open_store(tmp_path / "s").writer(maker=invented.MAKER) as writer:
        writer.add(dataclasses.replace(one, events=one.events[:1]))
        writer.add(again)
    store = open_store(tmp_path / "s")
    assert join_store(store)["of several reports"] == 1
    assert export(store, "gdelt2", tmp_path / "events") == 4
    assert export(store, "gdelt2_mentions", tmp_path / "mentions") == 8
    events, mentions = ({r[0] for r in lines(tmp_path / n)} for n in ("events", "mentions"))
    assert events == mentions
    at = FORMATS["gdelt2"].columns.index("NumMentions")
    assert {r[at] for r in lines(tmp_path / "events")} == {"2"}


def test_members_of_an_alliance(tmp_path: Path) -> None:
    one = compound()
    alliance = dataclasses.replace(invented.actor("IGO", "GOV", "Alliance"), members=("KEN", "ETH"))
    event = dataclasses.replace(one.events[0], actor=(alliance,), recipient=(invented.actor("FRA", "GOV"),))
    with open_store(tmp_path / "s").writer(maker=invented.MAKER) as writer:
        writer.add(dataclasses.replace(one, events=(event,)))
    store = open_store(tmp_path / "s")
    assert export(store, "icews", tmp_path / "out") == 1
    assert export(store, "icews", tmp_path / "out", members=True) == 2


def test_a_file_that_cannot_be_written(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        export(store, "icews", tmp_path / "file" / "out")


def test_fraction_of_a_year() -> None:
    assert fraction("2013-04-01").startswith("2013.2")
    assert fraction("") == ""
