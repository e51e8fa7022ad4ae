"""Labelled reports of invented happenings as event records, for fitting and measuring the joining of stories."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from whowhom.knowledge import ontology
from whowhom.model import Actor, Amount, Event, Place, Span, content_id
from whowhom.stories.likeness import Report, report

FILE = Path(__file__).parent / "reports.txt"


@dataclass(frozen=True)
class Labelled:
    """A report, its group and the happening that it tells of."""

    group: str
    number: int
    happening: str
    text: str
    report: Report


def read(path: Path = FILE) -> list[Labelled]:
    """All reports; `number` counts groups from 1 (odd: for fitting, even: aside)."""
    found: list[Labelled] = []
    group, number = "", 0
    for at, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.startswith("= "):
            group, number = line[2:], number + 1
        elif line and not line.startswith("#"):
            try:
                found.append(_report(group, number, line))
            except ValueError as error:
                raise ValueError(f"{path}:{at}: {error}") from error
    return found


def pairs(reports: list[Labelled]) -> Iterator[tuple[Labelled, Labelled, bool]]:
    """All pairs within a group, and whether they tell of one happening."""
    for i, a in enumerate(reports):
        for b in reports[i + 1 :]:
            if a.group == b.group:
                yield a, b, a.happening == b.happening


def _report(group: str, number: int, line: str) -> Labelled:
    fields, _, text = line.partition(" || ")
    if not text:
        fields, _, text = line.partition("|| ")
    head, kind, parties, day, where, extra = (p.strip() for p in fields.split(" |"))
    happening, published = head.split()
    event, _, mode = kind.partition(".")
    left, _, right = parties.partition(">")
    document = content_id(group, text)
    more = dict(x.split("=") for x in extra.split(", ") if x)
    status = more.pop("status", "asserted")
    amounts = tuple(Amount(float(v), float(v), "person", k, "", "people", v, Span(0, 1)) for k, v in more.items())
    book = ontology.load()
    kinds = book.kind(event, mode)
    given = day not in ("-", "")
    made = Event(
        content_id(document, event), document, event, mode, (), "", kinds.quad, kinds.score, 0.0, _parties(left), _parties(right),
        day if given else published, "", {4: "year", 7: "month"}.get(len(day), "day"), "text" if given else "document",
        status, None, (), (), amounts, _place(where), text, Span(0, len(text)), Span(0, 1), 0.9,
    )  # fmt: skip
    return Labelled(group, number, happening, text, report(made, published, "paper " + document[:2]))


def _parties(text: str) -> tuple[Actor, ...]:
    found = []
    for one in text.split(" + "):
        if one.strip():
            code, _, name = one.strip().partition(":")
            country, _, sector = code.partition("/")
            name = name.lstrip("~")
            found.append(Actor(name or code, Span(0, 1), name, country=country, sector=sector))
    return tuple(found)


def _place(text: str) -> Place | None:
    if text in ("-", ""):
        return None
    name, _, country = text.rpartition(", ")
    broken = name.startswith("~")
    name = name.lstrip("~")
    code = country if country.isupper() and len(country) == 3 else ""
    level = "city" if name else "country"
    return Place(name or country, Span(0, 1), name or country, "" if broken else name, code, "", level, math.nan, math.nan, 0.9)


def roughened(one: Labelled, rng: random.Random) -> Labelled:
    """The same report as a coder with ordinary mistakes would hand it on."""
    e = one.report.event
    if rng.random() < 0.35:
        e = replace(e, place=None)
    if rng.random() < 0.15:
        e = replace(e, recipient=())
    if rng.random() < 0.25 and e.date_precision == "day":
        e = replace(e, date=one.report.published, date_source="document")
    if rng.random() < 0.12:
        e = replace(e, mode="")
    if rng.random() < 0.3:
        e = replace(e, amounts=())
    if rng.random() < 0.12:
        near = rng.choice(["ACCUSE", "AGREE", "COERCE", "SUPPORT", "ASSAULT", "CONSULT"])
        e = replace(e, event=near, mode="")
    e = replace(e, actor=tuple(_rough(a, rng) for a in e.actor), recipient=tuple(_rough(a, rng) for a in e.recipient))
    return replace(one, report=report(e, one.report.published, one.report.publisher))


def _rough(actor: Actor, rng: random.Random) -> Actor:
    if rng.random() < 0.1:
        actor = replace(actor, sector=rng.choice(["GOV", "CVL", "", "MIL"]))
    if rng.random() < 0.1:
        actor = replace(actor, country="")
    if rng.random() < 0.15:
        actor = replace(actor, name="")
    elif not actor.name and rng.random() < 0.4:  # descriptions that the coder takes for names
        actor = replace(actor, name=rng.choice(["the government", "Troops", "Forty men", "officials", "The army"]))
    return actor


def moved(one: Labelled, to: Labelled, rng: random.Random) -> Labelled:
    """A report of another group as if published about the day of `to`: what else stands in the papers of that day."""
    days = to.report.published_day - one.report.published_day + rng.randrange(-2, 3)
    shift = timedelta(days=days)
    published = (date.fromisoformat(one.report.published) + shift).isoformat()
    e = one.report.event
    if e.date_precision == "day":
        e = replace(e, date=(date.fromisoformat(e.date) + shift).isoformat())
    return replace(one, report=report(e, published, one.report.publisher))
