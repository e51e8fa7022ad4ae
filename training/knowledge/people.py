"""Offices and who held them: the project's own list first, then Wikidata, Factbook, REIGN, current leaders, US Congress."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import Any

from training.knowledge.common import factbook_day, json_lines, own, reference, write
from whowhom.knowledge.fold import fold

#: Titles of the Factbook and Wikidata -> office. The first that occurs wins.
_TITLES = (
    ("prime minister", "prime minister"),
    ("taoiseach", "prime minister"),
    ("premier", "prime minister"),
    ("chancellor", "prime minister"),
    ("chief minister", "prime minister"),
    ("minister of state", "prime minister"),
    ("chairman of the council of ministers", "prime minister"),
    ("vice president", "vice president"),
    ("crown prince", "crown prince"),
    ("governor-general", "governor general"),
    ("governor general", "governor general"),
    ("co-prince", ""),
    ("supreme leader", "supreme leader"),
    ("pope", "pope"),
    ("president", "president"),
    ("captain regent", "captain regent"),
    ("king", "monarch"),
    ("queen", "monarch"),
    ("emperor", "monarch"),
    ("emir", "monarch"),
    ("amir", "monarch"),
    ("sultan", "monarch"),
    ("monarch", "monarch"),
    ("prince", "monarch"),
    ("grand duke", "monarch"),
    ("druk gyalpo", "monarch"),
    ("ngwenyama", "monarch"),
    ("yang di-pertuan agong", "monarch"),
    ("military leader", "president"),
    ("leader", "president"),
    ("chairman", "president"),
    ("chairperson", "president"),
    ("head of state", "president"),
    ("o le ao", "president"),
)
_HEADS = ("president", "prime minister", "monarch", "supreme leader", "leader", "soviet leader", "party leader", "pope", "head")


@dataclass(frozen=True)
class Holder:
    """One term in office; days are cut at their precision."""

    country: str
    office: str
    sector: str
    name: str
    also: tuple[str, ...]
    first: str
    last: str
    wikidata: str
    source: str


def _title(text: str) -> str:
    low = text.lower()
    return next((office for word, office in _TITLES if re.search(rf"\b{word}\b", low)), "")


def _overlap(a: Holder, b: Holder) -> bool:
    return (a.first or "0") <= (b.last or "9999")[:4] + "-99" and (b.first or "0") <= (a.last or "9999")[:4] + "-99"


def _close(a: Holder, b: Holder) -> bool:
    """The same person as far as names go: the last names agree, or one name holds all words of the other."""
    names = [[fold(n).split() for n in (h.name, *h.also)] for h in (a, b)]
    return any(x[-1] == y[-1] or set(x) <= set(y) or set(y) <= set(x) for x in names[0] for y in names[1])


def _ours() -> list[Holder]:
    rows = []
    for number, line in own("officials.txt"):
        head = re.match(r"^([A-Z]{3}) ([^:]+) ([A-Z]{3}): (.*)$", line)
        if not head:
            raise SystemExit(f"officials.txt:{number}: not 'ISO3 office SECTOR: name from..to; ...'")
        country, office, sector, rest = head.groups()
        for part in rest.split("; "):
            found = re.match(r"^([^(]+?)(?: \(([^)]*)\))? (\d{4}[\d-]*)\.\.(\d{4}[\d-]*)?$", part.strip())
            if not found:
                raise SystemExit(f"officials.txt:{number}: cannot read {part!r}")
            name, also, first, last = found.groups()
            rows.append(
                Holder(country, office, sector, name, tuple(filter(None, (also or "").split("/"))), first, last or "", "", "compiled by the project")
            )
    return rows


def _wikidata(by_qid: dict[str, str]) -> list[Holder]:
    rows = []
    for r in csv.DictReader(io.StringIO(reference("leaders_wikidata_2022.csv").decode())):
        office, country = _title(r["positionLabel"]), by_qid.get(r["countryid"], "")
        realm = country != "GBR" and r["officeholderLabel"] in ("Elizabeth II", "Charles III")
        if office and country and not realm and country not in ("CHE", "AND"):
            # The file has the state of 2022: an empty end says no more than "still in 2022".
            last = r["end_year"] if r["end_year"] else "2022"
            rows.append(
                Holder(
                    country,
                    office,
                    "REL" if office == "pope" else "GOV",
                    r["officeholderLabel"],
                    (),
                    r["start_year"],
                    last,
                    r["officeholder"],
                    "Wikidata (CC0), 2022",
                )
            )
    return rows


def _factbook(facts: list[dict[str, Any]]) -> list[Holder]:
    states = {part.split()[0] for _, line in own("states.txt") for part in line.split(";")} | {"VAT", "PSE"}
    iso = {r["gec"]: r["iso3"] for r in facts if r["iso3"] in states}
    rows = []
    lines = list(csv.DictReader(io.StringIO(reference("leaders_factbook_2026_01.tsv").decode()), delimiter="\t"))
    for r in lines:
        found = re.match(r"^(.*?)\(since ([^;)]*)", r["text"])
        country = iso.get(r["gec"], "")
        if not found or not country or not found[1].strip() or "o-prince" in found[1] or (country != "GBR" and "CHARLES III" in found[1]):
            continue
        words = re.sub(r"\bbin\b|\bal-\b", lambda m: m[0], found[1]).strip(" ,").split()
        caps = next((i for i, w in enumerate(words) if len(w) > 1 and w.upper() == w and re.search(r"[A-Z]{2}", w)), None)
        lead = [i for i, w in enumerate(words) if w.lower().strip(",") in _LEAD]
        if caps is None:
            continue
        start = max((i for i in lead if i < caps), default=-1) + 1
        office = _title(" ".join(words[:start])) or ("president" if r["role"] == "chief of state" else "prime minister")
        name = " ".join(w.title() if w.isupper() and len(w) > 1 else w for w in words[start:]).strip(" ,")
        name = re.sub(r"(?<=[a-z])-([a-z])", lambda m: "-" + m[1].upper(), name)
        if name and office:
            rows.append(Holder(country, office, "GOV", name, (), factbook_day(found[2]), "", "", "CIA World Factbook, January 2026"))
    return rows


_LEAD = set(
    "president minister prime king queen chancellor premier sultan amir emir sheikh general captain colonel interim acting transition transitional transitional, "
    "taoiseach governor-general governor chairman state of council presidential leadership pope emperor dr. dr sir dame lady regent prince duke grand head executive chief "
    "lt. gen. maj. col. marshal field commander supreme leader ayatollah the and first vice co-prince ministers cabinet government caretaker secretary vatican nacional".split()
)


def _by_cow() -> dict[str, list[tuple[str, str]]]:
    """States by COW number (Gleditsch-Ward where that differs): ISO3 and last day, those of the past first."""
    out: dict[str, list[tuple[str, str]]] = {}
    for _, line in own("states.txt"):
        for part in line.split(";"):
            iso3, cow, gw, *days = part.split()
            for number in {cow, *({gw} - {"="})}:
                out.setdefault(number, []).append((iso3, days[1] if len(days) > 1 else ""))
    return {k: sorted(v, key=lambda x: x[1] or "9999") for k, v in out.items()}


def _reign(titles: dict[str, str]) -> list[Holder]:
    """REIGN's effective leaders; it gives no titles, so each takes the one that heads the executive of the state today."""
    lands = _by_cow()
    rows = []
    for r in csv.DictReader(io.StringIO(reference("leaders_reign_2021_03.tsv.gz").decode()), delimiter="\t"):
        there = lands.get(r["ccode"], [])
        country = next((iso3 for iso3, last in there if not last or r["syear"] <= last[:4]), "")
        if not country:
            raise SystemExit(f"REIGN: no state with COW number {r['ccode']} in {r['syear']}")
        name = re.sub(r"\(.*?\)|\d+", "", r["leader"]).strip(" .,")
        name = " ".join(reversed(name.split(", "))) if name.count(", ") == 1 else name
        first = f"{r['syear']}-{int(r['smonth']):02}-{int(r['sdate']):02}" if r["sdate"] else f"{r['syear']}-{int(r['smonth'] or 1):02}"
        last = f"{r['eyear']}-{int(r['emonth']):02}" if r["eyear"] and r["emonth"] else r["eyear"]
        if len(name) > 2 and name.lower() not in ("junta", "military junta", "none"):
            rows.append(Holder(country, titles.get(country, "president"), "GOV", name, (), first, last or "2021", "", "REIGN (MIT), March 2021"))
    return rows


def _current(iso_of2: dict[str, str]) -> list[Holder]:
    rows = []
    for r in csv.DictReader(io.StringIO(reference("leaders_current_g20_asean_2026_08.csv").decode())):
        country = iso_of2.get(r["ISO"], "")
        for title, name, since in (("HoG Title", "Head of Government", "HoG Since"), ("HoS Title", "Head of State", "HoS Since")):
            office = _title(r[title])
            if country and office and r[name] and r[since] and not (office == "monarch" and country in ("AUS", "CAN")):
                rows.append(Holder(country, office, "GOV", r[name], (), r[since], "", "", "world-leaders-current (CC BY-SA 4.0), August 2026"))
    return rows


def _congress() -> tuple[list[Holder], dict[str, str]]:
    rows, ids = [], {}
    for one in json_lines(reference("us_legislators_executives.jsonl.gz")):
        name = one["name"]
        plain = f"{name.get('nickname') or name['first']} {name['last']}"
        also = {f"{name['first']} {name['last']}", name.get("official_full") or plain} - {plain}
        ids |= {fold(n): (one.get("wikidata") or "") for n in (plain, *also)}
        for kind, office, sector in (
            ("sen", "senator", "LEG"),
            ("rep", "representative", "LEG"),
            ("prez", "president", "GOV"),
            ("viceprez", "vice president", "GOV"),
        ):
            terms = [t for t in one["terms"] if t["type"] == kind]
            if terms and (sector == "LEG" or terms[0]["start"] > "1945"):
                last = terms[-1]["end"] if terms[-1]["end"] < "2026-12" else ""
                rows.append(
                    Holder(
                        "USA",
                        office,
                        sector,
                        plain,
                        tuple(sorted(also)),
                        terms[0]["start"],
                        last,
                        (one.get("wikidata") or ""),
                        "unitedstates/congress-legislators (CC0)",
                    )
                )
    return rows, ids


def build(by_qid: dict[str, str], facts: list[dict[str, Any]], iso2: dict[str, str]) -> None:
    """Write the table of offices. A later source adds only terms that the earlier ones lack, and Wikidata ids."""
    rows = _ours()
    covered = {(h.country, h.office) for h in rows if h.office in _HEADS}
    current = _factbook(facts)
    titles = {h.country: h.office for h in reversed(current) if h.office in ("president", "prime minister", "monarch")}
    reigning = set("SAU OMN ARE QAT BHR KWT BRN SWZ JOR MAR MCO LIE".split())
    titles |= {
        h.country: "prime minister"
        for h in current
        if h.office == "prime minister" and titles.get(h.country) == "monarch" and h.country not in reigning
    }
    congress, ids = _congress()
    wiki = _wikidata(by_qid)
    for more in (_current(iso2), current, wiki, congress, _reign(titles)):
        for new in more:
            same = [
                i
                for i, h in enumerate(rows)
                if h.country == new.country
                and _close(h, new)
                and _overlap(h, new)
                and (h.office == new.office or (h.office in _HEADS and new.office in _HEADS))
            ]
            if same:
                for i in same:
                    old = rows[i]
                    common = set(fold(new.name).split()) & set(fold(old.name).split())
                    if new.source.startswith(("Wikidata", "unitedstates")) and new.wikidata and common and not old.wikidata:
                        rows[i] = replace(old, wikidata=new.wikidata)
                    if old.last == "2022" and old.source.startswith("Wikidata") and not new.last:
                        rows[i] = replace(rows[i], last="")
                    longer = fold(new.name) != fold(old.name) and len(new.name.split()) > 1
                    alike = fold(new.name).split()[0] == fold(old.name).split()[0] and old.office not in ("monarch", "crown prince")
                    if longer and alike and new.name not in rows[i].also and not new.source.startswith("REIGN"):
                        rows[i] = replace(rows[i], also=(*rows[i].also, new.name))
            elif (new.country, new.office) in covered and new.source.startswith(("REIGN", "Wikidata")) and _filled(rows, new):
                continue
            else:
                rows.append(new)
    qids = {(h.country, fold(h.name)): h.wikidata for h in rows if h.wikidata}
    rows = [
        replace(h, wikidata=h.wikidata or qids.get((h.country, fold(h.name)), "") or (ids.get(fold(h.name), "") if h.country == "USA" else ""))
        for h in rows
    ]
    rows.sort(key=lambda h: (h.country, h.office, h.first, h.name))
    write(
        "offices",
        ["country", "office", "sector", "name", "also", "from", "to", "wikidata", "source"],
        ([h.country, h.office, h.sector, h.name, "|".join(h.also), h.first, h.last, h.wikidata, h.source] for h in rows),
        "Offices and their holders; days cut at their precision, an empty end is 'still, on the newest date of the source'.",
    )


def _filled(rows: list[Holder], new: Holder) -> bool:
    """Whether the project's own list already has somebody in this office over the whole of the new term."""
    inside = [h for h in rows if h.country == new.country and h.office == new.office and h.source.startswith("compiled") and _overlap(h, new)]
    return bool(inside) and min(h.first for h in inside)[:4] <= new.first[:4]


def forenames() -> None:
    """Write forenames with the gender of those who bear them in Congress (CC0) where at least nine in ten agree."""
    counts: dict[str, list[int]] = {}
    for one in json_lines(reference("us_legislators_executives.jsonl.gz")):
        for name in {fold(one["name"]["first"]), fold(one["name"].get("nickname") or "")} - {""}:
            counts.setdefault(name.split()[0], [0, 0])[one["gender"] == "F"] += 1
    for number, line in own("forenames.txt"):
        gender, _, names = line.partition(":")
        if gender not in ("m", "f"):
            raise SystemExit(f"forenames.txt:{number}: not 'm: names' or 'f: names'")
        for name in names.split():
            counts.setdefault(fold(name), [0, 0])[gender == "f"] += 5
    rows = [[n, "f" if c[1] > c[0] else "m"] for n, c in sorted(counts.items()) if max(c) >= 0.9 * sum(c) and len(n) > 1]
    write(
        "forenames",
        ["key", "gender"],
        rows,
        "Forenames and the gender of their bearers, m or f (unitedstates/congress-legislators, CC0; compiled by the project).",
    )
