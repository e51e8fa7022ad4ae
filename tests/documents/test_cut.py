"""What is cut from pages, on invented pages with the answer beside each paragraph, and on real articles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.documents import cut, extract
from whowhom.documents.block import Block
from whowhom.documents.furniture import furniture
from whowhom.documents.shapes import is_stamp, shape
from whowhom.model import Document, Page

Pages = list[tuple[str, list[tuple[bool, str]]]]


def pages() -> Pages:
    out: Pages = []
    for line in (Path(__file__).parent / "paragraphs.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("===="):
            out.append((line[5:], []))
        elif line[:2] in ("+ ", "- "):
            out[-1][1].append((line[0] == "+", line[2:]))
    return out


def document(paragraphs: list[tuple[bool, str]]) -> Document:
    body = "\n\n".join(t for _, t in paragraphs)
    found = extract(Page("test", body.encode(), "text"))
    assert isinstance(found, Document), str(found)
    return found


@pytest.mark.parametrize(("name", "paragraphs"), pages(), ids=[n for n, _ in pages()])
def test_each_invented_page_is_cut_where_it_should_be(name: str, paragraphs: list[tuple[bool, str]]) -> None:
    kept = document(paragraphs).text.split("\n\n")
    assert [t for keep, t in paragraphs if not keep and t in kept] == [], "not cut"
    assert [t for keep, t in paragraphs if keep and t not in kept] == [], "cut by mistake"


def test_there_are_enough_paragraphs_of_both_kinds() -> None:
    every = [keep for _, paragraphs in pages() for keep, _ in paragraphs]
    assert every.count(True) >= 60
    assert every.count(False) >= 40


def test_every_cut_has_a_reason_and_a_place() -> None:
    for _, paragraphs in pages():
        found = document(paragraphs)
        assert [c.text for c in found.cut] == [t for keep, t in paragraphs if not keep]
        assert all(c.reason and 0 <= c.before <= len(found.text) for c in found.cut)


def test_what_was_cut_stood_before_the_text_at_its_offset() -> None:
    found = document(pages()[0][1])
    stray = next(c for c in found.cut if c.text.startswith("Grandmother"))
    assert found.text[stray.before :].startswith('"We have put this behind us,"')


STAMPS = [
    "5 November 2013, 17:20", "Thursday, 3 March 2022", "Updated 3 hours ago", "Published: Jan 5, 2024 at 6:12 PM EST",
    "18.08.2022 17:05", "Helsinki, 6 August 2014",
]  # fmt: skip
NO_STAMPS = ["In May 2014 troops left Helsinki.", "May 2014 was the wettest month", "On 3 March the army left", "Yesterday"]
BYLINES = ["By Jane Doe", "By Jane Doe and Omar al-Farsi, Staff Writers", "BY OUR CORRESPONDENT", "By Dana Kowalczyk | The Pilot"]
NO_BYLINES = [
    "By Monday the army had left the town and the bridge.",
    "By noon, Kofi Annan and Tony Blair had agreed on a draft of the text.",
]


@pytest.mark.parametrize("text", STAMPS)
def test_time_stamps_are_seen(text: str) -> None:
    assert is_stamp(text)


@pytest.mark.parametrize("text", NO_STAMPS)
def test_sentences_with_dates_are_no_stamps(text: str) -> None:
    assert not is_stamp(text)


@pytest.mark.parametrize("text", BYLINES)
def test_bylines_are_seen(text: str) -> None:
    block = Block(text)
    assert shape(block, 1) or furniture(text, len(block.words))


@pytest.mark.parametrize("text", NO_BYLINES)
def test_sentences_that_open_with_by_stay(text: str) -> None:
    block = Block(text)
    assert not shape(block, 1)
    assert furniture(text, len(block.words)) is None


def test_furniture_needs_whole_words() -> None:
    assert furniture("Advertisements for soap were the first that the paper printed in colour, says Dr Lund", 15) is None


def test_a_page_of_headlines_alone_is_not_emptied() -> None:
    found = extract(Page("test", b"Russia and Estonia close the bridge at Narva", "text"))
    assert isinstance(found, Document)
    assert found.text == "Russia and Estonia close the bridge at Narva"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_paragraphs_get_a_reason_or_none(texts: list[str]) -> None:
    blocks = [Block(t) for t in texts if t.strip()]
    assert len(cut.reasons(blocks)) == len(blocks)


def test_hardly_any_true_paragraph_of_real_articles_is_cut(shared: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        import measure
    finally:
        sys.path.pop(0)
    bodies = lost = 0
    for title, blocks in measure.polnear(shared / "data" / "polnear_dev.jsonl.gz"):
        for block, reason in zip(blocks, cut.reasons(blocks, title), strict=True):
            bodies += cut.is_body(block)
            lost += cut.is_body(block) and bool(reason)
    assert bodies > 1000
    # 0.33 % when measured, most of it lines of authors and of agencies that really are no article text.
    assert lost / bodies < 0.006
