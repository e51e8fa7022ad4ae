"""A store: open it, ask it, write to it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.config import Options
from whowhom.errors import InputError, OutputError
from whowhom.store import commit, index, layout, parts, provenance
from whowhom.store.lock import locked
from whowhom.store.writer import SHARD_DOCUMENTS, StoreWriter

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

#: Times that the store is asked again where a writer changed it meanwhile.
_PATIENCE = 5


class Store:
    """A data set that grows; made by `open_store`. `damaged` holds parts that cannot be read: they are left
    out of every answer, and the next writer sets them aside."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.damaged: list[parts.DamagedPart] = []
        self._bad: set[str] = set()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._stamp = ""
        self._lock = threading.RLock()

    def writer(
        self, options: Options | None = None, *, shard_documents: int = SHARD_DOCUMENTS, maker: layout.Maker | None = None
    ) -> StoreWriter:
        """A writer for pages coded with these options; use it in a with block. `maker` says who coded them when that
        was not this process."""
        return StoreWriter(self.root, maker or provenance.maker(options), shard_documents=shard_documents)

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
        """Ask in SQL (DuckDB's): tables documents, texts (documents with their text), events, dyads, mentions,
        notes, set_aside, corrections, makers, judgements, stories, story_reports. Raises duckdb.Error on bad SQL."""
        import duckdb

        for attempt in range(_PATIENCE):
            stamp = self.stamp()
            try:
                return index.fetch(self._cursor(), sql, parameters)
            except (duckdb.IOException, duckdb.InvalidInputException, duckdb.InternalException):
                # A writer that took files away while they were read is no damage: ask the store as it is now.
                if attempt == _PATIENCE - 1 or (self.stamp() == stamp and not self._find_damage()):
                    raise
        raise AssertionError("unreachable")

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:  # or another thread closes the connection first, because the store has grown
            return self.connection().cursor()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection to the index as the store is now. Take a `cursor()` of it per thread."""
        with self._lock:
            return self._connect()

    def tables(self) -> dict[str, duckdb.DuckDBPyRelation]:
        """Every table of `query` as a DuckDB relation: ``.fetchall()``, ``.df()``, ``.pl()``, ``.to_arrow_table()``.
        Keep the store while you use them: its connection closes with it."""
        con = self.connection()  # not a cursor of it: under DuckDB 1 a relation does not keep its connection open
        return {name: con.table(name) if name not in self._views() else con.view(name) for name in (*layout.TABLES, "texts", "dyads")}

    def rows(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table straight from its parts, in the columns of today."""
        import pyarrow as pa

        found = []
        for path in self._files()[table]:
            try:
                found.append(parts.conform(parts.read(path), table))
            except parts.DamagedPart as error:
                self._note(error)
        whole = pa.concat_tables(found) if found else layout.arrow_schema(table).empty_table()
        return whole.select(list(columns)) if columns else whole

    def check(self) -> list[parts.DamagedPart]:
        """Read every part and name those that are damaged."""
        self._find_damage()
        return self.damaged

    def stamp(self) -> str:
        """Changes whenever the store does; that a shard's files are still being moved into place counts as a change, so
        that what was read meanwhile is not taken for the whole."""
        last = (commit.marks(self.root) or [0])[-1]
        state = json.dumps([index.INDEX, str(self.root.resolve()), last, commit.unfinished(self.root, last), sorted(self._bad)])
        return hashlib.blake2b(state.encode(), digest_size=8).hexdigest()

    def close(self) -> None:
        """Give the index back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        stamp = self.stamp()
        if self._connection is not None and stamp == self._stamp:
            return self._connection
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        for attempt in range(_PATIENCE):
            stamp = self.stamp()
            try:
                self._connection = index.open_index(self.root, self._files(), stamp)
                break
            except (duckdb.Error, OSError) as error:
                if attempt == _PATIENCE - 1 or (self.stamp() == stamp and not self._find_damage()):
                    raise OutputError(f"cannot make the index: {error}", where=str(self.root), remedy="free space, or check the folder") from error
        self._stamp = stamp
        assert self._connection is not None
        return self._connection

    def _views(self) -> set[str]:
        return {"texts", *layout.TABLES} - {"documents", "events", "stories", "story_reports", "judgements"}

    def _files(self) -> dict[str, list[Path]]:
        return {t: [p for p in layout.parts(self.root, t) if str(p) not in self._bad] for t in layout.TABLES}

    def _find_damage(self) -> bool:
        new = [e for e in parts.damaged(self.root) if e.where not in self._bad]
        for error in new:
            self._note(error)
        return bool(new)

    def _note(self, error: parts.DamagedPart) -> None:
        if error.where not in self._bad:
            self._bad.add(error.where)
            self.damaged.append(error)


def open_store(path: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The store in a folder, made where there is none and `create` holds.

    Raises InputError for a folder that is no store or of a later layout, OutputError where none can be made.
    """
    root = Path(path)
    note = root / "store.json"
    try:
        about = json.loads(note.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        if not create:
            raise InputError("no store here", where=str(root), remedy="make one with: whowhom code INPUT -o DIR") from None
        about = _make(root)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read: {error}", where=str(note), remedy='write {"whowhom store": 1} into it if the rest is sound') from error
    found = about.get("whowhom store") if isinstance(about, dict) else None
    if not isinstance(found, int) or found > layout.LAYOUT:
        raise InputError(f"a store of layout {found!r}; this whowhom reads up to {layout.LAYOUT}", where=str(root), remedy="update whowhom")
    staging = root / "staging"
    if staging.is_dir() and any(staging.iterdir()):
        # A writer was killed, or is at work and holds the lock: then it is none of our business.
        with contextlib.suppress(OutputError, OSError), locked(root / "lock", patience_s=0.0):
            commit.recover(root)
    return Store(root)


def _make(root: Path) -> dict[str, int]:
    about = {"whowhom store": layout.LAYOUT}
    try:
        root.mkdir(parents=True, exist_ok=True)
        strangers = [p.name for p in root.iterdir() if not p.name.startswith(".") and p.name not in ("lock", "log", "staging", "index.duckdb")]
        if any(p.endswith(".parquet") for p in strangers):
            raise OutputError("the folder holds Parquet files that are no store", where=str(root), remedy="choose another folder with -o")
        commit.write_whole(root / "store.json", json.dumps(about).encode())
    except OSError as error:
        raise OutputError(f"cannot make a store: {error.strerror or error}", where=str(root), remedy="choose a folder that can be written") from error
    return about
