"""The compiled tables: gzip TSV, a comment line, a header, rows. Built by ``training/knowledge/build.py``."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

from whowhom.errors import KnowledgeError


@lru_cache(maxsize=16)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table without its header. Raises KnowledgeError where the table is missing or damaged."""
    path = resources.files("whowhom.knowledge.tables") / f"{name}.tsv.gz"
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf8").split("\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"cannot read: {error}", where=f"{name}.tsv.gz", remedy="reinstall whowhom") from error
    head = lines[1].count("\t") + 1
    out = tuple(tuple(x.split("\t")) for x in lines[2:] if x)
    if any(len(r) != head for r in out):
        raise KnowledgeError("rows of unequal length", where=f"{name}.tsv.gz", remedy="reinstall whowhom")
    return out
