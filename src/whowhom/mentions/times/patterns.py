# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""The table of patterns: what a time expression looks like, which words it needs, and the rule that works it out.

All regular expressions run in linear time: no nested repetition, every gap bounded. A pattern is tried only on
sentences that hold one of the word classes it needs (see `CLASSES`), which one scan of the sentence finds out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from whowhom.mentions.amounts.numbers import ORDINALS, TENS, UNITS
from whowhom.mentions.times import absolute, relative
from whowhom.mentions.times.expression import Setting, Value

#: Word classes as bits, and the words of each; a digit anywhere sets DIGIT.
DIGIT, MONTH, WEEKDAY, UNIT, DEICTIC, PERIOD, VAGUE, NAMED, FEAST = (1 << n for n in range(9))

_FULL = "January February March April May June July August September October November December".split()
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_UNIT = r"(?P<unit>seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|yrs?|decades?|century|centuries)"
_PLURAL = r"(?P<unit>seconds|minutes|hours?|days|nights|weeks|weekends|fortnights|months|quarters|years|decades|centuries)"


def _classes() -> dict[str, int]:
    found: dict[str, int] = {}
    for bit, words in {
        MONTH: [*_FULL, *_SHORT],
        WEEKDAY: [*_DAYS, *(d + "s" for d in _DAYS), *"Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()],
        UNIT: "second minute min hour hr day night week weekend fortnight month quarter year yr decade century period".split(),
        DEICTIC: "today yesterday tomorrow tonight overnight morning afternoon evening night noon midnight midday".split(),
        PERIOD: "spring summer autumn fall winter quarter half fiscal fy eighties nineties seventies sixties fifties forties thirties twenties".split(),
        VAGUE: "now currently recently recent soon annual annually daily weekly monthly yearly current future past ongoing presently nowadays"
        " olympics olympic election elections summit cup games lately term later history".split(),
        NAMED: "war wwi wwii ages christmas year's year’s year boxing valentine's halloween bastille".split(),
        FEAST: "ramadan eid easter thanksgiving diwali nowruz passover kippur".split(),
    }.items():
        for word in words:
            found[word.lower()] = found.get(word.lower(), 0) | bit
    for unit in "second minute min hour hr day night week weekend fortnight month quarter year yr decade period summer winter spring autumn".split():
        found[unit + "s"] = found.get(unit + "s", 0) | found.get(unit, UNIT)
    found["centuries"] = UNIT
    return found


CLASSES = _classes()

MON = rf"(?P<mon>{'|'.join(_FULL)}|{'|'.join(m.upper() for m in _FULL)}|(?:{'|'.join(_SHORT)})\b\.?)"
MON2 = MON.replace("<mon>", "<mon2>")
WD = rf"(?P<wd>{'|'.join(_DAYS)}|{'|'.join(d.upper() for d in _DAYS)})"
WD_ANY = rf"(?:{'|'.join(_DAYS)}|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\.?)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
DAY2 = DAY.replace("<day>", "<day2>")
YEAR = r"(?P<year>[12]\d{3})(?![\d,.]*\d|%)"
NUM = (
    r"(?P<n>\d[\d,.]{0,9}(?: ?1/2|½)?|(?:a|one|two|three|four|five|six|seven|eight|nine) (?:dozen|hundred|thousand|million|billion)"
    r"|\d[\d,.]{0,9} (?:thousand|million|billion)|an?|another"
    rf"|(?:{'|'.join([*TENS])})(?:[- ](?:{'|'.join(w for w, v in UNITS.items() if 0 < v < 10)}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))}"
    r"|(?:two|three|four|five|six) and a half|several|a few|few|many|some|a couple of)"
)
RANK = rf"(?P<rank>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
ERA = r"(?P<era>B\.C\.(?:E\.)?|BCE?|A\.D\.|AD|C\.E\.|CE)"
PART_OF_DAY = r"(?: (?:early )?(?:morning|afternoon|evening|night|noon|midday|lunchtime))?"
REL = r"(?P<rel>last|past|this|next|coming|previous|following)"
_STAGE = r"(?:(?:very )?(?:early|mid|late)(?:[- ]to[- ](?:mid|late))?[- ](?:in )?|mid)?"
_ZONE = r"(?: ?\(? ?(?:UTC|GMT|BST|EST|EDT|CET|CEST|PST|PDT|IST|MSK|local time)(?: ?[+-]\d{1,2}(?::\d\d)?)? ?\)?)?"
#: Words after which a bare number of four digits, "May" or "March" is a date.
_BEFORE = r"(?:in|since|by|from|until|till|of|during|between|before|after|through|around|circa|late|early|mid|for|to|and|than|as of|last|next|this|year|every|each|on)"
#: What follows a number that counts and is no year.
_COUNTED = (
    r"(?! ?(?:%|people|persons?|soldiers|troops|men|women|children|civilians|protesters|demonstrators|workers|jobs|employees|dollars|euros|pounds|km|kilomet|miles"
    r"|met(?:er|re)s|tonn?es|tons|feet|ft|square|police|refugees|deaths|cases|votes|migrants|students|homes|houses|families|hectares|acres|barrels|units|seats|others"
    r"|percent|per cent|million|billion|thousand|hundred|mph|kg|MW|GW|hours|hrs|UTC|GMT|points|times|rubles|roubles|yuan|yen|delegates|members|aircraft|cars|vehicles)\b)"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: name, bits of which the sentence must hold one for every group, expression, and what works it out."""

    name: str
    needs: tuple[int, ...]
    expression: re.Pattern[str]
    work: Callable[[re.Match[str], Setting], Value]


def _row(name: str, needs: int | tuple[int, ...], expression: str, work: Callable[[re.Match[str], Setting], Value], flags: int = 0) -> Pattern:
    return Pattern(name, needs if isinstance(needs, tuple) else (needs,), re.compile(rf"(?<![\w$£€#]){expression}(?!\w)", flags), work)


_I = re.IGNORECASE
PATTERNS: tuple[Pattern, ...] = (
    _row(
        "month-day",
        (MONTH, DIGIT),
        rf"(?:{WD_ANY},? )?(?:{_STAGE})?{MON} ?{DAY}(?: ?(?:-|–|to|through|and|until) ?(?:{MON2} )?{DAY2}(?![\d:%]))?(?!\d)(?: ?,)?(?: {YEAR})?(?<![, ])",
        absolute.full_date,
    ),
    _row(
        "day-month",
        (MONTH, DIGIT),
        rf"(?:{WD_ANY},? )?(?:the )?{DAY}(?P<swap> ?(?:-|–|to|and) ?{DAY2})?(?: day)?,? (?:of )?{MON}(?: ?,)?(?: {YEAR})?(?<![, ])",
        absolute.full_date,
    ),
    _row(
        "day-month-range", (MONTH, DIGIT), rf"(?:the )?{DAY} {MON} ?(?:-|–|to|until) ?{DAY2} {MON2}(?: ?,)?(?: {YEAR})?(?<![, ])", absolute.full_date
    ),
    _row("iso", DIGIT, r"[12]\d{3}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?", absolute.iso_day),
    _row("numeric", DIGIT, r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<c>(?:19|20)?\d\d)(?![\d.,]\d)", absolute.numeric_date),
    _row("numeric-year", DIGIT, r"(?P<a>[12]\d{3})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,2})(?![\d.,]\d)", absolute.numeric_date),
    _row("month-year", (MONTH, DIGIT), rf"{_STAGE}{MON},? (?:of )?{YEAR}", absolute.month_year),
    _row("month-of-year", (MONTH, UNIT), rf"{_STAGE}{MON} (?:of )?(?P<of>last|this|next) year", absolute.month_year),
    _row("relative-month", MONTH, rf"(?:early |late )?(?P<rel>last|this|next|past|coming) {MON}(?!\.? ?\d)", absolute.month_year),
    _row("month", MONTH, rf"{_STAGE}(?!May\b|March\b|MAY\b|MARCH\b|Mar\b|Jun\b|Dec\b|Sep\b){MON}", absolute.bare_month),
    _row(
        "month-may",
        MONTH,
        r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bby )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)|(?<=\bfrom )|(?<=\bthrough )|(?<=\bduring ))(?P<mon>May|March)(?! [A-Z\d])",
        absolute.bare_month,
    ),
    _row(
        "edge",
        UNIT,
        rf"(?:the )?(?:very )?(?P<edge>beginning|start|end|middle|turn|close|rest|remainder) of (?:the |(?P<rel>this|last|next|past|coming) )?(?:calendar |financial |fiscal )?(?P<unit>year|month|week)(?! of\b)(?: {YEAR})?",
        absolute.edge,
        _I,
    ),
    _row("edge-year", DIGIT, rf"(?:the )?(?:very )?(?P<edge>beginning|start|end|middle|close) of {YEAR}", absolute.edge, _I),
    _row("edge-month", MONTH, rf"(?:the )?{RANK} (?P<edge>week|weekend) (?:of|in) {MON}(?:,? {YEAR})?", absolute.edge),
    _row("end-month", MONTH, rf"(?:the )?(?P<edge>beginning|start|end|middle) of {MON}(?:,? {YEAR})?", absolute.edge),
    _row(
        "quarter",
        PERIOD,
        rf"(?:the )?{RANK}[ -](?:(?P<unit>quarter)(?! of (?!the|its|last|this|next|fiscal|\d))|(?=half(?:,? of)? (?:the |its |fiscal )*(?:\d|last|this|next|year))half)(?:,? (?:of |in )?(?:(?:the )?(?:fiscal |financial )?(?:{YEAR}|(?P<of>last|this|next) year|(?:the|its) (?:fiscal |financial )?year)))?",
        absolute.portion,
        _I,
    ),
    _row("quarter-code", DIGIT, rf"(?P<unit>[QH])(?P<rank>[1-4])(?:,? (?:of )?(?:{YEAR}|(?P<of>last|this|next) year))?", absolute.portion),
    _row(
        "months-of-year",
        UNIT,
        rf"(?:the )?{RANK} (?P<n>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten|eleven) (?P<unit>months) of (?:{YEAR}|the (?:current )?year|(?P<of>this|last|next) year)",
        absolute.portion,
        _I,
    ),
    _row("fiscal", PERIOD, r"(?:the )?(?:fiscal (?:year )?|FY ?)(?P<year>(?:19|20)\d\d|\d\d)", absolute.fiscal_year),
    _row(
        "years",
        DIGIT,
        r"(?:from |From |between |Between )?(?P<y>1[1-9]\d\d|20\d\d)(?: ?[-–/] ?| to | through |(?<=[nN] \d{4}) and )(?P<y2>1[1-9]\d\d|20\d\d|\d\d)(?![\d,./-]\d|\d|%|-)"
        + _COUNTED,
        absolute.bare_year,
    ),
    _row("year-era", DIGIT, rf"(?:(?P<era0>A\.?D\.?) )?(?P<y>\d{{1,4}})(?: ?{ERA})", absolute.bare_year),
    _row("year-ad", DIGIT, r"(?P<era0>AD|A\.D\.) (?P<y>\d{1,4})", absolute.bare_year),
    _row("year-word", DIGIT, r"the year (?P<y>\d{1,4})(?![\d,.]\d)", absolute.bare_year, _I),
    _row("year-any", DIGIT, rf"(?<=\b[iI]n )(?P<y>[3-9]\d\d|1\d{{3}}|2[1-9]\d\d)(?![\d,.:/–-]*\d|%| ?[°$]| [a-z]){_COUNTED}", absolute.bare_year),
    _row(
        "year",
        DIGIT,
        rf"(?<![./:-])(?<!\d,)(?:(?:the )?(?:very )?(?:early|mid|late)[- ])?(?:(?<![A-Z]-))(?P<y>1[5-9]\d\d|20[0-4]\d)(?![\d,.:/–]*\d|%|[-–][a-z]?\d|[°$]){_COUNTED}",
        absolute.bare_year,
    ),
    _row(
        "decade",
        DIGIT,
        r"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bmy )(?<!\bthe mid )(?:the )?(?:(?:early|mid|late)[- ](?:to[- ](?:mid|late)[- ])?)?['’]?(?P<dec>(?:1[1-9]|20)\d0|[2-9]0)['’]?s",
        absolute.decade,
        _I,
    ),
    _row("century", UNIT, rf"(?:the )?(?:(?:early|mid|late)[- ])?{RANK}[ -](?:century|centuries)(?: {ERA})?", absolute.century, _I),
    _row(
        "season",
        PERIOD,
        rf"(?:the )?(?:(?P<rel>last|this|next|past|coming|previous) )?(?:(?:early|mid|late)[- ])?(?P<season>spring|summer|autumn|winter|fall)(?:,? (?:of )?(?:{YEAR}|(?P<of>last|this|next) year))",
        absolute.season,
        _I,
    ),
    _row(
        "season-bare",
        PERIOD,
        r"(?:(?:early|mid|late)[- ])?(?P<rel>last|this|next|past|coming|previous) (?P<season>spring|summer|autumn|winter|fall)(?! of)",
        absolute.season,
        _I,
    ),
    _row(
        "season-in",
        PERIOD,
        r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bby )|(?<=\bthis ))(?:the )?(?P<season>spring|summer|autumn|winter|Spring|Summer|Winter|Autumn)(?! \d| Olympics| Games| Paralympics)",
        absolute.season,
    ),
    _row(
        "deictic",
        DEICTIC,
        rf"(?:earlier |later |early |late )?(?P<deictic>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|overnight|last night|this (?:morning|afternoon|evening)){PART_OF_DAY}",
        relative.today,
        _I,
    ),
    _row(
        "weekday",
        WEEKDAY,
        rf"(?:(?:early |late |on )?(?P<rel>[lL]ast|[tT]his|[nN]ext|[pP]ast|[cC]oming|[pP]revious) )?(?:(?:early|late) )?{WD}{PART_OF_DAY}",
        relative.weekday,
    ),
    _row(
        "relative-unit",
        UNIT,
        r"(?:the )?(?:(?:earlier|later|early|late) (?:in )?)?(?:the )?(?P<rel>last|past|this past|this|next|coming|previous|following|same|(?:that|this) same|that|current)(?: (?:entire|whole|full|very))? (?P<unit>day|night|week|weekend|fortnight|month|quarter|year|decade|century|period)(?P<plus> (?:a year (?:ago|earlier|before)|(?:of )?(?:the )?(?:last|previous) year))?(?! of (?:the|January|February|March|April))",
        relative.deictic_unit,
        _I,
    ),
    _row("year-previous", UNIT, r"the (?P<unit>year|month|week|day) (?P<rel>previous|following)", relative.deictic_unit, _I),
    _row(
        "ago",
        UNIT,
        rf"(?:(?:about|around|almost|nearly|some|more than|over|just|only|less than) )?{NUM}[ -]{_UNIT} (?P<way>ago|earlier|later|previously|before(?= (?:that|then|this))|from now|from today|hence)(?: than [a-z]+ [a-z]+)?",
        relative.ago,
        _I,
    ),
    _row("after-noun", UNIT, rf"{NUM} {_UNIT} (?P<way>after|before)(?= (?:the|his|her|its|their|that|[a-z]+ing)\b)", relative.duration, _I),
    _row("in-units", UNIT, rf"(?<=\b[iI]n ){NUM} {_UNIT}(?P<way>['’] time)?(?= ?[.,;]| from now|['’]|$)", relative.in_units),
    _row(
        "stretch",
        UNIT,
        rf"(?:the |these )?(?P<rel>past|last|next|coming|previous|following|recent|preceding)(?: {NUM})? {_PLURAL}",
        relative.stretch,
        _I,
    ),
    _row(
        "duration",
        UNIT,
        rf"(?!an? (?:second|quarter|minute)s?\b)(?!about a quarter)(?:(?:about|around|almost|nearly|some|more than|over|at least|up to|less than) )?{NUM}(?:[- ](?:full |long |consecutive |more )?){_UNIT}(?:-(?:long|old)| long)?(?! (?:ago|old\b))",
        relative.duration,
        _I,
    ),
    _row(
        "duration-loose",
        UNIT,
        r"(?<![-\d] )(?:for )?(?P<unit>decades|years|months|weeks|centuries|days|hours)(?:-long| long)?",
        relative.duration,
        _I,
    ),
    _row(
        "repeated",
        VAGUE | UNIT,
        r"(?:(?:every|each) (?:year|month|week|day|night|morning)|annual(?:ly)?|yearly|monthly|weekly|daily|twice a (?:year|month|week|day)|(?<=\d )(?:a|per) (?:year|month|week|day))",
        relative.repeated,
        _I,
    ),
    _row(
        "weekdays",
        WEEKDAY,
        r"(?:every (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)",
        relative.repeated,
    ),
    _row("present", VAGUE, r"(?:currently|right now|now|nowadays|presently|at present)", relative.present, _I),
    _row(
        "vague",
        VAGUE,
        r"(?:(?:more |most |very )?recently|lately|(?:very )?soon|(?:the )?(?:near|foreseeable|immediate|distant) future|the future|the (?:long|short|medium) term|the past)",
        relative.vague,
        _I,
    ),
    _row(
        "coming",
        VAGUE,
        r"(?:the )?(?:next|upcoming|forthcoming) (?:(?:Summer|Winter|summer|winter|general|presidential|parliamentary|local|federal|European|G7|G20|NATO|EU) ){0,2}(?:Olympics|Olympic Games|World Cup|elections?|summit|Games|Paralympics)",
        relative.coming,
    ),
    _row(
        "clock",
        DIGIT,
        rf"(?:2[0-3]|[01]?\d)(?::[0-5]\d(?! ?(?:-|–) ?\d)(?::[0-5]\d)?(?: ?(?:[ap]\.m\.|[AP]\.M\.|[ap]m\b|[AP]M\b))?|(?:\.[0-5]\d)? ?(?:[ap]\.m\.|[AP]\.M\.|[ap]m\b|[AP]M\b)| o['’]clock){_ZONE}",
        relative.clock,
    ),
    _row("noon", DEICTIC, rf"(?:noon|midnight|midday){_ZONE}", relative.clock),
)
"""Rows in the order in which ties are settled; among overlapping matches the longest wins."""
