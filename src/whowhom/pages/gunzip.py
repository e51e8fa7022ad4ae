"""Gzip that goes on after damage: what is sound before a break is given, and reading starts again at the next member.

Archives of the web are many gzip members in a row, one for each record. Python's own reader ends at the first bad byte and
keeps back what it had decoded before it.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import IO, Any

#: Packed bytes that are read at a time, kept to look back into, and inflated to see whether a member begins there.
_CHUNK, _BACK, _PROBE = 1 << 16, 1 << 16, 1024
_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Gap:
    """A damaged stretch: `at` is its place among the unpacked bytes, `begin` and `end` among the packed ones (`end` None:
    nothing sound follows). `inside` says that a member broke off that gave
    something; else what stands there gave nothing."""

    at: int
    begin: int
    end: int | None
    why: str
    inside: bool

    def __str__(self) -> str:
        where = f"what follows packed byte {self.begin} is damaged" if self.end is None else f"damaged at packed bytes {self.begin} to {self.end}"
        return f"{where}: {self.why}"


class Gunzip(io.RawIOBase):
    """The unpacked bytes of a stream, to be wrapped in a buffer. `gaps` are found as they are reached; with `strict` set, damage
    raises zlib.error or EOFError instead, as `gzip` does."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.gaps: list[Gap] = []
        self.strict = False
        self._stream = stream
        self._waiting, self._back = b"", b""
        self._at = self._given = self._member_at = self._before = 0
        self._machine: Any = zlib.decompressobj(31)
        self._fresh, self._newline = True, False

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Where the packed stream is: going back means to begin again."""
        return self._stream.seekable()

    def seek(self, at: int, whence: int = 0, /) -> int:
        """Go to an unpacked byte, counted from the beginning."""
        if whence == 1:
            at += self._given
        if at < self._given:
            self._stream.seek(0)
            strict = self.strict
            self.__init__(self._stream)  # type: ignore[misc]
            self.strict = strict
        while self._given < at and self.read(min(_CHUNK, at - self._given)):
            pass
        return self._given

    def tell(self) -> int:
        """How many unpacked bytes were given."""
        return self._given

    def readinto(self, buffer: Any) -> int:
        """As of every raw stream."""
        size = len(buffer)
        while self._machine is not None:
            data = self._step(size)
            if data:
                self._given += len(data)
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _step(self, size: int) -> bytes:
        """Some unpacked bytes; none where a member ended or a gap was passed. A gap is a line's end: what follows is new."""
        if self._newline:
            self._newline = False
            return b"\n"
        chunk = self._waiting or self._stream.read(_CHUNK)
        if self._fresh:
            chunk = self._between(chunk)
            if not chunk:
                return b""
        if not chunk:
            self._broken(EOFError("cut off"), b"")
            return b""
        before = self._machine.copy()
        try:
            out: bytes = self._machine.decompress(chunk, size)
        except zlib.error as error:
            out, left = _to_the_break(before, chunk, size)
            self._take(chunk, left)
            if not out:
                self._broken(error, left)
            else:  # it comes to the break again, with nothing before it
                self._machine, self._waiting, self._fresh = before, left, False
            return out
        self._fresh = False
        self._take(chunk, self._machine.unused_data if self._machine.eof else self._machine.unconsumed_tail)
        if self._machine.eof:
            self._machine, self._fresh = zlib.decompressobj(31), True
        return out

    def _take(self, chunk: bytes, left: bytes) -> None:
        """`chunk` without `left` is done with."""
        done = len(chunk) - len(left)
        self._back = (self._back + chunk[:done])[-_BACK:]
        self._at, self._waiting = self._at + done, left

    def _between(self, chunk: bytes) -> bytes:
        """What stands where a member should begin: one, the end, padding of zeros, or something else."""
        while chunk and not chunk.strip(b"\0"):
            self._take(chunk, b"")
            chunk = self._stream.read(_CHUNK)
        if not chunk:
            self._machine = None
            return b""
        plain = chunk.lstrip(b"\0")
        self._take(chunk, plain)
        if len(plain) < len(_MAGIC):
            plain += self._stream.read(_CHUNK)
            self._waiting = plain
        self._member_at, self._before = self._at, self._given
        if not plain.startswith(_MAGIC):
            self._broken(zlib.error("no gzip header"), plain)
            return b""
        return plain

    def _broken(self, error: Exception, left: bytes) -> None:
        """Note a gap at `left`, and begin again at the next member that is sound: one may have begun before the break was seen."""
        if self.strict:
            raise error
        begin = self._at
        kept, base = self._back + left, self._at - len(self._back)
        found = None
        look = max(0, self._member_at + 1 - base)
        while found is None:
            more = self._stream.read(_CHUNK)
            kept += more
            found = _member(kept, look, not more)
            if not more:
                break
            if found is None and len(kept) > _CHUNK + _PROBE:
                cut = len(kept) - _PROBE
                kept, base, look = kept[cut:], base + cut, 0
        self._back = b""
        why = " ".join(str(error).split())[:100] or type(error).__name__
        end = base + found if found is not None else None
        self.gaps.append(Gap(self._given, begin if end is None else min(begin, end), end, why, self._given > self._before))
        if found is None:
            self._machine, self._waiting = None, b""
        else:
            self._machine, self._fresh = zlib.decompressobj(31), True
            self._at, self._waiting = base + found, kept[found:]
            self._newline = True


def _member(packed: bytes, begin: int, last: bool) -> int | None:
    """Where the first gzip member begins that can be inflated for a while; one too near the end is left for the next look."""
    at = packed.find(_MAGIC, begin)
    while at >= 0 and (last or at + _PROBE <= len(packed)):
        try:
            if zlib.decompressobj(31).decompress(packed[at : at + _PROBE], 64):
                zlib.decompressobj(31).decompress(packed[at : at + _PROBE])
                return at
        except zlib.error:
            pass
        at = packed.find(_MAGIC, at + 1)
    return None


def _to_the_break(machine: Any, chunk: bytes, most: int) -> tuple[bytes, bytes]:
    """What of a chunk can be inflated, up to `most` bytes, and what is left of the chunk. `machine` is moved on."""
    out: list[bytes] = []
    size, step = 0, len(chunk) // 2
    while chunk and step and size < most:
        trial = machine.copy()
        try:
            trial.decompress(chunk[:step], most - size)
        except zlib.error:
            step //= 2
            continue
        part = machine.decompress(chunk[:step], most - size)
        out.append(part)
        size += len(part)
        chunk = machine.unconsumed_tail + chunk[step:]
        step = min(step, len(chunk))
        if not part and not machine.unconsumed_tail and step == 0:
            break
    return b"".join(out), chunk
