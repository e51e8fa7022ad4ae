"""Reading parts: whole, checked, and in today's columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whowhom.errors import WhowhomError
from whowhom.store import layout

if TYPE_CHECKING:
    import pyarrow as pa


class DamagedPart(WhowhomError):
    """A part that is no whole Parquet file."""


def read(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A part's rows, with page checksums verified. Raises DamagedPart naming the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(str(path), page_checksum_verification=True) as file:
            return file.read(columns=list(columns) if columns else None)
    except (OSError, pa.ArrowException) as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        raise DamagedPart(
            f"damaged: {str(error).splitlines()[0][:200]}", where=str(path), remedy="run the same `whowhom code` again: its pages are coded anew"
        ) from error


def conform(table: pa.Table, name: str) -> pa.Table:
    """A table read from an older part in the columns of today: new ones null, gone ones dropped."""
    import pyarrow as pa

    wanted = layout.arrow_schema(name)
    if table.schema.equals(wanted, check_metadata=False):
        return table.replace_schema_metadata(None)
    if all(f.name in table.schema.names and table.schema.field(f.name).type == f.type for f in wanted):
        return table.select(wanted.names).replace_schema_metadata(None)
    return pa.Table.from_pylist(table.to_pylist(), schema=wanted)


def damaged(root: Path, tables: Sequence[str] = layout.TABLES) -> list[DamagedPart]:
    """Every part that cannot be read, by reading all of them."""
    found = []
    for table in tables:
        for path in layout.parts(root, table):
            try:
                read(path)
            except DamagedPart as error:
                found.append(error)
    return found
