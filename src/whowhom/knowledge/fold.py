"""One way to write a name for looking it up: Latin letters, lower case, single spaces, no marks."""

from __future__ import annotations

import re
from functools import lru_cache

_APART = re.compile(r"[\s\-‐‑–—_/]+")
_GONE = re.compile(r"[.'’‘`´\"“”,()\[\]]")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` for comparison: romanised, lower case, hyphens as spaces, full stops and apostrophes gone."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text.replace("’", "'"))
    return " ".join(_APART.sub(" ", _GONE.sub("", text.lower())).split())


def is_acronym(text: str) -> bool:
    """Whether a name is written in capitals only (UN, U.S., G7, ISIS-K): such a name is looked up by its case."""
    if text.isascii() and not text.isupper():
        return False  # nearly all names: tens of thousands are asked about when the tables are loaded
    letters = [c for c in text if c.isalpha()]
    return 0 < len(letters) <= 6 and all(c.isupper() for c in letters)
