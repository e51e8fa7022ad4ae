"""Whether the fields of a gold row are what their layout says; errors name the line, the field and what belongs there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from whowhom.errors import InputError
from whowhom.model import Span


def words(row: dict[str, Any], where: str, remedy: str) -> list[str]:
    """The row's `tokens`: a list of words, maybe empty."""
    found = row.get("tokens")
    if not isinstance(found, list) or not all(isinstance(t, str) for t in found):
        _refuse("`tokens` is no list of words", where, remedy)
    return found


def items(row: dict[str, Any], key: str, where: str, remedy: str) -> list[dict[str, Any]]:
    """A list of objects under `key`; none where the field is missing or null."""
    found = row.get(key) or []
    if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
        _refuse(f"`{key}` is no list of objects", where, remedy)
    return found


def index(value: object, size: int, what: str, where: str, remedy: str) -> int:
    """The number of a word of a sentence or document of `size` words."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < size:
        _refuse(f"{what} is {value!r}, not the number of one of {size} words", where, remedy)
    return value


def number(value: object, what: str, where: str, remedy: str) -> float:
    """A number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        _refuse(f"{what} is {value!r}, not a number", where, remedy)
    return float(value)


def spans(value: object, size: int, what: str, where: str, remedy: str) -> list[Span]:
    """Spans [begin, end) within a text of `size` characters; none for a missing or null field."""
    out = []
    for pair in value if isinstance(value, Sequence) and not isinstance(value, str) else [] if value is None else [value]:
        if not isinstance(pair, Sequence) or len(pair) != 2 or not all(isinstance(n, int) for n in pair) or not 0 <= pair[0] <= pair[1] <= size:
            _refuse(f"{what} holds {pair!r}, no [begin, end) within {size} characters", where, remedy)
        out.append(Span(*pair))
    return out


def _refuse(what: str, where: str, remedy: str) -> NoReturn:
    raise InputError(what, where=where, remedy=remedy)
