"""Dates told by other events: "two days after the group abducted five soldiers", "on Friday, when the convoy was hit"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whowhom.events.clause import cost
from whowhom.mentions.times.absolute import count
from whowhom.mentions.times.calendar import parse_day
from whowhom.mentions.times.patterns import NUM
from whowhom.mentions.times.relative import moved, singular
from whowhom.model import Document, Sentence, Span, When

_AFTER = re.compile(rf"\b{NUM} (?P<unit>day|week|month|year|decade)s? after ", re.IGNORECASE)
#: Between "after" or "when" and the event: one clause of its own, no other one and no quotation.
_SAME_CLAUSE = re.compile(
    r"(?!.*[;:,()\"“”]|.*\b(?:who|which|that|whose|when|while|where|because|although|though|but|if|unless|after|before|since|until|said|says)\b)(?:\S+\s+){0,12}\Z",
    re.IGNORECASE | re.DOTALL,
)
_WHEN = re.compile(r"\b(?:when|as|while) (?!an?\b|well\b|part\b|of\b|many\b)", re.IGNORECASE)
#: Between a date and the "when" that tells more of that day.
_ONE_SENTENCE = re.compile(r"[^;:\"“”.]{0,60}\Z")


def by_other(document: Document, sentence: Sentence, trigger: Span, whens: Sequence[When]) -> When | None:
    """The date of an event that a sentence dates by another one; None where it does not.

    An event "two days after" which something happened lies two days before that: before the date named for it in the
    sentence, else before the document's. What happened "when" something else did has its date.
    """
    at = trigger.begin - sentence.span.begin
    head = sentence.text[:at]
    found = next((m for m in reversed(list(_AFTER.finditer(head))) if _SAME_CLAUSE.match(head[m.end() :])), None)
    if found is not None:
        return _before(document, sentence, trigger, found, whens)
    beside = next((m for m in reversed(list(_WHEN.finditer(head))) if _SAME_CLAUSE.match(head[m.end() :])), None)
    if beside is None:
        return None
    base = sentence.span.begin
    dated = [w for w in whens if base <= w.span.begin and w.span.end <= base + beside.start() and w.date]
    if dated and _ONE_SENTENCE.match(head[dated[-1].span.end - base : beside.start()]):
        return dated[-1]
    return None


def _before(document: Document, sentence: Sentence, trigger: Span, match: re.Match[str], whens: Sequence[When]) -> When | None:
    """So many days before what the clause in front of "after" tells of, or the one behind the comma."""
    number = count(match["n"])  # 0 for "several"
    base = sentence.span.begin
    main = Span(base + match.start(), base + match.start())
    days = [w for w in whens if sentence.span.begin <= w.span.begin < sentence.span.end and len(w.date) == len("2020-01-01") and not w.date_end]
    near = [w for w in days if w.span.end <= main.begin]
    near = near or [w for w in days if "," in sentence.text[trigger.end - base : max(0, w.span.begin - base)]]
    day = parse_day(min(near, key=lambda w: cost(sentence, main, w.span)).date if near else document.date)
    if day is None or not number:
        return None
    value = moved(day, -number, singular(match["unit"]), f"{match[0].strip()}: counted back from {day.isoformat()}")
    if value.kind != "date" or not value.date:
        return None
    span = Span(base + match.start(), base + match.end() - 1)
    return When(match[0].strip(), span, value.date, value.date_end, value.precision, value.how)
