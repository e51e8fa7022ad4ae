# ruff: noqa: E501 - a case stands on one line
"""Time expressions on invented sentences: what is found, what it is worth, what stays open."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.mentions import times
from whowhom.model import Document, Sentence, Span


def read(text: str, date: str = "2023-05-17") -> list[tuple[str, str, str, str]]:
    """Text, date, end and precision of every time expression; the default document date is a Wednesday."""
    document, sentences = as_document(text, date)
    return [(w.text, w.date, w.date_end, w.precision) for w in times.find(document, sentences)]


def as_document(text: str, date: str) -> tuple[Document, tuple[Sentence, ...]]:
    sentences, at = [], 0
    for index, line in enumerate(text.split("\n")):
        sentences.append(Sentence("d", index, index, "body", Span(at, at + len(line)), line, ()))
        at += len(line) + 1
    return Document("d", "", "", "", "", date, "given" if date else "none", "en", text), tuple(sentences)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The envoy arrived on Monday.", ("Monday", "2023-05-15", "", "day")),
        ("The envoy arrived on Wednesday.", ("Wednesday", "2023-05-17", "", "day")),
        ("The envoy will arrive on Monday.", ("Monday", "2023-05-22", "", "day")),
        ("The bill is to be signed by Friday.", ("Friday", "2023-05-19", "", "day")),
        ("The two met last Wednesday.", ("last Wednesday", "2023-05-10", "", "day")),
        ("It was sealed three days ago.", ("three days ago", "2023-05-14", "", "day")),
        ("It was sealed two years ago.", ("two years ago", "2021", "", "year")),
        ("Troops left last week.", ("last week", "2023-05-08", "2023-05-14", "week")),
        ("Troops left in February.", ("February", "2023-02", "", "month")),
        ("Troops left in November.", ("November", "2022-11", "", "month")),
        ("Troops will leave in November.", ("November", "2023-11", "", "month")),
        ("Exports fell in the first 3 months of this year.", ("the first 3 months of this year", "2023-01", "2023-03", "range")),
        ("Exports fell in the third quarter of 2019.", ("the third quarter of 2019", "2019-07", "2019-09", "range")),
        ("The pact has held since 2014.", ("2014", "2014", "2023-05-17", "range")),
        ("He ruled from 1996 to 2001.", ("from 1996 to 2001", "1996", "2001", "range")),
        ("It began on 3 March 2011.", ("3 March 2011", "2011-03-03", "", "day")),
        ("It began on March 3, 2011.", ("March 3, 2011", "2011-03-03", "", "day")),
        ("It began on 2011-03-03.", ("2011-03-03", "2011-03-03", "", "day")),
        ("They met on 11-13 December 2009.", ("11-13 December 2009", "2009-12-11", "2009-12-13", "range")),
        ("Riots shook the city in the 1970s.", ("the 1970s", "1970", "1979", "range")),
        ("The wall is of the 7th century BC.", ("the 7th century BC", "-0700", "-0601", "range")),
        ("The fort was razed in the summer of 2012.", ("the summer of 2012", "2012-06", "2012-08", "range")),
        ("Shells fell at 6:40 p.m. on Monday.", ("6:40 p.m. on Monday", "2023-05-15", "", "day")),
        ("Yesterday the port reopened.", ("Yesterday", "2023-05-16", "", "day")),
    ],
)
def test_values(text: str, want: tuple[str, str, str, str]) -> None:
    assert read(text) == [want]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the palace.",
        "A 20-year treaty was renewed.",
        "The Boeing 737 landed.",
        "Some 2,000 people came.",
        "He has ruled for five years.",
        "She is in her 80s.",
    ],
)
def test_no_dates(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It opened on 31 February 2021.", "no day 31"),
        ("It stood in the year 0.", "no year 0"),
        ("He wants to run at the next Olympics.", "does not say when"),
        ("Stars formed 13 billion years ago.", "outside the calendar"),
        ("The fast ends before Ramadan.", "differs by year and place"),
    ],
)
def test_left_open_and_said(text: str, why: str) -> None:
    document, sentences = as_document(text, "2023-05-17")
    (found,) = times.find(document, sentences)
    assert (found.date, found.precision) == ("", "open")
    assert why in found.how


def test_without_a_document_date_nothing_is_guessed() -> None:
    assert read("The envoy arrived on Monday and left on 3 March 2011.", date="") == [
        ("Monday", "", "", "open"),
        ("3 March 2011", "2011-03-03", "", "day"),
    ]


def test_of_that_year_and_that_month_are_those_of_the_date_before() -> None:
    found = read("The fort fell in July 1995.\nPlanes came in August and September of that year.\nPeace came that December.")
    assert [f[1] for f in found] == ["1995-07", "1995-08", "1995-09", "1995", "1995-12"]


def test_a_day_in_the_possessive_is_found_alone() -> None:
    assert read("They condemned Monday's raid.") == [("Monday", "2023-05-15", "", "day")]


def test_later_counts_from_the_date_before_it() -> None:
    found = read("The strike began on 3 March 2011.\nTwo days later the army moved in.")
    assert found[1][:2] == ("Two days later", "2011-03-05")


def test_ago_counts_from_the_day_that_the_lead_reports() -> None:
    assert read("Ministers met on Tuesday.\nThe first round was held 4 days ago.")[1][1] == "2023-05-12"
    assert read("Ministers met in Oslo.\nThe first round was held 4 days ago.")[0][1] == "2023-05-13"


def test_spans_quote_the_document() -> None:
    document, sentences = as_document("On Monday it rained.\nIt had rained on 3 March, too, and in 1999.", "2023-05-17")
    found = times.find(document, sentences)
    assert [document.text[w.span.begin : w.span.end] for w in found] == [w.text for w in found] == ["Monday", "3 March", "1999"]


def test_durations_are_expressions_but_no_dates() -> None:
    document, sentences = as_document("After a 12-hour flight and five years of talks.", "2023-05-17")
    assert [e.value.period for e in times.expressions(document, sentences)] == ["PT12H", "P5Y"]
    assert times.find(document, sentences) == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "on in the last next 31 0 99999 12:99 Monday May 2021 ago years later since 1,000 - , of 13 13/13/13 first quarter century BC".split()
        ),
        max_size=14,
    ),
    st.sampled_from(["", "2023-05-17", "0001-01-01", "9999-12-31"]),
)
def test_no_words_raise(words: list[str], date: str) -> None:
    document, sentences = as_document(" ".join(words), date)
    for when in times.find(document, sentences):
        assert document.text[when.span.begin : when.span.end] == when.text
        assert when.date or when.precision == "open"


@pytest.mark.parametrize("piece", ["1", "1,", "May ", "the first ", "last ", "12:30:", "2001-2002-", "a ", "January 1 "])
def test_long_defects_take_no_time(piece: str) -> None:
    began = time.process_time()
    read(piece * (4000 // len(piece)))
    assert time.process_time() - began < 1.5
