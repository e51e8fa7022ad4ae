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


@lru_cache(maxsize=64)
def _leaders(day: str) -> tuple[Candidate, ...]:
    found = []
    for person in persons():
        term = person.on(day)
        if term is not None and term.rank >= _RANK and " " in person.name:
            found.append(Candidate(person, term, tuple(sorted(called(person)))))
    return tuple(found)


def nearly(name: str, scene: Scene) -> list[Candidate]:
    """Leaders in office on the day whose forename and family name are both nearly those of a folded name of two words or more."""
    words = name.split()
    if len(words) < 2:
        return []
    return [
        c
        for c in _leaders(scene.day)
        if max(likeness(w, n) for w in (words[-1], words[0]) for n in c.names or ("",)) >= NEARLY
        and pairing(words, [fold(n) for n in (c.person.name, *c.person.also)]) >= NEARLY
    ]


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
