"""Closed classes of words, read from the table beside this module."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    text = (resources.files("whowhom.sentences") / "classes.tsv").read_text(encoding="utf8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: frozenset(words.split()) for name, _, words in rows[1:]}


def word_class(name: str) -> frozenset[str]:
    """The words of a class of ``classes.tsv``. Raises KeyError for a name that the table lacks."""
    return _classes()[name]
