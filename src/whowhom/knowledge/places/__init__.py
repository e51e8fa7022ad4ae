"""The place table: countries, first-level regions, areas and cities of at least 1,000 people, by name.

Compiled by ``python -m training.knowledge.gazetteer`` from GeoNames (CC BY 4.0); sources stand in the files' metadata.
Ids are GeoNames numbers for countries and cities, ``IQ.15`` (country and first-level code) for regions, and ``own:...``
for the project's own rows. Nothing is read before the first look-up.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from whowhom.errors import KnowledgeError
from whowhom.knowledge.places.keys import fold, keys


class Row(NamedTuple):
    """A place. `level` is country, region, area (several countries, a sea), city or abbreviation; degrees WGS 84, NaN unknown.

    `main` says whether the name looked up is the place's own name or another spelling.
    """

    id: str
    name: str
    country: str
    region: str
    level: str
    latitude: float
    longitude: float
    population: int
    capital: bool
    main: bool


class _Column:
    """A sorted Arrow column as a sequence for bisect."""

    def __init__(self, column: Any) -> None:
        self.column = column

    def __len__(self) -> int:
        return len(self.column)

    def __getitem__(self, at: int) -> str:
        return str(self.column[at].as_py())


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Any], _Column, Any, Any]:
    folder = resources.files(__package__)
    try:
        with resources.as_file(folder.joinpath("places.parquet")) as path:
            places = _read(path)
        with resources.as_file(folder.joinpath("names.parquet")) as path:
            names = _read(path)
    except (OSError, ValueError) as error:
        raise KnowledgeError("the place table cannot be read", where=str(folder), remedy="reinstall whowhom") from error
    columns = {k: places.column(k).chunk(0) for k in Row._fields if k != "main"}
    return columns, _Column(names.column("key").chunk(0)), names.column("place").chunk(0), names.column("main").chunk(0)


def _read(path: Path) -> Any:
    import pyarrow.parquet as pq

    # Not `read_table`, which loads Arrow's data sets: that takes ten times as long as reading.
    with pq.ParquetFile(path) as file:
        return file.read().combine_chunks()


@lru_cache(maxsize=20_000)
def filed(key: str) -> tuple[Row, ...]:
    """All places filed under a key (see `keys`), largest first."""
    columns, index, place, main = _tables()
    at = bisect_left(index, key)
    found = []
    while at < len(index) and index[at] == key:
        row = place[at].as_py()
        found.append(Row._make([*(columns[k][row].as_py() for k in Row._fields[:-1]), bool(main[at].as_py())]))
        at += 1
    return tuple(found)


def named(name: str) -> tuple[Row, ...]:
    """The places that a name may mean: those filed under its fullest key that is filed at all."""
    return next((rows for key in keys(name) if (rows := filed(key))), ())


def abbreviated(name: str) -> Row | None:
    """The US state behind an Associated Press or postal abbreviation as written ("Ala.", "AL")."""
    if not (name.isupper() or name.endswith(".")):
        return None
    return next((r for r in filed(name.lower()) if r.level == "abbreviation"), None)


__all__ = ["Row", "abbreviated", "filed", "fold", "keys", "named"]
