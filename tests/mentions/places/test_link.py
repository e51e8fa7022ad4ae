"""Places linked by what stands beside them, on invented sentences."""

from __future__ import annotations

import math

import pytest

from whowhom.mentions import places
from whowhom.model import Document, Mention, Place, Sentence, Span


def link(text: str, *names: str) -> list[Place]:
    """Links these names, in their order in the text."""
    mentions, at = [], 0
    for name in names:
        begin = text.index(name, at)
        at = begin + len(name)
        mentions.append(Mention("d", name, Span(begin, at), "place", 0))
    return list(places.link(Document("d", "", "", "", "", "", "none", "en", text), (sentence(text),), mentions))


def sentence(text: str) -> Sentence:
    return Sentence("d", 0, 0, "body", Span(0, len(text)), text, ())


@pytest.mark.parametrize(
    ("text", "names", "want"),
    [
        ("Shots rang out in Tripoli, Lebanon.", ("Tripoli", "Lebanon"), ("LBN", "city")),
        ("Shots rang out in Tripoli as Libya voted.", ("Tripoli", "Libya"), ("LBY", "city")),
        ("A fire broke out in Birmingham, Ala., at noon.", ("Birmingham",), ("USA", "city")),
        ("A fire broke out in Birmingham.", ("Birmingham",), ("GBR", "city")),
        ("Voters in Georgia and Alabama queued.", ("Georgia", "Alabama"), ("USA", "region")),
        ("Envoys from Georgia and Armenia spoke.", ("Georgia", "Armenia"), ("GEO", "country")),
        ("A bomb went off in Paris, Texas.", ("Paris, Texas",), ("USA", "city")),
        ("Fighting reached Diyala Province.", ("Diyala Province",), ("IRQ", "region")),
        ("Fighting reached northern Iraq.", ("northern Iraq",), ("IRQ", "country")),
        ("Fighting reached the port city of Tartus.", ("the port city of Tartus",), ("SYR", "city")),
        ("He flew to Kyiv.", ("Kyiv",), ("UKR", "city")),
        ("He flew to Peking.", ("Peking",), ("CHN", "city")),
    ],
)
def test_namesakes_and_levels(text: str, names: tuple[str, ...], want: tuple[str, str]) -> None:
    assert (link(text, *names)[0].country, link(text, *names)[0].level) == want


def test_nothing_more_precise_than_the_text() -> None:
    country, area = link("From Mexico to the Middle East.", "Mexico", "the Middle East")
    assert math.isnan(country.latitude) and math.isnan(area.longitude)
    assert area.country == ""


@pytest.mark.parametrize("name", ["Q", "the city", "there", "Qzwxv", "x" * 3000, "...", ","])
def test_what_names_nothing_gives_no_place(name: str) -> None:
    assert link(f"He went to {name} then.", name) == []


def test_other_mentions_speak_for_their_country() -> None:
    text = "The Lebanese army entered Tripoli."
    army = Mention("d", "Lebanese", Span(4, 12), "nationality", 0, country="LBN")
    city = Mention("d", "Tripoli", Span(26, 33), "place", 0)
    document = Document("d", "", "", "", "", "", "none", "en", text)
    assert places.link(document, (sentence(text),), (city,))[0].country == "LBY"
    told = [Mention("d", "Lebanese", Span(4, 12), "nationality", n, country="LBN") for n in range(1, 6)]
    assert places.link(document, (sentence(text),), (army, city, *told))[0].country == "LBN"


@pytest.mark.parametrize(
    ("text", "name", "want"),
    [
        ("The two met in Moscow.", "Moscow", True),
        ("A Beijing suburb was sealed off.", "Beijing", True),
        ("He will attend the Beijing Winter Olympics.", "Beijing", True),
        ("BELGRADE (Agency) — Trams stopped.", "BELGRADE", True),
        ("Moscow said it would reply.", "Moscow", False),
        ("Talks between Moscow and Ankara stalled.", "Moscow", False),
        ("They resisted pressure from Beijing.", "Beijing", False),
        ("They accused Tehran of lying.", "Tehran", False),
    ],
)
def test_location_use(text: str, name: str, want: bool) -> None:
    at = text.index(name)
    assert places.is_location_use(sentence(text), Span(at, at + len(name))) is want
