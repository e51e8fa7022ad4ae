"""`whowhom stories`: join reports of one happening."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def stories(
    store: Annotated[Path, typer.Argument(metavar="DIR", help="A store made by: whowhom code -o DIR.")],
    undo: Annotated[bool, typer.Option("--undo", help="Take the joining back: events and judgements stay.")] = False,
    same: Annotated[str, typer.Option(metavar="ID,ID", help="Say that two events are one happening.")] = "",
    different: Annotated[str, typer.Option(metavar="ID,ID", help="Say that two events are not one happening.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so, with --same and --different.")] = "user",
) -> None:
    """Join reports of one happening to stories, and find texts that copy another.

    What people said in the explorer and with --same and --different stands above the model. Joining adds rows and edits none.

    [bold]Examples[/bold]

    whowhom stories events

    whowhom stories events --different 0123456789abcdef,fedcba9876543210 --by ann
    """
    from whowhom.errors import InputError
    from whowhom.explore.judgements import tell_joining
    from whowhom.store import open_store
    from whowhom.store.joining import forget_stories, join_store, judge

    opened = open_store(store, create=False)
    if undo:
        forget_stories(opened)
        typer.echo("stories taken back; events and judgements stay")
        return
    for verdict, given in (("same", same), ("different", different)):
        if given:
            left, comma, right = given.partition(",")
            if not comma:
                raise InputError(f"{given!r} is no pair", where=f"--{verdict}", remedy="write two event ids with a comma between")
            judge(opened, left.strip(), right.strip(), verdict, by)
    tell_joining(opened)
    counts = join_store(opened)
    typer.echo(", ".join(f"{n} {what}" for what, n in counts.items()))
