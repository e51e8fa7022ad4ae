"""Chains over words: against a count of all paths, forced words, broken tables."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from whowhom.errors import KnowledgeError
from whowhom.events import extent, tagging, views
from whowhom.events.tagging import View, Weights, tag


def example(size: int = 5, seed: int = 0, forced: tuple[int, ...] = ()) -> tuple[View, Weights]:
    rng = np.random.default_rng(seed)
    words = ["a", "b", "a", "c", "b", "a"][:size]
    numbers = [rng.normal(size=s).astype(np.float32) for s in ((size, 3), (size + 1, 2), 3, 2, 2)]
    table = {f"{w} {p}": {"a": 0.5, "^": -0.3} for w in ("inside", "enter", "leave") for p in ("word", "after")}
    return View(numbers[0], numbers[1], words, forced or (0,) * size), Weights(numbers[2], numbers[3], numbers[4], table)


def all_paths(view: View, w: Weights) -> dict[tuple[bool, ...], float]:
    own, enter, leave = tagging.scores(view, w)
    out = {}
    for path in itertools.product((False, True), repeat=len(view.words)):
        states = (False, *path, False)
        moves = [(enter if b else leave)[i] for i, (a, b) in enumerate(itertools.pairwise(states)) if a != b]
        out[path] = sum(moves) + sum(s for s, inside in zip(own, path, strict=True) if inside)
    return out


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("floor", [0.2, 0.5, 0.8])
def test_words_are_inside_by_their_share_of_all_paths(seed: int, floor: float) -> None:
    view, w = example(seed=seed)
    paths = all_paths(view, w)
    total = sum(math.exp(s) for s in paths.values())
    shares = [sum(math.exp(s) for p, s in paths.items() if p[i]) / total for i in range(5)]
    tags, gain = tag(view, w, floor)
    assert tags == [s >= floor for s in shares]
    nobody = math.exp(paths[(False,) * 5])
    assert gain == pytest.approx(math.log((total - nobody) / nobody), abs=1e-4)


def test_forced_words_are_what_they_must_be() -> None:
    view, w = example(forced=(1, -1, 0, -1, 1))
    tags, _ = tag(view, w)
    assert (tags[0], tags[1], tags[3], tags[4]) == (True, False, False, True)


def test_nothing_to_tag() -> None:
    view, w = example(size=0)
    assert tag(view, w)[0] == []


def test_the_packaged_table_has_every_part() -> None:
    fitted = extent.fitted_for("fast")
    assert fitted.keep["cue"] > 0
    for w in (fitted.cue, fitted.source, fitted.content):
        assert w.inside[views.INSIDE.index("main")] + w.inside[views.INSIDE.index("main in segment")] > 0
        assert w.words["enter word"]
    assert extent.fitted_for("a model of its own").keep == fitted.keep


def test_a_broken_table_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.tsv").write_text("tier\tpart\twhere\tfeature\tweight\nfast\tcue\tinside\talways\tmuch\n", encoding="utf8")
    monkeypatch.setattr(tagging.resources, "files", lambda _: tmp_path)
    with pytest.raises(KnowledgeError, match=r"broken\.tsv"):
        tagging.rows("broken.tsv", "fast")
