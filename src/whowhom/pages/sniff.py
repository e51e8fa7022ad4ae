"""What kind of input some bytes are, told by the bytes themselves; the name only breaks ties."""

from __future__ import annotations

import re

#: How many bytes of an input the test looks at.
HEAD = 8192

#: First bytes of formats that hold no page, and what a user calls them. Source: the formats' own specifications.
_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
)  # fmt: skip

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|span|p|h1|h2|table|script|br|a)\b[^<]", re.I)
_HTML_END = re.compile(rb"<(?:html|head|body|article|main|section|div|p|h1|table)>", re.I)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_RECORD = re.compile(rb"\s*\{\s*\"")
_RECORDS = re.compile(rb"\s*\[\s*\{")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def kind(head: bytes, name: str = "") -> str:
    """One of empty, html, text, jsonl, json, warc, parquet, feed, gzip, zstd, or ``binary: what it is``.

    `head` is the beginning of the input (up to `HEAD` bytes), `name` its file name or the path of its address.
    """
    lower = name.lower()
    if not head.strip():
        return "empty"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    if head.startswith(b"PAR1"):
        return "parquet"
    if re.match(rb"WARC/\d", head):
        return "warc"
    for magic, what in _BINARY:
        if head.startswith(magic):
            return f"binary: {what}"
    for bom, codec in _BOMS:
        if head.startswith(bom):
            head = head[len(bom) :].decode(codec, "ignore").encode()
            break
    else:
        if (utf16 := _utf16_without_mark(head)) is not None:
            head = utf16
    if _is_binary(head):
        return "binary: binary data"
    if lower.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if _RECORDS.match(head) or (lower.endswith(".json") and head.lstrip()[:1] in (b"{", b"[")):
        return "jsonl" if _RECORD.match(head) and _is_whole_line(head) else "json"
    if _RECORD.match(head):
        return "jsonl" if _is_whole_line(head) else "json"
    if _FEED.search(head[:2000]) and head.lstrip()[:1] == b"<":
        return "feed"
    return "html" if _is_html(head, lower) else "text"


def _is_whole_line(head: bytes) -> bool:
    """Whether the first line can be a whole record: it ends in a brace, or it is longer than the head."""
    first, newline, _ = head.lstrip().partition(b"\n")
    return not newline or first.rstrip().endswith(b"}")


def _is_html(head: bytes, name: str) -> bool:
    """Tags near the beginning: several, or one where the file begins or its name says so."""
    found = len(_HTML.findall(head)) + len(_HTML_END.findall(head))
    return found >= 3 or (found >= 1 and (head.lstrip()[:1] == b"<" or name.endswith((".html", ".htm", ".xhtml"))))


def _utf16_without_mark(head: bytes) -> bytes | None:
    """Text in UTF-16 without its mark: every other byte is zero, in almost all of the head."""
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first::2], head[1 - first :: 2]
        if len(zeros) >= 8 and zeros.count(0) > 0.9 * len(zeros) and others.count(0) == 0:
            return head.decode(codec, "ignore").encode()
    return None


def _is_binary(head: bytes) -> bool:
    """Zero bytes, or more than a tenth of control characters that no text has."""
    if b"\x00" in head:
        return True
    control = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in head)
    return control > 0.1 * len(head)
