"""A story in words: what its reports agree on, what one alone says, where they differ, who claims and who denies.

The record (`stories.Story`) keeps values as codes with the events that give them; here events become documents, so that
two sentences of one page are not two voices, and codes become words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whowhom.explore.explain import QUESTIONS
from whowhom.explore.look import country_name, names

_CODES = re.compile(r"(?P<country>[A-Z]{3})?(?: ?(?P<sector>[A-Z]{3}))?")
#: Statuses of a report that claims the thing happened, and of one that says it did not.
CLAIMS, DENIALS = ("asserted",), ("denied", "negated")


@dataclass(frozen=True, slots=True)
class Voice:
    """A report that gives a value: its event, and who published it."""

    event: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a field and the reports that give it, one per document."""

    value: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A field of a story as a question, with what is said to it; the value with most voices first."""

    question: str
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Points on which reports agree (two or more say the same, nobody otherwise), that one report alone gives, and that differ."""

    agreed: tuple[Point, ...]
    alone: tuple[Point, ...]
    differing: tuple[Point, ...]


def telling(story: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> Telling:
    """The story's values by point; `rows` are the index's rows of its events, by id (missing ones have no voice)."""
    points = [_point(f, v, rows) for f, v in _by_field([*story["agreed"], *story["differing"]])]
    points = [p for p in points if p.answers]
    settled = [p for p in points if len(p.answers) == 1]
    return Telling(
        tuple(p for p in settled if len(p.answers[0].voices) > 1),
        tuple(p for p in settled if len(p.answers[0].voices) == 1),
        tuple(p for p in points if len(p.answers) > 1),
    )


def sides(reports: Sequence[Mapping[str, Any]], against: Iterable[Mapping[str, Any]] = ()) -> tuple[list[Any], list[Any]]:
    """Claims and denials among the rows of reports; `against` are rows of events that the reports' own texts hold against them."""
    claims = [r for r in reports if r["status"] in CLAIMS]
    known = {r["id"] for r in reports}
    denials = [r for r in reports if r["status"] in DENIALS] + [r for r in against if r["id"] not in known]
    return claims, denials


def party(value: str) -> str:
    """A party of a story in words: "RUS MIL" is "Russia, military"; several have "; " between."""
    return "; ".join(map(_party, value.split("; ")))


def _party(value: str) -> str:
    found = _CODES.fullmatch(value)
    if not found:
        return value
    sectors = names()["sector"]
    country, sector = found["country"] or "", found["sector"] or ""
    if country and not sector and country in sectors:
        country, sector = "", country
    words = [country_name(country)] if country else []
    return ", ".join([*words, *([sectors.get(sector, sector)] if sector else [])])


def _by_field(values: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    fields: dict[str, list[Mapping[str, Any]]] = {}
    for value in values:
        fields.setdefault(value["field"], []).append(value)
    order = list(QUESTIONS)
    return sorted(fields.items(), key=lambda f: (order.index(f[0]) if f[0] in order else len(order), f[0]))


def _point(field: str, values: Iterable[Mapping[str, Any]], rows: Mapping[str, Mapping[str, Any]]) -> Point:
    answers: dict[str, dict[str, Voice]] = {}
    for value in values:
        words = party(value["value"]) if field in ("actor", "recipient", "denied_by") else value["value"]
        for event in value["events"]:
            row = rows.get(event)
            if row:
                answers.setdefault(words, {}).setdefault(row["document"], Voice(event, row["publisher"] or row["title"] or "a report"))
    said = [Said(words, tuple(voices.values())) for words, voices in answers.items()]
    return Point(QUESTIONS.get(field) or _amount(field), tuple(sorted(said, key=lambda s: (-len(s.voices), s.value))))


def _amount(kind: str) -> str:
    return {"count": "How many", "money": "How much money"}.get(kind, f"How many {kind}")
