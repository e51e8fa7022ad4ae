"""The place of an event: the place named as a location in its own clause, or none."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.events.clause import cost
from whowhom.mentions.places import is_location_use
from whowhom.model import Document, Place, Sentence, Span

#: A place further away than this is another clause's.
LIMIT = 2.6
_FINENESS = {"city": 2, "region": 1, "country": 0}


def event_place(document: Document, sentence: Sentence, trigger: Span, places: Sequence[Place]) -> Place | None:
    """The place where the event at `trigger` happened, as its sentence has it; None where it names none.

    Only names used as locations count ("in Tripoli", "the Beijing Games"), so a byword for a government is none. Of places that
    hold one another ("in Mosul, Iraq") the most precise is taken.
    """
    found: list[tuple[float, int, Place]] = []
    for place in places:
        if place.span.begin < sentence.span.begin or place.span.end > sentence.span.end or not is_location_use(sentence, place.span):
            continue
        price = cost(sentence, trigger, place.span)
        if price <= LIMIT:
            found.append((price, -_FINENESS.get(place.level, 0), place))
    if not found:
        return None
    nearest = min(found, key=lambda f: (f[0], f[1]))[2]
    around = [f for f in found if f[2].country == nearest.country and abs(f[2].span.begin - nearest.span.begin) < 40]
    return min(around, key=lambda f: (f[1], f[0]))[2]
