"""What a shard changes in the parts of a store, worked out before anything is written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from whowhom.store import layout, parts
from whowhom.store.commit import Commit
from whowhom.store.known import number

if TYPE_CHECKING:
    import pyarrow as pa

#: A part grows by being written anew until it has this many bytes; then the next one begins. Small enough
#: to rewrite quickly, large enough that a day of news is a handful of files.
PART_BYTES = 4_000_000


class Change:
    """New contents of parts. Parts keep their names while they grow, so a reader sees a part old or new, never both."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contents: dict[str, pa.Table] = {}

    def add(self, table: str, folder: str, rows: pa.Table) -> None:
        """Add rows to a table's folder (``day=...``, or '' where a table has no days)."""
        import pyarrow as pa

        if not rows.num_rows:
            return
        place = self.root / table / folder
        existing = sorted(place.glob("part-*.parquet")) if place.is_dir() else []
        for path in existing:
            target = self._name(path)
            if target in self.contents or path.stat().st_size < PART_BYTES:
                before = self._content(path, table)
                self.contents[target] = pa.concat_tables([before, rows])
                return
        prefix = f"{table}/{folder}/" if folder else f"{table}/"
        for target in self.contents:
            if target.startswith(prefix + "part-"):
                self.contents[target] = pa.concat_tables([self.contents[target], rows])
                return
        self.contents[f"{prefix}part-{uuid.uuid4().hex[:16]}.parquet"] = rows

    def remove(self, table: str, folder: str, documents: Collection[int]) -> pa.Table:
        """Take out the rows of documents (given as hashes of their ids); the rows that went."""
        import pyarrow as pa

        column = "id" if table == "documents" else "document"
        return self.take_out(table, folder, lambda t: pa.array([number(i) in documents for i in t.column(column).to_pylist()], pa.bool_()))

    def take_out(self, table: str, folder: str, which: Callable[[pa.Table], pa.Array]) -> pa.Table:
        """Take out the rows for which `which` gives true; the rows that went."""
        import pyarrow as pa
        import pyarrow.compute as pc

        gone = [layout.arrow_schema(table).empty_table()]
        for path in sorted((self.root / table / folder).glob("part-*.parquet")):
            target = self._name(path)
            rows = self.contents[target] if target in self.contents else self._content(path, table)
            mask = which(rows)
            if pc.any(mask).as_py():
                gone.append(rows.filter(mask))
                self.contents[target] = rows.filter(pc.invert(mask))
        return pa.concat_tables(gone)

    def replace_all(self, table: str, rows: pa.Table) -> None:
        """Make `rows` the whole of a table without days."""
        for path in layout.parts(self.root, table):
            self.contents[self._name(path)] = layout.arrow_schema(table).empty_table()
        first = next((t for t in self.contents if t.startswith(table + "/")), f"{table}/part-{uuid.uuid4().hex[:16]}.parquet")
        self.contents[first] = rows

    def carry_out(self, commit: Commit) -> None:
        """Write the new contents by way of a commit, in the order in which they become visible."""
        try:
            self._stage(commit)
            commit.finish()
        except BaseException:
            commit.abandon()
            raise

    def _stage(self, commit: Commit) -> None:
        order = {t: i for i, t in enumerate((*layout.OTHER, "superseded", *layout.DAILY))}
        for target, rows in sorted(self.contents.items(), key=lambda x: (order.get(x[0].partition("/")[0], 0), x[0])):
            if rows.num_rows:
                commit.put(rows, target)
            else:
                commit.drops.append(target)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _content(self, path: Path, table: str) -> pa.Table:
        name = self._name(path)
        if name in self.contents:
            return self.contents[name]
        return parts.conform(parts.read(path), table.removeprefix("superseded/"))
