"""Writing the results of a run with `-o DIR`: progress on stderr, the summary, what a command tells of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whowhom.model import Coded, Document, SetAside

if TYPE_CHECKING:
    from whowhom.config import Options
    from whowhom.explore.report import Report
    from whowhom.model import Page
    from whowhom.scale import Limits, RunReport

#: From so many pages on, starting worker processes pays: each takes some seconds to load the model.
MANY = 64
#: Reasons of rejection that the summary shows.
_REASONS = 5


def engine_for(engine: str, workers: int, inputs: Sequence[str], total: int | None) -> str:
    """The engine to run: the one asked for; else this process for one worker, and where workers were not asked for (-1)
    and few pages are expected: of archives and tables many, of standard input and addresses few."""
    if engine:
        return engine
    if workers >= 0:
        return "here" if workers == 1 else "local"
    many = total >= MANY if total is not None else any(i != "-" and not i.startswith(("http://", "https://")) for i in inputs)
    return "local" if many else "here"


def write(
    pages: Iterable[Page | SetAside],
    output: Path,
    options: Options,
    *,
    format: str = "parquet",
    engine: str = "here",
    workers: int = 0,
    limits: Limits | None = None,
    total: int | None = None,
    quiet: bool = False,
    report: Report | None = None,
) -> RunReport:
    """Code pages into a folder by an engine; see `whowhom.scale.run`. A report sees all pages, also those that are known."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from whowhom.scale import run

    screen = Console(stderr=True)
    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    few = total is not None and total < 5
    bar = Progress(*columns, console=screen, transient=True, disable=quiet or few or not screen.is_terminal)
    with bar:
        task = bar.add_task("coding", total=total, rate="")

        def each(one: Coded | SetAside | Document) -> None:
            if isinstance(one, SetAside):
                sys.stderr.write(f"whowhom: {one}\n")
            if report is not None and isinstance(one, Coded | SetAside):
                report.add(one)

        def progress(so_far: RunReport, more: int) -> None:
            rate = f"{so_far.documents_per_second:.1f}/s" if so_far.documents and so_far.seconds > 0.5 else ""
            bar.update(task, advance=more, rate=rate + (f" {so_far.set_aside} set aside" if so_far.set_aside else ""))

        done = run(
            pages, output, options, engine=engine, workers=max(0, workers), limits=limits, format=format, anew=report is not None, each=each,
            progress=progress,
        )  # fmt: skip
    if not quiet:
        sys.stderr.write(summary(done, output))
    return done


def summary(done: RunReport, output: Path) -> str:
    """What a run did, in a line; of many pages also how fast, and why pages were set aside."""
    known = done.pages_known + done.store["unchanged"]
    coded = done.documents - done.store["unchanged"]
    before = f", {known} known already" if known else ""
    lines = [f"{coded} documents coded, {done.events} events, {done.set_aside} set aside{before}; written to {output}"]
    if done.documents + done.set_aside >= MANY:
        lines.append(
            f"{done.documents_per_second:.1f} documents/s, {done.workers} workers, {done.encoder_share:.0%} of the time in the encoder; report: {done.path}"
        )
        lines += [f"  {count:>7}  {reason}" for reason, count in done.rejects.most_common(_REASONS)]
    return "\n".join(lines) + "\n"
