"""A user's file to rows: its form found from its first lines, the lines that cannot be used named."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from whowhom.errors import InputError
from whowhom.knowledge.dictionaries import petrarch, table
from whowhom.knowledge.dictionaries.rows import Dictionary, Own

#: The most bytes that a dictionary file may have.
MOST_BYTES = 200_000_000
#: Errors that one message names.
MOST_ERRORS = 20
_CODE_AT_END = re.compile(r"\[[^\]]*\]\s*(#.*|;.*)?$")


def read(path: Path) -> Dictionary:
    """A dictionary with its problems. Raises InputError where no line at all can be used."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(f"{size} bytes are too many", where=str(path), remedy=f"give at most {MOST_BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"cannot read: {error}", where=str(path), remedy="give a UTF-8 text file") from error
    head = next((x for x in text.splitlines() if x.strip() and not x.startswith("#")), "")
    coded = bool(_CODE_AT_END.search(head)) or head.startswith(("!", "<")) or (path.suffix == ".txt" and "," not in head)
    errors: list[str] = []
    rows = tuple(petrarch.read(text, path.name, errors) if coded else table.read(text, path, errors))
    if not rows:
        why = "; ".join(errors[:MOST_ERRORS]) or "no rows"
        raise InputError(
            why, where=str(path), remedy="a table needs the header " + ",".join(table.COLUMNS) + "; a PETRARCH file lines like NAME_ [USAGOV]"
        )
    return Dictionary(rows, tuple(errors))


@lru_cache(maxsize=16)
def load(path: str) -> Dictionary:
    """`read`, once per file and process."""
    return read(Path(path))


__all__ = ["Dictionary", "Own", "load", "read"]
