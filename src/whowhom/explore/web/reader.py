"""Whole records out of the store: a document with its events and notes, a story with its reports."""

from __future__ import annotations

from typing import Any

from whowhom import model, schema
from whowhom.explore.hypertext import tidy
from whowhom.explore.web.index import Index
from whowhom.store import Store, layout, parts


def coded(store: Store, document: str) -> model.Coded | None:
    """Everything that was taken from a document, or None where there is none of this id."""
    days = store.query("SELECT day FROM documents WHERE id = ?", [document]).column("day").to_pylist()
    if not days:
        return None
    folder = layout.day_folder(str(days[0] or ""))
    found = _rows(store, "documents", folder, "id", document)
    if not found:
        return None
    mentions, notes = (_rows(store, table, folder, "document", document) for table in ("mentions", "notes"))
    # The day is that of the document; with it DuckDB passes over most of the table.
    events = store.query("SELECT * FROM events WHERE document = ? AND day IS NOT DISTINCT FROM ?", [document, days[0]]).to_pylist()
    return model.Coded(
        schema.record(model.Document, found[0]),
        tuple(schema.record(model.Mention, m) for m in mentions),
        tuple(sorted((schema.record(model.Event, e) for e in events), key=lambda e: (e.span, e.trigger))),
        tuple(schema.record(model.Note, n) for n in notes),
    )


def _rows(store: Store, table: str, folder: str, column: str, value: str) -> list[dict[str, Any]]:
    """Rows of one day's parts where a column has this value. Straight from the Parquet files: asked through a view over a
    year of them, DuckDB opens each file to learn that it is not needed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = []
    for path in sorted((store.root / table / folder).glob("part-*.parquet")):
        try:
            found += pq.read_table(str(path), filters=[(column, "=", value)], partitioning=None).to_pylist()
        except (pa.ArrowException, OSError):
            parts.read(path)  # says which part is damaged, and what to do
            raise
    return found


def story(store: Store, index: Index, id: str) -> dict[str, Any] | None:
    """A story with its reports (rows of the index, each with `copy_of` and `probability`), None where there is none."""
    found = store.query("SELECT * FROM stories WHERE id = ?", [id]).to_pylist()
    if not found:
        return None
    reports = store.query("SELECT * FROM story_reports WHERE story = ? ORDER BY date, publisher LIMIT 500", [id]).to_pylist()
    return {**tidy(_plain(found[0])), "report_rows": [tidy(_plain(r)) for r in reports]}


def against(store: Store, events: list[str]) -> list[str]:
    """Ids of the events that the same texts hold against these."""
    marks = ", ".join("?" * len(events))
    found = store.query(f"SELECT DISTINCT unnest(against) AS id FROM events WHERE id IN ({marks})", events) if events else None
    return sorted(found.column("id").to_pylist()) if found is not None else []


_COLUMNS = "id, event_id, event, mode, quad, status, actors, recipients, date, place, reports, publishers, first_date, last_date, probability"


def stories(store: Store, most: int, first: int, least: int = 1) -> list[dict[str, Any]]:
    """Stories of at least so many reports, by number of reports."""
    sql = f"SELECT {_COLUMNS} FROM stories WHERE reports >= ? ORDER BY reports DESC, date DESC, id LIMIT ? OFFSET ?"
    return [tidy(_plain(r)) for r in store.query(sql, [least, most, first]).to_pylist()]


def stories_of(store: Store, ids: list[str]) -> list[dict[str, Any]]:
    """These stories, in this order."""
    marks = ", ".join("?" * len(ids))
    found = store.query(f"SELECT {_COLUMNS} FROM stories WHERE id IN ({marks})", ids).to_pylist() if ids else []
    return sorted((tidy(_plain(r)) for r in found), key=lambda r: ids.index(r["id"]))


def count_stories(store: Store) -> tuple[int, int]:
    """How many stories there are, and how many of several reports."""
    total, several = store.query("SELECT count(*) AS n, count(*) FILTER (reports > 1) AS m FROM stories").to_pylist()[0].values()
    return total, several


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "day"}


__all__ = ["against", "coded", "count_stories", "stories", "stories_of", "story"]
