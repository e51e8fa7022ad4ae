"""What the chains for reporting words, sources and contents see of a sentence: numbers per word and per gap between words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whowhom.events.tagging import View
from whowhom.model import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whowhom.encoder import Encoder, Reading

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Numbers = NDArray[Any]

#: Reporting words reach at most this many words from their likeliest one.
REACH = 8
#: How many words a gap looks ahead and behind.
NEAR = 4
#: Logits are cut at this: beyond, the encoder is sure and says no more.
CUT = 6.0
#: So many questions are worked out at a time.
TOGETHER = 64

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
    `segment` that of the stretch between punctuation marks, `odds` the log odds of each word to report."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    mark: Floats
    quote: Ints
    segment: Ints
    cue: Floats
    actor: Floats
    name: Floats
    predicate: Floats
    odds: Floats


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about a cue [begin, end) of a sentence: `main` are the log odds of the words to be inside, `other` and `third`
    those to belong to the other parts; `forced` as in `View`."""

    shape: Shape
    main: Floats
    other: Floats
    third: Floats
    begin: int
    end: int
    forced: Ints


def shape(sentence: Sentence, reading: Reading, encoder: Encoder) -> Shape:
    """The words that the encoder read, with what it says of each."""
    import numpy as np

    base, size = sentence.span.begin, len(reading.heads["cue"])
    spans = sentence.words[:size]
    words = tuple(sentence.text[w.begin - base : w.end - base] for w in spans)
    mark = np.array([not any(map(str.isalnum, w)) for w in words], np.float32)
    quote = np.full(size, -1)
    for n, q in reversed(list(enumerate(sentence.quotes))):
        quote[[i for i, w in enumerate(spans) if q.begin <= w.begin < q.end]] = n
    segment = np.zeros(size, np.int64)
    np.cumsum((mark[1:] != mark[:-1]) | (quote[1:] != quote[:-1]), out=segment[1:])
    heads = {h: 1 - reading.heads[h][:, encoder.labels[h].index(o)] for h, o in (("cue", "O"), ("actor", "O"), ("name", "O"), ("predicate", "no"))}
    return Shape(
        words, tuple(w.lower() for w in words), mark, quote, segment,
        heads["cue"], heads["actor"], heads["name"], heads["predicate"], logits(heads["cue"]),
    )  # fmt: skip


def logits(chances: Floats) -> Floats:
    """Probabilities to log odds between -CUT and CUT."""
    import numpy as np

    p = np.minimum(np.maximum(chances.astype(np.float64), 1e-6), 1 - 1e-6)
    odds: Floats = np.minimum(np.maximum(np.log(p / (1 - p)), -CUT), CUT).astype(np.float32)
    return odds


def views(asks: Sequence[Ask]) -> list[View]:
    """What the chain sees for each of several questions: worked out together, as calls of numpy cost more than these few numbers."""
    out: dict[int, View] = {}
    # Of like length together, so that little is padding.
    order = sorted(range(len(asks)), key=lambda k: len(asks[k].shape.words))
    for at in range(0, len(order), TOGETHER):
        some = order[at : at + TOGETHER]
        out.update(zip(some, _together([asks[k] for k in some]), strict=True))
    return [out[k] for k in range(len(asks))]


def _together(asks: Sequence[Ask]) -> list[View]:
    """Rows are questions, columns words; each row is padded to one column more than the longest has words, for the last gap."""
    import numpy as np

    long = np.array([len(a.shape.words) for a in asks])
    size, begin, end = (v[:, None] for v in (long, np.array([a.begin for a in asks]), np.array([a.end for a in asks])))
    place = np.arange(int(long.max()) + 1)[None, :]
    read = place < size

    def padded(flat: Numbers, fill: float) -> Numbers:
        wide = np.full(read.shape, fill, flat.dtype)
        wide[read] = flat
        return wide

    def mean_of(group: Ints, weights: Numbers) -> Numbers:
        return (np.bincount(group, weights) / np.maximum(np.bincount(group), 1))[group]

    def before(values: Numbers, edge: float, far: int = 1) -> Numbers:
        return np.concatenate([np.full((len(values), far), edge, values.dtype), values[:, :-far]], axis=1)

    def after(values: Numbers, edge: float, far: int = 1) -> Numbers:
        return np.concatenate([values[:, far:], np.full((len(values), far), edge, values.dtype)], axis=1)

    row = np.repeat(np.arange(len(asks)), long) * (int(long.max()) + 1)
    flat_main, flat_other = np.concatenate([a.main for a in asks]), np.concatenate([a.other for a in asks])
    segment, flat_quote = np.concatenate([a.shape.segment for a in asks]) + row, np.concatenate([a.shape.quote for a in asks])
    # A column's fill is what stands beyond the ends of a sentence.
    main, other = padded(flat_main, -CUT), padded(flat_other, -CUT)
    main_in, other_in = padded(mean_of(segment, flat_main), -CUT), padded(mean_of(segment, flat_other), 0)
    quote = padded(flat_quote, -1)
    quoted = quote >= 0
    in_quote = np.zeros(read.shape)
    if quoted.any():
        in_quote[quoted] = mean_of((flat_quote + row)[flat_quote >= 0], flat_main[flat_quote >= 0])
    third = padded(np.concatenate([a.third for a in asks]), 0)
    mark = padded(np.concatenate([a.shape.mark for a in asks]), 1)
    cue, actor, name, predicate = (padded(np.concatenate([getattr(a.shape, h) for a in asks]), 0) for h in ("cue", "actor", "name", "predicate"))
    left, right = place < begin, (place >= end) & read
    least, mean, cues = (np.zeros(read.shape, np.float32) for _ in range(3))
    another = np.where((place >= begin) & (place < end), np.float32(0), cue)
    for side, turn, away in ((right, 1, place - end + 1), (left, -1, begin - place)):
        way, sums = (np.where(side, main, np.float32(fill))[:, ::turn] for fill in (np.inf, 0))
        np.copyto(least, np.minimum.accumulate(way, axis=1)[:, ::turn], where=side)
        np.copyto(mean, np.cumsum(sums, axis=1)[:, ::turn] / np.maximum(away, 1), where=side, casting="same_kind")
        np.copyto(cues, np.maximum.accumulate(np.where(side, another, np.float32(-np.inf))[:, ::turn], axis=1)[:, ::turn], where=side)
    best_left, best_right = (np.where(side, main, np.float32(-CUT)).max(axis=1)[:, None] for side in (left, right))
    best = np.where(left, best_right, np.where(right, best_left, np.float32(0)))
    distance = np.where(left, begin - place, np.where(right, place - end + 1, 0))
    cue_quote = np.array([a.shape.quote[a.begin] if a.begin < len(a.shape.words) else -1 for a in asks])[:, None]
    columns = (
        1, main, before(main, -CUT), after(main, -CUT), before(main, -CUT, 2), after(main, -CUT, 2), main_in, least, mean, other, other_in, third,
        quoted, in_quote, (quote == cue_quote) & quoted, left, left * main, np.maximum(best - main, 0), np.log1p(distance), another, cues, mark,
        mark * main, place == size - 1, place == 0, actor, name, predicate, cue,
    )  # fmt: skip
    x = np.empty((*read.shape, len(INSIDE)), np.float32)
    for k, column in enumerate(columns):
        x[:, :, k] = column
    sums = np.concatenate([np.zeros((len(asks), 1)), np.cumsum(main, axis=1)[:, :-1]], axis=1)
    ahead, behind = (
        np.take_along_axis(sums, i, axis=1) for i in (np.minimum(place + NEAR, size), np.broadcast_to(np.maximum(place - NEAR, 0), read.shape))
    )
    quote_before = before(quote, -1)
    turns = quote != quote_before
    edges = (
        1, main - before(main, -CUT), main, before(main, -CUT), turns & quoted, turns & (quote_before >= 0), before(mark, 1), mark,
        place == end, place == begin, before(other, -CUT), other, place == 0, place == size,
        np.maximum(actor - before(actor, 0), 0), np.maximum(before(actor, 0) - actor, 0), np.maximum(name - before(name, 0), 0),
        np.maximum(before(name, 0) - name, 0), main_in - before(main_in, -CUT), (ahead - sums) / NEAR, (sums - behind) / NEAR,
    )  # fmt: skip
    g = np.empty((*read.shape, len(GAPS)), np.float32)
    for k, column in enumerate(edges):
        g[:, :, k] = column
    return [View(x[k, :n], g[k, : n + 1], a.shape.lower, a.forced) for k, (a, n) in enumerate(zip(asks, long.tolist(), strict=True))]


def cue_ask(s: Shape, odds: tuple[Floats, Floats], begin: int, end: int) -> Ask:
    """What decides how far reporting words reach from their likeliest word, which must be one of them. `odds` as `arcs_of` gives them."""
    import numpy as np

    peak = peak_of(s, begin, end)
    forced = np.full(len(s.words), -1)
    forced[max(0, peak - REACH) : peak + REACH + 1] = 0
    forced[peak] = 1
    source, content = odds
    return Ask(s, s.odds, content, source, peak, peak + 1, forced)


def part_asks(s: Shape, odds: tuple[Floats, Floats], begin: int, end: int) -> tuple[Ask, Ask]:
    """What decides on the source and on the content of the reporting words [begin, end). `odds` as `arcs_of` gives them."""
    import numpy as np

    forced = np.zeros(len(s.words), np.int64)
    forced[begin:end] = -1
    source, content = odds
    return Ask(s, source, content, s.odds, begin, end, forced), Ask(s, content, source, s.odds, begin, end, forced)


def cue_view(s: Shape, arcs: Floats, encoder: Encoder, begin: int, end: int, row: int) -> View:
    """The view of `cue_ask` alone."""
    return views([cue_ask(s, arcs_of(arcs, encoder), begin, end)])[0]


def part_views(s: Shape, arcs: Floats, encoder: Encoder, begin: int, end: int) -> tuple[View, View]:
    """The views of `part_asks` alone."""
    source, content = views(part_asks(s, arcs_of(arcs, encoder), begin, end))
    return source, content


def peak_of(s: Shape, begin: int, end: int) -> int:
    """The likeliest reporting word of [begin, end)."""
    return begin + int(s.cue[begin:end].argmax())


def arcs_of(arcs: Floats, encoder: Encoder) -> tuple[Floats, Floats]:
    """Log odds of each word to belong to the source and to the content."""
    source, content = logits(arcs[[encoder.relations.index("SOURCE"), encoder.relations.index("CONTENT")]])
    return source, content
