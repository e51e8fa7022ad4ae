"""A shard comes in whole or not at all: stage, mark, move.

Files are written under ``staging/N/`` and flushed to disk; then ``log/N.json`` appears by an atomic rename:
from that moment the shard counts. What the log lists is moved into place by atomic renames. Killed before
the mark, nothing has happened and the staging folder is thrown away; killed after it, the next writer
finishes the moves, which can be repeated any number of times. Everything here runs under the store's lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

#: Marks kept: a writer that slept through more of them reads the whole store again.
MARKS_KEPT = 64


@dataclass
class Commit:
    """What one shard changes: files to put in place (replacing what is there), files to drop, news for other writers."""

    root: Path
    number: int
    news: dict[str, Any] = field(default_factory=dict)
    puts: list[tuple[str, str]] = field(default_factory=list)
    drops: list[str] = field(default_factory=list)

    @property
    def staging(self) -> Path:
        """Where this shard's files wait."""
        return self.root / "staging" / f"{self.number:012d}"

    def put(self, table: pa.Table, target: str) -> None:
        """Stage a table as the new content of `target`, a path in the store."""
        import pyarrow.parquet as pq

        self.staging.mkdir(parents=True, exist_ok=True)
        name = f"{len(self.puts):06d}.parquet"
        # Checksums of pages let a damaged part be found for certain; see `parts.read`.
        pq.write_table(table, str(self.staging / name), compression="zstd", write_page_checksum=True)
        self.puts.append((name, target))

    def abandon(self) -> None:
        """Give back the space of what was staged, unless the shard counts already."""
        if not (self.root / "log" / f"{self.number:012d}.json").exists():
            shutil.rmtree(self.staging, ignore_errors=True)

    def finish(self) -> None:
        """Make the shard count, then move its files into place."""
        if not self.puts and not self.drops:
            return
        for folder in {(self.root / target).parent for _, target in self.puts}:
            folder.mkdir(parents=True, exist_ok=True)
        self.staging.mkdir(parents=True, exist_ok=True)
        _flush([self.staging / name for name, _ in self.puts])
        mark = {"puts": self.puts, "drops": self.drops, "news": self.news}
        write_whole(self.root / "log" / f"{self.number:012d}.json", json.dumps(mark).encode())
        _apply(self.root, self.number, mark)
        for old in marks(self.root)[:-MARKS_KEPT]:
            (self.root / "log" / f"{old:012d}.json").unlink(missing_ok=True)


def marks(root: Path) -> list[int]:
    """Numbers of the marks in the log, ascending."""
    folder = root / "log"
    return sorted(int(p.name[:12]) for p in folder.glob("*.json") if p.name[:12].isdigit()) if folder.is_dir() else []


def unfinished(root: Path, number: int) -> bool:
    """Whether the shard of this mark is still being moved into place, or its writer was killed at it."""
    return (root / "staging" / f"{number:012d}").is_dir()


def news_since(root: Path, number: int) -> list[dict[str, Any]] | None:
    """What the shards after `number` said, oldest first; None when the log no longer reaches back that far."""
    known = marks(root)
    if known and known[0] > number + 1:
        return None
    return [_read(root, n)["news"] for n in known if n > number]


def recover(root: Path) -> int:
    """Finish what counts, throw away what does not; the number of the last shard."""
    known = marks(root)
    staging = root / "staging"
    for folder in sorted(staging.iterdir()) if staging.is_dir() else ():
        if folder.name.isdigit() and int(folder.name) in known:
            _apply(root, int(folder.name), _read(root, int(folder.name)))
        else:
            shutil.rmtree(folder)
    return known[-1] if known else 0


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is either there in full or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def replace(source: Path, target: Path) -> None:
    """Atomic rename over what is there. On Windows a reader may hold the target for a moment: try again."""
    for attempt in range(50 if sys.platform == "win32" else 1):
        try:
            source.replace(target)
            return
        except PermissionError:
            if sys.platform != "win32" or attempt == 49:
                raise
            time.sleep(0.1)


def _apply(root: Path, number: int, mark: dict[str, Any]) -> None:
    staging = root / "staging" / f"{number:012d}"
    for name, target in mark["puts"]:
        waiting = staging / name
        if waiting.exists():  # gone: moved before the interruption
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            replace(waiting, root / target)
    for target in mark["drops"]:
        (root / target).unlink(missing_ok=True)
    # The mark is on disk and stays until the moves are: a power cut in between is recovered like a kill.
    _sync_folders({(root / target).parent for _, target in mark["puts"]})
    shutil.rmtree(staging, ignore_errors=True)


def _read(root: Path, number: int) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((root / "log" / f"{number:012d}.json").read_bytes())
    return content


def _flush(files: list[Path]) -> None:
    """Flush files to disk, several at a time: a journal takes many at the price of one."""
    from concurrent.futures import ThreadPoolExecutor

    def flush(path: Path) -> None:
        file = os.open(path, os.O_RDWR)
        try:
            os.fsync(file)
        finally:
            os.close(file)

    with ThreadPoolExecutor(min(16, len(files) or 1)) as pool:
        list(pool.map(flush, files))


def _sync_folders(folders: set[Path]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(16, len(folders) or 1)) as pool:
        list(pool.map(_sync_folder, folders))


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows, and some network drives, cannot flush a folder
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
