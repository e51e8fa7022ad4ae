"""One input of any kind -> pages: the dispatcher behind `whowhom.pages.read`."""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from whowhom.model import Page, SetAside
from whowhom.pages.addresses import Fetched, fetch, is_address
from whowhom.pages.gunzip import Gunzip
from whowhom.pages.options import ReadOptions, Refusal, aside, oserror_reason
from whowhom.pages.records import read_lines, read_whole
from whowhom.pages.sniff import HEAD, kind
from whowhom.pages.streams import DAMAGED, buffered, decompressed, peek, read_all

#: Layers of compression that are taken off one input.
_LAYERS = 2

#: Schemes of object stores, read through fsspec and what it needs for each. Others could lead to hosts that nobody checked.
_STORES = ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "hdfs", "memory")


def read_input(text: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Pages of one input as the user wrote it. Raises Refusal or OSError for the input as a whole."""
    if text == "-":
        yield from read_stream(buffered(sys.stdin.buffer), "-", options)
    elif is_address(text) and text.partition("://")[0].lower() in _STORES:
        yield from _remote(text, options)
    elif is_address(text):
        yield from _address(text, options)
    elif "\x00" in text:
        raise Refusal("no file name", "check the name")
    elif (path := Path(text)).is_dir():
        yield from _folder(path, options)
    else:
        yield from _file(path, options)


def _file(path: Path, options: ReadOptions) -> Iterator[Page | SetAside]:
    if path.exists() and not path.is_file():
        raise Refusal("neither a file nor a folder", "give a file, a folder or an address")
    with path.open("rb", buffering=1 << 17) as stream:
        yield from read_stream(stream, str(path), options)


def _folder(path: Path, options: ReadOptions) -> Iterator[Page | SetAside]:
    """Files below a folder in the order of their names; hidden ones are skipped, links to folders not followed."""
    found = False
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            yield aside(str(folder), *oserror_reason(error))
            found = True
            continue
        shown = [e for e in entries if not e.name.startswith(".")]
        for entry in shown:
            if entry.is_dir(follow_symlinks=False):
                continue
            found = True
            yield from guarded(entry.path, _file(Path(entry.path), options))
        waiting += [Path(e.path) for e in reversed(shown) if e.is_dir(follow_symlinks=False)]
    if not found:
        raise Refusal("no file in this folder", "hidden files are skipped: give them by name")


def _address(url: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    got = fetch(url, options)
    yield from read_stream(buffered(io.BytesIO(got.body)), url, options, got)


def _remote(text: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    """A file, a folder or a pattern in an object store that fsspec reaches."""
    scheme = text.partition("://")[0].lower()
    try:
        import fsspec
    except ImportError:
        raise Refusal(f"reading {scheme} addresses needs fsspec", "pip install 'whowhom[scale]'") from None
    try:
        system, path = fsspec.core.url_to_fs(text)
        files = sorted(system.glob(path)) if "*" in path else sorted(system.find(path)) if system.isdir(path) else [path]
    except ImportError as error:
        raise Refusal(f"{scheme} addresses are not read: {error}", "install what it names") from None
    except OSError:
        raise
    except Exception as error:  # each store raises its own: rights, regions, time-outs
        raise Refusal(f"cannot be reached: {type(error).__name__}: {error}", "check the address and your rights") from None
    if not files:
        raise Refusal("no file there", "check the address")
    for one in files:
        name = f"{scheme}://{one.removeprefix('/')}"
        yield from guarded(name, _remote_file(system, one, name, options))


def _remote_file(system: Any, path: str, name: str, options: ReadOptions) -> Iterator[Page | SetAside]:
    try:
        opened = system.open(path, "rb")
    except OSError:
        raise
    except Exception as error:
        raise Refusal(f"cannot be opened: {type(error).__name__}: {error}", "check the address and your rights") from None
    with opened as stream:
        yield from read_stream(buffered(stream), name, options)


def guarded(source: str, stream: Iterator[Page | SetAside]) -> Iterator[Page | SetAside]:
    """The stream, with what breaks it off turned into a `SetAside` that names the source."""
    try:
        yield from stream
    except Refusal as refusal:
        yield aside(source, refusal.reason, refusal.remedy)
    except DAMAGED as error:
        yield aside(source, f"damaged: {error or type(error).__name__}", "write or fetch the file again")
    except OSError as error:
        yield aside(source, *oserror_reason(error))


def read_stream(stream: IO[bytes], source: str, options: ReadOptions, got: Fetched | None = None) -> Iterator[Page | SetAside]:
    """Pages of an open, buffered stream of any kind; `got` says what is known of one that came from an address.

    Raises Refusal, OSError and the errors of decompression for the stream as a whole.
    """
    name = got.url.partition("?")[0] if got else source
    packed = 0
    while (what := kind(peek(stream), name)) in ("gzip", "zstd"):
        if (packed := packed + 1) > _LAYERS:
            raise Refusal("packed more than twice", "unpack it")
        stream = decompressed(stream, what)
        name = name.lower().removesuffix(".gz").removesuffix(".zst")
    if what == "empty" and not (rest := _rest(stream, options)).strip():
        raise Refusal("empty", "give a page with text")
    elif what == "empty":
        stream = buffered(io.BytesIO(rest.lstrip()))
        what = kind(peek(stream), name)
    if what.startswith("binary: "):
        raise Refusal(f"is {what[8:]}, not HTML or text", "convert it to text or HTML first")
    # Records can be read on after damage; half a page, or half a table, is none.
    gunzip = stream.raw if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, Gunzip) else None
    if gunzip is None:
        yield from _of_kind(what, stream, source, options, got)
        return
    gunzip.strict = what not in ("jsonl", "warc")
    if gunzip.strict and gunzip.gaps:
        raise zlib.error(gunzip.gaps[0].why)
    yield from _of_kind(what, stream, source, options, got, gunzip)
    for gap in gunzip.gaps:
        if not (what == "warc" and gap.inside):  # there it is named with its record
            yield aside(source, str(gap), "write or fetch the file again")


def _rest(stream: IO[bytes], options: ReadOptions) -> bytes:
    return read_all(stream, options.max_bytes)


def _of_kind(
    what: str, stream: IO[bytes], source: str, options: ReadOptions, got: Fetched | None, gunzip: Gunzip | None = None
) -> Iterator[Page | SetAside]:
    if what == "jsonl":
        yield from read_lines(stream, source, options)
    elif what == "json":
        yield from read_whole(stream, source, options)
    elif what == "parquet":
        from whowhom.pages.tables import read_parquet

        if not stream.seekable():  # the index of a table stands at its end
            stream = io.BytesIO(read_all(stream, 50 * options.max_bytes))
        yield from read_parquet(stream, source, options)
    elif what == "warc":
        from whowhom.pages.archives import read_warc

        yield from read_warc(stream, source, options, gunzip)
    else:
        body = read_all(stream, options.max_bytes)
        if what == "feed":
            from whowhom.pages.feeds import read_feed

            yield from read_feed(body, source, options)
            return
        if kind(body[HEAD : 2 * HEAD] or b"text").startswith("binary"):
            raise Refusal("holds binary data after its beginning", "convert it to text or HTML first")
        yield Page(source, body, what, got.url if got else "", "", options.publisher, options.date, got.charset if got else "")
