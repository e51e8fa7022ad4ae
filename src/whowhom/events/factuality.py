"""Did it happen, from -3 (surely not) to 3 (surely): the encoder's head, put right by signs, modality and what governs the word.

A linear sum with weights of `knowledge/ontology/factuality.tsv`, fitted on UDS-EWT train by ``python -m training.factuality``.
The head alone leans to the middle where readers lean to an end; the steps bend it back. The readers are of two minds about
what "not" denies (after "did not" their mean is above 0), so a plain negation alone does not make a value low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whowhom.events import certainty
from whowhom.events.tagging import rows, tier_of
from whowhom.model import Sentence

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading

TABLE = "factuality.tsv"
PART = ("factuality", "value")
#: Values of the head from which on it may rise more or less steeply.
STEPS = (-1.0, -0.7, -0.4, -0.1, 0.2, 0.5, 0.8, 1.1)


def features(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> dict[str, float]:
    """What is seen of the word `row`: as for certainty, with the bends of the head and whether the sentence asks."""
    value = float(reading.heads["factuality"][row, 0])
    found = certainty.features(sentence, reading, row, encoder) | {f"from {s}": max(0.0, value - s) for s in STEPS}
    return found | {"asked": float(sentence.text.rstrip().endswith("?"))}


def factuality_of(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> float:
    """From -3 to 3; 0, of which nothing is known, for a word that the encoder did not read."""
    if not reading.heads or row >= len(reading.heads["factuality"]):
        return 0.0
    weights = rows(TABLE, tier_of(encoder.version))[PART]
    seen = features(sentence, reading, row, encoder)
    return max(-3.0, min(3.0, sum(w * seen[f] for f, w in weights.items() if f in seen)))
