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
    Ints = NDArray[np.int64]
    Places = NDArray[np.intp]

#: Stand for the words before the first and after the last of a sentence.
BEFORE, AFTER = "^", "$"
#: A score that no weight outweighs: words that must or must not be inside.
SURE = 1e6
#: Odds below this are as good as none.
TINY = 1e-6
#: A chance that changes no sum.
NEVER = 1e-12
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
    forced: Sequence[int] | Ints


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of one part: vectors over the numbers of a `View`, and of words inside, at and before a gap. Equal only to
    themselves, so that what hangs on them can be remembered."""

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
    return int((enter[: peak + 1] - sums[: peak + 1]).argmax()), peak + 1 + int((leave[peak + 1 :] + sums[peak + 1 :]).argmax())


def best_runs(view: View, w: Weights, begin: int, end: int, both: bool) -> tuple[tuple[int, ...], float, float]:
    """The words that overlap most with what the chain holds possible: one run before `begin` or from `end` on or, with `both`,
    one on each side.

    With them their worth (0 to 1: how surely about half of them and of the true ones are the same) and how much likelier
    than nobody inside all other paths are together (log odds). The likeliest run alone is often half as long as the true one
    or twice as long; this one lies between.
    """
    return best_of([(view, w, begin, end, both)])[0]


def best_of(asked: Sequence[tuple[View, Weights, int, int, bool]]) -> list[tuple[tuple[int, ...], float, float]]:
    """`best_runs` for several questions, which share the walk along the words."""
    found = [scores(view, w) for view, w, *_ in asked]
    around = _outside(found)
    return [_best(*chain, *near, begin, end, both) for (_, _, begin, end, both), chain, near in zip(asked, found, around, strict=True)]


def _best(
    own: Doubles, enter: Doubles, leave: Doubles, before: Doubles, after: Doubles, begin: int, end: int, both: bool
) -> tuple[tuple[int, ...], float, float]:
    """The best runs of one question, by its scores and by what may lie around a run."""
    import numpy as np

    total = float(before[-1])
    gain = total + math.log(-math.expm1(-total)) if total > TINY else math.log(TINY)
    # One run counts whatever else there is; of two, the pair must be all.
    into, out = (enter, leave) if both else (enter + before, leave + after)
    (left, begin_left, end_left), (right, begin_right, end_right) = _top_runs(own, into, out, 0, begin), _top_runs(own, into, out, end, len(own))
    sums = np.add.outer(left, right)
    # The first of each side is nobody: not on both sides, and where only one run counts, on one.
    sums[0, 0] = -SURE
    if not both:
        sums[1:, 1:] = -SURE
    flat = sums.ravel()
    order = np.argsort(-flat, kind="stable")[: min(PAIRS, int((flat > -SURE / 2).sum()))]
    if not len(order):
        return (), 0.0, gain
    one, two = np.divmod(order, len(right))
    a, b, c, d = begin_left[one], end_left[one], begin_right[two], end_right[two]
    chance = np.exp(np.minimum(flat[order] - total, 0))
    # Sorted: what is all but impossible stands last. It may be taken, but overlap with it is worth nothing.
    possible = max(1, int((chance > NEVER).sum()))
    e, f, g, h = (v[:possible] for v in (a, b, c, d))
    common = np.maximum(0, np.minimum.outer(b, f) - np.maximum.outer(a, e)) + np.maximum(0, np.minimum.outer(d, h) - np.maximum.outer(c, g))
    overlap = common / (np.add.outer(b - a + d - c, f - e + h - g) - common)
    worth = ((1 - SHARE) / (1 + np.exp(-STEEP * (overlap - 0.5))) + SHARE * overlap) @ chance[:possible]
    best = int(worth.argmax())
    return (*range(int(a[best]), int(b[best])), *range(int(c[best]), int(d[best]))), float(worth[best]), gain


def _outside(chains: Sequence[tuple[Doubles, Doubles, Doubles]]) -> list[tuple[Doubles, Doubles]]:
    """For each chain, at each gap, the log sums over all that may lie before a run that begins there (last: over all paths) and
    after one that ends there; nobody inside is 0.

    The chains walk side by side, a row per gap: shorter ones stand still where the longer ones have further words.
    """
    import numpy as np

    sizes = np.array([len(own) for own, _, _ in chains])
    size = int(sizes.max())
    own, enter, leave = (np.full((size + 1, len(chains)), fill) for fill in (0.0, -SURE, -SURE))
    for k, chain in enumerate(chains):
        for table, values in zip((own, enter, leave), chain, strict=True):
            table[: len(values), k] = values
    before = np.zeros((size + 2, len(chains)))
    into = np.full(len(chains), -SURE)
    for i in range(size + 1):
        np.logaddexp(before[i], into + leave[i], out=before[i + 1])
        into = np.logaddexp(into, before[i] + enter[i]) + own[i]
    # The word behind a run is outside: what may begin at the gap itself does not count, what begins one further does.
    after = np.zeros((size + 1, len(chains)))
    at = np.arange(len(chains))
    free, inside = np.zeros(len(chains)), leave[sizes, at]
    enter[sizes, at] = leave[sizes, at] = -SURE
    for i in range(size - 1, -1, -1):
        inside = inside + own[i]
        after[i] = free
        free, inside = np.logaddexp(free, enter[i] + inside), np.logaddexp(inside, leave[i] + free)
    out = []
    for k, n in enumerate(sizes.tolist()):
        paths = before[: n + 1, k].copy()
        paths[n] = before[n + 1, k]
        out.append((paths, after[: n + 1, k]))
    return out


def _top_runs(own: Doubles, enter: Doubles, leave: Doubles, low: int, high: int) -> tuple[Doubles, Places, Places]:
    """The likeliest runs between two gaps, the empty one first: score, begin and end."""
    import numpy as np

    if high <= low:
        return np.zeros(1), np.array([low]), np.array([low])
    sums = np.concatenate([[0.0], np.cumsum(own[low:high])])
    first, last = _pairs(high - low + 1)
    found = (enter[low : high + 1] - sums)[first] + (leave[low : high + 1] + sums)[last]
    near = np.flatnonzero(found >= np.partition(found, -RUNS)[-RUNS]) if len(found) > RUNS else np.arange(len(found))
    # A stable order, so that equal scores fall the same way on every machine.
    top = near[np.argsort(-found[near], kind="stable")[:RUNS]]
    top = top[found[top] > -SURE / 2]
    return tuple(np.concatenate([[start], values]) for start, values in ((0.0, found[top]), (low, low + first[top]), (low, low + last[top])))  # type: ignore[return-value]


@lru_cache(maxsize=128)
def _pairs(size: int) -> tuple[Places, Places]:
    """First and second of all pairs of gaps in order."""
    import numpy as np

    first, last = np.triu_indices(size, 1)
    return first, last


def scores(view: View, w: Weights) -> tuple[Doubles, Doubles, Doubles]:
    """Scores of each word inside and, for each gap, of entering and leaving there."""
    import numpy as np

    own, enter, leave = _of_words(tuple(view.words), w)
    return view.inside @ w.inside + own + SURE * np.array(view.forced, np.float64), view.gaps @ w.enter + enter, view.gaps @ w.leave + leave


@lru_cache(maxsize=512)
def _of_words(words: tuple[str, ...], w: Weights) -> tuple[Doubles, Doubles, Doubles]:
    """What the words themselves say, kept for the document: every cue of a sentence asks for it."""
    known, table = _vocabulary(w)
    said = table[[known.get(x, 0) for x in (BEFORE, *words, AFTER)]]
    own, enter, leave = (said[1:, k] + said[:-1, k + 1] for k in (0, 2, 4))
    return own[:-1], enter, leave


@lru_cache(maxsize=16)
def _vocabulary(w: Weights) -> tuple[dict[str, int], Doubles]:
    """Number of each word that has weights, and its weights: at a word and after it, inside, entering and leaving; 0 is any other word."""
    import numpy as np

    kinds = [w.words.get(f"{where} {p}", {}) for where in ("inside", "enter", "leave") for p in ("word", "after")]
    known = {word: n for n, word in enumerate(sorted({word for kind in kinds for word in kind}), start=1)}
    table = np.zeros((len(known) + 1, len(kinds)))
    for k, kind in enumerate(kinds):
        for word, weight in kind.items():
            table[known[word], k] = weight
    return known, table
