"""The pages: each a question or two to the index, and a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from whowhom.explore import judgements, marks, told
from whowhom.explore.explain import explain
from whowhom.explore.look import country_name
from whowhom.explore.turns import turning_points
from whowhom.explore.web import output, questions, reader
from whowhom.explore.web.filters import STEP, Filter, page_of
from whowhom.explore.web.view import WORDS, View


def router(view: View) -> APIRouter:
    """All pages that only read."""
    routes = APIRouter(include_in_schema=False)
    index, store = view.index, view.store

    def charts(chosen: Filter, by: str = "country") -> dict[str, Any]:
        return {
            "timeline": questions.timeline(index, chosen), "map": questions.map_data(index, chosen),
            "network": questions.network(index, chosen, by), "pairs": questions.pairs(index, chosen, by),
        }  # fmt: skip

    def near(chosen: Filter, path: str) -> list[tuple[str, str, str]]:
        """Where a filter fits nothing: what was perhaps meant, as (condition in words, value in words, address)."""
        found = questions.near(index, chosen)
        return [
            (WORDS[name], country_name(value) if name in ("actor", "a", "b") else value, chosen.address(path, **{name: value}))
            for name, value in found
        ]

    @routes.get("/")
    def overview(request: Request) -> Response:
        chosen, by = Filter.read(request.query_params), _by(request)
        total = questions.numbers(index, chosen)
        return view.page(
            "overview.html", request, **view.filter_values(request, chosen, by), **charts(chosen, by), numbers=total,
            actors=questions.actors(index, chosen, by), speakers=questions.speakers(index, chosen), kinds=questions.types(index, chosen),
            near=[] if total["events"] else near(chosen, "/"),
        )  # fmt: skip

    @routes.get("/events")
    def events(request: Request) -> Response:
        chosen, page = Filter.read(request.query_params), page_of(request.query_params)
        total = questions.numbers(index, chosen)
        return view.page(
            "events.html", request, **view.filter_values(request, chosen), numbers=total, rows=questions.events(index, chosen, page), page=page,
            last=max(0, (total["events"] - 1) // STEP), near=[] if total["events"] else near(chosen, "/events"),
        )  # fmt: skip

    @routes.get("/map")
    def geography(request: Request) -> Response:
        chosen = Filter.read(request.query_params)
        values = questions.map_data(index, chosen)
        return view.page(
            "map.html", request, **view.filter_values(request, chosen), map=values, countries=questions.actors(index, chosen, "country", 40),
        )  # fmt: skip

    @routes.get("/network")
    def network(request: Request) -> Response:
        chosen, by = Filter.read(request.query_params), _by(request)
        values: dict[str, Any] = {"network": questions.network(index, chosen, by), "pairs": questions.pairs(index, chosen, by, 40)}
        return view.page("network.html", request, **view.filter_values(request, chosen, by), **values)

    @routes.get("/actor")
    def actor(request: Request) -> Response:
        span = _span(request)
        chosen = Filter.read({"actor": request.query_params.get("name", ""), **span})
        if not chosen.actor:
            raise HTTPException(404, "Which actor? The address needs ?name=")
        found = questions.numbers(index, chosen)
        acts = questions.pairs(index, Filter.read({"a": chosen.actor, **span}), "label", 200)
        receives = questions.pairs(index, Filter.read({"b": chosen.actor, **span}), "label", 200)
        here = {chosen.actor, country_name(chosen.actor)}
        return view.page(
            "actor.html", request, status=200 if found["events"] else 404, chosen=chosen, name=chosen.actor, numbers=found,
            timeline=questions.timeline(index, chosen), map=questions.map_data(index, chosen), kinds=questions.types(index, chosen),
            acts=_others(acts, "b", here), receives=_others(receives, "a", here), rows=questions.events(index, chosen, 0, 10),
            labels=_labels(view, chosen.actor), near=[] if found["events"] else near(chosen, "/events"),
        )  # fmt: skip

    @routes.get("/dyad")
    def dyad(request: Request) -> Response:
        both = Filter.read(request.query_params)
        if not (both.a and both.b):
            raise HTTPException(404, "Which two? The address needs ?a= and &b=")
        span = {"since": both.since, "until": both.until}
        sides: list[dict[str, Any]] = []
        for side in (Filter(a=both.a, b=both.b, **span), Filter(a=both.b, b=both.a, **span)):
            series = questions.timeline(index, side)
            series["turns"] = turning_points(series["rows"])
            behind = [(t, _stories(questions.events(index, replace(side, time=t, status="asserted"), 0, 12))) for t in series["turns"]]
            sides.append({"filter": side, "timeline": series, "numbers": questions.numbers(index, side), "behind": behind,
                          "kinds": questions.types(index, side), "rows": questions.events(index, side, 0, 8)})  # fmt: skip
        found = sum(s["numbers"]["events"] for s in sides)
        return view.page("dyad.html", request, status=200 if found else 404, chosen=both, a=both.a, b=both.b, sides=sides, found=found)

    @routes.get("/event/{id}")
    def event(request: Request, id: str) -> Response:
        row = questions.event(index, id)
        coded = reader.coded(store, row["document"]) if row else None
        found = next((e for e in coded.events if e.id == id), None) if coded else None
        if row is None or coded is None or found is None:
            raise HTTPException(404, "There is no event of this id in the store.")
        why = explain(found, coded.document, coded.notes)
        held = questions.by_ids(index, list(found.against))
        return view.page(
            "event.html", request, row=row, event=found, why=why, why_html=marks.why_html(why), line=marks.line_html(found),
            facts=marks.facts_html(found), sentence=marks.text_html(coded.document, [found], coded.mentions, found.span), document=coded.document,
            legend=marks.legend_html(), notes=marks.notes_html(why.beside), against=[held[i] for i in found.against if i in held],
            title=marks.title_of(coded.document), said=judgements.by_event(judgements.read(store.root)).get(id, []),
            elsewhere=questions.neighbours(index, row), choices=questions.choices(index),
        )  # fmt: skip

    @routes.get("/document/{id}")
    def document(request: Request, id: str) -> Response:
        coded = reader.coded(store, id)
        if coded is None:
            raise HTTPException(404, "There is no document of this id in the store.")
        text = marks.document_html(coded, lambda e: f"/event/{e.id}", "h1")
        return view.page("document.html", request, text=text, title=marks.title_of(coded.document), document=coded.document)

    @routes.get("/stories")
    def stories(request: Request) -> Response:
        chosen, page = Filter.read(request.query_params), page_of(request.query_params)
        every = request.query_params.get("all") == "1"
        if chosen.set():
            rows = reader.stories_of(store, questions.story_ids(index, chosen, STEP + 1, page * STEP))
        else:
            rows = reader.stories(store, STEP + 1, page * STEP, 1 if every else 2)
        heads = questions.by_ids(index, [r["event_id"] for r in rows])
        total, several = reader.count_stories(store)
        return view.page(
            "stories.html", request, **view.filter_values(request, chosen), rows=rows[:STEP], heads=heads, page=page, more=len(rows) > STEP,
            every=every, total=total, several=several,
        )  # fmt: skip

    @routes.get("/story/{id}")
    def story(request: Request, id: str) -> Response:
        found = reader.story(store, index, id)
        if found is None:
            raise HTTPException(404, "There is no story of this id in the store; `whowhom stories` joins reports to stories.")
        rows = questions.by_ids(index, [r["event"] for r in found["report_rows"]])
        reports = [{**r, "row": rows[r["event"]]} for r in found["report_rows"] if r["event"] in rows]
        held = questions.by_ids(index, reader.against(store, list(rows)))
        claims, denials = told.sides([r["row"] for r in reports], held.values())
        return view.page(
            "story.html", request, story=found, head=rows.get(found["event_id"]), reports=reports, telling=told.telling(found, rows), claims=claims,
            denials=denials,
        )  # fmt: skip

    @routes.get("/download/events.{format}")
    def download(request: Request, format: str) -> Response:
        if format not in output.MEDIA:
            raise HTTPException(404, "Events come as .csv, .json or .jsonl")
        chosen = Filter.read(request.query_params)
        name = {"Content-Disposition": f'attachment; filename="events.{format}"'}
        return StreamingResponse(_encoded(output.write(format, output.batches(index, chosen))), media_type=output.MEDIA[format], headers=name)

    return routes


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    return (line.encode("utf8", "replace") for line in lines)


def _span(request: Request) -> dict[str, str]:
    """The span of time that a page of an actor looks at."""
    return {name: request.query_params.get(name, "") for name in ("since", "until")}


def _by(request: Request) -> str:
    return "label" if request.query_params.get("by") == "label" else "country"


def _others(pairs: list[dict[str, Any]], side: str, own: set[str]) -> list[dict[str, Any]]:
    """Pairs by the other party, the ten with most events."""
    merged: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        other = pair[side]
        if other in own:
            continue
        row = merged.setdefault(other, {"name": other, "events": 0, "quads": [0, 0, 0, 0]})
        row["events"] += pair["events"]
        row["quads"] = [x + y for x, y in zip(row["quads"], pair["quads"], strict=True)]
    return sorted(merged.values(), key=lambda r: -r["events"])[:10]


def _labels(view: View, code: str) -> list[tuple[str, int]]:
    """The actors of a country, by number of events."""
    sql = "SELECT label, count(DISTINCT n) FROM party WHERE country = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12"
    return [(label, n) for label, n in view.index.ask(sql, [code]) if label != code]


def _stories(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Events gathered by story; one without a story stands alone."""
    key = {row["id"]: row["story"] or row["id"] for row in rows}
    ordered = sorted(rows, key=lambda r: key[r["id"]])
    return [list(group) for _, group in groupby(ordered, key=lambda r: key[r["id"]])]
