"""How sure the text is of an event, and whether it speaks of it as not happening: a log-linear reading of the signs.

Classes and weights come from MEANTIME (`knowledge/ontology/certainty.tsv`, fitted and cross-validated by
``python -m training.certainty``). Status does not use them: the annotation is of an older, coarser scheme.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from whowhom.events.cues import marks
from whowhom.events.scope import read_words, signs
from whowhom.model import Sentence

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading

PARTS = ("certainty", "polarity")


def features(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> frozenset[str]:
    """What is seen of the word `row`: its signs, through which word they reach it, and its own kinds."""
    kinds = marks(read_words(sentence, reading))
    found = {"always"} | {f"self {k}" for k in kinds[row]}
    for sign in signs(sentence, reading, row, encoder):
        found |= {f"sign {sign.kind}", f"sign {sign.kind} {'own' if sign.by == row else 'through'}"}
    return frozenset(found)


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, dict[str, float]]]:
    """Part -> class -> feature -> weight."""
    text = (resources.files("whowhom.knowledge.ontology") / "certainty.tsv").read_text(encoding="utf8")
    out: dict[str, dict[str, dict[str, float]]] = {p: {} for p in PARTS}
    for row in csv.DictReader((x for x in text.splitlines() if x and not x.startswith("#")), delimiter="\t"):
        out[row["part"]].setdefault(row["class"], {})[row["feature"]] = float(row["weight"])
    return out


def certainty_of(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> tuple[str, str]:
    """Certainty (CERTAIN, PROBABLE, POSSIBLE, UNDERSPECIFIED) and polarity (POS, NEG, UNDERSPECIFIED) of a word.

    A word that the encoder did not read is CERTAIN and POS, as most are.
    """
    if not reading.heads or row >= len(reading.heads["trigger"]):
        return "CERTAIN", "POS"
    seen = features(sentence, reading, row, encoder)
    best = []
    for part in PARTS:
        sums = {name: sum(w for f, w in table.items() if f in seen) for name, table in weights()[part].items()}
        best.append(max(sorted(sums), key=sums.__getitem__))
    return best[0], best[1]
