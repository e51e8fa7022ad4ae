"""Web archives (WARC, WARC.gz, WET) -> pages, through fastwarc (the extra ``scale``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from whowhom.model import Page, SetAside
from whowhom.pages.options import ReadOptions, Refusal, aside, megabytes

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: IO[bytes], source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages from responses and, in WET files, converted texts; named by their address or ``source#n``.

    Records of other kinds (requests, metadata) are no pages and are passed over. Raises Refusal where fastwarc
    is missing, and where the archive is damaged, after all records before the damage.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise Refusal("reading web archives needs fastwarc", "pip install 'whowhom[scale]'") from None
    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="none"):
            number += 1
            one = _page(record, f"{source}#{number}", options)
            if one is not None:
                yield one
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        raise Refusal(f"damaged after {number} records: {error or type(error).__name__}", "fetch the archive again") from None
    if not number:
        raise Refusal("no page in this archive", "give a WARC file with responses, or a WET file")


def _page(record: Any, place: str, options: ReadOptions) -> Page | SetAside | None:
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
    body = record.reader.read(options.max_bytes + 1)
    if len(body) > options.max_bytes:
        return aside(place, f"larger than {megabytes(options.max_bytes)}", "raise max_bytes")
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
