"""The Ray engine: the same shards on the workers of a Ray cluster, or of one machine (the extra ``ray``).

Actors rather than a Ray Data pipeline: each keeps its model, results come back in order as they are ready, nothing is
planned or materialised ahead, and a shard whose worker is lost is the only thing that is done again.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
from collections import deque
from collections.abc import Iterator
from typing import Any

from whowhom.config import Options
from whowhom.errors import InputError, WhowhomError
from whowhom.model import Page, SetAside
from whowhom.scale.limits import Limits
from whowhom.scale.shard import STAGE, Outcome, Shard, run_shard, warm
from whowhom.scale.worker import error_parts

#: Shards per worker that are under way or wait for their turn.
_AT_HAND = 3


class Coder:
    """The actor: takes a pickled shard, gives a pickled outcome, or the parts of the error that stops the run."""

    def __init__(self, options: Options, limits: Limits) -> None:
        self._options, self._limits = options, limits

    def pid(self) -> int:
        """The process that this actor lives in."""
        return os.getpid()

    def run(self, shard: bytes) -> bytes:
        """See `run_shard`. A page that cannot be interrupted ends the process: Ray starts another."""
        limits = self._limits

        def beat(place: int) -> None:
            faulthandler.dump_traceback_later(limits.wall_seconds, exit=True)

        try:
            warm(self._options)
            return pickle.dumps(run_shard(pickle.loads(shard), self._options, limits, beat), pickle.HIGHEST_PROTOCOL)
        except WhowhomError as error:
            return pickle.dumps(error_parts(error))
        finally:
            faulthandler.cancel_dump_traceback_later()


class RayEngine:
    """Runs shards on Ray: on the cluster that RAY_ADDRESS names or that is connected already, else on this machine."""

    def __init__(self, options: Options, limits: Limits, workers: int = 0) -> None:
        try:
            import ray
        except ImportError:
            raise InputError("the Ray engine needs Ray", where="--engine ray", remedy="pip install 'whowhom[ray]'") from None
        self._ray, self._options, self._limits = ray, options, limits
        self._ours = not ray.is_initialized()
        if self._ours:
            ray.init(num_cpus=workers or None, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
        self.workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        self.lost = self.retired = self.peak_bytes = 0
        self._crew: list[Any] = []

    def pids(self) -> list[int]:
        """Process ids of the workers, each on its own machine; waits for those that are busy."""
        found: list[int] = self._ray.get([one.pid.remote() for one in self._crew])
        return found

    def run(self, shards: Iterator[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order of the shards. Raises WhowhomError for what stops every page."""
        ray = self._ray
        actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=self._limits.attempts - 1)(Coder)
        self._crew = [actor.remote(self._options, self._limits) for _ in range(self.workers)]
        waiting: deque[tuple[Shard, Any, int]] = deque()
        load = [0] * self.workers
        under_way: dict[Any, int] = {}
        drained = False
        try:
            while True:
                while not drained and len(waiting) < _AT_HAND * self.workers:
                    shard = next(shards, None)
                    if shard is None:
                        drained = True
                        break
                    one = min(range(self.workers), key=load.__getitem__)
                    load[one] += 1
                    reference = self._send(one, shard)
                    under_way[reference] = one
                    waiting.append((shard, reference, one))
                if not waiting:
                    return
                ready, _ = ray.wait(list(under_way), num_returns=1)
                for reference in ready:
                    load[under_way.pop(reference)] -= 1
                while waiting and waiting[0][1] not in under_way:
                    shard, reference, one = waiting.popleft()
                    yield self._take(one, shard, reference)
        finally:
            self.close()

    def close(self) -> None:
        """Give the workers back, and Ray where it was started here."""
        for one in self._crew:
            self._ray.kill(one)
        self._crew = []
        if self._ours and self._ray.is_initialized():
            self._ray.shutdown()

    def _send(self, one: int, shard: Shard) -> Any:
        return self._crew[one].run.remote(pickle.dumps(shard, pickle.HIGHEST_PROTOCOL))

    def _take(self, one: int, shard: Shard, reference: Any) -> Outcome:
        try:
            outcome = pickle.loads(self._ray.get(reference))
        except self._ray.exceptions.RayError as error:
            self.lost += self._limits.attempts
            if len(shard.pages) == 1:
                page = shard.pages[0]
                reason = f"its worker was lost {self._limits.attempts} times, or it took longer than {self._limits.page_seconds:g} s"
                remedy = f"look at the page; allow more time or memory if it is sound ({type(error).__name__})"
                return Outcome(shard.number, (SetAside(page.source, STAGE, reason, remedy),), {}, 0)
            return self._page_by_page(one, shard)
        if not isinstance(outcome, Outcome):
            kind, what, where, remedy = outcome
            raise kind(what, where=where, remedy=remedy)
        self.peak_bytes = max(self.peak_bytes, outcome.resident_bytes)
        return outcome

    def _page_by_page(self, one: int, shard: Shard) -> Outcome:
        """A shard that lost its worker again and again: each page by itself finds the one that does it."""
        singles = [Shard(shard.number, (page,)) for page in shard.pages]
        parts = [self._take(one, s, self._send(one, s)) if isinstance(s.pages[0], Page) else Outcome(shard.number, s.pages, {}, 0) for s in singles]  # type: ignore[arg-type]
        seconds: dict[str, float] = {}
        for part in parts:
            for stage, took in part.seconds.items():
                seconds[stage] = seconds.get(stage, 0.0) + took
        return Outcome(shard.number, tuple(r for p in parts for r in p.results), seconds, sum(p.sentences for p in parts))
