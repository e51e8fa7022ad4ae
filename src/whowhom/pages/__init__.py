"""Whatever a user points at -> pages: files, folders, addresses, JSON lines, archives, tables, feeds.

`read` is lazy and never raises for bad input: what cannot be read comes out as a `SetAside` in its place, with
one line of reason and a remedy, and reading goes on. Only a wrong setting raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from whowhom.errors import InputError
from whowhom.model import Page, SetAside
from whowhom.pages.options import ReadOptions


def read(inputs: Iterable[str], options: ReadOptions | None = None) -> Iterator[Page | SetAside]:
    """Pages of all inputs, in order, one at a time.

    An input is a file, a folder (all below it, by name, hidden files skipped), an http(s) address, or ``-`` for
    standard input. A file or an answer may be HTML, plain text, JSON lines or JSON with ``text`` or ``html`` (and
    ``url``, ``date``, ``title``, ``publisher`` where known), Parquet with such columns, WARC, WET, RSS or Atom, any of
    it packed with gzip or zstd; the bytes tell. Raises InputError for a date in `options` that is no day.
    """
    return _read(inputs, _checked(options or ReadOptions()))


def _checked(options: ReadOptions) -> ReadOptions:
    from whowhom.pages.options import Refusal
    from whowhom.pages.records import day

    try:
        when = day(options.date)
    except Refusal as refusal:
        raise InputError(refusal.reason, where="date", remedy=refusal.remedy) from None
    if options.max_bytes <= 0 or options.timeout_s <= 0:
        raise InputError("max_bytes and timeout_s must be above 0")
    return replace(options, date=when)


def _read(inputs: Iterable[str], options: ReadOptions) -> Iterator[Page | SetAside]:
    from whowhom.pages.inputs import guarded, read_input

    for one in inputs:
        yield from guarded(one, read_input(one, options))


__all__ = ["ReadOptions", "read"]
