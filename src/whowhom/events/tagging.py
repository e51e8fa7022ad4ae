"""Which words belong: a two-state chain over the words of a sentence, with weights from a table.

Each word has a score for being inside, each gap between words one for entering and one for leaving there; a word
belongs where the paths through it outweigh those around it. Weights come from fitted tables (columns tier, part, where, feature, weight); a feature ``word X``
is a word in lower case, every other one a number that the caller works out.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from whowhom.errors import KnowledgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Stand for the words before the first and after the last of a sentence.
BEFORE, AFTER = "^", "$"
#: A score that no weight outweighs: words that must or must not be inside.
SURE = 1e6
#: Odds below this are as good as none.
TINY = 1e-6
#: The model whose weights serve every model that has none of its own.
DEFAULT_TIER = "fast"


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of a sentence for one question: numbers per word (words, features) and per gap (words + 1, features),
    the words in lower case, and those that must be inside (1) or outside (-1)."""

    inside: Floats
    gaps: Floats
    words: Sequence[str]
    forced: Sequence[int]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one part: vectors over the numbers of a `View`, and of words inside, at and before a gap."""

    inside: Floats
    enter: Floats
    leave: Floats
    words: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def rows(table: str, tier: str) -> Mapping[tuple[str, str], Mapping[str, float]]:
    """Part and place -> feature -> weight, of a table of the ontology's folder. A tier without rows takes those of `DEFAULT_TIER`.

    Raises KnowledgeError for a broken table.
    """
    text = (resources.files("whowhom.knowledge.ontology") / table).read_text(encoding="utf8")
    out: dict[str, dict[tuple[str, str], dict[str, float]]] = {}
    # No quoting: a quotation mark is a word here.
    lines = (x for x in text.split("\n") if x and not x.startswith("#"))
    try:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            out.setdefault(row["tier"], {}).setdefault((row["part"], row["where"]), {})[row["feature"]] = float(row["weight"])
        return out.get(tier) or out[DEFAULT_TIER]
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"broken table: {error}", where=table, remedy="reinstall whowhom") from error


def tier_of(version: str) -> str:
    """The tier in a model's version ("fast-33d911e126": fast)."""
    return version.partition("-")[0]


def arrange(found: Mapping[tuple[str, str], Mapping[str, float]], part: str, inside: Sequence[str], gaps: Sequence[str]) -> Weights:
    """Rows of a table as `Weights`."""
    import numpy as np

    sides = {where: found.get((part, where), {}) for where in ("inside", "enter", "leave")}
    order = (("inside", inside), ("enter", gaps), ("leave", gaps))
    inner, enter, leave = (np.array([sides[w].get(n, 0.0) for n in names], np.float32) for w, names in order)
    words = {f"{w} {p}": _words(sides[w], p + " ") for w in sides for p in ("word", "after")}
    return Weights(inner, enter, leave, words)


def _words(side: Mapping[str, float], prefix: str) -> dict[str, float]:
    return {f.removeprefix(prefix): w for f, w in side.items() if f.startswith(prefix)}


def tag(view: View, w: Weights, floor: float = 0.5) -> tuple[list[bool], float]:
    """Which words are inside with at least the probability `floor` over all paths, and how much likelier than nobody inside
    all other paths are together (log odds)."""
    size = len(view.words)
    own, enter, leave = scores(view, w)
    # Log sums from the left up to each word, and from the right.
    out, into = [0.0] * (size + 1), [-SURE] * (size + 1)
    for i in range(size):
        out[i + 1] = _sum(out[i], into[i] + leave[i])
        into[i + 1] = _sum(into[i], out[i] + enter[i]) + own[i]
    total = _sum(out[size], into[size] + leave[size])
    rest_out, rest_in = 0.0, leave[size]
    tags = [False] * size
    least = math.log(floor)
    for i in range(size, 0, -1):
        tags[i - 1] = into[i] + rest_in - total >= least
        rest_out, rest_in = _sum(rest_out, enter[i - 1] + own[i - 1] + rest_in), _sum(rest_in + own[i - 1], leave[i - 1] + rest_out)
    return tags, total + math.log(-math.expm1(-total)) if total > TINY else math.log(TINY)


def scores(view: View, w: Weights) -> tuple[list[float], list[float], list[float]]:
    """Scores of each word inside and, for each gap, of entering and leaving there."""
    words = [BEFORE, *view.words, AFTER]
    numbers = (view.inside @ w.inside, view.gaps @ w.enter, view.gaps @ w.leave)
    out = []
    for where, vector in zip(("inside", "enter", "leave"), numbers, strict=True):
        at, after = w.words[f"{where} word"], w.words[f"{where} after"]
        out.append([v + at.get(b, 0.0) + after.get(a, 0.0) for v, a, b in zip(vector.tolist(), words, words[1:], strict=False)])
    own = [v + SURE * f if f else v for v, f in zip(out[0], view.forced, strict=True)]
    return own, out[1], out[2]


def _sum(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    high, low = (a, b) if a > b else (b, a)
    return high + math.log1p(math.exp(low - high)) if high - low < 30 else high
