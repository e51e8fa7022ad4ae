"""A stream that can be gone back in as far as the last record, whatever it comes from: a pipe, an object store, gzip."""

from __future__ import annotations

from typing import IO

#: Bytes that are kept of a record before its beginning is let go of.
KEPT = 64 << 20
#: How often one may go back behind that, where the stream allows it: each time may cost to read it from the beginning.
RETURNS = 20


class Window:
    """The bytes of a stream, read on or again. Offers what fastwarc asks of a file: read, tell, seek, within what is kept."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._base = self._at = self._returns = 0

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes from where we are."""
        inside = self._at - self._base
        if inside >= len(self._kept):
            part = self._stream.read(1 << 16 if size < 0 else size)
            if len(self._kept) + len(part) > KEPT:
                self.forget(self._at)
            self._kept += part
        else:
            part = bytes(memoryview(self._kept)[inside : inside + size if size >= 0 else None])
        self._at += len(part)
        return part

    def tell(self) -> int:
        """Where we are."""
        return self._at

    def seek(self, at: int, whence: int = 0) -> int:
        """Go to a byte, counted from the beginning, or to the first after it that can be had again."""
        if at < self._base and self._returns < RETURNS and self._stream.seekable():
            self._returns += 1
            self._base = self._stream.seek(at)
            self._kept.clear()
        self._at = min(max(at, self._base), self._base + len(self._kept))
        return self._at

    def seekable(self) -> bool:
        """Within limits."""
        return True

    def find(self, what: bytes, begin: int) -> int:
        """Where some bytes stand among those that are kept, -1 where they do not."""
        at = self._kept.find(what, max(0, begin - self._base))
        return at if at < 0 else self._base + at

    def close(self) -> None:
        """The stream is closed by who opened it."""

    def forget(self, before: int) -> None:
        """Let go of all before a byte."""
        if (done := min(before - self._base, len(self._kept))) > 0:
            del self._kept[:done]
            self._base += done
