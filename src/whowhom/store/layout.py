"""Where things lie in a store, and the Arrow schema of each table.

```
DIR/
  store.json                    what this folder is, and the version of its layout
  documents/day=2021-12-16/part-*.parquet     likewise mentions/, events/, notes/
  set_aside/ corrections/ makers/ judgements/ stories/ story_reports/      part-*.parquet
  superseded/<table>/day=...    rows of pages that were corrected since
  damaged/                      parts that could not be read, moved out of the way
  log/ staging/ lock            how a shard comes in whole or not at all (see `commit`)
  index.duckdb                  can be deleted; made again from the Parquet files
```

`day` is the day of publication; pages without one lie under Hive's name for null. Every row of the tables
above `superseded` is current: reading ``DIR/events/**/*.parquet`` with any tool is right as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from whowhom import schema
from whowhom.stories.records import Judgement, Story, StoryReport

if TYPE_CHECKING:
    import pyarrow as pa

#: Version of this layout; a store of a later one is refused.
LAYOUT = 1
#: Hive's name for null, which DuckDB, polars and Arrow read as null.
NO_DAY = "__HIVE_DEFAULT_PARTITION__"
#: Tables that are partitioned by day, in the order in which a commit makes them visible: documents last,
#: so that whoever sees a document sees its rows.
DAILY = ("mentions", "notes", "events", "documents")

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class Correction:
    """A page that took the place of an older one: `reason` is corrected (same address, other text), metadata
    (same text, other date, title or publisher), recoded (by another version) or repaired (after damage)."""

    id: str
    url: str
    reason: str
    old_document: str
    new_document: str
    old_events: int
    new_events: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A row of set_aside: see `whowhom.model.SetAside`."""

    id: str
    source: str
    stage: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made rows: versions of whowhom, the language model, the knowledge tables, and the settings, as text."""

    id: str
    whowhom: str
    model: str
    model_version: str
    model_hash: str
    knowledge: tuple[str, ...]
    settings: str


#: Tables that are no stage's record, and the record of each.
OTHER: dict[str, type] = {
    "set_aside": Aside, "corrections": Correction, "makers": Maker,
    "judgements": Judgement, "stories": Story, "story_reports": StoryReport,
}  # fmt: skip
#: All tables.
TABLES: tuple[str, ...] = (*DAILY, *OTHER)


@lru_cache(maxsize=32)
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table in the store: the record's, and what the store adds.

    Every daily table has `made_by` (the id of a row in makers); documents have `key` (a hash of all that
    the page said of itself) and the number of rows they have in the other tables.
    """
    import pyarrow as pa

    if table in OTHER:
        return pa.schema(list(schema.arrow_type(OTHER[table])))
    extra = [pa.field("made_by", pa.string())]
    if table == "documents":
        extra += [pa.field("key", pa.string())] + [pa.field(f"n_{t}", pa.int32()) for t in DAILY[:-1]]
    return pa.schema([*schema.arrow_schema(table), *extra])


def day_folder(date: str) -> str:
    """The partition of a document of this date; a date of no day's precision goes where dates are null."""
    return f"day={date if _DAY.fullmatch(date) else NO_DAY}"


def parts(root: Path, table: str) -> list[Path]:
    """All parts of a table, sorted by path."""
    folder = root / table
    return sorted(folder.rglob("part-*.parquet")) if folder.is_dir() else []
