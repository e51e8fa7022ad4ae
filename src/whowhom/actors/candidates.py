"""Who in office a broken name may mean: officials of the states that a document is about, and leaders of any state whose
full name is nearly the one written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from whowhom.actors.identity import Scene
from whowhom.knowledge.fold import fold
from whowhom.knowledge.people import Person, Term, called, officials, persons
from whowhom.knowledge.spelling import likeness

#: A leader outside the document's states needs both ends of the name this alike (0 to 1).
NEARLY = 0.88
#: Offices so high that a text names their holder without the state; their rank in `RANKS`.
_RANK = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, with the folded names called by (the likeness of others is seen against these)."""

    person: Person
    term: Term
    names: tuple[str, ...]


def in_focus(scene: Scene) -> list[Candidate]:
    """Everybody in office on the day in the states that the document is mostly about."""
    out = []
    for country, _ in scene.focus.most_common(6):
        if scene.weight(country) < 0.05:
            break
        for person, term in officials(country, scene.day):
            if term.office in ("senator", "representative") or term.country != country:
                continue
            out.append(Candidate(person, term, tuple(sorted(called(person)))))
    return out


@lru_cache(maxsize=1)
def _high() -> tuple[Person, ...]:
    """Persons with a full name who ever held a high office."""
    return tuple(p for p in persons() if " " in p.name and any(t.rank >= _RANK for t in p.terms))


@lru_cache(maxsize=64)
def _leaders(day: str) -> tuple[Candidate, ...]:
    found = ((person, person.on(day)) for person in _high())
    return tuple(Candidate(p, term, tuple(sorted(called(p)))) for p, term in found if term is not None and term.rank >= _RANK)


@lru_cache(maxsize=4096)
def _like(word: str, day: str) -> frozenset[int]:
    """The numbers of the day's leaders of whom a name is nearly this word."""
    return frozenset(n for n, c in enumerate(_leaders(day)) if any(likeness(word, name) >= NEARLY for name in c.names or ("",)))


def nearly(name: str, scene: Scene) -> list[Candidate]:
    """Leaders in office on the day whose forename and family name are both nearly those of a folded name of two words or more."""
    words = name.split()
    if len(words) < 2:
        return []
    alike = (_leaders(scene.day)[n] for n in sorted(_like(words[-1], scene.day) | _like(words[0], scene.day)))
    return [c for c in alike if pairing(words, [fold(n) for n in (c.person.name, *c.person.also)]) >= NEARLY]


def pairing(words: Sequence[str], whole: Sequence[str]) -> float:
    """Likeness (0 to 1) of the less alike end of two names, in the one order or the other: forename to forename, family name
    to family name; the middle of a name counts with its end."""
    best = 0.0
    for full in whole:
        parts = full.split()
        if len(parts) < 2 or len(words) < 2:
            continue
        ends = [(words[0], " ".join(words[1:]), parts[0], " ".join(parts[1:])), (words[0], words[-1], parts[0], parts[-1])]
        for first, last, fore, family in ends:
            best = max(best, min(likeness(first, fore), likeness(last, family)), 0.95 * min(likeness(first, family), likeness(last, fore)))
    return best
