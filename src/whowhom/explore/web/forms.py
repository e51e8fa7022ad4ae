"""Judgements of people: said on an event's page, listed, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from whowhom.explore import judgements
from whowhom.explore.judgements import Correction
from whowhom.explore.web import questions
from whowhom.explore.web.filters import STEP, page_of
from whowhom.explore.web.view import View


def router(view: View) -> APIRouter:
    """The page of judgements, its exports, and the form of an event's page."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/event/{id}/judge")
    def judge(
        id: str, secret: Annotated[str, Form()], verdict: Annotated[str, Form()], value: Annotated[str, Form()] = "",
        note: Annotated[str, Form()] = "", by: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        view.guard.check_form(secret)
        row = questions.event(view.index, id)
        if row is None:
            raise HTTPException(404, "There is no event of this id in the store.")
        judgements.add(view.store.root, judgements.make(id, row["document"], verdict, value, note, by))
        return RedirectResponse(f"/event/{id}#judgements", 303)

    @routes.get("/judgements")
    def listed(request: Request) -> Response:
        found = judgements.read(view.store.root)[::-1]
        page = page_of(request.query_params)
        rows = [(c, questions.event(view.index, c.event)) for c in found[page * STEP : (page + 1) * STEP]]
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


def _with_events(view: View) -> Iterator[tuple[Correction, dict[str, Any]]]:
    for one in judgements.read(view.store.root):
        yield one, questions.event(view.index, one.event) or {}
