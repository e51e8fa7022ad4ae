"""RSS and Atom feeds -> pages, through feedparser (the extra ``scale``)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

from whowhom.model import Page, SetAside
from whowhom.pages.addresses import fetch, is_address
from whowhom.pages.options import ReadOptions, Refusal, aside
from whowhom.pages.records import from_timestamp

#: From this many characters without tags on, what a feed carries is the article itself and not its summary.
_WHOLE = 1500

#: Entries that are read of one feed.
_ENTRIES = 1000


def read_feed(body: bytes, source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages of a feed's entries, each named by its address: the article in the feed, else behind its link.

    Raises Refusal where feedparser is missing or nothing in the feed is an entry.
    """
    try:
        import feedparser
    except ImportError:
        raise Refusal("reading feeds needs feedparser", "pip install 'whowhom[scale]'") from None
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise Refusal("no entry in this feed", "check that it is RSS or Atom")
    publisher = options.publisher or " ".join(str(feed.feed.get("title", "")).split())[:200]
    for at, entry in enumerate(feed.entries[:_ENTRIES]):
        yield _page(entry, f"{source}#{at + 1}", publisher, options)


def _page(entry: Any, place: str, publisher: str, options: ReadOptions) -> Page | SetAside:
    link = str(entry.get("link") or "").strip()
    title = " ".join(re.sub(r"<[^<>]{0,200}>", "", str(entry.get("title") or "")).split())[:500]
    when = _day(entry) or options.date
    carried = [str(c.get("value") or "") for c in entry.get("content") or [] if isinstance(c, dict)]
    content = max([*carried, str(entry.get("summary") or "")], key=len)[: options.max_bytes]
    place = f"{place} {link}" if link else place
    if len(re.sub(r"<[^<>]{0,2000}>", "", content)) >= _WHOLE or (content.strip() and not is_address(link)):
        return Page(place, content.encode("utf8", "replace"), "html", link, title, publisher, when, "utf-8")
    if not is_address(link):
        return aside(place, "the entry has neither a text nor an address")
    try:
        got = fetch(link, options)
    except Refusal as refusal:
        return aside(place, refusal.reason, refusal.remedy)
    media = "text" if got.media == "text/plain" else "html"
    return Page(place, got.body, media, got.url, title, publisher, when, got.charset)


def _day(entry: Any) -> str:
    for name in ("published_parsed", "updated_parsed"):
        try:
            if entry.get(name):
                return from_timestamp(calendar.timegm(entry[name]))
        except (ValueError, OverflowError, TypeError, OSError):
            continue
    return ""
