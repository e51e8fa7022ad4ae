"""Phoenix (Open Event Data Alliance) and the Cline Center's Phoenix: one row per report and dyad, CAMEO codes."""

from __future__ import annotations

from collections.abc import Iterator

from whowhom.model import Actor
from whowhom.store.formats.dyads import Dyad, Row, cameo_type, country, number, story_rows

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute", "TargetActorFull",
    "TargetActorEntity", "TargetActorRole", "TargetActorAttribute", "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore",
    "Issues", "Lat", "Lon",
    "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
COLUMNS_CLINE = (
    "eid", "story_date", "year", "month", "day", "source", "source_root", "source_agent", "source_others", "target", "target_root", "target_agent",
    "target_others", "code", "root_code", "quad_class", "goldstein", "joined_issues", "lat", "lon", "placename", "statename", "countryname", "aid",
    "process",
)  # fmt: skip


def rows(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """Phoenix: rows are happenings; the PLOVER quad stands as PentaClass (whose 0, neutral, PLOVER does not have)."""
    for d in story_rows(dyads):
        e, p, day = d.event, d.event.place, d.day
        yield {
            "EventID": d.integer, "Date": day.replace("-", ""), "Year": day[:4], "Month": day[5:7], "Day": day[8:10], **_party("Source", d.actor),
            **_party("Target", d.recipient), "EventCode": e.cameo, "EventRootCode": e.cameo[:2], "PentaClass": e.quad,
            "GoldsteinScore": number(e.score_goldstein), "Issues": d.context, "Lat": number(p.latitude) if p else "",
            "Lon": number(p.longitude) if p else "", "LocationName": p.name if p else "", "StateName": p.region if p else "",
            "CountryCode": p.country if p else "", "SentenceID": f"{e.document}_{e.span.begin}", "URLs": d.url, "NewsSources": d.publisher,
        }  # fmt: skip


def cline(dyads: Iterator[Dyad]) -> Iterator[Row]:
    """The Cline Center's columns: rows are reports."""
    for d in dyads:
        e, p, published = d.event, d.event.place, d.published
        row: Row = {
            "eid": d.integer, "story_date": published, "year": published[:4], "month": published[5:7], "day": published[8:10], "code": e.cameo,
            "root_code": e.cameo[:2], "quad_class": e.quad, "goldstein": number(e.score_goldstein), "joined_issues": d.context,
            "lat": number(p.latitude) if p else "", "lon": number(p.longitude) if p else "", "placename": p.name if p else "",
            "statename": p.region if p else "", "countryname": country(p.country)["name"] if p else "", "aid": e.document, "process": "whowhom",
        }  # fmt: skip
        for side, actor in (("source", d.actor), ("target", d.recipient)):
            if actor is not None:
                role = cameo_type(actor.sector)
                row |= {side: actor.country + role, f"{side}_root": actor.country, f"{side}_agent": role, f"{side}_others": ";".join(actor.sectors)}
        yield row


def _party(side: str, a: Actor | None) -> Row:
    if a is None:
        return {}
    role = cameo_type(a.sector)
    found = {"Full": a.country + role, "Entity": a.country, "Role": role, "Attribute": ";".join(filter(None, map(cameo_type, a.sectors)))}
    return {f"{side}Actor{k}": v for k, v in found.items()}
