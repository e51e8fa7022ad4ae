"""What a page and a worker may take, and the clock that enforces it inside a worker."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a run.

    `page_seconds` of processor time (so that a busy machine sets no more aside than an idle one) and `page_bytes`
    hold for one page; whoever needs more is set aside with that reason. A shard has up to `shard_pages` pages and
    `shard_bytes` bytes: what a lost worker costs. A worker that holds more than `worker_bytes` after a shard makes
    room for a fresh one; one that takes twice as much within a page is stopped. `attempts` is how often a page may lose
    its worker, for no reason of ours, before it is set aside.
    """

    page_seconds: float = 60.0
    page_bytes: int = 10_000_000
    shard_pages: int = 16
    shard_bytes: int = 8_000_000
    worker_bytes: int = 1_500_000_000
    attempts: int = 3

    @property
    def hard_seconds(self) -> float:
        """Processor time after which a page that did not heed `page_seconds` loses its worker: C cannot be interrupted."""
        return 1.5 * self.page_seconds + 2.0

    @property
    def wall_seconds(self) -> float:
        """Time by the clock after which a page loses its worker, whatever it did in it."""
        return 10 * self.page_seconds + 20.0


class TooLong(BaseException):
    """A page took longer than it may. Not an Exception, so that nothing in between takes it for an error of its own."""


@contextlib.contextmanager
def page_clock(seconds: float) -> Iterator[None]:
    """Raise TooLong in this block after so many seconds of processor time, where the system can: POSIX, main thread."""
    if not hasattr(signal, "SIGPROF") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)


def processor_seconds(pid: int) -> float:
    """Processor time that a process has taken; 0 where the system does not say (only Linux does without a package)."""
    import os

    try:
        parts = Path(f"/proc/{pid}/stat").read_text(encoding="utf8", errors="replace").rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def resident_bytes(pid: int | str = "self") -> int:
    """Memory that a process holds now; 0 where the system does not say (only Linux does without a package)."""
    import os

    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def fitting_workers(limits: Limits) -> int:
    """Workers for this machine: its cores, and no more than its memory holds where the system says how much that is."""
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return cores
    return max(1, min(cores, memory // limits.worker_bytes))
