"""Bytes from a stream with an upper bound on memory: whole pages, lines, decompression."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, cast

from whowhom.pages.gunzip import Gunzip
from whowhom.pages.options import Refusal, megabytes
from whowhom.pages.sniff import HEAD

#: How many times `max_bytes` a single overlong line may take before the whole input is given up.
_PATIENCE = 200

#: What decompression raises on damaged or cut-off input.
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


def read_all(stream: IO[bytes], limit: int) -> bytes:
    """All bytes of `stream`. Raises Refusal where there are more than `limit`."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise Refusal(f"larger than {megabytes(limit)}", "split it, or raise max_bytes")
    return b"".join(parts)


def lines(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1; None stands for a line of more than `limit` bytes, which is skipped.

    Raises Refusal where such a line does not end within 200 times the limit.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        skipped = len(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
            skipped += len(line)
            if skipped > _PATIENCE * limit:
                raise Refusal(f"line {number} does not end within {megabytes(_PATIENCE * limit)}", "write one record per line")
        yield number, None


def peek(stream: IO[bytes]) -> bytes:
    """The beginning of a buffered stream, up to `HEAD` bytes, left in place."""
    return cast(io.BufferedReader, stream).peek(HEAD)[:HEAD]


def buffered(stream: IO[bytes]) -> io.BufferedReader:
    """The stream with a buffer that can be looked into."""
    return io.BufferedReader(cast(io.RawIOBase, stream), 1 << 17)


def decompressed(stream: IO[bytes], kind: str) -> io.BufferedReader:
    """The stream behind gzip (a `Gunzip`) or zstd, decompressed as it is read."""
    if kind == "gzip":
        return buffered(cast(IO[bytes], Gunzip(stream)))
    import pyarrow as pa

    return buffered(cast(IO[bytes], pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")))
