"""The measures of coreference on clusters worked out by hand, and the floor on GUM where its files are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from whowhom.evaluate.coreference import b_cubed, ceaf_e, muc, score

SHARED = Path(os.environ.get("WHOWHOM_SHARED") or Path(__file__).resolve().parents[3] / "shared")


def clusters(*groups: str) -> list[frozenset[int]]:
    return [frozenset(map(ord, g)) for g in groups]


def test_measures_of_a_worked_example() -> None:
    key, response = clusters("abc", "de", "f"), clusters("ab", "cd", "ef")
    assert muc(key, response) == (1.0, 3.0, 1.0, 3.0)
    recall, n, precision, m = b_cubed(key, response)
    assert (n, m) == (6.0, 6.0)
    assert recall == pytest.approx(2 * 2 / 3 + 1 / 3 + 0.5 + 0.5 + 1) and precision == pytest.approx(2 * 1 + 4 * 0.5)
    total, keys, _, responses = ceaf_e(key, response)
    assert (keys, responses) == (3.0, 3.0) and total == pytest.approx(0.8 + 0.5 + 2 / 3)


def test_a_perfect_response_scores_one() -> None:
    key = clusters("abc", "d", "ef")
    assert ceaf_e(key, key) == (3.0, 3.0, 3.0, 3.0) and muc(key, key) == (3.0, 3.0, 3.0, 3.0)


@pytest.mark.skipif(not (SHARED / "data/gum_open_dev.jsonl.gz").exists(), reason="the GUM files are not here (WHOWHOM_SHARED)")
def test_gum_dev_stays_above_its_floor() -> None:
    assert score(SHARED / "data/gum_open_dev.jsonl.gz").figures["CoNLL F1"] >= 0.72
