"""What every export starts from: one event, one actor, one recipient."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import permutations, product
from typing import Any

from whowhom.model import Actor, Event

#: A row of an export, by column.
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often a happening was told: reports, publishers, the story's id ('' before joining)."""

    story: str = ""
    reports: int = 1
    publishers: int = 1


@dataclass(frozen=True, slots=True)
class Dyad:
    """An event between one actor and one recipient (either may be missing), with its document.

    `number` counts the dyads of an event from 0; `sentence` is the offset order of the evidence, from 1.
    """

    event: Event
    actor: Actor | None
    recipient: Actor | None
    number: int
    url: str
    publisher: str
    title: str
    published: str
    language: str
    coverage: Coverage
    made_by: str = ""

    @property
    def day(self) -> str:
        """The day of the happening as YYYY-MM-DD; the first of a month or year where the text says no more, the
        day of publication where it says nothing."""
        date = self.event.date or self.published
        return (date + "-01-01"[len(date) - 10 :])[:10] if 4 <= len(date) < 10 else date[:10]

    @property
    def integer(self) -> int:
        """A number for columns that want one, from the content: the same dyad has the same number anywhere."""
        return int(hashlib.blake2b(f"{self.event.id}/{self.number}".encode(), digest_size=8).hexdigest(), 16) >> 4

    @property
    def context(self) -> str:
        """Contexts joined by semicolons."""
        return ";".join(self.event.context)


def expand(event: Event, members: bool = False) -> list[tuple[Actor | None, Actor | None]]:
    """The dyads of an event: every actor with every recipient; actors who act together without a recipient (a
    meeting) stand on both sides in turn. With `members` an alliance is its members of the day."""
    left, right = _states(event.actor, members), _states(event.recipient, members)
    if left and right:
        return [(a, r) for a, r in product(left, right) if not (members and a.country == r.country and a is not r and a.members)]
    if len(left) > 1 and not right:
        return list(permutations(left, 2))
    return [(a, None) for a in left] or [(None, r) for r in right] or [(None, None)]


def _states(actors: Sequence[Actor], members: bool) -> list[Actor]:
    if not members:
        return list(actors)
    from dataclasses import replace

    return [one for a in actors for one in ([replace(a, country=c) for c in a.members] if a.members else [a])]


def country(iso3: str) -> Row:
    """FIPS code and name of a country, '' where it has none."""
    return _countries().get(iso3, {"fips": "", "name": ""})


def cameo_type(sector: str) -> str:
    """A PLOVER sector as CAMEO actor type."""
    return _sectors().get(sector, {"cameo": ""})["cameo"]


def sector_label(sector: str) -> str:
    """A PLOVER sector in words."""
    return _sectors().get(sector, {"label": ""})["label"]


def name(actor: Actor | None) -> str:
    """A party's name, else its words."""
    return "" if actor is None else actor.name or actor.text


def number(value: float) -> str:
    """A coordinate or score, '' where there is none."""
    return "" if value != value else f"{value:g}"


def story_rows(dyads: Iterator[Dyad]) -> Iterator[Dyad]:
    """One event for each story: for formats whose rows are happenings. The first in the order of the store stands."""
    seen: dict[str, str] = {}
    for dyad in dyads:
        if not dyad.coverage.story or seen.setdefault(dyad.coverage.story, dyad.event.id) == dyad.event.id:
            yield dyad


@lru_cache(maxsize=1)
def _countries() -> dict[str, Row]:
    return {r["iso3"]: r for r in _table("countries.tsv")}


@lru_cache(maxsize=1)
def _sectors() -> dict[str, dict[str, str]]:
    return {r["sector"]: r for r in _table("sectors.tsv")}


def _table(file: str) -> list[dict[str, str]]:
    text = (resources.files("whowhom.store.formats") / file).read_text(encoding="utf8")
    return [{k: v or "" for k, v in r.items()} for r in csv.DictReader([x for x in text.splitlines() if not x.startswith("#")], delimiter="\t")]
