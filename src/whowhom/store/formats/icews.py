"""ICEWS: tab-separated, one row per report and dyad."""

from __future__ import annotations

from collections.abc import Iterator

from whowhom.model import Actor
from whowhom.store.formats.dyads import Dyad, Row, country, name, number, sector_label

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country",
    "Latitude", "Longitude",
)  # fmt: skip


def rows(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """Rows of the events table; Event Text is the PLOVER type with its mode."""
    for d in dyads:
        e, p = d.event, d.event.place
        yield {
            "Event ID": d.integer, "Event Date": d.day, **_party("Source", d.actor), "Event Text": e.event + (f" ({e.mode})" if e.mode else ""),
            "CAMEO Code": e.cameo, "Intensity": number(e.score_goldstein), **_party("Target", d.recipient), "Story ID": d.coverage.story,
            "Publisher": d.publisher, "City": p.name if p and p.level == "city" else "", "Province": p.region if p else "",
            "Country": country(p.country)["name"] if p else "", "Latitude": number(p.latitude) if p else "",
            "Longitude": number(p.longitude) if p else "",
        }  # fmt: skip


def _party(side: str, actor: Actor | None) -> Row:
    if actor is None:
        return {}
    sectors = ",".join(dict.fromkeys(x for x in map(sector_label, (actor.sector, *actor.sectors)) if x))
    return {f"{side} Name": name(actor), f"{side} Sectors": sectors, f"{side} Country": country(actor.country)["name"] or actor.country}
