# ruff: noqa: E501 - a case stands on one line
"""Date, place and amounts of an event come from its own clause, on invented sentences."""

from __future__ import annotations

import pytest

from whowhom.events.amounts import event_amounts
from whowhom.events.when import event_date
from whowhom.events.where import event_place
from whowhom.mentions import amounts, places, times
from whowhom.model import Document, Mention, Sentence, Span


def setting(text: str, date: str = "2023-05-17") -> tuple[Document, Sentence]:
    quotes = tuple(Span(text.index("“") + 1, text.index("”")) for _ in range("“" in text))
    return Document("d", "", "", "", "", date, "given" if date else "none", "en", text), Sentence(
        "d", 0, 0, "body", Span(0, len(text)), text, (), quotes
    )


def at(text: str, word: str) -> Span:
    return Span(text.index(word), text.index(word) + len(word))


def dated(text: str, word: str, status: str = "asserted", date: str = "2023-05-17") -> tuple[str, str]:
    document, sentence = setting(text, date)
    when, source = event_date(document, sentence, at(text, word), status, times.find(document, (sentence,)))
    return (when.date if when else ""), source


@pytest.mark.parametrize(
    ("text", "word", "want"),
    [
        ("Rebels attacked the base on Monday.", "attacked", ("2023-05-15", "text")),
        ("On Monday, rebels attacked the base.", "attacked", ("2023-05-15", "text")),
        ("On Monday, the minister, who lost a vote, resigned.", "resigned", ("2023-05-15", "text")),
        ("The minister, who lost a vote in 2012, resigned.", "resigned", ("", "document")),
        ("The minister, who lost a vote in 2012, resigned.", "lost", ("2012", "text")),
        ("He said on Monday that rebels seized the town in March.", "said", ("2023-05-15", "text")),
        ("He said on Monday that rebels seized the town in March.", "seized", ("2023-03", "text")),
        ("“They robbed us in 1999,” the mayor complained.", "complained", ("", "document")),
        ("She recalled the 2008 race.", "recalled", ("", "document")),
        ("Rebels attacked the base.", "attacked", ("", "document")),
    ],
)
def test_dates(text: str, word: str, want: tuple[str, str]) -> None:
    assert dated(text, word) == want


def test_what_lies_ahead_dates_only_plans() -> None:
    text = "He agreed to meet them on Friday."
    document, sentence = setting(text)
    whens = times.find(document, (sentence,))
    assert event_date(document, sentence, at(text, "meet"), "planned", whens)[0] is not None
    assert dated("They signed it and will build it by 2030.", "signed") == ("", "document")
    assert dated("They signed it and will build it by 2030.", "build", "planned") == ("2030", "text")


def test_open_dates_stay_open() -> None:
    assert dated("He hopes to compete at the next Olympics.", "compete", "planned") == ("", "text")


def test_no_date_at_all_is_said() -> None:
    assert dated("Rebels attacked the base.", "attacked", date="") == ("", "none")


def placed(text: str, word: str, *names: str) -> str:
    document, sentence = setting(text)
    mentions = [Mention("d", n, at(text, n), "place", 0) for n in names]
    place = event_place(document, sentence, at(text, word), places.link(document, (sentence,), mentions))
    return place.name if place else ""


@pytest.mark.parametrize(
    ("text", "word", "names", "want"),
    [
        ("Rebels attacked a base in Mosul, Iraq.", "attacked", ("Mosul", "Iraq"), "Mosul"),
        ("Moscow accused Kyiv of shelling.", "accused", ("Moscow", "Kyiv"), ""),
        ("The envoy, who was born in Aleppo, resigned.", "resigned", ("Aleppo",), ""),
        ("Police in Lima arrested a man.", "arrested", ("Lima",), "Lima"),
    ],
)
def test_places(text: str, word: str, names: tuple[str, ...], want: str) -> None:
    assert placed(text, word, *names) == want


def test_amounts_of_the_clause() -> None:
    text = "The raid killed 12 soldiers; elsewhere, officials said, a court fined a firm $5 million."
    document, sentence = setting(text)
    counted = amounts.find(document, (sentence,), ())
    assert [a.value for a in event_amounts(document, sentence, at(text, "killed"), counted)] == [12]
    assert [a.value for a in event_amounts(document, sentence, at(text, "fined"), counted)] == [5e6]
