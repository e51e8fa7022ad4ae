"""Denials of what an earlier sentence told: which event they take up, and what they leave alone."""

from __future__ import annotations

import pytest

from whowhom.events.claims import link
from whowhom.events.coding import actor
from whowhom.events.contradicted import denials
from whowhom.model import Document, Event, Mention, Span
from whowhom.sentences import split

PARTIES = {
    "Norwegian troops": ("NOR", "MIL"), "Oslo": ("NOR", "GOV"), "Chad": ("TCD", ""), "Soldiers": ("", "MIL"), "The army": ("", "MIL"),
    "a monk": ("", "REL"), "Sweden": ("SWE", ""), "The rebels": ("NOR", "REB"),
}  # fmt: skip


def denied(text: str, word: str, doer: str, status: str = "asserted", kind: str = "ASSAULT") -> list[Event]:
    """Denied twins of one event at a word of the text."""
    document = Document("d", "", "", "", "", "2024-03-04", "given", "en", text)
    sentences = split(document)
    mentions = []
    for name, (country, sector) in PARTIES.items():
        at = text.find(name)
        if at >= 0:
            number = next(s.index for s in sentences if s.span.begin <= at < s.span.end)
            mentions.append(Mention("d", name, Span(at, at + len(name)), "group", number, country=country, sector=sector))
    at = text.index(word)
    where = next(s for s in sentences if s.span.begin <= at < s.span.end)
    side = tuple(actor(m) for m in mentions if m.text == doer)
    event = Event(
        "e", "d", kind, "", (), "190", 4, -9.0, -10.0, side, (), "2024-03-04", "", "day", "document", status, None, (), (), (), None,
        where.text, where.span, Span(at, at + len(word)), 0.9,
    )  # fmt: skip
    return [e for e in link((event, *denials(document, sentences, mentions, (), [event], actor))) if e.id != "e"]


@pytest.mark.parametrize(
    ("text", "word", "doer"),
    [
        ("Chad said that Norwegian troops shelled a school. Oslo denied it.", "shelled", "Norwegian troops"),
        ("Chad said that Norwegian troops shelled a school. Oslo has strongly denied the allegations.", "shelled", "Norwegian troops"),
        ("Chad said that Norwegian troops shelled a school. Rain fell. Oslo denied the shelling.", "shelled", "Norwegian troops"),
        ("Soldiers shot a monk, villagers said. The army rejected the accusation as slander.", "shot", "Soldiers"),
        ("Chad said that Norwegian troops shelled a school. Oslo denied any involvement.", "shelled", "Norwegian troops"),
    ],
)
def test_a_denial_takes_up_the_deed_of_its_denier(text: str, word: str, doer: str) -> None:
    (twin,) = denied(text, word, doer)
    assert (twin.status, twin.event) == ("denied", "ASSAULT") and twin.against == ("e",)
    assert [a.text for a in twin.denied_by] in (["Oslo"], ["The army"])
    assert twin.text != text and text[twin.trigger.begin : twin.trigger.end] in twin.text


@pytest.mark.parametrize(
    ("text", "word", "doer", "status"),
    [
        ("Chad said that Norwegian troops shelled a school. Sweden denied it.", "shelled", "Norwegian troops", "asserted"),
        ("Chad said that Norwegian troops shelled a school. The rebels denied it.", "shelled", "Norwegian troops", "asserted"),
        ("Chad said that Norwegian troops shelled a school. Oslo has neither confirmed nor denied it.", "shelled", "Norwegian troops", "asserted"),
        ("Chad said that Norwegian troops shelled a school. Oslo did not deny the report.", "shelled", "Norwegian troops", "asserted"),
        ("Chad said that Norwegian troops shelled a school. Oslo denied that it owed money.", "shelled", "Norwegian troops", "asserted"),
        ("Chad said that Norwegian troops shelled a school. Oslo denied visas to students.", "shelled", "Norwegian troops", "asserted"),
        ("Chad fears that Norwegian troops will shell a school. Oslo denied it.", "shell", "Norwegian troops", "planned"),
        ("Chad said that Norwegian troops shelled a school. It rained. It snowed. It rained. Oslo denied it.", "shelled", "Norwegian troops", "asserted"),
    ],
)
def test_other_denials_take_up_nothing(text: str, word: str, doer: str, status: str) -> None:
    assert denied(text, word, doer, status) == []


def test_what_was_done_in_the_open_is_not_denied_with_some_claim() -> None:
    text = "Norwegian troops closed the border. Oslo rejected the claims."
    assert denied(text, "closed", "Norwegian troops", kind="COERCE") == []
