"""Reading evaluation files: JSON lines, plain or gzip, with clear errors."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from whowhom.errors import InputError


def read_rows(path: Path) -> list[dict[str, Any]]:
    """All rows of a JSON lines file. Raises InputError naming file and line."""
    opener = gzip.open if path.suffix == ".gz" else open
    rows = []
    try:
        with opener(path, "rt", encoding="utf8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise InputError("not a JSON object", where=f"{path}:{number}")
                    rows.append(row)
    except (OSError, UnicodeDecodeError, gzip.BadGzipFile) as error:
        raise InputError(f"cannot read: {error}", where=str(path), remedy="give a JSON lines file, plain or .gz") from error
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON: {error.msg}", where=f"{path}:{len(rows) + 1}", remedy="one JSON object per line") from error
    return rows
