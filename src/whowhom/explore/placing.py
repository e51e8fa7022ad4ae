"""A place that a person picks from the table: how it is written in a correction, and what a correction's words mean."""

from __future__ import annotations

import math
import re

from whowhom.explore.look import country_name
from whowhom.knowledge import places
from whowhom.knowledge.places import Row
from whowhom.knowledge.places.keys import fold
from whowhom.knowledge.places.search import OTHER_SPELLING, by_id
from whowhom.model import Place, Span

#: A name without more stands for one of its namesakes only where that one has so many times the people of each other.
BY_FAR = 10
_ID = re.compile(r"\[([^\[\]]{1,40})\]\s*$")


def written(row: Row) -> str:
    """A place as a correction keeps it, readable and beyond doubt: ``Bergen, Hordaland, Norway [3161732]``."""
    name = f"{row.name} (region)" if row.level == "region" else row.name
    region = row.region if row.level == "city" and fold(row.region) != fold(row.name) else ""
    country = country_name(row.country) if row.level != "country" and row.country else ""
    return ", ".join(x for x in (name, region, country) if x) + f" [{row.id}]"


def id_of(words: str) -> str:
    """The id at the end of such words, '' where they have none."""
    found = _ID.search(words)
    return found[1] if found else ""


def meant(words: str) -> Row | None:
    """The one place that these words can mean: by its id, by what holds it ("Bergen, Belgium"), or because no other of this
    name comes near it. None where that is not sure: a person's word is not guessed on."""
    if id := id_of(words):
        return by_id(id)
    name, *holders = (w.strip() for w in words.split(","))
    rows = [r for r in places.named(name) if r.level != "abbreviation"]
    for holder in filter(None, holders):
        key = fold(holder)
        rows = [r for r in rows if key in (fold(r.region), fold(country_name(r.country)), r.country.lower())]
    rows = list({r.id: r for r in rows}.values())
    if not rows:
        return None
    first = max(rows, key=lambda r: (r.population, r.level == "city"))
    # A region of the same name around it is no namesake.
    namesakes = [r for r in rows if (r.country, r.region) != (first.country, first.region)]
    others = max((r.population // (1 if r.main else OTHER_SPELLING) for r in namesakes), default=0)
    return first if len(rows) == 1 or (first.main and first.population > BY_FAR * max(others, 1_000)) else None


def as_place(row: Row, text: str, span: Span) -> Place:
    """A row of the table as an event's place, as certain as a person's word."""
    exact = row.level in ("city", "region")
    level = "region" if row.level == "area" else row.level
    at = (row.latitude, row.longitude) if exact else (math.nan, math.nan)
    return Place(text, span, row.name, row.id, row.country, row.region if exact else "", level, *at, 1.0)
