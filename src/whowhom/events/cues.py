"""Words that tell whether something happened, from the table `status.tsv`, with regular verb forms derived."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from whowhom.errors import KnowledgeError

KINDS = (
    "report", "insist", "deny", "untrue", "claim", "refuse", "request", "doubt", "perhaps", "if", "could", "would", "should",
    "want", "plan", "weigh", "expect", "future", "not", "past", "carry", "judge",
)  # fmt: skip
#: Kinds whose words govern what is reported or intended with them.
GOVERNING = ("deny", "refuse", "doubt", "want", "plan", "weigh", "expect")
#: Phrases of the table have at most this many words.
LONGEST = 4


@lru_cache(maxsize=1)
def table() -> dict[str, frozenset[str]]:
    """Word or words in lower case -> its kinds. Raises KnowledgeError for a kind that does not exist."""
    path = resources.files("whowhom.knowledge.ontology") / "status.tsv"
    lines = [x for x in path.read_text(encoding="utf8").splitlines() if x and not x.startswith("#")]
    out: dict[str, set[str]] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        if row["effect"] not in KINDS:
            raise KnowledgeError(f"no effect {row['effect']!r}", where="status.tsv", remedy="effects are: " + ", ".join(KINDS))
        word = row["word"]
        forms = (word[1:],) if word.startswith("=") else regular(word)
        for form in (*forms, *(x for x in (row["also"] or "").split(",") if x)):
            out.setdefault(form, set()).add(row["effect"])
    return {word: frozenset(kinds) for word, kinds in out.items()}


def regular(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb: ask -> ask, asks, asked, asking. A doubled consonant is the table's business."""
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return (verb, verb + "es", verb + "ed", verb + "ing")
    return (verb, verb + "s", verb + "ed", verb + "ing")


@lru_cache(maxsize=1)
def reporting() -> frozenset[str]:
    """Single words that report."""
    return frozenset(w for w, kinds in table().items() if "report" in kinds and " " not in w)


@lru_cache(maxsize=1)
def _reach() -> dict[str, int]:
    """The most words of a phrase of the table by its first word."""
    out: dict[str, int] = {}
    for phrase in table():
        words = phrase.split(" ")
        out[words[0]] = max(out.get(words[0], 0), min(LONGEST, len(words)))
    return out


def marks(words: Sequence[str]) -> list[frozenset[str]]:
    """The kinds of each word of a sentence; a phrase gives its kinds to all of its words."""
    return list(_marks(tuple(words)))


@lru_cache(maxsize=256)
def _marks(words: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Kept for a moment: every cue and every event of a sentence asks for the same words."""
    low = [w.lower() for w in words]
    known, reach = table(), _reach()
    out: list[frozenset[str]] = [frozenset()] * len(low)
    for at, word in enumerate(low):
        for size in range(1, min(reach.get(word, 0), len(low) - at) + 1):
            kinds = known.get(" ".join(low[at : at + size]))
            if kinds:
                for n in range(at, at + size):
                    out[n] |= kinds
    return tuple(out)
