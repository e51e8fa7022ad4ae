"""Answers to a deed told before: whose deed it was."""

from __future__ import annotations

import pytest

from whowhom.events.aimed import aim
from whowhom.events.coding import actor
from whowhom.model import Actor, Document, Event, Mention, Span
from whowhom.sentences import split


def event(text: str, word: str, kind: str, doer: str, country: str) -> Event:
    document = Document("d", "", "", "", "", "2024-03-04", "given", "en", text)
    at = text.index(word)
    where = next(s for s in split(document) if s.span.begin <= at < s.span.end)
    side = (actor(Mention("d", doer, Span(0, 1), "place", 0, country=country)),) if doer else ()
    return Event(
        word, "d", kind, "", (), "190", 4, -9.0, -10.0, side, (), "2024-03-04", "", "day", "document", "asserted", None, (), (), (), None,
        where.text, where.span, Span(at, at + len(word)), 0.9,
    )  # fmt: skip


def test_the_nearest_deed_is_meant_though_nobody_knows_whose_it_was() -> None:
    text = "Chad shelled a mill. A bomb killed five. Oslo condemned the attack."
    told = [event(text, "shelled", "ASSAULT", "Chad", "TCD"), event(text, "killed", "ASSAULT", "", ""), event(text, "condemned", "ACCUSE", "Oslo", "NOR")]
    assert aim(split(Document("d", "", "", "", "", "2024-03-04", "given", "en", text)), told)[2].recipient == ()


def aimed(text: str, told: tuple[str, str, str, str], answer: tuple[str, str, str, str]) -> tuple[Actor, ...]:
    document = Document("d", "", "", "", "", "2024-03-04", "given", "en", text)
    found = aim(split(document), [event(text, *told), event(text, *answer)])
    return found[1].recipient


@pytest.mark.parametrize(
    ("text", "told", "answer"),
    [
        ("Chad demanded talks. Oslo rejected the demand.", ("demanded", "REQUEST", "Chad", "TCD"), ("rejected", "REJECT", "Oslo", "NOR")),
        ("Chad shelled a mill. It rained. Oslo condemned the attack.", ("shelled", "ASSAULT", "Chad", "TCD"), ("condemned", "ACCUSE", "Oslo", "NOR")),
        ("Chad lifted its embargo. Oslo welcomed this latest move, saying so.", ("lifted", "RETREAT", "Chad", "TCD"), ("welcomed", "SUPPORT", "Oslo", "NOR")),
    ],
)
def test_a_noun_for_a_deed_has_its_doer_as_recipient(text: str, told: tuple[str, str, str, str], answer: tuple[str, str, str, str]) -> None:
    assert [a.text for a in aimed(text, told, answer)] == ["Chad"]


@pytest.mark.parametrize(
    ("text", "told", "answer"),
    [
        # whose it was stands behind the noun, the noun is for another deed, the doer is unknown or answers himself, it was long ago
        ("Chad shelled a mill. Oslo condemned the attack by pirates.", ("shelled", "ASSAULT", "Chad", "TCD"), ("condemned", "ACCUSE", "Oslo", "NOR")),
        ("Chad shelled a mill. Oslo condemned the arrests.", ("shelled", "ASSAULT", "Chad", "TCD"), ("condemned", "ACCUSE", "Oslo", "NOR")),
        ("Somebody shelled a mill. Oslo condemned the attack.", ("shelled", "ASSAULT", "", ""), ("condemned", "ACCUSE", "Oslo", "NOR")),
        ("Chad shelled a mill. Oslo welcomed the attack.", ("shelled", "ASSAULT", "Chad", "TCD"), ("welcomed", "SUPPORT", "Oslo", "NOR")),
        ("Chad shelled a mill. Chad condemned the attack.", ("shelled", "ASSAULT", "Chad", "TCD"), ("condemned", "ACCUSE", "Chad", "TCD")),
        ("Chad shelled it. It rained. Cows lay down. Milk was sold. Oslo condemned the attack.", ("shelled", "ASSAULT", "Chad", "TCD"), ("condemned", "ACCUSE", "Oslo", "NOR")),
        ("Oslo condemned the attack. Chad shelled a mill.", ("shelled", "ASSAULT", "Chad", "TCD"), ("condemned", "ACCUSE", "Oslo", "NOR")),
    ],
)
def test_what_is_not_meant_stays_open(text: str, told: tuple[str, str, str, str], answer: tuple[str, str, str, str]) -> None:
    assert aimed(text, told, answer) == ()
