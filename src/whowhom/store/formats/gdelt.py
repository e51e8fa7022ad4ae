"""GDELT 1 and 2: one row per happening and dyad, tab-separated; GDELT 2's mentions are one row per report.

What GDELT means and whowhom does not measure (tone, ethnic and religious codes, the parties' own places) is left
empty. Codes of places are FIPS 10-4.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from whowhom.model import Actor, Place
from whowhom.store.formats.dyads import Dyad, Row, cameo_type, country, name, number, story_rows

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
_PLACE1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(place: tuple[str, ...]) -> tuple[str, ...]:
    head = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
    parties = tuple(f"Actor{n}{c}" for n in (1, 2) for c in _ACTOR)
    facts = ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone")
    return (*head, *parties, *facts, *(f"{w}Geo_{c}" for w in ("Actor1", "Actor2", "Action") for c in place), "DATEADDED", "SOURCEURL")


COLUMNS1 = _columns(_PLACE1)
COLUMNS2 = _columns(_PLACE2)
COLUMNS_MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
    "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip


def rows(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """Rows of the events table, of GDELT 1 and 2."""
    for d in story_rows(dyads):
        e, day = d.event, d.day
        compact = day.replace("-", "")
        row: Row = {
            "GLOBALEVENTID": d.integer, "SQLDATE": compact, "MonthYear": compact[:6], "Year": compact[:4], "FractionDate": fraction(day),
            **_actor(1, d.actor), **_actor(2, d.recipient), "IsRootEvent": 1, "EventCode": e.cameo, "EventBaseCode": e.cameo[:3],
            "EventRootCode": e.cameo[:2], "QuadClass": e.quad, "GoldsteinScale": number(e.score_goldstein), "NumMentions": d.coverage.reports,
            "NumSources": d.coverage.publishers, "NumArticles": d.coverage.reports, "DATEADDED": d.published.replace("-", ""), "SOURCEURL": d.url,
            **_place("Action", e.place),
        }  # fmt: skip
        yield row


def mentions(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """Rows of GDELT 2's mentions: a report of a happening. The event's number is that of its story's first dyad."""
    first: dict[tuple[str, int], int] = {}
    for d in dyads:
        e = d.event
        day, published = d.day.replace("-", ""), d.published.replace("-", "")
        yield {
            "GLOBALEVENTID": first.setdefault((d.coverage.story or e.id, d.number), d.integer), "EventTimeDate": day and day + "000000",
            "MentionTimeDate": published and published + "000000", "MentionType": 1, "MentionSourceName": d.publisher, "MentionIdentifier": d.url,
            "SentenceID": "", "Actor1CharOffset": d.actor.span.begin if d.actor else -1,
            "Actor2CharOffset": d.recipient.span.begin if d.recipient else -1, "ActionCharOffset": e.trigger.begin, "InRawText": 1,
            "Confidence": round(100 * e.confidence),
        }  # fmt: skip


def fraction(day: str) -> str:
    """GDELT's year with the share of it that has passed: (month * 30 + day) / 365 in its own formula."""
    try:
        d = date.fromisoformat(day)
    except ValueError:
        return ""
    return f"{d.year + ((d.month - 1) * 30 + d.day) / 365:.4f}"


def _actor(n: int, actor: Actor | None) -> Row:
    if actor is None:
        return {}
    kind = cameo_type(actor.sector)
    further = [t for t in (cameo_type(s) for s in actor.sectors) if t and t != kind][:2]
    types = dict(zip(("Type1Code", "Type2Code", "Type3Code"), (kind, *further), strict=False))
    found = {"Code": actor.country + kind, "Name": name(actor).upper(), "CountryCode": actor.country, **types}
    return {f"Actor{n}{k}": v for k, v in found.items()}


def _place(prefix: str, place: Place | None) -> Row:
    """GDELT's place: type 1 country, 3 and 4 cities in and outside the US, 2 and 5 states in and outside it."""
    if place is None:
        return {f"{prefix}Geo_Type": 0}
    inside = place.country == "USA"
    kind = {"country": 1, "region": 2 if inside else 5, "city": 3 if inside else 4}[place.level]
    known = country(place.country)
    full = ", ".join(dict.fromkeys(x for x in (place.name, place.region, known["name"]) if x))
    return {
        f"{prefix}Geo_{k}": v
        for k, v in {
            "Type": kind, "FullName": full, "CountryCode": known["fips"], "Lat": number(place.latitude),
            "Long": number(place.longitude), "FeatureID": place.id,
        }.items()
    }  # fmt: skip
