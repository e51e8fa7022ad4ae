"""Persons, places and agencies whose names translation broke, and those who only look like them; all texts are invented."""

from __future__ import annotations

import pytest

import whowhom.actors as actors
from whowhom.actors.home import publisher_home
from whowhom.actors.phrase import read
from whowhom.knowledge.lexicon import lexicon
from whowhom.model import Document, Mention, Sentence, Span


def resolve(text: str, date: str, *marked: tuple[str, str], publisher: str = "") -> dict[str, Mention]:
    document = Document("d", "", "", "", publisher, date, "given", "en", text)
    at, mentions = 0, []
    for words, kind in marked:
        begin = text.index(words, at)
        at = begin + 1
        mentions.append(Mention("d", words, Span(begin, begin + len(words)), kind, text[:begin].count(". ")))
    sentence = Sentence("d", 0, 0, "body", Span(0, len(text)), text, ())
    return {m.text: m for m in actors.resolve(document, (sentence,), mentions)}


def test_a_leader_of_a_state_that_the_text_does_not_name() -> None:
    text = "Chancellor Angela Merkhel telephoned to Kyiv. Lady Merkhel asked Ukraine for patience."
    found = resolve(text, "2015-02-11", ("Chancellor Angela Merkhel", "person"), ("Kyiv", "place"), ("Lady Merkhel", "person"), ("Ukraine", "place"))
    assert found["Chancellor Angela Merkhel"].name == found["Lady Merkhel"].name == "Angela Merkel"
    assert "repaired" in found["Lady Merkhel"].how


def test_half_a_name_and_no_office_is_nobody_abroad() -> None:
    text = "The painter Angela Merkhel showed her work in Kyiv. Ukraine has many painters."
    found = resolve(text, "2015-02-11", ("The painter Angela Merkhel", "person"), ("Kyiv", "place"), ("Ukraine", "place"))
    assert found["The painter Angela Merkhel"].country != "DEU"
    text = "Chancellor Angelo Mercado of the university spoke in Lima. Peru has many students."
    found = resolve(text, "2015-02-11", ("Chancellor Angelo Mercado", "person"), ("Lima", "place"), ("Peru", "place"))
    assert found["Chancellor Angelo Mercado"].country != "DEU"


def test_an_office_that_one_state_has_and_broken_company() -> None:
    text = "Japanese Prime Minister Shinzo Abbe met Secretary of State Ricks Tilerson in Tokyo. Japan thanked America."
    marked = (
        ("Japanese Prime Minister Shinzo Abbe", "person"),
        ("Secretary of State Ricks Tilerson", "person"),
        ("Tokyo", "place"),
        ("Japan", "place"),
        ("America", "place"),
    )
    found = resolve(text, "2017-06-06", *marked)
    assert found["Japanese Prime Minister Shinzo Abbe"].name == "Shinzo Abe"
    assert found["Secretary of State Ricks Tilerson"].name == "Rex Tillerson"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Governor Greg Target", "Greg Target"),
        ("French President Fransua Holland", "Fransua Holland"),
        ("Foreign Works Minister Tomas Verdo", "Tomas Verdo"),
        ("The President of Republic Marko Selo", "Marko Selo"),
    ],
)
def test_where_the_name_is(words: str, name: str) -> None:
    found = resolve(f"{words} spoke.", "", (words, "person"))[words]
    assert found.name == name and found.sector == "GOV"


def test_the_republic_of_somewhere_stays_a_state() -> None:
    assert read("the President of the Republic of Korea", lexicon()).country == "KOR"


def test_a_firm_that_is_somebody_s_name_here() -> None:
    text = "Rosa Moody runs the mill in Leeds. Moody has three sons."
    found = resolve(text, "2019-01-01", ("Rosa Moody", "person"), ("Leeds", "place"), ("Moody", "organisation"))
    assert found["Moody"].name == "Rosa Moody" and found["Moody"].country != "MNC"


def test_misspelled_capitals_and_agencies() -> None:
    text = "Kenya and Uganda argue. Nairoby asserts that Uganda shot first, informs Roiters. Kenya mourns."
    marked = (
        ("Kenya", "place"),
        ("Uganda", "place"),
        ("Nairoby", "person"),
        ("Uganda", "place"),
        ("Roiters", "person"),
        ("Kenya", "place"),
    )
    found = resolve(text, "2019-01-01", *marked)
    assert (found["Nairoby"].country, found["Nairoby"].sector) == ("KEN", "GOV") and "repaired" in found["Nairoby"].how
    assert (found["Roiters"].name, found["Roiters"].sector) == ("Reuters", "JRN")


def test_a_person_of_the_document_is_no_misspelled_capital() -> None:
    text = "Kenya won. Joe Nairoby scored for Kenya. Nairoby is 19. Then Roiters left."
    found = resolve(
        text, "2019-01-01", ("Kenya", "place"), ("Joe Nairoby", "person"), ("Kenya", "place"), ("Nairoby", "person"), ("Roiters", "person")
    )
    assert found["Nairoby"].name == "Joe Nairoby" and found["Nairoby"].sector == "" and found["Roiters"].name == "Roiters"


def test_a_short_form_in_brackets_is_the_body_before_it() -> None:
    text = "The United Nations Mission for the Three Lakes (UNMTL) closed. UNMTL had few friends."
    marked = (("The United Nations Mission", "organisation"), ("UNMTL", "place"), ("UNMTL", "organisation"))
    found = resolve(text, "2019-01-01", *marked)
    assert found["UNMTL"].country == "UNO" and found["UNMTL"].entity == found["The United Nations Mission"].entity


def test_the_office_alone_where_the_document_is_about_one_state() -> None:
    text = "Ghana closed two mines. The president blamed rain. Ghana will pay. Ghana hopes."
    found = resolve(text, "2018-01-01", ("Ghana", "place"), ("The president", "person"), ("Ghana", "place"), ("Ghana", "place"))
    assert found["The president"].name == "Nana Akufo-Addo" and found["The president"].confidence < 0.95


def test_a_leader_of_decades_ago_and_a_namesake() -> None:
    text = "The United States remembers. Ronald Reagan spoke here. America listened."
    marked = (("The United States", "place"), ("Ronald Reagan", "person"), ("America", "place"))
    assert resolve(text, "2018-01-01", *marked)["Ronald Reagan"].sector == "ELI"
    text = "The United States remembers. Ronald Reagan, a farmer, spoke here. America listened."
    assert resolve(text, "2018-01-01", *marked)["Ronald Reagan"].office == ""


@pytest.mark.parametrize(
    ("publisher", "url", "home"),
    [
        ("The Guardian", "", "GBR"),
        ("nytimes.com", "", "USA"),
        ("", "https://www.example.com.au/a", "AUS"),
        ("", "https://example.io/a", ""),
        ("The Village Pump", "", ""),
    ],
)
def test_the_home_of_a_publisher(publisher: str, url: str, home: str) -> None:
    assert publisher_home(publisher, url) == home


@pytest.mark.parametrize(
    "words",
    ["Mayor Vladimir Puttin", "Judge Vladimir Puttin", "Councillor Vladimir Puttin", "The president of the rowing club, Vladimir Puttin"],
)
def test_another_s_title_makes_nobody_president(words: str) -> None:
    text = f"Russia and Kenya argue. {words} spoke of Russia. Uhuru Kenyatta flew to Kenya."
    marked = (
        ("Russia", "place"),
        ("Kenya", "place"),
        (words, "person"),
        ("Russia", "place"),
        ("Uhuru Kenyatta", "person"),
        ("Kenya", "place"),
    )
    assert resolve(text, "2015-02-11", *marked)[words].office == ""
    said = text.replace(words, "President Vladimir Puttin")
    again = tuple(("President Vladimir Puttin", k) if w == words else (w, k) for w, k in marked)
    assert resolve(said, "2015-02-11", *again)["President Vladimir Puttin"].name == "Vladimir Putin"
