"""Events that stand alone on a page, or against all the rest of it."""

from __future__ import annotations

from whowhom.events.company import settle
from whowhom.model import Actor, Event, Note, Span


def event(kind: str, quad: int, actors: str, recipients: str, confidence: float, status: str = "asserted", said: str = "") -> Event:
    sides = [tuple(Actor(c, Span(0, 0), country=c) for c in side.split()) for side in (actors, recipients)]
    speakers = tuple(Actor(c, Span(0, 0), country=c) for c in said.split())
    return Event(
        kind + actors + recipients, "d", kind, "", (), "190", quad, 0.0, 0.0, *sides, "2024", "", "year", "text", status, None, (), speakers, (),
        None, "", Span(0, 0), Span(0, 0), confidence,
    )  # fmt: skip


FRIENDS = [event("CONSULT", 1, "BOL CHL", "", 0.9), event("AGREE", 1, "BOL", "CHL", 0.8), event("COOPERATE", 2, "CHL", "BOL", 0.8)]


def test_a_sentence_that_lost_its_subject_does_not_set_friends_at_odds() -> None:
    notes: list[Note] = []
    odd = event("ACCUSE", 3, "BOL", "CHL", 0.7)
    assert settle([*FRIENDS, odd], 12, notes) == FRIENDS
    assert "in accord" in notes[0].reason and notes[0].probability == 0.7


def test_what_is_sure_attributed_repeated_or_about_others_stays() -> None:
    for other in (
        event("ACCUSE", 3, "BOL", "CHL", 0.95),
        event("ACCUSE", 3, "BOL", "CHL", 0.7, said="PER"),
        event("ACCUSE", 3, "BOL", "PER", 0.7),
        event("ASSAULT", 4, "BOL", "CHL", 0.7, status="denied"),
    ):
        assert other in settle([*FRIENDS, other], 12, [])
    twice = [event("ACCUSE", 3, "BOL", "CHL", 0.7), event("REJECT", 3, "CHL", "BOL", 0.7)]
    assert settle([*FRIENDS, *twice], 12, []) == [*FRIENDS, *twice]
    assert settle([FRIENDS[0], twice[0]], 12, []) == [FRIENDS[0], twice[0]]


def test_the_lone_and_unsure_event_of_a_long_page_is_left_out() -> None:
    lone = event("THREATEN", 3, "NOR", "", 0.5)
    notes: list[Note] = []
    assert settle([lone], 12, notes) == [] and "surest event" in notes[0].reason
    assert settle([lone], 1, []) == [lone]
    assert settle([lone, FRIENDS[0]], 12, []) == [lone, FRIENDS[0]]
