"""Events as the small rows that charts are drawn from: actors and places are numbers into lists."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from whowhom.explore.hypertext import clean
from whowhom.model import Actor, Event, Place, Speaker

#: Characters of an evidence sentence that a list shows.
LONGEST = 600


_ARTICLE = re.compile(r"(the|a|an) +", re.IGNORECASE)


def label(party: Actor | Speaker) -> str:
    """What a party goes by in lists and charts: its name, else its words without article and with a capital, so that
    "the miners" and "Miners" are one."""
    if party.name:
        return clean(party.name)[:120]
    article = _ARTICLE.match(party.text)
    words = clean(party.text[article.end() if article else 0 :])
    return (words[:1].upper() + words[1:])[:120]


@dataclass
class Rows:
    """Rows in the order of the documents. actors: [label, country, sector, members]; places: [name, latitude, longitude]."""

    events: list[list[Any]] = field(default_factory=list)
    actors: list[list[Any]] = field(default_factory=list)
    places: list[list[Any]] = field(default_factory=list)
    _actor_at: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _place_at: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def add(self, event: Event, document: int) -> None:
        """One event of the document with this number."""
        self.events.append([
            event.id, document, event.event, event.mode, event.quad, event.status, clean(event.date), clean(event.date_end),
            [self._actor(a) for a in event.actor], [self._actor(a) for a in event.recipient],
            -1 if event.place is None else self._place(event.place), round(event.confidence, 3),
            [label(s) for s in event.said_by], clean(event.text)[:LONGEST],
        ])  # fmt: skip

    def _actor(self, actor: Actor) -> int:
        key = (label(actor), actor.country, actor.sector, actor.members)
        at = self._actor_at.setdefault(key, len(self.actors))
        if at == len(self.actors):
            self.actors.append([key[0], actor.country, actor.sector, list(actor.members)])
        return at

    def _place(self, place: Place) -> int:
        known = math.isfinite(place.latitude) and math.isfinite(place.longitude) and abs(place.latitude) <= 90
        key = (clean(place.name or place.text)[:120], round(place.latitude, 3) if known else None, round(place.longitude, 3) if known else None)
        at = self._place_at.setdefault(key, len(self.places))
        if at == len(self.places):
            self.places.append(list(key))
        return at
