"""Which shards a store has in full: a marker per shard, checked against the store's own documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whowhom.model import Coded, Document, SetAside
from whowhom.scale.shard import STAGE

if TYPE_CHECKING:
    from whowhom.store import StoreWriter


class Markers:
    """Markers of the shards that one maker (version, model, settings) has finished, in ``runs/shards-<maker>.txt``.

    A line is a shard's id and the ids of its documents. It is written after the shard's rows are on disk, so a marker
    never says too much; and it counts only while the store holds those documents, so a part that was damaged and set
    aside is coded again.
    """

    def __init__(self, root: Path, maker: str, writer: StoreWriter) -> None:
        self.path = root / "runs" / f"shards-{maker}.txt"
        self._waiting: list[str] = []
        self._done: set[str] = set()
        try:
            with self.path.open(encoding="ascii") as lines:
                for line in lines:
                    shard, _, rest = line.partition(" ")
                    # A line without its end was cut off by a kill.
                    if line.endswith("\n") and all(writer.has(one) for one in rest.split()):
                        self._done.add(shard.strip())
        except FileNotFoundError:
            pass

    def has(self, shard: str) -> bool:
        """Whether all of this shard is in the store."""
        return shard in self._done

    def add(self, shard: str, results: Sequence[Coded | SetAside | Document]) -> None:
        """Remember a shard whose results were handed to the writer; not one with pages that hit a limit of the run."""
        if any(isinstance(r, SetAside) and r.stage == STAGE for r in results):
            return
        self._waiting.append(" ".join([shard, *(r.id if isinstance(r, Document) else r.document.id for r in results if not isinstance(r, SetAside))]))

    def flush(self) -> None:
        """Write the markers down: call it when the writer has flushed."""
        if not self._waiting:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="ascii") as file:
            if file.tell() and not self._ends_whole():
                file.write("\n")
            file.write("".join(line + "\n" for line in self._waiting))
        self._waiting = []

    def _ends_whole(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, 2)
            return file.read(1) == b"\n"
