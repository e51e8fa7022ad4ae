"""Certainty and polarity of events: rows with `tokens`, `sentence` and `event_mentions`, as in MEANTIME.

Classes are those of the annotation: CERTAIN, PROBABLE, POSSIBLE, UNDERSPECIFIED and POS, NEG, UNDERSPECIFIED. The
packaged encoder was trained on the open part of MEANTIME: figures on it are of seen documents, and say so. The
figure for unseen ones comes from cross-validation (`python -m training.meantime`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.encoder import Encoder, open_encoder
from whowhom.errors import InputError
from whowhom.evaluate.measures import Table, confusion, per_class
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows

if TYPE_CHECKING:
    from whowhom.encoder import Reading

#: Labels of the heads -> classes of the annotation.
CERTAINTY = {"certain": "CERTAIN", "probable": "PROBABLE", "possible": "POSSIBLE", "underspecified": "UNDERSPECIFIED"}
POLARITY = {"positive": "POS", "negative": "NEG", "underspecified": "UNDERSPECIFIED"}


def score(path: Path, model: str = "fast") -> Result:
    """Macro F1 of certainty and of polarity over events that carry them, their mean, and both for every event.

    Macro F1 is over the classes that the file's gold has; the second pair of figures leaves UNDERSPECIFIED rows out.
    Raises InputError for rows without tokens.
    """
    rows = read_rows(path)
    for number, row in enumerate(rows, 1):
        if not isinstance(row.get("tokens"), list):
            raise InputError("no `tokens`", where=f"{path}:{number}", remedy="rows are {id, tokens, sentence, event_mentions}")
    encoder = open_encoder(model)
    predictions: list[dict[str, object]] = []
    gold: dict[str, list[str]] = {"certainty": [], "polarity": []}
    guess: dict[str, list[str]] = {"certainty": [], "polarity": []}
    worst: list[str] = []
    for row in rows:
        found: list[dict[str, object]] = []
        for event, answer in zip(row.get("event_mentions") or [], coded(row, encoder), strict=True):
            found.append({"tokens": event["tokens"], **answer})
            for part in ("certainty", "polarity"):
                if event.get(part):
                    gold[part].append(str(event[part]))
                    guess[part].append(answer[part])
                    if event[part] != answer[part] and len(worst) < 20:
                        at = event["tokens"][0]
                        around = " ".join([*row["tokens"][max(0, at - 8) : at], f"[{row['tokens'][at]}]", *row["tokens"][at + 1 : at + 5]])
                        worst.append(f"{answer[part]}, gold {event[part]}: {around}")
        predictions.append({"id": row.get("id", ""), "event_mentions": found})
    figures: dict[str, float] = {}
    tables: list[Table] = []
    for part in ("certainty", "polarity"):
        value, table = per_class(gold[part], guess[part])
        figures[f"{part} macro F1"] = value
        tables += [(f"{part}, {table[0]}", *table[1:]), confusion(gold[part], guess[part])]
        known = [(g, p) for g, p in zip(gold[part], guess[part], strict=True) if g != "UNDERSPECIFIED"]
        figures[f"{part} macro F1 (specified)"] = per_class([g for g, _ in known], [p for _, p in known])[0]
    figures["mean macro F1"] = (figures["certainty macro F1"] + figures["polarity macro F1"]) / 2
    return Result("certainty", figures, predictions, tables, worst)


def coded(row: dict[str, Any], encoder: Encoder) -> list[dict[str, str]]:
    """Certainty and polarity of each event mention of a document."""
    tokens = row["tokens"]
    numbers = row.get("sentence") or [0] * len(tokens)
    starts = [i for i in range(len(tokens)) if i == 0 or numbers[i] != numbers[i - 1]]
    readings = encoder.read([tokens[b:e] for b, e in zip(starts, [*starts[1:], len(tokens)], strict=True)])
    place = {starts[n] + i: (n, i) for n, b in enumerate(starts) for i in range([*starts[1:], len(tokens)][n] - b)}
    out = []
    for event in row.get("event_mentions") or []:
        n, i = place[int(event["tokens"][0])]
        out.append({"certainty": _best(readings[n], i, encoder, "certainty", CERTAINTY), "polarity": _best(readings[n], i, encoder, "polarity", POLARITY)})
    return out


def _best(reading: Reading, at: int, encoder: Encoder, head: str, names: dict[str, str]) -> str:
    chances = reading.heads.get(head)
    if chances is None or at >= len(chances):
        return next(iter(names.values()))
    return names[encoder.label(head, int(chances[at].argmax()))]
