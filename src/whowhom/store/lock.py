"""One committer at a time: an advisory lock that the operating system gives back when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from whowhom.errors import OutputError

#: Seconds to wait for another writer. A commit takes seconds; minutes mean that something hangs.
PATIENCE_S = 300.0


@contextlib.contextmanager
def locked(path: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock file. Raises OutputError when another process keeps it longer than `patience_s` seconds."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end = time.monotonic() + patience_s
        while not _take(file):
            if time.monotonic() > end:
                raise OutputError("another process is writing here", where=str(path.parent), remedy="wait for it to end, then run the same command")
            time.sleep(0.02)
        yield
    finally:
        os.close(file)  # closing gives the lock back, on POSIX and on Windows


def _take(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
