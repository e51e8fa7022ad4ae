"""Fit the weights with which events are joined to stories, and measure them.

    python -m training.stories.fit            writes src/whowhom/stories/model.tsv
    python -m training.stories.fit --measure  only figures, cross-validated over groups, of pairs as they are coded

Fitted on pairs of events as the coder of this version codes the texts of ``news.txt`` and of the odd groups of
``reports.txt``; with less weight on the latter's events as a faultless coder would take them, as written and roughened by
a program, and on reports of other groups moved to the same days. `training.stories.coded` measures on what is aside.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from training.stories import news, reports
from whowhom.config import threshold
from whowhom.stories import likeness

OUT = Path(likeness.__file__).parent / "model.tsv"

MEANING = {
    "intercept": "what is likely before anything is compared",
    "type_same": "the same type of event",
    "type_near": "types that short reports confuse",
    "mode": "the same mode, or another",
    "promise_deed": "a word about what is to come in one, a deed in the other",
    "party_country": "the parties' states",
    "party_sector": "the parties' sectors",
    "party_name": "the parties' names, forgiving broken ones",
    "party_conflict": "parties that cannot be the same",
    "party_loose": "parties that the other report lacks",
    "states_shared": "states in common among all parties",
    "states_differ": "no state in common among all parties",
    "doers_differ": "the doers are of different states",
    "sufferers_differ": "the sufferers are of different states",
    "roles_swapped": "the doer of one is the sufferer of the other",
    "status_differs": "planned, possible or remembered in one, told as fact in the other",
    "day_same": "both texts name the same day",
    "day_next": "both texts name days, one after the other",
    "day_gap": "both texts name days, more than one apart",
    "day_loose": "days near one another where a text names none",
    "month_differs": "another month where days are not known",
    "published_gap": "published more than two days apart",
    "place_same": "the same place, or one that the other report names",
    "place_differs": "different places",
    "place_country": "the places' states",
    "number_same": "the same number of dead, arrested or the like",
    "number_far": "numbers of dead, arrested or the like far apart",
    "figure_same": "the same figure of any kind",
    "figure_other": "other figures of the same thing",
    "words": "the same words in the evidence",
    "words_shared": "the share of all words in the evidence",
    "names_in_text": "the same capitalised words in the evidence",
    "names_own": "the same names other than of states in the evidence",
    "names_count": "how many names other than of states are the same",
    "names_strange": "names other than of states that the other lacks",
    "states_in_text": "the same states in the evidence",
    "states_strange": "no state of the evidence in common",
    "lead_words": "the same words at the documents' beginnings",
    "lead_names": "the same names at the documents' beginnings",
    "lead_count": "how many names at the documents' beginnings are the same",
    "marker_another": "one says again, another, second",
    "marker_after": "one says what came after",
    "marker_memory": "one is a memory",
    "copy": "the same text",
}
#: A copy of the text is no matter of fitting: copied sentences tell of one happening.
FIXED = {"copy": 4.0}
#: Which way a feature may weigh: a few hundred pairs must not teach that a shared day speaks against one happening.
AGAINST = {
    "promise_deed", "party_conflict", "party_loose", "states_differ", "doers_differ", "sufferers_differ", "roles_swapped", "status_differs",
    "day_next", "day_gap", "month_differs", "published_gap", "place_differs", "number_far", "figure_other", "names_strange",
    "states_strange", "marker_another", "marker_after", "marker_memory",
}  # fmt: skip
FITTED = [n for n in MEANING if n not in ("intercept", *FIXED)]
#: Weight of a pair that no coder has coded; L2 penalty; both by cross-validated F1 and log loss.
CLEAN = 0.3
PENALTY = 0.5


@dataclass(frozen=True)
class Row:
    """A pair: its group, features, label, and how much it counts."""

    group: str
    features: dict[str, float]
    same: bool
    weight: float = 1.0


@lru_cache(maxsize=1)
def coded_rows() -> tuple[Row, ...]:
    """Pairs as they are coded, with the mistakes that the coder makes."""
    found = [*news.code(news.read(news.FITTING)), *news.code(news.of_reports(odd=True))]
    group = {f.item.document: f.item.group for f in found}
    return tuple(
        Row(group[a.event.document], likeness.features(a, b), same) for a, b, same in news.pairs(found) if a is not None and b is not None
    )  # fmt: skip


def clean_rows(rng: random.Random) -> Iterator[Row]:
    """Pairs as a faultless coder would take them, roughened by a program, and with reports of other groups."""
    some = [r for r in reports.read() if r.number % 2 == 1]
    for a, b, same in reports.pairs(some):
        yield Row(a.group, likeness.features(a.report, b.report), same, CLEAN)
        yield Row(a.group, likeness.features(reports.roughened(a, rng).report, reports.roughened(b, rng).report), same, CLEAN)
    for a in some:
        for b in rng.sample(some, 2):
            if a.group != b.group:
                yield Row(a.group, likeness.features(a.report, reports.moved(b, a, rng).report), False, CLEAN)


def solve(rows: Sequence[Row]) -> Any:
    """Weights in the order of FITTED and the intercept: a logistic regression whose weights keep to their side of 0."""
    import numpy as np
    from scipy.optimize import minimize

    x = np.array([[*(r.features[n] for n in FITTED), 1.0] for r in rows])
    signs = np.where([r.same for r in rows], 1.0, -1.0)
    weight = np.array([r.weight for r in rows])

    def loss(w: Any) -> tuple[float, Any]:
        margin = signs * (x @ w)
        slope = -signs * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        decay = np.append(w[:-1], 0.0)
        return float((weight * np.logaddexp(0, -margin)).sum() + PENALTY / 2 * (decay @ decay)), x.T @ slope + PENALTY * decay

    bounds = [(None, 0.0) if n in AGAINST else (0.0, None) for n in FITTED] + [(None, None)]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def chances(solution: Any, rows: Sequence[Row]) -> list[float]:
    """The probability of each pair."""
    return [1 / (1 + math.exp(-float(sum(w * r.features[n] for w, n in zip(solution, FITTED, strict=False)) + solution[-1]))) for r in rows]


def write(solution: Any) -> None:
    """Write the table."""
    lines = [
        "# Weights of the logistic model that joins events to stories. Fitted by training/stories/fit.py on invented reports as this",
        "# version codes them; `copy` is set by hand. A feature lies between -1 and 1, 0 for unknown.",
        "feature\tweight\tmeaning",
        f"intercept\t{solution[-1]:.3f}\t{MEANING['intercept']}",
        *(f"{n}\t{w:.3f}\t{MEANING[n]}" for n, w in zip(FITTED, solution[:-1], strict=True)),
        *(f"{n}\t{w:.3f}\t{MEANING[n]}" for n, w in FIXED.items()),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf8")
    likeness.model.cache_clear()
    likeness.meanings.cache_clear()


def scores(rows: Sequence[Row], guesses: Sequence[float], floor: float) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = sum(r.same and p >= floor for r, p in zip(rows, guesses, strict=True))
    found, wanted = sum(p >= floor for p in guesses), sum(r.same for r in rows)
    return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1)


def crossed(clean: Sequence[Row], seed: int, folds: int = 8) -> list[float]:
    """Probabilities of the coded pairs, each from a model that saw no pair of its group."""
    rows = coded_rows()
    groups = sorted({r.group for r in rows})
    random.Random(seed).shuffle(groups)
    guess = [0.0] * len(rows)
    for k in range(folds):
        out = set(groups[k::folds])
        solution = solve([r for r in (*rows, *clean) if r.group not in out])
        held = [i for i, r in enumerate(rows) if r.group in out]
        for i, p in zip(held, chances(solution, [rows[i] for i in held]), strict=True):
            guess[i] = p
    return guess


def measure(clean: Sequence[Row], repeats: int = 5) -> str:
    """Cross-validated figures with their spread over divisions."""
    import statistics

    rows = coded_rows()
    floor = threshold("story")
    found = [scores(rows, crossed(clean, seed), floor) for seed in range(repeats)]
    text = ", ".join(
        f"{name} {statistics.mean(f[i] for f in found):.3f} ({min(f[i] for f in found):.3f} to {max(f[i] for f in found):.3f})"
        for i, name in enumerate(("precision", "recall", "F1"))
    )
    return f"{len(rows)} coded pairs ({sum(r.same for r in rows)} of one happening), cross-validated over groups, {repeats} divisions: {text}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    clean = list(clean_rows(random.Random(5)))
    if not given.measure:
        write(solve([*coded_rows(), *clean]))
    print(measure(clean))


if __name__ == "__main__":
    main()
