"""How far source, cue and content reach, with the packaged encoder; sentences written for these tests."""

from __future__ import annotations

import pytest

from whowhom import sentences
from whowhom.encoder import Encoder
from whowhom.events import extent, views
from whowhom.model import Document


def found(text: str, encoder: Encoder, chance: float = 0.46) -> list[tuple[str, str, str]]:
    """Source, cue and content of every kept cue of a one-sentence text."""
    (sentence,) = sentences.split(Document("d", "", "", "", "", "", "none", "en", text))
    (reading,) = encoder.read([[text[w.begin : w.end] for w in sentence.words]])
    words = [text[w.begin : w.end] for w in sentence.words]
    return [
        (" ".join(words[i] for i in one.source), " ".join(words[one.begin : one.end]), " ".join(words[i] for i in one.content))
        for one, p in extent.find(sentence, reading, encoder)
        if p >= chance
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "begins", "ends"),
    [
        ("The mayor said that the bridge had been closed and that nobody was hurt.", "The mayor", "said", "that the bridge", "was hurt"),
        ("The army has shelled the port, according to residents.", "residents", "according to", "The army", "the port"),
        ("The harvest, the minister said, would feed half of the country.", "the minister", "said", "The harvest", "the country"),
    ],
)
def test_parts_reach_as_far_as_a_reader_sees(text: str, source: str, cue: str, begins: str, ends: str, encoder: Encoder) -> None:
    (one,) = found(text, encoder)
    assert one[:2] == (source, cue)
    assert one[2].startswith(begins)
    assert one[2].rstrip(" .,").endswith(ends)
    assert cue not in one[2]


def test_no_two_cues_share_a_word_and_plain_sentences_have_none(encoder: Encoder) -> None:
    assert found("The river rose by two metres overnight.", encoder) == []
    text = "Aya Sow said the union had told members that the port would close."
    kept = found(text, encoder, 0.0)
    assert sum(len(cue.split()) for _, cue, _ in kept) <= len(text.split())


def test_logits_are_cut() -> None:
    import numpy as np

    assert views.logits(np.array([0.0, 0.5, 1.0], np.float32)).tolist() == [-views.CUT, 0.0, views.CUT]
