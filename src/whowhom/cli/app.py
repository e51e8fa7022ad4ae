"""The program `whowhom`: commands are gathered here and load their parts only when they run."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from whowhom.cli import code as code_command
from whowhom.cli import evaluate as evaluate_command
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


app.command("code")(code_command.code)
app.command("evaluate")(evaluate_command.evaluate)


def main() -> None:
    """Run the program; an error that was raised on purpose is one line on stderr and exit code 2."""
    try:
        app()
    except WhowhomError as error:
        sys.stderr.write(f"whowhom: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
