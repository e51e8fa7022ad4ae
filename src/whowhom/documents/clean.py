"""Characters as they came -> characters as all later stages expect them, with the way back to the page.

Control characters, bidirectional overrides and zero-width characters go, any white space becomes one space, and the
rest is in the composed form NFC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# C0 and C1 controls without white space, soft hyphen, combining grapheme joiner, Arabic letter mark, Hangul fillers,
# zero-width, bidirectional, invisible operators, variation selectors, byte order mark, interlinear and object marks,
# lone surrogates, tags. Source: Unicode 16, general categories Cc, Cf and Cs, and Default_Ignorable_Code_Point.
_GONE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SPACE = "\t\n\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ODD = re.compile(f" [ {_SPACE}{_GONE}]+|[{_SPACE}{_GONE}][ {_SPACE}{_GONE}]*")
_WHITE = re.compile(f"[ {_SPACE}]")


class Run(NamedTuple):
    """A stretch of clean text and the stretch of the page that it came from."""

    text: str
    begin: int
    end: int


def clean(text: str) -> str:
    """The text in clean characters, on one line."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return "".join(r.text for r in runs(text, 0)).strip()


def runs(text: str, at: int) -> Iterator[Run]:
    """Clean runs of a piece of the page that begins at offset `at` of it, in order; runs of equal length map letter by letter."""
    last = 0
    for odd in _ODD.finditer(text):
        yield from _composed(text[last : odd.start()], at + last)
        if _WHITE.search(odd[0]):
            yield Run(" ", at + odd.start(), at + odd.end())
        last = odd.end()
    yield from _composed(text[last:], at + last)


def _composed(text: str, at: int) -> Iterator[Run]:
    """The text in NFC, cut where composing changes the length."""
    if not text:
        return
    if unicodedata.is_normalized("NFC", text):
        yield Run(text, at, at + len(text))
        return
    begin = 0
    while begin < len(text):
        end = begin + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        piece = text[begin:end]
        yield Run(unicodedata.normalize("NFC", piece), at + begin, at + end)
        begin = end


def _joins(character: str) -> bool:
    """Whether a character may compose with what stands before it: marks, and the vowels and finals of Hangul."""
    return unicodedata.combining(character) > 0 or "\u1161" <= character <= "\u11ff"
