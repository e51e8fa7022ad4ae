"""Actors: country, sector and name of mentions marked in texts.

A row is {text, date?, mentions: [{start, end, country, sector, name?, kind?}]}; country and sector may be lists of
codes that are all right, "none" standing for nobody's. Rows {file, id, start, end, country, sector, aside}
take their text from the data folder beside the repository (WHOWHOM_SHARED), so that no sentence has to be copied.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluate.measures import confusion
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Document, Mention, Sentence, Span


def score(path: Path, context: bool = True) -> Result:
    """Shares of right countries, sectors and names. With `context`, other capitalised names of the text are
    resolved along with the marked mentions, as in the pipeline, where they come from the encoder."""
    documents = _documents(read_rows(path), path)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows: list[dict[str, object]] = []
    golds: list[str] = []
    guesses: list[str] = []
    worst: list[str] = []
    for text, date, publisher, wanted in documents:
        found = resolve_spans(text, date, wanted, context, publisher)
        for want, got in zip(wanted, found, strict=True):
            right = {
                "country": _one_of(want, "country", got.country) or set(got.members) == set(_list(want["country"])),
                "sector": _one_of(want, "sector", got.sector),
            }
            if want.get("name"):
                right["name"] = got.name == want["name"]
            part = "aside" if want.get("aside") else "open" if "aside" in want else "all"
            for field, good in right.items():
                for key in (field, f"{field} ({part})"):
                    counts[key][0] += good
                    counts[key][1] += 1
            golds.append(str(_list(want["sector"])[0]))
            guesses.append(got.sector or "none")
            row = {
                "text": got.text,
                "country": got.country,
                "sector": got.sector,
                "name": got.name,
                "how": got.how,
                "probability": got.confidence,
                **{f"{k} right": v for k, v in right.items()},
            }
            rows.append({**{k: want[k] for k in ("file", "id", "start", "end") if k in want}, **row})
            if not all(right.values()):
                wanted_codes = f"{_list(want['country'])} {_list(want['sector'])}"
                apart = " [aside]" if part == "aside" else ""
                worst.append(f"{got.text[:60]!r} wanted {wanted_codes}, got {got.country or 'none'} {got.sector or 'none'}: {got.how[:90]}{apart}")
    figures = {name: right / total for name, (right, total) in sorted(counts.items()) if total}
    figures["mentions"] = float(len(rows))
    return Result("actors", figures, rows, [confusion(golds, guesses)], worst[:200])


def resolve_spans(text: str, date: str, wanted: list[dict[str, Any]], context: bool, publisher: str = "") -> list[Mention]:
    """The marked mentions of a text, resolved in the company of its other names, for a publisher where the row has one."""
    from whowhom.actors import resolve
    from whowhom.actors.kinds import kind_of
    from whowhom.actors.lookup import names_in

    document = Document("evaluation", "", "", "", publisher, date, "given" if date else "none", "en", text)
    sentences = _sentences(text)
    marked = [
        Mention(
            "evaluation",
            text[w["start"] : w["end"]],
            Span(w["start"], w["end"]),
            w.get("kind") or kind_of(text[w["start"] : w["end"]]),
            _at(sentences, w["start"]),
        )
        for w in wanted
    ]
    spans = [m.span for m in marked]
    others = [dataclasses.replace(m, sentence=_at(sentences, m.span.begin)) for m in names_in("evaluation", text, tuple(spans))] if context else []
    every = sorted([*marked, *others], key=lambda m: m.span)
    found = dict(zip((m.span for m in every), resolve(document, sentences, tuple(every)), strict=True))
    return [found[s] for s in spans]


def _documents(rows: list[dict[str, Any]], path: Path) -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    out = []
    joined: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, row in enumerate(rows, 1):
        if "text" in row and "mentions" in row:
            out.append((row["text"], row.get("date") or "", row.get("publisher") or "", row["mentions"]))
        elif "file" in row and "id" in row:
            joined.setdefault((row["file"], row["id"]), []).append(row)
        else:
            raise InputError("neither text and mentions nor file and id", where=f"{path}:{number}", remedy="see the layout in the documentation")
    for (file, name), wanted in joined.items():
        text, date, publisher = _shared(file).get(name) or ("", "", "")
        if not text:
            raise InputError(f"no text {name!r} in {file}", where=str(path), remedy="set WHOWHOM_SHARED to the folder that holds data/")
        out.append((text, date, publisher, wanted))
    return out


@lru_cache(maxsize=8)
def _shared(file: str) -> dict[str, tuple[str, str, str]]:
    folder = Path(os.environ.get("WHOWHOM_SHARED") or Path(__file__).resolve().parents[4] / "shared")
    where = folder / "data" / Path(file).name
    if not where.exists():
        raise InputError("the texts of this set are not here", where=str(where), remedy="set WHOWHOM_SHARED to the folder that holds data/")
    return {r["id"]: (*_text_and_date(r), r.get("publisher") or "") for r in read_rows(where)}


def _text_and_date(row: dict[str, Any]) -> tuple[str, str]:
    if "text" in row:
        return row["text"], row.get("date") or ""
    if "sents" in row:
        return " ".join(t for s in row["sents"] for t in s["tokens"]), row.get("date") or ""
    return " ".join(row.get("tokens") or ()), row.get("dct") or ""


def _sentences(text: str) -> tuple[Sentence, ...]:
    out = []
    begin = 0
    for m in re.finditer(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+", text):
        out.append(Span(begin, m.start()))
        begin = m.end()
    out.append(Span(begin, len(text)))
    return tuple(Sentence("evaluation", i, 0, "body", s, text[s.begin : s.end], ()) for i, s in enumerate(out))


def _at(sentences: tuple[Sentence, ...], offset: int) -> int:
    from bisect import bisect_right

    return max(0, bisect_right([s.span.begin for s in sentences], offset) - 1)


def _list(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value or "none")]


def _one_of(want: dict[str, Any], field: str, got: str) -> bool:
    return (got or "none") in _list(want[field])
