"""Judgements of people: said on an event's page, listed, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from whowhom.errors import InputError
from whowhom.explore import judgements
from whowhom.explore.judgements import Correction
from whowhom.explore.web import questions
from whowhom.explore.web.filters import STEP, page_of
from whowhom.explore.web.view import View


def router(view: View) -> APIRouter:
    """The page of judgements, its exports, and the form of an event's page."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/event/{id}/judge")
    def said(
        id: str, secret: Annotated[str, Form()], verdict: Annotated[str, Form()], value: Annotated[str, Form()] = "",
        note: Annotated[str, Form()] = "", by: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        view.guard.check_form(secret)
        keep(view, id, verdict, value, note, by)
        return RedirectResponse(f"/event/{id}#judgements", 303)

    @routes.get("/judgements")
    def listed(request: Request) -> Response:
        found = judgements.read(view.store.root)[::-1]
        page = page_of(request.query_params)
        shown = found[page * STEP : (page + 1) * STEP]
        held = questions.by_ids(view.index, [c.event for c in shown])
        rows = [(c, held.get(c.event)) for c in shown]
        return view.page("judgements.html", request, rows=rows, total=len(found), page=page, more=len(found) > (page + 1) * STEP)

    @routes.get("/download/judgements.{format}")
    def download(format: str) -> Response:
        if format not in judgements.FORMATS:
            raise HTTPException(404, "Judgements come as .jsonl, .label-studio or .prodigy")
        ending = "json" if format == "label-studio" else "jsonl"
        head = {"Content-Disposition": f'attachment; filename="judgements-{format}.{ending}"'}
        lines = (line.encode("utf8", "replace") for line in judgements.export(format, _with_events(view)))
        return StreamingResponse(lines, media_type="application/json" if ending == "json" else "application/x-ndjson", headers=head)

    return routes


def keep(view: View, event: str, verdict: str, value: str, note: str, by: str) -> Correction:
    """Write a judgement down.

    Raises 404 for an event that the store lacks, InputError for a verdict or a value that means nothing.
    """
    row = questions.event(view.index, event)
    if row is None:
        raise HTTPException(404, "There is no event of this id in the store.")
    made = judgements.make(event, row["document"], verdict, value, note, by)
    if verdict in judgements.ON_TWO:
        if questions.event(view.index, made.value) is None or made.value == event:
            raise InputError(f"{made.value!r} is no other event of this store", remedy="give the id of the other event; it stands on its page")
    judgements.add(view.store.root, made)
    return made


def _with_events(view: View) -> Iterator[tuple[Correction, dict[str, Any]]]:
    """All judgements with the rows of their events, a hundred at a time."""
    found = judgements.read(view.store.root)
    for first in range(0, len(found), 100):
        some = found[first : first + 100]
        rows = questions.by_ids(view.index, [c.event for c in some])
        yield from ((one, rows.get(one.event, {})) for one in some)
