"""A run: pages in, a store out, by an engine of choice; what `whowhom code -o DIR` calls."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from whowhom.config import Options
from whowhom.errors import InputError
from whowhom.model import Coded, Document, Page, SetAside
from whowhom.scale.limits import Limits
from whowhom.scale.report import RunReport
from whowhom.scale.shard import Outcome, Shard, cut
from whowhom.scale.sinks import Sink, open_sink

ENGINES = ("local", "ray")


class Engine(Protocol):
    """What runs shards and gives outcomes in their order."""

    workers: int
    lost: int
    retired: int
    peak_bytes: int

    def run(self, shards: Iterator[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order of the shards."""
        ...


def open_engine(name: str, options: Options, limits: Limits, workers: int = 0) -> Engine:
    """The engine of this name: `here` (this process), `local` or `ray`. `workers` 0 takes all cores that memory allows;
    each worker computes on one thread."""
    if name == "here":
        from whowhom.scale.here import HereEngine

        return HereEngine(options, limits)
    options = replace(options, threads=1)
    if name == "local":
        from whowhom.scale.local import LocalEngine

        return LocalEngine(options, limits, workers)
    if name == "ray":
        from whowhom.scale.on_ray import RayEngine

        return RayEngine(options, limits, workers)
    raise InputError(f"no engine {name!r}", where="--engine", remedy=f"engines are: {', '.join(ENGINES)}")


def run(
    pages: Iterable[Page | SetAside],
    output: str | os.PathLike[str],
    options: Options | None = None,
    *,
    engine: str | Engine = "local",
    workers: int = 0,
    limits: Limits | None = None,
    format: str = "parquet",
    anew: bool = False,
    each: Callable[[Coded | SetAside | Document], None] | None = None,
    progress: Callable[[RunReport, int], None] | None = None,
) -> RunReport:
    """Code pages into the store at `output`; the report, which is also written below ``runs/`` of that folder.

    Rows come into the store in the order of the pages, whatever the engine and its number of workers. Shards that an
    earlier run with the same version and settings finished are passed over, unless `anew`; `format` jsonl or csv writes
    files instead of a store, and those are begun anew. `each` sees every result in order; `progress` is called after
    each shard with the report so far and the number of pages in the shard. A run that is stopped by an error or Ctrl-C
    keeps what it wrote, and its report.
    """
    settings, bounds = options or Options(), limits or Limits()
    crew = open_engine(engine, settings, bounds, workers) if isinstance(engine, str) else engine
    report = RunReport(engine if isinstance(engine, str) else type(engine).__name__, crew.workers)
    sink = open_sink(Path(output), format, settings, anew=anew)
    begun = time.monotonic()
    try:
        with sink:
            if hasattr(crew, "known"):  # only an engine of this process can ask the store about each document
                crew.known = sink.knows
            ids: dict[int, str] = {}
            for outcome in crew.run(_fresh(cut(_clocked(pages, report), bounds), sink, ids, report, progress)):
                report.take(outcome)
                clock = time.perf_counter()
                sink.take(ids.pop(outcome.number), outcome.results)
                report.spend("store", time.perf_counter() - clock)
                if each is not None:
                    for one in outcome.results:
                        each(one)
                report.seconds = time.monotonic() - begun
                if progress is not None:
                    progress(report, len(outcome.results))
            clock = time.perf_counter()
        report.spend("store", time.perf_counter() - clock)
    except BaseException as error:
        report.stopped = type(error).__name__ + (f": {error}" if str(error) else "")
        raise
    finally:
        report.workers_lost, report.workers_retired, report.peak_worker_bytes = crew.lost, crew.retired, crew.peak_bytes
        report.seconds = time.monotonic() - begun
        report.store.update(sink.counts())
        with contextlib.suppress(OSError):  # a full disk has stopped the run already, or leaves it without its report
            report.path = str(report.write(sink.root))
    return report


def _fresh(
    shards: Iterator[Shard], sink: Sink, ids: dict[int, str], report: RunReport, progress: Callable[[RunReport, int], None] | None
) -> Iterator[Shard]:
    """The shards that the sink does not have, with their ids noted."""
    for shard in shards:
        mark = shard.id
        if sink.has(mark):
            report.shards_known += 1
            report.pages_known += len(shard.pages)
            if progress is not None:
                progress(report, len(shard.pages))
            continue
        ids[shard.number] = mark
        yield shard


def _clocked(pages: Iterable[Page | SetAside], report: RunReport) -> Iterator[Page | SetAside]:
    """The pages, with the time that reading them takes."""
    stream = iter(pages)
    while True:
        clock = time.perf_counter()
        page = next(stream, None)
        report.spend("pages", time.perf_counter() - clock)
        if page is None:
            return
        yield page
