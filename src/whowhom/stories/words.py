"""What the words of two reports have in common: content words, names forgiving broken ones, states, and signs that one
tells of another happening than the other."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import lexicon, words_of
from whowhom.knowledge.spelling import likeness

#: Words this short carry grammar, not content.
_SHORT = 4
#: A word's first letters stand for its forms ("expelled", "expels").
_STEM = 5
#: Characters of a text that are read.
_READ = 2000
#: Names of one report that are compared.
_MOST = 12
#: Spellings less likely than this to be one name have nothing in common.
_LIKE = 0.3
_END = re.compile(r"(?<=[.!?][\s\"”])\s*(?=[A-Z\"“])")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared: stems of content words; capitalised words (folded, in order) and those of them that belong
    to no state's name; codes of states; kinds of markers."""

    stems: frozenset[str]
    capitals: tuple[str, ...]
    names: tuple[str, ...]
    states: frozenset[str]
    markers: frozenset[str]


def read(text: str, sure: Sequence[str] = ()) -> Words:
    """The words of a text; `sure` are phrases whose words are names also where they begin a sentence."""
    known = {fold(w) for phrase in sure for w in words_of(phrase)}
    stems: set[str] = set()
    states: set[str] = set()
    capitals: list[str] = []
    names: list[str] = []
    lower: list[str] = []
    for sentence in _END.split(text[:_READ]):
        words = words_of(sentence)
        folded = [fold(w) for w in words]
        lower += folded
        stems |= {w[:_STEM] for w in folded if len(w) >= _SHORT and w not in _days()}
        bound: set[int] = set()
        for match in lexicon().find(words):
            codes = {e.country for e in match.entries if e.kind == "country" and e.sub not in ("city", "region")}
            states |= codes - {""}
            if any(e.kind == "country" and e.sub not in ("city", "region", "byword") for e in match.entries):
                bound.update(range(match.begin, match.end))
        for n, word in enumerate(words):
            if word[:1].isupper() and len(word) >= 3 and (n or folded[n] in known or n in bound) and folded[n] not in _days():
                capitals.append(folded[n])
                if n not in bound:
                    names.append(folded[n])
    all_of_it = " ".join(lower)
    return Words(
        frozenset(stems), tuple(dict.fromkeys(capitals)), tuple(dict.fromkeys(names)), frozenset(states),
        frozenset(kind for kind, pattern in _markers() if pattern.search(all_of_it)),
    )  # fmt: skip


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that stands in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of both sets that stands in both."""
    return len(a & b) / len(a | b) if a and b else 0.0


def names_alike(a: Sequence[str], b: Sequence[str]) -> tuple[float, float]:
    """How much of the shorter list of names has its like in the other (0 to 1), and how many names do, forgiving
    broken spellings."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    short, long = short[:_MOST], long[:_MOST]
    if not short:
        return 0.0, 0.0
    best = [max(likeness(w, v) for v in long) for w in short]
    found = sum(x for x in best if x >= _LIKE)
    return found / len(short), found


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    return frozenset(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
        "november december".split()
    )


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("markers.tsv")
    kinds = sorted({r["kind"] for r in rows})
    return tuple((k, re.compile(r"\b(?:" + "|".join(re.escape(r["marker"]) for r in rows if r["kind"] == k) + r")\b")) for k in kinds)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this stage."""
    text = (resources.files("whowhom.stories") / name).read_text(encoding="utf8")
    return list(csv.DictReader([x for x in text.splitlines() if x and not x.startswith("#")], delimiter="\t"))
