"""Addresses, against a server on this machine: what may be reached, how much and how long."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whowhom.model import Page, SetAside
from whowhom.pages import ReadOptions, addresses, read
from whowhom.pages.addresses import is_public

HTML = b"<html><head><title>T</title></head><body><p>The minister left.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path
        try:
            if path == "/page":
                self.answer(200, HTML, {"Content-Type": "text/html; charset=ISO-8859-2"})
            elif path == "/gzip":
                self.answer(200, gzip.compress(HTML), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
            elif path == "/bomb":
                self.answer(200, gzip.compress(b"a" * 5_000_000), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
            elif path == "/big":
                self.answer(200, b"a" * 500_000, {"Content-Type": "text/plain"})
            elif path == "/lines":
                self.answer(200, b'{"text": "One."}\n{"text": "Two."}\n', {"Content-Type": "application/x-ndjson"})
            elif path == "/image":
                self.answer(200, b"\x89PNG", {"Content-Type": "image/png"})
            elif path == "/to-page":
                self.answer(302, b"", {"Location": "/page"})
            elif path == "/loop":
                self.answer(302, b"", {"Location": "/loop"})
            elif path == "/to-file":
                self.answer(302, b"", {"Location": "file:///etc/passwd"})
            elif path == "/to-private":
                self.answer(302, b"", {"Location": f"http://private.example:{self.server.server_address[1]}/page"})
            elif path == "/drip":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                for _ in range(60):
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    time.sleep(0.1)
            else:
                self.answer(404, b"no", {})
        except OSError:
            pass  # the reader hung up, as it should

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def one(url: str, allow_private: bool = True, **options: object) -> Page | SetAside:
    found = list(read([url], ReadOptions(allow_private=allow_private, **options)))  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def refused(url: str, reason: str, **options: object) -> None:
    found = one(url, **options)  # type: ignore[arg-type]
    assert isinstance(found, SetAside), found
    assert reason in found.reason


@pytest.mark.parametrize("path", ["/page", "/gzip", "/to-page"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    page = one(site + path)
    assert isinstance(page, Page), str(page)
    assert page.body == HTML and page.media == "html"
    assert page.url == site + ("/page" if path == "/to-page" else path)
    assert page.charset == ("" if path == "/gzip" else "iso-8859-2")


def test_json_lines_behind_an_address(site: str) -> None:
    assert [p.source for p in read([site + "/lines"], ReadOptions(allow_private=True))] == [f"{site}/lines:1", f"{site}/lines:2"]


def test_bad_answers_are_set_aside(site: str) -> None:
    refused(site + "/none", "answered 404")
    refused(site + "/image", "image/png is no page")
    refused(site + "/loop", "more than 5 redirects")
    refused(site + "/to-file", "file addresses are not read")
    refused(site + "/big", "larger than 100 kB", max_bytes=100_000)
    refused(site + "/bomb", "when unpacked", max_bytes=100_000)


def test_a_dripping_answer_ends_at_the_deadline(site: str) -> None:
    began = time.monotonic()
    refused(site + "/drip", "no whole answer within 0.5 s", timeout_s=0.5)
    assert time.monotonic() - began < 3


def test_a_closed_port_does_not_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refused(f"http://127.0.0.1:{port}/", "does not answer")


def test_private_hosts_are_refused_unless_allowed(site: str) -> None:
    refused(site + "/page", "private or reserved", allow_private=False)
    refused("http://localhost/", "private or reserved", allow_private=False)
    refused("http://[::1]/", "private or reserved", allow_private=False)
    refused("http://0x7f.1/", "", allow_private=False)


ODD = ["ftp://example.org/x", "http://", "http://user:pw@example.org/", "http://exa mple.org/", "http://example.org:99999/", "http://a\r\nb/"]


@pytest.mark.parametrize("url", ODD)
def test_odd_addresses_are_refused(url: str) -> None:
    assert isinstance(one(url), SetAside)


def test_a_redirect_into_a_private_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public name is served from here for the test; the redirect's name resolves to a private address."""
    real = socket.getaddrinfo
    port = int(site.rpartition(":")[2])

    def resolve(host: str, *rest: object, **more: object) -> object:
        return real("10.1.2.3" if host == "private.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")
    refused(f"http://127.0.0.1:{port}/to-private", "private or reserved address (10.1.2.3)", allow_private=False)


def test_the_checked_address_is_the_one_that_is_connected_to(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host name that would resolve differently the second time is asked for only once."""
    port = int(site.rpartition(":")[2])
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> object:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert isinstance(one(f"http://rebound.example:{port}/page"), Page)
    assert asked == ["rebound.example"]


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True), ("2606:4700:4700::1111", True), ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.3.4", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("junk", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(ip: str, public: bool) -> None:
    assert is_public(ip) is public
