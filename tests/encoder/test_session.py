from __future__ import annotations

import numpy as np
import pytest

from whowhom.encoder import Question, open_encoder
from whowhom.errors import ModelError

WORDS = ["Police", "arrested", "nine", "farmers", "near", "the", "dam", "on", "Friday", "."]
LONG = ("The minister said that " + "and then again " * 200).split()


def test_probabilities_sum_to_one_and_have_a_row_per_word(encoder) -> None:  # type: ignore[no-untyped-def]
    reading = encoder.read([WORDS])[0]
    for head in ("trigger", "actor", "name", "status", "kind"):
        assert reading.heads[head].shape == (len(WORDS), len(encoder.labels[head]))
        assert np.allclose(reading.heads[head].sum(-1), 1, atol=1e-4)
    assert reading.heads["context"].min() >= 0 and reading.heads["context"].max() <= 1


def test_a_sentence_reads_the_same_in_any_company(encoder) -> None:  # type: ignore[no-untyped-def]
    alone = encoder.read([WORDS])[0]
    among = encoder.read([LONG[:60], WORDS, ["Yes", "."]])[1]
    # int8 activations are scaled per batch, so company moves probabilities a little, and no decision.
    assert np.abs(alone.heads["trigger"] - among.heads["trigger"]).max() < 0.1
    assert (alone.heads["trigger"].argmax(-1) == among.heads["trigger"].argmax(-1)).all()


def test_a_sentence_beyond_the_encoder_is_cut_and_says_so(encoder) -> None:  # type: ignore[no-untyped-def]
    reading = encoder.read([LONG])[0]
    assert 0 < len(reading.heads["actor"]) < len(LONG)


@pytest.mark.parametrize("words", [WORDS, LONG, ["\u200b", "naïve", "\u200b", "[SEP]", "日本", "al-Assad", "\u200b"], ["un" * 40] * 30])
def test_words_cut_one_by_one_make_the_pieces_of_the_sentence(encoder, words) -> None:  # type: ignore[no-untyped-def]
    whole = encoder._tokenizer.encode(words, is_pretokenized=True)
    ids, owners, firsts = encoder._pieces(words)
    kept = len(ids) - 1
    assert len(ids) == min(len(whole.ids), encoder.longest) and ids == [*whole.ids[:kept], whole.ids[-1]]
    assert owners == [*whole.word_ids[:kept], None]
    assert [owners[at] for n, at in enumerate(firsts) if n in owners] == [n for n in range(len(firsts)) if n in owners]


def test_empty_and_strange_sentences_do_not_stop_the_batch(encoder) -> None:  # type: ignore[no-untyped-def]
    readings = encoder.read([[], ["\u200b"], WORDS, ["\U0001f600" * 50]])
    assert not readings[0].heads
    assert len(readings[2].heads["actor"]) == len(WORDS)


def test_marks_change_the_answer(encoder) -> None:  # type: ignore[no-untyped-def]
    there = Question(WORDS, source=(0,), target=(2, 3), trigger=(1,))
    back = Question(WORDS, source=(2, 3), target=(0,), trigger=(1,))
    first, second = encoder.judge([there, back])
    holds = encoder.labels["judge.direction"].index("holds")
    assert first.heads["judge.direction"][holds] > second.heads["judge.direction"][holds]


def test_a_model_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ModelError, match="no model 'nonesuch'.*fast"):
        open_encoder("nonesuch")
