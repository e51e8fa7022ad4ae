"""History told beside the news keeps its years; what is of the report's own time does not go there."""

from __future__ import annotations

import pytest

from whowhom.events.background import set_back
from whowhom.mentions import times
from whowhom.model import Document, Event
from whowhom.sentences import split


def status(text: str, word: str, kind: str = "ASSAULT") -> tuple[str, str, str]:
    """Status and years of an event at a word, coded as asserted on the document's day before."""
    document = Document("d", "", "", "", "", "2015-11-21", "given", "en", text)
    sentences = split(document)
    at = text.index(word)
    where = next(s for s in sentences if s.span.begin <= at < s.span.end)
    event = Event(
        "e", "d", kind, "", (), "190", 4, -9.0, -10.0, (), (), "2015-11-21", "", "day", "document", "asserted", None, (), (), (), None,
        where.text, where.span, where.words[0], 0.9,
    )  # fmt: skip
    (out,) = set_back(document, sentences, times.find(document, sentences), (), [event])
    return out.status, out.date, out.date_end


def test_a_paragraph_of_years_ago_goes_on_in_them() -> None:
    assert status("Thousands died between 1992 and 1995. Gunners shelled the market of the city.", "shelled") == ("historical", "1992", "1995")
    assert status("The war began in 1982. It was short. A task force retook the harbour.", "retook") == ("historical", "1982", "")


@pytest.mark.parametrize(
    "text",
    [
        "The war began in 1982.\n\nGunners shelled the market of the city.",  # another paragraph
        "The war began in 1982. Now gunners shelled the market of the city.",
        "The war began in 1982. Gunners shelled the market on Friday.",  # has its own date
        "The war began in 1982. Peace came last week. Gunners shelled the market of the city.",
        "The war began in 2014. Gunners shelled the market of the city.",  # not long ago
        "The war began in 1982. Gunners have shelled the market of the city.",
    ],
)
def test_the_news_stays_the_news(text: str) -> None:
    assert status(text, "shelled")[0] == "asserted"


def test_words_are_not_set_back() -> None:
    assert status("The war began in 1982. Oslo accused Rome of theft.", "accused", "ACCUSE")[0] == "asserted"
