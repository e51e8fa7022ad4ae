"""Web archives and feeds, made up in the test; skipped where the extra is not installed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from whowhom.model import Page, SetAside
from whowhom.pages import ReadOptions, read

HTML = b"<html><body><p>The minister left the town on Monday.</p></body></html>"


def record(kind: str, url: str, payload: bytes, content_type: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: {content_type}\r\n"
    head += f"Content-Length: {len(payload)}\r\n\r\n"
    return head.encode() + payload + b"\r\n\r\n"


def response(url: str, body: bytes, status: str = "200 OK", media: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}\r\n".encode() + body
    return record("response", url, http, "application/http; msgtype=response")


RECORDS = [
    record("warcinfo", "", b"software: test", "application/warc-fields"),
    response("https://example.org/1", HTML),
    response("https://example.org/2", b"gone", "404 Not Found"),
    response("https://example.org/3", b"\x89PNG", media="image/png"),
    response("https://example.org/4", gzip.compress(HTML), extra="Content-Encoding: gzip\r\n"),
    record("conversion", "https://example.org/5", b"Plain words of a page.", "text/plain"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_warc(tmp_path: Path, packed: bool) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in RECORDS))
    found = list(read([str(path)]))
    pages = [f for f in found if isinstance(f, Page)]
    assert [(p.url[-1], p.media) for p in pages] == [("1", "html"), ("4", "html"), ("5", "text")]
    assert pages[0].body == pages[1].body == HTML
    assert pages[0].charset == "utf-8"
    assert [f.reason for f in found if isinstance(f, SetAside)] == ["the site answered 404", "image/png is no page"]


def test_a_broken_archive_keeps_its_good_records(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(gzip.compress(r) for r in RECORDS[:2]) + gzip.compress(RECORDS[4])[:-20])
    found = list(read([str(path)]))
    assert isinstance(found[0], Page)
    assert all(isinstance(f, Page | SetAside) for f in found)


def test_a_huge_record_is_set_aside(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(response("https://example.org/1", b"a" * 3_000_000)) + gzip.compress(RECORDS[1]))
    found = list(read([str(path)], ReadOptions(max_bytes=100_000)))
    assert isinstance(found[0], SetAside) and "larger than" in found[0].reason
    assert isinstance(found[1], Page)


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    path = tmp_path / "a.warc"
    path.write_bytes(RECORDS[1])
    (found,) = read([str(path)])
    assert isinstance(found, SetAside)
    assert "fastwarc" in found.reason and "whowhom[scale]" in found.remedy


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Post</title>
<item><title>Talks fail</title><link>https://example.org/a</link><pubDate>Thu, 16 Dec 2021 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[%s]]></content:encoded></item>
<item><title>No link</title></item></channel></rss>"""


def test_feeds(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    path = tmp_path / "feed.xml"
    path.write_text(FEED % ("<p>" + "The ministers met again in Riga. " * 80 + "</p>"), encoding="utf8")
    page, other = read([str(path)])
    assert isinstance(page, Page)
    assert (page.title, page.date, page.publisher, page.url) == ("Talks fail", "2021-12-16", "The Post", "https://example.org/a")
    assert isinstance(other, SetAside)
