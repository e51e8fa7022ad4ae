"""Which pages a store has: compact enough for tens of millions of documents.

Hashes of 64 bits stand for ids, addresses and keys: the chance that two of ten million pages collide is
about 3 in a million; such a page would be taken for known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.model import Document, content_id
from whowhom.store import layout, parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def key_of(document: Document) -> str:
    """A hash of all that the page says: same key, same page."""
    d = document
    return content_id(d.id, d.url, d.title, d.publisher, d.date)


def number(text: str) -> int:
    """64 bits that stand for a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


class Known:
    """Keys of all pages ever taken in; id, address and day of the current ones."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]], superseded_keys: Iterable[str]) -> None:
        import numpy as np

        ids, urls, keys, days = [], [], [], []
        self._days: list[str] = []
        at: dict[str, int] = {}
        for id, url, key, day in rows:
            ids.append(number(id))
            urls.append(number(url) if url else 0)
            keys.append(number(key))
            days.append(at.setdefault(day, len(at)))
        self._days = list(at)
        keys += [number(k) for k in superseded_keys]
        order = np.argsort(np.array(ids, np.uint64), kind="stable")
        self._ids: NDArray[np.uint64] = np.array(ids, np.uint64)[order]
        self._day: NDArray[np.int32] = np.array(days, np.int32)[order]
        url_array = np.array(urls, np.uint64)[order]
        self._by_url: NDArray[np.int64] = np.argsort(url_array, kind="stable").astype(np.int64)
        self._urls: NDArray[np.uint64] = url_array[self._by_url]
        self._keys: NDArray[np.uint64] = np.unique(np.array(keys, np.uint64))
        self._new_keys: set[int] = set()
        self._new_ids: dict[int, str] = {}
        self._new_urls: dict[int, int] = {}
        self._gone: set[int] = set()

    def has_key(self, key: str) -> bool:
        """Whether exactly this page was taken in before."""
        return number(key) in self._new_keys or _find(self._keys, number(key)) >= 0

    def day_of(self, id: str) -> str | None:
        """The partition of a current document; None where there is none of this id."""
        return self._day_of(number(id))

    def same_page(self, id: str, url: str) -> list[tuple[int, str]]:
        """Current documents that a page with this id and address takes the place of: hash of id, and partition."""
        found = []
        wanted = [number(id)]
        if url:
            here = self._new_urls.get(number(url))
            if here is not None:
                wanted.append(here)
            first = _find(self._urls, number(url))
            while 0 <= first < len(self._urls) and int(self._urls[first]) == number(url):
                wanted.append(int(self._ids[self._by_url[first]]))
                first += 1
        for one in dict.fromkeys(wanted):
            day = self._day_of(one)
            if day is not None:
                found.append((one, day))
        return found

    def take(self, news: dict[str, Any]) -> None:
        """Learn of a shard: documents that went, then documents that came (id, address, key, partition)."""
        for gone in news.get("gone", ()):
            self._gone.add(int(gone))
            self._new_ids.pop(int(gone), None)
        for key in news.get("forget", ()):
            self._new_keys.discard(number(key))
            at = _find(self._keys, number(key))
            if at >= 0:
                import numpy as np

                self._keys = np.delete(self._keys, at)
        for id, url, key, day in news.get("documents", ()):
            self._gone.discard(number(id))
            self._new_ids[number(id)] = day
            self._new_keys.add(number(key))
            if url:
                self._new_urls[number(url)] = number(id)

    def _day_of(self, id: int) -> str | None:
        if id in self._new_ids:
            return self._new_ids[id]
        if id in self._gone:
            return None
        at = _find(self._ids, id)
        return self._days[int(self._day[at])] if at >= 0 else None


def _find(array: NDArray[np.uint64], value: int) -> int:
    """The first place of a value in a sorted array, -1 where it is not there."""
    import numpy as np

    at = int(np.searchsorted(array, np.uint64(value)))
    return at if at < len(array) and int(array[at]) == value else -1


def load(root: Path) -> tuple[Known, list[parts.DamagedPart]]:
    """What the store has, from its documents and superseded documents; and parts that cannot be read."""
    bad: list[parts.DamagedPart] = []
    rows: list[tuple[str, str, str, str]] = []
    old: list[str] = []
    for path in layout.parts(root, "documents"):
        try:
            table = parts.read(path, ["id", "url", "key"])
        except parts.DamagedPart as error:
            bad.append(error)
            continue
        day = path.parent.name
        rows += [(i, u, k, day) for i, u, k in zip(*(table.column(c).to_pylist() for c in ("id", "url", "key")), strict=True)]
    for path in layout.parts(root, "superseded/documents"):
        try:
            old += parts.read(path, ["key"]).column("key").to_pylist()
        except parts.DamagedPart as error:
            bad.append(error)
    return Known(rows, old), bad
