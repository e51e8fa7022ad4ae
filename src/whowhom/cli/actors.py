"""`whowhom actors`: what is known of a name, and why it would be chosen."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.own import Actors
from whowhom.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from whowhom.actors.known import Candidate, Known


class Form(StrEnum):
    """How the answer is written."""

    table = "table"
    jsonl = "jsonl"


def actors(
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="A name or description, as a text would have it.")] = None,
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The day on which it was said.")] = "",
    actors: Actors = None,
    context: Annotated[str, typer.Option(metavar="TEXT", help="A text that holds the name: its company may tell who is meant.")] = "",
    format: Annotated[Form, typer.Option("--format", help="A table to read, or one line of JSON.")] = Form.table,
) -> None:
    """Who a name means on a day: the answer with its grounds, and everybody else who could be meant.

    Without a NAME the files of --actors are checked and all their problems listed.

    [bold]Examples[/bold]

    whowhom actors "the British prime minister" --date 2019-07-05

    whowhom actors Xi --date 2021-12-16 --actors mine.csv --format jsonl
    """
    if not name:
        if not actors:
            raise InputError("no name", where="whowhom actors", remedy="give a name, or --actors FILE to check a file")
        _check(actors)
        return
    from whowhom.actors.known import known
    from whowhom.cli.own import own

    found = known(" ".join(name), date, context or None, own(actors))
    if format is Form.jsonl:
        import dataclasses
        import json

        typer.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
        return
    from whowhom.cli.table import console

    _show(console(), found)


def _check(files: list[Path]) -> None:
    """All problems of users' files on stdout, the counts on stderr; exit code 1 where there is any."""
    from whowhom.knowledge.dictionaries import load, problems

    paths = tuple(str(f) for f in files)
    found = problems(paths)
    for problem in found:
        typer.echo(problem)
    rows = sum(len(load(p).rows) for p in paths)
    sys.stderr.write(f"{rows} rows can be used; {len(found)} problems\n")
    if found:
        raise typer.Exit(1)


def _show(screen: Console, found: Known) -> None:
    from rich.table import Table
    from rich.text import Text

    from whowhom.cli.table import plain

    day = f" on {found.on}" if found.on else ", no day given"
    screen.print(Text(f"\n{plain(found.phrase)}", style="bold"), Text(f"read as {found.kind}{day}", style="dim"))
    code = "/".join(filter(None, (found.country, " ".join((found.sector, *found.sectors)).strip())))
    if found.name or code or found.members:
        line = Text(plain(found.name) or "no name known", style="bold green" if found.name else "bold")
        for part in (code, found.office, " ".join(found.members), found.wikidata):
            if part:
                line.append(f"  {plain(part)}", style="not bold")
        screen.print(line, Text(f"probability {found.confidence:.2f}", style="dim"))
    else:
        screen.print(Text("nobody known", style="bold red"))
    screen.print(Text(f"because: {plain(found.how)}"))
    if found.note:
        screen.print(Text(found.note, style="yellow"))
    if not found.candidates:
        return
    table = Table(
        box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0), title="who could be meant", title_justify="left", title_style="dim"
    )
    for column in ("", "name", "what", "code", "office", "held", "by", "source"):
        table.add_column(column, overflow="fold")
    for one in found.candidates:
        style = "green" if one.chosen else "" if one.in_office or one.kind != "person" else "dim"
        table.add_row(
            *(
                Text(plain(c), style=style)
                for c in ("→" if one.chosen else "", one.name, one.kind, _code(one), one.office, _held(one), one.match, one.source)
            )
        )
    screen.print()
    screen.print(table)


def _code(one: Candidate) -> str:
    return "/".join(filter(None, (one.country, one.sector)))


def _held(one: Candidate) -> str:
    return f"{one.first or '…'} – {one.last or 'now'}" if one.first or one.last else ""
