"""The local engine: worker processes of this machine, watched, replaced when they are lost, results in order."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from whowhom.config import Options
from whowhom.errors import WhowhomError
from whowhom.scale.limits import Limits, fitting_workers, processor_seconds, resident_bytes
from whowhom.scale.shard import Outcome, Shard
from whowhom.scale.worker import AT_PAGE, ERROR, OUTCOME, READY, serve

#: Seconds between two looks at clocks and memory.
_LOOK = 0.25
#: Shards a worker has at hand: the one it codes and the next.
_AT_HAND = 2
#: Workers lost before their first shard until the run is given up.
_STARTS = 3


@dataclass
class _Worker:
    """A process, its pipe, the shards given to it in order, and the page it is at."""

    process: Any
    connection: Connection
    shards: deque[Shard] = field(default_factory=deque)
    place: int = -1
    spent: float = 0.0
    since: float = 0.0
    ready: bool = False
    why: str = ""


class LocalEngine:
    """Runs shards in worker processes. `lost` counts workers that died or were stopped, `retired` those that had grown."""

    def __init__(self, options: Options, limits: Limits, workers: int = 0) -> None:
        self.workers = workers or fitting_workers(limits)
        self.lost = self.retired = self.peak_bytes = 0
        self._options, self._limits = options, limits
        self._context = multiprocessing.get_context("spawn")
        self._crew: list[_Worker] = []
        self._again: deque[Shard] = deque()
        self._deaths: Counter[tuple[int, int]] = Counter()
        self._starts = 0

    def pids(self) -> list[int]:
        """Process ids of the workers at work."""
        return [w.process.pid for w in self._crew]

    def run(self, shards: Iterator[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order of the shards. Raises WhowhomError for what stops every page."""
        done: dict[int, Outcome] = {}
        order: deque[int] = deque()
        drained = False
        try:
            while True:
                while len(self._crew) < self.workers and not (drained and len(self._crew) >= len(order)):
                    self._hire()
                # Results wait for their turn: no more than this many shards are under way or waiting.
                while not drained and not self._again and len(order) < 2 * _AT_HAND * self.workers and (free := self._free()) is not None:
                    shard = next(shards, None)
                    if shard is None:
                        drained = True
                    else:
                        order.append(shard.number)
                        self._give(free, shard)
                while self._again and (free := self._free()) is not None:
                    self._give(free, self._again.popleft())
                while order and order[0] in done:
                    yield done.pop(order.popleft())
                if drained and not order:
                    return
                for outcome in self._listen():
                    done[outcome.number] = outcome
                self._watch()
        finally:
            self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._crew:
            worker.process.kill()
            worker.process.join()
            worker.connection.close()
        self._crew.clear()

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self._options, self._limits), daemon=True)
        with _no_interrupt():
            process.start()
        theirs.close()
        self._crew.append(_Worker(process, ours, since=time.monotonic()))

    def _free(self) -> _Worker | None:
        """The ready worker with the least to do, if any can take a shard."""
        ready = [w for w in self._crew if w.ready and len(w.shards) < _AT_HAND]
        return min(ready, key=lambda w: len(w.shards), default=None)

    def _give(self, worker: _Worker, shard: Shard) -> None:
        worker.shards.append(shard)
        with contextlib.suppress(OSError):  # it died: its end of the pipe says so in a moment, and its shards are given again
            worker.connection.send_bytes(pickle.dumps(shard, pickle.HIGHEST_PROTOCOL))

    def _listen(self) -> list[Outcome]:
        """All that the workers have said, waiting a moment for the first word."""
        found: list[Outcome] = []
        for connection in wait([w.connection for w in self._crew], _LOOK):
            worker = next(w for w in self._crew if w.connection is connection)
            try:
                while worker.connection.poll():
                    word, content = worker.connection.recv()
                    self._hear(worker, word, content, found)
            except (EOFError, OSError):
                self._bury(worker)
        return found

    def _hear(self, worker: _Worker, word: str, content: Any, found: list[Outcome]) -> None:
        if word == READY:
            worker.ready, self._starts = True, 0
        elif word == AT_PAGE:
            worker.place, worker.spent, worker.since = content
        elif word == OUTCOME:
            worker.shards.popleft()
            worker.place = -1
            outcome: Outcome = pickle.loads(content)
            self.peak_bytes = max(self.peak_bytes, outcome.resident_bytes)
            found.append(outcome)
        elif word == ERROR:
            kind, what, where, remedy = content
            raise kind(what, where=where, remedy=remedy)

    def _watch(self) -> None:
        """Stop workers that are at one page for too long, or have taken too much memory for it."""
        limits = self._limits
        for worker in self._crew:
            if worker.place < 0 or worker.why:
                continue
            slow = processor_seconds(worker.process.pid) - worker.spent > limits.hard_seconds
            if (slow or time.monotonic() - worker.since > limits.wall_seconds) and not worker.connection.poll():
                worker.why = f"took longer than {self._limits.page_seconds:g} s"
            elif (held := resident_bytes(worker.process.pid)) > 2 * self._limits.worker_bytes:
                worker.why = f"took more than {2 * self._limits.worker_bytes / 1e9:g} GB of memory"
                self.peak_bytes = max(self.peak_bytes, held)
            if worker.why:
                worker.process.kill()

    def _bury(self, worker: _Worker) -> None:
        """Take up what a worker left that is no more."""
        worker.process.join()
        worker.connection.close()
        self._crew.remove(worker)
        shards = list(worker.shards)
        if worker.place < 0 and worker.process.exitcode == 0 and worker.ready:
            self.retired += 1
        else:
            self.lost += 1
            if not worker.ready:
                self._starts += 1
                if self._starts >= _STARTS:
                    raise WhowhomError(f"workers end as they start (exit code {worker.process.exitcode})", remedy="try --workers 1, or free memory")
            elif shards and worker.place >= 0:
                shards[0] = self._after_death(shards[0], worker)
        self._again.extendleft(reversed(shards))

    def _after_death(self, shard: Shard, worker: _Worker) -> Shard:
        """The shard to try again: without the page that took its worker with it, where that is sure."""
        if worker.why:
            return shard.without(worker.place, worker.why)
        at = (shard.number, worker.place)
        self._deaths[at] += 1
        if self._deaths[at] < self._limits.attempts:
            return shard
        return shard.without(worker.place, f"its worker was lost {self._deaths[at]} times (exit code {worker.process.exitcode})")


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Processes started here are born deaf to Ctrl-C, so that it ends the run in order and not with a trace from each."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
