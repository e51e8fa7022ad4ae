"""What the rules pass on: an expression with its value before it becomes a `When`, and what they know of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from whowhom.mentions.times.tense import direction
from whowhom.model import Span


class Value(NamedTuple):
    """A worked-out value. `kind` is date, clock, duration, set or vague; `period` an ISO period (``P5Y``)."""

    kind: str
    date: str = ""
    date_end: str = ""
    precision: str = "open"
    how: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of any kind at a span of the document. `rule` names the row of the pattern table."""

    text: str
    span: Span
    rule: str
    value: Value


@dataclass(slots=True)
class Setting:
    """What a rule may ask about the surroundings of a match; one per sentence, offsets in the sentence.

    `anchor` is the document's date. `lead` is the day that the report's opening names, where that is the day before
    it: a page often carries a report of the day before, whose "8 days ago" counts from then. `dated` are the values
    found so far in the document (newest last), `dated_here` those of this sentence.
    """

    text: str
    anchor: date | None
    dated: list[Value] = field(default_factory=list)
    dated_here: list[Value] = field(default_factory=list)
    begin: int = 0
    end: int = 0
    lead: date | None = None

    def direction(self) -> str:
        """'past', 'future' or ''."""
        return direction(self.text, self.begin, self.end)

    def reference(self) -> Value | None:
        """The last date that the text gave, this sentence first."""
        return self.dated_here[-1] if self.dated_here else self.dated[-1] if self.dated else None


def unknown(how: str) -> Value:
    """A date that is one but cannot be worked out; `how` says why."""
    return Value("date", how=how)


NO_ANCHOR = "left open: the document has no date to count from"
