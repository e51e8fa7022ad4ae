"""Fit the map from scores to probabilities, and print precision and recall by threshold.

    python -m training.calibrate src/whowhom/encoder/fast

Candidates come from the tenth of the casebook that no model is trained on and, as honest negatives, from dev
sentences of EWT and GUM about everyday matters. A candidate is right when a coder has an event of its type at its
trigger, or in its sentence with an actor or a recipient in common.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from whowhom.actors import resolve
from whowhom.encoder import Encoder
from whowhom.events.candidates import Candidate, propose
from whowhom.events.confidence import features
from whowhom.mentions.names import find
from whowhom.model import Document, Sentence
from whowhom.sentences import split

from . import casebook, corpora
from .train import DATA

NEGATIVE = ("reviews-", "answers-")


def gather(encoder: Encoder) -> tuple[list[dict[str, float]], list[bool], int]:
    """Features and rightness of every candidate, and how many events a coder has."""
    cases = [c for c in casebook.read(*sorted((Path(__file__).parent / "casebook").glob("*.txt"))) if casebook.is_dev(c)]
    rows = [(c.text, c) for c in cases]
    rows += [(r["text"], None) for r in corpora.read_jsonl(DATA / "propbank_ewt_dev.jsonl.gz") if r["id"].startswith(NEGATIVE)]
    seen: list[dict[str, float]] = []
    right: list[bool] = []
    for text, case in rows:
        document = Document("x", "x", "", "", "", "", "none", "en", text)
        sentences = split(document)
        readings = encoder.read([[text[w.begin : w.end] for w in s.words] for s in sentences])
        mentions = resolve(document, sentences, find(document, sentences, readings, encoder))
        for sentence, reading in zip(sentences, readings, strict=True):
            candidates, _, _ = propose(sentence, reading, [m for m in mentions if m.sentence == sentence.index], encoder)
            labels = encoder.labels["trigger"]
            for candidate, judged in zip(candidates, encoder.judge([c.question() for c in candidates]), strict=True):
                pointed = judged.heads["judge.type"]
                joined = np.sqrt(candidate.types * pointed)
                joined[labels.index("NONE")] = 0
                at = int(joined.argmax())
                seen.append(features(candidate, labels[at], float(candidate.types[at]), float(pointed[at]), float(pointed[labels.index("NONE")])))
                right.append(case is not None and _taken(case, labels[at], sentence, candidate))
    return seen, right, sum(len(c.codes) for c in cases)


def parties(encoder: Encoder) -> str:
    """How well the parties of coded events are found at triggers that the encoder finds, both sides together."""
    good = found = wanted = 0
    for case in (c for c in casebook.read(*sorted((Path(__file__).parent / "casebook").glob("*.txt"))) if casebook.is_dev(c)):
        document = Document("x", "x", "", "", "", "", "none", "en", case.text)
        sentences = split(document)
        readings = encoder.read([[case.text[w.begin : w.end] for w in s.words] for s in sentences])
        mentions = find(document, sentences, readings, encoder)
        for sentence, reading in zip(sentences, readings, strict=True):
            candidates, _, _ = propose(sentence, reading, [m for m in mentions if m.sentence == sentence.index], encoder)
            for candidate in candidates:
                word = sentence.words[candidate.row]
                code = next((c for c in case.codes if c.trigger[0] < word.end and c.trigger[1] > word.begin), None)
                if code is None:
                    continue
                sides = {("A", case.mentions[k]) for k in code.actors} | {("R", case.mentions[k]) for k in code.recipients}
                marked = [("A", p.mention.span) for p in candidate.actors] + [("R", p.mention.span) for p in candidate.recipients]
                good += sum(any(s == t and b < f.end and e > f.begin for s, f in marked) for t, (b, e) in sides)
                found, wanted = found + len(marked), wanted + len(sides)
    precision, recall = good / max(1, found), good / max(1, wanted)
    return f"parties at found triggers: precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def _taken(case: casebook.Case, event: str, sentence: Sentence, candidate: Candidate) -> bool:
    """Whether a coder has this event: the same type at the same word, or in the sentence with a party in common."""
    word = sentence.words[candidate.row]
    for code in case.codes:
        if code.event != event:
            continue
        if code.trigger[0] < word.end and code.trigger[1] > word.begin:
            return True
        wanted = [case.mentions[k] for k in (*code.actors, *code.recipients)]
        found = [p.mention.span for p in (*candidate.actors, *candidate.recipients)]
        if any(b < f.end and e > f.begin for b, e in wanted for f in found):
            return True
    return False


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    args = ask.parse_args()
    encoder = Encoder(args.model)
    seen, right, wanted = gather(encoder)
    names = list(dict.fromkeys(n for s in seen for n in s))
    x, y = np.array([[s.get(n, 0.0) for n in names] for s in seen]), np.array(right)
    fold = np.arange(len(y)) % 5
    chances = np.zeros(len(y))
    for f in range(5):
        chances[fold == f] = LogisticRegression(C=0.3, max_iter=3000).fit(x[fold != f], y[fold != f]).predict_proba(x[fold == f])[:, 1]
    for floor in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = chances >= floor
        print(f"threshold {floor}: precision {y[kept].mean():.3f} recall {y[kept].sum() / wanted:.3f} kept {kept.sum()}")
    edges = np.clip((chances * 10).astype(int), 0, 9)
    gap = sum(abs(chances[edges == b].mean() - y[edges == b].mean()) * (edges == b).mean() for b in range(10) if (edges == b).any())
    print(f"{len(y)} candidates, {y.sum()} right, {wanted} events; cross-validated ECE {gap:.3f}")
    print(parties(encoder))
    fitted = LogisticRegression(C=0.3, max_iter=3000).fit(x, y)
    out = {"bias": float(fitted.intercept_[0]), **{n: float(w) for n, w in zip(names, fitted.coef_[0], strict=True)}}
    (args.model / "calibration.json").write_text(json.dumps({k: round(v, 4) for k, v in out.items()}), encoding="utf8")


if __name__ == "__main__":
    main()
