"""Manners towards hosts: robots.txt, time between two requests, waiting when asked to, backing off from what fails."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from whowhom.pages.addresses import Fetched, fetch
from whowhom.pages.options import Answered, ReadOptions, Refusal, Unreachable

#: Seconds between two requests to one host, unless its robots.txt asks for more.
PAUSE_S = 1.0
#: A host that asks for more seconds than this between requests gets one a round.
LONGEST_PAUSE_S = 60.0
#: How long robots.txt holds (RFC 9309: no more than a day), and bytes of it that are read (RFC 9309: at least 500 KiB).
ROBOTS_S, ROBOTS_BYTES = 86400.0, 512 * 1024
#: First and longest wait (seconds) after failures in a row; each doubles the one before.
FIRST_WAIT_S, LONGEST_WAIT_S = 300.0, 86400.0
#: The name that robots.txt may call us by.
AGENT = "whowhom"


def wait(failures: int, retry_after: str, now: float) -> float:
    """Seconds to wait after so many failures in a row (1 or more), or what the site asks for, if that is longer; a day at most.

    A tenth is left to chance, so that many do not come back together.
    """
    asked = 0.0
    if retry_after.strip().isdigit() and len(retry_after) < 10:
        asked = float(retry_after)
    elif retry_after:
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            asked = parsedate_to_datetime(retry_after).timestamp() - now
    ours = FIRST_WAIT_S * 2.0 ** min(20, failures - 1)
    return min(LONGEST_WAIT_S, max(asked, ours)) * random.uniform(1, 1.1)


def host_of(url: str) -> str:
    """Scheme, name and port: what a robots.txt holds for; '' for what is no address."""
    try:
        split = urlsplit(url)
    except ValueError:  # a feed may hold "http://[::1"
        return ""
    return f"{split.scheme}://{split.netloc}".lower()


class Later(Refusal):
    """A host that wants no request now: `until` is when it may be asked again (seconds since 1970), `failed` whether that
    is for a failure of its own and not for our pace."""

    def __init__(self, until: float, reason: str, *, failed: bool = True) -> None:
        self.until, self.failed = until, failed
        super().__init__(reason)


class Manners:
    """What hosts want, learnt as they are asked; safe to share between threads, each of which asks hosts of its own.

    `known` is what `State.hosts` gave, and what `State.take_hosts` takes back. `now` and `sleep` are the clock's.
    """

    def __init__(
        self, options: ReadOptions, known: dict[str, tuple[str, float, float]], now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.known = known
        self._options, self._now, self._sleep = options, now, sleep
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()

    def get(self, url: str) -> Fetched:
        """A page, when its host allows it. Raises Later where it wants to be left alone for now, Refusal where it forbids."""
        try:
            return fetch(url, self._options, check=self._check)
        except Answered as answer:
            if answer.status in (429, 503):
                self._leave_alone(host_of(url), wait(1, answer.retry_after, self._now()))
            raise

    def _check(self, url: str) -> None:
        """Before a request: robots.txt, the pause since the last one."""
        host = host_of(url)
        if self._now() < (until := self.known.get(host, ("", 0.0, 0.0))[2]):
            raise Later(until, "the site asked to be left alone for a while")
        robots = self._robots(host)
        if not robots.can_fetch(url, AGENT):
            raise Refusal("the site's robots.txt forbids it", "ask the site, or save the page and code the file")
        pause = max(PAUSE_S, float(robots.crawl_delay(AGENT) or 0.0))
        last = self._last.get(host)
        if last is not None and (left := last + pause - self._now()) > 0:
            if left > LONGEST_PAUSE_S:
                raise Later(last + pause, f"the site wants {pause:.0f} s between two requests", failed=False)
            self._sleep(left)
        self._last[host] = self._now()

    def _robots(self, host: str) -> Any:
        text, at, until = self.known.get(host, ("", 0.0, 0.0))
        if not at or self._now() - at > ROBOTS_S:
            text = self._fetch_robots(host)
            with self._lock:
                self.known[host] = (text, self._now(), until)
        return parsed(text)

    def _fetch_robots(self, host: str) -> str:
        """As RFC 9309 has it: where there is none, all is allowed; where the host does not answer, nothing is for now."""
        try:
            return fetch(host + "/robots.txt", replace(self._options, max_bytes=ROBOTS_BYTES)).body.decode("utf8", "replace")
        except Answered as answer:
            if not answer.for_now:
                return ""
            seconds = wait(1, answer.retry_after, self._now())
        except Unreachable:
            seconds = wait(1, "", self._now())
        except Refusal:  # something that is no robots.txt
            return ""
        self._leave_alone(host, seconds)
        raise Later(self._now() + seconds, "its robots.txt cannot be had for now")

    def _leave_alone(self, host: str, seconds: float) -> None:
        with self._lock:
            text, at, _ = self.known.get(host, ("", 0.0, 0.0))
            self.known[host] = (text, at, self._now() + seconds)


@lru_cache(maxsize=512)
def parsed(text: str) -> Any:
    """A robots.txt, parsed. Raises Refusal where protego is missing."""
    try:
        from protego import Protego
    except ImportError:
        raise Refusal("reading robots.txt needs protego", "pip install 'whowhom[scale]'") from None
    return Protego.parse(text)
