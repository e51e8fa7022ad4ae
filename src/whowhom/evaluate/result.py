"""What an evaluation gives: figures, tables, predictions for every row, the worst mistakes."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """The outcome of one task on one file.

    `figures` are named numbers (shares and F1 between 0 and 1 unless the name says otherwise); `rows` one
    prediction per input row, JSON-able; `tables` are (title, header, rows); `worst` are lines for people.
    """

    task: str
    figures: dict[str, float]
    rows: list[dict[str, object]] = field(default_factory=list)
    tables: list[tuple[str, list[str], list[list[object]]]] = field(default_factory=list)
    worst: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The result as plain text."""
        lines = [f"{self.task}", *(f"  {name:<28} {value:.4f}" for name, value in self.figures.items())]
        for title, header, rows in self.tables:
            cells = [header, *[[_cell(c) for c in row] for row in rows]]
            widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
            lines += ["", title]
            lines += ["  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
        if self.worst:
            lines += ["", "worst mistakes", *(f"  {line}" for line in self.worst)]
        return "\n".join(lines)

    def html(self) -> str:
        """The result as one self-contained page."""
        parts = [f"<h1>{html.escape(self.task)}</h1>", _table("figures", ["figure", "value"], [[k, v] for k, v in self.figures.items()])]
        parts += [_table(*table) for table in self.tables]
        if self.worst:
            parts.append("<h2>worst mistakes</h2><ol>" + "".join(f"<li>{html.escape(w)}</li>" for w in self.worst) + "</ol>")
        style = (
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
            "table{border-collapse:collapse}td,th{padding:.2rem .7rem;text-align:left;border-bottom:1px solid #8884}"
        )
        return (
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            f"<title>{html.escape(self.task)}</title><style>{style}</style>{''.join(parts)}</html>"
        )

    def write_predictions(self, path: Path) -> None:
        """Write `rows` as JSON lines."""
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in self.rows), encoding="utf8")


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _table(title: str, header: list[str], rows: list[list[object]]) -> str:
    head = "".join(f"<th>{html.escape(h)}</th>" for h in header)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(_cell(c))}</td>" for c in row) + "</tr>" for row in rows)
    return f"<h2>{html.escape(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
