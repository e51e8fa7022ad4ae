"""Bodies that translation broke, in invented texts."""

from __future__ import annotations

import pytest

import whowhom.actors as actors
from whowhom.model import Document, Mention, Sentence, Span


def resolve(text: str, date: str, *marked: tuple[str, str]) -> dict[str, Mention]:
    document = Document("d", "", "", "", "", date, "given", "en", text)
    at, mentions = 0, []
    for words, kind in marked:
        begin = text.index(words, at)
        at = begin + 1
        mentions.append(Mention("d", words, Span(begin, begin + len(words)), kind, text[:begin].count(". ")))
    sentence = Sentence("d", 0, 0, "body", Span(0, len(text)), text, ())
    return {m.text: m for m in actors.resolve(document, (sentence,), mentions)}


@pytest.mark.parametrize("link", ["of", "between", "made up of", "linking"])
def test_the_members_listed_behind_a_name(link: str) -> None:
    name = "the Southern Common Bloc"
    text = f"Farmers blame {name} {link} Argentina, Brazil, Paraguay and Uruguay for the prices."
    found = resolve(text, "2010-05-05", (name, "organisation"))[name]
    assert found.name == "Mercosur" and "BRA" in found.members and "repaired" in found.how and found.confidence < 0.9


def test_talks_between_states_are_no_body() -> None:
    text = "Nothing came of talks between Argentina, Brazil, Paraguay and Uruguay."
    assert resolve(text, "2010-05-05", ("talks", "group"))["talks"].name == ""


def test_a_name_that_counts_takes_the_body_beside_it_with_so_many_members() -> None:
    text = "AUKUS will build submarines. The Threefold Pact angered Paris. A Fivefold Pact is not planned."
    marked = (("AUKUS", "organisation"), ("The Threefold Pact", "organisation"), ("A Fivefold Pact", "organisation"))
    found = resolve(text, "2022-05-05", *marked)
    assert found["The Threefold Pact"].name == "AUKUS" and "repaired" in found["The Threefold Pact"].how
    assert found["A Fivefold Pact"].name == ""


def test_a_name_that_counts_and_only_a_list() -> None:
    text = "Ships of Australia, India, Japan and the United States left port. Tetrad waters are rough."
    assert resolve(text, "2022-05-05", ("Tetrad waters", "organisation"))["Tetrad waters"].name == "Quad"
    text = "Ships of Australia, India, Kenya and the United States left port. Tetrad waters are rough."
    assert resolve(text, "2022-05-05", ("Tetrad waters", "organisation"))["Tetrad waters"].name == ""


def test_another_noun_for_the_kind_is_a_repair() -> None:
    found = resolve("The Shanghai Cooperation League met.", "2022-05-05", ("The Shanghai Cooperation League", "organisation"))
    one = found["The Shanghai Cooperation League"]
    assert one.name == "Shanghai Cooperation Organisation" and "repaired" in one.how and one.confidence < 0.8
