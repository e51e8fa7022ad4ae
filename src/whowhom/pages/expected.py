"""How many pages inputs will give, where that can be told at little cost: for a progress bar with time left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

LINES = (".jsonl", ".ndjson")


def expected(inputs: Iterable[str]) -> int | None:
    """The number of pages, or None where an input does not tell (addresses, streams, archives, feeds)."""
    total = 0
    for one in inputs:
        if one == "-" or "://" in one:
            return None
        path = Path(one)
        try:
            files = [p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")] if path.is_dir() else [path]
            for file in files:
                if file.suffix in LINES:
                    with file.open("rb") as lines:
                        total += sum(1 for line in lines if line.strip())
                elif file.suffix in (".gz", ".zst", ".warc", ".parquet", ".xml", ".rss", ".atom"):
                    return None
                else:
                    total += 1
        except OSError:
            return None
    return total
