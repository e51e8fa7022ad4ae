"""Phrases that mean something to a coder: names of states, bodies, persons, and role words, in one index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from whowhom.knowledge import bodies
from whowhom.knowledge.fold import fold, is_acronym
from whowhom.knowledge.people import by_short_name, forenames, persons
from whowhom.knowledge.states import covers, members
from whowhom.knowledge.tables import rows

#: Longest phrase of the index in words; longer names of bodies are cut out of the index.
MOST_WORDS = 9


class Entry(NamedTuple):
    """What a phrase can mean.

    `kind` is country, org, person, role, body, mod, past or state; `sub` refines it (name, adjective, people,
    byword, region, city, pre for countries; igo, ngo, state, armed, party, media, mnc, bloc, own for bodies;
    one or many for roles). `case` is upper (looked up as written in capitals), headed (so is its first word), title (all its words begin with
    capitals), proper (it begins with one) or any; `surface` is the spelling of an acronym where `text` is the full name;
    `source` is file and line of a user's entry; `swapped` says that the noun for its kind is not the name's own.
    """

    kind: str
    sub: str
    text: str
    country: str
    sectors: tuple[str, ...]
    wikidata: str
    case: str
    surface: str = ""
    source: str = ""
    swapped: bool = False


class Match(NamedTuple):
    """Words `begin` to `end` of a phrase and what they can mean."""

    begin: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Entries by folded phrase, and how many words phrases beginning with a word have, most first. Compared by identity.

    `own` are users' entries with first and last day; those that hold on `day` come before the project's.
    """

    entries: dict[str, tuple[Entry, ...]]
    sizes: dict[str, tuple[int, ...]]
    own: dict[str, list[tuple[Entry, str, str]]] = field(default_factory=dict)
    day: str = ""

    def meanings(self, key: str) -> tuple[Entry, ...]:
        """What a folded phrase can mean on the lexicon's day."""
        known = self.entries.get(key, ())
        mine = self.own.get(key) if self.own else None
        if not mine:
            return known
        now = tuple(e for e, first, last in mine if not self.day or covers(first, last, self.day))
        if not now:
            return known
        if any(e.kind == "org" for e in now):
            return now  # the user's word for who bears a name
        return (*now, *(e for e in known if e.kind != "role"))

    def find(self, words: Sequence[str]) -> list[Match]:
        """Longest phrases from left to right, none overlapping another."""
        folded = [fold(w) for w in words]
        # A word with a hyphen counts as several in a phrase: then phrases of fewer words in the text than in the index fit, too.
        parted = " " in "".join(folded)
        found: list[Match] = []
        i = 0
        while i < len(words):
            sizes: Iterable[int] = self.sizes.get(folded[i].split(" ", 1)[0], ())
            if parted and sizes:
                sizes = range(max(sizes), 0, -1)
            for size in sizes:
                if size > len(words) - i:
                    continue
                known = self.meanings(" ".join(folded[i : i + size]))
                fits = tuple(e for e in known if _case_fits(e, words[i : i + size])) if known else ()
                if fits:
                    found.append(Match(i, i + size, fits))
                    i += size
                    break
            else:
                i += 1
        return found


#: Words that names write small.
_SMALL = frozenset("of the and for in on".split())


def _case_fits(entry: Entry, words: Sequence[str]) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "headed":
        return words[0].replace(".", "") == entry.surface.split(" ")[0].replace(".", "")
    if entry.case == "upper":
        return "".join(words).replace(".", "").replace("-", "") == (entry.surface or entry.text).replace(".", "").replace("-", "").replace(" ", "")
    if entry.case == "title":
        return all(w[:1].isupper() or w.lower() in _SMALL for w in words)
    return words[0][:1].isupper() or words[0][:1].isdigit() or len(words) > 2


def _case(text: str) -> str:
    return "upper" if is_acronym(text) else "proper" if text[:1].isupper() else "any"


_WORD = re.compile(r"\d[\d,.]*\d|[^\s,;:()\"“”\-‐‑–—/]+|[,;:()]")
_POSSESSIVE = re.compile(r"['’´]s?$")


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, hyphens parting them, possessive marks cut; a comma or bracket is a word of its own."""
    out = []
    for word in _WORD.findall(text[:400]):
        bare = _POSSESSIVE.sub("", word) if len(word) > 2 else word
        if bare in ("'s", "’s", "s'", "’"):
            continue
        bare = bare.strip("'’‘`.") if bare.count(".") < 2 else bare
        if bare:
            out.append(bare)
    return tuple(out)


def phrase_key(text: str) -> str:
    """The key under which a phrase stands in the index: possessive marks are cut as in the texts that are looked up."""
    return " ".join(fold(w) for w in words_of(text)) if "'" in text or "’" in text else fold(text)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The project's own lexicon, loaded once."""
    index: dict[str, list[Entry]] = {}
    family_names = by_short_name()
    given = forenames()
    for key, text, iso3, kind, _ in rows("names"):
        if kind in ("city", "region") and (key in family_names or key in given):
            continue  # Bush, Clinton, Charlotte: persons more often than places
        sectors = ("PRE",) if kind == "pre" else ("GOV",) if kind == "byword" else ()
        index.setdefault(key, []).append(Entry("country", kind, text, iso3, sectors, "", _case(text)))
    for kind, name, also, code, sectors_text, qid, _ in rows("organisations"):
        first = Entry("org", kind, name, code, tuple(sectors_text.split()), qid, _case(name))
        for text in (name, *filter(None, also.split("|"))):
            key = phrase_key(text).removeprefix("the ")
            if len(key.split()) <= MOST_WORDS:
                index.setdefault(key, []).append(first._replace(case=_case(text), surface=text))
    _vary(index)
    for key, kind, sectors_text, number, base in rows("roles"):
        if kind in ("weak", "mouth"):
            continue
        index.setdefault(key, []).append(Entry(kind, number, base, "", tuple(sectors_text.split()), "", "any"))
    for person in persons():
        for text in (person.name, *person.also):
            key = phrase_key(text)
            if " " in key:
                index.setdefault(key, []).append(Entry("person", "full", person.name, person.country, (), person.wikidata, "proper"))
    return Lexicon({k: tuple(dict.fromkeys(v)) if len(v) > 1 else tuple(v) for k, v in index.items()}, sizes_of(index))


def _vary(index: dict[str, list[Entry]]) -> None:
    """Names of bodies with a noun for their kind added ("AUKUS pact"), and names of unions with it swapped, where nothing else
    has that name."""
    named = [(key, entry) for key, some in index.items() for entry in some if entry.kind == "org" and key.count(" ") < MOST_WORDS - 1]
    for key, entry in named:
        if key.split()[-1] not in bodies.heads():
            for noun in bodies.added(entry.sub):
                wide = f"{key} {noun}"
                if wide not in index:
                    written = f"{entry.surface or entry.text} {noun}"
                    index[wide] = [entry._replace(case="headed" if entry.case == "upper" else entry.case, surface=written)]
    unions = [(k, e) for k, e in named if e.sub == "igo" and e.case == "proper" and _titled(e.surface) and len(members(e.text)) > 2]
    owners: dict[str, set[str]] = {word: set() for key, _ in unions for word in key.split()}
    for key, some in index.items():
        for word in key.split():
            if word in owners:
                owners[word].update(e.text for e in some)
    for key, entry in unions:
        for other in bodies.variants(key, lambda word, own=entry.text: owners[word] == {own}):  # type: ignore[misc]
            index.setdefault(other, [entry._replace(case="title", surface="", swapped=True)])


def _titled(name: str) -> bool:
    return all(w[:1].isupper() or w in _SMALL for w in re.split(r"[\s-]+", name))


@lru_cache(maxsize=4)
def role_class(kind: str) -> frozenset[str]:
    """Folded roles of a class: weak (their sector gives way to a word before them), mouth (they act for a body)."""
    return frozenset(r[4] for r in rows("roles") if r[1] == kind)


@lru_cache(maxsize=1)
def calques() -> tuple[tuple[str, str], ...]:
    """Folded word-by-word translations of names of bodies, longest first, with the name."""
    return tuple(sorted(((r[0], r[1]) for r in rows("calques")), key=lambda r: -len(r[0])))


def sizes_of(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How many words the keys have that begin with a word, most first."""
    sizes: dict[str, set[int]] = {}
    for key in keys:
        sizes.setdefault(key.split(" ", 1)[0], set()).add(key.count(" ") + 1)
    return {head: tuple(sorted(some, reverse=True)) for head, some in sizes.items()}
