"""What is wrong with users' dictionaries: lines that cannot be used, and rows that disagree."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.knowledge.dictionaries.read import Own, load
from whowhom.knowledge.lexicon import phrase_key


def problems(paths: Sequence[str]) -> list[str]:
    """Lines that cannot be used and rows that disagree, each with file and line. Raises InputError for a useless file."""
    return [f"{path}: {p}" for path in paths for p in load(path).problems] + conflicts(paths)


def conflicts(paths: Sequence[str]) -> list[str]:
    """Names that two lines give different codes on the same days; the first counts."""
    seen: dict[str, list[Own]] = {}
    out: dict[str, None] = {}
    for path in paths:
        for row in load(path).rows:
            for key in {phrase_key(n) for n in (row.name, *row.aliases)}:
                for other in seen.get(key, ()):
                    if other.where != row.where and _overlap(row, other) and (other.country, other.sectors) != (row.country, row.sectors):
                        out[f"{key!r}: {other.where} says {_code(other)}, {row.where} says {_code(row)}; the first counts"] = None
                seen.setdefault(key, []).append(row)
    return list(out)


def _overlap(one: Own, other: Own) -> bool:
    return (not one.last or not other.first or other.first <= one.last + "~") and (not other.last or not one.first or one.first <= other.last + "~")


def _code(row: Own) -> str:
    return " ".join((row.country, *row.sectors)).strip() or "nothing"
