"""Fit how signs and what governs a word put the encoder's factuality right, on UDS-EWT train, and confirm it on dev.

    python -m training.factuality [--model fast] [--write]

Ridge regression; five folds over the sentences of train choose nothing and are printed. The encoder saw train, where its head
is better than on unseen text (r .80 against .78 for fast): what counts is the gain on dev, printed for all of it and for its
even and odd sentences. Weights go to `knowledge/ontology/factuality.tsv` under the model's tier; rows of other tiers stay.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .attribution import write
from .train import DATA, ROOT

TABLE = ROOT / "src" / "whowhom" / "knowledge" / "ontology" / "factuality.tsv"
HEAD = "# Weights that put the encoder's factuality right, fitted by training/factuality.py on UDS-EWT train (CC BY-SA 4.0, UDS 2.0): no text of the corpus."
#: A feature is used when so many predicates of train have it, and kept when it moves the value by so much (spread times weight).
OFTEN, MOVES = 40, 0.005
#: Strength of the ridge on features of one spread, in predicates: anything from 30 to 1000 gives r within .001.
STRENGTH = 300.0
#: Rare features are not blown up to the spread of common ones.
LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """A predicate: the number of its sentence, what is seen of it, and the annotators' value (-3 to 3)."""

    sentence: int
    seen: Mapping[str, float]
    gold: float


def rows_of(path: Path, model: str) -> list[Row]:
    """The predicates of a file that have a gold value and that the encoder read."""
    from whowhom.encoder import open_encoder
    from whowhom.evaluate.factuality import as_sentence
    from whowhom.evaluate.rows import read_rows
    from whowhom.events.factuality import features

    encoder = open_encoder(model)
    rows = read_rows(path)
    out = []
    for n, (row, reading) in enumerate(zip(rows, encoder.read([r["tokens"] for r in rows]), strict=True)):
        sentence = as_sentence(row["tokens"])
        for predicate in row["preds"]:
            at, gold = predicate["i"], predicate.get("factuality")
            if gold is not None and reading.heads and at < len(reading.heads["factuality"]):
                out.append(Row(n, features(sentence, reading, at, encoder), float(gold)))
    return out


def table_of(rows: Sequence[Row], names: Sequence[str]) -> Any:
    """Rows as numbers (rows, names)."""
    at = {f: i for i, f in enumerate(names)}
    out = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for f, v in row.seen.items():
            if f in at:
                out[n, at[f]] = v
    return out


def ridge(seen: Any, gold: Any) -> tuple[Any, float]:
    """Weights and what is added to their sum."""
    middle, spread = seen.mean(0), seen.std(0) + LEAST
    scaled = (seen - middle) / spread
    weights = np.linalg.solve(scaled.T @ scaled + STRENGTH * np.eye(len(spread)), scaled.T @ (gold - gold.mean())) / spread
    return weights, float(gold.mean() - middle @ weights)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Feature -> weight. What moves little is left out and the rest fitted again."""
    often = Counter(f for r in rows for f, v in r.seen.items() if v)
    names = sorted(f for f, n in often.items() if n >= OFTEN and f != "always")
    gold = np.array([r.gold for r in rows])
    seen = table_of(rows, names)
    weights, _ = ridge(seen, gold)
    kept = np.abs(weights) * seen.std(0) >= MOVES
    weights, always = ridge(seen[:, kept], gold)
    return {"always": always} | {f: float(w) for f, w in zip(np.array(names)[kept].tolist(), weights, strict=True)}


def values(rows: Sequence[Row], weights: Mapping[str, float]) -> list[float]:
    """The fitted value of each row."""
    return [sum(w * r.seen.get(f, 0.0) for f, w in weights.items()) for r in rows]


def main() -> None:
    """Cross-validate on train, confirm on dev; with --write write the table."""
    from whowhom.encoder import open_encoder
    from whowhom.evaluate.factuality import pearson
    from whowhom.events.factuality import PART
    from whowhom.events.tagging import tier_of

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", default="fast")
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    train, dev = (rows_of(DATA / f"uds_ewt_{p}.jsonl.gz", args.model) for p in ("train", "dev"))
    crossed = [(r, v) for k in range(5) for r, v in _aside(train, k)]
    weights = fit(train)
    fitted = list(zip(dev, values(dev, weights), strict=True))

    def both(pairs: Sequence[tuple[Row, float]]) -> str:
        gold = [r.gold for r, _ in pairs]
        return f"{pearson([r.seen['factuality'] for r, _ in pairs], gold):.4f} -> {pearson([v for _, v in pairs], gold):.4f}"

    halves = [[(r, v) for r, v in fitted if r.sentence % 2 == k] for k in (0, 1)]
    said = f"Pearson r, head -> fitted: dev {both(fitted)} (even sentences {both(halves[0])}, odd {both(halves[1])}), train cross-validated {both(crossed)}"
    print(f"{len(weights)} weights; {said}")
    if args.write:
        write(TABLE, HEAD, {PART: weights}, tier_of(open_encoder(args.model).version), [said])


def _aside(rows: Sequence[Row], fold: int) -> list[tuple[Row, float]]:
    """The rows of a fold with the values that the others give them."""
    test = [r for r in rows if r.sentence % 5 == fold]
    return list(zip(test, values(test, fit([r for r in rows if r.sentence % 5 != fold])), strict=True))


if __name__ == "__main__":
    main()
