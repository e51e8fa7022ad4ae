"""Fit the weights with which events are joined to stories, and measure them on groups held aside.

    python -m training.stories.fit            writes src/whowhom/stories/model.tsv
    python -m training.stories.fit --measure  only the figures of the model as it is

Odd groups of ``reports.txt`` are for fitting, even ones aside. Every pair is fitted as written and three times
roughened by a program, and as the coder of this version reads the reports; reports of other groups moved to the same
days teach what is merely of the same day.
"""

from __future__ import annotations

import argparse
import math
import random
from pathlib import Path
from typing import Any

from training.stories import reports
from whowhom.stories import likeness

OUT = Path(likeness.__file__).parent / "model.tsv"

MEANING = {
    "intercept": "what is likely before anything is compared",
    "type_same": "the same type of event",
    "type_near": "types that short reports confuse",
    "mode": "the same mode, or another",
    "party_country": "the parties' countries",
    "party_sector": "the parties' sectors",
    "party_name": "the parties' names, forgiving broken ones",
    "party_conflict": "parties that cannot be the same",
    "party_loose": "parties that the other report lacks",
    "status_differs": "planned, possible or remembered in one, told as fact in the other",
    "day_same": "both texts name the same day",
    "day_gap": "both texts name days, different ones",
    "day_loose": "days near one another where a text names none",
    "month_differs": "another month where days are not known",
    "published_gap": "published more than two days apart",
    "place_same": "the same place",
    "place_differs": "different places",
    "place_country": "the places' countries",
    "number_same": "the same number of dead, arrested or the like",
    "number_far": "numbers far apart",
    "words": "the same words in the evidence",
    "names_in_text": "the same names in the evidence",
    "marker_another": "one says again, another, second",
    "marker_after": "one says what came after",
    "marker_memory": "one is a memory",
    "copy": "the same text",
}
#: A copy of the text is no matter of fitting: copied sentences tell of one happening.
FIXED = {"copy": 4.0}


def coded_rows(numbers: int) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and labels of the same half as the coder reads it, with the mistakes that it makes."""
    from training.stories import coded

    some = coded.main_events(coded.code([r for r in reports.read() if r.number % 2 == numbers]))
    made = [(likeness.features(a.report, b.report), same) for a, b, same in reports.pairs(some)]
    return [f for f, _ in made] * 3, [same for _, same in made] * 3


def rows(numbers: int, rng: random.Random, copies: int = 3) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and labels of the half whose group numbers leave `numbers` when halved."""
    some = [r for r in reports.read() if r.number % 2 == numbers]
    found, labels = [], []
    for a, b, same in reports.pairs(some):
        found.append(likeness.features(a.report, b.report))
        labels.append(same)
        for _ in range(copies):
            found.append(likeness.features(reports.roughened(a, rng).report, reports.roughened(b, rng).report))
            labels.append(same)
    for a in some:
        for b in rng.sample(some, 3):
            if a.group != b.group:
                found.append(likeness.features(a.report, reports.moved(b, a, rng).report))
                labels.append(False)
    return found, labels


def fit() -> None:
    """Fit on the odd groups and write the table."""
    import numpy as np

    found, labels = rows(1, random.Random(5))
    more, more_labels = coded_rows(1)
    found, labels = found + more, labels + more_labels
    names = [n for n in MEANING if n not in ("intercept", *FIXED)]
    x = np.array([[f[n] for n in names] for f in found])
    y = np.array(labels)
    weights, intercept = constrained(x, y, names)
    lines = [
        "# Weights of the logistic model that joins events to stories. Fitted by training/stories/fit.py on the odd groups of",
        "# training/stories/reports.txt (invented reports); `copy` is set by hand. A feature lies between -1 and 1, 0 for unknown.",
        "feature\tweight\tmeaning",
        f"intercept\t{intercept:.3f}\t{MEANING['intercept']}",
        *(f"{n}\t{w:.3f}\t{MEANING[n]}" for n, w in zip(names, weights, strict=True)),
        *(f"{n}\t{w:.3f}\t{MEANING[n]}" for n, w in FIXED.items()),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf8")
    likeness.model.cache_clear()
    likeness.meanings.cache_clear()


#: Which way a feature may weigh: a few hundred pairs must not teach that a shared day speaks against one happening.
AGAINST = {"party_conflict", "party_loose", "status_differs", "day_gap", "month_differs", "published_gap", "place_differs", "number_far"}
AGAINST |= {"marker_another", "marker_after", "marker_memory"}


def constrained(x: Any, y: Any, names: list[str], penalty: float = 1.0) -> tuple[Any, float]:
    """Weights and intercept of a logistic regression with L2 penalty whose weights keep to their side of 0."""
    import numpy as np
    from scipy.optimize import minimize

    ones = np.column_stack([x, np.ones(len(x))])
    signs = np.where(y, 1.0, -1.0)

    def loss(w: Any) -> tuple[float, Any]:
        margin = signs * (ones @ w)
        slope = -signs / (1 + np.exp(margin))
        decay = np.append(w[:-1], 0.0)
        return float(np.logaddexp(0, -margin).sum() + penalty / 2 * (decay @ decay)), ones.T @ slope + penalty * decay

    bounds = [(None, 0.0) if n in AGAINST else (0.0, None) for n in names] + [(None, None)]
    found = minimize(loss, np.zeros(ones.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return found[:-1], float(found[-1])


def measure(half: int, rough: bool, floor: float) -> tuple[float, float, float, int]:
    """Precision, recall, F1 of pairs of a half, and their number."""
    rng = random.Random(9)
    some = [r for r in reports.read() if r.number % 2 == half]
    if rough:
        some = [reports.roughened(r, rng) for r in some]
    right = found = wanted = count = 0
    for a, b, same in reports.pairs(some):
        guess = likeness.probability(likeness.features(a.report, b.report)) >= floor
        right, found, wanted, count = right + (guess and same), found + guess, wanted + same, count + 1
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), count


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    if not given.measure:
        fit()
    for half, name in ((1, "fitted on"), (0, "aside")):
        for rough in (False, True):
            for floor in (0.4, 0.5, 0.6):
                p, r, f, n = measure(half, rough, floor)
                print(f"{name:10} {'roughened' if rough else 'as written':10} at {floor}: precision {p:.3f} recall {r:.3f} F1 {f:.3f} ({n} pairs)")
    bits = []
    for a, b, same in reports.pairs([r for r in reports.read() if r.number % 2 == 0]):
        p = likeness.probability(likeness.features(a.report, b.report))
        bits.append(-math.log(max(1e-9, p if same else 1 - p)))
        if (p >= 0.5) != same and given.measure:
            print(f"  {p:.2f} {'same' if same else 'different'}: {a.text}\n        {b.text}")
    print(f"aside: log loss {sum(bits) / len(bits):.3f}")


if __name__ == "__main__":
    main()
