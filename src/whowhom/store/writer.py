"""Taking coded pages into a store, shard by shard."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whowhom.errors import OutputError
from whowhom.model import Coded, Document, SetAside, content_id
from whowhom.schema import row
from whowhom.store import commit, known, layout, parts, repair
from whowhom.store.change import Change
from whowhom.store.lock import locked

#: A shard is written when it has this many documents, or is this old: what a kill can cost at most.
SHARD_DOCUMENTS = 256
SHARD_SECONDS = 30.0


class StoreWriter:
    """Adds coded pages to a store; a context manager, made by `Store.writer`.

    What was added is in the store when a shard is full or the `with` block ends, also by an error or Ctrl-C.
    `counts` says how many pages were added, were there already (`unchanged`), and took the place of an older
    version (`corrected`, `metadata`, `recoded`). Raises OutputError where nothing can be written; the store
    is then as it was before the shard.
    """

    def __init__(self, root: Path, maker: layout.Maker, *, shard_documents: int = SHARD_DOCUMENTS) -> None:
        self.root, self.maker = root, maker
        self.counts: Counter[str] = Counter()
        self.damaged: list[parts.DamagedPart] = []
        self._size = shard_documents
        self._coded: list[tuple[Coded, bool]] = []
        self._aside: list[SetAside] = []
        self._asides: set[str] = set()
        self._number = 0
        self._since = time.monotonic()
        self._broken = False
        self._known: known.Known | None = None

    def __enter__(self) -> Self:
        with self._guarded(), locked(self.root / "lock"):
            self._number = commit.recover(self.root)
            self._load()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._broken:
            self.flush()

    def has(self, page: Document | str) -> bool:
        """Whether this page (all it says being the same), or the document of this id, is in the store."""
        if isinstance(page, str):
            return self._view.day_of(page) is not None
        return self._view.has_key(known.key_of(page))

    def add(self, coded: Coded, *, anew: bool = False) -> None:
        """Take in a coded page. One that is there already changes nothing, unless `anew` (recoded by this version)."""
        if not anew and self.has(coded.document):
            self.counts["unchanged"] += 1
            return
        self._coded.append((coded, anew))
        self._flush_if_due()

    def set_aside(self, aside: SetAside) -> None:
        """Write down what could not be coded, and why; once."""
        self._aside.append(aside)
        self._flush_if_due()

    def flush(self) -> None:
        """Write the shard now."""
        waiting, aside = self._coded, self._aside
        self._coded, self._aside, self._since = [], [], time.monotonic()
        if not waiting and not aside:
            return
        with self._guarded(), locked(self.root / "lock"):
            self._catch_up()
            while waiting or aside:
                # Two versions of one page in a shard: the first comes in before the second takes its place.
                urls: set[str] = set()
                end = 0
                for coded, _ in waiting:
                    marks = {coded.document.id} | ({coded.document.url} - {""})
                    if urls & marks:
                        break
                    urls |= marks
                    end += 1
                try:
                    self._commit(waiting[:end], aside)
                except parts.DamagedPart:
                    self._load(check=True)
                    self._commit(waiting[:end], aside)
                waiting, aside = waiting[end:], []

    @property
    def _view(self) -> known.Known:
        if self._known is None:
            raise OutputError("the writer is not open", where=str(self.root), remedy="use it in a with block")
        return self._known

    def _flush_if_due(self) -> None:
        if len(self._coded) >= self._size or len(self._aside) >= 10 * self._size or time.monotonic() - self._since > SHARD_SECONDS:
            self.flush()

    def _load(self, check: bool = False) -> None:
        """Read what is known; move parts that cannot be read out of the way and what hangs on them."""
        view, bad = known.load(self.root)
        try:
            asides = {i for p in layout.parts(self.root, "set_aside") for i in parts.read(p, ["id"]).column("id").to_pylist()}
        except parts.DamagedPart as error:
            bad, asides = [*bad, error], set()
        if bad or check:
            bad = parts.damaged(self.root, (*layout.TABLES, *(f"superseded/{t}" for t in layout.DAILY)))
            self.damaged += bad
            self._number = repair.repair(self.root, bad, self._number)
            return self._load()
        self._known, self._asides = view, asides

    def _catch_up(self) -> None:
        """Learn what other writers did since."""
        before, self._number = self._number, commit.recover(self.root)
        news = commit.news_since(self.root, before)
        if news is None:
            self._load()
            return
        for one in news:
            self._view.take(one)
            self._asides |= set(one.get("asides", ()))

    def _commit(self, shard: list[tuple[Coded, bool]], aside: list[SetAside]) -> None:
        """Take in pages of different ids and addresses, and what was set aside."""
        import pyarrow as pa

        view, change = self._view, Change(self.root)
        fresh = [(c, anew) for c, anew in shard if anew or not view.has_key(known.key_of(c.document))]
        counts = Counter(unchanged=len(shard) - len(fresh))
        asides = {a.id: a for a in (layout.Aside(content_id(a.source, a.stage, a.reason), a.source, a.stage, a.reason, a.remedy) for a in aside)}
        asides = {i: a for i, a in asides.items() if i not in self._asides}
        if not fresh and not asides:
            self.counts += counts
            return
        news: dict[str, Any] = {"gone": [], "documents": [], "asides": list(asides)}
        corrections: list[layout.Correction] = []
        rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for coded, _anew in fresh:
            d = coded.document
            for old, day in view.same_page(d.id, d.url):
                correction = self._supersede(change, old, day, coded)
                corrections.append(correction)
                counts[correction.reason] += 1
                news["gone"].append(old)
            folder = layout.day_folder(d.date)
            for table, some in _rows(coded, self.maker.id).items():
                rows.setdefault((table, folder), []).extend(some)
            news["documents"].append([d.id, d.url, known.key_of(d), folder])
        counts["added"] = len(fresh)
        for (table, folder), some in rows.items():
            change.add(table, folder, pa.Table.from_pylist(some, schema=layout.arrow_schema(table)))
        for table, records in (("set_aside", asides.values()), ("corrections", corrections)):
            change.add(table, "", pa.Table.from_pylist([row(r) for r in records], schema=layout.arrow_schema(table)))
        if not (self.root / "makers" / f"part-{self.maker.id}.parquet").exists():
            change.contents[f"makers/part-{self.maker.id}.parquet"] = pa.Table.from_pylist([row(self.maker)], schema=layout.arrow_schema("makers"))
        shard_commit = commit.Commit(self.root, self._number + 1, news)
        change.carry_out(shard_commit)
        self._number = shard_commit.number
        view.take(news)
        self._asides |= set(asides)
        self.counts += counts

    def _supersede(self, change: Change, old: int, day: str, coded: Coded) -> layout.Correction:
        """Move the rows of an older version of a page aside."""
        d = coded.document
        gone = {table: change.remove(table, day, {old}) for table in layout.DAILY}
        before = gone["documents"].select(["id", "key"]).to_pylist()[0]
        reason = "corrected" if before["id"] != d.id else "recoded" if before["key"] == known.key_of(d) else "metadata"
        if reason != "recoded":  # what the same text gave before can be made again; another text cannot
            for table, some in gone.items():
                change.add(f"superseded/{table}", day, some)
        mark = content_id(before["id"], before["key"], d.id, known.key_of(d), self.maker.id if reason == "recoded" else "")
        return layout.Correction(mark, d.url, reason, before["id"], d.id, gone["events"].num_rows, len(coded.events))

    def _guarded(self) -> _Guard:
        return _Guard(self)


class _Guard:
    """Turns errors of the file system into OutputError, and marks the writer as broken."""

    def __init__(self, writer: StoreWriter) -> None:
        self.writer = writer

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            return
        self.writer._broken = True
        if isinstance(error, OSError):
            raise OutputError(
                f"cannot write: {error.strerror or error}; what was written before stays",
                where=str(error.filename or self.writer.root), remedy="free space or rights, then run the same command: it goes on from there",
            ) from error  # fmt: skip


def _rows(coded: Coded, made_by: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a coded page by table."""
    records = {"mentions": coded.mentions, "notes": coded.notes, "events": coded.events}
    rows = {table: [row(r) | {"made_by": made_by} for r in some] for table, some in records.items()}
    counts = {f"n_{table}": len(some) for table, some in rows.items()}
    rows["documents"] = [row(coded.document) | {"made_by": made_by, "key": known.key_of(coded.document)} | counts]
    return rows
