"""The records that pass through the house, each immutable and typed.

A stage takes records and gives records; the Arrow schema and the JSON form of each are derived from
the definitions here (see `whowhom.schema`) and written nowhere else. Spans are character offsets into
`Document.text`, begin inclusive, end exclusive, and `document.text[begin:end]` is always the quoted
text. Dates are ISO strings cut at their precision: ``2021``, ``2021-12``, ``2021-12-15``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple


def content_id(*parts: object) -> str:
    """A 16-digit hexadecimal id from content alone: the same parts give the same id anywhere."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


class Record:
    """What all records have in common: they go to another process as their values in order, at half the cost of what
    frozen dataclasses do by themselves."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Record], tuple[object, ...]]:
        kind: Any = type(self)
        return kind, _values(kind)(self)


@lru_cache(maxsize=32)
def _values(kind: Any) -> Callable[[object], tuple[object, ...]]:
    return attrgetter(*(f.name for f in fields(kind)))


class Span(NamedTuple):
    """Character offsets into a text: begin inclusive, end exclusive."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Page(Record):
    """Bytes as they came in, and what the bringer said about them.

    `source` names the place for messages (a path, ``file.jsonl:12``, an address, ``-``); `date` is the
    day of publication that the user or the record gave, if any; `media` is ``html`` or ``text``.
    """

    source: str
    body: bytes
    media: str
    url: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class SetAside(Record):
    """Input that could not be coded: where, at which stage, why, and what the user can do about it."""

    source: str
    stage: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}" + (f" ({self.remedy})" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Cut(Record):
    """A piece of the page that is not the article. `before` is the offset in `Document.text` where it stood."""

    text: str
    reason: str
    before: int


@dataclass(frozen=True, slots=True)
class Piece(Record):
    """A stretch of `Document.text` and where it stands in the decoded page; page offsets -1 when unknown."""

    span: Span
    page_begin: int
    page_end: int


@dataclass(frozen=True, slots=True)
class Amount(Record):
    """A counted or measured quantity.

    `unit` is an ISO currency code, ``percent``, a unit of time in the singular (``year``) or the thing
    counted in the singular (``dose``); `kind` is money, percent, killed, wounded, arrested, protesting,
    displaced, weapon, duration, count or measure. `value_max` differs from `value` only in a range.
    `bound` is empty or one of ``more than``, ``at least``, ``less than``, ``at most``, ``about``.
    `of` holds the words for what is counted; the period is that of the quantity, where the text has one.
    """

    value: float
    value_max: float
    unit: str
    kind: str
    bound: str
    of: str
    text: str
    span: Span
    period_begin: str = ""
    period_end: str = ""


@dataclass(frozen=True, slots=True)
class Document(Record):
    """The article in a page. `date_source` is given, metadata, address, dateline, text or none."""

    id: str
    source: str
    url: str
    title: str
    publisher: str
    date: str
    date_source: str
    language: str
    text: str
    cut: tuple[Cut, ...] = ()
    pieces: tuple[Piece, ...] = ()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence(Record):
    """A sentence of a document; `words` and `quotes` are spans into the document's text.

    `part` is headline or body; `paragraph` counts from 0. A quote span holds the quoted words without
    their marks and may run beyond the sentence when the quotation does.
    """

    document: str
    index: int
    paragraph: int
    part: str
    span: Span
    text: str
    words: tuple[Span, ...]
    quotes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class When(Record):
    """A time expression worked out: ISO value(s), precision (day, week, month, year, range, open), and how."""

    text: str
    span: Span
    date: str
    date_end: str
    precision: str
    how: str


@dataclass(frozen=True, slots=True)
class Place(Record):
    """A place as linked in the place table; `level` is country, region or city. Coordinates in degrees, WGS 84,
    NaN where the text is no more precise than a country."""

    text: str
    span: Span
    name: str
    id: str
    country: str
    region: str
    level: str
    latitude: float
    longitude: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """Words that name or describe somebody or something.

    `kind` is person, organisation, place, nationality (an adjective or people's name), group (described
    persons) or pronoun. `name`, `wikidata`, `country`, `sector` and `members` say who it was resolved to,
    empty where nobody could tell; `how` says by which grounds. `entity` is one id for all mentions of one
    entity in the document. `confidence` is the probability that the resolution is right.
    """

    document: str
    text: str
    span: Span
    kind: str
    sentence: int
    name: str = ""
    wikidata: str = ""
    country: str = ""
    sector: str = ""
    sectors: tuple[str, ...] = ()
    office: str = ""
    members: tuple[str, ...] = ()
    entity: str = ""
    how: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """A party of an event: the words, and who that is on that day.

    `country` is an ISO 3166 alpha-3 code (KOS for Kosovo; UNO, EUR, IGO, NGO, MNC, IMG, ISM), `sector` a
    PLOVER sector, `sectors` further ones; `members` are the countries of an alliance on the day.
    """

    text: str
    span: Span
    name: str = ""
    wikidata: str = ""
    country: str = ""
    sector: str = ""
    sectors: tuple[str, ...] = ()
    office: str = ""
    members: tuple[str, ...] = ()
    entity: str = ""
    how: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Speaker(Record):
    """Somebody on whose word an event stands, with the reporting words (`cue`)."""

    text: str
    span: Span
    name: str = ""
    wikidata: str = ""
    country: str = ""
    sector: str = ""
    cue: str = ""
    cue_span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Planned(Record):
    """What a planned event plans, and for when."""

    event: str
    mode: str = ""
    date: str = ""
    date_end: str = ""


@dataclass(frozen=True, slots=True)
class Ground(Record):
    """Why a field of an event is what it is: the component that decided, its reason and its probability.

    `span` is where the evidence stands; Span(0, 0) where the ground is no piece of text.
    """

    field: str
    value: str
    by: str
    why: str
    probability: float
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Event(Record):
    """Who did what to whom, when, where, on whose word: one row of the events table.

    `event`, `mode` and `context` are PLOVER 2021; `cameo` is the CAMEO code that fits, a string; `quad` 1
    verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. `status` is
    asserted, planned, hypothetical, denied, negated or historical. `text` and `span` are the evidence
    sentence, `trigger` the word the event hangs on. `against` holds ids of events in the same document
    that claim the contrary. `confidence` is a probability calibrated on dev data.
    """

    id: str
    document: str
    event: str
    mode: str
    context: tuple[str, ...]
    cameo: str
    quad: int
    score_plover: float
    score_goldstein: float
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    date: str
    date_end: str
    date_precision: str
    date_source: str
    status: str
    planned: Planned | None
    denied_by: tuple[Actor, ...]
    said_by: tuple[Speaker, ...]
    amounts: tuple[Amount, ...]
    place: Place | None
    text: str
    span: Span
    trigger: Span
    confidence: float
    against: tuple[str, ...] = ()
    story: str = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Note(Record):
    """Something that gave no event, with the reason: a sentence, a candidate, a mention nobody could resolve."""

    document: str
    span: Span
    stage: str
    reason: str
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Coded(Record):
    """All that was taken from one document."""

    document: Document
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    notes: tuple[Note, ...] = ()
