"""From scores to a probability that means frequency: a logistic map fitted on dev data.

The coefficients stand in ``calibration.json`` beside the model they were fitted for (written by
``training/calibrate.py``). A model without that file takes the geometric mean of both readings, which ranks as
well but is no frequency.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whowhom.events.candidates import Candidate, Party

#: Probabilities are kept this far from 0 and 1 before their logit is taken.
EDGE = 1e-4


def logit(chance: float) -> float:
    """Log odds of a probability, finite at 0 and 1."""
    inside = min(max(chance, EDGE), 1 - EDGE)
    return math.log(inside / (1 - inside))


#: Sectors whose bearers act for a state, a court, a force, a party or a movement; others act so only under a country's name.
PUBLIC = frozenset("GOV MIL COP JUD LEG SPY PTY REB PRM UAF OPP ELI PRE IGO REF LAB".split())


def public(parties: Sequence[Party]) -> float:
    """1.0 where one of the parties is a state or acts in public life, else 0.0."""
    return float(any(p.mention.country or p.mention.members or p.mention.sector in PUBLIC for p in parties))


#: Sectors of people as such: they make nobody a public actor, and a quarrel of theirs no political event.
CIVIL = frozenset(("", "CVL", "UNK", "BUS", "MED", "CRM"))


def private(parties: Sequence[Party]) -> bool:
    """Whether all parties are persons or organisations that nothing ties to a state, a force or public life."""
    named = ("person", "organisation", "pronoun")
    return not public(parties) and all(p.mention.kind in named and p.mention.sector in CIVIL for p in parties)


def features(candidate: Candidate, event: str, open_chance: float, pointed_chance: float, pointed_none: float) -> dict[str, float]:
    """What the calibration sees of a candidate: its type, both readings of that, whether there is an event, its parties."""
    parties = [p.probability for p in (*candidate.actors, *candidate.recipients)]
    return {
        "open": logit(open_chance),
        "open-any": logit(1 - float(candidate.types[0])),
        "pointed": logit(pointed_chance),
        "pointed-any": logit(1 - pointed_none),
        "parties": logit(sum(parties) / len(parties)) if parties else 0.0,
        "public-actor": public(candidate.actors),
        "public-recipient": public(candidate.recipients),
        "no-actor": float(not candidate.actors),
        "no-recipient": float(not candidate.recipients),
        "words": math.log(len(candidate.sentence.words) + 1),
        event: 1.0,
    }


def probability(seen: Mapping[str, float], calibration: Mapping[str, float]) -> float:
    """The probability (0 to 1) that a candidate with these features is an event of its type."""
    if calibration:
        score = calibration["bias"] + sum(calibration.get(name, 0.0) * value for name, value in seen.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return math.sqrt(1 / (1 + math.exp(-seen["open"])) / (1 + math.exp(-seen["pointed"])))
