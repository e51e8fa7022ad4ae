"""How sure the text is of an event, and whether it speaks of it as not happening: a log-linear reading of signs and heads.

Classes and weights come from MEANTIME (`knowledge/ontology/certainty.tsv`, fitted and cross-validated by
``python -m training.certainty``). Status does not use them: the annotation is of an older, coarser scheme.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from whowhom.events.cues import marks
from whowhom.events.modality import modality
from whowhom.events.scope import read_words, signs
from whowhom.events.tagging import rows, tier_of
from whowhom.model import Sentence

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading

TABLE = "certainty.tsv"
PARTS = ("certainty", "polarity")
#: Heads that were trained on the documents that the weights are fitted on, unless a model was trained without them.
TAUGHT = ("certainty", "polarity", "tense")
#: Arcs from a word that are looked at, and relations through which another word governs it.
ARCS_FROM = ("A0", "A1", "TMP", "SPEAKER", "DENIER")
GOVERNS = {"argument": ("A0", "A1", "A2"), "content": ("CONTENT",)}
#: The likeliest governor counts from this chance on: below it is as often another word.
GOVERNED = 0.3
#: Log odds are cut here, so that no single head decides.
SUREST = math.log(999)
#: Values of the factuality head (-3 to 3) that tell event from no event, as steps.
BELOW, ABOVE = (0.0, 0.5), 1.0


def features(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> dict[str, float]:
    """What is seen of the word `row`: its signs, its form, the auxiliaries before it, what the encoder says of it and of the
    words that govern it. Features of the heads in `TAUGHT` begin with their name."""
    words = read_words(sentence, reading)
    kinds = marks(words)
    word = words[row]
    found = {"always": 1.0} | {f"self {k}": 1.0 for k in kinds[row]}
    for sign in signs(sentence, reading, row, encoder):
        found |= {f"sign {sign.kind}": 1.0, f"sign {sign.kind} {'own' if sign.by == row else 'through'}": 1.0}
    found |= {f"ends in {e}": 1.0 for e in ("ing", "ed", "s") if word.endswith(e)}
    shown = {"capital": word[:1].isupper(), "headline": sentence.index == 0}
    shown["quoted"] = any(q.begin <= sentence.words[row].begin < q.end for q in sentence.quotes)
    found |= {k: 1.0 for k, v in shown.items() if v}
    return found | modality(words, kinds, row) | _read(reading, row, encoder) | _governed(words, kinds, reading, row, encoder)


def _read(reading: Reading, row: int, encoder: Encoder) -> dict[str, float]:
    """What the encoder says of a word."""
    heads, at = reading.heads, encoder.labels
    found = {}
    for head in ("status", *TAUGHT):
        for name, p in zip(at[head], heads[head][row], strict=True):
            chance = float(p)
            found[f"{head} {name}"] = chance
            found[f"{head} odds {name}"] = max(-SUREST, min(SUREST, math.log(max(chance, 1e-9) / max(1 - chance, 1e-9)))) / 3
    value = float(heads["factuality"][row, 0])
    found["factuality"] = value
    found |= {f"factuality below {b}": float(value < b) for b in BELOW} | {"factuality high": float(value > ABOVE)}
    found["no event"] = float(heads["trigger"][row, at["trigger"].index("NONE")])
    found["predicate"] = float(heads["predicate"][row, at["predicate"].index("yes")])
    found |= {h: 1 - float(heads[h][row, at[h].index("O")]) for h in ("cue", "actor")}
    own = reading.arcs.get(row)
    return found | {f"has {n}": float(own[encoder.relations.index(n)].max()) if own is not None else 0.0 for n in ARCS_FROM}


def _governed(words: Sequence[str], kinds: Sequence[frozenset[str]], reading: Reading, row: int, encoder: Encoder) -> dict[str, float]:
    """What the encoder says of the likeliest word that has this one as an argument, and of the one that reports it."""
    found: dict[str, float] = {}
    for how, relations in GOVERNS.items():
        places = [encoder.relations.index(r) for r in relations]
        others = ((max(float(arcs[p, row]) for p in places), n) for n, arcs in reading.arcs.items() if n != row and row < arcs.shape[1])
        chance, other = max(others, default=(0.0, row))
        if chance <= GOVERNED:
            continue
        seen = {"": 1.0, " factuality": float(reading.heads["factuality"][other, 0])}
        seen |= {f" {n}": float(p) for n, p in zip(encoder.labels["status"], reading.heads["status"][other], strict=True)}
        seen |= {f" {k}": 1.0 for k in kinds[other]} | {f" {k}": v for k, v in modality(words, kinds, other).items()}
        found |= {f"{how} of{k}": v for k, v in seen.items()}
    return found


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
