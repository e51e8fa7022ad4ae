"""What the chains for reporting words, sources and contents see of a sentence: numbers per word and per gap between words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.events.tagging import View
from whowhom.model import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whowhom.encoder import Encoder, Reading

    Floats = NDArray[np.float32]

#: Reporting words reach at most this many words from their likeliest one.
REACH = 8
#: How many words a gap looks ahead and behind.
NEAR = 4
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
    source, content = arcs_of(arcs, encoder)
    return view(s, logits(s.cue), content, source, peak, peak + 1, forced)


def part_views(s: Shape, arcs: Floats, encoder: Encoder, begin: int, end: int) -> tuple[View, View]:
    """What decides on the source and on the content of the reporting words [begin, end)."""
    forced = [-1 if begin <= i < end else 0 for i in range(len(s.words))]
    source, content = arcs_of(arcs, encoder)
    cue = logits(s.cue)
    return view(s, source, content, cue, begin, end, forced), view(s, content, source, cue, begin, end, forced)


def arcs_of(arcs: Floats, encoder: Encoder) -> tuple[Floats, Floats]:
    """Log odds of each word to belong to the source and to the content."""
    source, content = (logits(arcs[encoder.relations.index(r)]) for r in ("SOURCE", "CONTENT"))
    return source, content
