"""RSS and Atom feeds -> pages, through feedparser (the extra ``scale``)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whowhom.model import Page, SetAside
from whowhom.pages.addresses import Fetched, fetch, is_address
from whowhom.pages.options import ReadOptions, Refusal, aside
from whowhom.pages.records import from_timestamp

#: From this many characters without tags on, what a feed carries is the article itself and not its summary.
_WHOLE = 1500

#: Entries that are read of one feed.
_ENTRIES = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. `key` is the same whenever the entry comes again; `content` is the article where the feed
    carries it, '' where it is behind `link`. An entry with neither is none that can be read."""

    key: str
    link: str
    title: str
    publisher: str
    date: str
    content: str

    def page(self, place: str) -> Page | None:
        """The page that the feed carries, if it does."""
        if not self.content:
            return None
        return Page(place, self.content.encode("utf8", "replace"), "html", self.link, self.title, self.publisher, self.date, "utf-8")

    def page_behind(self, got: Fetched, place: str) -> Page:
        """The page behind the link."""
        media = "text" if got.media == "text/plain" else "html"
        return Page(place, got.body, media, got.url, self.title, self.publisher, self.date, got.charset)


def entries(body: bytes, options: ReadOptions) -> list[Entry]:
    """The entries of a feed, in its order. Raises Refusal where feedparser is missing or nothing in the feed is an entry."""
    try:
        import feedparser
    except ImportError:
        raise Refusal("reading feeds needs feedparser", "pip install 'whowhom[scale]'") from None
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise Refusal("no entry in this feed", "check that it is RSS or Atom")
    publisher = options.publisher or " ".join(str(feed.feed.get("title", "")).split())[:200]
    return [_entry(e, publisher, options) for e in feed.entries[:_ENTRIES]]


def read_feed(body: bytes, source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages of a feed's entries, each named by its address: the article in the feed, else behind its link.

    Raises Refusal where feedparser is missing or nothing in the feed is an entry.
    """
    for at, entry in enumerate(entries(body, options)):
        place = f"{source}#{at + 1} {entry.link}".rstrip()
        if (page := entry.page(place)) is not None:
            yield page
        elif not entry.link:
            yield aside(place, "the entry has neither a text nor an address")
        else:
            try:
                yield entry.page_behind(fetch(entry.link, options), place)
            except Refusal as refusal:
                yield aside(place, refusal.reason, refusal.remedy)


def _entry(entry: Any, publisher: str, options: ReadOptions) -> Entry:
    link = str(entry.get("link") or "").strip()
    link = link if is_address(link) else ""
    title = " ".join(re.sub(r"<[^<>]{0,200}>", "", str(entry.get("title") or "")).split())[:500]
    carried = [str(c.get("value") or "") for c in entry.get("content") or [] if isinstance(c, dict)]
    content = max([*carried, str(entry.get("summary") or "")], key=len)[: options.max_bytes]
    whole = len(re.sub(r"<[^<>]{0,2000}>", "", content)) >= _WHOLE or (content.strip() and not link)
    key = link or " ".join(str(entry.get("id") or title or content[:200]).split())[:500]
    return Entry(key, link, title, publisher, _day(entry) or options.date, content if whole else "")


def _day(entry: Any) -> str:
    for name in ("published_parsed", "updated_parsed"):
        try:
            if entry.get(name):
                return from_timestamp(calendar.timegm(entry[name]))
        except (ValueError, OverflowError, TypeError, OSError):
            continue
    return ""
