"""`whowhom report`: a store, or part of it, as one page to mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from whowhom.model import Coded
    from whowhom.store import Store

#: Documents in a report, where nobody says how many: more is no page to mail.
MOST = 1000


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A store, made by: whowhom code INPUT -o DIR")],
    output: Annotated[Path, typer.Argument(metavar="FILE.html", help="The page to write.")],
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Pages published on this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Pages published on this day or before.")] = "",
    most: Annotated[int, typer.Option(min=1, help="Documents at most, the newest first.")] = MOST,
    title: Annotated[str, typer.Option(help="Heading of the page.")] = "",
) -> None:
    """One self-contained page from a store: texts with their events, timeline, map and network.

    [bold]Example[/bold]

    whowhom report events december.html --since 2021-12-01 --until 2021-12-31
    """
    from whowhom.explore.report import write
    from whowhom.store import open_store

    store = open_store(folder, create=False)
    documents, events, _ = write(output, _coded(store, since, until, most), title)
    typer.echo(f"{documents} documents, {events} events; written to {output}")


def _coded(store: Store, since: str, until: str, most: int) -> Iterator[Coded]:
    from whowhom.explore.web.reader import coded

    sql = "SELECT id FROM documents WHERE (? = '' OR date >= ?) AND (? = '' OR date <= ?) ORDER BY date DESC, id LIMIT ?"
    for id in store.query(sql, [since, since, until, until, most]).column("id").to_pylist():
        one = coded(store, id)
        if one is not None:
            yield one
