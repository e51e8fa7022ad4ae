# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""The key under which a place name is filed: plain letters, lower case, without article or the word for its kind."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^(?:the|al|ar|an|as|ad|az|ash|at|el|es|et|ed|er|ez)[ -](?=\w{3})")
_KIND = re.compile(
    r"^(?:province|governorate|state|region|district|department|oblast|republic|canton|county|prefecture|municipality|territory|emirate|city|town|village|autonomous region|muhafazat) of (?:the )?"
    r"|[ -](?:province|governorate|oblast(?:'|’)?|krai|region|district|department|prefecture|county|municipality|autonomous region|uygur autonomous region|uyghur autonomous region|emirate|parish|canton|city|wilayat)$"
)
#: Longer names are addresses or defects.
MAX_CHARACTERS = 80


def fold(name: str) -> str:
    """Letters of any script as plain Latin ones, lower case, single spaces."""
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(name)
    name = re.sub(r"[’'`ʿʾ‘.]", "", name[:MAX_CHARACTERS].lower())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name).split())


def keys(name: str) -> tuple[str, ...]:
    """The keys of a name, the fullest first: as written, without its kind, without its article."""
    full = fold(name)
    bare = _KIND.sub("", full).strip()
    found = [full, bare]
    found += [_ARTICLE.sub("", k) for k in (full, bare)]
    return tuple(dict.fromkeys(k for k in found if len(k) > 1))
