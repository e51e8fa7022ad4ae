"""An event in the company of the others of its page: what stands alone, or against all the rest, must be surer.

Two kinds of false event show only on the whole page. A figure of speech on a page about something else is the page's
one event, and not a sure one. A sentence that lost its subject in translation sets at odds two states that every other
sentence of the page shows in accord.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from whowhom.config import threshold
from whowhom.model import Actor, Event, Note

#: Quads of conflict, in words and in deeds.
CONFLICT = (3, 4)


def settle(events: Sequence[Event], sentences: int, notes: list[Note]) -> list[Event]:
    """The events that their page of so many sentences bears out, in their order; each of the others leaves a note with the reason.

    A text of a few sentences says nothing of its subject, so nothing there is held to be lonely.
    """
    surest = max((e.confidence for e in events), default=0.0) if sentences >= threshold("page-sentences") else 1.0
    friendly, hostile = _dyads(events)
    kept = []
    for event in events:
        why = ""
        if surest < threshold("page-sure") and event.confidence < threshold("event-lone"):
            why = f"the surest event of the page has only {surest:.2f}, and this one needs {threshold('event-lone'):.2f}"
        elif event.quad in CONFLICT and event.status == "asserted" and not event.said_by and event.confidence < threshold("event-against"):
            odd = [d for d in _pairs(event) if friendly[d] >= threshold("accord") and hostile[d] <= 1]
            if odd:
                why = f"everything else on the page shows {' and '.join(sorted(odd[0]))} in accord: it needs {threshold('event-against'):.2f}"
        if why:
            notes.append(Note(event.document, event.trigger, "events", f"{event.event}: {why}", round(event.confidence, 3)))
        else:
            kept.append(event)
    return kept


def _dyads(events: Iterable[Event]) -> tuple[Counter[frozenset[str]], Counter[frozenset[str]]]:
    """For each pair of states, the events of the page that show them cooperating and in conflict, whoever acts."""
    friendly: Counter[frozenset[str]] = Counter()
    hostile: Counter[frozenset[str]] = Counter()
    for event in events:
        if event.status in ("asserted", "planned"):
            (hostile if event.quad in CONFLICT else friendly).update(_pairs(event))
    return friendly, hostile


def _pairs(event: Event) -> set[frozenset[str]]:
    """The pairs of different states that stand against, or in talks beside, one another in an event."""
    actors, recipients = _states(event.actor), _states(event.recipient)
    together = list(product(actors, recipients)) or list(combinations(sorted(actors), 2))
    return {frozenset(p) for p in together if p[0] != p[1]}


def _states(side: Iterable[Actor]) -> set[str]:
    return {a.country for a in side if a.country}
