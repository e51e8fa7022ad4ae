"""Working out: weekdays, "last week", "8 days ago", "two days later", clock times, durations, and what stays open."""

from __future__ import annotations

import re
from datetime import date, timedelta

from whowhom.mentions.times.absolute import count
from whowhom.mentions.times.calendar import WEEKDAYS, first_day, last_day, month_text, parse_day, shift_days, week, year_text
from whowhom.mentions.times.expression import NO_ANCHOR, Setting, Value, unknown

Match = re.Match[str]
_STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1, "same": 0, "that": 0}
_PERIOD = {"year": "Y", "month": "M", "week": "W", "day": "D", "decade": "0Y", "century": "00Y", "quarter": "Q", "night": "D", "weekend": "D"}
_CLOCK = {"hour": "H", "minute": "M", "second": "S"}


def singular(unit: str) -> str:
    """A unit of time in the singular, lower case."""
    unit = unit.lower().rstrip("’'")
    return {
        "centuries": "century",
        "yrs": "year",
        "yr": "year",
        "hrs": "hour",
        "hr": "hour",
        "mins": "minute",
        "min": "minute",
        "secs": "second",
    }.get(unit, unit[:-1] if unit.endswith("s") and unit != "s" else unit)


def at_unit(day: date, unit: str) -> Value:
    """The year, month, week or day of that unit's precision that holds a day."""
    if unit == "year":
        return Value("date", year_text(day.year), "", "year")
    if unit in ("month", "quarter"):
        first = 3 * ((day.month - 1) // 3) + 1
        if unit == "quarter":
            return Value("date", month_text(day.year, first), month_text(day.year, first + 2), "range")
        return Value("date", month_text(day.year, day.month), "", "month")
    if unit in ("week", "fortnight"):
        return Value("date", *week(day), "week")
    if unit == "weekend":
        saturday = day + timedelta(5 - day.weekday())
        return Value("date", saturday.isoformat(), (saturday + timedelta(1)).isoformat(), "range")
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        return Value("date", year_text(day.year // size * size), year_text(day.year // size * size + size - 1), "range")
    return Value("date", day.isoformat(), "", "day")


def shift(day: date, number: float, unit: str) -> date | None:
    """A day so many units on (negative: back); None beyond the calendar."""
    if unit in ("year", "month", "quarter", "decade", "century"):
        months = round(number * {"year": 12, "month": 1, "quarter": 3, "decade": 120, "century": 1200}[unit])
        if abs(months) > 120_000:
            return None
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, 28)) if 1 <= year <= 9999 else None
    days = number * {"week": 7, "weekend": 7, "fortnight": 14, "day": 1, "night": 1, "hour": 1 / 24, "minute": 1 / 1440}.get(unit, 0)
    return shift_days(day, days) if abs(days) < 4e6 else None


def moved(base: date, number: float, unit: str, how: str) -> Value:
    """The value so many units from a day, at the unit's precision."""
    if unit in ("hour", "minute", "second") and abs(number) < 24:
        return at_unit(base, "day")._replace(how=how)
    day = shift(base, number, unit)
    if day is None:
        years = base.year + number * {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
        if unit in ("year", "decade", "century") and -9999 < years < 1:
            return Value("date", year_text(int(years)), "", "year", how)
        return unknown(f"left open: {how} lies outside the calendar")
    return at_unit(day, unit)._replace(how=how)


def today(match: Match, setting: Setting) -> Value:
    """ "today", "yesterday", "tomorrow night", "the day before yesterday", "last night", "this morning"."""
    if setting.anchor is None:
        return unknown(NO_ANCHOR)
    word = " ".join(match["deictic"].lower().split())
    days = {
        "yesterday": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
        "last night": -1,
        "yesteryear": 0,
        "overnight": 0,
    }
    day = shift_days(setting.anchor, days.get(word, 0))
    return Value("date", day.isoformat(), "", "day", f"{word}: from the document date") if day else unknown("left open: outside the calendar")


def weekday(match: Match, setting: Setting) -> Value:
    """A day of the week: the last on or before the document's date, or the next with future tense."""
    if setting.anchor is None:
        return unknown(NO_ANCHOR)
    wanted = WEEKDAYS[match["wd"].lower().rstrip(".")]
    word = (match.groupdict().get("rel") or "").lower()
    back = (setting.anchor.weekday() - wanted) % 7
    on = (wanted - setting.anchor.weekday()) % 7
    if word in ("last", "past", "previous"):
        days, how = -(back or 7), "the one before the document date"
    elif word in ("next", "coming"):
        days, how = on or 7, "the one after the document date"
    elif setting.direction() == "future":
        days, how = on, "the next on or after the document date (future)"
    else:
        days, how = -back, "the last on or before the document date"
    day = shift_days(setting.anchor, days)
    return Value("date", day.isoformat(), "", "day", how) if day else unknown("left open: outside the calendar")


def deictic_unit(match: Match, setting: Setting) -> Value:
    """ "last week", "this month", "next year", "the previous year", "the same month", "that day"."""
    part = match.groupdict()
    word, unit = part["rel"].lower().split()[0], singular(part["unit"])
    word = "that" if part["rel"].lower().endswith(" same") else word
    step = _STEP.get(word, 0)
    told = setting.reference()
    if word in ("following", "previous", "same", "that") and told and told.date:
        base, how = parse_day(told.date), "counted from the date before it in the text"
    elif word == "that":
        return Value("vague", how="left open: it points back at no date in the text")
    else:
        base, how = setting.anchor, "counted from the document date"
    if base is None:
        return unknown(NO_ANCHOR)
    if part.get("plus"):  # "the same month a year ago", "the same period last year"
        base = shift(base, -1, "year") or base
    if unit == "period":
        return (
            Value("date", told.date[:7] if told and told.date else year_text(base.year), "", "month" if told and len(told.date) >= 7 else "year", how)
            if not part.get("plus")
            else _same_period(told, base, how)
        )
    if unit in ("hour", "minute", "second", "night") and word == "last":
        return moved(base, -1, "day" if unit == "night" else unit, how)
    if unit in ("century", "decade") and word in ("last", "past"):
        begin = shift(base, -1, unit) or base
        return Value("date", year_text(begin.year), year_text(base.year), "range", how)
    return moved(base, step, unit, how)


def _same_period(told: Value | None, base: date, how: str) -> Value:
    """The period told before, a year back."""
    if told is None or not told.date[:1].isdigit() or len(told.date) < 7:
        return Value("date", year_text(base.year), "", "year", how)
    back = [year_text(int(t[:4]) - 1) + t[4:] if t else "" for t in (told.date, told.date_end)]
    return told._replace(date=back[0], date_end=back[1], how="the same period a year before")


def ago(match: Match, setting: Setting) -> Value:
    """ "8 days ago", "a year earlier", "two days later", "in three weeks", "10 days from now"."""
    part = match.groupdict()
    number, unit = count(part["n"]), singular(part["unit"])
    word = (part.get("way") or "in").lower().replace("’", "'")
    word = "in" if word == "' time" else word
    if number == 0:
        return Value("vague", how="left open: how many is not said")
    if word in ("ago", "from now", "from today", "in", "within", "in the past", "back", "hence"):
        base, of = setting.anchor, "the document date"
        if unit == "day" and word == "ago" and setting.lead is not None:
            base, of = setting.lead, f"{setting.lead:%A} {setting.lead.isoformat()}, the day that the lead reports"
    else:
        told = setting.reference()
        base = parse_day(told.date) if told and told.date else setting.anchor
        of = "the date before it in the text" if told and told.date else "the document date"
    if base is None:
        return unknown(NO_ANCHOR)
    back = word in ("ago", "earlier", "before", "previously", "prior", "back")
    return moved(base, -number if back else number, unit, f"{part['n']} {unit}{'s' if number != 1 else ''} {'before' if back else 'after'} {of}")


def stretch(match: Match, setting: Setting) -> Value:
    """ "the past three years", "the next six months", "the last 24 hours", "recent years"."""
    part = match.groupdict()
    unit = singular(part["unit"])
    if setting.anchor is None:
        return unknown(NO_ANCHOR)
    word = part["rel"].lower()
    number = count(part.get("n") or "0")
    back = word in ("past", "last", "previous", "recent", "preceding")
    if not number:
        return Value("vague", how="left open: how many is not said", period=f"PX{_PERIOD.get(unit, 'D')[-1]}")
    other = shift(setting.anchor, -number if back else number, unit)
    if other is None:
        return unknown("left open: outside the calendar")
    here, there = setting.anchor.isoformat(), at_unit(other, unit).date if unit in ("year", "month") else other.isoformat()
    begin, end = (there, here) if back else (here, there)
    return Value("date", begin, end, "range", f"{part['n']} {unit}s {'up to' if back else 'from'} the document date", period(number, unit))


def period(number: float, unit: str) -> str:
    """An ISO 8601 period such as P5Y or PT30M."""
    figure = f"{number:g}" if number else "X"
    if unit in _CLOCK:
        return f"PT{figure}{_CLOCK[unit]}"
    if unit == "fortnight":
        return f"P{2 * number:g}W"
    return f"P{figure}{_PERIOD.get(unit, 'D')}"


def duration(match: Match, setting: Setting) -> Value:
    """ "20-year", "five years", "several months", "decades-long": no date at all."""
    return Value("duration", period=period(count(match.groupdict().get("n") or "0"), singular(match["unit"])), how="a duration")


def in_units(match: Match, setting: Setting) -> Value:
    """ "in three weeks": a date where the clause looks ahead, else how long something took."""
    return ago(match, setting) if setting.direction() == "future" else duration(match, setting)


def repeated(match: Match, setting: Setting) -> Value:
    """ "annual", "every Friday", "15 a year": no date of one happening."""
    word = match[0].lower()
    unit = next((u for u in ("year", "month", "week", "day") if u in word), "year" if "annual" in word else "day")
    return Value("set", period=period(1, unit), how="a repetition")


def vague(match: Match, setting: Setting) -> Value:
    """ "recently", "in the near future", "the next Olympics": open, not guessed."""
    return Value("vague", how="left open: the text says no more")


def coming(match: Match, setting: Setting) -> Value:
    """ "the next Olympics": a date, but which one the text does not say."""
    return unknown("left open: the text does not say when that is")


def present(match: Match, setting: Setting) -> Value:
    """ "now", "currently": the time of writing, too loose for an event's date."""
    return Value("vague", setting.anchor.isoformat() if setting.anchor else "", "", "open", "the time of writing")


def clock(match: Match, setting: Setting) -> Value:
    """A clock time: on the day named beside it, else the last day named in the sentence, else the document's."""
    for value in reversed(setting.dated_here):
        if value.precision == "day":
            return Value("clock", value.date, "", "day", f"clock time on the day named in the sentence: {match[0]}")
    told = setting.reference()
    day = told.date if told and told.precision == "day" else setting.anchor.isoformat() if setting.anchor else ""
    return Value(
        "clock", day, "", "day" if day else "open", f"clock time on {'the day named before it' if told else 'the document date'}: {match[0]}"
    )


def since(value: Value, anchor: date | None) -> Value:
    """A date after "since": from there up to the document's date."""
    if not value.date or not anchor or value.date_end or value.date[:1] == "-" or first_day(value.date) > anchor.isoformat():
        return value._replace(how=f"since; {value.how}")
    return value._replace(date_end=anchor.isoformat(), precision="range", how=f"since then, up to the document date; {value.how}")


def covers(value: Value, day: str) -> bool:
    """Whether a value's span holds a day."""
    return bool(value.date) and first_day(value.date) <= day <= last_day(value.date_end or value.date)
