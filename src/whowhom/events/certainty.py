"""How sure the text is of an event, and whether it speaks of it as not happening: a log-linear reading of signs and heads.

Classes and weights come from MEANTIME (`knowledge/ontology/certainty.tsv`, fitted and cross-validated by
``python -m training.certainty``). Status does not use them: the annotation is of an older, coarser scheme.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from whowhom.events.cues import marks
from whowhom.events.scope import read_words, signs
from whowhom.events.tagging import rows, tier_of
from whowhom.model import Sentence

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading

TABLE = "certainty.tsv"
PARTS = ("certainty", "polarity")
#: What the encoder says of a word by these heads and arcs is looked at. Its own heads for certainty, polarity and tense are
#: not: they were trained on the very documents that the weights are cross-validated on.
ARCS_TO, ARCS_FROM = ("A0", "A1", "A2", "TMP", "CONTENT"), ("A0", "A1", "TMP", "SPEAKER", "DENIER")
#: How many words before an event are searched for words of the status table.
BACK = 12


def features(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> dict[str, float]:
    """What is seen of the word `row`: its signs and through which words they reach it, words of the status table near it,
    its form, and what the encoder says of it."""
    words = read_words(sentence, reading)
    kinds = marks(words)
    word = words[row]
    found = {"always": 1.0} | {f"self {k}": 1.0 for k in kinds[row]}
    for sign in signs(sentence, reading, row, encoder):
        found |= {f"sign {sign.kind}": 1.0, f"sign {sign.kind} {'own' if sign.by == row else 'through'}": 1.0}
        if sign.by != row:
            found |= {f"through {k}": 1.0 for k in kinds[sign.by]}
    found |= {f"left {k}": 1.0 for n in range(max(0, row - BACK), row) for k in kinds[n]}
    found |= {f"ends in {e}": 1.0 for e in ("ing", "ed", "s") if word.endswith(e)}
    near = {w.lower() for w in words[max(0, row - 2) : row]}
    shown = {"capital": word[:1].isupper(), "to": "to" in near, "headline": sentence.index == 0}
    shown["quoted"] = any(q.begin <= sentence.words[row].begin < q.end for q in sentence.quotes)
    return found | {k: 1.0 for k, v in shown.items() if v} | _read(reading, row, encoder)


def _read(reading: Reading, row: int, encoder: Encoder) -> dict[str, float]:
    """What the encoder says of a word."""
    heads, at = reading.heads, encoder.labels
    found = {f"status {n}": float(p) for n, p in zip(at["status"], heads["status"][row], strict=True)}
    found |= {f"kind {n}": float(p) for n, p in zip(at["kind"], heads["kind"][row], strict=True)}
    found["factuality"] = float(heads["factuality"][row, 0])
    found["no event"] = float(heads["trigger"][row, at["trigger"].index("NONE")])
    found["predicate"] = float(heads["predicate"][row, at["predicate"].index("yes")])
    found |= {h: 1 - float(heads[h][row, at[h].index("O")]) for h in ("cue", "actor")}
    others = [arcs for n, arcs in reading.arcs.items() if n != row and row < arcs.shape[1]]
    for name in ARCS_TO:
        relation = encoder.relations.index(name)
        found[f"is {name}"] = max((float(arcs[relation, row]) for arcs in others), default=0.0)
    own = reading.arcs.get(row)
    return found | {f"has {n}": float(own[encoder.relations.index(n)].max()) if own is not None else 0.0 for n in ARCS_FROM}


def weights(tier: str) -> dict[str, dict[str, Mapping[str, float]]]:
    """Part -> class -> feature -> weight, as fitted for a model of this tier."""
    out: dict[str, dict[str, Mapping[str, float]]] = {p: {} for p in PARTS}
    for (part, name), table in rows(TABLE, tier).items():
        out[part][name] = table
    return out


def certainty_of(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> tuple[str, str]:
    """Certainty (CERTAIN, PROBABLE, POSSIBLE, UNDERSPECIFIED) and polarity (POS, NEG, UNDERSPECIFIED) of a word.

    A word that the encoder did not read is CERTAIN and POS, as most are.
    """
    if not reading.heads or row >= len(reading.heads["trigger"]):
        return "CERTAIN", "POS"
    seen = features(sentence, reading, row, encoder)
    fitted = weights(tier_of(encoder.version))
    best = []
    for part in PARTS:
        sums = {name: sum(w * seen[f] for f, w in table.items() if f in seen) for name, table in fitted[part].items()}
        best.append(max(sorted(sums), key=sums.__getitem__))
    return best[0], best[1]
