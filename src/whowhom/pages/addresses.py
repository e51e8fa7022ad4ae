"""One http(s) address -> its bytes, without letting the address lead where it must not.

The host is resolved once, every answer must be a public address of the internet, and the connection goes to the very
address that was checked, so that a second, different DNS answer changes nothing. A redirect is checked in the same way.
Size is bounded before and after decompression; one deadline holds for the whole of a request, redirects included.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import os
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from whowhom.pages.options import Answered, ReadOptions, Refusal, Unreachable, megabytes

_REDIRECTS = (301, 302, 303, 307, 308)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_READABLE = (
    "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "application/rss+xml",
    "application/atom+xml", "application/json", "application/x-ndjson", "application/jsonl", "application/rdf+xml",
)  # fmt: skip
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8,application/rss+xml;q=0.7,application/xml;q=0.6"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address after redirects, its bytes, and what its headers say about them. `etag` and
    `modified` are the site's marks of this version, to be sent back with the next request."""

    url: str
    body: bytes
    media: str
    charset: str
    etag: str = ""
    modified: str = ""


def is_address(text: str) -> bool:
    """Whether an input is meant as an address: it begins with a scheme and two slashes."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://", text) is not None


def charset_of(content_type: str) -> str:
    """The charset that a Content-Type header names, or an empty string."""
    found = _CHARSET.search(content_type[:500])
    return found[1].lower() if found else ""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, looked at through IPv6 wrappings of IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """The body without its Content-Encoding. Raises Refusal beyond `limit` bytes, and where it is damaged or unknown."""
    for name in reversed([e.strip().lower() for e in encoding.split(",") if e.strip()][:3]):
        if name == "identity":
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            raise Refusal(f"packed in a way that was not asked for: {name[:20]}")
        body = _inflate(body, limit, name)
    return body


def _inflate(body: bytes, limit: int, name: str) -> bytes:
    wrapped = name != "deflate" or body[:1] == b"\x78"
    machine = zlib.decompressobj(47 if wrapped else -15)
    try:
        out = machine.decompress(body, limit + 1)
    except zlib.error:
        raise Refusal("the answer is damaged (compression)", "try again later") from None
    if len(out) > limit:
        raise Refusal(f"larger than {megabytes(limit)} when unpacked", "raise max_bytes")
    return out


def fetch(url: str, options: ReadOptions, sent: Mapping[str, str] | None = None, check: Callable[[str], None] | None = None) -> Fetched:
    """Get an address, following redirects. Raises Refusal with the reason for anything that goes wrong.

    `sent` are further headers (of a conditional request: unchanged is then `Answered` with status 304); `check` is called
    with every address before it is asked for, and may raise Refusal.
    """
    deadline = time.monotonic() + options.timeout_s
    at = url
    for _ in range(options.max_redirects + 1):
        if check is not None:
            begun = time.monotonic()
            check(at)  # it may wait, and that is not the site's time
            deadline += time.monotonic() - begun
        status, headers, body = _request(at, options, deadline, sent or {})
        if status in _REDIRECTS and (target := headers.get("Location")):
            at = urljoin(at, target.strip())
            continue
        if status >= 300 or status < 200:
            words = http.client.responses.get(status, "")
            raise Answered(
                status,
                headers.get("Retry-After") or "",
                f"the site answered {status} {words}".rstrip(),
                "open it in a browser to see whether it exists",
            )
        content_type = headers.get("Content-Type") or ""
        media = content_type.partition(";")[0].strip().lower()
        if media and media not in _READABLE:
            raise Refusal(f"{media[:60]} is no page", "give the address of an article")
        packed = headers.get("Content-Encoding") or ""
        marks = ((headers.get(n) or "")[:500] for n in ("ETag", "Last-Modified"))
        return Fetched(at, unpacked(body, packed, options.max_bytes), media, charset_of(content_type), *marks)
    raise Refusal(f"more than {options.max_redirects} redirects", "give the address where they lead")


def _request(url: str, options: ReadOptions, deadline: float, sent: Mapping[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request without redirects: status, headers, bytes as sent."""
    scheme, host, port, path = _parts(url)
    name = f"[{host}]" if ":" in host else host
    shown = name if port == (443 if scheme == "https" else 80) else f"{name}:{port}"
    watch: threading.Timer | None = None
    try:
        sock = _connect(_addresses(host, port, options.allow_private), port, deadline)
        watch = _guard(sock, deadline)
        if scheme == "https":
            sock = _tls().wrap_socket(sock, server_hostname=host)
        connection = http.client.HTTPConnection(name, port)
        connection.sock = sock
        try:
            connection.request(
                "GET", path, headers={"Host": shown, "User-Agent": options.user_agent, "Accept": _ACCEPT,
                                      "Accept-Encoding": "gzip, deflate", "Connection": "close", **sent},
            )  # fmt: skip
            answer = connection.getresponse()
            length = answer.getheader("Content-Length") or ""
            if length.isdigit() and len(length) < 19 and int(length) > options.max_bytes:
                raise Refusal(f"larger than {megabytes(options.max_bytes)}", "raise max_bytes")
            parts, size = [], 0
            while part := answer.read(1 << 16):
                parts.append(part)
                if (size := size + len(part)) > options.max_bytes:
                    raise Refusal(f"larger than {megabytes(options.max_bytes)}", "raise max_bytes")
            if time.monotonic() > deadline:
                raise TimeoutError
            return answer.status, answer.msg, b"".join(parts)
        finally:
            connection.close()
    except ssl.SSLCertVerificationError as error:
        raise Refusal(f"its certificate is not valid: {error.verify_message}", "check the address") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() > deadline:
            raise Unreachable(f"no whole answer within {options.timeout_s:g} s", "try again later, or raise timeout_s") from None
        why = (getattr(error, "strerror", None) if isinstance(error, OSError) else str(error)) or type(error).__name__
        raise Unreachable(f"does not answer: {why}", "check the address and the network") from None
    finally:
        if watch is not None:
            watch.cancel()


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host in ASCII, port, path with query. Raises Refusal for what is no plain http(s) address."""
    try:
        split = urlsplit(url)
        host, port = split.hostname or "", split.port
        if not host.isascii():
            host = host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise Refusal("not a valid address", "write it as https://host/path") from None
    if split.scheme not in ("http", "https"):
        raise Refusal(f"{split.scheme or 'no'} addresses are not read", "use http or https, or give a file")
    if not host or len(host) > 253 or not re.fullmatch(r"[A-Za-z0-9._:-]+", host):
        raise Refusal("not a valid address", "write it as https://host/path")
    if split.username or split.password:
        raise Refusal("the address holds a user name or a password", "give it without")
    path = urlunsplit(("", "", quote(split.path or "/", safe="/%:@!$&'()*+,;=~-._"), quote(split.query, safe="/%:@!$&'()*+,;=~-._?"), ""))
    return split.scheme, host, port or (443 if split.scheme == "https" else 80), path or "/"


def _addresses(host: str, port: int, allow_private: bool) -> list[tuple[int, str]]:
    """IP addresses of a host, all of them checked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("no such host, or no network", "check the address and the network") from None
    ips = [(int(family), str(where[0])) for family, _, _, _, where in found]
    if not allow_private and (bad := next((ip for _, ip in ips if not is_public(ip)), "")):
        raise Refusal(f"leads to a private or reserved address ({bad})", "use --allow-private if that is meant")
    return list(dict.fromkeys(ips))


def _connect(ips: list[tuple[int, str]], port: int, deadline: float) -> socket.socket:
    """A connection to the first of the checked addresses that answers."""
    last: OSError = TimeoutError()
    for at, (family, ip) in enumerate(ips[:4]):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(left / (min(len(ips), 4) - at))
            sock.connect((ip, port))
            sock.settimeout(max(0.01, deadline - time.monotonic()))
            return sock
        except OSError as error:
            sock.close()
            last = error
    raise last


def _guard(sock: socket.socket, deadline: float) -> threading.Timer:
    """Break the connection at the deadline: a time-out per read would let a drip of bytes go on for ever.

    It works on a second handle of the same connection, so that the TLS layer is not touched from another thread.
    """
    twin = socket.socket(sock.family, sock.type, fileno=os.dup(sock.fileno()))

    def stop() -> None:
        with contextlib.suppress(OSError):  # it may be over already
            twin.shutdown(socket.SHUT_RDWR)

    class Guard(threading.Timer):
        def cancel(self) -> None:
            super().cancel()
            twin.close()

    timer = Guard(max(0.0, deadline - time.monotonic()), stop)
    timer.daemon = True
    timer.start()
    return timer


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        try:  # a Python without the system's certificates: those that come with the packages at hand
            import certifi

            context.load_verify_locations(certifi.where())
        except ImportError:
            pass
    return context
