"""The same text or not: JSON lines of {a, b, label}, two texts and ``duplicate`` or ``distinct``."""

from __future__ import annotations

from pathlib import Path

from whowhom.errors import InputError
from whowhom.evaluate.measures import Table, confusion, expected_calibration_error, f1
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.stories.copies import is_copy, shares

LABELS = ("duplicate", "distinct")


def score(path: Path) -> Result:
    """Precision, recall and F1 of `duplicate`, by kind where rows have a `kind`; the verdict is that of
    `whowhom.stories.copies`. Raises InputError for a bad row."""
    rows = read_rows(path)
    gold, guess, chances = [], [], []
    predictions: list[dict[str, object]] = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row.get("a"), str) or not isinstance(row.get("b"), str) or row.get("label", "distinct") not in LABELS:
            raise InputError("a row needs texts a and b, and label duplicate or distinct", where=f"{path}: row {number}")
        a_in_b, b_in_a, shared = shares(row["a"], row["b"])
        likeness = max(a_in_b, b_in_a)
        label = LABELS[0] if is_copy(likeness, shared) else LABELS[1]
        predictions.append({"row": number, "label": label, "a_in_b": round(a_in_b, 4), "b_in_a": round(b_in_a, 4)})
        if "label" in row:
            gold.append(row["label"])
            guess.append(label)
            chances.append(likeness)
    right = sum(g == p == "duplicate" for g, p in zip(gold, guess, strict=True))
    precision, recall, f = f1(right, guess.count("duplicate"), gold.count("duplicate"))
    figures = {"precision": precision, "recall": recall, "F1": f}
    kinds = sorted({str(r["kind"]) for r in rows if r.get("kind")})
    labelled = [r for r in rows if "label" in r]
    body: list[list[object]] = []
    for kind in kinds:
        here = [g == p for r, g, p in zip(labelled, gold, guess, strict=True) if str(r.get("kind")) == kind]
        if here:
            body.append([kind, sum(here) / len(here), len(here)])
    tables: list[Table] = [("by kind", ["kind", "right", "rows"], body)] if body else []
    if gold:
        tables += [confusion(gold, guess), expected_calibration_error(chances, [g == "duplicate" for g in gold])[1]]
    worst = [
        f"row {i}: {g} taken for {p}, share {c:.2f}: {r['a'][:80]!r} / {r['b'][:80]!r}"
        for i, (r, g, p, c) in enumerate(zip(labelled, gold, guess, chances, strict=True), 1)
        if g != p
    ]
    return Result("duplicates", figures, predictions, tables, worst[:15])
