"""The day of publication: given, from the page's metadata, its address, its dateline or a time stamp, in this order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

#: The first year that a page's own date is believed; given dates may be older.
FIRST_YEAR = 1900

#: Paragraphs at either end of a page in which a time stamp is looked for.
_TOP, _BOTTOM = 10, 4

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {m: i % 12 + 1 for i, m in enumerate(_NAMES)}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)"
_WRITTEN = (
    re.compile(rf"\b{_MONTH}\s{{1,3}}{_DAY}(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}", re.I),
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?(?:\sof)?[\s-]{{1,3}}{_MONTH},?[\s-]{{1,3}}{_YEAR}", re.I),
    re.compile(rf"\b{_YEAR}[-/.](?P<month>[01]?\d)[-/.]{_DAY}(?!\d)"),
    re.compile(rf"{_DAY}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}"),
)
_SLASHED = re.compile(r"(?<!\d)([0-3]?\d)/([0-3]?\d)/((?:19|20)\d\d)\b")
_WITHOUT_YEAR = (re.compile(rf"\b{_MONTH}\s{{1,3}}{_DAY}(?!\d)", re.I), re.compile(rf"{_DAY}\s{{1,3}}{_MONTH}", re.I))
_ADDRESS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(0?[1-9]|[12]\d|3[01])(?!\d)", re.I),
)
# PLACE, Dec 16 (Agency) - ...: a place in capitals or in capitalised words, a date, and a dash or a bracket after it.
_DATELINE = re.compile(r"^(?:[A-ZÀ-Þ][\w’'. /-]{1,40}(?:, [A-ZÀ-Þ][\w’'. ]{1,30}){0,2}),?\s[^—–]{0,80}?(?:\s?[—–]|\s--?\s|\))")


def today() -> date:
    """The current day, UTC."""
    return datetime.now(UTC).date()


def plausible(iso: str) -> bool:
    """Whether a full ISO date can be the day on which a page was published: not before 1900, not after tomorrow."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return False
    return day.year >= FIRST_YEAR and day <= today() + timedelta(days=1)


def _iso(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day).isoformat()
    except ValueError:
        return ""
    return found if plausible(found) else ""


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].lower()]


def written(text: str) -> str:
    """The first full date that is written in a short text, as ISO; empty where there is none or it is ambiguous."""
    found = []
    for pattern in _WRITTEN:
        for m in pattern.finditer(text[:400]):
            if iso := _iso(int(m["year"]), _month(m["month"]), int(m["day"])):
                found.append((m.start(), iso))
                break
    for m in _SLASHED.finditer(text[:400]):
        first, second, year = int(m[1]), int(m[2]), int(m[3])
        # 03/04 may be March or April: only what can be read one way counts.
        if first > 12 or second > 12 or first == second:
            day, month = (first, second) if first > 12 else (second, first)
            if iso := _iso(year, month, day):
                found.append((m.start(), iso))
    return min(found)[1] if found else ""


def from_address(url: str) -> str:
    """The date that an address carries, as ``/2021/12/16/`` or ``20211216``; empty where there is none."""
    for pattern in _ADDRESS:
        found = pattern.search(url[:2000])
        if found and (iso := _iso(int(found[1]), _month(found[2]), int(found[3]))):
            return iso
    return ""


def _year_of_address(url: str) -> int:
    found = re.search(r"/((?:19|20)\d\d)/", url[:2000])
    return int(found[1]) if found else 0


def from_dateline(text: str, url: str = "") -> str:
    """The date in the dateline of a paragraph; where it has no year, that of the address, if it names one."""
    line = _DATELINE.match(text[:200])
    if line is None:
        return ""
    if iso := written(line[0]):
        return iso
    if year := _year_of_address(url):
        for pattern in _WITHOUT_YEAR:
            if m := pattern.search(line[0]):
                return _iso(year, _month(m["month"]), int(m["day"]))
    return ""


def find(given: str, metadata: str, url: str, kept: Iterable[str], stamps: Sequence[tuple[int, str]], count: int) -> tuple[str, str]:
    """The date and its source: given, metadata, address, dateline, text or none.

    `kept` are paragraphs of the article; `stamps` the time stamps and bylines that were cut, with the number of the
    paragraph at which each stood, of `count`.
    """
    if given:
        return given, "given"
    if metadata and plausible(metadata):
        return metadata, "metadata"
    if iso := from_address(url):
        return iso, "address"
    for at, text in enumerate(kept):
        if at >= 5:
            break
        if iso := from_dateline(text, url):
            return iso, "dateline"
    for at, text in stamps:
        if (at < _TOP or at >= count - _BOTTOM) and (iso := written(text)):
            return iso, "text"
    return "", "none"
