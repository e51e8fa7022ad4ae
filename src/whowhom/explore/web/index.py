"""The explorer's own index: events flat, one row per party and per pair, in a DuckDB file that can be thrown away.

Records are nested; a filter on an actor over a million nested rows is slow. `open_index` flattens what
filters and charts ask for and keeps it beside the store as ``explore.duckdb`` (in memory where the folder
cannot be written). It is made again when the store has changed.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.errors import OutputError, WhowhomError
from whowhom.model import content_id
from whowhom.store import layout
from whowhom.store.index import open_file

if TYPE_CHECKING:
    import duckdb

    from whowhom.store import Store

#: Version of the tables below.
VERSION = 3
#: Values of each kind that a form suggests.
SUGGESTED = 300
#: Seconds that one question may take.
PATIENCE_S = 20.0
#: Answers that are kept, and the most rows of one.
KEPT, KEPT_ROWS = 500, 400
#: Without a way to other files, and without a way back. Given when a file is opened: two explorers in one process share
#: what DuckDB holds of it, and what is locked cannot be set a second time.
LOCKED = {"enable_external_access": "false", "lock_configuration": "true"}

_EVENTS = """
SELECT (row_number() OVER (ORDER BY date DESC, id))::INTEGER AS n, id, document, event, mode, quad, status, date, date_end, date_precision,
  confidence, score_plover, score_goldstein, cameo, array_to_string(context, ' ') AS context, text, story, published, publisher, url, title,
  place.name AS place, place.country AS place_country, place.latitude AS latitude, place.longitude AS longitude,
  actor, recipient, said_by, planned.event AS planned, len(against) AS against
FROM events
"""
_FLAT = "SELECT * EXCLUDE (actor, recipient, said_by) FROM whole"
#: Who has no name goes by the words, without article and with a capital: "the miners" and "Miners" are one row.
_LABEL = "CASE WHEN {0}.name <> '' THEN {0}.name ELSE upper({1}[1]) || {1}[2:] END"
_BARE = "regexp_replace({0}.text, '^(the|a|an) +', '', 'i')"
_PARTY = f"""
SELECT n, side, {_LABEL.format("p", _BARE.format("p"))} AS label, p.country AS country, p.sector AS sector
FROM (SELECT n, 0 AS side, unnest(actor) AS p FROM whole UNION ALL SELECT n, 1, unnest(recipient) FROM whole)
"""
_SPEAKER = f"SELECT n, {_LABEL.format('s', _BARE.format('s'))} AS label FROM (SELECT n, unnest(said_by) AS s FROM whole)"
_DYAD = """
SELECT DISTINCT a.n, a.label AS a_label, coalesce(nullif(a.country, ''), a.label) AS a_key,
  b.label AS b_label, coalesce(nullif(b.country, ''), b.label) AS b_key
FROM party a JOIN party b ON a.n = b.n AND a.side = 0 AND b.side = 1
"""


class TooLong(WhowhomError):
    """A question that took longer than `PATIENCE_S`."""


class Index:
    """Questions to the flat tables; one connection, a cursor per question, never a value inside the SQL."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._stamp = self._built = ""
        self._answers: OrderedDict[tuple[Any, ...], list[tuple[Any, ...]]] = OrderedDict()

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query with ``?`` for each parameter. Raises TooLong.

        Short answers are kept until the store changes: people go back and forth between views, and a filter over a million
        events takes its time.
        """
        import duckdb

        question = (sql, *parameters)
        with self._lock:
            connection = self._open()
            answers = self._answers  # of this connection, also when the store changes before the answer is there
            if question in answers:
                answers.move_to_end(question)
                return list(answers[question])
            cursor = connection.cursor()
        timer = threading.Timer(PATIENCE_S, cursor.interrupt)
        timer.start()
        try:
            rows: list[tuple[Any, ...]] = cursor.execute(sql, list(parameters)).fetchall()
            if len(rows) <= KEPT_ROWS:
                with self._lock:
                    answers[question] = list(rows)
                    if len(answers) > KEPT:
                        answers.popitem(last=False)
            return rows
        except duckdb.InterruptException as error:
            raise TooLong("the question took too long", remedy="narrow it by a date, an actor or a type") from error
        finally:
            timer.cancel()
            cursor.close()

    def forget(self) -> None:
        """Keep no answer (for measuring)."""
        with self._lock:
            self._answers.clear()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own, read-only and without a way to other files."""
        with self._lock:  # or another thread closes the connection first, because the store has grown
            return self._open().cursor()

    def dicts(self, sql: str, parameters: Sequence[Any], names: Sequence[str]) -> list[dict[str, Any]]:
        """Rows with these names for their columns."""
        return [dict(zip(names, row, strict=True)) for row in self.ask(sql, parameters)]

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            stamp = self.store.stamp()
            if self._connection is None or stamp != self._stamp:
                content = _content(self.store)
                # A judgement changes the store, not what is indexed: a million events are not flattened again for it.
                if self._connection is None or content != self._built:
                    if self._connection is not None:
                        self._connection.close()
                    self._connection, self._built = open_index(self.store, content), content
                    self._answers = OrderedDict()
                self._stamp = stamp
            return self._connection


def _content(store: Store) -> str:
    """Changes whenever a file does that the index is made from."""
    files = sorted(p for table in ("events", "documents", "stories", "story_reports") for p in layout.parts(store.root, table))
    state = [f"{p.relative_to(store.root)} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files]
    return f"{VERSION} {content_id(*state)}"


def open_index(store: Store, stamp: str) -> duckdb.DuckDBPyConnection:
    """A read-only, locked-down connection to an index of this stamp, made where it is missing or old."""
    import duckdb

    path = store.root / "explore.duckdb"
    if path.exists():
        with contextlib.suppress(duckdb.Error, OSError):
            con, found = open_file(path, stamp, "stamp", **LOCKED)
            if found == stamp:
                return con
            con.close()
    if not os.access(store.root, os.W_OK):
        return _locked(_build(store, stamp, ":memory:"))
    waiting = store.root / f".explore-{os.getpid()}-{threading.get_ident()}.duckdb"
    try:
        _remove(waiting)
        _build(store, stamp, str(waiting)).close()
        waiting.replace(path)
        return open_file(path, stamp, "stamp", **LOCKED)[0]
    except (duckdb.Error, OSError) as error:
        raise OutputError(f"cannot make the explorer's index: {error}", where=str(path), remedy="free space, or check the folder") from error
    finally:
        _remove(waiting)


def _build(store: Store, stamp: str, path: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    # The store's index may be open read-only in this process: rows come over as Arrow batches, not by ATTACH.
    source = store.connection().cursor()
    whole = source.sql(_EVENTS).to_arrow_table()
    con = duckdb.connect(path)
    con.execute("SET preserve_insertion_order=true")
    con.register("whole", whole)
    con.execute(f"CREATE TABLE ev AS {_FLAT} ORDER BY n")
    con.execute(f"CREATE TABLE party AS {_PARTY}")
    con.execute(f"CREATE TABLE speaker AS {_SPEAKER}")
    con.execute(f"CREATE TABLE dyad AS {_DYAD} ORDER BY n")
    con.unregister("whole")
    con.execute("CREATE TABLE choices (kind VARCHAR, value VARCHAR, n BIGINT)")
    for kind, column, table in (
        ("publisher", "publisher", "ev"), ("place", "place", "ev"), ("said", "label", "speaker"), ("label", "label", "party"), ("country", "country", "party"),
    ):  # fmt: skip
        con.execute(
            f"INSERT INTO choices SELECT ?, {column}, count(DISTINCT n) FROM {table} WHERE {column} <> '' GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ?",
            [kind, SUGGESTED],
        )
    con.execute("CREATE INDEX ev_id ON ev (id)")
    con.execute("CREATE TABLE stamp AS SELECT ? AS stamp", [stamp])
    con.execute("CHECKPOINT")
    return con


def _locked(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for name, value in LOCKED.items():
        con.execute(f"SET {name}={value}")
    return con


def _remove(path: Path) -> None:
    for one in (path, path.with_name(path.name + ".wal")):
        with contextlib.suppress(OSError):
            one.unlink(missing_ok=True)
