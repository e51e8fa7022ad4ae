"""False alarms: pages on which no political event happens, JSON lines of {text, title, date, kind}; any event is false."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from whowhom.evaluate.measures import Table
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Coded


def score(path: Path, model: str = "fast", threshold: float = -1.0) -> Result:
    """False events for each ten pages and the share of pages with one, by kind where rows have a `kind`.

    Raises InputError where the file cannot be read; pages that cannot be coded count as pages without an event.
    """
    import whowhom

    rows = read_rows(path)
    predictions: list[dict[str, object]] = []
    worst: list[tuple[float, str]] = []
    false: Counter[str] = Counter()
    pages: Counter[str] = Counter(str(r.get("kind", "")) for r in rows)
    hit = 0
    for row, one in zip(rows, whowhom.code(str(path), model=model, threshold=threshold), strict=True):
        events = one.events if isinstance(one, Coded) else ()
        hit += bool(events)
        false[str(row.get("kind", ""))] += len(events)
        worst += [(e.confidence, f"{row.get('id', '')}: {e.event} {e.confidence:.2f} {e.status}: {e.text[:120]}") for e in events]
        told = [{"event": e.event, "status": e.status, "text": e.text, "probability": e.confidence} for e in events]
        predictions.append({"id": row.get("id", ""), "events": told})
    total = max(1, len(rows))
    figures = {"false events in ten pages": 10 * sum(false.values()) / total, "pages with a false event": hit / total, "pages": float(len(rows))}
    tables: list[Table] = [("by kind", ["kind", "false events", "pages"], [[k, n, pages[k]] for k, n in false.most_common() if n])]
    return Result("quiet", figures, predictions, tables, [text for _, text in sorted(worst, reverse=True)])
