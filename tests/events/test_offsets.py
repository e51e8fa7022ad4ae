"""Dates in the possessive, and dates told by other events."""

from __future__ import annotations

import pytest

from whowhom.events.when import event_date
from whowhom.mentions import times
from whowhom.model import Document, Sentence, Span

DAY = "2018-04-11"  # a Wednesday


def dated(text: str, word: str, status: str = "asserted") -> str:
    """The date of the event at a word of a sentence; '' where it is the document's."""
    document = Document("d", "", "", "", "", DAY, "given", "en", text)
    sentence = Sentence("d", 0, 0, "body", Span(0, len(text)), text, ())
    begin = text.index(word)
    when, source = event_date(document, sentence, Span(begin, begin + len(word)), status, times.find(document, (sentence,)))
    return when.date if when and source == "text" else ""


@pytest.mark.parametrize(
    ("text", "word", "date"),
    [
        ("The minister condemned Monday's attack on the convoy.", "attack", "2018-04-09"),
        ("The minister condemned Monday's attack on the convoy.", "condemned", ""),
        ("The bishop praised yesterday’s cease-fire talks.", "talks", "2018-04-10"),
        ("Two men were arrested in Monday's raid.", "arrested", "2018-04-09"),
        ("Norway recalled its envoy two days after gunmen shot a nurse.", "shot", "2018-04-09"),
        ("On Tuesday Norway recalled its envoy, a day after gunmen shot a nurse.", "shot", "2018-04-09"),
        ("On Tuesday Norway recalled its envoy, a day after gunmen shot a nurse.", "recalled", "2018-04-10"),
        ("Norway recalled its envoy two months after the bombing of a clinic.", "bombing", "2018-02"),
        ("Two days after gunmen shot a nurse on Sunday, Norway recalled its envoy.", "shot", "2018-04-08"),
        ("Two days after gunmen shot a nurse, Norway recalled its envoy on Tuesday.", "shot", "2018-04-08"),
        ("The general was wounded on Monday when rebels shelled the fort.", "shelled", "2018-04-09"),
        ("Norway recalled its envoy several days after gunmen shot a nurse.", "shot", ""),
    ],
)
def test_an_event_has_the_day_its_sentence_gives_it(text: str, word: str, date: str) -> None:
    assert dated(text, word) == date


def test_what_is_planned_is_not_counted_back() -> None:
    assert dated("Norway will recall its envoy a day after gunmen have left the port.", "left", "planned") == ""
