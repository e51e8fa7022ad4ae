"""The page around the texts: head with its policy, figures, filters, lists, data, and the code that draws them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from whowhom.explore.hypertext import Html, data, escape, join, tag
from whowhom.explore.look import asset, names, world
from whowhom.model import SetAside

#: Stands for the packed texts, which are copied from their file at this point.
TEXTS: Final = Html("<!-- texts -->")
FOOT = (
    "Made by whowhom. Names of actors, acts and dates are read by a program and can be wrong; the words they come from "
    "stand beside them. Map: Natural Earth, Equal Earth projection; it takes no position on borders."
)
STATUSES = ("asserted", "planned", "hypothetical", "denied", "negated", "historical")


def parts(rows: dict[str, Any], title: str, first: Html | None, aside: Sequence[SetAside], aside_total: int) -> Iterator[Html]:
    """The file piece by piece; `TEXTS` where the texts go."""
    style, script = asset("style.css"), "".join(asset(f"{name}.js") for name in ("charts", "network", "page", "report"))
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    single = len(rows["documents"]) == 1
    reading = _reading(first)
    yield Html('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
    yield tag("meta", http_equiv="Content-Security-Policy", content=policy)
    yield Html('<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">')
    yield tag("title", title + " · whowhom")
    yield Html(f'<style>{style}</style></head><body class="{"single" if single else "many"}{"" if rows["events"] else " eventless"}">')
    yield tag("a", "To the content", href="#main", class_="skip")
    yield _top(single, bool(first), bool(rows["events"]))
    yield Html('<main id="main" class="wrap">')
    yield _lead(rows, title, single, aside, aside_total)
    overview = join([_figures(_filters(rows)), _events()])
    documents = Html() if single else _documents()
    yield join([reading, overview] if single else [overview, documents, reading])
    yield tag("footer", FOOT)
    yield Html("</main>\n")
    yield TEXTS
    yield Html('<script type="application/json" id="world">' + data(world()) + "</script>\n")
    yield Html('<script type="application/json" id="data">' + data(rows) + "</script>\n")
    yield Html(f"<script>{script}</script></body></html>\n")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _top(single: bool, any_document: bool, any_event: bool) -> Html:
    views = [("#read", "Text")] if single else []
    views += [("#overview", "Overview"), ("#events", "Events")] if any_event else []
    views += [] if single or not any_document else [("#documents", "Documents")]
    links = [tag("a", words, href=address) for address, words in views]
    return tag("header", tag("span", "whowhom", class_="brand"), tag("nav", *links, aria_label="Parts of the report"),
               tag("button", "Dark", id="theme", type="button", hidden=True), class_="top")  # fmt: skip


def _lead(rows: dict[str, Any], title: str, single: bool, aside: Sequence[SetAside], aside_total: int) -> Html:
    events = rows["events"]
    happened = sum(e[5] == "asserted" for e in events)
    days = sorted(e[6] for e in events if len(e[6]) == 10 and e[5] == "asserted")
    numbers = [(f"{len(events):,}", "events"), (f"{happened:,}", "of them asserted"), (f"{len(rows['actors']):,}", "actors")]
    numbers += [] if single else [(f"{len(rows['documents']):,}", "documents")]
    if days and days[0] != days[-1] and not single:
        numbers.append((f"{days[len(days) // 50]} – {days[-1 - len(days) // 50]}", "nearly all happened between"))
    listed = tag("ul", *(tag("li", tag("b", n), words) for n, words in numbers), class_="numbers")
    left = Html()
    if aside_total:
        shown = [tag("li", f"{a.source[:200]}: {a.reason[:300]}" + (f" ({a.remedy[:300]})" if a.remedy else "")) for a in aside]
        more = [tag("li", f"and {aside_total - len(aside):,} more")] if aside_total > len(aside) else []
        left = tag("details", tag("summary", f"{aside_total:,} pages could not be coded"), tag("ul", *shown, *more, class_="soft"))
    without = tag("noscript", tag("p", "Charts and lists need JavaScript; the first text stands below without it.", class_="notice"))
    return tag("div", tag("h1", title), listed, left, without, class_="lead")


def _reading(first: Html | None) -> Html:
    if first is None:
        return tag("section", tag("p", "No page was coded.", class_="empty"), id="read")
    return tag("section", tag("div", first, id="document"), id="read", aria_label="A text with its events")


def _figure(id: str, title: str, wide: str) -> Html:
    return tag("figure", tag("h3", title), tag("figcaption"), tag("div", class_="chart"), id=id, class_=wide)


def _figures(filters: Html) -> Html:
    choice = tag(
        "div",
        tag("button", "Countries", id="by-country", type="button", aria_pressed="false"), " ",
        tag("button", "Names", id="by-name", type="button", aria_pressed="false"),
        role="group", aria_label="Show actors as", class_="choice",
    )  # fmt: skip
    quads = [tag("li", tag("i", class_=f"b{q}"), name) for q, name in sorted(names()["quad"].items())]
    pairs = tag("figure", tag("h3", "Who acts on whom, by number"), choice, tag("div", id="pairs", class_="scroll"), class_="w6")
    figures = [_figure("f-time", "When", "w12"), _figure("f-net", "Who acts on whom", "w6"), pairs, _figure("f-map", "Where", "w12")]
    legend = tag("ul", *quads, class_="legend", aria_label="Colours")
    return tag("section", tag("h2", "Overview"), filters, legend, tag("div", *figures, class_="figures"), id="overview")


def _filters(rows: dict[str, Any]) -> Html:
    def choice(id: str, label: str, options: Sequence[tuple[str, str]]) -> Html:
        return tag("label", label, tag("select", tag("option", "all", value=""), *(tag("option", words, value=v) for v, words in options), id=id))

    types = sorted({e[2] for e in rows["events"]})
    known = [s for s in STATUSES if any(e[5] == s for e in rows["events"])]
    filters = tag(
        "form",
        tag("label", "Words, actors, speakers", tag("input", id="x-q", type="search", autocomplete="off")),
        choice("x-type", "Type", [(t, t) for t in types]),
        choice("x-quad", "Kind", sorted(names()["quad"].items())),
        choice("x-status", "Did it happen", [(s, s) for s in known]),
        id="filters", class_="filters", role="search",
    )  # fmt: skip
    return join([filters, tag("ul", id="chips", class_="chips", aria_label="Filters in use")])


def _events() -> Html:
    tools = tag("div", tag("span", id="found", role="status"), tag("button", "CSV", id="csv", type="button", aria_label="These events as CSV"),
                tag("button", "JSON", id="json", type="button", aria_label="These events as JSON"), class_="tools")  # fmt: skip
    return tag(
        "section", tag("h2", "Events"), tag("ul", id="chips-list", class_="chips", aria_label="Filters in use, again"), tools,
        tag("nav", id="pager-top", class_="pager", aria_label="Pages of events, above"), tag("ol", id="list", class_="cards"),
        tag("nav", id="pager", class_="pager", aria_label="Pages of events"), id="events",
    )  # fmt: skip


def _documents() -> Html:
    pager = tag("nav", id="doc-pager", class_="pager", aria_label="Pages of documents")
    return tag("section", tag("h2", "Documents"), tag("div", id="docs", class_="scroll"), pager, id="documents")


__all__ = ["TEXTS", "escape", "parts"]
