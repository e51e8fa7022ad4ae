"""Learn how spellings of one name differ, from rigour's list of Wikidata's spellings (MIT; Wikidata CC0).

    PYTHONPATH=src:. python -m training.knowledge.spelling

One fifth of the names is held out by a hash of the Wikidata id; the figures are for pairs of held-out names:
as many pairs of different names, half of them drawn at random, half the nearest of 400 others.
"""

from __future__ import annotations

import hashlib
import random
import re

import numpy as np
from rapidfuzz.distance import JaroWinkler
from sklearn.linear_model import LogisticRegression

from training.knowledge.common import reference, write
from whowhom.knowledge.fold import fold
from whowhom.knowledge.spelling import features

#: Names in Han characters are read by meaning, another way in each language: their sound says nothing.
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
Pair = tuple[str, str, int]


def groups() -> tuple[list[list[str]], list[list[str]]]:
    """Folded spellings by name, for learning and held out."""
    learn, held = [], []
    for line in reference("name_parts_wikidata.txt.gz").decode().splitlines():
        names, _, qid = line.partition(" => ")
        folded = sorted({fold(n) for n in names.split(", ") if not _HAN.search(n)} - {""})
        folded = [f for f in folded if f.replace(" ", "").isalpha() and f.isascii() and len(f) > 1]
        if len(folded) > 1:
            (held if int(hashlib.sha256(qid.encode()).hexdigest(), 16) % 5 == 0 else learn).append(folded)
    return learn, held


def pairs(names: list[list[str]], count: int, seed: int, hard: float = 0.5) -> list[Pair]:
    """Pairs of one name (1) and of two names (0), a share of the latter the nearest of 400 others."""
    rng = random.Random(seed)
    out: list[Pair] = []
    flat = [(i, n) for i, some in enumerate(names) for n in some]
    for _ in range(count):
        some = rng.choice(names)
        a, b = rng.sample(some, 2)
        out.append((a, b, 1))
        i, a = rng.choice(flat)
        others = [x for x in rng.sample(flat, 400) if x[0] != i and x[1] != a]
        near = max(others, key=lambda x: JaroWinkler.similarity(a, x[1])) if rng.random() < hard else rng.choice(others)
        out.append((a, near[1], 0))
    return out


def main() -> None:
    """Fit, measure on the held-out names, write the weights."""
    learn, held = groups()
    train = pairs(learn, 20000, 1)
    x, y = np.array([features(a, b) for a, b, _ in train]), np.array([t for *_, t in train])
    model = LogisticRegression(C=10, fit_intercept=False, max_iter=2000).fit(x, y)
    for hard in (0.0, 0.5):
        test = pairs(held, 5000, 2, hard)
        truth = np.array([t for *_, t in test])
        chances = model.predict_proba(np.array([features(a, b) for a, b, _ in test]))[:, 1]
        order = np.argsort(-chances)
        precision = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
        enough = np.nonzero(precision >= 0.97)[0].max()
        recall = truth[order][: enough + 1].sum() / truth.sum()
        print(
            f"{len(held)} held-out names, {hard:.0%} of the wrong pairs near ones: recall {recall:.3f} at precision .97, floor {chances[order][enough]:.3f}"
        )
    print("missed:", [(a, b) for (a, b, t), c in zip(test, chances, strict=True) if t and c < 0.4][:25])
    write(
        "spelling",
        ["feature", "weight"],
        ([str(i), f"{w:.5f}"] for i, w in enumerate(model.coef_[0])),
        "Weights of whowhom.knowledge.spelling.features, learned from Wikidata's spellings of names (rigour, MIT; CC0).",
    )


if __name__ == "__main__":
    main()
