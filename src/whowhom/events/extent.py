"""How far reporting words, their source and what they report reach in the sentence.

The encoder says of each word how likely it is to belong; where the runs begin and end is decided by a chain (`tagging`)
that also sees (`views`) punctuation, quotation marks, clauses and the words themselves, as annotators do. Weights:
`knowledge/ontology/attribution.tsv`, fitted by ``python -m training.attribution``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from whowhom.config import threshold
from whowhom.events.cues import marks
from whowhom.events.tagging import Weights, arrange, best_runs, peak_run, rows, tier_of
from whowhom.events.views import GAPS, INSIDE, Shape, arcs_of, cue_view, logits, part_views, shape
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
    v = cue_view(s, arcs, encoder, *anchor)
    return peak_run(v, fitted.cue, list(v.forced).index(1))


def of_anchor(s: Shape, arcs: Floats, encoder: Encoder, anchor: tuple[int, int, int], fitted: Fitted) -> Found:
    """Reporting words with source and content, and what speaks for keeping them."""
    begin, end = cue_run(s, arcs, encoder, anchor, fitted)
    sides = part_views(s, arcs, encoder, begin, end)
    source, source_worth, source_gain = best_runs(sides[0], fitted.source, begin, end, both=False)
    content, content_worth, content_gain = best_runs(sides[1], fitted.content, begin, end, both=True)
    source_arcs, content_arcs = arcs_of(arcs, encoder)
    inside = {"source": source if source_worth >= threshold("source") else (), "content": content if content_worth >= threshold("content") else ()}
    peak = max(range(*anchor[:2]), key=lambda i: float(s.cue[i]))
    main = logits(s.cue[peak : peak + 1])[0]
    quoted = s.quote[peak] >= 0
    seen = {
        "always": 1.0, "cue": float(main), "cue mean": float(s.cue[begin:end].mean()), "predicate": float(s.predicate[peak]),
        "content worth": content_worth, "source worth": source_worth,
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
