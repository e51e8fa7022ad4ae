"""Web archives (WARC, WARC.gz, WET) -> pages, through fastwarc (the extra ``scale``)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from whowhom.model import Page, SetAside
from whowhom.pages.options import ReadOptions, Refusal, aside, megabytes

#: Bytes that may be a record's beginning; bytes read at a time, and looked at together, when searching for it.
_HEADS = re.compile(rb"\x1f\x8b\x08|WARC/1\.\d\r?\n")
_WINDOW, _PROBE = 1 << 20, 1024

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: IO[bytes], source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages from responses and, in WET files, converted texts; named by their address or ``source#n``.

    Records of other kinds (requests, metadata) are no pages and are passed over. Raises Refusal where fastwarc
    is missing, and for a damaged archive where it cannot be gone back in (standard input). In one that can, reading goes
    on at the next sound record: what was damaged is named, every other record is read.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise Refusal("reading web archives needs fastwarc", "pip install 'whowhom[scale]'") from None
    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    number = found = 0
    at: int | None = 0
    while at is not None:
        last, whole, why = at, True, ""
        try:
            for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="none"):
                number += 1
                last, found = record.stream_pos, found + 1
                one, whole = _page(record, f"{source}#{number}", options)
                if one is not None:
                    yield one
                if not whole:
                    break  # its length is wrong: the next record begins somewhere inside
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            why = " ".join(str(error).split())[:100] or type(error).__name__
        if whole and not why:
            break
        if not stream.seekable():
            raise Refusal(f"damaged after {number} records: {why or 'a wrong length'}", "fetch the archive again")
        at = next_record(stream, last + 1)
        if why:
            where = f"what follows byte {last} is damaged" if at is None else f"damaged between bytes {last} and {at}"
            yield aside(f"{source}#{number + 1}", f"{where}: {why}", "fetch the archive again")
            number += 1
        if at is not None:
            stream.seek(at)
    if not found:
        raise Refusal("no page in this archive", "give a WARC file with responses, or a WET file")


def next_record(stream: IO[bytes], begin: int) -> int | None:
    """Where the next record begins at or after a byte: a compressed one that holds a record's head, or a plain head."""
    stream.seek(begin)
    kept, base = b"", begin
    while part := stream.read(_WINDOW):
        kept += part
        for found in _HEADS.finditer(kept):
            at = found.start()
            # A head at the very end of what is in memory is looked at again with more.
            if at + _PROBE <= len(kept) or len(part) < _WINDOW:
                if kept[at : at + 2] == b"\x1f\x8b":
                    if _opens_record(kept[at : at + _PROBE]):
                        return base + at
                elif base + at == 0 or kept[max(0, at - 1) : at] == b"\n":
                    return base + at
        cut = max(0, len(kept) - _PROBE)
        kept, base = kept[cut:], base + cut
    return None


def _opens_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _page(record: Any, place: str, options: ReadOptions) -> tuple[Page | SetAside | None, bool]:
    """What a record gives, and whether it was as long as it says."""
    headers = record.headers
    url = str(headers.get("WARC-Target-URI") or "").strip("<> ")
    if url.startswith(("dns:", "whois:")):
        return None, True
    place = f"{place} {url}" if url else place
    http = record.http_headers if record.is_http else None
    content_type = str((http if http is not None else headers).get("Content-Type") or "")
    media = content_type.partition(";")[0].strip().lower()
    if http is not None and not str(http.status_code or "200").startswith("2"):
        return aside(place, f"the site answered {http.status_code}"), True
    if media and media not in _PAGES:
        return aside(place, f"{media[:60]} is no page"), True
    encoding, transfer = (str((http.get(n) if http is not None else "") or "") for n in ("Content-Encoding", "Transfer-Encoding"))
    length = int(record.content_length)
    body = record.reader.read(options.max_bytes + 1)
    if len(body) > options.max_bytes:
        return aside(place, f"larger than {megabytes(options.max_bytes)}", "raise max_bytes"), True
    if len(body) < length:
        return aside(place, f"cut off: {len(body)} of {length} bytes are there", "fetch the archive again"), False
    from whowhom.pages.addresses import charset_of, unpacked

    try:
        body = unpacked(_unchunked(body, transfer), encoding, options.max_bytes)
    except Refusal as refusal:
        return aside(place, refusal.reason, refusal.remedy), True
    if not body.strip():
        return aside(place, "empty"), True
    text = media == "text/plain" and b"<html" not in body[:2000].lower()
    return Page(place, body, "text" if text else "html", url, "", options.publisher, options.date, charset_of(content_type)), True


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
