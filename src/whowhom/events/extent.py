"""How far reporting words, their source and what they report reach in the sentence.

The encoder says of each word how likely it is to belong; where the runs begin and end is decided by a chain
(`tagging`) that also sees punctuation, quotation marks, clauses and the words themselves, as annotators do. Weights:
`knowledge/ontology/attribution.tsv`, fitted by ``python -m training.attribution``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from whowhom.config import threshold
from whowhom.events.cues import marks
from whowhom.events.tagging import View, Weights, arrange, rows, tag, tier_of
from whowhom.mentions.names import tagged
from whowhom.model import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whowhom.encoder import Encoder, Reading

    Floats = NDArray[np.float32]

TABLE = "attribution.tsv"
#: Words that may be reporting words are looked at from this probability on; `keep` decides.
FLOOR = 0.2
#: Reporting words reach at most this many words from their likeliest one.
REACH = 8
#: How many words a gap looks ahead and behind.
NEAR = 4
#: Odds of having a source or content count up to this.
SURELY = 10.0
#: Logits are cut at this: beyond, the encoder is sure and says no more.
CUT = 6.0

INSIDE = (
    "always", "main", "main before", "main after", "main 2 before", "main 2 after", "main in segment", "least on the way", "mean on the way",
    "other", "other in segment", "third", "quoted", "main in quotation", "quoted with cue", "left", "left main", "more on the other side",
    "distance", "another cue", "another cue on the way", "mark", "mark main", "last", "first", "actor", "name", "predicate", "cue",
)  # fmt: skip
GAPS = (
    "always", "rise", "main", "main before", "opens", "closes", "mark before", "mark", "cue before", "cue", "other before", "other",
    "begin", "end", "actor begins", "actor ends", "name begins", "name ends", "segment rise",
    "main ahead", "main behind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Reporting words [begin, end), the word whose arcs speak for them, the words of the source (one run) and of what is
    reported, and what `keep` may look at."""

    begin: int
    end: int
    row: int
    source: tuple[int, ...]
    content: tuple[int, ...]
    seen: dict[str, float]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of a model: three chains, and those of what is seen for keeping reporting words."""

    cue: Weights
    source: Weights
    content: Weights
    keep: Mapping[str, float]

    @classmethod
    def of(cls, found: Mapping[tuple[str, str], Mapping[str, float]]) -> Fitted:
        """From rows of a table, as `tagging.rows` gives them."""
        cue, source, content = (arrange(found, p, INSIDE, GAPS) for p in ("cue", "source", "content"))
        return cls(cue, source, content, found.get(("keep", "inside"), {}))


@lru_cache(maxsize=4)
def fitted_for(tier: str) -> Fitted:
    """The packaged weights of a tier."""
    return Fitted.of(rows(TABLE, tier))


@dataclass(frozen=True, slots=True)
class Shape:
    """What does not change between the cues of a sentence. `quote` is the number of the quotation of each word, -1 for none,
    `segment` that of the stretch between punctuation marks."""

    words: list[str]
    lower: list[str]
    mark: Floats
    quote: list[int]
    segment: list[int]
    cue: Floats
    actor: Floats
    name: Floats
    predicate: Floats


def shape(sentence: Sentence, reading: Reading, encoder: Encoder) -> Shape:
    """The words that the encoder read, with what it says of each."""
    import numpy as np

    base, size = sentence.span.begin, len(reading.heads["cue"])
    spans = sentence.words[:size]
    words = [sentence.text[w.begin - base : w.end - base] for w in spans]
    mark = np.array([not any(c.isalnum() for c in w) for w in words], np.float32)
    quote = [next((n for n, q in enumerate(sentence.quotes) if q.begin <= w.begin < q.end), -1) for w in spans]
    segment, at = [], 0
    for i in range(size):
        if i and (mark[i] != mark[i - 1] or quote[i] != quote[i - 1]):
            at += 1
        segment.append(at)
    heads = {h: 1 - reading.heads[h][:, encoder.labels[h].index(o)] for h, o in (("cue", "O"), ("actor", "O"), ("name", "O"), ("predicate", "no"))}
    return Shape(words, [w.lower() for w in words], mark, quote, segment, heads["cue"], heads["actor"], heads["name"], heads["predicate"])


def anchors(reading: Reading, encoder: Encoder) -> list[tuple[int, int, int]]:
    """Runs of words that may report: begin, end and the word whose arcs speak for the run; likeliest run first."""
    cue = reading.heads["cue"]
    first = encoder.labels["cue"].index("B")
    out = []
    for begin, end, _, _ in tagged(cue, encoder.labels["cue"], FLOOR):
        # Arcs were learned from a cue's first word.
        known = [i for i in range(begin, end) if i in reading.arcs]
        if known:
            out.append((begin, end, max(known, key=lambda i: float(cue[i, first]))))
    quiet = encoder.labels["cue"].index("O")
    return sorted(out, key=lambda a: float(cue[a[0] : a[1], quiet].min()))


def logits(chances: Floats) -> Floats:
    """Probabilities to log odds between -CUT and CUT."""
    import numpy as np

    p = np.clip(chances.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.clip(np.log(p / (1 - p)), -CUT, CUT).astype(np.float32)


def view(s: Shape, main: Floats, other: Floats, third: Floats, begin: int, end: int, forced: Sequence[int]) -> View:
    """What the chain sees around the cue [begin, end): `main` are the log odds of the words to be inside, `other` and
    `third` those to belong to the other parts."""
    import numpy as np

    n = len(s.words)
    x = np.zeros((n, len(INSIDE)), np.float32)
    out = np.full(2, -CUT, np.float32)
    padded = np.concatenate([out, main, out])
    segment = np.array(s.segment)
    sizes = np.bincount(segment)
    main_in = (np.bincount(segment, main) / sizes)[segment]
    other_in = (np.bincount(segment, other) / sizes)[segment]
    quote = np.array(s.quote)
    quoted = quote >= 0
    in_quote = np.zeros(n)
    if quoted.any():
        number = np.where(quoted, quote, 0)
        count = np.bincount(number, quoted)
        in_quote = np.where(quoted, (np.bincount(number, main * quoted) / np.maximum(count, 1))[number], 0)
    place = np.arange(n)
    left = place < begin
    right = place >= end
    least, mean, cues = (np.zeros(n, np.float32) for _ in range(3))
    steps = np.arange(1, n + 1)
    own = (place >= begin) & (place < end)
    another = np.where(own, 0, s.cue)
    for side, turn in ((right, 1), (left, -1)):
        if side.any():
            way = main[side][::turn]
            least[side] = np.minimum.accumulate(way)[::turn]
            mean[side] = (np.cumsum(way) / steps[: len(way)])[::turn]
            cues[side] = np.maximum.accumulate(another[side][::turn])[::turn]
    best_left = float(main[left].max()) if left.any() else -CUT
    best_right = float(main[right].max()) if right.any() else -CUT
    best = np.where(left, best_right, np.where(right, best_left, 0))
    distance = np.where(left, begin - place, np.where(right, place - end + 1, 0))
    cue_quote = s.quote[begin] if begin < n else -1
    columns = (
        1, main, padded[1:-3], padded[3:-1], padded[:-4], padded[4:], main_in, least, mean, other, other_in, third, quoted, in_quote,
        (quote == cue_quote) & quoted, left, left * main, np.maximum(best - main, 0), np.log1p(distance), another, cues, s.mark, s.mark * main,
        place == n - 1, place == 0, s.actor, s.name, s.predicate, s.cue,
    )  # fmt: skip
    for k, column in enumerate(columns):
        x[:, k] = column
    g = np.zeros((n + 1, len(GAPS)), np.float32)

    def before(values: Floats, edge: float) -> Floats:
        return np.concatenate([[edge], values])

    def here(values: Floats, edge: float) -> Floats:
        return np.concatenate([values, [edge]])

    gap = np.arange(n + 1)
    sums = np.concatenate([[0], np.cumsum(main)])
    ahead, behind = np.minimum(gap + NEAR, n), np.maximum(gap - NEAR, 0)
    quote_before, quote_here = before(quote, -1), here(quote, -1)
    edges = (
        1, here(main, -CUT) - before(main, -CUT), here(main, -CUT), before(main, -CUT), (quote_here != quote_before) & (quote_here >= 0),
        (quote_here != quote_before) & (quote_before >= 0), before(s.mark, 1), here(s.mark, 1), gap == end, gap == begin, before(other, -CUT),
        here(other, -CUT), gap == 0, gap == n, np.maximum(here(s.actor, 0) - before(s.actor, 0), 0), np.maximum(before(s.actor, 0) - here(s.actor, 0), 0),
        np.maximum(here(s.name, 0) - before(s.name, 0), 0), np.maximum(before(s.name, 0) - here(s.name, 0), 0),
        here(main_in, -CUT) - before(main_in, -CUT), (sums[ahead] - sums[gap]) / NEAR, (sums[gap] - sums[behind]) / NEAR,
    )  # fmt: skip
    for k, column in enumerate(edges):
        g[:, k] = column
    return View(x, g, s.lower, forced)


def cue_view(s: Shape, arcs: Floats, encoder: Encoder, begin: int, end: int, row: int) -> View:
    """What decides how far reporting words reach from their likeliest word, which must be one of them."""
    peak = max(range(begin, end), key=lambda i: float(s.cue[i]))
    forced = [0 if abs(i - peak) <= REACH else -1 for i in range(len(s.words))]
    forced[peak] = 1
    source, content = _arcs(arcs, encoder)
    return view(s, logits(s.cue), content, source, peak, peak + 1, forced)


def part_views(s: Shape, arcs: Floats, encoder: Encoder, begin: int, end: int) -> tuple[View, View]:
    """What decides on the source and on the content of the reporting words [begin, end)."""
    forced = [-1 if begin <= i < end else 0 for i in range(len(s.words))]
    source, content = _arcs(arcs, encoder)
    cue = logits(s.cue)
    return view(s, source, content, cue, begin, end, forced), view(s, content, source, cue, begin, end, forced)


def _arcs(arcs: Floats, encoder: Encoder) -> tuple[Floats, Floats]:
    source, content = (logits(arcs[encoder.relations.index(r)]) for r in ("SOURCE", "CONTENT"))
    return source, content


def runs(tags: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of words that are inside."""
    out: list[tuple[int, int]] = []
    for i, inside in enumerate(tags):
        if inside and out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        elif inside:
            out.append((i, i + 1))
    return out


def cue_run(s: Shape, arcs: Floats, encoder: Encoder, anchor: tuple[int, int, int], fitted: Fitted) -> tuple[int, int]:
    """The run of reporting words around an anchor's likeliest word."""
    v = cue_view(s, arcs, encoder, *anchor)
    tags, _ = tag(v, fitted.cue, threshold("cue-word"))
    peak = list(v.forced).index(1)
    return next((b, e) for b, e in runs(tags) if b <= peak < e)


def of_anchor(s: Shape, arcs: Floats, encoder: Encoder, anchor: tuple[int, int, int], fitted: Fitted) -> Found:
    """Reporting words with source and content, and what speaks for keeping them."""
    begin, end = cue_run(s, arcs, encoder, anchor, fitted)
    sides = part_views(s, arcs, encoder, begin, end)
    source, source_gain = tag(sides[0], fitted.source, threshold("source"))
    content, content_gain = tag(sides[1], fitted.content, threshold("content"))
    source_arcs, content_arcs = _arcs(arcs, encoder)
    best = max(runs(source), key=lambda r: float(source_arcs[r[0] : r[1]].max()), default=(0, 0))
    inside = {"source": tuple(range(*best)), "content": tuple(i for i, t in enumerate(content) if t)}
    peak = max(range(*anchor[:2]), key=lambda i: float(s.cue[i]))
    main = logits(s.cue[peak : peak + 1])[0]
    quoted = s.quote[peak] >= 0
    seen = {
        "always": 1.0, "cue": float(main), "cue mean": float(s.cue[begin:end].mean()), "predicate": float(s.predicate[peak]),
        "content gain": min(content_gain, SURELY), "source gain": min(source_gain, SURELY), "best content": float(content_arcs.max()),
        "best source": float(source_arcs.max()), "content": float(bool(inside["content"])), "source": float(bool(inside["source"])),
        "content words": math.log1p(len(inside["content"])), "source words": math.log1p(len(inside["source"])), "cue words": math.log1p(end - begin),
        "quoted": float(quoted), "content quoted": float(any(s.quote[i] >= 0 for i in inside["content"]) and not quoted),
        "quotation": float(any(q >= 0 for q in s.quote)), "words": math.log1p(len(s.words)), "first": float(begin == 0),
        "neither": float(not inside["content"] and not inside["source"]),
    }  # fmt: skip
    seen |= {f"word {w}": 1.0 for w in s.lower[begin:end]}
    seen |= {f"kind {k}": 1.0 for kinds in marks(s.lower[begin:end]) for k in kinds}
    return Found(begin, end, anchor[2], inside["source"], inside["content"], seen)


def keep(seen: Mapping[str, float], fitted: Fitted) -> float:
    """The probability that these are reporting words indeed."""
    total = sum(w * seen[f] for f, w in fitted.keep.items() if f in seen)
    return 1 / (1 + math.exp(-total))


def find(sentence: Sentence, reading: Reading, encoder: Encoder, fitted: Fitted | None = None) -> list[tuple[Found, float]]:
    """The reporting words of a sentence in order, each with the probability to be some; none shares a word with another.

    Without `fitted`, the packaged weights of the encoder's tier.
    """
    possible = anchors(reading, encoder)
    if not possible:
        return []
    fitted = fitted or fitted_for(tier_of(encoder.version))
    s = shape(sentence, reading, encoder)
    out: list[tuple[Found, float]] = []
    for anchor in possible:
        one = of_anchor(s, reading.arcs[anchor[2]], encoder, anchor, fitted)
        if not any(one.begin < other.end and other.begin < one.end for other, _ in out):
            out.append((one, keep(one.seen, fitted)))
    return sorted(out, key=lambda f: f[0].begin)
