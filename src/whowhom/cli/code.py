"""`whowhom code`: pages in, events out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.own import Actors, own
from whowhom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whowhom.config import Options
    from whowhom.explore.report import Report
    from whowhom.model import Page, SetAside


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
    actors: Actors = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE.html", help="Also write one page to look at and to mail.")] = None,
    threads: Annotated[int, typer.Option(min=0, help="Processor cores to use; 0 takes all.")] = 0,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses of this machine and of private networks.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Code pages: who did what to whom, when, where, on whose word.

    [bold]Examples[/bold]

    whowhom code page.html --date 2024-05-01

    whowhom code articles.jsonl downloads/ -o events --format parquet
    """
    from contextlib import nullcontext

    from whowhom.config import Options
    from whowhom.explore.report import open_report
    from whowhom.pages import ReadOptions, read

    if date:
        _check_date(date)
    options = Options(model=model, threads=threads, threshold=-1.0 if threshold is None else threshold, dictionaries=own(actors))
    pages = read(inputs, ReadOptions(date=date, publisher=publisher, allow_private=allow_private))
    try:
        with open_report(report) if report else nullcontext() as page:
            if output:
                counts = _write(pages, inputs, output, format, quiet, options, page)
            else:
                counts = _show(pages, options, page)
    except KeyboardInterrupt:
        sys.stderr.write("\nwhowhom: stopped; what was written stays, and the same command goes on from there\n")
        raise typer.Exit(130) from None
    if not counts.done and counts.aside:
        raise typer.Exit(1)


@dataclass
class _Counts:
    """What a run has done so far."""

    coded: int = 0
    known: int = 0
    aside: int = 0
    events: int = 0

    @property
    def done(self) -> int:
        return self.coded + self.known


def _check_date(date: str) -> None:
    from datetime import date as day

    try:
        day.fromisoformat(date)
    except ValueError:
        raise InputError(f"{date!r} is no day", where="--date", remedy="write it as YYYY-MM-DD, for example 2021-12-16") from None


def _report_aside(aside: SetAside) -> None:
    sys.stderr.write(f"whowhom: {aside}\n")


def _show(pages: Iterable[Page | SetAside], options: Options, report: Report | None) -> _Counts:
    """Print a table per document."""
    from whowhom.cli.table import console, show
    from whowhom.flow import code_pages
    from whowhom.model import Coded, SetAside

    out, counts = console(), _Counts()
    for one in code_pages(pages, options):
        if isinstance(one, SetAside):
            counts.aside += 1
            _report_aside(one)
        elif isinstance(one, Coded):
            counts.coded += 1
            show(out, one)
        if report and isinstance(one, Coded | SetAside):
            report.add(one)
    return counts


def _write(
    pages: Iterable[Page | SetAside], inputs: list[str], output: Path, format: Format, quiet: bool, options: Options, report: Report | None
) -> _Counts:
    """Write tables, with progress on stderr. A store skips documents that it holds, unless a report wants all."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from whowhom.flow import code_pages
    from whowhom.model import Coded, SetAside
    from whowhom.pages.expected import expected
    from whowhom.store import StoreWriter, open_store
    from whowhom.store.formats import open_writer

    counts = _Counts()
    screen = Console(stderr=True)
    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    total = expected(inputs)
    few = total is not None and total < 5
    bar = Progress(*columns, console=screen, transient=True, disable=quiet or few or not screen.is_terminal)
    opened = open_store(output).writer(options) if format is Format.parquet else open_writer(output, format.value)
    with opened as writer, bar:
        task = bar.add_task("coding", total=total, rate="")
        skip = writer.has if isinstance(writer, StoreWriter) and not report else None
        for one in code_pages(pages, options, skip):
            if isinstance(one, SetAside):
                counts.aside += 1
                _report_aside(one)
                writer.set_aside(one)
            elif isinstance(one, Coded):
                counts.coded += 1
                counts.events += len(one.events)
                writer.add(one)
            else:
                counts.known += 1
            if report and isinstance(one, Coded | SetAside):
                report.add(one)
            elapsed = (bar.tasks[0].elapsed or 0) if bar.tasks else 0
            bar.update(task, advance=1, rate=f"{(counts.done + counts.aside) / elapsed:.1f}/s" if elapsed > 0.5 else "")
    if not quiet:
        before = f", {counts.known} known already" if counts.known else ""
        sys.stderr.write(f"{counts.coded} documents coded, {counts.events} events, {counts.aside} set aside{before}; written to {output}\n")
    return counts
