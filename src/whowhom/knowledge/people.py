"""Persons in office: who held what, when, and how news texts call them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from whowhom.knowledge.fold import fold
from whowhom.knowledge.states import covers
from whowhom.knowledge.tables import rows

#: Countries whose people are called by the first part of their name.
FAMILY_NAME_FIRST = frozenset("CHN TWN HKG KOR PRK VNM KHM MMR SGP".split())
#: Offices in the order of how likely a bare name means their holder.
RANKS = {
    "president": 5,
    "prime minister": 5,
    "monarch": 4,
    "supreme leader": 5,
    "pope": 5,
    "secretary-general": 5,
    "party leader": 3,
    "vice president": 4,
    "foreign minister": 4,
    "defence minister": 3,
    "crown prince": 4,
    "presidential candidate": 4,
    "soviet leader": 5,
    "senator": 2,
    "representative": 1,
    "speaker of the house": 3,
    "senate majority leader": 3,
    "opposition leader": 3,
    "leader": 4,
}
#: Words in a name that do not call the person.
_PARTICLES = frozenset("al el bin ibn abu abd de da do dos del della di la le van von der den ter bint ben".split())
_TITLES = frozenset("king queen prince princess emperor sultan sheikh pope mullah ayatollah lord sayyed jr sr ii iii iv vi viii xiv xvi i".split())


@dataclass(frozen=True, slots=True)
class Term:
    """One term: office, its PLOVER sector, first and last day (cut at their precision, an empty end is open)."""

    office: str
    sector: str
    country: str
    first: str
    last: str
    source: str

    @property
    def rank(self) -> int:
        """How likely a bare name means the holder, 1 to 5."""
        return RANKS.get(self.office, 2)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the offices held; `country` is that of the highest of them."""

    name: str
    country: str
    wikidata: str
    also: tuple[str, ...]
    terms: tuple[Term, ...]

    def on(self, day: str) -> Term | None:
        """The highest office held on an ISO day; without a day the highest of all."""
        inside = [t for t in self.terms if not day or covers(t.first, t.last, day)]
        return max(inside, key=lambda t: (t.rank, t.first), default=None)

    def near(self, day: str, years: int) -> Term | None:
        """The highest office held within so many years before or after the day."""
        if not day:
            return self.on("")
        year = int(day[:4])
        inside = [t for t in self.terms if int(t.first[:4] or 0) - years <= year <= int(t.last[:4] or 9999) + years]
        return max(inside, key=lambda t: (t.rank, t.first), default=None)

    def before(self, day: str) -> bool:
        """Whether every office ended before the day."""
        return bool(day) and all(t.last and t.last[: len(day)] < day[: len(t.last)] for t in self.terms)


@lru_cache(maxsize=1)
def persons() -> tuple[Person, ...]:
    """Everybody in the table of offices, one record per person and country-spanning career."""
    groups: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    name_keys: dict[str, str] = {}
    for row in rows("offices"):
        key = fold(row[3])
        single = " " not in key
        name_keys.setdefault(key, row[3])
        groups.setdefault((key, row[0] if single or _ambiguous(key) else ""), []).append(row)
    surnames: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key, land in groups:
        for row in groups[key, land][:1] if " " in key else ():
            words = key.split()
            for word in {words[-1], words[0]}:
                surnames.setdefault((row[0], word), []).append((key, land))
    for key, land in [k for k in groups if " " not in k[0]]:
        full = surnames.get((land, key), [])
        if len(full) == 1:  # an older source has the family name only
            groups[full[0]] += groups.pop((key, land))
    out = []
    for members in groups.values():
        terms = tuple(Term(r[1], r[2], r[0], r[5], r[6], r[8]) for r in members)
        best = max(terms, key=lambda t: (t.rank, t.first))
        also = dict.fromkeys(a for r in members for a in r[4].split("|") if a)
        out.append(Person(members[0][3], best.country, next((r[7] for r in members if r[7]), ""), tuple(also), terms))
    return tuple(out)


@lru_cache(maxsize=1)
def forenames() -> dict[str, str]:
    """Folded forenames and the gender of those who bear them, m or f."""
    return {r[0]: r[1] for r in rows("forenames")}


def _ambiguous(key: str) -> bool:
    """Names that different persons of different countries bear; they are kept apart by country."""
    return key in ("king abdullah", "king hussein", "philippe", "robert gates", "paul martin", "michael cohen", "john reid", "christopher miller")


@lru_cache(maxsize=4096)
def called(person: Person) -> frozenset[str]:
    """Folded short names that news texts use: surname with and without particles; the first part where that is the family's."""
    out: set[str] = set()
    for text in (person.name, *person.also):
        words = [w for w in fold(text).split() if w not in _TITLES]
        if not words:
            continue
        if len(words) == 1:
            out.add(words[0])
            continue
        if person.country in FAMILY_NAME_FIRST or any(t.country in FAMILY_NAME_FIRST for t in person.terms):
            out.add(words[0])
            if person.country in ("VNM", "KHM", "SGP", "MMR"):
                out.add(words[-1])
            continue
        out.add(words[-1])
        at = len(words) - 1
        while at > 1 and words[at - 1] in _PARTICLES:
            at -= 1
        out.add(" ".join(words[at:]))
    return frozenset(n for n in out if len(n) > 1)


@lru_cache(maxsize=1)
def by_short_name() -> dict[str, tuple[Person, ...]]:
    """Persons by the short names that they are called by."""
    out: dict[str, list[Person]] = {}
    for person in persons():
        for name in called(person):
            out.setdefault(name, []).append(person)
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def by_full_name() -> dict[str, tuple[Person, ...]]:
    """Persons by full names of two words and more, folded."""
    out: dict[str, list[Person]] = {}
    for person in persons():
        for name in {fold(n) for n in (person.name, *person.also)}:
            if " " in name:
                out.setdefault(name, []).append(person)
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def _by_office() -> dict[tuple[str, str], tuple[tuple[Person, Term], ...]]:
    out: dict[tuple[str, str], list[tuple[Person, Term]]] = {}
    for person in persons():
        for term in person.terms:
            out.setdefault((term.country, term.office), []).append((person, term))
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def _by_country() -> dict[str, tuple[tuple[Person, Term], ...]]:
    """Persons with their terms by country, office by office."""
    out: dict[str, list[tuple[Person, Term]]] = {}
    for (country, _), some in _by_office().items():
        out.setdefault(country, []).extend(some)
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=8192)
def holders(country: str, office: str, day: str) -> tuple[tuple[Person, Term], ...]:
    """Who held an office of a country on a day, the latest first; nobody without a day."""
    found = [x for x in _by_office().get((country, office), ()) if day and covers(x[1].first, x[1].last, day)]
    return tuple(sorted(found, key=lambda x: x[1].first, reverse=True))


@lru_cache(maxsize=2048)
def officials(country: str, day: str) -> tuple[tuple[Person, Term], ...]:
    """Everybody in an office of a country on a day."""
    return tuple(x for x in _by_country().get(country, ()) if day and covers(x[1].first, x[1].last, day))


@lru_cache(maxsize=1)
def covered() -> tuple[str, str]:
    """The first days of the oldest and of the newest term in the table of offices."""
    firsts = [t.first for p in persons() for t in p.terms if t.first]
    return min(firsts), max(firsts)
