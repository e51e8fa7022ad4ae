"""The program `whowhom`: commands are gathered here and load their parts only when they run."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from whowhom.cli.actors import actors
from whowhom.cli.aggregate import aggregate
from whowhom.cli.code import code
from whowhom.cli.evaluate import evaluate
from whowhom.cli.explain import explain
from whowhom.cli.explore import explore
from whowhom.cli.export import export
from whowhom.cli.recode import recode
from whowhom.cli.report import report
from whowhom.cli.stories import stories
from whowhom.cli.watch import watch
from whowhom.errors import WhowhomError

app = typer.Typer(
    name="whowhom",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help="Who did what to whom, from the news as it really is: pages in, PLOVER events out.",
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from whowhom import __version__

        typer.echo(f"whowhom {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Options that hold before any command."""


for _command in (code, watch, explain, actors, report, explore, stories, aggregate, export, recode, evaluate):
    app.command()(_command)


def main() -> None:
    """Run the program; an error that was raised on purpose is one line on stderr and exit code 2."""
    try:
        app()
    except WhowhomError as error:
        sys.stderr.write(f"whowhom: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
