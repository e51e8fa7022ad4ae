"""Turning points of a series: where the balance of cooperation and conflict changes and stays changed."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

#: Steps before and after a point that are compared, and how many standard deviations they must differ.
WINDOW, NEEDED = 3, 1.25
#: Turning points shown at most.
MOST = 5


def turning_points(rows: Sequence[Sequence[int | str]]) -> list[str]:
    """Times at which the mean balance of the steps after differs most from that of the steps before.

    `rows` are [time, q1, q2, q3, q4]. The balance of a step is (cooperation - conflict) / (all + 2), so that a step
    with one event does not outweigh one with fifty. A point counts when the two windows differ by `NEEDED` standard
    deviations of the series; of neighbours the larger change stays. A heuristic for the eye, no test of significance.
    """
    times = [str(r[0]) for r in rows]
    counts = [[int(x) for x in r[1:5]] for r in rows]
    balance = [(q[0] + q[1] - q[2] - q[3]) / (sum(q) + 2) for q in counts]
    if len(balance) < 2 * WINDOW:
        return []
    spread = pstdev(balance)
    if spread < 1e-9:
        return []
    change = {
        i: fmean(balance[i : i + WINDOW]) - fmean(balance[i - WINDOW : i])
        for i in range(WINDOW, len(balance) - WINDOW + 1)
    }  # fmt: skip
    found: list[int] = []
    for i in sorted(change, key=lambda i: -abs(change[i])):
        if abs(change[i]) >= NEEDED * spread and all(abs(i - j) >= WINDOW for j in found) and len(found) < MOST:
            found.append(i)
    return sorted(times[i] for i in found)
