"""Furniture told by its shape rather than its words: bylines, time stamps, menus, handles, rules, addresses."""

from __future__ import annotations

import re

from whowhom.documents.block import Block

_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_TIME_WORDS = re.compile(
    rf"\b(?:{_MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|thu|fri|sat|sun|published|updated|modified|posted|"
    r"last|first|at|on|the|of|a|an|about|ago|hours?|hrs?|minutes?|mins?|min|seconds?|days?|weeks?|months?|today|yesterday|just|now|read|"
    r"reading|time|am|pm|noon|gmt|utc|[ceaw]?[cdesp]?[sd]t|bst|ist|local|uk|us|edt|est|date|created|issued|st|nd|rd|th|h|z|t|or|less|more|than)\b",
    re.I,
)
_DATE = re.compile(rf"\d{{4}}|\b\d{{1,2}}[:.hH]\d{{2}}\b|\b(?:{_MONTH})\b|\bago\b", re.I)
_PLACE_FIRST = re.compile(r"^[A-Z][A-Za-zÀ-ɏ'’.-]{1,25}(?: [A-Z][A-Za-zÀ-ɏ'’.-]{1,25}){0,2}(?=[,:|] )")

_NAME = r"(?:[A-ZÀ-Þ][\w'’.-]{0,30}|de|da|di|del|der|den|van|von|al|el|bin|ibn|la|le|O['’][A-Z]\w{1,20})"
_ROLE = r"and|in|for|of|at|the|our|with|staff|\w{0,15}(?:editor|reporter|correspondent|writer)"
_BYLINE = re.compile(rf"^(?:[Bb]y|BY|[Ww]ritten by)[: ]\s*{_NAME}(?:[ ,&|/–-]{{1,4}}(?:{_NAME}|{_ROLE})){{0,16}}[.]?$")
_BYLINE_START = re.compile(r"^(?:By|BY|Written by)[: ]\s*[A-ZÀ-Þ]")
_NAME_IN_PLACE = re.compile(rf"^{_NAME}(?: {_NAME}){{1,3}},? (?:in|at) [A-Z][\w.-]{{1,25}}(?: [A-Z][\w.-]{{1,25}}){{0,2}}$")
_HANDLE = re.compile(r"^(?:@\w{2,30}|[A-Za-z][A-Za-z_.-]{0,25}\d{1,6})(?: (?:says|wrote|said|writes))?\s?(?::|$)")
_ADDRESS = re.compile(r"^(?:(?:https?://|www\.)\S+|\S+@\S+\.\w+|pic\.twitter\.com/\S+|(?:[#@]\w+[\s,]*)+)$", re.I)
_RULE = re.compile(r"^[\W_]+$")
_COUNTER = re.compile(
    r"^\W{0,5}\d[\d.,]{0,12}[kKmM]?\W{0,5}"
    r"(?:comments?|shares?|views?|likes?|replies|votes?|retweets?|followers?|min(?:ute)?s? read|photos?|images?|of \d{1,4})?\W{0,5}$",
    re.I,
)
_CREDIT = re.compile(
    r"[.!?)\]|]\s(?:photo|image|picture|photograph|credit|courtesy|video|illustration)s?(?:\s(?:by|credit|courtesy))?\s?[:/]\s?"
    r"(?:[^.:]|\b[A-Z]\.){2,70}$",
    re.I,
)
_NOTE = re.compile(r"^\[[^\[\]]*\]$")
# The first line of monitoring services: code, source, language, hour and day.
_SOURCE = re.compile(r"\b\d{4} ?(?:GMT|UTC|hrs) (?:on )?\d{1,2} (?:%s)\b" % _MONTH, re.I)
_CAPTION_NAMES = re.compile(r"\b(?:caption|credit|byline|dateline|timestamp|share|social|related|promo|newsletter|comment|tags?|advert)", re.I)


def is_stamp(text: str) -> bool:
    """Whether nothing but a date, a time and words about them stands there, after a place at most."""
    if len(text) > 110 or _DATE.search(text) is None:
        return False
    rest = _TIME_WORDS.sub("", re.sub(r"(?<=\d)(?=[A-Za-z])", " ", _PLACE_FIRST.sub("", text, count=1)))
    return re.search(r"[^\W\d_]", rest) is None and any(c.isdigit() for c in text)


def is_byline(block: Block, at: int) -> bool:
    """Whether a paragraph names the writer: ``By Jane Doe, Staff Writer``; without ``By`` only near the top (`at`)."""
    text = block.text
    if len(block.words) > 20 or len(text) > 200:
        return False
    if _BYLINE_START.match(text):
        loose = at <= 4 and not block.closed and len(block.words) <= 14 and _capitals(block) >= 0.6
        return loose or _BYLINE.match(text.partition(" | ")[0]) is not None
    return at <= 3 and not block.closed and _NAME_IN_PLACE.match(text) is not None


def _capitals(block: Block) -> float:
    long = [w for w in block.words if len(w) > 3]
    return sum(w[0].isupper() for w in long) / len(long) if long else 0.0


def shape(block: Block, at: int) -> str:
    """The reason to cut a paragraph for its shape, or an empty string. `at` counts the paragraphs above it."""
    text = block.text
    if _RULE.match(text):
        return "rule"
    if block.columns:
        return "menu"
    if len(block.words) <= 80 and _CREDIT.search(text[-120:]):
        return "photo credit"
    if len(text) > 300:
        return ""
    if _COUNTER.match(text):
        return "counter"
    if is_stamp(text):
        return "time stamp"
    if at <= 3 and not block.closed and _SOURCE.search(text):
        return "source line"
    if _NOTE.match(text):
        return "editorial note"
    if is_byline(block, at):
        return "byline or agency credit"
    if _HANDLE.match(text):
        return "comments"
    if _ADDRESS.match(text):
        return "address"
    if block.names and not block.closed and len(block.words) <= 40 and _CAPTION_NAMES.search(block.names):
        return "labelled as no article text"
    return ""
