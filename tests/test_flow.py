"""The whole way, with the packaged model, on pages invented here."""

from __future__ import annotations

from pathlib import Path

import pytest

import whowhom
from whowhom.model import Coded, SetAside
from whowhom.schema import row

TEXT = """Kenya and Tanzania reopen border post

NAIROBI, March 3 - Kenyan President William Ruto met his Tanzanian counterpart Samia Suluhu Hassan in Nairobi on Friday.

Police in Arusha arrested 14 traders after protesters blocked a road. The opposition accused the government of brutality.

The rebels did not attack the village, and Kenya denied that its soldiers had crossed the border.
"""


@pytest.fixture(scope="module")
def coded() -> Coded:
    one = whowhom.code_text(TEXT, date="2023-03-04")
    assert isinstance(one, Coded)
    return one


def test_the_plain_events_of_a_page_are_found(coded: Coded) -> None:
    kinds = {e.event for e in coded.events}
    assert {"CONSULT", "COERCE", "PROTEST", "ACCUSE"} <= kinds
    meeting = next(e for e in coded.events if e.event == "CONSULT")
    assert {a.country for a in (*meeting.actor, *meeting.recipient)} >= {"KEN", "TZA"}
    arrest = next(e for e in coded.events if e.event == "COERCE")
    assert arrest.mode == "arrest" and arrest.actor and "traders" in arrest.recipient[0].text


def test_what_did_not_happen_is_not_asserted(coded: Coded) -> None:
    assert not [e for e in coded.events if e.event == "ASSAULT" and e.status == "asserted"]


def test_everything_points_back_to_its_words(coded: Coded) -> None:
    text = coded.document.text
    for event in coded.events:
        assert text[event.span.begin : event.span.end] == event.text
        assert event.span.begin <= event.trigger.begin < event.trigger.end <= event.span.end
        for party in (*event.actor, *event.recipient, *event.denied_by, *event.said_by, *event.amounts):
            assert text[party.span.begin : party.span.end] == party.text
        assert 0 <= event.confidence <= 1 and event.grounds and event.id
    for mention in coded.mentions:
        assert text[mention.span.begin : mention.span.end] == mention.text


def test_the_same_page_gives_the_same_rows_alone_and_among_others(coded: Coded) -> None:
    from whowhom.flow import code_pages
    from whowhom.model import Page

    others = [
        Page(f"p{n}", f"Rain fell on town number {n} for the whole of the day and the night.".encode(), "text", date="2023-03-04") for n in range(20)
    ]
    page = Page("text", TEXT.encode(), "text", date="2023-03-04")
    again = [c for c in code_pages([*others[:9], page, *others[9:]]) if c.document.text.startswith("Kenya and")] if others else []
    assert [row(e) for e in again[0].events] == [row(e) for e in coded.events]
    assert [row(m) for m in again[0].mentions] == [row(m) for m in coded.mentions]


def test_a_higher_threshold_keeps_fewer_events_and_says_what_it_left(coded: Coded) -> None:
    strict = whowhom.code_text(TEXT, date="2023-03-04", threshold=0.97)
    assert isinstance(strict, Coded)
    assert {e.id for e in strict.events} < {e.id for e in coded.events}
    assert any("below 0.97" in n.reason for n in strict.notes)


def test_an_empty_page_is_set_aside_with_a_reason() -> None:
    one = whowhom.code_text("  \n ")
    assert isinstance(one, SetAside) and one.reason


def test_an_unknown_setting_names_the_known_ones() -> None:
    with pytest.raises(whowhom.InputError, match="threshold"):
        whowhom.code_text(TEXT, treshold=0.5)


def test_a_path_is_an_input_like_its_text(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Kenya accused Sudan of arming rebels on Monday.", encoding="utf8")
    by_path, by_text = list(whowhom.code(page, date="2024-05-07")), list(whowhom.code(str(page), date="2024-05-07"))
    assert by_path == by_text and len(by_path) == 1
    assert whowhom.open_store(tmp_path / "store").rows("events").num_rows == 0
