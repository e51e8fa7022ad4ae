"""`whowhom recode`: bring rows made by older versions up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whowhom.cli.own import Actors, own


def recode(
    store: Annotated[Path, typer.Argument(metavar="DIR", help="A store made by: whowhom code -o DIR.")],
    model: Annotated[str, typer.Option(metavar="NAME", help="Language model: fast, or another that is installed.")] = "fast",
    threshold: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Keep events of at least this probability.")] = None,
    actors: Actors = None,
    threads: Annotated[int, typer.Option(min=0, help="Processor cores to use; 0 takes all.")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many documents would be coded again.")] = False,
) -> None:
    """Code documents again, from the store itself, whose rows another version or other settings made.

    Corrections that people made in the explorer are honoured. Stopped at any time, the same command goes on with what
    is left.

    [bold]Example[/bold]

    whowhom recode events --dry-run
    """
    from functools import partial

    from whowhom.config import Options
    from whowhom.explore import judgements
    from whowhom.flow import code_documents
    from whowhom.store import open_store
    from whowhom.store.recode import recode as run
    from whowhom.store.recode import stale

    options = Options(model=model, threads=threads, threshold=-1.0 if threshold is None else threshold, dictionaries=own(actors))
    opened = open_store(store, create=False)
    count = stale(opened, options)
    typer.echo(f"{count} documents were coded by another version or with other settings")
    if dry_run or not count:
        return
    said = partial(judgements.honour, corrections=judgements.by_event(judgements.read(store)))
    done = events = 0
    for coded in run(opened, options, lambda documents, settings: [said(c) for c in code_documents(documents, settings)]):
        done, events = done + 1, events + len(coded.events)
    typer.echo(f"{done} documents coded again, {events} events")
    if opened.rows("stories", ["id"]).num_rows:
        typer.echo(f"their events have yet to be joined: whowhom stories {store}")
