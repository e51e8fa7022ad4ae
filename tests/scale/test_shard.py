"""Shards, limits and reports, in this process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whowhom import flow
from whowhom.config import Options
from whowhom.errors import ModelError
from whowhom.model import Page, SetAside
from whowhom.scale import shard as shards
from whowhom.scale.limits import Limits, TooLong, page_clock
from whowhom.scale.report import RunReport
from whowhom.scale.resume import Markers
from whowhom.scale.shard import Outcome, Shard, cut, run_shard


def page(n: int, size: int = 10) -> Page:
    return Page(f"p{n}", bytes([65 + n % 26]) * size, "text")


def test_shards_are_cut_by_pages_and_by_bytes_and_lose_nothing() -> None:
    limits = Limits(shard_pages=3, shard_bytes=100, page_bytes=80)
    pages = [page(n, size) for n, size in enumerate([10, 10, 10, 10, 70, 70, 90, 10])]
    found = list(cut(pages, limits))
    assert [len(s.pages) for s in found] == [3, 2, 3]
    assert [s.number for s in found] == [0, 1, 2]
    large = found[2].pages[1]
    assert isinstance(large, SetAside) and "larger than" in large.reason
    assert [p.source for s in found for p in s.pages] == [p.source for p in pages]


def test_a_page_that_is_new_moves_only_the_cuts_around_it() -> None:
    pages = [page(n, 10 + n) for n in range(200)]
    ids = [s.id for s in cut(pages, Limits())]
    later = [s.id for s in cut([*pages[:90], page(1000, 7), *pages[90:]], Limits())]
    assert 13 <= len(ids) <= 26 and len(set(later) - set(ids)) <= 4


def test_a_shard_is_known_by_its_content() -> None:
    assert Shard(0, (page(1),)).id == Shard(9, (page(1),)).id
    assert Shard(0, (page(1),)).id != Shard(0, (page(2),)).id
    assert Shard(0, (page(1),)).id != Shard(0, (Page("p1", page(1).body, "text", date="2020-01-01"),)).id


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def code_pages(pages: list[Page], options: Options, known: Any) -> Iterator[Any]:
        (one,) = pages
        if one.source == "p1":
            raise ZeroDivisionError("a  fault")
        if one.source == "p2":
            end = time.process_time() + 20
            while time.process_time() < end:
                pass
        if one.source == "p3":
            raise ModelError("no such model")
        yield SetAside(one.source, "documents", "no article")

    monkeypatch.setattr(flow, "code_pages", code_pages)
    monkeypatch.setattr(shards, "warm", lambda options: None)
    yield


def test_faults_and_slow_pages_are_set_aside_and_the_others_coded(fake: None) -> None:
    beats: list[int] = []
    limits = Limits(page_seconds=0.3)
    outcome = run_shard(Shard(4, tuple(page(n) for n in (0, 1, 2, 5)), ((3, "given up"),)), Options(), limits, beats.append)
    reasons = [r.reason for r in outcome.results if isinstance(r, SetAside)]
    assert reasons == ["no article", "fault ZeroDivisionError: a fault", "took longer than 0.3 s", "given up"]
    assert outcome.number == 4 and beats == [0, 1, 2]


def test_what_would_fail_every_page_stops_the_run(fake: None) -> None:
    with pytest.raises(ModelError):
        run_shard(Shard(0, (page(3),)), Options(), Limits())


def test_the_clock_counts_work_and_not_waiting() -> None:
    with page_clock(0.2):
        time.sleep(0.4)
    with pytest.raises(TooLong), page_clock(0.2):
        while True:
            pass


def test_the_report_counts_reasons_without_their_particulars(tmp_path: Path) -> None:
    report = RunReport("local", 2, seconds=2.0)
    asides = tuple(SetAside(f"s{n}", "pages", f"the site answered {n}") for n in (404, 500))
    report.take(Outcome(0, asides, {"encoder": 3.0, "documents": 1.0}, 7))
    assert report.rejects == {"pages: the site answered …": 2} and report.encoder_share == 0.75
    path = report.write(tmp_path)
    assert '"sentences_per_second": 3.5' in path.read_text() and "75%" in path.with_suffix(".txt").read_text()


class Holder:
    def __init__(self, *ids: str) -> None:
        self.ids = ids

    def has(self, id: str) -> bool:
        return id in self.ids


def test_markers_count_while_the_store_has_the_documents_and_survive_a_torn_line(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "shards-m.txt").write_text("aaaa d1 d2\nbbbb d3\ncccc d1")
    known: Any = Holder("d1", "d2")
    markers = Markers(tmp_path, "m", known)
    assert markers.has("aaaa") and not markers.has("bbbb") and not markers.has("cccc")
    markers.add("dddd", [SetAside("x", "pages", "empty")])
    markers.add("eeee", [SetAside("x", "scale", "took longer than 60 s")])
    markers.flush()
    later = Markers(tmp_path, "m", known)
    assert later.has("aaaa") and later.has("dddd") and not later.has("eeee")
