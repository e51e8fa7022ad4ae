"""Measures that several tasks share: precision, recall and F1 per class, confusion, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

Table = tuple[str, list[str], list[list[object]]]


def f1(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1 from counts; 0 where a denominator is 0."""
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def per_class(gold: Sequence[Hashable], guess: Sequence[Hashable]) -> tuple[float, Table]:
    """Macro F1 over the classes of `gold`, and the table by class."""
    both = Counter(g for g, p in zip(gold, guess, strict=True) if g == p)
    wanted, found = Counter(gold), Counter(guess)
    rows: list[list[object]] = []
    scores = []
    for label in sorted(wanted, key=str):
        precision, recall, score = f1(both[label], found[label], wanted[label])
        scores.append(score)
        rows.append([str(label), precision, recall, score, wanted[label]])
    return sum(scores) / len(scores) if scores else 0.0, ("by class", ["class", "precision", "recall", "F1", "rows"], rows)


def confusion(gold: Sequence[Hashable], guess: Sequence[Hashable]) -> Table:
    """Pairs of gold and guess that differ, most frequent first."""
    pairs = Counter((str(g), str(p)) for g, p in zip(gold, guess, strict=True) if g != p)
    return ("confusions", ["gold", "coded as", "rows"], [[g, p, n] for (g, p), n in pairs.most_common(20)])


def expected_calibration_error(chances: Sequence[float], right: Sequence[bool], bins: int = 10) -> tuple[float, Table]:
    """ECE with equal-width bins: mean gap between probability and frequency, weighted by rows."""
    total, gap = len(chances), 0.0
    rows: list[list[object]] = []
    for n in range(bins):
        inside = [i for i, c in enumerate(chances) if n / bins <= c < (n + 1) / bins or (n == bins - 1 and c == 1.0)]
        if inside:
            mean = sum(chances[i] for i in inside) / len(inside)
            share = sum(right[i] for i in inside) / len(inside)
            gap += abs(mean - share) * len(inside) / total
            rows.append([f"{n / bins:.1f}-{(n + 1) / bins:.1f}", mean, share, len(inside)])
    return gap, ("calibration", ["probability", "mean", "right", "rows"], rows)


def span_counts(gold: Iterable[Iterable[Hashable]], guess: Iterable[Iterable[Hashable]]) -> tuple[int, int, int]:
    """Right, found and wanted over rows of labelled spans."""
    right = found = wanted = 0
    for g, p in zip(gold, guess, strict=True):
        a, b = set(g), set(p)
        right, found, wanted = right + len(a & b), found + len(b), wanted + len(a)
    return right, found, wanted
