# ruff: noqa: E501 - lines of mistakes are built in one place
"""Scores event dates against tests/gold/dates.jsonl: ``python -m tests.gold.attachment [dev|aside]``; texts are read from WHOWHOM_SHARED."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

from whowhom.events.when import event_date
from whowhom.mentions import times
from whowhom.model import Document, Sentence, Span

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WHOWHOM_SHARED", HERE.parents[2] / "shared"))


def rows(part: str = "all") -> list[dict[str, object]]:
    """The labelled rows; every second one is dev, the others were never looked at while the prices were chosen."""
    every = [json.loads(line) for line in (HERE / "dates.jsonl").read_text().splitlines()]
    return every if part == "all" else every[0::2] if part == "dev" else every[1::2]


def texts(names: set[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Documents of the named files by file and id."""
    found = {}
    for name in names:
        with gzip.open(SHARED / "data" / name, "rt", encoding="utf8") as lines:
            for line in lines:
                row = json.loads(line)
                found[name, row["id"]] = row
    return found


def score(part: str = "all") -> tuple[float, list[str]]:
    """Share of right dates, and a line per mistake."""
    from whowhom.sentences import split

    gold = rows(part)
    known = texts({str(g["file"]) for g in gold})
    right, wrong = 0, []
    cache: dict[str, tuple[Document, tuple[Sentence, ...], tuple[object, ...]]] = {}
    for g in gold:
        row = known[str(g["file"]), str(g["id"])]
        if g["id"] not in cache:
            document = Document(row["id"], "", "", "", "", row["date"], "given", "en", row["text"])
            sentences = tuple(split(document))
            cache[str(g["id"])] = (document, sentences, times.find(document, sentences))
        document, sentences, whens = cache[str(g["id"])]
        trigger = Span(int(str(g["start"])), int(str(g["end"])))
        sentence = next((s for s in sentences if s.span.begin <= trigger.begin < s.span.end), sentences[0])
        when, _ = event_date(document, sentence, trigger, str(g["status"]), whens)  # type: ignore[arg-type]
        got = (when.date, when.date_end) if when else ("", "")
        if got == (g["date"], g["date_end"]) or (not g["date"] and got == (document.date, "")):
            right += 1
        else:
            wrong.append(
                f"{document.date} {document.text[trigger.begin : trigger.end]!r} is {g['date'] or 'doc'} {g['date_end']}, coded {got} {when.how if when else ''}: {sentence.text}"
            )
    return right / len(gold), wrong


if __name__ == "__main__":
    share, lines = score(sys.argv[1] if len(sys.argv) > 1 else "all")
    print(f"{share:.3f}", *lines, sep="\n")
