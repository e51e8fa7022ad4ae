"""States with their codes, and who belonged to which organisation on a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from whowhom.knowledge.tables import rows


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory: ISO 3166 codes, Correlates of War and Gleditsch-Ward numbers ('' for none), and the
    days it began and ended where these fall after 1945."""

    iso3: str
    iso2: str
    numeric: str
    cow: str
    gw: str
    name: str
    wikidata: str
    first: str
    last: str

    def existed(self, day: str) -> bool:
        """Whether it existed on an ISO day (or month, or year); always true for an empty one."""
        return not day or ((not self.first or self.first[: len(day)] <= day) and (not self.last or day <= self.last[: len(day)]))


@lru_cache(maxsize=1)
def states() -> dict[str, State]:
    """All states and territories by ISO3 code (KOS for Kosovo; DDR, CSK, YUG, SCG, YMD, VDR for the past)."""
    return {r[0]: State(*r[:9]) for r in rows("states")}


@lru_cache(maxsize=1)
def _memberships() -> dict[str, tuple[tuple[str, str, str], ...]]:
    out: dict[str, list[tuple[str, str, str]]] = {}
    for name, iso3, first, last, _ in rows("members"):
        out.setdefault(name, []).append((iso3, first, last))
    return {k: tuple(v) for k, v in out.items()}


def covers(first: str, last: str, day: str) -> bool:
    """Whether a term holds on a day; dates may be cut at month or year, an empty one is open."""
    return (not first or first[: len(day)] <= day[: len(first)]) and (not last or day[: len(last)] <= last[: len(day)])


@lru_cache(maxsize=4096)
def members(organisation: str, day: str = "") -> tuple[str, ...]:
    """ISO3 codes of an organisation's members on a day, sorted; without a day, of today's (newest) members."""
    found = _memberships().get(organisation, ())
    return tuple(sorted({iso3 for iso3, first, last in found if (covers(first, last, day) if day else not last)}))


@lru_cache(maxsize=64)
def organisations_of(countries: frozenset[str], day: str = "") -> tuple[str, ...]:
    """Organisations whose members on the day are exactly these countries."""
    return tuple(name for name in _memberships() if len(countries) > 1 and frozenset(members(name, day)) == countries)
