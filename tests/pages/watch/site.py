"""A site of this machine for the tests of watching: a feed, its pages, robots.txt, and a count of what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"


class Site:
    """Answers by path: a body, or (status, headers, body). The feed at /feed lists `items`, with marks of its version."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.items: list[str] = []
        self.answers: dict[str, str | tuple[int, dict[str, str], str]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def add(self, name: str, text: str) -> None:
        """A page and its entry in the feed."""
        self.items.insert(0, name)
        self.answers[f"/{name}"] = PAGE.format(f"News of {name}", text)

    def feed(self) -> str:
        """The feed as RSS."""
        rows = "".join(
            f"<item><title>News of {n}</title><link>{self.base}/{n}</link><pubDate>Thu, 16 Dec 2021 10:00:00 GMT</pubDate></item>" for n in self.items
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{rows}</channel></rss>'

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(p == path for p, _ in self.asked)


@contextmanager
def serving() -> Iterator[Site]:
    """A site at a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            etag = f'"{len(site.items)}"'
            if self.path == "/feed" and "/feed" not in site.answers:
                if self.headers.get("If-None-Match") == etag:
                    return self.answer(304, {}, "")
                return self.answer(200, {"Content-Type": "application/rss+xml", "ETag": etag}, site.feed())
            found = site.answers.get(self.path, (404, {}, "no"))
            if isinstance(found, str):
                found = (200, {"Content-Type": "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8"}, found)
            self.answer(*found)

        def answer(self, status: int, headers: dict[str, str], body: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            if status != 304:
                self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
