"""Fit how signs and the encoder's heads speak of certainty and polarity on MEANTIME, and how well that does on unseen documents.

    python -m training.certainty [--model fast] [--unseen] [--ceiling] [--write]

Ten folds over documents, drawn three times, and one fold per topic (its documents had the same annotators); rare classes weigh
more by the square root of their rarity. The heads for certainty, polarity and tense are no features: they were trained on these
documents, and figures with them would be of seen ones. For a model that was trained with ``--without meantime`` give --unseen,
and they are. The rest of the encoder saw the documents through those heads only.

--ceiling adds what the annotators wrote of the same word (time, tense, aspect, part of speech, special case) and the topic, which
no text gives: macro F1 .453 and .755 with fast, .520 and .768 with accurate. What keeps figures low is the annotation: after
"would" with nothing between 9 events are CERTAIN, 5 POSSIBLE, 6 PROBABLE and 4 UNDERSPECIFIED, "plans to" is CERTAIN in one
report and UNDERSPECIFIED in the next, and all but 3 of 100 UNDERSPECIFIED polarities are of one topic's annotators.
Such weights are never written.
Weights go to `knowledge/ontology/certainty.tsv` under the model's tier; rows of other tiers stay.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .attribution import write
from .train import DATA, ROOT

TABLE = ROOT / "src" / "whowhom" / "knowledge" / "ontology" / "certainty.tsv"
HEAD = "# Weights of signs and heads for certainty and polarity, fitted by training/certainty.py on MEANTIME English (CC BY 4.0, NewsReader 2015)."
#: A feature is used when so many events have it.
OFTEN = 8
#: Inverse strength of the ridge, best of .007 to .3 by cross-validation over documents.
STRENGTH = 0.015
#: Draws of ten folds: macro F1 of one draw moves by .01 to .02.
DRAWS = 3
#: What --ceiling takes from the annotation.
ANNOTATED = ("time", "tense", "aspect", "pos", "special_cases")


@dataclass(frozen=True, slots=True)
class Row:
    """An event mention: where it is from, what is seen of it and what the annotators say, by part."""

    document: str
    topic: str
    seen: Mapping[str, float]
    gold: Mapping[str, str]


def rows_of(path: Path, model: str, unseen: bool = False, ceiling: bool = False) -> list[Row]:
    """Every event mention that carries both certainty and polarity."""
    from whowhom.encoder import open_encoder
    from whowhom.evaluate.certainty import split
    from whowhom.evaluate.rows import read_rows
    from whowhom.events.certainty import PARTS, TAUGHT, features

    encoder = open_encoder(model)
    out = []
    for row in read_rows(path):
        events = [e for e in row["event_mentions"] if all(e.get(p) for p in PARTS)]
        for event, (sentence, reading, at) in zip(events, split(row, events, encoder), strict=True):
            if at >= len(reading.heads["trigger"]):
                continue
            seen = {f: v for f, v in features(sentence, reading, at, encoder).items() if unseen or not f.startswith(TAUGHT)}
            if ceiling:
                seen |= {f"annotated {k} {event.get(k)}": 1.0 for k in ANNOTATED} | {f"topic {row['topic']}": 1.0}
            out.append(Row(row["id"], row["topic"], seen, {p: event[p] for p in PARTS}))
    return out


def fit(rows: Sequence[Row], part: str) -> tuple[Any, Any, Any]:
    """A vectoriser, the spread of each feature and a classifier over features divided by it."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    often = Counter(f for r in rows for f, v in r.seen.items() if v)
    names = DictVectorizer(sparse=False)
    seen = names.fit_transform([{f: v for f, v in r.seen.items() if often[f] >= OFTEN} for r in rows])
    # Rare signs are not blown up to the spread of common ones.
    spread = seen.std(0) + 0.1
    wanted = [r.gold[part] for r in rows]
    counts = Counter(wanted)
    weight = {k: (len(wanted) / n / len(counts)) ** 0.5 for k, n in counts.items()}
    model = LogisticRegression(C=STRENGTH, class_weight=weight, max_iter=200, fit_intercept=False)
    return names, spread, model.fit(seen / spread, wanted)


def crossed(rows: Sequence[Row], part: str, folds: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Gold and guess of every row, each guessed by a fit on the other folds; `folds` numbers documents."""
    gold: list[str] = []
    guess: list[str] = []
    for k in sorted(set(folds.values())):
        names, spread, model = fit([r for r in rows if folds[r.document] != k], part)
        test = [r for r in rows if folds[r.document] == k]
        gold += [r.gold[part] for r in test]
        guess += list(model.predict(names.transform([r.seen for r in test]) / spread))
    return gold, guess


def measure(rows: Sequence[Row], part: str) -> str:
    """Figures of unseen documents and of unseen topics."""
    from whowhom.evaluate.measures import per_class

    figures: list[tuple[float, float]] = []
    for draw in range(DRAWS):
        ids = sorted({r.document for r in rows})
        random.Random(draw).shuffle(ids)
        gold, guess = crossed(rows, part, {name: n % 10 for n, name in enumerate(ids)})
        known = [(g, p) for g, p in zip(gold, guess, strict=True) if g != "UNDERSPECIFIED"]
        specified = per_class([g for g, _ in known], [p for _, p in known])[0]
        figures.append((per_class(gold, guess)[0], specified))
        print(draw, per_class(gold, guess)[1])
    topics = sorted({r.topic for r in rows})
    by_topic = per_class(*crossed(rows, part, {r.document: topics.index(r.topic) for r in rows}))[0]
    all_classes, specified = (sum(f) / DRAWS for f in zip(*figures, strict=True))
    return (
        f"{part}, cross-validated over documents, mean of {DRAWS} draws: macro F1 {all_classes:.3f} "
        f"({min(figures)[0]:.3f} to {max(figures)[0]:.3f}), without UNDERSPECIFIED {specified:.3f}; over topics {by_topic:.3f}"
    )


def main() -> None:
    """Cross-validate; with --write fit on all and write the table."""
    from whowhom.encoder import open_encoder
    from whowhom.events.certainty import PARTS
    from whowhom.events.tagging import tier_of

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", default="fast")
    ask.add_argument("--unseen", action="store_true", help="the model was trained without MEANTIME: its heads for certainty count")
    ask.add_argument("--ceiling", action="store_true", help="with the annotators' own word on tense, and the topic")
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    if args.ceiling and args.write:
        ask.error("weights of a ceiling are not written")
    rows = rows_of(DATA / "meantime_train.jsonl.gz", args.model, args.unseen, args.ceiling)
    said = []
    for part in PARTS:
        said.append(measure(rows, part))
        print(said[-1])
    if args.write:
        fitted = {}
        for part in PARTS:
            names, spread, model = fit(rows, part)
            for label, weights in zip(model.classes_, model.coef_ / spread, strict=True):
                found = {f: float(w) for f, w in zip(names.get_feature_names_out(), weights, strict=True)}
                fitted[part, str(label)] = {f: w for f, w in found.items() if abs(w) >= 0.02}
        write(TABLE, HEAD, fitted, tier_of(open_encoder(args.model).version), said)


if __name__ == "__main__":
    main()
