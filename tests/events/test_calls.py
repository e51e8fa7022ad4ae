"""Calls told by the way."""

from __future__ import annotations

import pytest

from whowhom.events.calls import held
from whowhom.knowledge import ontology
from whowhom.model import Actor, Event, Span

BOOK = ontology.load()


def talks(text: str, word: str, kind: str, actors: str, recipients: str, status: str = "asserted") -> list[Event]:
    """Calls found beside one event at a word of a sentence."""

    def side(names: str) -> tuple[Actor, ...]:
        return tuple(Actor(n, Span(text.index(n), text.index(n) + len(n)), country=n[:3].upper()) for n in names.split())

    begin = text.index(word)
    event = Event(
        "e", "d", kind, "", ("economic",), "190", 1, 0.0, 0.0, side(actors), side(recipients), "2024-03-04", "", "day", "document", status, None,
        (), (), (), None, text, Span(0, len(text)), Span(begin, begin + len(word)), 0.8,
    )  # fmt: skip
    return [e for e in held([event], BOOK) if e is not event]


@pytest.mark.parametrize(
    ("text", "word", "kind", "actors", "recipients", "at"),
    [
        ("Macron told Putin in a phone call on Sunday to stop", "told", "REQUEST", "Macron", "Putin", "phone call"),
        ("Kenya and Chad agreed by telephone to meet", "agreed", "AGREE", "Kenya Chad", "", "telephone"),
        ("Kenya and Chad agreed on Monday over video link to meet", "agreed", "AGREE", "Kenya Chad", "", "video link"),
        ("Kenya and Chad agreed in a video to meet", "agreed", "AGREE", "Kenya Chad", "", "video"),
        ("Kenya agreed in a phone call with Chad on fees", "agreed", "AGREE", "Kenya Chad", "", "phone call"),
    ],
)
def test_what_is_said_in_a_call_tells_of_the_call(text: str, word: str, kind: str, actors: str, recipients: str, at: str) -> None:
    (talk,) = talks(text, word, kind, actors, recipients)
    assert (talk.event, talk.mode, talk.quad) == ("CONSULT", "phone", 1)
    assert [a.text for a in talk.actor] == (actors + " " + recipients).split() and talk.recipient == ()
    assert text[talk.trigger.begin : talk.trigger.end] == at and talk.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "word", "kind", "actors", "recipients"),
    [
        ("Kenya accused Chad in a video address of theft", "accused", "ACCUSE", "Kenya", "Chad"),
        ("Kenya accused Chad in a video of theft", "accused", "ACCUSE", "Kenya", "Chad"),
        ("Kenya and Chad agreed to meet, a clerk said by phone", "agreed", "AGREE", "Kenya Chad", ""),
        ("Kenya agreed by telephone to pay", "agreed", "AGREE", "Kenya", ""),
        ("Kenya shelled Chad in a phone call", "shelled", "ASSAULT", "Kenya", "Chad"),
        ("Kenya warned Chad in a phone call with Macron", "warned", "THREATEN", "Kenya", "Chad"),
        ("Kenya warned Chad in a video call with reporters", "warned", "THREATEN", "Kenya", "Chad"),
        ("Kenya condemned Chad in a phone call", "condemned", "ACCUSE", "Kenya", "Chad"),
        ("Kenya and Chad agreed in a call for calm", "agreed", "AGREE", "Kenya Chad", ""),
    ],
)
def test_other_calls_are_none_of_theirs(text: str, word: str, kind: str, actors: str, recipients: str) -> None:
    assert talks(text, word, kind, actors, recipients) == []


def test_what_did_not_happen_was_in_no_call() -> None:
    assert talks("Macron may tell Putin in a phone call to stop", "tell", "REQUEST", "Macron", "Putin", "hypothetical") == []
