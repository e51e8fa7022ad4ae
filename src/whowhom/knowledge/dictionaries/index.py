"""Users' rows as entries of a lexicon that stands on the project's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from whowhom.knowledge.dictionaries.read import Own, load
from whowhom.knowledge.fold import is_acronym
from whowhom.knowledge.lexicon import Entry, Lexicon, lexicon, phrase_key, sizes_of


@dataclass(frozen=True, eq=False)
class _Index:
    """Own entries with their days by key, and the days on which what holds may change."""

    own: dict[str, list[tuple[Entry, str, str]]]
    sizes: dict[str, tuple[int, ...]]
    turns: list[str]
    made: dict[int | str, Lexicon] = field(default_factory=dict)


def lexicon_on(paths: tuple[str, ...], day: str = "") -> Lexicon:
    """The project's lexicon with users' dictionaries, whose rows come first on the days that they hold.

    Days between which no row begins or ends share one lexicon, and with it what was read by it. Raises InputError for a
    file that cannot be used; see `problems` for single lines.
    """
    if not paths:
        return lexicon()
    index = _index(paths)
    at: int | str = bisect_right(index.turns, day) if len(day) == 10 else day
    if at not in index.made:
        index.made[at] = Lexicon(lexicon().entries, index.sizes, index.own, day)
    return index.made[at]


@lru_cache(maxsize=4)
def _index(paths: tuple[str, ...]) -> _Index:
    own: dict[str, list[tuple[Entry, str, str]]] = {}
    turns: set[str] = set()
    for path in paths:
        for row in load(path).rows:
            turns |= {row.first, row.last + "~" if row.last else ""}
            for key, entry in _entries(row):
                own.setdefault(key, []).append((entry, row.first, row.last))
    sizes = dict(lexicon().sizes)
    for word, some in sizes_of(own).items():
        sizes[word] = tuple(sorted({*some, *sizes.get(word, ())}, reverse=True))
    return _Index(own, sizes, sorted(turns - {""}))


def _entries(row: Own) -> Iterable[tuple[str, Entry]]:
    """Entries of a row by key, one for each of its spellings."""
    names = (row.name, *row.aliases)
    shouted = all(n.isupper() for n in names) and any(len(n) > 4 for n in names)  # PETRARCH writes every name in capitals
    text = row.name.title() if shouted else row.name
    for name in names:
        key = phrase_key(name)
        if not key:
            continue
        if row.kind != "name":
            number = "many" if row.kind == "roles" else "one"
            yield key, Entry("role", number, text.lower() if shouted else text, row.country, row.sectors, row.id, "any", source=row.where)
            continue
        short = is_acronym(name) and (not shouted or len(name) < 4)
        case = "upper" if short else "any" if name.islower() else "proper"
        yield key, Entry("org", "own", text, row.country, row.sectors, row.id, case, name if short else "", row.where)
