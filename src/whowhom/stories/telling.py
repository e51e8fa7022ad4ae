"""What the reports of one happening agree on, and where they differ: each value with its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from whowhom.model import Actor
from whowhom.stories.likeness import Report
from whowhom.stories.records import Story, Value


def tell(name: str, group: Sequence[Report], ties: Mapping[str, float]) -> Story:
    """The story of a group of reports; `ties` are the probabilities that tie each event to it."""
    agreed, differing = compare(group)
    head = _typical(group, differing)
    e = head.event
    first = min(group, key=lambda r: (r.published_day if r.published_day >= 0 else 10**9, r.source != r.event.document, r.event.document))
    dates = sorted(r.published for r in group if r.published)
    place = e.place or next((r.event.place for r in group if r.event.place is not None), None)
    return Story(
        name, e.id, e.event, e.mode, e.quad, e.status, tuple(map(label, e.actor)), tuple(map(label, e.recipient)), e.date, e.date_precision,
        place.name if place else "", place.country if place else "", len({r.event.document for r in group}), len({r.source for r in group}),
        len({r.publisher for r in group if r.publisher}), first.event.document, first.publisher, dates[0] if dates else "",
        dates[-1] if dates else "", round(min(ties.values(), default=1.0), 4), agreed, differing,
    )  # fmt: skip


def label(actor: Actor) -> str:
    """A party in few words: its name, else country and sector, else as written."""
    return actor.name or f"{actor.country} {actor.sector}".strip() or actor.text


def compare(group: Sequence[Report]) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """Values on which all reports that give them agree, and those that differ. A single report agrees with itself,
    which is not worth a row."""
    if len(group) < 2:
        return (), ()
    given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for r in group:
        for field, read in _FIELDS.items():
            if value := read(r):
                given[field][value].append(r.event.id)
        for amount in r.event.amounts:
            said = f"{amount.bound} {amount.value:g}".strip() + (f" to {amount.value_max:g}" if amount.value_max > amount.value else "")
            given[amount.kind][said + (f" {amount.unit}" if amount.kind == "money" else "")].append(r.event.id)
    agreed: list[Value] = []
    differing: list[Value] = []
    for field in sorted(given):
        values = [Value(field, value, tuple(sorted(set(ids)))) for value, ids in sorted(given[field].items())]
        (agreed if len(values) == 1 else differing).extend(values)
    return tuple(agreed), tuple(differing)


def _typical(group: Sequence[Report], differing: Sequence[Value]) -> Report:
    """The report whose values most others share; of equals the surest, then the earliest."""
    votes: dict[str, int] = defaultdict(int)
    for value in differing:
        for event in value.events:
            votes[event] += len(value.events)
    return min(group, key=lambda r: (-votes[r.event.id], -r.event.confidence, r.published, r.event.id))


def _parties(actors: Sequence[Actor]) -> str:
    return "; ".join(sorted({label(a) for a in actors}))


_FIELDS: dict[str, Callable[[Report], str]] = {
    "event": lambda r: r.event.event,
    "mode": lambda r: r.event.mode,
    "status": lambda r: r.event.status,
    "actor": lambda r: _parties(r.event.actor),
    "recipient": lambda r: _parties(r.event.recipient),
    "date": lambda r: r.event.date if r.day_stated else "",
    "place": lambda r: (r.event.place.name or r.event.place.text) if r.event.place is not None and r.event.place.level != "country" else "",
    "denied_by": lambda r: _parties(r.event.denied_by),
}
