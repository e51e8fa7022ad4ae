"""What keeps a local page local: the Host header, the content policy, a secret for forms, a token for the API."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import HTTPException, Request
from starlette.responses import PlainTextResponse, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that a browser sends "Origin: null" with our own forms, too. Nothing goes to other sites.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: Names that this machine has for itself.
LOCAL = ("127.0.0.1", "localhost", "[::1]")
#: Bytes of a posted form and of an address.
MOST_BODY, MOST_ADDRESS = 20_000, 6_000


@dataclass(frozen=True)
class Guard:
    """`hosts` a request may name; `token` opens writing through the API ('' leaves it closed); `secret` marks our own forms."""

    hosts: tuple[str, ...] = LOCAL
    token: str = ""
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    async def __call__(self, request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        """Refuse what no page of ours would send; add the headers to every answer."""
        refused = self._refused(request)
        response = refused if refused is not None else await go_on(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _refused(self, request: Request) -> Response | None:
        # A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding): then Host is that name.
        host = request.headers.get("host", "")
        if _name(host) not in self.hosts:
            return PlainTextResponse("This address is not served here.\n", 421)
        if len(str(request.url)) > MOST_ADDRESS:
            return PlainTextResponse("The address is too long.\n", 414)
        if request.method not in ("GET", "HEAD"):
            origin = request.headers.get("origin", "")
            if (origin and origin.partition("://")[2] != host) or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return PlainTextResponse("Only pages of this explorer may send this.\n", 403)
            length = request.headers.get("content-length", "")
            if not length.isdigit() or int(length) > MOST_BODY:
                return PlainTextResponse("Too much, or of unknown length.\n", 413)
        return None

    def check_form(self, secret: str) -> None:
        """Raises 403 unless the form is one of ours."""
        if not hmac.compare_digest(secret.encode(), self.secret.encode()):
            raise HTTPException(403, "The form is too old; load the page again.")

    def check_token(self, header: str) -> None:
        """Raises 403 where writing is closed, 401 for a wrong token."""
        if not self.token:
            raise HTTPException(403, "Read-only: start `whowhom explore` with --token to write through the API.")
        if not hmac.compare_digest(header.encode(), f"Bearer {self.token}".encode()):
            raise HTTPException(401, "Wrong token.", headers={"WWW-Authenticate": "Bearer"})


def _name(host: str) -> str:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    return name.lower()
