"""`whowhom export`: a store in the columns of other data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_FORMATS = "gdelt1, gdelt2, gdelt2_mentions, icews, polecat, phoenix, cline_center_phoenix or plover."


def export(
    store: Annotated[Path, typer.Argument(metavar="DIR", help="A store made by: whowhom code -o DIR.")],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=_FORMATS)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="File to write.")],
    status: Annotated[str, typer.Option(metavar="STATUS,...", help="Statuses to write, commas between, or all.")] = "asserted",
    members: Annotated[bool, typer.Option("--members", help="Write an alliance as its members of that day.")] = False,
) -> None:
    """Write events in the exact columns of GDELT, ICEWS, POLECAT or Phoenix, or as PLOVER JSON lines.

    Compound actors become dyads. Only what happened is written unless asked.

    [bold]Example[/bold]

    whowhom export events --format polecat -o events.tsv
    """
    from whowhom.store import open_store
    from whowhom.store.export import export as run

    rows = run(open_store(store, create=False), format, output, status.split(","), members)
    typer.echo(f"{rows} rows written to {output}")
