"""Events as files to take away: CSV that no spreadsheet runs, JSON, JSON lines."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from whowhom.explore.hypertext import clean, tidy
from whowhom.explore.web import questions
from whowhom.explore.web.filters import Filter
from whowhom.explore.web.index import Index

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/x-ndjson"}
HEAD = (*questions.COLUMNS, "actors", "recipients", "said")
#: A spreadsheet runs a cell that begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


def cell(value: Any) -> str:
    """A cell: lists joined, what a spreadsheet would run behind an apostrophe."""
    if isinstance(value, list):
        value = "; ".join(x if isinstance(x, str) else " ".join(y for y in x if y) for x in value)
    if isinstance(value, int | float):
        return "" if isinstance(value, float) and not math.isfinite(value) else str(value)
    text = clean(str(value or "")).replace("\n", " ")
    return "'" + text if text.lstrip().startswith(_FORMULA) else text


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the index as JSON values."""
    return {k: (None if isinstance(v := row[k], float) and not math.isfinite(v) else tidy(v)) for k in HEAD}


def batches(index: Index, chosen: Filter) -> Iterator[list[dict[str, Any]]]:
    """All rows of a filter, up to `questions.MOST_ROWS`."""
    step = 2000
    for page in range(questions.MOST_ROWS // step):
        rows = questions.events(index, chosen, page, step)
        if rows:
            yield rows
        if len(rows) < step:
            return


def write(format: str, found: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    """The file, a batch at a time."""
    if format == "csv":
        yield ",".join(HEAD) + "\r\n"
        for rows in found:
            text = io.StringIO()
            csv.writer(text).writerows([cell(row[k]) for k in HEAD] for row in rows)
            yield text.getvalue()
        return
    first = True
    yield "[" if format == "json" else ""
    for rows in found:
        for row in rows:
            line = json.dumps(plain(row), ensure_ascii=False)
            yield line + "\n" if format == "jsonl" else ("\n" if first else ",\n") + line
            first = False
    yield "\n]\n" if format == "json" else ""
