"""Fit which words tell what a page is about: public matters, or sport, show, shopping and the like.

    python -m training.topics            # cross-validated figures
    python -m training.topics --write    # and the table that `whowhom.events.topic` reads

Pages are our own (`training/pages`, whose `words.tsv` adds words of each trade, drawn to pages); of public matters also windows of articles (PolNeAR, re3d, MUC-4) and casebook lines with
events, so that no page counts as quiet for its style. A word stands in the table when two of our pages hold it and not more than
a third of them. Weights are those of a multinomial logistic regression on counts (up to 3) over the root of their sum.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from whowhom.events import topic

from . import casebook, corpora, pages
from .train import DATA

OUT = Path(__file__).parent.parent / "src" / "whowhom" / "knowledge" / "ontology" / "topics.tsv"
STIFFNESS, ROUNDS, FOLDS = 50.0, 500, 5
#: Articles drawn of each corpus, and casebook lines to a page.
DRAWN = {"polnear_train": 600, "re3d_train": 69, "muc4_train": 300}
LINES = 7
LEAST, MOST = 2, 1 / 3
#: Words of a trade drawn to a page, pages of each trade, and how much one counts.
DRAW, PAGES, COUNTS = 20, 10, 0.5


def windows(rows: list[dict[str, Any]], rng: random.Random) -> list[str]:
    """A run of four to nine sentences of each article."""
    out = []
    for row in rows:
        sentences = [row["text"][b:e] for b, e in corpora._sentences(row["text"])]
        size = rng.randint(4, 9)
        at = rng.randrange(max(1, len(sentences) - size))
        out.append(" ".join(sentences[at : at + size])[:2000])
    return out


def others(seed: int = 1) -> list[str]:
    """Texts about public matters that are no pages of ours."""
    rng, out = random.Random(seed), []
    for name, number in DRAWN.items():
        out += windows(corpora.read_jsonl(DATA / f"{name}.jsonl.gz")[:number], rng)
    for path in sorted((Path(__file__).parent / "casebook").glob("*.txt")):
        lines = [c.text for c in casebook.read(path, strict=False) if c.codes]
        if path.stem != "quiet":
            rng.shuffle(lines)
            out += [" ".join(lines[at : at + LINES]) for at in range(0, len(lines) - LINES, LINES)]
    return out


def trade(seed: int = 2) -> tuple[frozenset[str], list[pages.Page]]:
    """Words of the trade of each topic, and pages drawn from them."""
    rng, by_topic = random.Random(seed), dict[str, list[str]]()
    for row in (pages.FOLDER / "words.tsv").read_text(encoding="utf8").splitlines()[2:]:
        word, about = row.split("\t")
        by_topic.setdefault(about, []).append(word)
    drawn = [pages.Page(about, "words", " ".join(rng.sample(some, DRAW))) for about, some in by_topic.items() for _ in range(PAGES)]
    return frozenset(w for some in by_topic.values() for w in some), drawn


def matrix(texts: Sequence[str], places: dict[str, int]) -> Any:
    """What the product counts in each text, as a sparse matrix."""
    from scipy.sparse import csr_matrix

    counted = [topic.counts(t, places) for t in texts]
    begin = np.cumsum([0, *map(len, counted)])
    columns = [places[w] for c in counted for w in c]
    return csr_matrix(([v for c in counted for v in c.values()], columns, begin), (len(texts), len(places)))


def fit(x: Any, y: Any, weight: Any) -> Any:
    """The regression."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STIFFNESS, max_iter=ROUNDS).fit(x, y, sample_weight=weight)


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    own, beside = pages.read(), others()
    lone, drawn = trade()
    held = Counter(w for p in own for w in set(topic.words(p.text)))
    places = {w: n for n, w in enumerate(sorted({w for w, k in held.items() if len(w) > 2 and LEAST <= k <= MOST * len(own)} | lone))}
    x = matrix([*(p.text for p in own), *beside, *(p.text for p in drawn)], places)
    y = np.array([*(p.topic for p in own), *([pages.PUBLIC] * len(beside)), *(p.topic for p in drawn)])
    # What is public counts as much as all that is not, half of it our pages.
    quiet, public = sum(p.topic != pages.PUBLIC for p in own), sum(p.topic == pages.PUBLIC for p in own)
    weight = np.array([*(1.0 if p.topic != pages.PUBLIC else quiet / public / 2 for p in own), *([quiet / len(beside) / 2] * len(beside)), *([COUNTS] * len(drawn))])
    fold = np.random.RandomState(0).permutation(len(y)) % FOLDS
    classes = sorted(set(y))
    chances = np.zeros((len(y), len(classes)))
    for f in range(FOLDS):
        chances[fold == f] = fit(x[fold != f], y[fold != f], weight[fold != f]).predict_proba(x[fold == f])
    public_chance = chances[:, classes.index(pages.PUBLIC)]
    is_public, ours = y == pages.PUBLIC, np.arange(len(y)) < len(own)
    theirs = ~ours & is_public
    for floor in (0.2, 0.3, 0.4, 0.5):
        print(
            f"below {floor}: {np.mean(public_chance[~is_public & ours] < floor):.3f} of {(~is_public & ours).sum()} quiet pages, "
            f"{np.mean(public_chance[is_public & ours] < floor):.3f} of {(is_public & ours).sum()} public ones, "
            f"{np.mean(public_chance[theirs] < floor):.4f} of {theirs.sum()} public texts of others"
        )
    told = np.array(classes)[chances.argmax(1)]
    print(f"topic right on {np.mean(told[ours] == y[ours]):.3f} of {ours.sum()} pages, {len(places)} words")
    if args.write:
        model = fit(x, y, weight)
        rows = ["# Words that tell what a page is about: weights in tenths by topic, '*' for all texts. Fitted by training/topics.py on our own",
                "# pages (training/pages), articles of PolNeAR, re3d and MUC-4 and the casebook."]  # fmt: skip
        rows.append("\t".join(["word", *classes]))
        rows.append("\t".join(["*", *(str(round(10 * b)) for b in model.intercept_)]))
        for word, place in places.items():
            some = np.round(10 * (model.coef_[:, place] - np.median(model.coef_[:, place]))).astype(int)
            if some.any():
                rows.append("\t".join([word, *(str(v) if v else "" for v in some)]))
        OUT.write_text("\n".join(rows) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
