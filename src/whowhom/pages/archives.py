"""Web archives (WARC, WARC.gz, WET) -> pages, through fastwarc (the extra ``scale``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from whowhom.model import Page, SetAside
from whowhom.pages.gunzip import Gunzip
from whowhom.pages.options import ReadOptions, Refusal, aside, megabytes
from whowhom.pages.window import Window

#: A record's beginning; bytes read at a time when searching for it, and looked at together.
_HEAD = re.compile(rb"WARC/1\.\d\r?\n")
_WINDOW, _PROBE = 1 << 18, 16
#: A length as records write it. Fifteen digits are a thousand terabytes.
_LENGTH = re.compile(r"\d{1,15}")

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: IO[bytes], source: str, options: ReadOptions, gunzip: Gunzip | None = None) -> Iterator[Page | SetAside]:
    """Pages from responses and, in WET files, converted texts; named by their address or ``source#n``.

    Records of other kinds (requests, metadata) are no pages and are passed over. `gunzip` is what unpacks the stream and
    knows the damaged places that it passed. Reading goes on after what is damaged: that is named, and every other
    record is read. Raises Refusal where fastwarc is missing and for what holds no page.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise Refusal("reading web archives needs fastwarc", "pip install 'whowhom[scale]'") from None
    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    window = Window(stream)
    number, found = 0, False
    at: int | None = 0
    while at is not None:
        last, end, why, odd = at, at, "", False
        held: Page | SetAside | None = None
        try:
            # Records of all kinds, so that a wrong length of any is seen.
            for record in ArchiveIterator(window, record_types=WarcRecordType.any_type, parse_http=True, auto_decode="none"):
                if held is not None:
                    yield _settled(held, gunzip, last, record.stream_pos)
                held, last = None, record.stream_pos
                window.forget(last)
                length = str(record.headers.get("Content-Length") or "").strip()
                odd = not _LENGTH.fullmatch(length)
                # Four bytes end the head, and four the record.
                end = max(last, window.find(b"\r\n\r\n", last)) + 4 + (0 if odd else int(length))
                if record.record_type & kinds:
                    number, found = number + 1, True
                    held = _page(record, f"{source}#{number}", options)
                    if odd:
                        held = aside(f"{source}#{number}", f"its length is no number: {length[:30]!r}", "fetch the archive again")
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            why = " ".join(str(error).split())[:100] or type(error).__name__
        if not why and end <= window.tell():
            at = None
        else:
            at = next_record(window, last + 1)
        cut = _swallowed(held.body) if isinstance(held, Page) and at is not None else None
        if isinstance(held, Page) and cut is not None:
            held, why = replace(held, body=held.body[:cut]), ""  # its length was too long: what it swallowed is read for itself
        named = odd
        if held is not None:
            one = _settled(held, gunzip, last, window.tell() if at is None else at)
            named |= one is not held
            yield one
        if why and not named and (at is None or at > end + 4):
            number += 1
            where = f"what follows byte {end} is damaged" if at is None else f"damaged between bytes {end} and {at}"
            yield aside(f"{source}#{number}", f"{where}: {why}", "fetch the archive again")
    if not found:
        raise Refusal("no page in this archive", "give a WARC file with responses, or a WET file")


def _settled(one: Page | SetAside, gunzip: Gunzip | None, begin: int, end: int) -> Page | SetAside:
    """What a record gave, unless the stream was damaged within it."""
    torn = next((g for g in (gunzip.gaps if gunzip else ()) if g.inside and begin < g.at <= end), None)
    return one if torn is None else aside(one.source, f"the record is damaged: {torn.why}", "fetch the archive again")


def next_record(window: Window, begin: int) -> int | None:
    """Go to where the next record begins at or after a byte; None at the end of all."""
    at = window.seek(begin)
    kept, base = b"", at
    while True:
        part = window.read(_WINDOW)
        kept += part
        found = _head(kept, base == at)
        if found is not None and (found + _PROBE < len(kept) or not part):
            return window.seek(base + found)
        if not part:
            return None
        cut = max(0, len(kept) - _PROBE)
        kept, base = kept[cut:], base + cut
        window.forget(base)


def _head(text: bytes, opens: bool) -> int | None:
    """Where a record's head stands at a line's beginning; `opens` says that the text begins with one."""
    return next((f.start() for f in _HEAD.finditer(text) if text[f.start() - 1 : f.start()] == b"\n" or (opens and f.start() == 0)), None)


def _swallowed(body: bytes) -> int | None:
    """Where in a body another record begins."""
    found = _head(body, True)
    return len(body[:found].rstrip(b"\r\n")) if found is not None else None


def _page(record: Any, place: str, options: ReadOptions) -> Page | SetAside | None:
    """What a record gives."""
    headers = record.headers
    url = str(headers.get("WARC-Target-URI") or "").strip("<> ")
    if url.startswith(("dns:", "whois:")):
        return None
    place = f"{place} {url}" if url else place
    http = record.http_headers if record.is_http else None
    content_type = str((http if http is not None else headers).get("Content-Type") or "")
    media = content_type.partition(";")[0].strip().lower()
    if http is not None and not str(http.status_code or "200").startswith("2"):
        return aside(place, f"the site answered {http.status_code}")
    if media and media not in _PAGES:
        return aside(place, f"{media[:60]} is no page")
    encoding, transfer = (str((http.get(n) if http is not None else "") or "") for n in ("Content-Encoding", "Transfer-Encoding"))
    length = int(record.content_length)
    body = record.reader.read(options.max_bytes + 1)
    if len(body) > options.max_bytes:
        return aside(place, f"larger than {megabytes(options.max_bytes)}", "raise max_bytes")
    if len(body) < length:
        return aside(place, f"cut off: {len(body)} of {length} bytes are there", "fetch the archive again")
    from whowhom.pages.addresses import charset_of, unpacked

    try:
        body = unpacked(_unchunked(body, transfer), encoding, options.max_bytes)
    except Refusal as refusal:
        return aside(place, refusal.reason, refusal.remedy)
    if not body.strip():
        return aside(place, "empty")
    text = media == "text/plain" and b"<html" not in body[:2000].lower()
    return Page(place, body, "text" if text else "html", url, "", options.publisher, options.date, charset_of(content_type))


def _unchunked(body: bytes, encoding: str) -> bytes:
    """The body without the chunk sizes that some crawlers keep; as it is where it has none."""
    if "chunked" not in encoding.lower():
        return body
    parts: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + 20)) > 0:
        try:
            size = int(body[at:end].partition(b";")[0], 16)
        except ValueError:
            break
        if size <= 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size
    return b"".join(parts) if parts and at >= len(body) else body
