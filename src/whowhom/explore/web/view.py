"""What every page needs: the store, the index, the templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whowhom.explore import judgements, told
from whowhom.explore.hypertext import Html, clean, data, link
from whowhom.explore.look import country_name, names
from whowhom.explore.web import questions
from whowhom.explore.web.filters import STATUSES, STEP, Filter
from whowhom.explore.web.index import Index
from whowhom.explore.web.safety import Guard
from whowhom.knowledge import ontology
from whowhom.store import Store

NAVIGATION = (
    ("/", "Overview"), ("/events", "Events"), ("/stories", "Stories"), ("/map", "Map"), ("/network", "Network"), ("/judgements", "Judgements"),
)  # fmt: skip
#: Labels of the conditions of a filter, for the chips.
WORDS = {
    "q": "words", "actor": "takes part:", "a": "by", "b": "on", "type": "type", "quad": "", "status": "status", "said": "said by", "time": "when",
    "since": "since", "until": "until", "place": "in", "publisher": "published by", "story": "story", "document": "document",
}  # fmt: skip


def _finalize(value: Any) -> Any:
    """Every text that a template prints is cleaned of control and direction characters before it is escaped."""
    if isinstance(value, Html) or hasattr(value, "__html__"):
        return value
    return clean(value) if isinstance(value, str) else value


@dataclass
class View:
    """Shared by all routes; holds no state of a request."""

    store: Store
    index: Index
    guard: Guard

    @cached_property
    def templates(self) -> Environment:
        """Templates that escape everything and fail on an unknown name."""
        made = Environment(
            loader=PackageLoader("whowhom.explore.web"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters |= {
            "json": data,
            "link": link,
            "country": country_name,
            "many": _many,
            "zip_same": lambda values: [(v, v) for v in values],
            "in_words": told.party,
            "party_title": lambda codes: ", ".join(x for x in (country_name(codes[0]), names()["sector"].get(codes[1], codes[1])) if x),
        }
        made.globals |= {
            "quads": sorted(names()["quad"].items()), "types": ontology.load().types, "statuses": STATUSES, "navigation": NAVIGATION,
            "verdicts": judgements.VERDICTS, "on_two": judgements.ON_TWO, "forms": [".".join(x for x in kind if x) for kind in ontology.load().kinds], "address": address, "step": STEP,
        }  # fmt: skip
        return made

    def page(self, template: str, request: Request, status: int = 200, **values: Any) -> HTMLResponse:
        """A page from its template."""
        values.setdefault("chosen", Filter())
        values.setdefault("here", request.url.path)
        return HTMLResponse(self.templates.get_template(template).render(secret=self.guard.secret, **values), status)

    def filter_values(self, request: Request, chosen: Filter, by: str = "country") -> dict[str, Any]:
        """What the filter form and the chips of a page show."""
        shown = {"quad": names()["quad"].get(chosen.quad, "")}
        chips = [
            (
                WORDS[name],
                shown.get(name) or (country_name(value) if name in ("actor", "a", "b") else value),
                chosen.without(name).address(request.url.path),
            )
            for name, value in chosen.set().items()
        ]
        return {"chosen": chosen, "chips": chips, "choices": questions.choices(self.index), "by": by, "here": request.url.path}


def address(path: str, **query: Any) -> str:
    """A path with a query."""
    kept = {k: v for k, v in query.items() if v not in ("", None)}
    return path + ("?" + urlencode(kept) if kept else "")


def _many(n: int, word: str) -> str:
    plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{n:,} {word if n == 1 else plural}"
