"""A round of a watch: which feeds have something new, and the pages of what is to be coded, many hosts at a time."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from whowhom.model import Page, SetAside
from whowhom.pages.addresses import fetch
from whowhom.pages.feeds import entries
from whowhom.pages.options import Answered, ReadOptions, Refusal, Unreachable, aside
from whowhom.pages.watch.polite import Later, Manners, host_of, wait
from whowhom.pages.watch.state import State, Waiting

#: Hosts that are asked at the same time, each one request after the other.
HOSTS_AT_ONCE = 8
#: Times that a page is asked for until it is given up.
TRIES = 8
#: Pages that wait to be coded.
_AHEAD = 32


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a feed gave: new entries, or why there are none."""

    url: str
    new: int
    said: str = ""


class Watch:
    """Feeds, watched with a state. `now` and `sleep` are the clock's.

    A round is `look`, then `pages` until it gives nothing; `done` is told what of it is stored.
    """

    def __init__(
        self,
        feeds: Sequence[str],
        state: State,
        options: ReadOptions,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.feeds = tuple(dict.fromkeys(feeds))
        self.postponed: list[tuple[str, str]] = []
        self._state, self._options, self._now = state, options, now
        self._manners = Manners(options, state.hosts(), now, sleep)
        self._over: list[str] = []

    def look(self) -> Iterator[Look]:
        """Ask every feed whether it has something new, but one that failed no sooner than its back-off says."""
        self.postponed = []
        for url in self.feeds:
            yield self._look(url)

    def _look(self, url: str) -> Look:
        known = self._state.feed(url)
        if known.not_before > self._now():
            return Look(url, 0, f"failed {known.failures} times, asked again in {(known.not_before - self._now()) / 60:.0f} min")
        sent = {n: v for n, v in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)) if v}
        try:
            got = fetch(url, self._options, sent)
            found = entries(got.body, self._options)
        except Refusal as refusal:
            if isinstance(refusal, Answered) and refusal.status == 304:
                self._state.unchanged(url)
                return Look(url, 0, "unchanged")
            seconds = wait(known.failures + 1, refusal.retry_after if isinstance(refusal, Answered) else "", self._now())
            self._state.failed(url, self._now() + seconds)
            return Look(url, 0, f"{refusal.reason}; asked again in {seconds / 60:.0f} min")
        return Look(url, self._state.take_feed(url, got.etag, got.modified, found, self._now()))

    def pages(self, most: int) -> Generator[Page | SetAside, None, None]:
        """Pages of up to so many entries that are to be coded now. A page that cannot be had for now comes a later time;
        `postponed` holds those of a round with the reasons."""
        self._over = []
        by_host: dict[str, list[Waiting]] = {}
        for one in self._state.waiting(self.feeds, self._now(), most):
            page = one.entry.page(one.entry.link or f"{one.feed} {one.entry.key}")
            if page is None and one.entry.link:
                by_host.setdefault(host_of(one.entry.link), []).append(one)
                continue
            self._over.append(one.entry.key)
            yield page if page is not None else aside(f"{one.feed} {one.entry.key}", "the entry has neither a text nor an address")
        with closing(_fetched(list(by_host.values()), self._manners)) as arriving:
            for one, got in arriving:
                if isinstance(got, Page):
                    self._over.append(one.entry.key)
                    yield got
                    continue
                until, failed = self._until(one, got)
                if until and one.tries + failed < TRIES:
                    self._state.later(one.entry.key, until, failed)
                    self.postponed.append((one.entry.link, got.reason))
                else:
                    self._over.append(one.entry.key)
                    yield aside(one.entry.link, got.reason + (f" ({TRIES} times)" if until else ""), got.remedy)
        self._state.take_hosts(self._manners.known)

    def done(self) -> None:
        """What `pages` gave is stored: it is not asked for again."""
        self._state.done(self._over)
        self._over = []

    def more(self) -> bool:
        """Whether there are entries that are to be coded now."""
        return bool(self._state.waiting(self.feeds, self._now(), 1))

    def _until(self, one: Waiting, refusal: Refusal) -> tuple[float, bool]:
        """When to ask again, 0 for what will not change; and whether this was a try that failed."""
        if isinstance(refusal, Later):
            if not refusal.failed:
                return refusal.until, False
            return max(refusal.until, self._now() + wait(one.tries + 1, "", self._now())), True
        if isinstance(refusal, Answered) and refusal.for_now:
            return self._now() + wait(one.tries + 1, refusal.retry_after, self._now()), True
        return (self._now() + wait(one.tries + 1, "", self._now()) if isinstance(refusal, Unreachable) else 0.0), True


def _fetched(hosts: list[list[Waiting]], manners: Manners) -> Generator[tuple[Waiting, Page | Refusal], None, None]:
    """Pages as they arrive. Leaving early ends the asking after the requests that are under way, and waits for none."""
    arrived: queue.Queue[tuple[Waiting, Page | Refusal]] = queue.Queue(_AHEAD)
    to_ask: queue.SimpleQueue[list[Waiting]] = queue.SimpleQueue()
    leave = threading.Event()

    def ask() -> None:
        while not leave.is_set():
            try:
                some = to_ask.get_nowait()
            except queue.Empty:
                return
            for one in some:
                hand_over(one, _one(one, manners))
                if leave.is_set():
                    return

    def hand_over(one: Waiting, got: Page | Refusal) -> None:
        while not leave.is_set():
            try:
                return arrived.put((one, got), timeout=0.2)
            except queue.Full:
                continue

    for some in hosts:
        to_ask.put(some)
    try:
        for _ in range(min(HOSTS_AT_ONCE, len(hosts))):
            threading.Thread(target=ask, name="watch", daemon=True).start()
        for _ in range(sum(map(len, hosts))):
            yield arrived.get()
    finally:
        leave.set()


def _one(one: Waiting, manners: Manners) -> Page | Refusal:
    try:
        return one.entry.page_behind(manners.get(one.entry.link), one.entry.link)
    except Refusal as refusal:
        return refusal
    except Exception as error:  # a fault of ours on this page must not end the watch
        return Refusal(f"fault {type(error).__name__}: {error}", "please report it with the address")
