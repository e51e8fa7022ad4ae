"""Fit how signs and the encoder's heads speak of certainty and polarity on MEANTIME, and how well that does on unseen documents.

    python -m training.certainty [--model fast] [--write]

Ten folds over documents; rare classes weigh more by the square root of their rarity. The heads for certainty, polarity and
tense are no features: they were trained on these documents, and figures with them would be of seen ones. The rest of the
encoder saw the documents through those heads only; for a figure free of that, give a model trained with ``--without meantime``.
Weights go to `knowledge/ontology/certainty.tsv` under the model's tier; rows of other tiers stay.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import Any

from .attribution import write
from .train import DATA, ROOT

TABLE = ROOT / "src" / "whowhom" / "knowledge" / "ontology" / "certainty.tsv"
#: A feature is used when so many events have it.
OFTEN = 8
STRENGTH = 0.05
Row = tuple[str, dict[str, float], str, str]


def rows_of(path: Path, model: str) -> list[Row]:
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


def fit(rows: list[Row], column: int) -> tuple[Any, Any, Any]:
    """A vectoriser, the spread of each feature and a classifier over features divided by it."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    often = Counter(f for r in rows for f in r[1])
    names = DictVectorizer(sparse=False)
    seen = names.fit_transform([{f: v for f, v in r[1].items() if often[f] >= OFTEN} for r in rows])
    # Rare signs are not blown up to the spread of common ones.
    spread = seen.std(0) + 0.1
    spread[names.get_feature_names_out().tolist().index("always")] = 0.1
    wanted = [r[column] for r in rows]
    counts = Counter(wanted)
    weight = {k: (len(wanted) / n / len(counts)) ** 0.5 for k, n in counts.items()}
    model = LogisticRegression(C=STRENGTH, class_weight=weight, max_iter=200, fit_intercept=False)
    return names, spread, model.fit(seen / spread, wanted)


def main() -> None:
    """Cross-validate; with --write fit on all and write the table."""
    from whowhom.encoder import open_encoder
    from whowhom.evaluate.measures import per_class
    from whowhom.events.tagging import tier_of

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
            names, spread, model = fit([r for r in rows if fold[r[0]] != k], column)
            test = [r for r in rows if fold[r[0]] == k]
            gold += [r[column] for r in test]
            guess += list(model.predict(names.transform([r[1] for r in test]) / spread))
        known = [(g, p) for g, p in zip(gold, guess, strict=True) if g != "UNDERSPECIFIED"]
        two = per_class([g == main_class for g in gold], [p == main_class for p in guess])[0]
        specified = per_class([g for g, _ in known], [p for _, p in known])[0]
        said.append(
            f"{part}, cross-validated over documents: macro F1 {per_class(gold, guess)[0]:.3f}, "
            f"without UNDERSPECIFIED {specified:.3f}, {main_class} or not {two:.3f}"
        )
        print(said[-1])
        print(per_class(gold, guess)[1])
    if args.write:
        fitted = {}
        for part, column in (("certainty", 2), ("polarity", 3)):
            names, spread, model = fit(rows, column)
            for label, weights in zip(model.classes_, model.coef_ / spread, strict=True):
                found = {f: float(w) for f, w in zip(names.get_feature_names_out(), weights, strict=True)}
                fitted[part, str(label)] = {f: w for f, w in found.items() if abs(w) >= 0.02}
        head = "# Weights of signs and heads for certainty and polarity, fitted by training/certainty.py on MEANTIME English (CC BY 4.0, NewsReader 2015)."
        write(TABLE, head, fitted, tier_of(open_encoder(args.model).version), said)


if __name__ == "__main__":
    main()
