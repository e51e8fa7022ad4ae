"""Furniture of news sites, told by its words: the table ``furniture.tsv`` and how it is matched."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "´": "'", "–": "-", "—": "-"})
_LEAD = re.compile(r"^[\s•*●▪▶►»>☞→➤\-|+]+")
_TAIL = re.compile(r"[\s.:!…»>→|*\-]+$")

#: Words of the longest paragraph that any phrase applies to; taken from the table.
_SAMPLE = 700


class Row(NamedTuple):
    """A phrase, where it must stand, the most words of its paragraph, what it does, and the reason to give."""

    phrase: str
    where: str
    words: int
    effect: str
    reason: str


class Table(NamedTuple):
    """The rows by how they are looked up."""

    whole: dict[str, Row]
    start: dict[str, list[Row]]
    any: list[Row]
    inside: Any
    end: list[Row]
    ends: tuple[str, ...]
    longest: int


@lru_cache(maxsize=1)
def _table() -> Table:
    text = (resources.files("whowhom.documents") / "furniture.tsv").read_text(encoding="utf8")
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("# ") and not line.startswith("phrase\t"):
            phrase, where, count, effect, reason = line.split("\t")
            rows.append(Row(phrase.translate(_PLAIN), where, int(count), effect, reason))
    start: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda r: -len(r.phrase)):
        if row.where == "start":
            start.setdefault(row.phrase[:3], []).append(row)
    from ahocorasick_rs import AhoCorasick

    inside = [r for r in rows if r.where == "any"]
    return Table(
        {r.phrase: r for r in rows if r.where == "whole"}, start, inside, AhoCorasick([r.phrase for r in inside]),
        [r for r in rows if r.where == "end"], tuple(r.phrase for r in rows if r.where == "end"), max(r.words for r in rows),
    )  # fmt: skip


def furniture(text: str, words: int) -> Row | None:
    """The row of the table that a paragraph of so many words falls under, if any."""
    table = _table()
    if words > table.longest:
        return None
    plain = text[:_SAMPLE].translate(_PLAIN).lower()
    bare = _LEAD.sub("", plain)
    if row := table.whole.get(_TAIL.sub("", bare)):
        return row
    for row in table.start.get(bare[:3], ()):
        if words <= row.words and bare.startswith(row.phrase) and not _inside(bare, row.phrase):
            return row
    for at, _, _ in table.inside.find_matches_as_indexes(plain, overlapping=True):
        if words <= (found := table.any[int(at)]).words:
            return found
    tail = plain.rstrip(" .")
    if tail.endswith(table.ends):
        return next((r for r in table.end if words <= r.words and tail.endswith(r.phrase)), None)
    return None


def _inside(text: str, phrase: str) -> bool:
    """Whether the phrase ends within a word of the text."""
    return phrase[-1].isalnum() and text[len(phrase) : len(phrase) + 1].isalnum()
