# ruff: noqa: E501 - lines of mistakes are built in one place
"""Amounts: MEANTIME rows (`values` typed PERCENT, MONEY, QUANTITY) and {text, date?, amounts: [{start, end, value, unit}]}.

A gold amount is found by an amount whose span overlaps it and whose type is the same; in the second layout value and unit
must be the same, too. Durations are time expressions in MEANTIME and are not scored there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluate.measures import Table, f1
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.evaluate.texts import from_text, meantime
from whowhom.mentions import amounts, times
from whowhom.model import Amount, Span


def score(path: Path) -> Result:
    """F1 over amounts, and by type or kind. Raises InputError for a file of another layout."""
    rows = read_rows(path)
    counts: dict[str, list[int]] = {}
    worst: list[str] = []
    out: list[dict[str, object]] = []
    spans_right = 0
    for row in rows:
        text, gold, guess = _gold(row, path)
        left = list(guess)
        for span, kind, value, unit in gold:
            near = [a for a in left if a.span.begin < span.end and a.span.end > span.begin]
            spans_right += bool(near)
            fit = [a for a in near if _type(a, row) == kind or (kind == "" and _same(value, unit, a))]
            key = kind or (fit[0].kind if fit else near[0].kind if near else "not found")
            counts.setdefault(key, [0, 0, 0])[2] += 1
            if fit:
                counts[key][0] += 1
                counts[key][1] += 1
                left.remove(fit[0])
            else:
                got = f"coded {near[0].value:g} {near[0].unit} ({near[0].kind})" if near else "not found"
                worst.append(
                    f"{row.get('id', '')}: {text[span.begin : span.end]!r} {kind or f'{value} {unit}'}: {got}: {text[max(0, span.begin - 50) : span.end + 40]!r}"
                )
        for one in left:
            counts.setdefault(_type(one, row) or one.kind, [0, 0, 0])[1] += 1
            worst.append(
                f"{row.get('id', '')}: not gold: {one.text!r} {one.value:g} {one.unit} ({one.kind}): {text[max(0, one.span.begin - 40) : one.span.end + 30]!r}"
            )
        said = [
            {
                "start": a.span.begin,
                "end": a.span.end,
                "value": a.value,
                "value_max": a.value_max,
                "unit": a.unit,
                "kind": a.kind,
                "bound": a.bound,
                "of": a.of,
            }
            for a in guess
        ]
        out.append({"id": row.get("id", ""), "text": text, "amounts": said})
    right, found, wanted = (sum(c[i] for c in counts.values()) for i in range(3))
    precision, recall, value = f1(right, found, wanted)
    figures = {
        "F1": value,
        "precision": precision,
        "recall": recall,
        "span recall": spans_right / wanted if wanted else 0.0,
        "gold amounts": float(wanted),
    }
    tables: list[Table] = [("by type", ["type", "precision", "recall", "F1", "gold"], [[k, *f1(*c), c[2]] for k, c in sorted(counts.items())])]
    return Result("amounts", figures, out, tables, worst)


Gold = tuple[Span, str, float, str]


def _gold(row: dict[str, Any], path: Path) -> tuple[str, list[Gold], tuple[Amount, ...]]:
    """A row's text, its gold amounts (span, type, value, unit) and the amounts found."""
    if "values" in row and "tokens" in row:
        document, sentences, spans = meantime(row)
        gold = [(Span(spans[v["tokens"][0]].begin, spans[v["tokens"][-1]].end), str(v["type"]), 0.0, "") for v in row["values"] if v.get("tokens")]
    elif "text" in row and isinstance(row.get("amounts"), list):
        document, sentences = from_text(row)
        gold = [(Span(a["start"], a["end"]), "", float(a["value"]), str(a["unit"])) for a in row["amounts"]]
    else:
        raise InputError("neither MEANTIME (tokens, values) nor {text, amounts} rows", where=str(path))
    guess = amounts.find(document, sentences, times.find(document, sentences))
    if "values" in row:
        guess = tuple(a for a in guess if a.kind != "duration")
    return document.text, gold, guess


def _type(one: Amount, row: dict[str, Any]) -> str:
    """The MEANTIME type of an amount; '' in the other layout."""
    if "values" not in row:
        return " "
    return {"percent": "PERCENT", "money": "MONEY"}.get(one.kind, "QUANTITY")


def _same(value: float, unit: str, one: Amount) -> bool:
    """Whether value and unit are the gold ones; of a range, either end's value will do."""
    near = any(abs(value - v) <= 1e-6 * max(1.0, abs(value)) for v in (one.value, one.value_max))
    return near and one.unit.lower() == unit.lower()
