"""What a watch remembers between its rounds: one SQLite file, so that a kill at any moment loses nothing.

A new entry and the marks of the feed's version are written together: a feed that answers "unchanged" never hides an entry
that was not coded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whowhom.errors import OutputError
from whowhom.pages.feeds import Entry

#: Entries that no feed has shown for so long are forgotten (seconds).
REMEMBERED_S = 90 * 86400.0

_TABLES = """
create table if not exists feeds (url text primary key, etag text default '', modified text default '',
  failures integer default 0, not_before real default 0);
create table if not exists entries (key text primary key, feed text, link text, title text, publisher text, date text, content text,
  done integer default 0, tries integer default 0, not_before real default 0, seen real);
create index if not exists waiting on entries (done, not_before);
create table if not exists hosts (host text primary key, robots text, robots_at real default 0, not_before real default 0);
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is still to be coded, the feed that showed it, and how often it was tried."""

    entry: Entry
    feed: str
    tries: int


@dataclass(frozen=True, slots=True)
class Feed:
    """What is known of a feed: marks of its last version, failures in a row, time (seconds since 1970) before which it is
    not asked again."""

    etag: str = ""
    modified: str = ""
    failures: int = 0
    not_before: float = 0.0


class State:
    """The file. To be used from one thread. Raises OutputError where it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = sqlite3.connect(path, timeout=30.0, isolation_level=None)
            self._file.executescript(_TABLES)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def feed(self, url: str) -> Feed:
        """What is known of a feed."""
        found = self._ask("select etag, modified, failures, not_before from feeds where url = ?", url)
        return Feed(*found[0]) if found else Feed()

    def take_feed(self, url: str, etag: str, modified: str, found: Iterable[Entry], now: float) -> int:
        """A feed as it is now: how many of its entries are new."""
        with self._whole():
            self._ask(
                "insert into feeds(url, etag, modified) values (?, ?, ?) on conflict(url) do update set etag = excluded.etag,"
                " modified = excluded.modified, failures = 0, not_before = 0", url, etag, modified,
            )  # fmt: skip
            new = 0
            for e in found:
                if self._ask("update entries set seen = ? where key = ? returning key", now, e.key):
                    continue
                self._ask(
                    "insert into entries(key, feed, link, title, publisher, date, content, seen) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    e.key, url, e.link, e.title, e.publisher, e.date, e.content, now,
                )  # fmt: skip
                new += 1
            self._ask("delete from entries where done and seen < ?", now - REMEMBERED_S)
        return new

    def unchanged(self, url: str) -> None:
        """A feed that has nothing new."""
        self._ask("update feeds set failures = 0, not_before = 0 where url = ?", url)

    def failed(self, url: str, until: float) -> None:
        """A feed that did not answer: it is not asked again before `until`."""
        self._ask(
            "insert into feeds(url, failures, not_before) values (?, 1, ?) on conflict(url)"
            " do update set failures = failures + 1, not_before = excluded.not_before",
            url, until,
        )  # fmt: skip

    def waiting(self, feeds: Iterable[str], now: float, most: int) -> list[Waiting]:
        """Entries of these feeds that are to be coded now, oldest first."""
        wanted = list(feeds)
        rows = self._ask(
            "select key, link, title, publisher, date, content, feed, tries from entries where not done and not_before <= ?"
            f" and feed in ({','.join('?' * len(wanted))}) order by seen, rowid limit ?", now, *wanted, most,
        )  # fmt: skip
        return [Waiting(Entry(*r[:6]), r[6], r[7]) for r in rows]

    def done(self, keys: Iterable[str]) -> None:
        """Entries that need no second look; their text is not kept."""
        with self._whole():
            for key in keys:
                self._ask("update entries set done = 1, content = '' where key = ?", key)

    def later(self, key: str, until: float, failed: bool) -> None:
        """An entry whose page could not be had, by a failure or because its host wants no request now: the time to try again."""
        self._ask("update entries set tries = tries + ?, not_before = ? where key = ?", int(failed), until, key)

    def hosts(self) -> dict[str, tuple[str, float, float]]:
        """Of each host: its robots.txt, when it was fetched, and the time before which it wants no request."""
        return {h: (robots, at, until) for h, robots, at, until in self._ask("select host, coalesce(robots, ''), robots_at, not_before from hosts")}

    def take_hosts(self, hosts: dict[str, tuple[str, float, float]]) -> None:
        """Write down what was learnt about hosts."""
        with self._whole():
            for host, (robots, at, until) in hosts.items():
                self._ask("insert or replace into hosts(host, robots, robots_at, not_before) values (?, ?, ?, ?)", host, robots, at, until)

    def _ask(self, sql: str, *values: Any) -> list[Any]:
        try:
            return self._file.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _whole(self) -> _Whole:
        return _Whole(self)

    def _failed(self, error: sqlite3.Error) -> OutputError:
        return OutputError(
            f"cannot keep what was seen: {error}", where=str(self.path), remedy="free space, end the other watch, or move the file away"
        )


class _Whole:
    """A transaction: all of it or nothing."""

    def __init__(self, state: State) -> None:
        self._state = state

    def __enter__(self) -> None:
        self._state._ask("begin immediate")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._state._ask("commit" if kind is None else "rollback")
