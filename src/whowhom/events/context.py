"""Contexts of an event: what its sentence is about, by its words and by the encoder.

The encoder sees contexts too rarely to learn the words of each; a sparse linear model over the words of a sentence and
the event's type knows these. Its weights are fitted on the project's own casebook (``training/contexts.py``).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from whowhom.config import threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
#: So many words before and behind the event's word are near.
NEAR = 6
#: Probabilities are kept this far from 0 and 1 before their logit is taken.
_EDGE = 1e-3


def signs(text: str, at: int, event: str, mode: str) -> set[str]:
    """What the weights are over: the words of a sentence, its pairs of words, the words near the event's word (which begins at
    the offset `at`), the type and the mode."""
    found = list(_WORD.finditer(text.lower()))
    words = [m[0] for m in found]
    here = next((i for i, m in enumerate(found) if m.end() > at), len(words) - 1)
    near = words[max(0, here - NEAR) : here] + words[here + 1 : here + 1 + NEAR]
    pairs = (f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    return {*words, *pairs, *(f"~{w}" for w in near), f"={event}", f"={event}.{mode}"}


def contexts(text: str, at: int, event: str, mode: str, labels: Sequence[str], chances: NDArray[np.float32]) -> tuple[str, ...]:
    """The contexts likely enough, in the order of `labels`; `chances` are the encoder's probabilities of them.

    `text` is the event's sentence, `at` the offset of its word there.
    """
    table, base = _weights()
    scores = dict(base)
    for sign in signs(text, at, event, mode):
        for context, weight in table.get(sign, ()):
            scores[context] += weight
    share, floor = threshold("context-encoder"), threshold("context")
    out = []
    for label, chance in zip(labels, chances.tolist(), strict=True):
        inside = min(max(chance, _EDGE), 1 - _EDGE)
        score = share * math.log(inside / (1 - inside)) + (1 - share) * scores.get(label, -9.0)
        if 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) >= floor:
            out.append(label)
    return tuple(out)


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, list[tuple[str, float]]], dict[str, float]]:
    """Weights by sign, and the bias of each context."""
    text = (resources.files("whowhom.knowledge.ontology") / "context_words.tsv").read_text(encoding="utf8")
    table: dict[str, list[tuple[str, float]]] = {}
    base: dict[str, float] = {}
    for row in csv.DictReader((x for x in text.splitlines() if not x.startswith("#")), delimiter="\t"):
        if row["sign"]:
            table.setdefault(row["sign"], []).append((row["context"], float(row["weight"])))
        else:
            base[row["context"]] = float(row["weight"])
    return table, base
