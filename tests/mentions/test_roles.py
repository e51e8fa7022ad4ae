"""Source, target and joint actors of a sentence, read as one whole."""

from __future__ import annotations

import numpy as np

from whowhom.mentions.roles import roles

LABELS = ("O", "B-S", "I-S", "B-T", "I-T", "B-R", "I-R")


def rows(*chances: dict[str, float]) -> np.ndarray:
    out = np.full((len(chances), len(LABELS)), 0.01, np.float32)
    for row, some in zip(out, chances, strict=True):
        for label, chance in some.items():
            row[LABELS.index(label)] = chance
    return out / out.sum(1, keepdims=True)


def test_one_source_and_one_target() -> None:
    tags = rows({"B-S": 0.9}, {"O": 0.9}, {"B-T": 0.8}, {"I-T": 0.9})
    assert [r[:3] for r in roles(tags, LABELS)] == [("S", 0, 1), ("T", 2, 4)]


def test_a_doubtful_word_inside_does_not_break_a_phrase() -> None:
    tags = rows({"B-S": 0.9}, {"O": 0.9}, {"B-T": 0.9}, {"I-T": 0.45, "O": 0.5}, {"I-T": 0.6, "B-T": 0.3})
    assert [r[:3] for r in roles(tags, LABELS)] == [("S", 0, 1), ("T", 2, 5)]


def test_joint_actors_have_no_target_beside_them() -> None:
    tags = rows({"B-R": 0.9}, {"O": 0.9}, {"B-T": 0.45, "B-R": 0.4})
    assert [r[:3] for r in roles(tags, LABELS)] == [("R", 0, 1), ("R", 2, 3)]


def test_no_words_and_no_actor() -> None:
    assert roles(np.zeros((0, 7), np.float32), LABELS) == []
    quiet = rows({"O": 0.999}, {"O": 0.999})
    assert roles(quiet, LABELS) == []
