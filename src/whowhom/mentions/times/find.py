"""The scan: which patterns can match a sentence, which matches stand, and what they are worth in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib import resources

from whowhom.mentions.times import relative
from whowhom.mentions.times.calendar import parse_day, shift_days
from whowhom.mentions.times.expression import Expression, Setting, Value, unknown
from whowhom.mentions.times.patterns import CLASSES, DIGIT, FEAST, NAMED, PATTERNS, Pattern
from whowhom.model import Document, Sentence, Span, When

_WORD = re.compile(r"[A-Za-z]+(?:['’]s\b)?|\d")
#: Longer sentences are lists or defects; the rest of them is not read.
MAX_CHARACTERS = 4000
#: Sentences that count as the opening, headline included.
LEAD = 3
_SINCE = re.compile(r"(?:^|\b)[sS]ince (?:the |late |early |mid-)?$")
#: A clock time and a day beside each other are one expression.
_BESIDE = re.compile(r" (?:on |of )?")


def find(document: Document, sentences: Sequence[Sentence]) -> tuple[When, ...]:
    """Every dated expression of a document in text order; durations, repetitions and vague adverbs are not among them.

    An expression that is a date but cannot be worked out has the precision ``open``, no date, and says why in `how`.
    """
    return tuple(
        When(e.text, e.span, e.value.date, e.value.date_end, e.value.precision, e.value.how)
        for e in expressions(document, sentences)
        if e.value.kind in ("date", "clock")
    )


def expressions(document: Document, sentences: Sequence[Sentence]) -> tuple[Expression, ...]:
    """Every time expression of any kind (date, clock, duration, set, vague) in text order; spans do not overlap."""
    anchor = parse_day(document.date) if document.date else None
    dated: list[Value] = []
    out: list[Expression] = []
    lead: date | None = None
    eve = shift_days(anchor, -1) if anchor else None
    for number, sentence in enumerate(sentences):
        text = sentence.text[:MAX_CHARACTERS]
        bits = classes(text)
        if not bits:
            continue
        setting = Setting(text, anchor, dated, lead=lead)
        found: list[Expression] = []
        for begin, end, pattern, match in _matches(text, bits):
            setting.begin, setting.end = begin, end
            value = _value(pattern, match, setting)
            if value.kind == "date" and _SINCE.search(text, max(0, begin - 12), begin):
                value = relative.since(value, anchor)
            if anchor and number < LEAD and pattern and pattern.name == "weekday" and eve and value.date == eve.isoformat():
                setting.lead = lead = eve
            if value.kind == "date" and value.date:
                setting.dated_here.append(value)
            base = sentence.span.begin
            found.append(Expression(text[begin:end], Span(base + begin, base + end), pattern.name if pattern else "named", value))
        out += _joined(found, text, sentence.span.begin)
        dated += setting.dated_here
    return tuple(out)


def classes(text: str) -> int:
    """The word classes that a sentence holds, as bits."""
    bits = 0
    for word in _WORD.findall(text):
        if word.isdecimal():
            bits |= DIGIT
            continue
        low = word.lower()
        bits |= CLASSES.get(low, 0)
        if low[-2:-1] in ("'", "’"):  # yesterday's attack
            bits |= CLASSES.get(low[:-2], 0)
    return bits


def _value(pattern: Pattern | None, match: re.Match[str], setting: Setting) -> Value:
    """What a match is worth; a value outside the calendar is said to be so."""
    if pattern is None:
        return _named(match[0], setting)
    try:
        return pattern.work(match, setting)
    except (ValueError, OverflowError):  # a year beyond 9999 or before 1 in some sum of dates
        return unknown("left open: outside the calendar")


def _matches(text: str, bits: int) -> list[tuple[int, int, Pattern | None, re.Match[str]]]:
    """Matches that stand: the leftmost, of those the longest, of those the first in the table."""
    every: list[tuple[int, int, int, Pattern | None, re.Match[str]]] = []
    for row, pattern in _possible(bits):
        every += [(m.start(), -m.end(), row, pattern, m) for m in pattern.expression.finditer(text) if m.end() > m.start()]
    if bits & (NAMED | FEAST):
        every += [(m.start(), -m.end(), len(PATTERNS), None, m) for m in _names()[0].finditer(text)]
    every.sort(key=lambda m: m[:3])
    out: list[tuple[int, int, Pattern | None, re.Match[str]]] = []
    reach = 0
    for begin, end, _, row_pattern, match in every:
        if begin >= reach:
            out.append((begin, -end, row_pattern, match))
            reach = -end
    return out


@lru_cache(maxsize=1024)
def _possible(bits: int) -> tuple[tuple[int, Pattern], ...]:
    """The patterns, with their numbers, whose words a sentence of these classes has."""
    return tuple((row, pattern) for row, pattern in enumerate(PATTERNS) if all(bits & need for need in pattern.needs))


def _joined(found: list[Expression], text: str, base: int) -> Iterator[Expression]:
    """The expressions of a sentence, a clock time joined with the day beside it."""
    held: Expression | None = None
    for one in found:
        if held is not None:
            kinds = {held.value.kind, one.value.kind}
            gap = text[held.span.end - base : one.span.begin - base]
            if kinds == {"clock", "date"} and _BESIDE.fullmatch(gap) and "day" in (held.value.precision, one.value.precision):
                day = one if one.value.kind == "date" else held
                if day.value.precision == "day":
                    span = Span(held.span.begin, one.span.end)
                    held = Expression(text[span.begin - base : span.end - base], span, "clock", day.value._replace(kind="clock"))
                    continue
            yield held
        held = one
    if held is not None:
        yield held


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """The table of named days and periods, and one expression for all of them."""
    table: dict[str, tuple[str, str]] = {}
    for line in resources.files(__package__).joinpath("named.tsv").read_text(encoding="utf8").splitlines():
        if line and not line.startswith(("#", "name\t")):
            name, begin, end = (line.split("\t") + ["", ""])[:3]
            table[name] = (begin, end)
    words = "|".join(re.escape(n) for n in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), table


def _named(name: str, setting: Setting) -> Value:
    """A named day or period; a yearly one in the year that tense and document date give."""
    from whowhom.mentions.times.absolute import month_day

    begin, end = _names()[1][name]
    if not begin:
        return unknown("left open: its day differs by year and place")
    if begin.startswith("--"):
        return month_day(int(begin[2:4]), int(begin[5:7]), None, setting)
    return Value("date", begin, end, "range" if end else "day", "a named period")
