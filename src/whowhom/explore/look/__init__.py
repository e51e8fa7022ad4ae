"""What the report and the explorer look like: style, charts, the map, names for codes. All of it lies in the package."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """The text of a file in this folder. Raises FileNotFoundError for one that is not there."""
    return (resources.files(__name__) / name).read_text(encoding="utf8")


@lru_cache(maxsize=1)
def world() -> dict[str, Any]:
    """The map: width and height in units of the drawing, and countries as [code, name, path, x, y]."""
    loaded: dict[str, Any] = json.loads(asset("world.json"))
    return loaded


@lru_cache(maxsize=1)
def names() -> dict[str, dict[str, str]]:
    """Names for codes: country (ISO 3166 alpha-3 and PLOVER's), sector, quad."""
    found: dict[str, dict[str, str]] = {"country": {c[0]: c[1] for c in world()["countries"] if c[0]}}
    lines = [x for x in asset("names.tsv").splitlines() if x and not x.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t"):
        found.setdefault(row["kind"], {})[row["code"]] = row["name"]
    return found


def country_name(code: str) -> str:
    """The name of a country code, the code itself where nobody named it."""
    return names()["country"].get(code, code)
