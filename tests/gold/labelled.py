"""The labelled amounts and places as files of their layouts: ``python -m tests.gold.labelled amounts|places OUT [dev|aside]``.

amounts.jsonl, places.jsonl and dates.jsonl hold offsets and values alone; the texts are read from the folder of shared corpora
(WHOWHOM_SHARED). dev was looked at while rules were written, aside was not.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WHOWHOM_SHARED", HERE.parents[2] / "shared"))


def texts(names: set[str], shared: Path = SHARED) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows of the named files by file and id; a sentence of a GUM document has the id DOCUMENT#NUMBER."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in names:
        path = shared / "data" / name
        with gzip.open(path, "rt", encoding="utf8") if name.endswith(".gz") else path.open(encoding="utf8") as lines:
            for line in lines:
                row = json.loads(line)
                found[name, row["id"]] = row
                for number, sentence in enumerate(row.get("sents", ())):
                    found[name, f"{row['id']}#{number}"] = sentence | {"date": row.get("date")}
    return found


def rows(task: str, part: str = "", shared: Path = SHARED) -> list[dict[str, Any]]:
    """Rows of the task's evaluation layout, texts and all."""
    gold = [json.loads(line) for line in (HERE / f"{task}.jsonl").read_text(encoding="utf8").splitlines()]
    gold = [g for g in gold if not part or g["part"] == part]
    known = texts({g["file"] for g in gold}, shared)
    if task == "amounts":
        return [
            {"id": g["id"], "date": g["date"], "text": known[g["file"], g["id"]]["text"][g["begin"] : g["end"]], "amounts": g["amounts"]}
            for g in gold
        ]
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for g in gold:
        groups[g["file"], g["id"]].append({k: v for k, v in g.items() if k not in ("file", "id", "part")})
    return [{"id": i, "text": known[f, i]["text"], "date": known[f, i].get("date") or "", "places": some} for (f, i), some in groups.items()]


if __name__ == "__main__":
    task, out, *part = sys.argv[1:]
    Path(out).write_text("".join(json.dumps(r) + "\n" for r in rows(task, *part)), encoding="utf8")
