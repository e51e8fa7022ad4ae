"""Places found by the beginning of a name, as somebody types it, and by id."""

from __future__ import annotations

from bisect import bisect_left

from whowhom.knowledge.places import Row, _tables
from whowhom.knowledge.places.keys import fold

#: Letters that a beginning must have: one letter begins a tenth of the table.
LEAST_LETTERS = 2
#: A place under another of its names comes where one of so many times fewer people comes under its own.
OTHER_SPELLING = 20


def beginning(words: str, most: int = 8) -> tuple[Row, ...]:
    """Places of which a name begins with these words, each once, the largest first; those of exactly this name before all."""
    key = fold(words)
    if len(key) < LEAST_LETTERS or most < 1:
        return ()
    import pyarrow.compute as pc

    columns, index, place, main = _tables()
    first, last = bisect_left(index, key), bisect_left(index, key + "\x7f")
    exact = bisect_left(index, key + "\x00")  # keys hold letters, digits and spaces only
    found: dict[int, Row] = {}
    for begin, end in ((first, exact), (exact, last)):
        if end <= begin:
            continue
        own, rows = main.slice(begin, end - begin), place.slice(begin, end - begin)
        people = pc.take(columns["population"], rows)
        for n in pc.sort_indices(pc.if_else(own, people, pc.divide(people, OTHER_SPELLING)), sort_keys=[("", "descending")]):
            row = rows[n.as_py()].as_py()
            if len(found) < most and columns["level"][row].as_py() != "abbreviation":
                found.setdefault(row, _row(row, own[n.as_py()].as_py()))
            if len(found) == most:
                break
    return tuple(found.values())


def by_id(id: str) -> Row | None:
    """The place of this id, None where there is none."""
    import pyarrow.compute as pc

    at = pc.index(_tables()[0]["id"], id).as_py()
    return None if at < 0 else _row(at, True)


def _row(at: int, main: bool) -> Row:
    columns = _tables()[0]
    return Row._make([*(columns[k][at].as_py() for k in Row._fields[:-1]), main])


__all__ = ["LEAST_LETTERS", "beginning", "by_id"]
