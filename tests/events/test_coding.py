"""From candidates to events: what the words themselves decide, and what is told twice."""

from __future__ import annotations

import dataclasses

import pytest

from whowhom.events.coding import _PLEDGES_SUPPORT, _once
from whowhom.model import Actor, Event, Note, Planned, Span


@pytest.mark.parametrize(
    ("text", "pledged"),
    [
        ("Oslo pledged its full support to Chad", True),
        ("Oslo offered him Norway's backing", True),
        ("Oslo promised support for the talks", True),
        ("Oslo pledged military support to Chad", False),
        ("Oslo offered tents and support", False),
        ("Oslo promised its financial backing", False),
    ],
)
def test_support_in_words_is_given_when_it_is_pledged(text: str, pledged: bool) -> None:
    assert bool(_PLEDGES_SUPPORT.match(text, len("Oslo " + text.split()[1]))) is pledged


def agree(word: str, at: int, status: str, confidence: float) -> Event:
    sides = tuple((Actor(n, Span(0, 1), entity=n),) for n in ("a", "b"))
    return Event(
        word, "d", "AGREE", "", (), "030", 1, 0.0, 0.0, *sides, "2024-03-04", "", "day", "text", status, Planned("CONSULT") if status == "planned" else None,
        (), (), (), None, "a looks forward to meeting b", Span(0, 28), Span(at, at + len(word)), confidence,
    )  # fmt: skip


def test_a_promise_and_what_it_promises_are_one_event() -> None:
    looks, meeting = agree("looks", 2, "asserted", 0.9), agree("meeting", 19, "planned", 0.7)
    notes: list[Note] = []
    assert _once([looks, meeting], notes) == (meeting,) and len(notes) == 1
    denied = dataclasses.replace(meeting, status="denied", planned=None)
    assert _once([looks, denied], []) == (looks, denied)
    agreed = dataclasses.replace(looks, text="a agrees forever to meeting b", trigger=Span(2, 8))
    assert len(_once([agreed, dataclasses.replace(meeting, text=agreed.text)], [])) == 2, "an agreement is made, whatever it is about"
    other = dataclasses.replace(looks, recipient=(Actor("c", Span(0, 1), entity="c"),))
    assert _once([other, meeting], []) == (other, meeting), "somebody else is promised something"
