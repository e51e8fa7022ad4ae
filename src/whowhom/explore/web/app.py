"""The application: `create_app(DIR)` puts together the pages, the API, the static files and what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import JSONResponse, Response

from whowhom.errors import InputError, WhowhomError
from whowhom.explore.look import asset
from whowhom.explore.web import api, forms, pages
from whowhom.explore.web.index import Index, TooLong
from whowhom.explore.web.safety import LOCAL, Guard
from whowhom.explore.web.view import View
from whowhom.store import open_store

#: Every file that is served as it is, by its whole name: no path is ever put together from a request.
STATIC: dict[str, tuple[str, Callable[[], str]]] = {
    "style.css": ("text/css", lambda: asset("style.css")),
    "charts.js": ("text/javascript", lambda: asset("charts.js")),
    "network.js": ("text/javascript", lambda: asset("network.js")),
    "page.js": ("text/javascript", lambda: asset("page.js")),
    "explorer.js": ("text/javascript", lambda: asset("explorer.js")),
    "world.json": ("application/json", lambda: asset("world.json")),
    "htmx.js": ("text/javascript", lambda: (resources.files("whowhom.explore.web") / "vendor/htmx.min.js").read_text(encoding="utf8")),
}


def create_app(path: Path | str, *, token: str = "", hosts: tuple[str, ...] = LOCAL) -> FastAPI:
    """The explorer over the store in this folder. `token` opens writing through the API; `hosts` are the names that a
    request may call this machine. Raises InputError where there is no store."""
    store = open_store(path, create=False)
    index = Index(store)
    guard = Guard(hosts, token)
    view = View(store, index, guard)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        index.close()
        store.close()

    app = FastAPI(
        title="whowhom", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", lifespan=life,
        description="Events of a store of whowhom: who did what to whom, when, where, on whose word. Read-only unless started with a token.",
    )  # fmt: skip
    app.state.index = index
    app.middleware("http")(guard)
    app.include_router(pages.router(view))
    app.include_router(forms.router(view))
    app.include_router(api.router(view))

    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        if name not in STATIC:
            raise HTTPException(404, "No such file.")
        media, read = STATIC[name]
        return Response(read(), media_type=media, headers={"Cache-Control": "max-age=3600"})

    def failed(request: Request, status: int, words: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": words}, status)
        return view.page("error.html", request, status=status, words=words)

    @app.exception_handler(AnyHTTPException)
    async def http_error(request: Request, error: AnyHTTPException) -> Response:
        return failed(request, error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def bad_request(request: Request, error: RequestValidationError) -> Response:
        return failed(request, 422, "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())[:500])

    @app.exception_handler(WhowhomError)
    async def known_error(request: Request, error: WhowhomError) -> Response:
        status = 400 if isinstance(error, InputError) else 503 if isinstance(error, TooLong) else 500
        return failed(request, status, error.what + (f" ({error.remedy})" if error.remedy else ""))

    return app
