"""Which words belong: a two-state chain over the words of a sentence, with weights from a table.

Each word has a score for being inside, each gap between words one for entering and one for leaving there; the score of a
path is their sum, and its probability its share of all paths. Weights come from fitted tables (columns tier, part, where, feature, weight); a feature ``word X``
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
    Doubles = NDArray[np.float64]

#: Stand for the words before the first and after the last of a sentence.
BEFORE, AFTER = "^", "$"
#: A score that no weight outweighs: words that must or must not be inside.
SURE = 1e6
#: Odds below this are as good as none.
TINY = 1e-6
#: On each side of a gap in the middle, so many of the likeliest runs are weighed, and so many of their pairs.
RUNS, PAIRS = 10, 40
#: How steeply the worth of a run climbs with its overlap with the true one, around half of both: as far as two readers agree.
STEEP = 12.0
#: ... and how much of it is the overlap itself: of two runs that are half right the whole one is better.
SHARE = 0.1
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


def peak_run(view: View, w: Weights, peak: int) -> tuple[int, int]:
    """The likeliest run [begin, end) that holds the word `peak`."""
    import numpy as np

    own, enter, leave = scores(view, w)
    sums = np.concatenate([[0.0], np.cumsum(own)])
    found = (np.array(leave[peak + 1 :]) + sums[peak + 1 :])[None, :] + (np.array(enter[: peak + 1]) - sums[: peak + 1])[:, None]
    begin, end = divmod(int(found.argmax()), found.shape[1])
    return begin, peak + 1 + end


def best_runs(view: View, w: Weights, begin: int, end: int, both: bool) -> tuple[tuple[int, ...], float, float]:
    """The words that overlap most with what the chain holds possible: one run before `begin` or from `end` on or, with `both`,
    one on each side.

    With them their worth (0 to 1: how surely about half of them and of the true ones are the same) and how much likelier
    than nobody inside all other paths are together (log odds). The likeliest run alone is often half as long as the true one
    or twice as long; this one lies between.
    """
    import numpy as np

    own, enter, leave = scores(view, w)
    before, after = _outside(own, enter, leave)
    total = before[-1]
    gain = total + math.log(-math.expm1(-total)) if total > TINY else math.log(TINY)
    # One run counts whatever else there is; of two, the pair must be all.
    into, out = (np.array(enter), np.array(leave)) if both else (np.add(enter, before), np.add(leave, after))
    left, right = _top_runs(own, into, out, 0, begin), _top_runs(own, into, out, end, len(own))
    wanted = (1, 2) if both else (1,)
    pairs = [(a + c, *b, *d) for a, *b in left for c, *d in right if (b[0] < b[1]) + (d[0] < d[1]) in wanted]
    if not pairs:
        return (), 0.0, gain
    found = np.array(sorted(pairs, reverse=True)[:PAIRS])
    chance = np.exp(np.minimum(found[:, 0] - total, 0))
    size = found[:, 2] - found[:, 1] + found[:, 4] - found[:, 3]
    common = np.zeros((len(found), len(found)))
    for at in (1, 3):
        first, last = found[:, at], found[:, at + 1]
        common += np.maximum(0, np.minimum.outer(last, last) - np.maximum.outer(first, first))
    overlap = common / (np.add.outer(size, size) - common)
    worth = ((1 - SHARE) / (1 + np.exp(-STEEP * (overlap - 0.5))) + SHARE * overlap) @ chance
    best = int(worth.argmax())
    a, b, c, d = (int(x) for x in found[best, 1:])
    return (*range(a, b), *range(c, d)), float(worth[best]), gain


def _outside(own: Sequence[float], enter: Sequence[float], leave: Sequence[float]) -> tuple[list[float], list[float]]:
    """At each gap, the log sums over all that may lie before a run that begins there (last: over all paths) and after one that
    ends there; nobody inside is 0."""
    size = len(own)
    before, into = [0.0] * (size + 1), -SURE
    for i in range(size):
        before[i + 1], into = _sum(before[i], into + leave[i]), _sum(into, before[i] + enter[i]) + own[i]
    before[size] = _sum(before[size], into + leave[size])
    # The word behind a run is outside: what may begin at the gap itself does not count, what begins one further does.
    after, free, inside = [0.0] * (size + 1), 0.0, leave[size]
    for i in range(size - 1, -1, -1):
        inside += own[i]
        after[i], free, inside = free, _sum(free, enter[i] + inside), _sum(inside, leave[i] + free)
    return before, after


def _top_runs(own: Sequence[float], enter: Doubles, leave: Doubles, low: int, high: int) -> list[tuple[float, int, int]]:
    """The likeliest runs between two gaps, the empty one first: score, begin and end."""
    import numpy as np

    out = [(0.0, low, low)]
    if high <= low:
        return out
    sums = np.concatenate([[0.0], np.cumsum(own[low:high])])
    found = (leave[low : high + 1] + sums)[None, :] + (enter[low : high + 1] - sums)[:, None]
    found[np.tri(high - low + 1, dtype=bool)] = -SURE
    flat = found.ravel()
    # A stable order, so that equal scores fall the same way on every machine.
    top = np.argsort(-flat, kind="stable")[:RUNS]
    return out + [(float(flat[t]), *(low + int(x) for x in divmod(int(t), high - low + 1))) for t in top if flat[t] > -SURE / 2]  # type: ignore[misc]


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
