"""The type of a marked pair: rows with a marked source and target, as in plv_train.jsonl.

A row has `text`, `spans` ([side, begin, end], side source or target) and, to be scored, `root` (a PLOVER
type, or YIELD for CONCEDE and RETREAT) and `penta` (0 to 4). Rows without CONCEDE or RETREAT are answered in the
benchmark's fifteen classes, by the head that learned its coders' conventions; others in PLOVER's sixteen.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whowhom.encoder import Judgement, Question, open_encoder
from whowhom.evaluate.measures import Table, confusion, expected_calibration_error, per_class
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows

PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1), **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "REJECT", "ACCUSE", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}  # fmt: skip


def questions(rows: list[dict[str, Any]], swap: bool = False) -> list[Question]:
    """Rows as marked questions; `swap` exchanges source and target."""
    from whowhom.sentences import words

    out = []
    for row in rows:
        text = str(row["text"])
        spans = words(text)
        sides: dict[str, list[int]] = {"source": [], "target": []}
        for side, begin, end in row.get("spans", ()):
            sides.setdefault(side, []).extend(i for i, w in enumerate(spans) if w.begin < end and w.end > begin)
        if swap:
            sides["source"], sides["target"] = sides["target"], sides["source"]
        out.append(Question([text[w.begin : w.end] for w in spans], tuple(sides["source"]), tuple(sides["target"])))
    return out


def score(path: Path, model: str = "fast") -> Result:
    """Root and quad macro F1, direction, calibration; the prediction of each row."""
    rows = read_rows(path)
    encoder = open_encoder(model)
    labels = encoder.labels["judge.type"]
    joined = not any(r.get("root") in ("CONCEDE", "RETREAT") for r in rows)
    predictions: list[dict[str, object]] = []
    asked = questions(rows)
    judged = encoder.judge(asked)
    turned = encoder.judge(questions(rows, swap=True))
    holds = encoder.labels["judge.direction"].index("holds")
    for row, answer, reverse in zip(rows, judged, turned, strict=True):
        chances = _chances(encoder.labels, answer, joined)
        nothing = float(answer.heads["judge.type"][labels.index("NONE")])
        total = sum(chances.values()) or 1.0
        best = max(chances, key=chances.__getitem__)
        quads = [0.0] * 5
        for kind, chance in chances.items():
            if kind == "YIELD":
                # PLV files its joint class under the quad of RETREAT.
                quads[2] += chance / total
            else:
                quads[PENTA[kind]] += chance / total
        penta = answer.heads["judge.penta"]
        mixed = [(q + float(p)) / 2 for q, p in zip(quads, penta, strict=True)]
        quad = max(range(1, 5), key=mixed.__getitem__)
        predictions.append(
            {
                "id": row.get("id", ""), "label": best, "probability": round(chances[best] / total, 4), "quad": quad,
                "none": round(nothing, 4),
                "direction": round(float(answer.heads["judge.direction"][holds]), 4),
                "direction_swapped": round(float(reverse.heads["judge.direction"][holds]), 4),
            }
        )  # fmt: skip
    return _scored(rows, predictions)


def _chances(labels: Mapping[str, tuple[str, ...]], answer: Judgement, joined: bool) -> dict[str, float]:
    """The probability of each class; a model without the benchmark's head answers with PLOVER's types, two of them joined."""
    if joined and "judge.root" in labels:
        return {t: float(p) for t, p in zip(labels["judge.root"], answer.heads["judge.root"], strict=True)}
    chances = {t: float(p) for t, p in zip(labels["judge.type"], answer.heads["judge.type"], strict=True) if t != "NONE"}
    if joined:
        chances["YIELD"] = chances.pop("CONCEDE") + chances.pop("RETREAT")
    return chances


def _scored(rows: list[dict[str, Any]], predictions: list[dict[str, object]]) -> Result:
    figures: dict[str, float] = {}
    tables: list[Table] = []
    worst: list[str] = []
    known = [i for i, r in enumerate(rows) if r.get("root")]
    if known:
        gold, guess = [rows[i]["root"] for i in known], [predictions[i]["label"] for i in known]
        figures["root macro F1"], table = per_class(gold, guess)
        figures["root accuracy"] = sum(g == p for g, p in zip(gold, guess, strict=True)) / len(gold)
        chances = [float(str(predictions[i]["probability"])) for i in known]
        right = [g == p for g, p in zip(gold, guess, strict=True)]
        figures["expected calibration error"], calibration = expected_calibration_error(chances, right)
        tables += [table, confusion(gold, guess), calibration]
        order = sorted((i for i, ok in enumerate(right) if not ok), key=lambda i: -chances[i])[:15]
        worst = [f"{gold[i]} coded {guess[i]} ({chances[i]:.2f}): {str(rows[known[i]]['text'])[:150]}" for i in order]
    known = [i for i, r in enumerate(rows) if r.get("penta")]
    if known:
        figures["quad macro F1"], table = per_class([rows[i]["penta"] for i in known], [predictions[i]["quad"] for i in known])
        tables.append((table[0].replace("class", "quad"), table[1], table[2]))
    pairs = [i for i, r in enumerate(rows) if {s for s, *_ in r.get("spans", ())} >= {"source", "target"}]
    if pairs:
        right = [float(str(predictions[i]["direction"])) > float(str(predictions[i]["direction_swapped"])) for i in pairs]
        figures["direction, original above swapped"] = sum(right) / len(right)
        each = [(float(str(predictions[i]["direction"])) > 0.5) + (float(str(predictions[i]["direction_swapped"])) < 0.5) for i in pairs]
        figures["direction, each alone"] = sum(each) / (2 * len(each))
    return Result("types", figures, predictions, tables, worst)
