# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""The date of an event: the time expression of its own clause, else the document's date, marked as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whowhom.events.clause import cost
from whowhom.events.offsets import by_other
from whowhom.mentions.times.calendar import first_day, last_day
from whowhom.model import Document, Sentence, Span, When

#: An expression further away than this belongs to something else; chosen on the dev half of tests/gold/dates.jsonl.
LIMIT = 2.4
#: An expression this near is the event's own, whatever else the sentence tells of its time.
BESIDE = 0.5
_HAPPENED = ("asserted", "historical", "denied", "negated")
#: A date in front of a noun ("the 2008 race", "Nov. 8 election") is that noun's, unless "in", "at" or "during" stands before it.
_NOUN_BEHIND = re.compile(
    r"^(?:['’]s?)? (?!(?:in|on|at|by|that|to|for|of|and|or|with|when|while|after|before|during|as|from|is|was|were|are|said|says|told|he|she|it|they|the|a|an|his|her|their|but|because|who|which|where|if|will|would|had|has|have|about|against|over|under|near|amid"
    r"|through|until|since|between|among|also|not|than|via|following|including|according|under|into|last|this|next|when|so|there|we|you|i)\b)(?:[a-z]+ly )?[A-Za-z-]{3,}"
)
_ATTRIBUTE = re.compile(
    r"(?:\b(?:the|a|an|his|her|their|its|our|this|every|each|first|second|third|of|ahead of|before|after|to|for)|['’]s) $", re.IGNORECASE
)
_ADJUNCT = re.compile(r"\b(?:in|at|during|since|on|for)(?: (?:the|a|an|his|her|their|its|this|that|said))? $", re.IGNORECASE)
_SPAN_WORDS = 4
#: From the mark of possession to the noun: no comma, no stop, no function word that would begin another phrase.
_NEAR = re.compile(r"['’]s (?:(?!(?:by|in|on|at|of|to|for|from|with|after|before|and|or|that|which|who)\b)[\w-]+ ){0,4}")


def event_date(document: Document, sentence: Sentence, trigger: Span, status: str, whens: Sequence[When]) -> tuple[When | None, str]:
    """The expression that dates the event at `trigger` and where the date is from: ``text``, ``document`` or ``none``.

    What looks ahead of the document's date dates only what is planned or hypothetical, what lies before it only what
    happened. Without such an expression the event has the document's date. An expression that the text leaves open ("the
    next Olympics") is returned as it is: the date stays open then, it is not the document's.
    """
    best: tuple[float, When] | None = None
    for when in whens:
        if when.span.begin < sentence.span.begin or when.span.end > sentence.span.end or not _possible(when, status, document.date):
            continue
        behind = sentence.text[when.span.end - sentence.span.begin : trigger.begin - sentence.span.begin]
        if not _owns(sentence, when):
            price = cost(sentence, trigger, when.span) + _attribute(sentence, trigger, when)
        elif when.span.end <= trigger.begin and _NEAR.fullmatch(behind):
            price = 0.0  # "Monday's attack": the attack's day, whatever verb stands before it
        elif _ADJUNCT.search(sentence.text[max(0, when.span.begin - sentence.span.begin - 24) : when.span.begin - sentence.span.begin]):
            price = cost(sentence, trigger, when.span)  # "arrested in Monday's raid"
        else:
            continue
        if price <= LIMIT and (best is None or price < best[0]):
            best = (price, when)
    if (best is None or best[0] > BESIDE) and status in _HAPPENED:
        other = by_other(document, sentence, trigger, [w for w in whens if _possible(w, status, document.date)])
        if other is not None:
            return other, "text"
    if best is not None:
        return best[1], "text"
    return None, "document" if document.date else "none"


def _owns(sentence: Sentence, when: When) -> bool:
    """Whether a date stands in the possessive: "yesterday's", "last week's"."""
    at = when.span.end - sentence.span.begin
    return sentence.text[at : at + 3] in ("'s ", "’s ")


def _possible(when: When, status: str, today: str) -> bool:
    """Whether an expression can date an event of that status at all."""
    if not when.date:
        return when.precision == "open" and "does not say when" in when.how and status in ("planned", "hypothetical")
    if when.date.startswith("-") or not today:
        return True
    if status == "planned":
        return last_day(when.date_end or when.date) >= today
    if status in _HAPPENED:
        return first_day(when.date) <= today
    return True


def _attribute(sentence: Sentence, trigger: Span, when: When) -> float:
    """What it costs that a date stands as an attribute of another noun than the trigger."""
    base = sentence.span.begin
    after = sentence.text[when.span.end - base : when.span.end - base + 60]
    before = sentence.text[max(0, when.span.begin - base - 24) : when.span.begin - base]
    if not _NOUN_BEHIND.match(after) or when.precision == "open":
        return 0.0
    if trigger.begin >= when.span.end and len(sentence.text[when.span.end - base : trigger.begin - base].split()) <= _SPAN_WORDS:
        return -0.5
    if _ADJUNCT.search(before):
        return 0.3
    return 3.0 if _ATTRIBUTE.search(before) else 0.6
