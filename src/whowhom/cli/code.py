"""`whowhom code`: pages in, events out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whowhom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whowhom.model import Coded, SetAside


class Format(StrEnum):
    """What `-o` writes."""

    parquet = "parquet"
    jsonl = "jsonl"
    csv = "csv"


def code(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, http(s) addresses, JSON lines, or - for standard input.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write tables here instead of the terminal.")] = None,
    format: Annotated[Format, typer.Option("--format", help="Tables as Parquet, JSON lines or CSV.")] = Format.parquet,
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Day of publication, for pages that do not say it.")] = "",
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Publisher, for pages that do not say it.")] = "",
    model: Annotated[str, typer.Option(metavar="NAME", help="Language model: fast, or another that is installed.")] = "fast",
    threshold: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Keep events of at least this probability. Lower finds more, higher is surer.")
    ] = None,
    threads: Annotated[int, typer.Option(min=0, help="Processor cores to use; 0 takes all.")] = 0,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses of this machine and of private networks.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Code pages: who did what to whom, when, where, on whose word.

    [bold]Examples[/bold]

    whowhom code page.html --date 2024-05-01

    whowhom code articles.jsonl downloads/ -o events --format parquet
    """
    import whowhom

    if date:
        _check_date(date)
    settings = {"model": model, "threads": threads, "threshold": -1.0 if threshold is None else threshold}
    stream = whowhom.code(*inputs, date=date, publisher=publisher, allow_private=allow_private, **settings)
    try:
        coded, aside = _write(stream, output, format, quiet, settings) if output else _show(stream, quiet)
    except KeyboardInterrupt:
        sys.stderr.write("\nwhowhom: stopped; what was written stays, and the same command goes on from there\n")
        raise typer.Exit(130) from None
    if not coded and aside:
        raise typer.Exit(1)


def _check_date(date: str) -> None:
    from datetime import date as day

    try:
        day.fromisoformat(date)
    except ValueError:
        raise InputError(f"{date!r} is no day", where="--date", remedy="write it as YYYY-MM-DD, for example 2021-12-16") from None


def _report_aside(aside: SetAside) -> None:
    sys.stderr.write(f"whowhom: {aside}\n")


def _show(stream: Iterator[Coded | SetAside], quiet: bool) -> tuple[int, int]:
    """Print a table per document; returns counts of documents coded and set aside."""
    from whowhom.cli.table import console, show
    from whowhom.model import SetAside

    out, coded, aside = console(), 0, 0
    for one in stream:
        if isinstance(one, SetAside):
            aside += 1
            _report_aside(one)
        else:
            coded += 1
            show(out, one)
    return coded, aside


def _write(stream: Iterator[Coded | SetAside], output: Path, format: Format, quiet: bool, settings: dict[str, Any]) -> tuple[int, int]:
    """Write tables with a progress bar on stderr; returns counts of documents coded and set aside."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from whowhom.config import Options
    from whowhom.model import SetAside
    from whowhom.store import open_store
    from whowhom.store.formats import open_writer

    coded = aside = events = 0
    screen = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
        console=screen, transient=True, disable=quiet or not screen.is_terminal,
    )  # fmt: skip
    opened = open_store(output).writer(Options(**settings)) if format is Format.parquet else open_writer(output, format.value)
    with opened as writer, bar:
        task = bar.add_task("coding", total=None, rate="")
        for one in stream:
            if isinstance(one, SetAside):
                aside += 1
                _report_aside(one)
                writer.set_aside(one)
            else:
                coded += 1
                events += len(one.events)
                writer.add(one)
            elapsed = bar.tasks[0].elapsed or 0
            bar.update(task, advance=1, rate=f"{(coded + aside) / elapsed:.1f} documents/s" if elapsed > 0.5 else "")
    if not quiet:
        sys.stderr.write(f"{coded} documents coded, {events} events, {aside} set aside; written to {output}\n")
    return coded, aside
