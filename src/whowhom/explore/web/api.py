"""The JSON API, described by OpenAPI at /api/openapi.json. Reading is free on this machine; writing needs the token."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request
from pydantic import BaseModel, Field

from whowhom.explore import judgements, placing
from whowhom.explore.explain import explain
from whowhom.explore.hypertext import tidy
from whowhom.explore.web import forms, output, questions, reader
from whowhom.explore.web.filters import Filter
from whowhom.explore.web.view import View
from whowhom.knowledge.places.search import beginning
from whowhom.schema import row as plain


class Judged(BaseModel):
    """What somebody says about an event."""

    event: str = Field(max_length=64)
    verdict: str = Field(max_length=40, description="one of " + ", ".join(judgements.VERDICTS))
    value: str = Field("", max_length=judgements.LONGEST, description="what would be right")
    note: str = Field("", max_length=judgements.LONGEST)
    by: str = Field("", max_length=100)


def _asked(
    q: str = "", actor: str = "", a: str = "", b: str = "", type: str = "", quad: str = "", status: str = "", said: str = "", time: str = "",
    since: str = "", until: str = "", place: str = "", publisher: str = "", story: str = "", document: str = "",
) -> Filter:  # fmt: skip
    """The filter of the pages: `actor` a country code or name on either side, `a` acts, `b` receives, `time` a date or its beginning."""
    return Filter.read(dict(locals()))


Asked = Annotated[Filter, Depends(_asked)]


def router(view: View) -> APIRouter:
    """All of /api."""
    routes = APIRouter(prefix="/api", tags=["events"])
    index, store = view.index, view.store

    @routes.get("/events")
    def events(chosen: Asked, page: Annotated[int, Query(ge=0, le=2000)] = 0, size: Annotated[int, Query(ge=1, le=1000)] = 100) -> dict[str, Any]:
        """A page of events, newest first."""
        rows = questions.events(index, chosen, page, size)
        return {"total": questions.numbers(index, chosen)["events"], "page": page, "events": [output.plain(r) for r in rows]}

    @routes.get("/events/{id}")
    def event(id: str) -> dict[str, Any]:
        """One event as whowhom recorded it, with its grounds, what was said of it, and what its sentence gave besides."""
        row = questions.event(index, id)
        coded = reader.coded(store, row["document"]) if row else None
        found = next((e for e in coded.events if e.id == id), None) if coded else None
        if coded is None or found is None:
            raise HTTPException(404, "There is no event of this id in the store.")
        why = explain(found, coded.document, coded.notes)
        said = judgements.by_event(judgements.read(store.root)).get(id, [])
        return {
            "event": tidy(plain(found)), "explanation": tidy([plain_decision(d) for d in why.decisions]),
            "beside": tidy([dataclasses.asdict(n) for n in why.beside]), "judgements": [dataclasses.asdict(c) for c in said],
        }  # fmt: skip

    @routes.get("/documents/{id}")
    def document(id: str) -> dict[str, Any]:
        """A document with everything that was taken from it."""
        coded = reader.coded(store, id)
        if coded is None:
            raise HTTPException(404, "There is no document of this id in the store.")
        found: dict[str, Any] = tidy(plain(coded))
        return found

    @routes.get("/timeline")
    def timeline(chosen: Asked) -> dict[str, Any]:
        """Events over time by quad: rows of [time, verbal cooperation, material cooperation, verbal conflict, material conflict]."""
        return questions.timeline(index, chosen)

    @routes.get("/map")
    def geography(chosen: Asked) -> dict[str, Any]:
        """Cooperation and conflict per country, and per place [name, latitude, longitude, cooperation, conflict]."""
        return questions.map_data(index, chosen)

    @routes.get("/network")
    def network(chosen: Asked, by: str = "country") -> dict[str, Any]:
        """Nodes [key, name, events] and links [from, to, cooperation, conflict]; `by` country or label."""
        return questions.network(index, chosen, "label" if by == "label" else "country")

    @routes.get("/actors")
    def actors(chosen: Asked, by: str = "label", size: Annotated[int, Query(ge=1, le=1000)] = 100) -> list[dict[str, Any]]:
        """Who takes part most."""
        return questions.actors(index, chosen, "country" if by == "country" else "label", size)

    @routes.get("/stories")
    def stories(
        chosen: Asked, page: Annotated[int, Query(ge=0, le=2000)] = 0, size: Annotated[int, Query(ge=1, le=1000)] = 100,
        least: Annotated[int, Query(ge=1, le=1000, description="reports at least, where nothing is filtered")] = 1,
    ) -> list[dict[str, Any]]:  # fmt: skip
        """Stories by number of reports; with a filter, those with an event that fits."""
        if chosen.set():
            return reader.stories_of(store, questions.story_ids(index, chosen, size, page * size))
        return reader.stories(store, size, page * size, least)

    @routes.get("/stories/{id}")
    def story(id: str) -> dict[str, Any]:
        """A story with its reports."""
        found = reader.story(store, index, id)
        if found is None:
            raise HTTPException(404, "There is no story of this id in the store.")
        return found

    @routes.get("/places")
    def place_names(
        q: Annotated[str, Query(max_length=100, description="the beginning of a name")], size: Annotated[int, Query(ge=1, le=50)] = 8
    ) -> list[dict[str, Any]]:
        """Places of the table by the beginning of a name; `value` is what a judgement on a place gives."""
        rows = [{"value": placing.written(r), **{k: v for k, v in r._asdict().items() if k != "main"}} for r in beginning(q, size)]
        found: list[dict[str, Any]] = tidy([{k: None if v != v else v for k, v in r.items()} for r in rows])  # NaN is no JSON
        return found

    @routes.get("/judgements")
    def listed() -> list[dict[str, Any]]:
        """All that people said, oldest first."""
        return [dataclasses.asdict(c) for c in judgements.read(store.root)]

    @routes.post("/judgements", status_code=201)
    def judge(one: Judged, request: Request, authorization: Annotated[str, Header()] = "") -> dict[str, Any]:
        """Keep a judgement. Needs `Authorization: Bearer TOKEN`."""
        view.guard.check_token(authorization)
        made = forms.keep(view, one.event, one.verdict, one.value, one.note, one.by)
        return dataclasses.asdict(made)

    return routes


def plain_decision(decision: Any) -> dict[str, Any]:
    """A decision of `explain` as JSON values."""
    found: dict[str, Any] = dataclasses.asdict(decision)
    return found
