"""What a row of a user's dictionary says, and what makes a row unusable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from whowhom.knowledge.states import states

SECTORS = frozenset("GOV MIL COP JUD LEG SPY PTY REB PRM UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
CODES = frozenset("UNO EUR IGO NGO MNC IMG ISM".split())
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")


class Own(NamedTuple):
    """One name of a user's dictionary with what it means and when; days may be empty or cut at month or year.

    `kind` is name, role or roles (a role word in the plural); `where` is file and line.
    """

    name: str
    aliases: tuple[str, ...]
    country: str
    sectors: tuple[str, ...]
    first: str
    last: str
    id: str
    kind: str
    where: str


class Dictionary(NamedTuple):
    """The rows of a file that can be used, and the lines that cannot, with the reasons."""

    rows: tuple[Own, ...]
    problems: tuple[str, ...]


def is_country(code: str) -> bool:
    """Whether a code stands where PLOVER has a country: ISO3 or a code for international bodies."""
    return code in states() or code in CODES


def wrong(name: str, country: str, sectors: Sequence[str], first: str, last: str) -> str:
    """What is wrong with a row, '' for nothing."""
    if not name:
        return "no name"
    if country and not is_country(country):
        return f"no country {country!r}"
    bad = [s for s in sectors if s not in SECTORS]
    if bad:
        return f"no sector {bad[0]!r}"
    for day in (first, last):
        if day and not is_day(day):
            return f"no date {day!r}"
    return f"it ends ({last}) before it begins ({first})" if first and last and last < first[: len(last)] else ""


def is_day(text: str) -> bool:
    """Whether a text is an ISO day, month or year that exists."""
    if not _DAY.match(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True
