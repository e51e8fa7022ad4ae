"""Plain text -> blocks: paragraphs by empty lines, by lines, or put together from hard-wrapped lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from whowhom.documents.block import Block
from whowhom.documents.clean import Run, clean, runs

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|\Z)")
_COLUMNS = re.compile(r"[ \xa0]{2,}|\t+|\s+[|»›·•–/]\s+|\|")
_END = re.compile(r"[.!?…:;][\"”’')\]»]{0,3}$")
_BULLET = re.compile(r"\s*(?:[•*‣▪●○–—-]|\d{1,2}[.)])\s+(?=\S)")

#: Widths, in characters, that a column of hard-wrapped text may have.
_NARROW, _WIDE = 35, 130

#: Share of line ends at which the next word would not have fitted, from which on a text counts as hard-wrapped.
_WRAPPED = 0.6

#: Line ends within paragraphs from which on the width of a text can be told.
_PAIRS = 3

Line = tuple[int, str]


def blocks(page: str) -> list[Block]:
    """Paragraphs of a plain text, with the way back to `page`."""
    groups = list(_groups(page))
    width = _width(groups)
    return [b for group in groups for lines in _paragraphs(group, width) if (b := _block(lines)) is not None]


def _groups(page: str) -> Iterator[list[Line]]:
    """Lines with their offsets, between empty lines."""
    group: list[Line] = []
    for found in _LINE.finditer(page):
        line = found[0].rstrip()
        if line:
            group.append((found.start(), line))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    return len(line) + 1 + len(after.lstrip().partition(" ")[0]) > width


def _width(groups: list[list[Line]]) -> int:
    """The width to which the page is wrapped, or 0 where lines are paragraphs."""
    pairs = [(a[1], b[1]) for group in groups for a, b in pairwise(group)]
    if len(pairs) < _PAIRS:
        return 0
    lengths = sorted(len(a) for a, _ in pairs)
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    if not _NARROW <= width <= _WIDE:
        return 0
    full = sum(_full(a, b, width - 4) for a, b in pairs)
    return width if full >= _WRAPPED * len(pairs) else 0


def _paragraphs(group: list[Line], width: int) -> Iterator[list[Line]]:
    """Lines of a group put together into paragraphs."""
    current = [group[0]]
    indent = _indent(group[0][1])
    for before, after in pairwise(group):
        if _goes_on(before[1], after[1], width, indent):
            current.append(after)
        else:
            yield current
            current = [after]
            indent = _indent(after[1])
    yield current


def _goes_on(before: str, after: str, width: int, indent: int) -> bool:
    lower = after.lstrip()[:1].islower()
    if not width:
        return lower and _END.search(before) is None and len(before) > _NARROW
    if _indent(after) >= 2 and _indent(after) != _indent(before) and not (indent and _indent(before) >= indent):
        return False
    if _BULLET.match(after) and not lower:
        return False
    return _full(before, after, width - 14) or (lower and _END.search(before) is None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(lines: list[Line]) -> Block | None:
    parts: list[Run] = []
    for at, line in lines:
        if parts and not (parts[-1].text.endswith("-") and line.lstrip()[:1].islower()):
            parts.append(Run(" ", parts[-1].end, max(parts[-1].end + 1, at)))
        lead = _indent(line)
        parts += runs(line[lead:], at + lead)
    while parts and not parts[0].text.strip():
        parts.pop(0)
    while parts and not parts[-1].text.strip():
        parts.pop()
    text = "".join(p.text for p in parts)
    if not text or text != text.strip():
        # A joint may double a space at a removed character: spans must stay those of the text, so such a block maps as a whole.
        text = clean(text)
        parts = [Run(text, parts[0].begin, parts[-1].end)] if text else []
    if not text:
        return None
    segments = [s for s in _COLUMNS.split(lines[0][1].strip()) if s.strip()] if len(lines) == 1 else []
    columns = len(segments) >= 3 and max(len(s.split()) for s in segments) <= 5
    return Block(text, "item" if _BULLET.match(lines[0][1]) else "p", columns=columns, runs=tuple(parts))
