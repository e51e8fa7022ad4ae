# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""The numbers of a sentence before anybody asks what they count: digits, words, signs in front, ranges joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from whowhom.mentions.amounts import currencies
from whowhom.mentions.amounts.numbers import DIGITS, SCALE, WORDS, parse_digits, parse_words, scale_of
from whowhom.model import Span

_JOIN = re.compile(r"(?: ?[-–—] ?| to | and | or )")
_PHONE = re.compile(r"\+?\d{1,4}[ .-](?:\(?\d{2,4}\)?[ .-]){1,4}\d{3,4}\b")
#: Numbers that are names: a date and a service known by figures, "Chapter two", broadcasting bands.
_NAMED_NUMBERS = re.compile(
    r"\b(?:9/11|7/7|24/7|[Cc]hapter (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|[A-Z][a-z]+ \([A-Z]{2,5}\) \d{1,3}\b(?! [a-z])|\d+ (?:UHF|VHF|FM|AM)\b)"
)
_MODEL = re.compile(
    r"(?<![.!?“\"] )\b([A-Z][a-z]{2,15}|[A-Z]{2,4}) (\d{3})(?:s|ER|-\d{3})?(?= ?(?:[A-Z.,;:)]|(?:jet|plane|aircraft|airliner|flight|model|narrowbody|widebody)\b|$))"
)
NO_NAMES = frozenset(
    "The A An In On At By For From To With Of And Or But About Over Some Nearly Almost At Least Around Only Another Between Up All More Than Less Under Those These This That Its His Her"
    " Their Our Kills Kill Killed Dead Wounds Injures Leaves Arrests Arrested Detains Sends After As Killing Least Into Bill Cost Costs Buys Sells Cuts Cut Adds Loses Gets Wins Takes Says"
    " Us Rs".split()
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A number as matched: offsets in the sentence, values, sign in front, whether digits have a scale or are words."""

    begin: int
    end: int
    value: float
    value_max: float
    sign: str
    bound: str
    words: bool
    scale: float
    figure: str


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    signs = "|".join(re.escape(s) for s in sorted(currencies.tables()[0], key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![\w])(?P<sign>{signs})[ \u00a0]?)?(?<![\w.])(?<!\d,)(?<![A-Za-z]-)(?P<body>{DIGITS})(?P<scale>{SCALE})?(?![a-zA-Z]\d)|(?<![\w-])(?P<words>{WORDS})",
        re.IGNORECASE,
    )


def models(text: str) -> frozenset[str]:
    """Numbers of three digits that the document writes behind a name ("Boeing 737"): a model or flight, wherever they stand."""
    every = [(m[1], m[2]) for m in _MODEL.finditer(text)]
    return frozenset(figure for name, figure in every if name not in NO_NAMES)


def raws(text: str) -> list[Raw]:
    """Numbers in a sentence; those whose letters follow at once ("5th", "737s", "A380") are none unless a unit does."""
    out = []
    for match in _number().finditer(text):
        if match["words"]:
            number = parse_words(match["words"])
            if number is None:
                continue
            scale = 2.0 if re.search(r"hundred|thousand|illion|dozen", match["words"]) else 1.0
            out.append(Raw(match.start(), match.end(), number.value, number.value, "", number.bound, True, scale, match["words"].lower()))
            continue
        value = parse_digits(match["body"])
        if value is None or (len(match["body"]) > 12 and match["body"].isdecimal() and not match["sign"] and value < 1e20):
            continue  # a key, not a count: nobody writes thirteen figures without separators
        sign, scale_text, end = match["sign"] or "", match["scale"] or "", match.end()
        small = scale_text.strip().lower() in ("k", "m", "b")
        if small and not sign and not (scale_text == "k" and value < 1000) and not currencies.money_word(text, end):
            end, scale_text = match.end("body"), ""  # "5m" without a currency may be metres
        begin = match.start() if sign else match.start("body")
        if text[begin - 1 : begin] == "-" and re.search(r"[A-Za-z]\d{1,4}-$", text[max(0, begin - 8) : begin]):
            continue  # "A330-200"
        factor = scale_of(scale_text)
        out.append(Raw(begin, end, value * factor, value * factor, sign, "", False, factor, match["body"]))
    return out


def ranges(found: list[Raw], text: str) -> list[Raw]:
    """Joins "20 to 25", "$12 million and $20 million" after "between"; scores ("3-1") become nothing."""
    out: list[Raw] = []
    skip = False
    for at, raw in enumerate(found):
        if skip:
            skip = False
            continue
        follow = found[at + 1] if at + 1 < len(found) else None
        gap = text[raw.end : follow.begin] if follow else ""
        if follow is None or not _JOIN.fullmatch(gap) or (raw.words and raw.bound):
            out.append(raw)
            continue
        before = text[max(0, raw.begin - 9) : raw.begin].lower()
        dash = gap.strip() in ("-", "–", "—")
        # "two and three" counts two things, "between 5 and 7" is a range; "rose 5 to 7" may be a change: only values that grow
        if (" and " in gap and "between" not in before) or (not raw.sign and follow.sign) or follow.end - raw.begin > 60:
            out.append(raw)
            continue
        low = raw.value * follow.scale if raw.scale == 1 and follow.scale > 1 and raw.value < 1000 and not raw.words else raw.value
        if low < follow.value and low > 0 and follow.value / low < 1000:
            out.append(replace(raw, end=follow.end, value=low, value_max=follow.value, scale=max(raw.scale, follow.scale), figure="range"))
            skip = True
        elif dash and raw.scale == 1 and max(raw.value, follow.value) < 200:
            skip = True
        else:
            out.append(raw)
    return out


def blocked(text: str) -> list[Span]:
    """Telephone numbers, and numbers that are names, in a sentence."""
    names = [Span(m.start(), m.end()) for m in _NAMED_NUMBERS.finditer(text)]
    return names + [Span(m.start(), m.end()) for m in _PHONE.finditer(text) if sum(c.isdigit() for c in m[0]) >= 7]
