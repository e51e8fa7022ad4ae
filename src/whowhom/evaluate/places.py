"""Places: re3d rows (`text`, `entities`), MEANTIME rows (`instances` of type LOC) and {text, places: [{start, end, country, ...}]}.

The spans are given; what is scored is the place they are linked to. In the third layout the country must be right, the
region where the gold has one, and the distance to the gold point, in kilometres, where it has one. re3d has no places beyond the
spans: the share linked is reported. MEANTIME names a DBpedia page: right is a linked place of that name. Names of countries,
US states and of large cities stand in for the mentions that a recogniser would find beside the given ones.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluate.measures import Table
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.evaluate.texts import from_text, meantime
from whowhom.knowledge.places import fold, named
from whowhom.mentions.places import link
from whowhom.mentions.places.names import candidates
from whowhom.model import Document, Mention, Place, Sentence, Span

#: A place is found where it is within so many kilometres of the gold point.
NEAR_KM = 50.0
_NAME = re.compile(r"\b(?:[A-Z][a-z]+|[A-Z]{2,3}|U\.S\.)(?: (?:of |and )?[A-Z][a-z]+){0,2}")


def score(path: Path) -> Result:
    """Shares of right countries, regions and points, by whether a name has namesakes where the rows say so."""
    rows = read_rows(path)
    counts: dict[str, list[int]] = {
        k: [0, 0] for k in ("linked", "country", "region", "within 50 km", "country: namesakes", "within 50 km: namesakes", "name")
    }
    worst: list[str] = []
    out: list[dict[str, object]] = []
    for row in rows:
        document, sentences, gold = _gold(row, path)
        places = {p.span: p for p in link(document, sentences, _mentions(document, sentences, [s for s, _ in gold]))}
        for span, want in gold:
            got = places.get(span)
            if want is not None or candidates(document.text[span.begin : span.end]):
                _count(counts, "linked", got is not None)
            text = document.text[max(0, span.begin - 40) : span.end + 30].replace("\n", " ")
            if want is None:
                if got is None and candidates(document.text[span.begin : span.end]):
                    worst.append(f"{document.id}: not linked: {document.text[span.begin : span.end]!r}")
            elif not _compare(counts, want, got):
                coded = f"{got.name}, {got.region}, {got.country} ({got.latitude:.2f} {got.longitude:.2f})" if got else "nothing"
                worst.append(f"{document.id}: {document.text[span.begin : span.end]!r} is {want}, coded {coded}: {text!r}")
        said = [
            {
                "start": p.span.begin,
                "end": p.span.end,
                "name": p.name,
                "id": p.id,
                "country": p.country,
                "region": p.region,
                "level": p.level,
                "lat": _number(p.latitude),
                "lon": _number(p.longitude),
                "probability": p.confidence,
            }
            for p in places.values()
        ]
        out.append({"id": document.id, "text": document.text, "places": said})
    figures = {k: right / total for k, (right, total) in counts.items() if total}
    tables: list[Table] = [("counts", ["what", "right", "of"], [[k, r, t] for k, (r, t) in counts.items() if t])]
    return Result("places", figures, out, tables, worst)


def _count(counts: dict[str, list[int]], key: str, right: bool) -> None:
    counts[key][0] += right
    counts[key][1] += 1


def _compare(counts: dict[str, list[int]], want: dict[str, Any], got: Place | None) -> bool:
    """Count what is right of a linked place; returns whether all is."""
    if "name" in want:
        right = got is not None and _same_name(want["name"], got)
        _count(counts, "name", right)
        return right
    country = got is not None and got.country == want["country"]
    _count(counts, "country", country)
    if want.get("namesake"):
        _count(counts, "country: namesakes", country)
    right = country
    if want.get("region"):
        fits = got is not None and fold(got.region) == fold(want["region"])
        _count(counts, "region", fits)
        right = right and fits
    if want.get("lat") is not None:
        close = got is not None and not math.isnan(got.latitude) and kilometres(got.latitude, got.longitude, want["lat"], want["lon"]) <= NEAR_KM
        _count(counts, "within 50 km", close)
        if want.get("namesake"):
            _count(counts, "within 50 km: namesakes", close)
        right = right and close
    return right


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees, in kilometres, on a sphere of 6,371 km."""
    a, b, c, d = (math.radians(x) for x in (lat, lon, other_lat, other_lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _same_name(page: str, got: Place) -> bool:
    """Whether a DBpedia page's name ("Everett,_Washington") is the linked place's, its country's or region's."""
    name = page.rsplit("/", 1)[-1].replace("_", " ")
    first = fold(re.sub(r"\(.*?\)", "", name.partition(",")[0]))
    options = {r.id for r in named(first)} if first else set()
    return first in (fold(got.name), fold(got.region)) or got.id in options


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 5)


def _mentions(document: Document, sentences: tuple[Sentence, ...], spans: list[Span]) -> list[Mention]:
    """The given spans as mentions, and the countries and US states that the text names beside them."""
    every = dict.fromkeys(spans, "place")
    for match in _NAME.finditer(document.text):
        span = Span(match.start(), match.end())
        if not any(s.begin < span.end and s.end > span.begin for s in every):
            rows = named(match[0])
            big = bool(rows) and rows[0].main and rows[0].level == "city" and rows[0].population > 300_000
            if rows and (
                big or rows[0].level == "country" or any(r.level == "region" and r.country == "USA" and fold(r.name) == fold(match[0]) for r in rows)
            ):
                every[span] = "place"
    starts = [(s.span.begin, s.index) for s in sentences]
    return [
        Mention(document.id, document.text[s.begin : s.end], s, kind, max((i for b, i in starts if b <= s.begin), default=0))
        for s, kind in sorted(every.items())
    ]


def _gold(row: dict[str, Any], path: Path) -> tuple[Document, tuple[Sentence, ...], list[tuple[Span, dict[str, Any] | None]]]:
    """A row's document and its place spans, each with what it should be linked to or None."""
    if "instances" in row and "tokens" in row:
        document, sentences, spans = meantime(row)
        mentions = {m["id"]: m for m in row["entity_mentions"] if m.get("syntactic_type") == "NAM" and m.get("tokens")}
        found: list[tuple[Span, dict[str, Any] | None]] = []
        for one in row["instances"]:
            for mention in one.get("mentions", ()) if one.get("ent_type") == "LOC" else ():
                tokens = mentions.get(mention, {}).get("tokens") or []
                if tokens and tokens[-1] < len(spans):
                    page = one.get("external_ref") or one.get("dbpedia") or ""
                    found.append((Span(spans[tokens[0]].begin, spans[tokens[-1]].end), {"name": page} if page and page != "NIL" else None))
        return document, sentences, sorted(found, key=lambda f: f[0])
    if "text" in row and isinstance(row.get("places"), list):
        document, sentences = from_text(row)
        return document, sentences, [(Span(p["start"], p["end"]), {k: v for k, v in p.items() if k not in ("start", "end")}) for p in row["places"]]
    if "text" in row and isinstance(row.get("entities"), list):
        document, sentences = from_text(row)
        spans = sorted({Span(e["start"], e["end"]) for e in row["entities"] if e["type"] == "Location"})
        return document, sentences, [(s, None) for s in spans]
    raise InputError("neither re3d (text, entities), MEANTIME (tokens, instances) nor {text, places} rows", where=str(path))
