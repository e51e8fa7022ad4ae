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

    Doubles = NDArray[np.float64]

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
#: So many words before and behind the event's word are near.
NEAR = 6
#: Probabilities are kept this far from 0 and 1 before their logit is taken.
_EDGE = 1e-3
#: The score of a context whose words are not known.
UNKNOWN = -9.0


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
    import numpy as np

    known, table, base = _weights(tuple(labels))
    words = table[[known[s] for s in signs(text, at, event, mode) if s in known]].sum(axis=0) + base
    inside = np.minimum(np.maximum(chances.astype(np.float64), _EDGE), 1 - _EDGE)
    share, floor = threshold("context-encoder"), threshold("context")
    scores = share * np.log(inside / (1 - inside)) + (1 - share) * words
    return tuple(label for label, score in zip(labels, scores.tolist(), strict=True) if score >= math.log(floor / (1 - floor)))


@lru_cache(maxsize=4)
def _weights(labels: tuple[str, ...]) -> tuple[dict[str, int], Doubles, Doubles]:
    """The number of each sign, a row of weights for each with a column per context, and the bias of each context."""
    import numpy as np

    text = (resources.files("whowhom.knowledge.ontology") / "context_words.tsv").read_text(encoding="utf8")
    rows = [(r["sign"], r["context"], float(r["weight"])) for r in csv.DictReader((x for x in text.splitlines() if x[:1] != "#"), delimiter="\t")]
    known = {sign: n for n, sign in enumerate(dict.fromkeys(sign for sign, _, _ in rows if sign))}
    columns = {label: n for n, label in enumerate(labels)}
    table, base = np.zeros((len(known), len(labels))), np.full(len(labels), UNKNOWN)
    for sign, context, weight in rows:
        if context not in columns:
            continue
        if sign:
            table[known[sign], columns[context]] = weight
        else:
            base[columns[context]] = weight
    return known, table, base
