"""Kills, two writers and joining: a store ends with the same rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import crash, invented, two_writers
from whowhom.errors import InputError
from whowhom.store import layout, open_store
from whowhom.store.joining import forget_stories, join_store, judge


def test_killed_at_random_and_resumed() -> None:
    done = crash.run(kills=2, count=40, shard=6, seed=3)
    assert done["identical"] == done["kills"] == 2


def test_two_writers_leave_what_one_leaves() -> None:
    assert two_writers.run(2, pages=30)["identical"] == 2


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    store = open_store(tmp_path)
    with store.writer() as writer:
        for one in invented.pages(0, 60):
            writer.add(one)
    join_store(store)
    return tmp_path


def test_joining_adds_rows_and_edits_none(joined: Path) -> None:
    store = open_store(joined)
    events = {p: p.stat().st_mtime_ns for p in layout.parts(joined, "events")}
    before = crash.contents(joined)
    join_store(store)
    assert {p: p.stat().st_mtime_ns for p in layout.parts(joined, "events")} == events
    assert crash.contents(joined) == before
    ids = store.query("SELECT id FROM events ORDER BY id").column("id").to_pylist()
    assert store.query("SELECT event FROM story_reports ORDER BY event").column("event").to_pylist() == ids
    assert store.query("SELECT count(*) AS n FROM events WHERE story = ''").to_pylist() == [{"n": 0}]


def test_a_judgement_is_kept_and_can_be_undone(joined: Path) -> None:
    store = open_store(joined)
    pair = store.query(
        "SELECT a.event AS left, b.event AS right FROM story_reports a JOIN story_reports b ON a.story <> b.story AND a.event < b.event "
        "ORDER BY ALL LIMIT 1"
    ).to_pylist()[0]
    story = "SELECT count(DISTINCT story) AS n FROM story_reports WHERE event IN (?, ?)"
    for verdict, stories in (("same", 1), ("different", 2), ("same", 1)):
        judge(store, pair["left"], pair["right"], verdict, by="ann")
        join_store(store)
        assert store.query(story, list(pair.values())).to_pylist() == [{"n": stories}]
    said = store.query("SELECT verdict, number FROM judgements WHERE \"by\" = 'person:ann' ORDER BY number").to_pylist()
    assert [j["verdict"] for j in said] == ["same", "different", "same"]
    with pytest.raises(InputError, match="no two events"):
        judge(store, "0" * 16, pair["right"], "same", by="ann")


def test_stories_can_be_forgotten_and_made_again(joined: Path) -> None:
    store = open_store(joined)
    before = crash.contents(joined)
    forget_stories(store)
    assert store.query("SELECT count(*) AS n FROM stories").to_pylist() == [{"n": 0}]
    assert store.rows("events").num_rows > 0
    join_store(store)
    assert crash.contents(joined) == before
