"""What is known of a phrase on a day: who it is taken for and why, and everybody else who could be meant."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whowhom.actors.lookup import look_up
from whowhom.actors.offices import stands_for
from whowhom.actors.phrase import Phrase, read
from whowhom.knowledge.dictionaries import lexicon_on
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import MOST_WORDS, Entry, Lexicon
from whowhom.knowledge.people import Person, Term, by_full_name, by_short_name, covered, holders
from whowhom.knowledge.spelling import likeness
from whowhom.knowledge.states import covers, states

#: Candidates that are listed, and how alike (0 to 1) a spelling must be to be one.
MOST, ALIKE = 12, 0.85
_KINDS = {"country": "state or place", "org": "organisation", "person": "person", "role": "role word", "body": "kind of body"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be meant: `match` says by what, `office` with `first` and `last` day what was held on the day or
    nearest to it (`in_office` says which), `source` from where. `alike` is 1.0 but for other spellings."""

    name: str
    kind: str
    country: str
    sector: str
    office: str
    first: str
    last: str
    in_office: bool
    match: str
    alike: float
    wikidata: str
    source: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The answer, with the fields of a resolved mention, and the candidates, the chosen one first.

    `how` gives the grounds, `confidence` the probability (0 to 1) that the answer is right; `note` says what the tables
    cannot know. All is empty, and `how` says so, where nobody is known.
    """

    phrase: str
    on: str
    kind: str
    name: str
    wikidata: str
    country: str
    sector: str
    sectors: tuple[str, ...]
    office: str
    members: tuple[str, ...]
    how: str
    confidence: float
    candidates: tuple[Candidate, ...]
    note: str = ""


def known(phrase: str, on: str = "", context: str | None = None, dictionaries: tuple[str, ...] = ()) -> Known:
    """What is known of a phrase; see `look_up` for the errors raised."""
    one = look_up(phrase, on, context, dictionaries=dictionaries)
    words = lexicon_on(dictionaries, on)
    taken = read(one.text, words)
    found = list(dict.fromkeys((*_entries(taken, words, on), *_holders(taken, on), *_persons(taken, on))))
    told = bool(one.country or one.sector or one.office or one.wikidata or one.members)
    right = [c for c in found if told and c.name == one.name and (c.in_office or not c.match.endswith(f"not on {on}"))]
    chosen = [dataclasses.replace(c, chosen=True) for c in right]
    others = sorted((c for c in found if c not in right), key=lambda c: (-c.alike, not c.in_office, c.kind != "person"))
    if one.name and not chosen:
        chosen += [c for c in _named(one.name, on) if one.office or one.wikidata]
    first, last = covered()
    outside = bool(on) and not first <= on <= last
    note = f"the tables of offices run from {first} to {last}; nobody's office is known on {on}" if outside else ""
    return Known(
        one.text,
        on,
        one.kind,
        one.name,
        one.wikidata,
        one.country,
        one.sector,
        one.sectors,
        one.office,
        one.members,
        one.how,
        one.confidence,
        tuple((*chosen, *others)[:MOST]),
        note,
    )


def _entries(phrase: Phrase, words: Lexicon, on: str) -> Iterator[Candidate]:
    """What the lexicon has for the phrase's parts, longest parts first; users' rows for other days, too."""
    size = len(phrase.words)
    spans = [phrase.words[i:j] for n in range(min(size, MOST_WORDS), 0, -1) for i in range(size - n + 1) for j in (i + n,)] if words.own else []
    for part in spans:
        for entry, first, last in words.own.get(" ".join(map(fold, part)), ()):
            holds = not on or covers(first, last, on)
            text = f"the words {' '.join(part)!r}" + ("" if holds else f", not on {on}")
            yield dataclasses.replace(_entry(entry, text), first=first, last=last, in_office=holds)
    for match in sorted(words.find(phrase.words), key=lambda m: m.begin - m.end):
        text = " ".join(phrase.words[match.begin : match.end])
        for entry in match.entries:
            if entry.kind == "person" or entry.source:
                continue
            yield _entry(entry, f"the words {text!r}")


def _entry(entry: Entry, match: str) -> Candidate:
    kind = "your own" if entry.sub == "own" or entry.source else _KINDS.get(entry.kind, entry.kind)
    named = entry.kind == "country" and entry.country in states() and entry.sub in ("name", "adjective", "people")
    state = states().get(entry.country) if named else None
    return Candidate(
        state.name if state else entry.text,
        kind,
        entry.country,
        entry.sectors[0] if entry.sectors else "",
        "",
        state.first if state else "",
        state.last if state else "",
        False,
        match,
        1.0,
        state.wikidata if state else entry.wikidata,
        entry.source or "whowhom",
    )


def _holders(phrase: Phrase, on: str) -> Iterator[Candidate]:
    """Who held the office that the phrase names on the day."""
    for office in stands_for(phrase.office):
        for person, term in holders(phrase.country, office, on):
            yield _person(person, term, f"{term.office} of {term.country} on {on}", 1.0, on)


def _persons(phrase: Phrase, on: str) -> Iterator[Candidate]:
    """Persons by the full name, by the short one, and by others that are spelled alike."""
    name = phrase.person.text if phrase.person is not None else " ".join(phrase.rest)
    key, whole = fold(name), fold(phrase.text)
    if not key and not phrase.role:
        key = whole
    for text in dict.fromkeys(k for k in (key, whole) if k):
        yield from _each(by_full_name().get(text, ()), "the full name", 1.0, on)
        yield from _each(by_short_name().get(text, ()), "the family name", 1.0, on)
    if not key or phrase.bare or phrase.own or by_full_name().get(key) or by_short_name().get(key):
        return
    last = key.split()[-1]
    near = []
    for other, persons in by_short_name().items():
        if other != last and abs(len(other) - len(last)) < 4 and (alike := likeness(last, other)) >= ALIKE:
            near.append((round(alike, 3), other, persons))
    for alike, other, persons in sorted(near, key=lambda x: -x[0])[:MOST]:
        yield from _each([p for p in persons if not on or p.on(on)], f"spelled alike: {other}", alike, on)


def _each(persons: Iterable[Person], match: str, alike: float, on: str) -> Iterator[Candidate]:
    for person in sorted(persons, key=lambda p: (p.on(on) is None, -max((t.rank for t in p.terms), default=0))):
        yield _person(person, person.on(on) or person.near(on, 200) or person.on(""), match, alike, on)


def _named(name: str, on: str) -> Iterator[Candidate]:
    """The persons of a name that was repaired."""
    for one in _each(by_full_name().get(fold(name), ()), "repaired", 0.0, on):
        yield dataclasses.replace(one, chosen=True)


def _person(person: Person, term: Term | None, match: str, alike: float, on: str) -> Candidate:
    return Candidate(
        person.name,
        "person",
        term.country if term else person.country,
        term.sector if term else "",
        term.office if term else "",
        term.first if term else "",
        term.last if term else "",
        bool(on) and person.on(on) is not None,
        match,
        alike,
        person.wikidata,
        term.source if term else "whowhom",
    )


__all__ = ["Candidate", "Known", "known"]
