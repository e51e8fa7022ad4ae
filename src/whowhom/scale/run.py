"""A run: pages in, a store out, by an engine of choice; what `whowhom code --engine` calls."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from whowhom.config import Options
from whowhom.errors import InputError
from whowhom.model import Coded, Page, SetAside
from whowhom.scale.limits import Limits
from whowhom.scale.report import RunReport
from whowhom.scale.resume import Markers
from whowhom.scale.shard import Outcome, Shard, cut

#: Documents that are written together, and the seconds after which what there is is written.
FLUSH_DOCUMENTS = 512
FLUSH_SECONDS = 30.0


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
    """The engine of this name, `local` or `ray`; `workers` 0 takes all cores. Each worker computes on one thread."""
    options = replace(options, threads=1)
    if name == "local":
        from whowhom.scale.local import LocalEngine

        return LocalEngine(options, limits, workers)
    if name == "ray":
        from whowhom.scale.on_ray import RayEngine

        return RayEngine(options, limits, workers)
    raise InputError(f"no engine {name!r}", where="--engine", remedy="engines are: local, ray")


def run(
    pages: Iterable[Page | SetAside],
    output: str | os.PathLike[str],
    options: Options | None = None,
    *,
    engine: str | Engine = "local",
    workers: int = 0,
    limits: Limits | None = None,
    each: Callable[[Coded | SetAside], None] | None = None,
    progress: Callable[[RunReport, int], None] | None = None,
) -> RunReport:
    """Code pages into the store at `output`; the report, which is also written below ``runs/`` of the store.

    Rows come into the store in the order of the pages, whatever the engine and its number of workers. Shards that an
    earlier run with the same version and settings finished are passed over. `each` sees every result in order;
    `progress` is called after each shard with the report so far and the number of pages in the shard. A run that is
    stopped by an error or Ctrl-C keeps what it wrote, and its report.
    """
    from whowhom.store import open_store

    settings, bounds = options or Options(), limits or Limits()
    crew = open_engine(engine, settings, bounds, workers) if isinstance(engine, str) else engine
    report = RunReport(engine if isinstance(engine, str) else type(engine).__name__, crew.workers)
    store = open_store(output)
    begun = time.monotonic()
    try:
        # The writer's own shard is larger than ours and its clock slower: it writes when we say so.
        with store.writer(settings, shard_documents=4 * FLUSH_DOCUMENTS) as writer:
            markers = Markers(store.root, writer.maker.id, writer)
            ids: dict[int, str] = {}
            waiting, since = 0, time.monotonic()
            for outcome in crew.run(_fresh(cut(_clocked(pages, report), bounds), markers, ids, report, progress)):
                report.take(outcome)
                clock = time.perf_counter()
                for one in outcome.results:
                    if each is not None:
                        each(one)
                    if isinstance(one, Coded):
                        writer.add(one)
                    else:
                        writer.set_aside(one)
                markers.add(ids.pop(outcome.number), outcome.results)
                waiting += len(outcome.results)
                if waiting >= FLUSH_DOCUMENTS or time.monotonic() - since > FLUSH_SECONDS:
                    writer.flush()
                    markers.flush()
                    waiting, since = 0, time.monotonic()
                report.spend("store", time.perf_counter() - clock)
                report.seconds = time.monotonic() - begun
                if progress is not None:
                    progress(report, len(outcome.results))
            clock = time.perf_counter()
            writer.flush()
            markers.flush()
            report.spend("store", time.perf_counter() - clock)
            report.store.update(writer.counts)
    except BaseException as error:
        report.stopped = type(error).__name__ + (f": {error}" if str(error) else "")
        raise
    finally:
        report.workers_lost, report.workers_retired, report.peak_worker_bytes = crew.lost, crew.retired, crew.peak_bytes
        report.seconds = time.monotonic() - begun
        report.write(store.root)
    return report


def _fresh(
    shards: Iterator[Shard], markers: Markers, ids: dict[int, str], report: RunReport, progress: Callable[[RunReport, int], None] | None
) -> Iterator[Shard]:
    """The shards that the store does not have, with their ids noted."""
    for shard in shards:
        mark = shard.id
        if markers.has(mark):
            report.shards_known += 1
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
