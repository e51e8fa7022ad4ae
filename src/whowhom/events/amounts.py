"""The amounts of an event: those of its own clause."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.events.clause import cost
from whowhom.model import Amount, Document, Sentence, Span

#: An amount further away than this belongs to another clause.
LIMIT = 2.6


def event_amounts(document: Document, sentence: Sentence, trigger: Span, amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """The amounts that stand in the clause of the event at `trigger`, in text order."""
    here = (a for a in amounts if sentence.span.begin <= a.span.begin and a.span.end <= sentence.span.end)
    return tuple(a for a in here if cost(sentence, trigger, a.span) <= LIMIT)
