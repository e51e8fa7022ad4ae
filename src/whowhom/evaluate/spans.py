"""Source, target and joint actor spans, as in cameo_train.jsonl: rows with `tokens` and `spans` [label, first, end)."""

from __future__ import annotations

from pathlib import Path

from whowhom.encoder import open_encoder
from whowhom.evaluate.measures import Table, f1, span_counts
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.mentions.roles import roles


def score(path: Path, model: str = "fast") -> Result:
    """Exact micro F1 over S, T and R; spans as token offsets for every row."""
    rows = [r for r in read_rows(path) if r.get("tokens")]
    encoder = open_encoder(model)
    readings = encoder.read([r["tokens"] for r in rows])
    predictions: list[dict[str, object]] = []
    found: list[list[tuple[str, int, int]]] = []
    for row, reading in zip(rows, readings, strict=True):
        runs = roles(reading.heads["role"], encoder.labels["role"])
        found.append([(label, begin, end) for label, begin, end, _ in runs])
        spans = [[label, begin, end, round(chance, 4)] for label, begin, end, chance in runs]
        predictions.append({"id": row.get("id", ""), "spans": spans})
    known = [i for i, r in enumerate(rows) if r.get("spans") is not None]
    gold = [[(str(k), int(b), int(e)) for k, b, e in rows[i]["spans"]] for i in known]
    guess = [found[i] for i in known]
    precision, recall, score = f1(*span_counts(gold, guess))
    figures = {"exact micro F1": score, "precision": precision, "recall": recall}
    body: list[list[object]] = []
    for label in "STR":
        one = span_counts([[s for s in g if s[0] == label] for g in gold], [[s for s in p if s[0] == label] for p in guess])
        body.append([label, *f1(*one), one[2]])
    tables: list[Table] = [("by label", ["label", "precision", "recall", "F1", "spans"], body)]
    worst = []
    for i, g, p in zip(known, gold, guess, strict=True):
        if set(g) != set(p):
            words = rows[i]["tokens"]
            say = "; ".join(f"{k}={' '.join(words[b:e])}" for k, b, e in p)
            worst.append(f"coded {say or 'nothing'}; gold " + "; ".join(f"{k}={' '.join(words[b:e])}" for k, b, e in g))
    return Result("spans", figures, predictions, tables, worst[:15])
