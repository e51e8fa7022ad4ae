"""Chains over words: against a count of all paths; broken tables."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from whowhom.errors import KnowledgeError
from whowhom.events import extent, tagging, views
from whowhom.events.tagging import View, Weights, best_runs, peak_run


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


def inside(paths: dict[tuple[bool, ...], float]) -> dict[frozenset[int], float]:
    """The words of each path with its share of all."""
    total = sum(math.exp(s) for s in paths.values())
    return {frozenset(i for i, t in enumerate(p) if t): math.exp(s) / total for p, s in paths.items()}


def runs_of(words: frozenset[int]) -> set[frozenset[int]]:
    """The runs of a path."""
    starts = [i for i in words if i - 1 not in words]
    return {frozenset(itertools.takewhile(words.__contains__, itertools.count(i))) for i in starts}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("both", [False, True])
def test_the_words_taken_overlap_most_with_all_that_is_possible(seed: int, both: bool) -> None:
    view, w = example(seed=seed, forced=(0, 0, -1, 0, 0))
    shares = inside(all_paths(view, w))
    runs = [frozenset(range(a, b)) for a, b in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5))]
    if both:
        # A pair, one on each side, must be all that is inside: of two words a side holds one run at most.
        chances = {p: s for p, s in shares.items() if p}
    else:
        chances = {r: sum(s for p, s in shares.items() if r in runs_of(p)) for r in runs}

    def worth(words: frozenset[int]) -> float:
        shared = {p: len(words & p) / len(words | p) for p in chances}
        return sum(s * ((1 - tagging.SHARE) / (1 + math.exp(-tagging.STEEP * (shared[p] - 0.5))) + tagging.SHARE * shared[p]) for p, s in chances.items())

    words, value, gain = best_runs(view, w, 2, 3, both)
    assert value == pytest.approx(worth(frozenset(words)), abs=1e-5)
    assert value == pytest.approx(max(worth(c) for c in chances), abs=1e-5)
    nobody = shares[frozenset()]
    assert gain == pytest.approx(math.log((1 - nobody) / nobody), abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_the_likeliest_run_around_a_word(seed: int) -> None:
    view, w = example(seed=seed, forced=(0, 0, 1, 0, -1))
    paths = all_paths(view, w)
    runs = [(a, b) for a in range(3) for b in (3, 4)]
    assert peak_run(view, w, 2) == max(runs, key=lambda r: paths[tuple(r[0] <= i < r[1] for i in range(5))])


def test_nothing_to_take() -> None:
    view, w = example(size=1, forced=(-1,))
    assert best_runs(view, w, 0, 1, both=True)[:2] == ((), 0.0)


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
