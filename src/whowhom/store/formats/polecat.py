"""POLECAT: tab-separated PLOVER events, one row per report and dyad."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from whowhom.model import Actor
from whowhom.store.formats.dyads import Dyad, Row, country, name, number

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename",
    "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_QUAD = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def rows(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """Rows of the events table. Wikidata ids stand in the columns for Wikipedia's."""
    for d in dyads:
        e, p = d.event, d.event.place
        yield {
            "Event ID": f"{e.id}_{d.number}", "Event Date": d.day, "Event Type": e.event, "Event Mode": e.mode, "Intensity": number(e.score_plover),
            "Quad Code": _QUAD.get(e.quad, ""), "Contexts": d.context, **_party("Actor", d.actor), **_party("Recipient", d.recipient),
            "Placename": p.name if p else "", "City": p.name if p and p.level == "city" else "", "Province": p.region if p else "",
            "Country": country(p.country)["name"] if p else "", "Latitude": number(p.latitude) if p else "",
            "Longitude": number(p.longitude) if p else "",
            "GeoNames ID": p.id if p else "", "Raw Placename": p.text if p else "", "Feature Type": p.level if p else "", "Source": d.publisher,
            "Publication Date": d.published, "Language": d.language, "Version": d.made_by,
        }  # fmt: skip


def _party(side: str, a: Actor | None) -> Row:
    if a is None:
        return {}
    return {
        f"{side} Name": name(a), f"{side} Country": country(a.country)["name"] or a.country, f"{side} COW": cow(a.country),
        f"Primary {side} Sector": a.sector,
        f"{side} Sectors": ";".join(dict.fromkeys(s for s in (a.sector, *a.sectors) if s)), f"{side} Title": a.office, f"{side} Name Raw": a.text,
        f"Wikipedia {side} ID": a.wikidata,
    }  # fmt: skip


@lru_cache(maxsize=512)
def cow(iso3: str) -> str:
    """The Correlates of War number of a state, '' for none."""
    from whowhom.knowledge.states import states

    state = states().get(iso3)
    return state.cow if state else ""
