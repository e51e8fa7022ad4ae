"""Fit how signs speak of certainty and polarity on MEANTIME, and say how well that does on documents not seen.

    python -m training.certainty [--model fast] [--write]

Ten folds over documents; rare classes weigh more by the square root of their rarity. The encoder's arcs, which place the
signs, were trained on other corpora; its language stage saw MEANTIME's labels, of which nothing is used here.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import Any

from .train import DATA, ROOT

TABLE = ROOT / "src" / "whowhom" / "knowledge" / "ontology" / "certainty.tsv"


def rows_of(path: Path, model: str) -> list[tuple[str, frozenset[str], str, str]]:
    """Document, features, certainty and polarity of every event mention that carries both."""
    from whowhom.encoder import open_encoder
    from whowhom.evaluate.certainty import split
    from whowhom.evaluate.rows import read_rows
    from whowhom.events.certainty import features

    encoder = open_encoder(model)
    out = []
    for row in read_rows(path):
        events = [e for e in row["event_mentions"] if e.get("certainty") and e.get("polarity")]
        for event, (sentence, reading, at) in zip(events, split(row, events, encoder), strict=True):
            if at < len(reading.heads["trigger"]):
                out.append((row["id"], features(sentence, reading, at, encoder), event["certainty"], event["polarity"]))
    return out


def fit(rows: list[Any], column: int) -> tuple[Any, Any]:
    """A vectoriser and a classifier."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    names = DictVectorizer()
    seen = names.fit_transform([dict.fromkeys(sorted(r[1]), 1.0) for r in rows])
    wanted = [r[column] for r in rows]
    counts = Counter(wanted)
    weight = {k: (len(wanted) / n / len(counts)) ** 0.5 for k, n in counts.items()}
    return names, LogisticRegression(C=0.5, class_weight=weight, max_iter=500, fit_intercept=False).fit(seen, wanted)


def main() -> None:
    """Cross-validate; with --write fit on all and write the table."""
    from whowhom.evaluate.measures import per_class

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", default="fast")
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    rows = rows_of(DATA / "meantime_train.jsonl.gz", args.model)
    ids = sorted({r[0] for r in rows})
    random.Random(0).shuffle(ids)
    fold = {name: n % 10 for n, name in enumerate(ids)}
    said = []
    for part, column, main_class in (("certainty", 2, "CERTAIN"), ("polarity", 3, "POS")):
        gold: list[str] = []
        guess: list[str] = []
        for k in range(10):
            names, model = fit([r for r in rows if fold[r[0]] != k], column)
            test = [r for r in rows if fold[r[0]] == k]
            gold += [r[column] for r in test]
            guess += list(model.predict(names.transform([dict.fromkeys(r[1], 1.0) for r in test])))
        known = [(g, p) for g, p in zip(gold, guess, strict=True) if g != "UNDERSPECIFIED"]
        two = per_class([g == main_class for g in gold], [p == main_class for p in guess])[0]
        specified = per_class([g for g, _ in known], [p for _, p in known])[0]
        said.append(f"{part}: macro F1 {per_class(gold, guess)[0]:.3f}, without UNDERSPECIFIED {specified:.3f}, {main_class} or not {two:.3f}")
        print(said[-1])
        print(per_class(gold, guess)[1])
    if args.write:
        lines = [
            "# Weights of signs for certainty and polarity, fitted by training/certainty.py on MEANTIME English (CC BY 4.0, NewsReader 2015).",
            *(f"# Cross-validated over documents (10 folds): {s}" for s in said), "part\tclass\tfeature\tweight",
        ]  # fmt: skip
        for part, column in (("certainty", 2), ("polarity", 3)):
            names, model = fit(rows, column)
            for label, weights in zip(model.classes_, model.coef_, strict=True):
                lines += [f"{part}\t{label}\t{f}\t{w:.3f}" for f, w in zip(names.get_feature_names_out(), weights, strict=True) if abs(w) >= 0.05]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
