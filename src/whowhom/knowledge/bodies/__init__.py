"""Names of bodies as they are varied: with a noun for their kind added or swapped, and with a word that counts their members."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import resources

from whowhom.knowledge.fold import fold

#: Words that a name must have beside the noun for its kind, so that another such noun still tells which body it is.
_LEAST_WORDS = 2


@lru_cache(maxsize=4)
def _rows(table: str) -> tuple[tuple[str, ...], ...]:
    lines = (resources.files("whowhom.knowledge.bodies") / table).read_text(encoding="utf8").splitlines()
    return tuple(tuple(x.split("\t")) for x in [y for y in lines if y and not y.startswith("#")][1:])


@lru_cache(maxsize=8)
def added(kind: str) -> tuple[str, ...]:
    """Nouns that a name of a body of this kind may have behind it: "AUKUS" and "AUKUS pact"."""
    return tuple(r[0] for r in _rows("heads.tsv") if kind in r[1].split("|"))


@lru_cache(maxsize=1)
def swapped() -> frozenset[str]:
    """Nouns in names of unions of states that are swapped for one another: organisation, community, pact."""
    return frozenset(r[0] for r in _rows("heads.tsv") if r[2] == "yes")


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """All nouns for kinds of bodies."""
    return frozenset(r[0] for r in _rows("heads.tsv"))


def variants(key: str, telling: Callable[[str], bool]) -> Iterator[str]:
    """A folded name of a union of states with its noun swapped for each other one, where the rest of the name is telling: two
    words, or one that is `telling` by itself. Of two nouns ("Treaty Organization") one is enough."""
    words = key.split()
    at = _noun(words)
    if at < 0:
        return
    first = at - 1 if at > 1 and words[at - 1] in heads() else at
    rest = [w for w in (*words[:first], *words[at + 1 :]) if w not in ("of", "the", "and", "for")]
    if len(rest) < _LEAST_WORDS and not (rest and telling(rest[0])):
        return
    for begin in {first, at}:
        for noun in sorted(swapped() - {words[at]}):
            yield " ".join((*words[:begin], noun, *words[at + 1 :]))


def _noun(words: Sequence[str]) -> int:
    """Where the noun for the kind stands: at the end of the name or right before its "of"; -1 for none."""
    for at, word in enumerate(words):
        if word in swapped() and (at + 1 == len(words) or words[at + 1] in ("of", "for")):
            return at
    return -1


@lru_cache(maxsize=1)
def _numerals() -> dict[str, int]:
    return {r[0]: int(r[1]) for r in _rows("numerals.tsv")}


def counts(words: Sequence[str]) -> int:
    """How many members the words of a name count ("the Quaternary", "a four-way alliance"), 0 for none."""
    folded = [fold(w) for w in words]
    for size in (2, 1):
        for i in range(len(folded) - size + 1):
            found = _numerals().get(" ".join(folded[i : i + size]))
            if found:
                return found
    return 0
