"""DuckDB over the Parquet files: an index that can be deleted and is made again when the store has grown."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.store import layout
from whowhom.store.commit import replace

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

#: Version of what stands in the index.
INDEX = 2
#: Times that the index is looked for, and made, before it is held in memory.
_ATTEMPTS = 3
#: Document columns that are heavy and rarely asked for: they stay in the Parquet files (view `texts`).
_HEAVY = ("text", "cut", "pieces", "amounts")
#: Every actor with every recipient; actors who act together without a recipient (a meeting) on both sides in turn, as
#: `whowhom.store.formats.dyads.expand` does it. `head` marks the event that stands for its story.
_DYADS = """
CREATE TABLE dyads AS
WITH a AS (SELECT id, unnest(actor) AS p, generate_subscripts(actor, 1) AS n FROM events),
     r AS (SELECT id, unnest(recipient) AS p, 0 AS n FROM events
           UNION ALL SELECT a.id, a.p, a.n FROM a JOIN events e ON e.id = a.id WHERE len(e.recipient) = 0 AND len(e.actor) > 1)
SELECT e.id AS event_id, e.document, e.story, e.story = '' OR s.event_id IS NOT NULL AS head, e.event, e.mode, e.quad, e.status, e.date,
       e.date_precision, e.published, e.score_plover, e.score_goldstein,
       a.p.country AS actor_country, a.p.sector AS actor_sector, coalesce(nullif(a.p.name, ''), a.p.text) AS actor_name,
       r.p.country AS recipient_country, r.p.sector AS recipient_sector, coalesce(nullif(r.p.name, ''), r.p.text) AS recipient_name
FROM events e LEFT JOIN a ON a.id = e.id LEFT JOIN r ON r.id = e.id AND r.n <> a.n LEFT JOIN stories s ON s.event_id = e.id
"""


def build(root: Path, files: dict[str, list[Path]], stamp: str, path: str) -> duckdb.DuckDBPyConnection:
    """Make the index at `path` (or ``:memory:``); the open connection."""
    con = _connect(path)
    con.execute("SET preserve_insertion_order=false")
    for table in layout.TABLES:
        if table in ("documents", "events"):
            continue
        keep = "TABLE" if table in ("stories", "story_reports", "judgements") else "VIEW"
        con.execute(f"CREATE {keep} {table} AS {_select(con, table, files[table])}")
    con.execute(f"CREATE VIEW texts AS {_select(con, 'documents', files['documents'])}")
    con.execute(f"CREATE TABLE documents AS SELECT * EXCLUDE ({', '.join(_HEAVY)}) FROM texts")
    con.execute(
        "CREATE TABLE events AS SELECT e.* EXCLUDE (story), coalesce(s.story, '') AS story, d.date AS published, d.publisher, d.url, d.title "
        f"FROM ({_select(con, 'events', files['events'])}) e LEFT JOIN documents d ON d.id = e.document LEFT JOIN story_reports s ON s.event = e.id"
    )
    con.execute(_DYADS)
    con.execute("CREATE TABLE index_stamp AS SELECT ? AS stamp", [stamp])
    return con


def open_index(root: Path, files: dict[str, list[Path]], stamp: str) -> duckdb.DuckDBPyConnection:
    """A connection to an index of this stamp, made anew where it is missing, old, or of a DuckDB that this one
    cannot read. Where the folder is read-only, or others replace the index all the time, it is held in memory."""
    import duckdb

    path = root / "index.duckdb"
    for attempt in range(_ATTEMPTS):
        if path.exists():
            with contextlib.suppress(duckdb.Error, OSError):
                con, found = open_file(path, stamp, "index_stamp")
                if found == stamp:
                    con.execute("SET enable_progress_bar=false")
                    return con
                con.close()
        if attempt == _ATTEMPTS - 1 or not os.access(root, os.W_OK):
            break
        # Of this thread alone: two that build at once must not write into one file.
        temporary = root / f".index-{os.getpid()}-{threading.get_ident()}.duckdb"
        try:
            temporary.unlink(missing_ok=True)
            build(root, files, stamp, str(temporary)).close()
            replace(temporary, path)
        finally:
            for rest in (temporary, temporary.with_suffix(".duckdb.wal")):
                with contextlib.suppress(OSError):
                    rest.unlink(missing_ok=True)
    # Others keep putting indexes of other states of the store in its place: this one is not taken for theirs.
    return build(root, files, stamp, ":memory:")


def open_file(path: Path, stamp: str, table: str, **config: str) -> tuple[duckdb.DuckDBPyConnection, str]:
    """A read-only connection to the file that bears this name now, and the stamp that stands in its `table`.

    While anybody in this process still has the file open that bore the name before, DuckDB gives out that one. Where the
    stamp is not the wanted one, the file is therefore opened once more under a name that nothing had before.
    """
    import duckdb

    con = duckdb.connect(str(path), read_only=True, config=dict(config))
    found = _stamp(con, table)
    if found == stamp:
        return con, found
    con.close()
    own = path.with_name(f".{path.stem}-{stamp.replace(' ', '-')}-{os.getpid()}-{threading.get_ident()}.duckdb")
    own.unlink(missing_ok=True)
    try:
        try:
            os.link(path, own)
        except OSError:  # a file system without hard links
            shutil.copyfile(path, own)
        con = duckdb.connect(str(own), read_only=True, config=dict(config))
    finally:
        with contextlib.suppress(OSError):  # Windows keeps a name while the file is open
            own.unlink(missing_ok=True)
    return con, _stamp(con, table)


def _stamp(con: duckdb.DuckDBPyConnection, table: str) -> str:
    found = con.execute(f"SELECT stamp FROM {table}").fetchone()
    return str(found[0]) if found else ""


def fetch(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
    """The rows of a query as an Arrow table, under DuckDB 1 and 2."""
    import pyarrow as pa

    done = con.sql(sql, params=parameters or None)
    return pa.table({}) if done is None else done.to_arrow_table()  # None: a statement without rows


def _connect(path: str, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that writes nothing to the terminal: DuckDB's progress bar would stand in the output."""
    import duckdb

    con = duckdb.connect(path, read_only=read_only)
    con.execute("SET enable_progress_bar=false")
    return con


def _select(con: duckdb.DuckDBPyConnection, table: str, files: list[Path]) -> str:
    """A SELECT over the parts of a table, with its columns also where there is no part."""
    if not files:
        con.register("_empty", layout.arrow_schema(table).empty_table())
        con.execute(f"CREATE TABLE IF NOT EXISTS _no_{table} AS SELECT * FROM _empty")
        con.unregister("_empty")
        return f"SELECT *, NULL::DATE AS day FROM _no_{table}" if table in layout.DAILY else f"SELECT * FROM _no_{table}"
    names = ", ".join("'" + str(f).replace("'", "''") + "'" for f in files)
    if table not in layout.DAILY:
        return f"SELECT * FROM read_parquet([{names}], union_by_name=true, hive_partitioning=false)"
    # DuckDB 1.1 cannot read Hive's null as a date; as text it can.
    source = f"read_parquet([{names}], union_by_name=true, hive_partitioning=true, hive_types={{'day': VARCHAR}})"
    return f"SELECT * REPLACE (try_cast(day AS DATE) AS day) FROM {source}"
