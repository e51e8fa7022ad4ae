"""A place that a person picks: found by the beginning of a name, kept readable, honoured with its coordinates."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from whowhom.errors import InputError
from whowhom.explore import judgements, placing
from whowhom.explore.judgements import by_event, honour
from whowhom.knowledge.places.search import beginning, by_id
from whowhom.model import Coded, Place


def test_places_are_found_by_the_beginning_of_a_name() -> None:
    assert [r.country for r in beginning("Nairob", 1)] == ["KEN"]
    assert {r.name for r in beginning("sao p")} >= {"São Paulo"}  # folded as the table is
    found = beginning("springfield", 20)
    assert len(found) == len({r.id for r in found}) == 20
    assert [r.name for r in found[:5]] == ["Springfield"] * 5
    assert [r.population for r in found[:5]] == sorted((r.population for r in found[:5]), reverse=True)
    for words in ("", "x", "\x00", "zzzzzz", "' OR 1=1 --"):
        assert beginning(words) == ()


def test_what_is_written_is_read_again() -> None:
    for words in ("Nairobi", "Bergen", "Norway", "Black Sea", "Georgia"):
        for row in beginning(words, 5):
            again = placing.meant(placing.written(row))
            assert again is not None and again.id == row.id
    assert by_id("no such id") is None


def test_a_name_alone_is_taken_only_where_it_is_sure() -> None:
    for words, country in (("Nairobi", "KEN"), ("Paris", "FRA"), ("Paris, Texas", "USA"), ("Bergen, Norway", "NOR"), ("Bergen, NLD", "NLD")):
        row = placing.meant(words)
        assert row is not None and row.country == country, words
    for words in ("Springfield", "Bergen", "Nowhere at all", "Nairobi, Norway", "Nairobi [no such id]", ""):
        assert placing.meant(words) is None, words


def test_a_place_of_no_table_is_refused_only_when_picked() -> None:
    with pytest.raises(InputError, match="no place has the id"):
        judgements.make("e", "d", "wrong_place", "Nairobi [no such id]")
    assert judgements.make("e", "d", "wrong_place", "the old mill").value == "the old mill"


def test_a_picked_place_is_honoured_with_its_coordinates(year: list[Coded]) -> None:
    placed = next(c for c in year if any(e.place for e in c.events) and any(not e.place for e in c.events))
    event = next(e for e in placed.events if e.place)
    bare = next(e for e in placed.events if not e.place)
    (bergen,) = (r for r in beginning("Bergen", 20) if r.country == "NOR")
    said = [judgements.make(e.id, e.document, "wrong_place", placing.written(bergen), by="Ada") for e in (event, bare)]
    changed = {e.id: e for e in honour(replace(placed, events=(event, bare)), by_event(said)).events}
    for id in (event.id, bare.id):
        place = changed[id].place
        assert place is not None
        assert (place.name, place.id, place.country, place.level, place.confidence) == ("Bergen", bergen.id, "NOR", "city", 1.0)
        assert abs(place.latitude - 60.39) < 0.1 and abs(place.longitude - 5.32) < 0.1
        assert [(g.field, g.by) for g in changed[id].grounds if g.by == "person:Ada"] == [("place", "person:Ada")]
    assert event.place is not None and changed[event.id].place is not None
    assert (changed[event.id].place or event.place).text == event.place.text  # the words of the text stay


def test_a_name_that_is_not_settled_stays_a_name(year: list[Coded]) -> None:
    coded = next(c for c in year if c.events)
    event = coded.events[0]
    said = [judgements.make(event.id, event.document, "wrong_place", "the old mill", by="Ada")]
    (changed, *_) = honour(coded, by_event(said)).events
    assert isinstance(changed.place, Place)
    assert (changed.place.name, changed.place.id, changed.place.country) == ("the old mill", "", "") and math.isnan(changed.place.latitude)
