"""Did it happen, from -3 (surely not) to 3 (surely): rows with `tokens` and `preds` [{i, factuality}], as in UDS.

The encoder's head and the weights that put it right (`events.factuality`) saw the train part of UDS-EWT; its dev part was
used to choose epochs and to confirm that those weights are worth their while.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whowhom.encoder import open_encoder
from whowhom.evaluate import checks
from whowhom.evaluate.measures import Table
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Sentence, Span


def score(path: Path, model: str = "fast") -> Result:
    """Pearson r and mean absolute error over the predicates that have a gold value; a value for every predicate.

    Raises InputError for rows without tokens and for predicates that are none of their words.
    """
    from whowhom.events.factuality import factuality_of

    rows = read_rows(path)
    golds = [_gold(row, f"{path}:{number}") for number, row in enumerate(rows, 1)]
    encoder = open_encoder(model)
    readings = encoder.read([row["tokens"] for row in rows])
    predictions: list[dict[str, object]] = []
    gold: list[float] = []
    guess: list[float] = []
    shown: list[tuple[float, str]] = []
    for row, predicates, reading in zip(rows, golds, readings, strict=True):
        words = row["tokens"]
        sentence = as_sentence(words)
        found: list[dict[str, object]] = []
        for at, wanted in predicates:
            value = factuality_of(sentence, reading, at, encoder)
            found.append({"i": at, "factuality": round(value, 4)})
            if wanted is not None:
                gold.append(wanted)
                guess.append(value)
                around = " ".join([*words[max(0, at - 8) : at], f"[{words[at]}]", *words[at + 1 : at + 5]])
                shown.append((abs(value - wanted), f"{value:.1f}, gold {wanted:.1f}: {around}"))
        predictions.append({"id": row.get("id", ""), "preds": found})
    figures = {"Pearson r": pearson(gold, guess)}
    if gold:
        figures["mean absolute error (of -3..3)"] = sum(abs(g - p) for g, p in zip(gold, guess, strict=True)) / len(gold)
        figures["same side of 0"] = sum((g > 0) == (p > 0) for g, p in zip(gold, guess, strict=True)) / len(gold)
    shown.sort(key=lambda x: -x[0])
    return Result("factuality", figures, predictions, [_by_band(gold, guess)], [line for _, line in shown[:20]])


def as_sentence(tokens: Sequence[str]) -> Sentence:
    """Words as a sentence of a text's body, a space between each two."""
    words, at = [], 0
    for token in tokens:
        words.append(Span(at, at + len(token)))
        at += len(token) + 1
    text = " ".join(tokens)
    return Sentence("", 1, 0, "body", Span(0, len(text)), text, tuple(words))


def _gold(row: dict[str, Any], where: str) -> list[tuple[int, float | None]]:
    """The words of a row that are asked about, with their gold values where it has them."""
    remedy = "rows are {id, tokens, preds: [{i, factuality}]}; i counts tokens from 0, factuality may be null"
    size = len(checks.words(row, where, remedy))
    out = []
    for n, predicate in enumerate(checks.items(row, "preds", where, remedy), 1):
        at = checks.index(predicate.get("i"), size, f"`i` of predicate {n}", where, remedy)
        value = predicate.get("factuality")
        out.append((at, None if value is None else checks.number(value, f"`factuality` of predicate {n}", where, remedy)))
    return out


def pearson(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's correlation; 0 where one side does not vary."""
    size = len(a)
    if size < 2:
        return 0.0
    mean_a, mean_b = sum(a) / size, sum(b) / size
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return both / spread if spread else 0.0


def _by_band(gold: Sequence[float], guess: Sequence[float]) -> Table:
    """Mean guess by band of the gold value."""
    body: list[list[object]] = []
    for low in (-3, -2, -1, 0, 1, 2):
        inside = [p for g, p in zip(gold, guess, strict=True) if low <= g < low + 1 or (low == 2 and g == 3)]
        if inside:
            body.append([f"{low} to {low + 1}", sum(inside) / len(inside), len(inside)])
    return ("by gold value", ["gold", "mean coded", "predicates"], body)
