"""ISO dates cut at their precision, and the arithmetic on them. Years 1 to 9999; earlier ones are only named."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = {m.lower(): n for n, m in enumerate(calendar.month_name) if m}
MONTHS |= {m.lower(): n for n, m in enumerate(calendar.month_abbr) if m} | {"sept": 9}
WEEKDAYS = {d.lower(): n for n, d in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
#: Months a season covers, first and last, as in the northern half of the world; winter runs into the next year.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
UNITS = {"second", "minute", "hour", "day", "night", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century"}


def parse_day(text: str) -> date | None:
    """A full or cut ISO date as a day (its first), or None where it is none."""
    parts = text[:10].split("-")
    try:
        return date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
    except (ValueError, IndexError, OverflowError):
        return None


def year_text(year: int) -> str:
    """ISO year, expanded with a sign before the common era."""
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def month_text(year: int, month: int) -> str:
    """ISO month; months beyond the year count on."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year_text(year)}-{month:02d}"


def day_text(year: int, month: int, day: int) -> str | None:
    """ISO day, None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        return None


def shift_days(day: date, days: float) -> date | None:
    """A day so many days on, None beyond the calendar."""
    try:
        return day + timedelta(days=int(days))
    except (OverflowError, ValueError):
        return None


def week(day: date, weeks: int = 0) -> tuple[str, str]:
    """Monday and Sunday of the week so many weeks on; empty beyond the calendar."""
    monday = shift_days(day, 7 * weeks - day.weekday())
    sunday = monday and shift_days(monday, 6)
    return (monday.isoformat(), sunday.isoformat()) if monday and sunday else ("", "")


def last_day(text: str) -> str:
    """The last day of a date cut at year, month or day; '' where it is no date."""
    first = parse_day(text)
    if first is None or text.startswith("-"):
        return ""
    if len(text) == 4:
        return f"{text}-12-31"
    return f"{text}-{calendar.monthrange(first.year, first.month)[1]:02d}" if len(text) == 7 else text


def first_day(text: str) -> str:
    """The first day of a cut date."""
    day = parse_day(text)
    return day.isoformat() if day else ""
