# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""Time expressions and their values: MEANTIME rows (`tokens`, `timex`) and GUM rows (`sents`, `dates`).

A span is right when it is the gold one after what the two annotations include or leave out at will is dropped from its
edges: function words, "the end of", the part of a day; the strict figure drops nothing. The ends of a range ("2004-2009"),
which GUM annotates apart, may be found by the expression of the range. MEANTIME annotates durations, repetitions and vague adverbs as well as
dates, GUM dates only: what is scored follows. A value is right when it names the same span of time at the same
precision; for the ends of a range the coarser precision of the two decides.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluate.measures import Table, f1
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.evaluate.texts import from_tokens, meantime
from whowhom.mentions.times import Expression, expressions
from whowhom.mentions.times.calendar import SEASONS, first_day, last_day, parse_day, week
from whowhom.model import Document, Sentence, Span

_EDGE = re.compile(
    r"^(?:(?:the|a|an|in|on|by|of|for|during|since|from|between|early|late|mid|about|almost|nearly|some|over|more than|at least|exactly|very|earlier|later|end|beginning|start|middle) |mid-|['’])+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:['’]s| (?:early )?(?:morning|afternoon|evening|night)|[.,]| period| history| local time| \(?(?:UTC|GMT)[^)]*\)?)+$")


def score(path: Path) -> Result:
    """Span F1, and the share of right values among found spans. Raises InputError for a file of another layout."""
    rows = read_rows(path)
    right = strict = found = wanted = good = 0
    by_type: dict[str, list[int]] = {}
    worst: list[str] = []
    out: list[dict[str, object]] = []
    for row in rows:
        document, sentences, gold = _gold(row, path)
        guess = [
            e
            for e in expressions(document, sentences)
            if "timex" in row or (e.value.kind in ("date", "clock") and not e.value.how.startswith("clock time"))
        ]
        guess = [p for e in guess for p in _ends(e, {s for s, _, _ in gold})]
        wants = {_core(document.text, span): (kind, value, span) for span, kind, value in gold}
        has = {_core(document.text, e.span): e for e in guess}
        found, wanted = found + len(has), wanted + len(wants)
        strict += len({s for s, _, _ in gold} & {e.span for e in guess})
        for core, (kind, value, span) in wants.items():
            counts = by_type.setdefault(kind, [0, 0, 0])
            counts[2] += 1
            if core not in has:
                worst.append(f"{document.id}: not found: {document.text[span.begin : span.end]!r} ({kind} {value})")
                continue
            right += 1
            counts[0] += 1
            if _same(value, has[core], document):
                good += 1
                counts[1] += 1
            else:
                got = has[core].value
                worst.append(
                    f"{document.id} ({document.date}): {has[core].text!r} is {value}, coded {got.date or got.period or got.kind}{'..' + got.date_end if got.date_end else ''} ({got.how})"
                )
        worst += [f"{document.id}: not gold: {e.text!r} ({e.rule})" for core, e in has.items() if core not in wants]
        said = [
            {
                "start": e.span.begin,
                "end": e.span.end,
                "text": e.text,
                "kind": e.value.kind,
                "date": e.value.date,
                "date_end": e.value.date_end,
                "precision": e.value.precision,
                "how": e.value.how,
            }
            for e in guess
        ]
        out.append({"id": document.id, "text": document.text, "times": said})
    precision, recall, value = f1(right, found, wanted)
    figures = {
        "span F1": value,
        "precision": precision,
        "recall": recall,
        "strict span F1": f1(strict, found, wanted)[2],
        "value given the span": good / right if right else 0.0,
        "gold expressions": float(wanted),
    }
    body: list[list[object]] = [[k, n[0] / n[2], n[1] / n[0] if n[0] else 0.0, n[2]] for k, n in sorted(by_type.items())]
    tables: list[Table] = [("by type", ["type", "found", "value right", "gold"], body)]
    kinds = Counter(line.split(": ")[1] for line in worst)
    tables.append(("mistakes", ["sort", "rows"], [[k, n] for k, n in kinds.most_common() if k in ("not found", "not gold")]))
    return Result("times", figures, out, tables, worst)


def _gold(row: dict[str, Any], path: Path) -> tuple[Document, tuple[Sentence, ...], list[tuple[Span, str, Any]]]:
    """A row's document and its gold expressions: span, type, value."""
    if "timex" in row:
        document, sentences, spans = meantime(row)
        gold = [(Span(spans[t["tokens"][0]].begin, spans[t["tokens"][-1]].end), str(t["type"]), t["value"]) for t in row["timex"] if t.get("tokens")]
        return document, sentences, gold
    if "dates" in row and "sents" in row:
        document, sentences, groups = from_tokens(str(row["id"]), str(row.get("date") or ""), [s["tokens"] for s in row["sents"]])
        dates = [(Span(groups[d["sent"]][d["start"]].begin, groups[d["sent"]][d["end"] - 1].end), "DATE", d["attrs"]) for d in row["dates"]]
        return document, sentences, dates
    raise InputError("neither MEANTIME (timex) nor GUM (sents, dates) rows", where=str(path))


_RANGE = re.compile(r" ?(?:-|–|/|\b(?:to|and|through|until)\b) ?")


def _ends(one: Expression, gold: set[Span]) -> list[Expression]:
    """The two ends of a range where they are annotated apart, else the expression."""
    if one.rule not in ("years", "month-day", "day-month") or one.value.precision != "range" or one.span in gold:
        return [one]
    parts = list(_RANGE.finditer(one.text))
    begins = [one.text.lower().startswith(w) * len(w) for w in ("from ", "between ")]
    if not parts or not any(s.begin >= one.span.begin + parts[-1].end() and s.end <= one.span.end for s in gold):
        return [one]
    cut = parts[-1]
    halves = ((sum(begins), cut.start(), one.value.date), (cut.end(), len(one.text), one.value.date_end))
    return [
        Expression(one.text[b:e], Span(one.span.begin + b, one.span.begin + e), one.rule, one.value._replace(date=d, date_end=""))
        for b, e, d in halves
    ]


def _core(text: str, span: Span) -> Span:
    """A span without function words at its edges."""
    words = text[span.begin : span.end]
    begin = span.begin + (m.end() if (m := _EDGE.match(words)) and m.end() < len(words) else 0)
    tail = _TAIL.search(text[begin : span.end])
    return Span(begin, begin + tail.start() if tail and tail.start() else span.end)


def _same(gold: Any, guess: Expression, document: Document) -> bool:
    """Whether the value is the gold one."""
    value = guess.value
    if isinstance(gold, dict):
        return _same_tei(gold, guess)
    text = str(gold)
    if text.startswith("P") and text[1:2] in "TX0123456789":
        # "two years ago" may be annotated as its duration: the number and unit agree
        return value.period == text or (value.kind == "duration" and "X" in text) or (text[1:2] == "X" and value.kind == "vague")
    if text in ("PAST_REF", "FUTURE_REF", "PRESENT_REF") or text.startswith("XXXX"):
        return value.precision == "open" or value.kind == "vague" or (text == "PRESENT_REF" and value.date == document.date)
    begin, end = timex(text)
    mine = first_day(value.date), last_day(value.date_end or value.date)
    if value.how.startswith("since then"):
        return bool(begin) and mine[0] == begin
    return bool(begin) and mine == (begin, end)


def timex(text: str) -> tuple[str, str]:
    """First and last day of a TIMEX3 value; empty where it is none."""
    text = text.removeprefix("FY").split("T")[0].replace("-XX", "")
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", text):
        monday = parse_day(f"{m[1]}-01-04")
        if monday is None:
            return "", ""
        first, last = week(monday, int(m[2]) - 1)
        return (
            (str(parse_day(last)), last) if not m[3] and not first else ((first, last) if not m[3] else (last[:8] + f"{int(last[8:]) - 1:02d}", last))
        )
    if m := re.fullmatch(r"(\d{4})-Q(\d)", text):
        quarter = int(m[2])
        return f"{m[1]}-{3 * quarter - 2:02d}-01", last_day(f"{m[1]}-{3 * quarter:02d}")
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", text):
        first_month, last_month = SEASONS[{"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}[m[2]]]
        return f"{m[1]}-{first_month:02d}-01", last_day(f"{m[1]}-{last_month:02d}")
    if re.fullmatch(r"\d{2,3}", text):
        return text.ljust(4, "0") + "-01-01", text.ljust(4, "9") + "-12-31"
    return first_day(text), last_day(text)


def _same_tei(gold: dict[str, str], guess: Expression) -> bool:
    """TEI date attributes: `when`, or a begin and an end of which each that is given must agree."""
    value = guess.value
    if "when" in gold:
        want = gold["when"]
        if want.startswith("--"):
            return value.date[4:].lstrip("-").startswith(want[2:]) if value.date else False
        since = value.how.startswith("since then")
        return value.date == want and (not value.date_end or since or value.precision == "week")
    first, last = gold.get("from") or gold.get("notBefore", ""), gold.get("to") or gold.get("notAfter", "")
    pairs = [(first, value.date), (last, value.date_end or value.date)]
    return all(not want or _agree(want, got) for want, got in pairs)


def _agree(want: str, got: str) -> bool:
    """Whether two cut dates agree at the coarser precision; a season's turn of month is not told apart."""
    if want.startswith("--"):
        return got[5:7] == want[2:4] or abs(int(got[5:7] or 0) - int(want[2:4])) == 1
    size = min(len(want), len(got))
    return size > 0 and (want[:size] == got[:size] or (size == 7 and want[:4] == got[:4] and abs(int(want[5:7]) - int(got[5:7])) == 1))
