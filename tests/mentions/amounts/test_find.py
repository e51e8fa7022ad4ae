# ruff: noqa: E501 - a case stands on one line
"""Amounts on invented sentences: value, unit, kind, bound, period; and numbers that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.mentions import amounts, times
from whowhom.model import Amount, Document, Sentence, Span


def read(text: str, date: str = "2023-05-17", url: str = "") -> tuple[Amount, ...]:
    document = Document("d", "", url, "", "", date, "given", "en", text)
    sentences = (Sentence("d", 0, 0, "body", Span(0, len(text)), text, ()),)
    return amounts.find(document, sentences, times.find(document, sentences))


def short(text: str, url: str = "") -> list[tuple[float, str, str, str]]:
    return [(a.value, a.unit, a.kind, a.bound) for a in read(text, url=url)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The loan is worth $1.2bn.", (1.2e9, "USD", "money", "")),
        ("The loan is worth more than €300 million.", (3e8, "EUR", "money", "more than")),
        ("It cost AU$40 million.", (4e7, "AUD", "money", "")),
        ("It cost 26 cents.", (0.26, "USD", "money", "")),
        ("It cost 9.9 billion yuan.", (9.9e9, "CNY", "money", "")),
        ("It cost 500 Mexican pesos.", (500, "MXN", "money", "")),
        ("It cost 1.000,50 euros.", (1000.5, "EUR", "money", "")),
        ("It cost billions of dollars.", (2e9, "USD", "money", "at least")),
        ("Turnout was 63.1 percent.", (63.1, "percent", "percent", "")),
        ("Two-thirds of the seats went to women.", (66.6667, "percent", "percent", "")),
        ("At least 20 miners were killed.", (20, "miner", "killed", "at least")),
        ("The blast killed 12 soldiers.", (12, "soldier", "killed", "")),
        ("The toll rose to 1,100.", (1100, "person", "killed", "")),
        ("Shelling wounded dozens.", (24, "person", "wounded", "at least")),
        ("Police arrested 45 students.", (45, "student", "arrested", "")),
        ("Tens of thousands of protesters filled the square.", (20000, "protester", "protesting", "at least")),
        ("Some 400,000 people fled.", (400000, "person", "displaced", "about")),
        ("Half a million people fled.", (500000, "person", "displaced", "")),
        ("They handed over two dozen rifles.", (24, "rifle", "weapon", "")),
        ("A shipment of 150 million doses arrived.", (1.5e8, "dose", "count", "")),
        ("They renewed a 20-year treaty.", (20, "year", "duration", "")),
        ("Up to 60 armoured lorries crossed.", (60, "lorry", "count", "at most")),
        ("The dam is 500km away.", (500, "kilometre", "measure", "")),
        ("A 27-nation bloc agreed.", (27, "nation", "count", "")),
        ("There were ١٢٣ people.", (123, "person", "count", "")),
        ("It owes 10^20 dollars.", (1e20, "USD", "money", "")),
        ("Five warships makes a fleet.", (5, "warship", "weapon", "")),
    ],
)
def test_values(text: str, want: tuple[float, str, str, str]) -> None:
    assert short(text) == [want]


def test_ranges_keep_both_ends() -> None:
    for text in ("Between 5 and 7 men escaped.", "Some 5 to 7 men escaped.", "Around 5-7 men escaped."):
        (found,) = read(text)
        assert (found.value, found.value_max, found.unit) == (5, 7, "man")
    (money,) = read("It will cost $12 million to $20 million.")
    assert (money.value, money.value_max) == (12e6, 20e6)


def test_each_number_takes_the_deed_on_its_side() -> None:
    assert [(a.value, a.kind) for a in read("The raid killed 12 soldiers and wounded 30 villagers.")] == [(12, "killed"), (30, "wounded")]
    assert [(a.value, a.kind) for a in read("17 people were killed and 28 injured.")] == [(17, "killed"), (28, "wounded")]


@pytest.mark.parametrize(
    "text",
    ["The Boeing 737 landed.", "COVID-19 spread.", "The G20 met.", "They won 3-1.", "Under Article 5 they act.", "He came 5th.", "In 2009 it rained.",
     "Mr Doe, 34, agreed.", "A 34-year-old man agreed.", "Call +1 202-555-0143.", "On 3 May it rained.", "One of them left.", "The two countries agreed.", "After 9/11 it changed."],
)  # fmt: skip
def test_no_amounts(text: str) -> None:
    assert short(text) == []


def test_dollars_are_those_of_the_site_and_nothing_is_converted() -> None:
    assert short("It cost $5 million.", url="https://news.example.com.au/a")[0][1] == "AUD"
    assert short("It cost $5 million.", url="https://news.example.com/au")[0][1] == "USD"
    assert short("It cost 500 pesos.")[0][1] == "peso"


def test_the_period_is_that_of_the_clause() -> None:
    grown, aim = read("Sales grew 12 percent in 2021, with both sides aiming at $40 million.")
    assert (grown.period_begin, grown.period_end) == ("2021", "2021")
    assert (aim.period_begin, aim.period_end) == ("", "")
    assert grown.of == "Sales"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "$ 1 1,000 % killed two half a million - to and between 10^999 1/0 ١٢٣ … dozens of people € Rs 1.2.3 7th -year thousand".split()
        ),
        max_size=14,
    )
)
def test_no_words_raise(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        for one in read(text):
            assert text[one.span.begin : one.span.end] == one.text
            assert one.value_max >= one.value >= 0


@pytest.mark.parametrize("piece", ["1", "1,", "$1 ", "twenty ", "twelve killed and ", "one hundred and ", "1 000 ", "12:30:", "leaving 1 "])
def test_long_defects_take_no_time(piece: str) -> None:
    began = time.process_time()
    read(piece * (4000 // len(piece)))
    assert time.process_time() - began < 1.5
