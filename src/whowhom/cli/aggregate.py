"""`whowhom aggregate`: tables for statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def aggregate(
    store: Annotated[Path, typer.Argument(metavar="DIR", help="A store made by: whowhom code -o DIR.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the tables.")],
    status: Annotated[str, typer.Option(metavar="STATUS,...", help="Statuses that count, commas between, or all.")] = "asserted",
    format: Annotated[str, typer.Option(metavar="FORMAT", help="csv or parquet.")] = "csv",
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM", help="First month; by default that of the data.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="YYYY-MM", help="Last month; by default that of the data.")] = "",
    active: Annotated[bool, typer.Option("--active", help="Leave out pairs of states between which nothing was reported.")] = False,
) -> None:
    """Count events by country and month, by directed dyad and month, and an index of each pair of states.

    Only what happened counts unless asked. Rows are filled with zeros over the states that existed in each month.

    [bold]Example[/bold]

    whowhom aggregate events -o counts --from 2021-01 --to 2021-12
    """
    from whowhom.store import open_store
    from whowhom.store.aggregate import aggregate as run

    done = run(open_store(store, create=False), output, status.split(","), format, first, last, active)
    for table, rows in done.rows.items():
        typer.echo(f"{output / table}.{format}: {rows} rows, {done.first} to {done.last}")
    if done.undated:
        typer.echo(f"{done.undated} events have no month and are not counted", err=True)
