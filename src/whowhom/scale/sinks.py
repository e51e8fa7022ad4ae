"""Where a run's results go: a store, which remembers the shards that it has, or files that are begun anew."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from whowhom.config import Options
from whowhom.model import Coded, Document, SetAside
from whowhom.scale.resume import Markers

#: Results that are written together, and the seconds after which what there is is written.
FLUSH_RESULTS = 512
FLUSH_SECONDS = 30.0


class Sink(Protocol):
    """Takes the results of shards in their order; a context manager."""

    root: Path

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def has(self, shard: str) -> bool:
        """Whether all of this shard is there from an earlier run."""
        ...

    def knows(self, document: Document) -> bool:
        """Whether this very page is there."""
        ...

    def take(self, shard: str, results: Sequence[Coded | SetAside | Document]) -> None:
        """Take the results of a shard."""
        ...

    def counts(self) -> Counter[str]:
        """What became of the documents, where the sink knows."""
        ...


class StoreSink:
    """A store. What was taken is in it when this is left, by an error or Ctrl-C, too; shards whose rows are in it are marked.

    Raises OutputError where nothing can be written.
    """

    def __init__(self, root: Path, options: Options, *, anew: bool = False) -> None:
        from whowhom.store import open_store

        store = open_store(root)
        self.root, self._anew = store.root, anew
        # The writer's own shard is larger than ours: it writes when we say so.
        self._writer = store.writer(options, shard_documents=4 * FLUSH_RESULTS)
        self._markers: Markers | None = None
        self._waiting, self._since, self._torn = 0, time.monotonic(), False

    def __enter__(self) -> Self:
        self._writer.__enter__()
        self._markers = Markers(self.root, self._writer.maker.id, self._writer)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.__exit__(kind, error, trace)
        # Interrupted as it wrote: nobody knows what of it counts, and without markers it is done again.
        if self._markers is not None and not self._torn:
            self._markers.flush()

    def has(self, shard: str) -> bool:
        """See `Sink`; nothing is known to a run that does all anew."""
        return not self._anew and self._markers is not None and self._markers.has(shard)

    def knows(self, document: Document) -> bool:
        """See `Sink`."""
        return not self._anew and self._writer.has(document)

    def take(self, shard: str, results: Sequence[Coded | SetAside | Document]) -> None:
        """See `Sink`."""
        _write(self._writer, results)
        if self._markers is not None:
            self._markers.add(shard, results)
        self._waiting += len(results)
        if self._waiting >= FLUSH_RESULTS or time.monotonic() - self._since > FLUSH_SECONDS:
            self._torn = True
            self._writer.flush()
            self._torn = False
            if self._markers is not None:
                self._markers.flush()
            self._waiting, self._since = 0, time.monotonic()

    def counts(self) -> Counter[str]:
        """See `Sink`."""
        return self._writer.counts


class FileSink:
    """JSON lines or CSV, written as they come. Raises OutputError where nothing can be written."""

    def __init__(self, root: Path, format: str) -> None:
        from whowhom.store.formats import open_writer

        self.root = root
        self._writer = open_writer(root, format)

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.__exit__(kind, error, trace)

    def has(self, shard: str) -> bool:
        """See `Sink`: nothing is known beforehand."""
        return False

    def knows(self, document: Document) -> bool:
        """See `Sink`: nothing is known beforehand."""
        return False

    def take(self, shard: str, results: Sequence[Coded | SetAside | Document]) -> None:
        """See `Sink`."""
        _write(self._writer, results)

    def counts(self) -> Counter[str]:
        """See `Sink`."""
        return Counter()


class _Writer(Protocol):
    """What both kinds of writers take."""

    def add(self, coded: Coded, /) -> object: ...

    def set_aside(self, aside: SetAside, /) -> object: ...


def _write(writer: _Writer, results: Sequence[Coded | SetAside | Document]) -> None:
    """Hand over what was coded and what was set aside; a document that was known already is there."""
    for one in results:
        if isinstance(one, Coded):
            writer.add(one)
        elif isinstance(one, SetAside):
            writer.set_aside(one)


def open_sink(root: Path, format: str, options: Options, *, anew: bool = False) -> Sink:
    """The sink of a format: parquet is a store, jsonl and csv are files."""
    return StoreSink(root, options, anew=anew) if format == "parquet" else FileSink(root, format)
