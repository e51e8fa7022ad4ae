"""JSON records, one per line or in one array, with ``text`` or ``html`` each -> pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any

from whowhom.model import Page, SetAside
from whowhom.pages.options import ReadOptions, Refusal, aside, megabytes
from whowhom.pages.streams import lines, read_all

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].{0,40})?$")
_PART = re.compile(r"\d{4}(?:-\d{2})?$")
_NO_TEXT = 'has neither "text" nor "html"'


def day(value: object) -> str:
    """A day of publication as ISO: from ISO dates and times, compact dates, RFC 2822 dates, years and months.

    Raises Refusal for anything else, and for days that no calendar has.
    """
    text = str(value).strip() if value is not None else ""
    if not text:
        return ""
    try:
        if m := _ISO.match(text):
            return date(int(m[1]), int(m[2]), int(m[3])).isoformat()
        if _PART.match(text):
            date(int(text[:4]), int(text[5:] or 1), 1)
            return text
        if isinstance(value, str) and len(text) < 60 and text[:1].isalpha():
            return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, OverflowError, TypeError, IndexError):
        pass
    raise Refusal(f"date {text[:40]!r} is no day", "write dates as YYYY-MM-DD")


def from_timestamp(seconds: float) -> str:
    """The day (UTC) of a time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def page(record: Mapping[str, Any], source: str, options: ReadOptions) -> Page | SetAside:
    """The page in a record, or why there is none."""
    names = (options.text_column, "text", "html") if options.text_column else ("text", "html")
    found = next((n for n in names if isinstance(record.get(n), str) and record[n].strip()), "")
    if not found:
        empty = any(isinstance(record.get(n), str) for n in names)
        return aside(source, "the record's text is empty" if empty else f"the record {_NO_TEXT}", "give each record its text")
    body = record[found].encode("utf8", "replace")
    if len(body) > options.max_bytes:
        return aside(source, f"larger than {megabytes(options.max_bytes)}", "split it, or raise max_bytes")
    try:
        when = day(record.get("date")) or options.date
    except Refusal as refusal:
        return aside(source, refusal.reason, refusal.remedy)
    media = "html" if found == "html" else "text"
    said = {n: _words(record.get(n)) for n in ("url", "title", "publisher")}
    return Page(source, body, media, said["url"], said["title"], said["publisher"] or options.publisher, when, "utf-8")


def _words(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return " ".join(text.encode("utf8", "replace").decode().split())[:2000]


def _parse(raw: bytes) -> Any:
    """JSON from bytes. Raises Refusal with the place of the mistake."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("broken JSON: not UTF-8", "write records as UTF-8") from None
    except json.JSONDecodeError as error:
        raise Refusal(f"broken JSON: {error.msg} at character {error.pos + 1}", "write one JSON object per line") from None
    except (RecursionError, ValueError) as error:
        raise Refusal(f"broken JSON: {type(error).__name__}", "write one flat JSON object per line") from None


def read_lines(stream: IO[bytes], source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages from JSON lines, each named ``source:line``. Raises Refusal where a line never ends."""
    # A record escapes its text: six bytes for one at worst.
    for number, line in lines(stream, 6 * options.max_bytes):
        place = f"{source}:{number}"
        if line is None:
            yield aside(place, f"line larger than {megabytes(6 * options.max_bytes)}", "split it, or raise max_bytes")
        elif line.strip():
            yield _one(line, place, options)


def _one(line: bytes, place: str, options: ReadOptions) -> Page | SetAside:
    try:
        record = _parse(line)
    except Refusal as refusal:
        return aside(place, refusal.reason, refusal.remedy)
    if not isinstance(record, dict):
        return aside(place, "the line is no JSON object", "write one JSON object per line")
    return page(record, place, options)


def read_whole(stream: IO[bytes], source: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages from one JSON object or an array of them, named ``source[n]``. Raises Refusal for broken JSON."""
    whole = _parse(read_all(stream, 6 * options.max_bytes))
    many = whole if isinstance(whole, list) else [whole]
    if not many:
        raise Refusal("an empty list of records", "give records with text or html")
    for at, record in enumerate(many):
        place = f"{source}[{at}]" if isinstance(whole, list) else source
        yield page(record, place, options) if isinstance(record, dict) else aside(place, "no JSON object")
