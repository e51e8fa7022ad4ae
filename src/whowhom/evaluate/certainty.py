"""Certainty and polarity of events: rows with `tokens`, `sentence` and `event_mentions`, as in MEANTIME.

Classes are those of the annotation: CERTAIN, PROBABLE, POSSIBLE, UNDERSPECIFIED and POS, NEG, UNDERSPECIFIED. The
weights of `events.certainty` were fitted on the 90 open documents of MEANTIME, so figures on those are of seen
documents; those for unseen ones come from cross-validation (`python -m training.certainty`) and stand in the table.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.encoder import Encoder, open_encoder
from whowhom.errors import InputError
from whowhom.evaluate import checks
from whowhom.evaluate.factuality import as_sentence
from whowhom.evaluate.measures import Table, confusion, per_class
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Sentence

if TYPE_CHECKING:
    from whowhom.encoder import Reading


def score(path: Path, model: str = "fast") -> Result:
    """Macro F1 of certainty and of polarity over events that carry them, their mean, and both for every event.

    Macro F1 is over the classes that the file's gold has; the second pair of figures leaves UNDERSPECIFIED rows out.
    Raises InputError for rows that are not of the layout.
    """
    rows = read_rows(path)
    for number, row in enumerate(rows, 1):
        _check(row, f"{path}:{number}")
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


def _check(row: dict[str, Any], where: str) -> None:
    """Raise InputError where a row is not of the layout. Events may lack certainty or polarity: those are coded, not counted."""
    remedy = "rows are {id, tokens, sentence, event_mentions: [{tokens, certainty, polarity}]}; tokens of events count from 0"
    size = len(checks.words(row, where, remedy))
    numbers = row.get("sentence")
    if numbers is not None and (not isinstance(numbers, list) or len(numbers) != size):
        raise InputError(f"`sentence` does not number the {size} tokens", where=where, remedy=remedy)
    for n, event in enumerate(checks.items(row, "event_mentions", where, remedy), 1):
        at = event.get("tokens")
        if not isinstance(at, list) or not at:
            raise InputError(f"event {n} has no `tokens`", where=where, remedy=remedy)
        for i in at:
            checks.index(i, size, f"a token of event {n}", where, remedy)


def coded(row: dict[str, Any], encoder: Encoder) -> list[dict[str, str]]:
    """Certainty and polarity of each event mention of a document."""
    from whowhom.events.certainty import certainty_of

    events = row.get("event_mentions") or []
    found = [certainty_of(sentence, reading, at, encoder) for sentence, reading, at in split(row, events, encoder)]
    return [{"certainty": certainty, "polarity": polarity} for certainty, polarity in found]


def split(row: dict[str, Any], events: list[dict[str, Any]], encoder: Encoder) -> list[tuple[Sentence, Reading, int]]:
    """For each event mention its sentence, the reading of it and the number of its first word there."""
    tokens = row["tokens"]
    numbers = row.get("sentence") or [0] * len(tokens)
    starts = [i for i in range(len(tokens)) if i == 0 or numbers[i] != numbers[i - 1]]
    ends = [*starts[1:], len(tokens)] if starts else []
    sentences: list[Sentence] = []
    place: dict[int, tuple[int, int]] = {}
    for n, (begin, end) in enumerate(zip(starts, ends, strict=True)):
        place.update({begin + i: (n, i) for i in range(end - begin)})
        sentences.append(dataclasses.replace(as_sentence(tokens[begin:end]), document=str(row.get("id", "")), index=n))
    readings = encoder.read([tokens[b:e] for b, e in zip(starts, ends, strict=True)])
    where = [place[int(event["tokens"][0])] for event in events]
    return [(sentences[n], readings[n], i) for n, i in where]
