"""Sentences, words and quotations, on invented text and against treebanks."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.model import Document
from whowhom.sentences import MAX_WORDS, split, words
from whowhom.sentences.boundaries import boundaries


def document(text: str, title: str = "") -> Document:
    return Document("d", "test", "", title, "", "", "none", "en", text)


def texts(text: str) -> list[str]:
    return [s.text for s in split(document(text))]


def quoted(text: str) -> list[str]:
    seen: dict[tuple[int, int], str] = {}
    for sentence in split(document(text)):
        seen |= {tuple(q): text[q.begin : q.end] for q in sentence.quotes}
    return list(seen.values())


@pytest.mark.parametrize(
    "sentences",
    [
        ["Gen. Ruiz met Dr. A. B. Lund in St. Ives.", "He left at 5 p.m. on Friday."],
        ["The U.S. Senate voted.", "The bill failed."],
        ["He lives in the U.S.", "The court knew that."],
        ["“We will not sign.", "They know it.”", "Then she left."],
        ['"Is it war?" Minister Olsen asked.', "Nobody answered."],
        ["It costs $3.5 million.", "No. 7 is cheaper."],
        ["They waited... and waited.", "Nothing came."],
        ["He said it (on Monday.)", "She did not."],
        ["What now?", "Nobody knows!", "The army waits."],
        ["Prices rose 4.5 per cent.", "On Jan. 5 they fell."],
        ["Marlow Inc. of Ohio bought it.", "In May it went bankrupt."],
    ],
)
def test_sentences_end_where_they_should(sentences: list[str]) -> None:
    assert texts(" ".join(sentences)) == sentences


def test_a_lost_space_after_the_stop_ends_a_sentence() -> None:
    assert texts("The army left on Tuesday.The minister stayed at home.") == ["The army left on Tuesday.", "The minister stayed at home."]


def test_addresses_do_not_end_a_sentence() -> None:
    assert len(texts("The ministry wrote on Example.org that the files are at https://example.org/a.b?c=D.E for all.")) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The U.S. didn't say it's al-Assad's.", ["The", "U.S.", "did", "n't", "say", "it", "'s", "al-Assad", "'s", "."]),
        ("It paid $1,000.50 (3.5%) at 12:30.", ["It", "paid", "$", "1,000.50", "(", "3.5", "%", ")", "at", "12:30", "."]),
        ("O’Brien’s 20-year-old son can’t.", ["O’Brien", "’s", "20-year-old", "son", "ca", "n’t", "."]),
        ("AT&T, Côte d’Ivoire—and NATO-led F-16s…", ["AT&T", ",", "Côte", "d’Ivoire", "—", "and", "NATO-led", "F-16s", "…"]),
        ("Mr. J. Lund lost 4-6.", ["Mr.", "J.", "Lund", "lost", "4-6", "."]),
        ("Write to a.b@example.org.", ["Write", "to", "a.b@example.org", "."]),
    ],
)
def test_words(text: str, wanted: list[str]) -> None:
    assert [text[w.begin : w.end] for w in words(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“We will fight,” he said. “They know it. All of them.”", ["We will fight,", "They know it. All of them."]),
        ('"No," said Lund. "Never."', ["No,", "Never."]),
        ("''No,'' said Lund.", ["No,"]),
        ("‘No,’ said Lund of the boys’ school.", ["No,"]),
        ("They called it a 'special operation' in '98.", ["special operation"]),
        ("The boys' school and the girls' school didn't open.", []),
        ("“She said ‘no’ to me,” he said.", ["She said ‘no’ to me,"]),
        ("“This goes on.\n\n“And ends,” he said.", ["This goes on.", "And ends,"]),
        ("He said: “It was forgotten to close this. Then he left.\n\nThe end.", ["It was forgotten to close this."]),
        ("The ship is 5' 10\" long.", []),
    ],
)
def test_quotations(text: str, wanted: list[str]) -> None:
    assert quoted(text) == wanted


def test_a_quotation_of_two_sentences_is_on_both() -> None:
    first, second = split(document("“We came. We saw.”"))
    assert first.quotes == second.quotes == ((1, 17),)


def test_the_headline_is_told_apart() -> None:
    found = split(document("Talks fail in Riga\n\nTalks failed on Monday. Nobody signed.", "Talks fail in Riga"))
    assert [(s.part, s.paragraph, s.index) for s in found] == [("headline", 0, 0), ("body", 1, 1), ("body", 1, 2)]


def test_a_very_long_sentence_is_split_at_punctuation() -> None:
    text = "and ".join(["the towns of Alpha, Beta; "] * 200) + "fell."
    found = split(document(text))
    assert len(found) > 1
    assert all(len(s.words) <= MAX_WORDS for s in found)
    assert all(s.text.endswith((";", ",", ".")) for s in found)


def test_rules_and_marks_alone_are_no_sentence() -> None:
    assert texts("***\n\nIt rained.\n\n- - -") == ["It rained."]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ab AB.?!\"'“”‘’\n\n-,;…")), max_size=300))
def test_spans_hold_for_any_text(text: str) -> None:
    found = split(document(text, text.split("\n")[0]))
    last = 0
    for at, sentence in enumerate(found):
        assert sentence.index == at
        assert text[sentence.span.begin : sentence.span.end] == sentence.text
        assert sentence.span.begin >= last
        last = sentence.span.end
        assert sentence.words
        place = sentence.span.begin
        for word in sentence.words:
            assert place <= word.begin < word.end <= sentence.span.end
            place = word.end
        assert all(0 <= q.begin < q.end <= len(text) for q in sentence.quotes)
        assert all(q.begin < sentence.span.end and q.end > sentence.span.begin for q in sentence.quotes)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_every_character_but_white_space_is_in_a_word(text: str) -> None:
    covered = {i for w in words(text) for i in range(w.begin, w.end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())


HOSTILE = ["a " * 15_000, "“a " * 15_000, "'a " * 15_000, "A." * 15_000, "!" * 30_000, "a@" * 15_000, "e" + "\u0301" * 15_000]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_time_is_linear_on_hostile_text(text: str) -> None:
    began = time.process_time()
    split(document(text))
    assert time.process_time() - began < 8


def _paragraphs(path: Path) -> list[tuple[str, set[int]]]:
    """Paragraphs of a treebank with the ends of their sentences, the last aside."""
    out: list[tuple[str, set[int]]] = []
    text, ends, spaced = "", [0], True

    def flush() -> None:
        if text:
            out.append((text.rstrip(), set(ends[1:-1])))

    with gzip.open(path, "rt", encoding="utf8") as stream:
        for line in stream:
            if line.startswith(("# newdoc", "# newpar")) and not line.startswith("# newpar_block"):
                flush()
                text, ends = "", [0]
            elif line.startswith("# text = "):
                text += (" " if text and spaced else "") + line[9:].rstrip("\n")
                ends.append(len(text))
            elif line[:1].isdigit():
                spaced = "SpaceAfter=No" not in line.split("\t")[9]
    flush()
    return out


@pytest.mark.parametrize(("name", "floor"), [("gum_open_dev", 0.965), ("ud_ewt_dev", 0.88)])
def test_boundaries_against_treebanks(shared: Path, name: str, floor: float) -> None:
    right = found = wanted = 0
    for text, ends in _paragraphs(shared / "data" / f"{name}.conllu.gz"):
        got = {e for _, e in boundaries(text)[:-1]}
        right += len(got & ends)
        found += len(got)
        wanted += len(ends)
    assert right > 300
    assert 2 * right / (found + wanted) >= floor
