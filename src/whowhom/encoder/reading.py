"""What the encoder gives back: probabilities per word, per pair of words and per marked question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as read without marks.

    `heads[name]` has shape (words, labels of that head): probabilities for heads with one label per word
    (rows sum to 1) and for heads with several (each in 0..1), plain values for number heads (words, 1).
    `arcs[row]` has shape (relations, words): the probability of each relation from word `row` to each
    word; only rows that may hold a trigger, a predicate or a cue are kept. A sentence longer than the
    encoder reads has fewer rows than words: the words beyond were not read.
    """

    heads: Mapping[str, Floats]
    arcs: Mapping[int, Floats]


@dataclass(frozen=True, slots=True)
class Question:
    """Words of a sentence, with those of a source, a target and a trigger marked by index; any may be empty."""

    words: Sequence[str]
    source: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    trigger: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer to a question: probabilities over the labels of each judge head.

    Where it was asked for, `arcs` of shape (relations, words) say who stands around the question's first trigger word, and a
    head `status` whether it happened: for a student to learn from. Coding does not use them, they were no better than a reading.
    """

    heads: Mapping[str, Floats]
    arcs: Floats | None = None
