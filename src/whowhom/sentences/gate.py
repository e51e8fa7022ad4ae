"""A gate before the encoder: sentences whose words speak against any event can be left unread. Off unless asked for.

Words, beginnings, endings and neighbours are hashed into a table of weights, whose sum is the log-odds that the sentence
holds an event; nothing of the language model is needed. It saves a fifth of the time and loses one event in twenty-five of
ordinary news (`training/gate.py` fits the table and says how that was measured): that is why it is off.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from whowhom.errors import KnowledgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Entries of the table; a power of two.
SIZE = 1 << 15
#: Letters of a word's beginning and end that count by themselves.
_BEGIN, _END = 5, 3


def features(words: Sequence[str]) -> Iterator[str]:
    """What is looked at in a sentence."""
    low = [w.lower() for w in words]
    yield f"#long {min(9, len(words) // 3)}"
    yield f"#names {min(3, sum(w[:1].isupper() for w in words[1:]))}"
    yield f"#ends {low[-1] if low and not low[-1].isalnum() else ''}"
    before = "#"
    for word in low:
        if not word.isalpha():
            word = "#number" if word[:1].isdigit() else word
        yield word
        yield f"{before} {word}"
        if len(word) > _BEGIN:
            yield f"{word[:_BEGIN]}-"
            yield f"-{word[-_END:]}"
        before = word


def places(words: Sequence[str]) -> list[int]:
    """Places of a sentence's features in the table, each once."""
    return list({zlib.crc32(f.encode("utf8", "replace")) & (SIZE - 1) for f in features(words)})


def score(words: Sequence[str]) -> float:
    """Log-odds that a sentence of these words holds an event, as far as words tell."""
    weights, bias, _ = table()
    return float(weights[places(words)].sum()) + bias


def may_hold(words: Sequence[str]) -> bool:
    """Whether a sentence has to be read."""
    return score(words) >= table()[2]


@lru_cache(maxsize=1)
def table() -> tuple[NDArray[np.float32], float, float]:
    """Weights, bias, and the score from which on sentences are read. Raises KnowledgeError where the file is missing."""
    import numpy as np

    file = resources.files("whowhom.sentences") / "gate.npz"
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return stored["weights"].astype(np.float32) * float(stored["scale"]), float(stored["bias"]), float(stored["floor"])
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(f"cannot read the gate: {error}", where="gate.npz", remedy="reinstall whowhom") from error
