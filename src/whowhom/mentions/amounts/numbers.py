# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""Numbers as the press writes them: digits of any script, words, scales, and what is too vague to be one value."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
#: Short scale, as the international press writes; lakh and crore as India's does.
SCALES = {
    "hundred": 1e2,
    "dozen": 12.0,
    "score": 20.0,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
}
#: Scales written onto digits ("1.2bn"). Single letters need care by the caller: "5m" may be metres.
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
#: Plurals of scales without a number: at least two of them.
VAGUE = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3, "lakhs": 2e5, "millions": 2e6, "crores": 2e7}
VAGUE |= {"billions": 2e9, "trillions": 2e12}
FRACTIONS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2}
ORDINALS = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"last": -1, "final": -1, "thirtieth": 30, "twenty-first": 21, "twenty-second": 22, "twenty-third": 23}

_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES], key=len, reverse=True))
#: A number in words: "twenty-one", "two hundred and fifty", "half a million", "a dozen", "tens of thousands".
WORDS = (
    rf"(?:half a (?:dozen|million|billion|trillion|thousand)|(?:tens|dozens|hundreds|scores|thousands|millions) of (?:thousands|millions|billions)"
    rf"|(?:a|several|few|couple) (?:hundred|thousand|million|billion|trillion|dozen)\b(?! of the)(?: (?:thousand|million|billion))?"
    rf"|(?:{_WORD})(?:(?:[ -]| and (?=(?:{_WORD})\b))(?:{_WORD})\b)*(?: and a (?:half|quarter))?|{'|'.join(VAGUE)})\b"
)
_DIGIT = r"[\d\u0660-\u0669\u06f0-\u06f9]"
#: A number in digits with its separators; "2 1/2" and "1/2"; "10^20".
_MORE = rf"(?:[\d\u0660-\u0669\u06f0-\u06f9.,\u066b\u066c]*{_DIGIT})?(?:(?:[\u00a0\u202f\u2009]{_DIGIT}{{3}})+(?!{_DIGIT}))?"
DIGITS = rf"(?:(?<!\d)\d/\d(?![\d/])|{_DIGIT}{_MORE}(?:[\u00a0 ]?[½¼¾]| ?\d/\d(?![\d/])|\^\d{{1,3}})?)"
SCALE = r"(?:[ \u00a0-]?(?:hundred|thousand|million|billion|trillion|quadrillion|lakh|crore|dozen)(?: (?:million|billion|trillion|crore))?\b|[ \u00a0]?(?:mn|mln|mio|bn|bln|tn|trn)\b|[kmbKMB]\b)"
_MARKS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
#: A number of more digits is a key or a defect, never a count.
MAX_DIGITS = 31


class Number(NamedTuple):
    """A value and what the words say about its bound ('' or 'at least' or 'about')."""

    value: float
    bound: str


def plain_digits(text: str) -> str:
    """Digits of any script as ASCII digits, Arabic separators as Latin ones."""
    if text.isascii():
        return text
    out = []
    for char in text:
        digit = unicodedata.decimal(char, None)
        out.append(str(digit) if digit is not None else {"\u066b": ".", "\u066c": ","}.get(char, char))
    return "".join(out)


def parse_digits(text: str) -> float | None:
    """The value of digits with separators, or None where they are no number ("1.2.3", "1,23,4,5").

    The last of two kinds of separator is the decimal one (1.000,50); a single comma before exactly three
    digits separates thousands; a single point is decimal (1.000 is one, as the English press writes).
    """
    text = plain_digits(text).strip()
    extra = 0.0
    if text[-1:] in _MARKS:
        extra, text = _MARKS[text[-1]], text[:-1].strip()
    if "^" in text:
        base, _, power = text.partition("^")
        try:
            value = float(base.replace(",", "")) ** int(power)
        except (ValueError, OverflowError):
            return None
        return value if value < 1e30 else None
    if "/" in text:
        whole, _, part = text.rpartition(" ")
        over, _, under = part.partition("/")
        if not (over.isdigit() and under.isdigit() and int(under) and int(over) < int(under)):
            return None
        extra, text = int(over) / int(under), whole
        if not text:
            return extra
    text = re.sub(r"[\s\u00a0\u202f\u2009]", "", text)
    if not text or sum(c.isdigit() for c in text) > MAX_DIGITS:
        return extra or None
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = max(".,", key=text.rfind)
        group = ",."[decimal == ","]
        if text.count(decimal) > 1 or group in text[text.rfind(decimal) :]:
            return None
        text = text.replace(group, "").replace(decimal, ".")
    elif commas:
        parts = text.split(",")
        indian = len(parts) > 2 and all(len(p) == 2 for p in parts[1:-1]) and len(parts[-1]) == 3
        if not (all(len(p) == 3 for p in parts[1:]) or indian):
            if commas > 1:
                return None
            text = text.replace(",", ".")
        text = text.replace(",", "")
    elif points > 1:
        if not all(len(p) == 3 for p in text.split(".")[1:]):
            return None
        text = text.replace(".", "")
    try:
        return float(text) + extra
    except ValueError:
        return None


def parse_words(text: str) -> Number | None:
    """The value of number words, or None where they are none ("and", "five six")."""
    words = re.findall(r"[a-z]+", text.lower())
    if not words:
        return None
    if words[0] == "half" and len(words) == 3:
        return Number(0.5 * SCALES.get(words[2], 0.0), "") if words[2] in SCALES else None
    if words[0] in ("several", "few", "couple"):
        value = 2.0
        for word in words[1:]:
            value *= SCALES.get(word, 1.0)
        return Number(value, "about" if words[0] == "couple" else "at least")
    if words[0] in VAGUE or words[0] == "tens":
        value = VAGUE.get(words[0], 20.0)
        for word in words[1:]:
            value *= SCALES.get(word.rstrip("s"), 1.0)
        return Number(value, "at least")
    if words[0] == "a":
        words[0] = "one"
    total = part = 0.0
    last = ""
    seen = False
    for at, word in enumerate(words):
        if word == "and":
            if words[at + 1 : at + 2] == ["a"]:
                half = FRACTIONS.get(words[at + 2], 0.0) if at + 2 < len(words) else 0.0
                scale = SCALES.get(last, 1.0)
                return Number(total + part + half * scale, "")
            if last not in SCALES:
                return None
            continue
        if word in UNITS:
            if last in UNITS or (last in TENS and UNITS[word] > 9):
                return None
            part += UNITS[word]
        elif word in TENS:
            if last in UNITS or last in TENS:
                return None
            part += TENS[word]
        elif word in SCALES:
            scale = SCALES[word]
            if scale <= 100:
                part = (part or (1.0 if not seen else 0.0)) * scale
            else:
                total = (total + part if last in SCALES and not part else total) + (part or (0.0 if total else 1.0)) * scale
                if not part and total and last in SCALES and total < scale:
                    total *= scale
                part = 0.0
        else:
            return None
        last, seen = word, True
    return Number(total + part, "") if seen else None


def scale_of(text: str) -> float:
    """The factor of a scale word or suffix ("million", "bn", "hundred million"); 1 for none."""
    value = 1.0
    for word in re.findall(r"[a-z]+", text.lower()):
        value *= SCALES.get(word, SUFFIXES.get(word, 1.0))
    return value
