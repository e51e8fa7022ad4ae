"""Working out: calendar dates, months, years, decades, centuries, quarters and parts of them."""

from __future__ import annotations

import re
from datetime import date

from whowhom.mentions.amounts.numbers import ORDINALS, parse_words, plain_digits
from whowhom.mentions.times.calendar import MONTHS, SEASONS, day_text, last_day, month_text, parse_day, year_text
from whowhom.mentions.times.expression import NO_ANCHOR, Setting, Value, unknown

Match = re.Match[str]


def ordinal(text: str) -> int:
    """The rank in "third", "3rd" or "final" (-1); 0 for none."""
    text = text.lower().strip(" -")
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else ORDINALS.get(text, 0)


def count(text: str) -> float:
    """A small count in digits or words; 1 for an article, 0 for "several" and the like."""
    text = text.lower().strip()
    if text in ("a", "an", "one", "1", "the", "another"):
        return 1.0
    try:
        return float(plain_digits(text).replace(",", ""))
    except ValueError:
        number = parse_words(text)
        return number.value if number and number.bound == "" else 0.0


_OF_THAT_YEAR = re.compile(r"(?:(?:,|,? and| or| to| through) (?:[A-Z][a-z]+|\d{1,2})(?: \d{1,2})?)?,? (?:of|in) (?:that|the same) year\b")
_THAT = re.compile(r"\b[tT]hat $")


def near_year(month: int, day: int, setting: Setting) -> tuple[int, str] | None:
    """The year that a bare month or month and day falls into, and why; None where nothing tells."""
    before = setting.dated[-1].date if setting.dated else ""
    if before[:4].isdigit() and _OF_THAT_YEAR.match(setting.text, setting.end):
        return int(before[:4]), "year of the date before it"
    if before[:4].isdigit() and _THAT.search(setting.text, 0, setting.begin):  # "that December"
        return int(before[:4]) + (before[5:7].isdigit() and month < int(before[5:7])), "the first one from the date before it on"
    for value in reversed(setting.dated_here):
        if value.date[:1].isdigit() and value.how.startswith("year in the text"):
            return int(value.date[:4]), "year from the same sentence"
    anchor = setting.anchor
    if anchor is None:
        told = setting.reference()
        return (int(told.date[:4]), "year of the date before it") if told and told.date[:1].isdigit() else None
    way = setting.direction()
    here = (month, day or 1)
    today = (anchor.month, anchor.day if day else 1)
    if way == "past" and here > today and day and _days(anchor, month, day) < 45:
        way = ""  # "a June 3 hearing has been set": what is weeks ahead is rarely meant for last year
    if way == "past":
        return anchor.year - (here > today), "the last one before the document date (past tense)"
    if way == "future":
        return anchor.year + (here < today), "the next one after the document date (future)"
    gaps = []
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        if 1 <= year <= 9999:
            other = date(year, month, min(day, 28) or 1)
            gaps.append((abs((other - anchor).days), other > anchor, year))
    return min(gaps)[2], "the one nearest to the document date"


def _days(anchor: date, month: int, day: int) -> int:
    """Days from a date to a later day of its year."""
    return (date(anchor.year, month, min(day, 28)) - anchor).days


def month_day(month: int, day: int, year: int | None, setting: Setting) -> Value:
    """A day of a month, its year told or worked out."""
    how = "year in the text"
    if year is None:
        told = near_year(month, day, setting)
        if told is None:
            return unknown(NO_ANCHOR)
        year, how = told
    text = day_text(year, month, day)
    if text is None:
        return unknown(f"left open: {year_text(year)}-{month:02d} has no day {day}")
    return Value("date", text, "", "day", how)


def full_date(match: Match, setting: Setting) -> Value:
    """Month, day and year, or month and day, in either order; a second day makes a range."""
    part = match.groupdict()
    month = MONTHS[part["mon"].lower().rstrip(".")]
    year = int(part["year"]) if part.get("year") else None
    first = month_day(month, int(part["day"]), year, setting)
    if not part.get("day2") or not first.date:
        return first
    later = MONTHS[part["mon2"].lower().rstrip(".")] if part.get("mon2") else month
    if part.get("swap"):  # "11-13 December": the month stands behind both
        later = month
    end_year = int(first.date[:4]) + (later < month)
    second = day_text(end_year, later, int(part["day2"]))
    if second is None or second <= first.date:
        return first
    return Value("date", first.date, second, "range", first.how)


def numeric_date(match: Match, setting: Setting) -> Value:
    """2021-12-15, 15/12/2021, 7/8/07: month first unless that is no date or the document's date says otherwise."""
    first, second, third = (int(match[k]) for k in ("a", "b", "c"))
    if len(match["a"]) == 4:
        text = day_text(first, second, third)
        return Value("date", text, "", "day", "year in the text") if text else unknown("left open: the calendar has no such day")
    year = third if len(match["c"]) == 4 else third + (2000 if third < 70 else 1900)
    orders = [(first, second), (second, first)] if match["sep"] == "/" else [(second, first), (first, second)]
    days = [t for m, d in orders if (t := day_text(year, m, d))]
    if not days:
        return unknown("left open: the calendar has no such day")
    if len(days) > 1 and days[0] != days[1] and setting.anchor:
        days.sort(key=lambda t: abs((date.fromisoformat(t) - (setting.anchor or date.min)).days))
    return Value("date", days[0], "", "day", "year in the text; day and month as is nearest to the document date")


def month_year(match: Match, setting: Setting) -> Value:
    """ "October 2009", "early March 2010", "October of next year", "last December", "next March"."""
    month = MONTHS[match["mon"].lower().rstrip(".")]
    part = match.groupdict()
    if part.get("year"):
        return Value("date", month_text(int(part["year"]), month), "", "month", "year in the text")
    if setting.anchor is None:
        return unknown(NO_ANCHOR)
    year, here = setting.anchor.year, setting.anchor.month
    way = (part.get("rel") or "").lower()
    if part.get("of"):
        return Value(
            "date", month_text(year + {"last": -1, "this": 0, "next": 1}[part["of"].lower()], month), "", "month", "counted from the document date"
        )
    if way in ("last", "past"):
        year -= month >= here
    elif way in ("next", "coming"):
        year += month <= here
    return Value("date", month_text(year, month), "", "month", "counted from the document date")


def bare_month(match: Match, setting: Setting) -> Value:
    """A month alone: past or future by tense."""
    month = MONTHS[match["mon"].lower().rstrip(".")]
    told = near_year(month, 0, setting)
    return Value("date", month_text(told[0], month), "", "month", told[1]) if told else unknown(NO_ANCHOR)


def bare_year(match: Match, setting: Setting) -> Value:
    """A year, with its era where given; a second one makes a range."""
    part = match.groupdict()
    era = (part.get("era") or part.get("era0") or "").replace(".", "").upper()
    year = int(part["y"])
    if era.startswith("B"):
        return Value("date", year_text(-year) if year else "", "", "year" if year else "open", "year in the text, before the common era")
    if year == 0:
        return unknown("left open: the calendar has no year 0")
    if part.get("y2"):
        second = int(part["y2"])
        second += year // 100 * 100 if len(part["y2"]) == 2 else 0
        if second > year:
            return Value("date", year_text(year), year_text(second), "range", "year in the text")
    return Value("date", year_text(year), "", "year", "year in the text")


def decade(match: Match, setting: Setting) -> Value:
    """ "the 1970s", "the late '80s"; "the 1600s" is a century."""
    text = match["dec"]
    year = int(text)
    if len(text) < 4:
        year += 1900 if year >= 30 or (setting.anchor and setting.anchor.year < 2030 and year >= 30) else 2000
    span = 99 if year % 100 == 0 and year < 1900 else 9
    return Value("date", year_text(year), year_text(year + span), "range", "year in the text")


def century(match: Match, setting: Setting) -> Value:
    """ "the 19th century"."""
    rank = ordinal(match["rank"])
    if not 0 < rank < 100:
        return unknown("left open: no such century")
    if (match.groupdict().get("era") or "").upper().startswith("B"):
        return Value("date", year_text(-rank * 100), year_text(-(rank - 1) * 100 - 1), "range", "century in the text")
    return Value("date", year_text((rank - 1) * 100), year_text((rank - 1) * 100 + 99), "range", "century in the text")


def year_of(part: dict[str, str | None], setting: Setting) -> int | None:
    """The year named beside a quarter, half or season: a number, this, last, next, or none."""
    if part.get("year"):
        year = int(part["year"] or 0)
        return year + (2000 if year < 70 else 1900) if year < 100 else year
    if setting.anchor is None:
        return None
    word = (part.get("of") or part.get("rel") or "").lower()
    return setting.anchor.year + {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(word, 0)


def portion(match: Match, setting: Setting) -> Value:
    """ "the third quarter of 2009", "Q3", "first half of the year", "the first 11 months of this year"."""
    part = match.groupdict()
    year = year_of(part, setting)
    if year is None:
        return unknown(NO_ANCHOR)
    unit = (part["unit"] or "half").lower()
    months = 6 if unit.startswith("h") else 3
    if unit.startswith("month"):
        number = int(count(part["n"] or "0"))
        if not 0 < number <= 12:
            return unknown("left open: a year has twelve months")
        begin, end = (1, number) if ordinal(part["rank"]) == 1 else (13 - number, 12)
        return Value("date", month_text(year, begin), month_text(year, end), "range", "months counted within the year")
    rank = ordinal(part["rank"])
    of = bool(part.get("year") or part.get("of"))
    if rank == -1 and part["rank"].lower() == "last" and not of and setting.anchor:
        rank = (setting.anchor.month - 1) // months
        year, rank = (year, rank) if rank else (year - 1, 12 // months)
    rank = 12 // months if rank == -1 else rank
    if not 0 < rank <= 12 // months:
        return unknown("left open: no such part of a year")
    if (
        not of
        and part["rank"].lower() != "last"
        and setting.anchor
        and (rank - 1) * months + 1 > setting.anchor.month
        and setting.direction() == "past"
    ):
        year -= 1
    return Value("date", month_text(year, (rank - 1) * months + 1), month_text(year, rank * months), "range", "part of the calendar year")


def fiscal_year(match: Match, setting: Setting) -> Value:
    """ "fiscal 2010": the year named; when it begins depends on whose it is, so nothing narrower."""
    year = year_of({"year": match["year"]}, setting) or 0
    return Value("date", year_text(year), "", "year", "fiscal year as named; its first day depends on whose it is")


def season(match: Match, setting: Setting) -> Value:
    """ "the summer of 2012", "last winter", "in the spring"."""
    part = match.groupdict()
    first, last = SEASONS[part["season"].lower().rstrip("s")]
    year = year_of(part, setting)
    if year is None:
        return unknown(NO_ANCHOR)
    if not part.get("year") and not part.get("of"):
        here = setting.anchor.month if setting.anchor else 1
        year = setting.anchor.year if setting.anchor else year
        rel = (part.get("rel") or "").lower()
        way = (
            "past" if rel in ("last", "past", "previous") else "future" if rel in ("next", "coming") else "" if rel == "this" else setting.direction()
        )
        if way == "past" and first >= here:
            year -= 1
        elif way == "future" and first < here:
            year += 1
    return Value("date", month_text(year, first), month_text(year + (last < first), last), "range", "season of the northern half of the world")


def edge(match: Match, setting: Setting) -> Value:
    """ "the end of 2009", "the beginning of this year", "the last week of March": the whole it belongs to, or that week."""
    part = match.groupdict()
    if part.get("mon"):
        month = MONTHS[part["mon"].lower().rstrip(".")]
        told = (int(part["year"]), "year in the text") if part.get("year") else near_year(month, 0, setting)
        if told is None:
            return unknown(NO_ANCHOR)
        whole, how = month_text(told[0], month), told[1]
        if (part.get("edge") or "").lower().endswith(("week", "weekend")):
            return week_of_month(whole, part.get("rank") or "first", how)
        return Value("date", whole, "", "month", f"{part['edge']} of the month; {how}")
    year = int(part["year"]) if part.get("year") else year_of({"rel": part.get("rel")}, setting)
    if year is None:
        return unknown(NO_ANCHOR)
    unit = (part.get("unit") or "year").lower()
    if unit == "year":
        return Value("date", year_text(year), "", "year", f"{part['edge']} of the year")
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get((part.get("rel") or "").lower(), 0)
    anchor = setting.anchor or date(1, 1, 1)
    if unit == "month":
        return Value("date", month_text(anchor.year, anchor.month + step), "", "month", f"{part['edge']} of the month")
    from whowhom.mentions.times.calendar import week

    return Value("date", *week(anchor, step), "week", f"{part['edge']} of the week")


def week_of_month(month: str, rank: str, how: str) -> Value:
    """The first to last seven days of a month."""
    number = ordinal(rank)
    last = last_day(month)
    if number == -1:
        end = date.fromisoformat(last)
        return Value("date", end.replace(day=end.day - 6).isoformat(), last, "week", how)
    if not 1 <= number <= 5:
        return Value("date", month, "", "month", how)
    begin = 7 * (number - 1) + 1
    return Value("date", f"{month}-{begin:02d}", min(f"{month}-{begin + 6:02d}", last), "week", how)


def iso_day(match: Match, setting: Setting) -> Value:
    """2021-12-15, with or without a clock time behind it."""
    text = match[0][:10].replace("/", "-")
    day = parse_day(text)
    return Value("date", day.isoformat(), "", "day", "year in the text") if day else unknown("left open: the calendar has no such day")
