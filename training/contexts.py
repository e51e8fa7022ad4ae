"""Fit which words tell which context, on the casebook; print precision and recall on the tenth that nothing is fitted on.

    python -m training.contexts --model fast --write

A logistic regression per context with L1 penalty over words, pairs of words, words near the event's, type and mode; its log odds and the encoder's are
mixed. The mix and the floor are thresholds of the product, printed here over a grid (dev tenth, gold triggers and types).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from whowhom.encoder import open_encoder
from whowhom.events.context import signs

from . import casebook, corpora

OUT = Path(__file__).parent.parent / "src" / "whowhom" / "knowledge" / "ontology" / "context_words.tsv"
#: A word counts from so many events on, a pair of words from so many.
LEAST, LEAST_PAIR = 4, 8
STRENGTH = 0.3


def rows(cases: list[casebook.Case]) -> list[tuple[set[str], set[str], casebook.Case, casebook.Code]]:
    """Every event with its signs and its contexts."""
    return [(signs(c.text, k.trigger[0], k.event, k.mode), set(k.contexts), c, k) for c in cases for k in c.codes]


def matrix(some: list[Any], known: dict[str, int]) -> csr_matrix:
    """Events by signs, 0 or 1."""
    at = [(i, known[s]) for i, row in enumerate(some) for s in row[0] if s in known]
    places = ([i for i, _ in at], [j for _, j in at])
    return csr_matrix((np.ones(len(at)), places), shape=(len(some), len(known)))


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", default="fast")
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    cases = [c for c in casebook.read(*sorted((Path(__file__).parent / "casebook").glob("*.txt"))) if c.codes]
    fitted, aside = rows([c for c in cases if not casebook.is_dev(c)]), rows([c for c in cases if casebook.is_dev(c)])
    often = Counter(s for row in fitted for s in row[0])
    known = {s: i for i, s in enumerate(sorted(s for s, n in often.items() if n >= (LEAST_PAIR if " " in s else LEAST)))}
    x, y = matrix(fitted, known), matrix(aside, known)
    names, labels = list(known), casebook.CONTEXTS
    lines = ["# Which words of a sentence tell which context of its event: weights of logistic regressions with L1 penalty over words, pairs",
             "# of words, words near the event's (~word), the type and the mode (=TYPE), fitted by training/contexts.py on the casebook, the project's own sentences.",
             "# A row without sign is the bias of its context.", "context\tsign\tweight"]  # fmt: skip
    scores = np.full((len(aside), len(labels)), -9.0)
    for j, label in enumerate(labels):
        wanted = np.array([label in row[1] for row in fitted])
        if wanted.sum() < 5:
            continue
        one = LogisticRegression(l1_ratio=1, solver="liblinear", C=STRENGTH, max_iter=300).fit(x, wanted)
        scores[:, j] = one.decision_function(y)
        lines.append(f"{label}\t\t{one.intercept_[0]:.2f}")
        lines += [f"{label}\t{names[i]}\t{one.coef_[0][i]:.2f}" for i in np.flatnonzero(np.abs(one.coef_[0]) >= 0.05)]
    encoder = open_encoder(args.model)
    places = [encoder.labels["context"].index(label) for label in labels]
    cut = [corpora.cut(row[2].text) for row in aside]
    heads = []
    for (_, spans), row, reading in zip(cut, aside, encoder.read([w for w, _ in cut]), strict=True):
        at = min(corpora.covered(spans, *row[3].trigger)[0], len(reading.heads["context"]) - 1)
        heads.append(reading.heads["context"][at][places])
    chance = np.clip(np.array(heads), 1e-3, 1 - 1e-3)
    odds, gold = np.log(chance / (1 - chance)), np.array([[label in row[1] for label in labels] for row in aside])
    for share in (1.0, 0.5, 0.35, 0.2, 0.0):
        mixed = 1 / (1 + np.exp(-(share * odds + (1 - share) * scores)))
        told = []
        for floor in (0.2, 0.25, 0.3, 0.35, 0.4):
            kept = mixed >= floor
            good = (kept & gold).sum()
            told.append(f"{floor}: P {good / max(1, kept.sum()):.3f} R {good / gold.sum():.3f} F1 {2 * good / (kept.sum() + gold.sum()):.3f}")
        print(f"encoder's share {share}: " + "; ".join(told))
    if args.write:
        OUT.write_text("\n".join(lines) + "\n", encoding="utf8")
        print(f"{len(lines) - 4} weights, {OUT.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
