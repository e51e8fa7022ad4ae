"""The headline of a page: as given, as in the metadata, or the first line where it looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whowhom.documents.block import Block
from whowhom.documents.furniture import furniture
from whowhom.documents.shapes import shape

#: Paragraphs among which the headline is looked for.
_TOP = 6

#: Words of a headline.
_FEWEST, _MOST = 3, 30

#: Similarity (0 to 100, rapidfuzz ratio) from which on two headlines are the same one.
_SAME = 88

_SITE = re.compile(r"\s(?:[|–—·»]|-{1,2}|::)\s")


def without_site(title: str, publisher: str = "") -> str:
    """A title without the name of the site after it: the last part after a bar or a dash, where it is short or the publisher."""
    parts = list(_SITE.finditer(title))
    if not parts:
        return title
    head, tail = title[: parts[-1].start()].strip(), title[parts[-1].end() :].strip()
    same = publisher and publisher.casefold() in tail.casefold()
    short = len(tail.split()) <= 4 and len(head.split()) >= 4 and all(w[:1].isupper() or w in ("of", "the", "and", "&") for w in tail.split())
    return head if same or short else title


def same(one: str, other: str) -> bool:
    """Whether two headlines are one but for marks, case and a site's name."""
    from rapidfuzz.fuzz import ratio

    first, second = (" ".join(re.findall(r"\w+", t.casefold())) for t in (one[:400], other[:400]))
    return bool(first) and ratio(first, second) >= _SAME


def find(blocks: Sequence[Block], known: str) -> int:
    """The number of the paragraph that is the headline, or -1.

    `known` is the headline as given or in the metadata. Without one, the first paragraph that has the form of a
    headline counts, where something follows it; a masthead above it does not.
    """
    top = blocks[:_TOP]
    if known:
        return next((at for at, b in enumerate(top) if same(b.text, known)), -1)
    if len(blocks) < 2:
        return -1
    lines = [at for at, b in enumerate(top) if not (furniture(b.text, len(b.words)) or shape(b, at + 5))]
    if not lines or not is_headline(blocks[lines[0]]):
        return -1
    first = blocks[lines[0]]
    if len(lines) > 1 and (len(first.words) <= 4 or first.text.isupper()) and is_headline(blocks[lines[1]]):
        second = blocks[lines[1]]
        # A masthead in capitals or a section's name, and the headline under it, which is longer.
        if len(second.words) >= 5 and len(second.words) > len(first.words) and not second.text.isupper():
            return lines[1]
    return lines[0]


def is_headline(block: Block) -> bool:
    """Whether a paragraph has the form of a headline: a line of some words without a stop, or a short question."""
    text = block.text
    if not _FEWEST <= len(block.words) <= _MOST or len(text) > 220:
        return False
    return not block.closed or (text[-1] in "?!" and len(block.words) <= 18) or (text[-1] in "\"”’'" and text[-2:-1] not in ".,")
