from __future__ import annotations

import numpy as np
import pytest

from whowhom.mentions.names import PRONOUNS, _trim, _whole, tagged

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def tags(*rows: str) -> np.ndarray:
    out = np.full((len(rows), len(LABELS)), 0.02, np.float32)
    for i, label in enumerate(rows):
        out[i, LABELS.index(label)] = 0.92
    return out


@pytest.mark.parametrize(
    ("rows", "runs"),
    [
        (("O", "B-PER", "I-PER", "O"), [(1, 3, "PER")]),
        (("B-PER", "B-ORG", "I-ORG"), [(0, 1, "PER"), (1, 3, "ORG")]),
        (("B-PER", "B-PER"), [(0, 1, "PER"), (1, 2, "PER")]),
        (("O", "I-ORG", "I-ORG"), [(1, 3, "ORG")]),
        (("O", "O"), []),
        (("B-ORG", "I-PER", "I-ORG"), [(0, 3, "ORG")]),
    ],
)
def test_runs_of_tags(rows: tuple[str, ...], runs: list[tuple[int, int, str]]) -> None:
    assert [r[:3] for r in tagged(tags(*rows), LABELS, 0.5)] == runs


def test_a_higher_floor_drops_doubtful_words() -> None:
    doubtful = tags("B-PER", "O")
    doubtful[0] = [0.45, 0.5, 0.02, 0.02, 0.01]
    assert tagged(doubtful, LABELS, 0.5)
    assert not tagged(doubtful, LABELS, 0.6)


def test_mentions_of_a_sentence_do_not_overlap_and_quote_the_text(encoder) -> None:  # type: ignore[no-untyped-def]
    from whowhom.mentions import find
    from whowhom.model import Document
    from whowhom.sentences import split

    text = "The Kenyan president and his Ugandan counterpart met on Friday. He praised the African Union's envoy, Amina Odhiambo."
    document = Document("d", "s", "", "", "", "2020-01-01", "given", "en", text)
    sentences = split(document)
    readings = encoder.read([[text[w.begin : w.end] for w in s.words] for s in sentences])
    found = find(document, sentences, readings, encoder)
    assert all(text[m.span.begin : m.span.end] == m.text for m in found)
    for one, other in zip(found, found[1:], strict=False):
        assert one.span.end <= other.span.begin
    said = {m.text: m.kind for m in found}
    assert "The Kenyan president" in said and said.get("He") == "pronoun" and "he" in PRONOUNS
    assert any("Amina Odhiambo" in t for t in said)


def test_a_bracket_that_is_cut_in_two_ends_a_mention() -> None:
    words = "Senator Mia Okoro ( Lagos . ) met".split()
    assert _trim(words, 0, 7, 1.0)[:2] == (0, 3)
    assert _trim("the Party ( North ) Union".split(), 0, 6, 1.0)[:2] == (0, 6)


def test_a_name_takes_in_the_noun_for_its_kind() -> None:
    words = "the Indo-Pacific Community met the Baltic council and Kenya".split()
    found = [(1, 2, "place", 0.9), (5, 6, "place", 0.8), (8, 9, "place", 0.9)]
    assert _whole(words, found) == [(1, 3, "organisation", 0.9), (5, 6, "place", 0.8), (8, 9, "place", 0.9)]
    words = "the Baltic Forum of Latvia , Estonia and the Netherlands met in Riga".split()
    found = [(1, 2, "place", 0.9), (4, 5, "place", 0.9), (6, 7, "place", 0.9), (9, 10, "place", 0.9), (12, 13, "place", 0.9)]
    assert _whole(words, found[::-1]) == [(1, 10, "organisation", 0.9), (12, 13, "place", 0.9)]
