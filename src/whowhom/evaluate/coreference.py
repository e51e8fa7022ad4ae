"""Coreference of persons, organisations and places: MUC, B3, CEAF-e and their mean (CoNLL F1) on given mentions.

The layout is GUM's as JSON lines: {id, date, sents: [{text, tokens}], mentions: [{sent, start, end, id, type}]}.
Singletons count, on both sides. The optimal alignment that CEAF needs is found by the Hungarian algorithm below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Document, Mention, Sentence, Span

_KINDS = {"person": "person", "place": "place", "organization": "organisation"}
_WORDS = frozenset(
    (
        "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she "
        "her hers herself it its itself they them their theirs themselves who whom whose which that "
        "here there"
    ).split()
)


def score(path: Path) -> Result:
    """CoNLL F1 over all documents of a file, pooled, with the figures of each document."""
    totals: dict[str, list[float]] = {m: [0.0, 0.0, 0.0, 0.0] for m in ("MUC", "B3", "CEAFe")}
    rows: list[dict[str, object]] = []
    table: list[list[object]] = []
    for record in read_rows(path):
        text, sentences, mentions, gold = document_of(record)
        from whowhom.actors import resolve

        document = Document(str(record["id"]), "", "", "", "", record.get("date") or "", "given", "en", text)
        found = resolve(document, sentences, mentions)
        keys, responses = _clusters(gold), _clusters([m.entity for m in found])
        parts = {"MUC": muc(keys, responses), "B3": b_cubed(keys, responses), "CEAFe": ceaf_e(keys, responses)}
        for name, part in parts.items():
            totals[name] = [a + b for a, b in zip(totals[name], part, strict=True)]
        table.append([record["id"], len(mentions), *[_f(p) for p in parts.values()], sum(_f(p) for p in parts.values()) / 3])
        rows.append(
            {
                "id": record["id"],
                "mentions": [
                    {"text": m.text, "start": m.span.begin, "end": m.span.end, "gold": g, "entity": m.entity, "name": m.name}
                    for m, g in zip(found, gold, strict=True)
                ],
            }
        )
    figures = {f"{name} F1": _f(part) for name, part in totals.items()}
    figures = {"CoNLL F1": sum(figures.values()) / 3, **figures}
    worst = sorted(table, key=lambda r: float(str(r[-1])))[:5]
    return Result(
        "coreference",
        figures,
        rows,
        [("by document", ["document", "mentions", "MUC", "B3", "CEAFe", "mean"], table)],
        [f"{r[0]}: {float(str(r[-1])):.3f}" for r in worst],
    )


def document_of(record: dict[str, Any]) -> tuple[str, tuple[Sentence, ...], tuple[Mention, ...], list[str]]:
    """Text, sentences, mentions of the three types and their gold entities of one GUM record."""
    pieces: list[str] = []
    places: list[list[Span]] = []
    at = 0
    for sentence in record["sents"]:
        spans = []
        for token in sentence["tokens"]:
            spans.append(Span(at, at + len(token)))
            pieces.append(token + " ")
            at += len(token) + 1
        places.append(spans)
    text = "".join(pieces)
    sentences = tuple(
        Sentence(
            str(record["id"]), i, 0, "body", Span(s[0].begin, s[-1].end) if s else Span(0, 0), text[s[0].begin : s[-1].end] if s else "", tuple(s)
        )
        for i, s in enumerate(places)
    )
    marked = []
    for m in record["mentions"]:
        if m["type"] in _KINDS:
            span = Span(places[m["sent"]][m["start"]].begin, places[m["sent"]][m["end"] - 1].end)
            words = text[span.begin : span.end]
            kind = "pronoun" if words.lower() in _WORDS else _KINDS[m["type"]]
            marked.append((span, Mention(str(record["id"]), words, span, kind, m["sent"]), str(m["id"])))
    marked.sort(key=lambda x: (x[0].begin, -x[0].end))
    return text, sentences, tuple(m for _, m, _ in marked), [g for *_, g in marked]


def _clusters(labels: Sequence[str]) -> list[frozenset[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for i, label in enumerate(labels):
        groups[label].add(i)
    return [frozenset(g) for g in groups.values()]


def muc(keys: Sequence[frozenset[int]], responses: Sequence[frozenset[int]]) -> tuple[float, float, float, float]:
    """Links: recall numerator and denominator, precision numerator and denominator."""

    def links(of: Sequence[frozenset[int]], against: Sequence[frozenset[int]]) -> tuple[float, float]:
        where = {i: n for n, c in enumerate(against) for i in c}
        right = sum(len(c) - len({where[i] for i in c if i in where}) - sum(i not in where for i in c) for c in of)
        return float(right), float(sum(len(c) - 1 for c in of))

    return (*links(keys, responses), *links(responses, keys))


def b_cubed(keys: Sequence[frozenset[int]], responses: Sequence[frozenset[int]]) -> tuple[float, float, float, float]:
    """Mentions: the share of each mention's cluster that is right, summed."""

    def share(of: Sequence[frozenset[int]], against: Sequence[frozenset[int]]) -> tuple[float, float]:
        where = {i: c for c in against for i in c}
        return sum(len(c & where.get(i, frozenset())) / len(c) for c in of for i in c), float(sum(map(len, of)))

    return (*share(keys, responses), *share(responses, keys))


def ceaf_e(keys: Sequence[frozenset[int]], responses: Sequence[frozenset[int]]) -> tuple[float, float, float, float]:
    """Entities: the best one-to-one alignment by the share of common mentions."""
    costs = [[-2 * len(k & r) / (len(k) + len(r)) for r in responses] for k in keys]
    total = -_assign(costs) if len(keys) <= len(responses) else -_assign([list(c) for c in zip(*costs, strict=True)])
    return total, float(len(keys)), total, float(len(responses))


def _assign(cost: list[list[float]]) -> float:
    """Least cost of assigning every row a column of its own; rows must not outnumber columns (Hungarian algorithm)."""
    n, m = len(cost), len(cost[0]) if cost else 0
    u, v, match, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], at = i, 0
        least, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while True:
            used[at] = True
            row, delta, to = match[at], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    value = cost[row - 1][j - 1] - u[row] - v[j]
                    if value < least[j]:
                        least[j], way[j] = value, at
                    if least[j] < delta:
                        delta, to = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            at = to
            if match[at] == 0:
                break
        while at:
            match[at] = match[way[at]]
            at = way[at]
    return sum(cost[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def _f(part: Sequence[float]) -> float:
    recall, precision = part[0] / part[1] if part[1] else 0.0, part[2] / part[3] if part[3] else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
