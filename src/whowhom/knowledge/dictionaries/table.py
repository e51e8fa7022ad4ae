"""A user's table: CSV (or tab-separated, by its suffix) with a header of at least ``name``, and any of ``aliases``
(parted by ``|``), ``country``, ``sector`` (several parted by blanks), ``from``, ``to``, ``id``."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from whowhom.errors import InputError
from whowhom.knowledge.dictionaries.rows import Own, wrong

COLUMNS = ("name", "aliases", "country", "sector", "from", "to", "id")


def read(text: str, path: Path, errors: list[str]) -> Iterator[Own]:
    """The rows; what is wrong with others goes into `errors`. Raises InputError for a header that cannot be used."""
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if path.suffix in (".tsv", ".tab") else ",", strict=True)
    try:
        header = [h.strip().lower() for h in reader.fieldnames or ()]
    except csv.Error as error:
        raise InputError(f"no header: {error}", where=f"{path}:1", remedy="the columns are " + ", ".join(COLUMNS)) from error
    if "name" not in header:
        raise InputError(f"no column 'name' in {header[:10]}", where=f"{path}:1", remedy="the columns are " + ", ".join(COLUMNS))
    unknown = [h for h in header if h not in COLUMNS]
    if unknown or len(set(header)) < len(header):
        what = f"unknown columns {unknown}" if unknown else "a column stands twice"
        raise InputError(what, where=f"{path}:1", remedy="the columns are " + ", ".join(COLUMNS))
    reader.fieldnames = header
    stream = iter(reader)
    while True:
        try:
            row = next(stream, None)
        except csv.Error as error:
            errors.append(f"line {reader.line_num}: {error}; neither this row nor what follows it is read")
            return
        if row is None:
            return
        line = reader.line_num
        if None in row or any(v is None for v in row.values()):
            errors.append(f"line {line}: {'too many' if None in row else 'too few'} fields")
            continue
        get = {k: (row.get(k) or "").strip() for k in COLUMNS}
        sectors = tuple(s for s in re.split(r"[\s|;+]+", get["sector"].upper()) if s)
        country = get["country"].upper()
        fault = wrong(get["name"], country, sectors, get["from"], get["to"])
        if fault:
            errors.append(f"line {line}: {fault}")
            continue
        aliases = tuple(a.strip() for a in get["aliases"].split("|") if a.strip())
        yield Own(get["name"], aliases, country, sectors, get["from"], get["to"], get["id"], "name", f"{path.name}:{line}")
