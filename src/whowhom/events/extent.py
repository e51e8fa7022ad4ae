"""How far reporting words, their source and what they report reach in the sentence.

The encoder says of each word how likely it is to belong; where the runs begin and end is decided by a chain (`tagging`)
that also sees (`views`) punctuation, quotation marks, clauses and the words themselves, as annotators do. Weights:
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
from whowhom.events.tagging import TINY, Weights, arrange, best_of, peak_run, rows, tier_of
from whowhom.events.views import GAPS, INSIDE, Ask, Shape, arcs_of, cue_ask, cue_view, part_asks, peak_of, shape, views
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
#: Odds of having a source or content count up to this.
SURELY = 10.0
#: Log odds that are left for rounding before reporting words are given up early.
SLACK = 0.01


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


def cue_run(s: Shape, arcs: Floats, encoder: Encoder, anchor: tuple[int, int, int], fitted: Fitted) -> tuple[int, int]:
    """The run of reporting words around an anchor's likeliest word."""
    return peak_run(cue_view(s, arcs, encoder, *anchor), fitted.cue, peak_of(s, *anchor[:2]))


def of_anchor(s: Shape, arcs: Floats, encoder: Encoder, anchor: tuple[int, int, int], fitted: Fitted) -> Found:
    """Reporting words with source and content, and what speaks for keeping them."""
    begin, end = cue_run(s, arcs, encoder, anchor, fitted)
    asks = part_asks(s, arcs_of(arcs, encoder), begin, end)
    (found,) = _with_parts([(asks, first_look(s, anchor, asks))], [anchor], fitted)
    return found


def first_look(s: Shape, anchor: tuple[int, int, int], asks: tuple[Ask, Ask]) -> dict[str, float]:
    """What `keep` may look at before source and content are known. `asks` are those for the parts of the reporting words."""
    source, content = asks
    begin, end, peak = source.begin, source.end, peak_of(s, *anchor[:2])
    seen = {
        "always": 1.0, "cue": float(s.odds[peak]), "cue mean": float(s.cue[begin:end].mean()), "predicate": float(s.predicate[peak]),
        "best content": float(content.main.max()), "best source": float(source.main.max()), "cue words": math.log1p(end - begin),
        "quoted": float(s.quote[peak] >= 0), "quotation": float(s.quote.max() >= 0), "words": math.log1p(len(s.words)), "first": float(begin == 0),
    }  # fmt: skip
    seen |= {f"word {w}": 1.0 for w in s.lower[begin:end]}
    seen |= {f"kind {k}": 1.0 for kinds in marks(s.lower[begin:end]) for k in kinds}
    return seen


def _with_parts(looked: Sequence[tuple[tuple[Ask, Ask], dict[str, float]]], anchors: Sequence[tuple[int, int, int]], fitted: Fitted) -> list[Found]:
    """The reporting words with source and content, worked out together, and with all that `keep` may look at."""
    asks = [a for pair, _ in looked for a in pair]
    kinds = ((fitted.source, False), (fitted.content, True))
    asked = [(v, kinds[n % 2][0], a.begin, a.end, kinds[n % 2][1]) for n, (v, a) in enumerate(zip(views(asks), asks, strict=True))]
    best = best_of(asked) if asked else []
    out = []
    for n, ((asked_of, _), seen) in enumerate(looked):
        (source, source_worth, source_gain), (content, content_worth, content_gain) = best[2 * n : 2 * n + 2]
        source, content = source if source_worth >= threshold("source") else (), content if content_worth >= threshold("content") else ()
        quote = asked_of.shape.quote
        seen = seen | {
            "content worth": content_worth, "source worth": source_worth,
            "content gain": min(content_gain, SURELY), "source gain": min(source_gain, SURELY), "content": float(bool(content)),
            "source": float(bool(source)), "content words": math.log1p(len(content)), "source words": math.log1p(len(source)),
            "content quoted": float(bool(content) and not seen["quoted"] and bool((quote[list(content)] >= 0).any())),
            "neither": float(not content and not source),
        }  # fmt: skip
        out.append(Found(asked_of.begin, asked_of.end, anchors[n][2], source, content, seen))
    return out


def _hopeless(seen: Mapping[str, float], fitted: Fitted, least: float) -> bool:
    """Whether no source and content could bring the probability of these reporting words up to `least`."""
    if not 0 < least < 1:
        return False
    words = seen["words"]
    reach = {
        "content worth": (0, 1), "source worth": (0, 1), "content gain": (math.log(TINY) - 1, SURELY), "source gain": (math.log(TINY) - 1, SURELY),
        "content": (0, 1), "source": (0, 1), "content words": (0, words), "source words": (0, words), "content quoted": (0, 1), "neither": (0, 1),
    }  # fmt: skip
    best = _odds(seen, fitted) + sum(max(w * low, w * high) for f, (low, high) in reach.items() if (w := fitted.keep.get(f)))
    return best < math.log(least / (1 - least)) - SLACK


def _odds(seen: Mapping[str, float], fitted: Fitted) -> float:
    return sum(value * fitted.keep.get(feature, 0.0) for feature, value in seen.items())


def keep(seen: Mapping[str, float], fitted: Fitted) -> float:
    """The probability that these are reporting words indeed."""
    return 1 / (1 + math.exp(-_odds(seen, fitted)))


def find(sentence: Sentence, reading: Reading, encoder: Encoder, fitted: Fitted | None = None) -> list[tuple[Found, float]]:
    """The reporting words of a sentence in order, each with the probability to be some; none shares a word with another.

    Without `fitted`, the packaged weights of the encoder's tier.
    """
    return find_all([(sentence, reading)], encoder, fitted)[0]


def find_all(
    read: Sequence[tuple[Sentence, Reading]], encoder: Encoder, fitted: Fitted | None = None, least: float = 0.0
) -> list[list[tuple[Found, float]]]:
    """`find` for many sentences, worked out together. Reporting words that cannot be some with the probability `least` may be
    left out before their source and content are looked for."""
    fitted = fitted or fitted_for(tier_of(encoder.version))
    possible: list[tuple[int, tuple[int, int, int], Shape, tuple[Floats, Floats], Ask]] = []
    for n, (sentence, reading) in enumerate(read):
        some = anchors(reading, encoder)
        if some:
            s = shape(sentence, reading, encoder)
            for anchor in some:
                odds = arcs_of(reading.arcs[anchor[2]], encoder)
                possible.append((n, anchor, s, odds, cue_ask(s, odds, *anchor[:2])))
    if not possible:
        return [[] for _ in read]
    taken: list[list[tuple[int, int]]] = [[] for _ in read]
    looked = []
    for (n, anchor, s, odds, ask), v in zip(possible, views([p[-1] for p in possible]), strict=True):
        begin, end = peak_run(v, fitted.cue, ask.begin)
        # The likelier ones come first and keep their words, whatever becomes of them.
        if any(begin < b and a < end for a, b in taken[n]):
            continue
        taken[n].append((begin, end))
        asks = part_asks(s, odds, begin, end)
        seen = first_look(s, anchor, asks)
        if not _hopeless(seen, fitted, least):
            looked.append((n, anchor, (asks, seen)))
    out: list[list[tuple[Found, float]]] = [[] for _ in read]
    for (n, *_), one in zip(looked, _with_parts([x[-1] for x in looked], [x[1] for x in looked], fitted), strict=True):
        out[n].append((one, keep(one.seen, fitted)))
    return [sorted(some, key=lambda f: f[0].begin) for some in out]
