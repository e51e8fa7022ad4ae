"""Events of sentences, with what a coder would take from them.

A row has `text`, perhaps `date`, and `events`: a list of objects with `event` and, where known, `mode`,
`status`, `actor` and `recipient` (texts, or objects with `text` and `country`). PLOVER's own JSON, one event
per row with `event`, `source` and `target` (or `actor` and `recipient`), is read too; rows with the same text
are one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whowhom.config import Options
from whowhom.evaluate.measures import Table, f1
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Actor, Coded, Event

_STOP = frozenset(["the", "a", "an", "of", "and", "in", "on", "at", "to", "for", "by", "s"])


def sentences(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of either layout as sentences with a list of gold events; rows of one text are joined."""
    joined: dict[str, dict[str, Any]] = {}
    for row in rows:
        text = str(row.get("text", ""))
        one = joined.setdefault(text, {"id": row.get("id", ""), "text": text, "date": row.get("date", ""), "events": []})
        given = row.get("events")
        if given is None:
            given = [row] if row.get("event") else []
        for event in given:
            one["events"].append(
                {
                    "event": str(event["event"]).upper(),
                    "mode": event.get("mode") or "",
                    "status": event.get("status") or "",
                    "actor": _texts(event.get("actor", event.get("source"))),
                    "recipient": _texts(event.get("recipient", event.get("target"))),
                }
            )
    return list(joined.values())


def _texts(side: Any) -> list[str]:
    if side in (None, "", [], {}):
        return []
    items = side if isinstance(side, list) else [side]
    return [str(i.get("text") or i.get("name") or i.get("country") or "") if isinstance(i, dict) else str(i) for i in items]


def code_sentences(rows: Sequence[dict[str, Any]], model: str, threshold: float) -> list[Coded | None]:
    """Each sentence coded as a document of its own; None where it was set aside."""
    from whowhom.flow import code_documents
    from whowhom.model import Document, content_id

    documents = [
        Document(content_id(r["text"], n), f"row {n}", "", "", "", str(r.get("date") or ""), "given", "en", " ".join(r["text"].split()))
        for n, r in enumerate(rows)
    ]
    out: list[Coded | None] = []
    for at in range(0, len(documents), 64):
        out += code_documents(documents[at : at + 64], Options(model=model, threshold=threshold))
    return out


def same_party(gold: Sequence[str], guess: Sequence[Actor]) -> bool:
    """Whether the sides share a content word of each gold party, or both are empty."""
    if not gold or not guess:
        return not gold and not guess
    words = set().union(*(_words(a.text) | _words(a.name) for a in guess))
    return all(_words(g) & words for g in gold)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _STOP


def score(path: Path, model: str = "fast", threshold: float = -1.0) -> Result:
    """Event or none per sentence, types, and types with both sides; what was coded for every row."""
    rows = sentences(read_rows(path))
    coded = code_sentences(rows, model, threshold)
    predictions: list[dict[str, object]] = []
    hits = {"sentence": [0, 0, 0], "type": [0, 0, 0], "type and actor": [0, 0, 0], "type and both sides": [0, 0, 0]}
    status = [0, 0]
    worst = []
    for row, one in zip(rows, coded, strict=True):
        events = list(one.events) if one else []
        predictions.append({"id": row["id"], "events": [_plain(e) for e in events]})
        gold = row["events"]
        _count(hits["sentence"], bool(gold and events), bool(events), bool(gold))
        levels = {
            "type": lambda g, e: g["event"] == e.event,
            "type and actor": lambda g, e: g["event"] == e.event and same_party(g["actor"], e.actor),
            "type and both sides": lambda g, e: g["event"] == e.event and same_party(g["actor"], e.actor) and same_party(g["recipient"], e.recipient),
        }
        for name, fits in levels.items():
            pairs = _match(gold, events, fits)
            _count(hits[name], len(pairs), len(events), len(gold))
            if name == "type":
                for g, e in pairs:
                    if g["status"]:
                        status[0] += g["status"] == e.status
                        status[1] += 1
        if [g["event"] for g in gold] != [e.event for e in events]:
            worst.append(f"gold {[g['event'] for g in gold]} coded {[e.event for e in events]}: {row['text'][:140]}")
    figures: dict[str, float] = {}
    body: list[list[object]] = []
    for name, (right, found, wanted) in hits.items():
        precision, recall, value = f1(right, found, wanted)
        figures[f"{name} F1"] = value
        body.append([name, precision, recall, value, wanted])
    if status[1]:
        figures["status right, of events found"] = status[0] / status[1]
    tables: list[Table] = [("by what must be right", ["level", "precision", "recall", "F1", "gold"], body)]
    return Result("events", figures, predictions, tables, worst[:20])


def _count(counts: list[int], right: int, found: int, wanted: int) -> None:
    counts[0] += right
    counts[1] += found
    counts[2] += wanted


def _match(gold: list[dict[str, Any]], events: list[Event], fits: Any) -> list[tuple[dict[str, Any], Event]]:
    """Gold events with the coded ones that fit, each used once."""
    left, pairs = list(events), []
    for g in gold:
        hit = next((e for e in left if fits(g, e)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((g, hit))
    return pairs


def _plain(event: Event) -> dict[str, object]:
    sides = {
        k: [{"text": a.text, "country": a.country, "sector": a.sector} for a in v]
        for k, v in (("actor", event.actor), ("recipient", event.recipient))
    }
    return {
        "event": event.event,
        "mode": event.mode,
        "status": event.status,
        "probability": event.confidence,
        "trigger": list(event.trigger),
        **sides,
    }


__all__ = ["code_sentences", "same_party", "score", "sentences"]
