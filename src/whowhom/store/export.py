"""A store in the columns of other data sets: GDELT 1 and 2, ICEWS, POLECAT, Phoenix, PLOVER JSON lines."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from whowhom import schema
from whowhom.errors import InputError, OutputError
from whowhom.model import Event
from whowhom.store.commit import replace
from whowhom.store.formats import gdelt, icews, phoenix, plover, polecat
from whowhom.store.formats.dyads import Coverage, Dyad, Row, expand
from whowhom.store.store import Store

STATUSES = ("asserted", "planned", "hypothetical", "denied", "historical", "negated")


@dataclass(frozen=True, slots=True)
class Format:
    """An export: how rows are made, its columns (none: JSON lines), whether a header stands above, what a row is."""

    rows: Callable[[Iterator[Dyad]], Iterator[Row]]
    columns: tuple[str, ...]
    header: bool
    unit: str


#: All formats. GDELT publishes its files without a header.
FORMATS: dict[str, Format] = {
    "gdelt1": Format(gdelt.rows, gdelt.COLUMNS1, False, "happening and dyad"),
    "gdelt2": Format(gdelt.rows, gdelt.COLUMNS2, False, "happening and dyad"),
    "gdelt2_mentions": Format(gdelt.mentions, gdelt.COLUMNS_MENTIONS, False, "report and dyad"),
    "icews": Format(icews.rows, icews.COLUMNS, True, "report and dyad"),
    "polecat": Format(polecat.rows, polecat.COLUMNS, True, "report and dyad"),
    "phoenix": Format(phoenix.rows, phoenix.COLUMNS, True, "happening and dyad"),
    "cline_center_phoenix": Format(phoenix.cline, phoenix.COLUMNS_CLINE, True, "report and dyad"),
    "plover": Format(plover.rows, (), False, "report"),
}


def export(store: Store, format: str, output: Path, status: Sequence[str] = ("asserted",), members: bool = False) -> int:
    """Write a store's events into one file; the number of rows.

    Only events of these statuses: what was planned or denied is no event of the data sets whose columns these are,
    and they could not say so. `members` turns an alliance into its members of that day. Raises InputError for an
    unknown format or status, OutputError where the file cannot be written; it is there in full or not at all.
    """
    if format not in FORMATS:
        raise InputError(f"no format {format!r}", remedy="formats are: " + ", ".join(FORMATS))
    statuses = check_statuses(status)
    how = FORMATS[format]
    temporary = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf8", newline="") as file:
            count = _write(file, how, how.rows(dyads(store, statuses, members)), header=how.header or output.suffix == ".tsv")
        replace(temporary, output)
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror or error}", where=str(output), remedy="free space or choose another file") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return count


def check_statuses(status: Sequence[str]) -> tuple[str, ...]:
    """Statuses as given, ``all`` being all of them. Raises InputError for an unknown one."""
    if list(status) == ["all"]:
        return STATUSES
    for one in status:
        if one not in STATUSES:
            raise InputError(f"no status {one!r}", where="--status", remedy="say all, or some of: " + ", ".join(STATUSES))
    return tuple(status)


def dyads(store: Store, statuses: Sequence[str], members: bool = False) -> Iterator[Dyad]:
    """The dyads of all events of these statuses, in the order of days and ids."""
    con = store.connection().cursor()
    reader = con.execute(
        "SELECT e.*, d.language, coalesce(s.reports, 1) AS reports, coalesce(s.publishers, 1) AS publishers FROM events e "
        "LEFT JOIN documents d ON d.id = e.document LEFT JOIN stories s ON s.id = e.story WHERE list_contains(?, e.status) "
        # The story's own event comes first: where a row is a happening, it is the one that stands.
        "ORDER BY coalesce(s.first_date, e.published), e.story, s.event_id = e.id DESC, e.id",
        [list(statuses)],
    )
    names = [d[0] for d in reader.description or ()]
    while batch := reader.fetchmany(1000):
        for values in batch:
            one = dict(zip(names, values, strict=True))
            event = schema.record(Event, one)
            coverage = Coverage(one["story"] or "", one["reports"], max(1, one["publishers"]))
            text = [one[c] or "" for c in ("url", "publisher", "title", "published", "language")]
            for n, (actor, recipient) in enumerate(expand(event, members)):
                yield Dyad(event, actor, recipient, n, text[0], text[1], text[2], text[3], text[4], coverage, one["made_by"] or "")


def _write(file: TextIO, how: Format, rows: Iterator[Row], header: bool) -> int:
    count = 0
    if not how.columns:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
        return count
    if header:
        file.write("\t".join(how.columns) + "\n")
    writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    for row in rows:
        writer.writerow([_cell(row.get(c, "")) for c in how.columns])
        count += 1
    return count


def _cell(value: object) -> str:
    """A value in one line and one column: these formats know no quoting."""
    return " ".join(str(value).split()) if isinstance(value, str) else "" if value is None else str(value)
