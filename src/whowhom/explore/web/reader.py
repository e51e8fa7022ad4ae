"""Whole records out of the store: a document with its events and notes, a story with its reports."""

from __future__ import annotations

from typing import Any

from whowhom import model, schema
from whowhom.explore.hypertext import tidy
from whowhom.explore.web.index import Index
from whowhom.store import Store


def coded(store: Store, document: str) -> model.Coded | None:
    """Everything that was taken from a document, or None where there is none of this id."""
    days = store.query("SELECT day FROM documents WHERE id = ?", [document]).to_pylist()
    if not days:
        return None
    day = days[0]["day"]
    # The day is a folder: only its files are read.
    where, values = ("day = ? AND ", [day]) if day is not None else ("day IS NULL AND ", [])
    found = store.query(f"SELECT * FROM texts WHERE {where}id = ?", [*values, document]).to_pylist()
    if not found:
        return None
    mentions = store.query(f"SELECT * FROM mentions WHERE {where}document = ?", [*values, document]).to_pylist()
    notes = store.query(f"SELECT * FROM notes WHERE {where}document = ?", [*values, document]).to_pylist()
    events = store.query("SELECT * FROM events WHERE document = ?", [document]).to_pylist()
    return model.Coded(
        schema.record(model.Document, found[0]),
        tuple(schema.record(model.Mention, m) for m in mentions),
        tuple(sorted((schema.record(model.Event, e) for e in events), key=lambda e: (e.span, e.trigger))),
        tuple(schema.record(model.Note, n) for n in notes),
    )


def story(store: Store, index: Index, id: str) -> dict[str, Any] | None:
    """A story with its reports (rows of the index, each with `copy_of` and `probability`), None where there is none."""
    found = store.query("SELECT * FROM stories WHERE id = ?", [id]).to_pylist()
    if not found:
        return None
    reports = store.query("SELECT * FROM story_reports WHERE story = ? ORDER BY date, publisher LIMIT 500", [id]).to_pylist()
    return {**tidy(_plain(found[0])), "report_rows": [tidy(_plain(r)) for r in reports]}


def stories(store: Store, most: int, first: int) -> list[dict[str, Any]]:
    """Stories by number of reports."""
    sql = (
        "SELECT id, event, mode, quad, status, actors, recipients, date, place, reports, publishers, first_date, probability FROM stories "
        "ORDER BY reports DESC, date DESC, id LIMIT ? OFFSET ?"
    )
    return [tidy(_plain(r)) for r in store.query(sql, [most, first]).to_pylist()]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "day"}


__all__ = ["coded", "stories", "story"]
