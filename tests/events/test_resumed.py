"""Talks and treaties that a text goes on about without their parties."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from whowhom.encoder import Encoder, Reading
from whowhom.events.candidates import Candidate
from whowhom.events.coding import actor
from whowhom.events.resumed import resume
from whowhom.model import Document, Event, Mention, Span
from whowhom.sentences import split

LABELS = ("NONE", "CONSULT", "SUPPORT", "ASSAULT")
ENCODER = cast(Encoder, SimpleNamespace(labels={"trigger": LABELS}))


def resumed(text: str, told: tuple[str, str, str], word: str, kind: str) -> list[str]:
    """Parties of the word's candidate after an event of both states at the `told` word, of that type and status."""
    document = Document("d", "", "", "", "", "2024-03-04", "given", "en", text)
    sentences = split(document)
    mentions = [Mention("d", n, Span(text.index(n), text.index(n) + len(n)), "place", 0, country=c) for n, c in (("Chad", "TCD"), ("Oslo", "NOR"))]
    at, begin = text.index(told[0]), text.rindex(word)
    where = next(s for s in sentences if s.span.begin <= at < s.span.end)
    event = Event(
        "e", "d", told[1], "", (), "190", 1, 0.0, 0.0, (actor(mentions[0]),), (actor(mentions[1]),), "2024-03-04", "", "day", "document", told[2],
        None, (), (), (), None, where.text, where.span, Span(at, at + len(told[0])), 0.9,
    )  # fmt: skip
    here = next(s for s in sentences if s.span.begin <= begin < s.span.end)
    row = next(n for n, w in enumerate(here.words) if w.begin == begin)
    types = np.array([0.4] + [0.5 if t == kind else 0.05 for t in LABELS[1:]], np.float32)
    bare = Candidate(here, Reading({}, {}), row, types, (), (), (), ())
    return [p.mention.text for c in resume([bare], [event], sentences, mentions, ENCODER) for p in c.actors]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Chad met envoys of Oslo. Talks lasted past midnight.", "Talks", "CONSULT"),
        ("Chad met envoys of Oslo. It rained. The border treaty was signed in May.", "signed", "SUPPORT"),
        ("Chad met envoys of Oslo. But no second meeting took place.", "meeting", "CONSULT"),
    ],
)
def test_they_have_the_parties_of_what_was_told_before(text: str, word: str, kind: str) -> None:
    assert resumed(text, ("met", "CONSULT", "asserted"), word, kind) == ["Chad", "Oslo"]


@pytest.mark.parametrize(
    ("text", "told", "word", "kind"),
    [
        ("Chad met envoys of Oslo. Shells fell past midnight.", ("met", "CONSULT", "asserted"), "fell", "ASSAULT"),
        ("Chad met envoys of Oslo. Shots ended the talks of others.", ("met", "CONSULT", "asserted"), "talks", "CONSULT"),
        ("Chad shelled friends of Oslo. Talks lasted past midnight.", ("shelled", "ASSAULT", "asserted"), "Talks", "CONSULT"),
        ("Chad did not meet envoys of Oslo. Talks lasted past midnight.", ("meet", "CONSULT", "negated"), "Talks", "CONSULT"),
        ("Chad met envoys of Oslo. It rained. Cows lay. Hay was cut. Milk ran. Talks lasted.", ("met", "CONSULT", "asserted"), "Talks", "CONSULT"),
    ],
)
def test_other_words_without_a_party_stay_without(text: str, told: tuple[str, str, str], word: str, kind: str) -> None:
    assert resumed(text, told, word, kind) == []
