"""Words of a text as spans: what the encoder and every rule after it count in."""

from __future__ import annotations

import re

from whowhom.model import Span
from whowhom.sentences.classes import word_class

_LETTER = r"[^\W\d_]"
_CLITIC = r"[’'](?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)"

# Alternatives in the order of preference. Each is free of nested repetition, so that the time is linear. The rare ones
# come in only where the characters that they need occur: looking for them at every word costs half of the time.
_RARE = r"""
    (?:https?://|www\.)[^\s<>"“”]{1,300}(?<![.,;:!?)\]'’])   # addresses, without the sentence's punctuation
  | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}  # mail addresses
  | \w{1,30}?(?=n[’']t\b)                                      # do|n't, could|n't
  | n[’']t\b
  | """
_USUAL = rf"""
    (?:(?<![\w.])(?:{_LETTER}\.){{2,8}})(?!\w)(?:-\w+)*         # U.S., a.m., U.S.-led
  | {_CLITIC}\b                                                  # 's 're 've 'll 'd 'm
  | \d+(?:[.,:/]\d+)*\w*(?:[-‐‑.]\w+)*                          # 1,000.50  12:30  21st  20-year-old  18.08.2022
  | \w+(?:(?:[-‐‑&·]|\.(?=[a-z0-9])|[’'](?=\w\w\w|[A-Z]\w)|(?<=\bO)[’'])\w+)*  # well-known  al-Assad  AT&T  O'Brien
  | \.{{2,}}|…|--+|[-–—]+                                        # ellipses and dashes
  | \S
"""
_WORD = re.compile(_USUAL, re.VERBOSE)
_WORD_RARE = re.compile(_RARE + _USUAL, re.VERBOSE)
_NEEDS_RARE = re.compile(r"n[’']t|@|://|www\.")

#: Abbreviations of titles, months and the like that keep their stop as part of the word.
_KEEPS_STOP = word_class("keeps_stop")


def words(text: str) -> tuple[Span, ...]:
    """Spans of the words and marks of `text`, in order: clitics on their own, hyphenated words and numbers whole.

    A stop belongs to the word in abbreviations of titles and in dotted initials, and stands alone elsewhere.
    """
    out: list[Span] = []
    size = len(text)
    skip = 0
    pattern = _WORD_RARE if _NEEDS_RARE.search(text) else _WORD
    for found in pattern.finditer(text):
        begin, end = found.span()
        if begin < skip:
            continue
        if end < size - 1 and text[end] == "." and end - begin < 7 and (text[begin].isupper() or end - begin == 1):
            word = text[begin:end]
            if word.lower() in _KEEPS_STOP or (len(word) == 1 and word.isalpha() and word.isupper() and text[end + 1] == " "):
                end = skip = end + 1
        out.append(Span(begin, end))
    return tuple(out)
