"""`whowhom code`: pages in, events out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.own import Actors, own
from whowhom.cli.writing import engine_for, write
from whowhom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whowhom.config import Options
    from whowhom.explore.report import Report
    from whowhom.model import Page, SetAside


class Engine(StrEnum):
    """What runs the pages of `-o`."""

    local = "local"
    ray = "ray"


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
    workers: Annotated[
        int | None,
        typer.Option(
            min=0, show_default=False, help="With -o: processes that code; 0 takes all that cores and memory allow, the default for many pages."
        ),
    ] = None,
    engine: Annotated[
        Engine | None, typer.Option(show_default=False, help="With -o: workers on this machine (local), or on a Ray cluster (RAY_ADDRESS).")
    ] = None,
    page_seconds: Annotated[float, typer.Option(min=0.1, help="With -o: processor time for one page; what takes longer is set aside.")] = 60.0,
    page_megabytes: Annotated[float, typer.Option(min=0.001, help="Size of one page; what is larger is set aside.")] = 10.0,
    threads: Annotated[int, typer.Option(min=0, help="Without workers: processor cores to use; 0 takes all.")] = 0,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses of this machine and of private networks.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Code pages: who did what to whom, when, where, on whose word.

    [bold]Examples[/bold]

    whowhom code page.html --date 2024-05-01

    whowhom code articles.jsonl downloads/ -o events --format parquet

    whowhom code crawl/ -o events --workers 8
    """
    from contextlib import nullcontext

    from whowhom.config import Options
    from whowhom.explore.report import open_report
    from whowhom.pages import ReadOptions, read
    from whowhom.pages.expected import expected
    from whowhom.scale import Limits

    if date:
        _check_date(date)
    options = Options(model=model, threads=threads, threshold=-1.0 if threshold is None else threshold, dictionaries=own(actors))
    largest = int(page_megabytes * 1e6)
    pages = read(inputs, ReadOptions(date=date, publisher=publisher, allow_private=allow_private, max_bytes=largest))
    if output is None and (workers is not None or engine is not None):
        raise InputError("workers write into a folder", where="--workers" if workers is not None else "--engine", remedy="name it with -o DIR")
    try:
        with open_report(report) if report else nullcontext() as page:
            if output:
                total, count = expected(inputs), -1 if workers is None else workers
                done = write(
                    pages, output, options, format=format.value, engine=engine_for(engine.value if engine else "", count, inputs, total), workers=count,
                    limits=Limits(page_seconds=page_seconds, page_bytes=largest), total=total, quiet=quiet, report=page,
                )  # fmt: skip
                counts = _Counts(done.documents, done.pages_known, done.set_aside)
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
