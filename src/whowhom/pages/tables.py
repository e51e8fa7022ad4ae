"""Parquet tables with a column of texts -> pages, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from whowhom.model import Page, SetAside
from whowhom.pages.options import ReadOptions, Refusal, aside
from whowhom.pages.records import page

#: Rows that are in memory together.
_ROWS = 16


def read_parquet(stream: IO[bytes], source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages from a table with ``text`` or ``html``, named ``source:row`` from 1. Raises Refusal without either.

    A group of rows that is damaged is named, and the others are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(stream)
        has = set(table.schema_arrow.names)
        texts = {n for n in (options.text_column, "text", "html") if n} & has
        if not texts:
            raise Refusal(f"no column text or html among {', '.join(sorted(has))[:120]}", "name the column with text_column")
        wanted = sorted(texts | {"url", "date", "title", "publisher"} & has)
        groups = [table.metadata.row_group(g).num_rows for g in range(table.num_row_groups)]
    except pa.ArrowException as error:
        raise Refusal(f"damaged Parquet: {_first_line(error)}", "write the file again") from None
    for group in range(len(groups)):
        row = sum(groups[:group])
        try:
            for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=wanted):
                for record in batch.to_pylist():
                    row += 1
                    yield page(record, f"{source}:{row}", options)
        except (pa.ArrowException, OSError) as error:
            first, last = row + 1, sum(groups[: group + 1])
            yield aside(f"{source}:{first}", f"rows {first} to {last} of {sum(groups)} are damaged: {_first_line(error)}", "write the file again")


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
