"""Joining over a store: copies of texts, events to stories, people's judgements. Adds rows, edits none.

The tables stories and story_reports are what the judgements and the model make of the events as they are; they are
written whole, in one commit. Judgements are only ever added: to undo one, add another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from whowhom import schema
from whowhom.errors import InputError, OutputError
from whowhom.model import Event, content_id
from whowhom.schema import row
from whowhom.store import commit, layout, parts
from whowhom.store.change import Change
from whowhom.store.lock import locked
from whowhom.store.store import Store
from whowhom.stories.copies import Text, find_copies
from whowhom.stories.join import join
from whowhom.stories.likeness import LEAD, Report, report
from whowhom.stories.records import Judgement

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 2_000


def join_store(store: Store) -> dict[str, int]:
    """Join all events of a store to stories; counts of documents that copy another, of stories, and of stories with
    several reports. The same store gives the same rows; nothing is written when nothing changed."""
    copies = {c.document: c.source for c in find_copies(_texts(store))}
    known = store.rows("judgements").to_pylist()
    stories, reports, judgements = [], [], []
    for joined in join(lambda: _reports(store, copies), _verdicts(known)):
        stories += [row(s) for s in joined.stories]
        reports += [row(r) for r in joined.reports]
        judgements += list(joined.judgements)
    counts = {"copies": len(copies), "stories": len(stories), "of several reports": sum(s["reports"] > 1 for s in stories)}
    tables = {
        "stories": _table("stories", sorted(stories, key=lambda s: str(s["id"]))),
        "story_reports": _table("story_reports", sorted(reports, key=lambda r: str(r["event"]))),
    }
    changed = {t: rows for t, rows in tables.items() if not store.rows(t).equals(rows)}
    _write(store, changed, _news(known, judgements))
    return counts


def judge(store: Store, left: str, right: str, verdict: str, by: str) -> Judgement:
    """Write down a person's word on two events: same or different. It holds from the next joining on.

    Raises InputError for another verdict or events that the store lacks.
    """
    if verdict not in ("same", "different"):
        raise InputError(f"no verdict {verdict!r}", remedy="say same or different")
    left, right = sorted((left, right))
    there = store.query("SELECT count(*) AS n FROM events WHERE id IN (?, ?)", [left, right]).to_pylist()[0]["n"]
    if there != 2:
        raise InputError(f"no two events {left} and {right}", where=str(store.root), remedy="give ids from the events table")
    given = Judgement("", left, right, verdict, 1.0, ("a person said so",), f"person:{by}")
    known = store.rows("judgements").to_pylist()
    (judgement,) = _news(known, [given]) or [replace(given, id="known")]
    if judgement.id != "known":
        _write(store, {}, [judgement])
    return judgement


def forget_stories(store: Store) -> None:
    """Undo joining: the tables of stories go, events and judgements stay."""
    _write(store, {t: layout.arrow_schema(t).empty_table() for t in ("stories", "story_reports")}, [])


def _verdicts(known: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """People's last word on each pair."""
    people = sorted((j for j in known if str(j["by"]).startswith("person:")), key=lambda j: (int(j["number"]), str(j["by"])))
    return {(str(j["left"]), str(j["right"])): str(j["verdict"]) for j in people}


def _news(known: list[dict[str, Any]], judgements: list[Judgement]) -> list[Judgement]:
    """Judgements that say something new; numbers go on from the last on the pair."""
    last: dict[tuple[object, object, object], tuple[int, object]] = {}
    highest: dict[tuple[object, object], int] = {}
    for old in sorted(known, key=lambda j: int(j["number"])):
        last[old["left"], old["right"], old["by"]] = (old["number"], old["verdict"])
        highest[old["left"], old["right"]] = old["number"]
    new = []
    for j in judgements:
        before = last.get((j.left, j.right, j.by))
        newest = highest.get((j.left, j.right), -1)
        # A person's word counts again when another person spoke since; the model's only when it changed its mind.
        if before is None or before[1] != j.verdict or (j.by.startswith("person:") and before[0] != newest):
            number = newest + 1
            new.append(replace(j, number=number, id=content_id(j.left, j.right, j.verdict, j.by, number)))
    return new


def _texts(store: Store) -> Iterator[Text]:
    for path in layout.parts(store.root, "documents"):
        try:
            table = parts.read(path, ["id", "text", "publisher", "date"])
        except parts.DamagedPart:
            continue  # named by the store, which leaves its documents out everywhere
        for one in table.to_pylist():
            yield Text(one["id"], one["text"], one["publisher"], one["date"])


def _reports(store: Store, copies: dict[str, str]) -> Iterator[Report]:
    """All events in the order of their anchors."""
    con = store.connection().cursor()
    # As `Report.anchor` does it.
    order = (
        "CASE WHEN length(e.date) >= 10 AND e.date_precision IN ('day', '') THEN e.date[1:10] "
        "WHEN length(published) >= 10 THEN published[1:10] ELSE '' END"
    )
    reader = con.execute(
        f"SELECT e.*, coalesce(t.lead, '') AS lead FROM events e LEFT JOIN (SELECT id, left(text, {LEAD}) AS lead FROM texts) t "
        f"ON t.id = e.document ORDER BY {order}, e.id"
    )
    names = [d[0] for d in con.description or ()]
    while batch := reader.fetchmany(_BATCH):
        for values in batch:
            one = dict(zip(names, values, strict=True))
            document = str(one["document"])
            published, publisher = str(one["published"] or ""), str(one["publisher"] or "")
            yield report(schema.record(Event, one), published, publisher, copies.get(document, document), str(one["lead"]))


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=layout.arrow_schema(name))


def _write(store: Store, whole: dict[str, pa.Table], judgements: list[Judgement]) -> None:
    change = Change(store.root)
    try:
        with locked(store.root / "lock"):
            number = commit.recover(store.root)
            for table, rows in whole.items():
                change.replace_all(table, rows)
            change.add("judgements", "", _table("judgements", [row(j) for j in judgements]))
            if change.contents:
                change.carry_out(commit.Commit(store.root, number + 1))
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror or error}", where=str(store.root), remedy="free space or rights, then try again") from error
