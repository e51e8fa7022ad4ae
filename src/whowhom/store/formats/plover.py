"""PLOVER as JSON lines: an event with all its parties, not cut into dyads."""

from __future__ import annotations

from collections.abc import Iterator

from whowhom.model import Actor
from whowhom.schema import row
from whowhom.store.formats.dyads import Dyad, Row


def rows(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """One object per report of an event. Parties without a country, which PLOVER has no place for, are kept: readers
    who want PLOVER's own set drop those whose `country` is empty."""
    for d in dyads:
        if d.number:
            continue
        e = d.event
        yield {
            "id": e.id, "date": d.day, "date_precision": e.date_precision, "event": e.event, "mode": e.mode,
            "context": list(e.context), "quad": e.quad,
            "score": e.score_plover, "cameo": e.cameo, "goldstein": e.score_goldstein, "status": e.status,
            "actor": [_party(a) for a in e.actor], "recipient": [_party(a) for a in e.recipient],
            "location": row(e.place) if e.place else None, "said_by": [{"text": s.text, "country": s.country, "sector": s.sector} for s in e.said_by],
            "amounts": [row(a) for a in e.amounts], "text": e.text, "confidence": e.confidence, "story": d.coverage.story,
            "document": e.document, "published": d.published, "publisher": d.publisher, "url": d.url, "language": d.language, "version": d.made_by,
        }  # fmt: skip


def _party(a: Actor) -> Row:
    found = {"text": a.text, "name": a.name, "country": a.country, "sector": a.sector, "sectors": list(a.sectors), "office": a.office}
    return found | {"wikidata": a.wikidata, "members": list(a.members)}
