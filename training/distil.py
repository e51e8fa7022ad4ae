"""Soft labels: what a teacher reads in unlabelled news, for a smaller network to learn from.

    python -m training.distil .work/accurate-int8          # to .work/soft.pkl

The teacher is a shipped tier (int8 files). For each sentence its probabilities are kept per word, and, for each word that
may hold an event, the question it would be asked in the product and the answer to it. Sentences come from the corpora of
`train.FILES` and from unlabelled news, none from PLV and CAMEO, which measure us; texts of a fold that is held out are left out.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np

from whowhom.encoder import Encoder, Judgement, Question
from whowhom.encoder.reading import Reading

from . import corpora
from .samples import ARCS, MULTI_HEADS, WORD_HEADS, Sample

OUT = Path(__file__).parent.parent / ".work" / "soft.pkl"
DATA = Path(__file__).parent.parent.parent / "shared" / "data"
#: Sentences drawn from each source.
DRAWN = {"polnear": 15000, "stories": 8000, "re3d": 800, "ewt": 2000}
#: A word is asked about when the teacher holds an event there at least this likely, and a word is a party at this probability.
ASKED, PARTY = 0.1, 0.4
#: Shares of questions that mark the event word alone, or one side of its parties.
BARE, HALF = 0.2, 0.15
#: Heads that say something only of words that may hold an event or be a predicate.
OF_EVENTS, OF_PREDICATES = ("mode", "status"), ("certainty", "polarity", "tense")
log = logging.getLogger("training")


def sentences(held: frozenset[str], seed: int = 3) -> list[list[str]]:
    """Sentences as lists of words, those of held-out texts left out; between 4 and 70 words."""
    rng = random.Random(seed)
    sources = {
        "polnear": [r["text"][b:e] for r in corpora.read_jsonl(DATA / "polnear_train.jsonl.gz") for b, e in corpora._sentences(r["text"])],
        "stories": [r["text"][b:e] for r in corpora.read_jsonl(DATA / "synthetic_stories.jsonl.gz") for b, e in corpora._sentences(r["text"])[:7]],
        "re3d": [r["text"][b:e] for r in corpora.read_jsonl(DATA / "re3d_train.jsonl.gz") for b, e in corpora._sentences(r["text"])],
        "ewt": [r["text"] for r in corpora.read_jsonl(DATA / "propbank_ewt_train.jsonl.gz")],
    }
    out = []
    for name, texts in sources.items():
        texts = [t for t in texts if corpora.same_text(t) not in held]
        out += rng.sample(texts, min(DRAWN[name], len(texts)))
    cut = (corpora.cut(t)[0] for t in out)
    return [w for w in cut if 4 <= len(w) <= 70]


def asked(words: list[str], reading: Reading, nothing: int, rng: random.Random) -> list[Question]:
    """The questions that a reading raises: a word that may hold an event with its parties; now and then, parties without it."""
    out = []
    chances = 1 - reading.heads["trigger"][:, nothing]
    for row in np.argsort(-chances)[:4]:
        if chances[row] < ASKED or int(row) not in reading.arcs:
            continue
        arcs = reading.arcs[int(row)]
        source, target = (tuple(int(i) for i in np.flatnonzero(arcs[ARCS.index(side)] >= PARTY)) for side in ("ACTOR", "RECIPIENT"))
        target = tuple(i for i in target if i not in source)
        if source or target:
            # As in `corpora.judged_casebook`: what is marked may be wrong, and the teacher's second look mends it.
            chance = rng.random()
            if chance < BARE:
                out.append(Question(words, (), (), (int(row),)))
            elif chance < BARE + HALF:
                out.append(Question(words, *((source, ()) if rng.random() < 0.5 else ((), target)), (int(row),)))
            else:
                out.append(Question(words, source, target, (int(row),) if rng.random() < 0.8 else ()))
            if source and target and rng.random() < 0.15:
                out.append(Question(words, target, source))
    return out


def label(encoder: Encoder, texts: list[list[str]], seed: int = 4) -> list[dict[str, Any]]:
    """The teacher's probabilities of each sentence, and its answers, in half precision."""
    rng, rows = random.Random(seed), []
    nothing = encoder.labels["trigger"].index("NONE")
    for begin in range(0, len(texts), 64):
        batch = texts[begin : begin + 64]
        readings = encoder.read(batch)
        questions = [asked(words, reading, nothing, rng) for words, reading in zip(batch, readings, strict=True)]
        answers = iter(encoder.judge([q for some in questions for q in some], around=True))
        for words, reading, some in zip(batch, readings, questions, strict=True):
            heads = {h: reading.heads[h].astype(np.float16) for h in (*WORD_HEADS, *MULTI_HEADS, "factuality")}
            arcs = {row: a.astype(np.float16) for row, a in reading.arcs.items()}
            told = [_told(q, next(answers)) for q in some]
            rows.append({"words": words, "heads": heads, "arcs": arcs, "asked": told})
        if begin % 6400 == 0:
            log.info("%d of %d sentences", begin, len(texts))
    return rows


def _told(question: Question, answer: Judgement) -> dict[str, Any]:
    """A question with the teacher's answer, in half precision."""
    heads = {h.removeprefix("judge."): v.astype(np.float16) for h, v in answer.heads.items()}
    arcs = None if answer.arcs is None else answer.arcs.astype(np.float16)
    return {"source": question.source, "target": question.target, "trigger": question.trigger, "heads": heads, "arcs": arcs}


def load(path: Path = OUT) -> tuple[list[Sample], list[Sample]]:
    """The soft samples, open and pointed; none where the file was not made."""
    if not path.exists():
        return [], []
    with path.open("rb") as file:
        rows = pickle.load(file)
    opened, pointed = [], []
    for n, row in enumerate(rows):
        sample = Sample(row["words"], "soft", f"soft-{n}")
        heads = row["heads"]
        events, predicates = 1 - heads["trigger"][:, 0] >= ASKED, heads["predicate"][:, 1] >= 0.5
        sample.soft = {h: heads[h] for h in WORD_HEADS if h not in (*OF_EVENTS, *OF_PREDICATES)}
        sample.soft |= {h: heads[h] * events[:, None] for h in OF_EVENTS} | {h: heads[h] * predicates[:, None] for h in OF_PREDICATES}
        sample.soft |= {h: np.where(events[:, None], heads[h], -1) for h in MULTI_HEADS}
        sample.numbers["factuality"] = [float(v) if p else None for v, p in zip(heads["factuality"][:, 0], predicates, strict=True)]
        sample.soft_arcs = row["arcs"]
        opened.append(sample)
        for told in row["asked"]:
            marks = corpora._marks(len(row["words"]), list(told["source"]), list(told["target"]), told["trigger"])
            judge = dict(told["heads"])
            status = judge.pop("status", None)
            if not (told["source"] and told["target"]):
                del judge["direction"]
            around = {} if told["arcs"] is None else {told["trigger"][0]: told["arcs"]}
            pointed.append(Sample(row["words"], "soft-pair", f"soft-{n}", marks, judge=judge, soft_arcs=around))
            if status is not None:
                pointed[-1].soft = {"status": np.zeros((len(row["words"]), len(status)), np.float16)}
                pointed[-1].soft["status"][told["trigger"][0]] = status
    return opened, pointed


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("teacher", type=Path)
    ask.add_argument("--fold", type=int, help="the fold of PLV and CAMEO that is held out")
    ask.add_argument("--out", type=Path, default=OUT)
    args = ask.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    held = frozenset() if args.fold is None else corpora.held_texts(DATA, args.fold)
    rows = label(Encoder(args.teacher), sentences(held))
    with args.out.open("wb") as file:
        pickle.dump(rows, file, protocol=5)
    log.info("%d sentences, %d questions", len(rows), sum(len(r["asked"]) for r in rows))


if __name__ == "__main__":
    main()
