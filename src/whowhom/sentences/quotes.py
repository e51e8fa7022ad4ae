"""Quotations of a paragraph as spans of the quoted words, without their marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from whowhom.model import Span

_MARK = re.compile(r"[\"“”„«»]|''|``|[‘’']")
_CLOSES = {"“": "”", "«": "»", "``": "''", "„": "“"}

#: A quotation in single marks that is longer than this, in characters, is an apostrophe gone astray.
_SINGLE_MAX = 600

#: Apostrophes within a quotation in single marks that are passed over in the search for its end.
_SINGLE_TRIES = 12


def quotes(text: str, continued: bool, sentence_end: Callable[[int], int]) -> tuple[Span, ...]:
    """Spans of quoted words in a paragraph, in order, outermost only.

    `continued` says that the next paragraph opens with a mark, so that a quotation left open here runs to the end,
    as printers do with speech of several paragraphs; else it ends with its sentence, which `sentence_end` finds.
    """
    out: list[Span] = []
    opened = -1
    mark = ""
    for found in _MARK.finditer(text):
        begin, end = found.span()
        what = found[0]
        if opened < 0:
            if what in "‘'" and len(what) == 1:
                if not (out and begin < out[-1].end) and (closed := _single(text, begin, what)) > 0:
                    out.append(Span(end, closed))
            elif _opens(text, begin, end, what):
                # A mark inside single marks wins over them: those were apostrophes.
                opened, mark = end, what
        elif _ends(text, begin, end, what, mark):
            out = [s for s in out if s.end <= opened - len(mark) or s.begin >= end]
            if text[opened:begin].strip():
                out.append(_trimmed(text, opened, begin))
            opened = -1
    if opened >= 0:
        last = len(text) if continued else sentence_end(opened)
        if last > opened and text[opened:last].strip():
            out.append(_trimmed(text, opened, last))
    return tuple(sorted(s for s in out if s.end > s.begin))


def opens_with_mark(text: str) -> bool:
    """Whether a paragraph begins with an opening double mark."""
    head = text.lstrip()[:2]
    return head[:1] in ('"', "“", "«") or head in ("''", "``")


def _trimmed(text: str, begin: int, end: int) -> Span:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return Span(begin, end)


def _opens(text: str, begin: int, end: int, what: str) -> bool:
    if what in _CLOSES:
        return True
    if what in ('"', "''", "”"):
        # ” opens where a page has only that form; after white space and before a word it can be nothing else.
        before, after = text[begin - 1 : begin], text[end : end + 1]
        return (not before or before.isspace() or before in "([—–-/:") and bool(after) and not after.isspace()
    return False


def _ends(text: str, begin: int, end: int, what: str, mark: str) -> bool:
    if what == _CLOSES.get(mark):
        return True
    if what == mark:
        if mark in ('"', "''", "”"):
            return not (text[begin - 1 : begin].isspace() and end < len(text) and text[end].isalnum())
        # “ twice: a page that closes with the opening form
        return mark == "“" and (end == len(text) or not text[end].isalnum())
    return (what == '"' and mark == "“") or (what == "”" and mark == '"')


def _single(text: str, begin: int, what: str) -> int:
    """Where a quotation in single marks that opens at `begin` closes, or -1 where that is an apostrophe."""
    before, after = text[begin - 1 : begin], text[begin + 1 : begin + 2]
    if (before and not before.isspace() and before not in '([—–“"') or not after.isalpha():
        return -1
    close = "’" if what == "‘" else "'"
    at = begin + 1
    for _ in range(_SINGLE_TRIES):
        if (at := text.find(close, at + 1, begin + _SINGLE_MAX)) < 0:
            break
        last, following = text[at - 1], text[at + 1 : at + 2]
        if not last.isspace() and not following.isalnum() and not (last == "s" and following == " " and text[at + 2 : at + 3].islower()):
            return at
    return -1
