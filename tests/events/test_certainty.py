"""Certainty from signs: the table is whole, and plain cases come out plainly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whowhom.encoder import open_encoder
from whowhom.evaluate import attribution, certainty, factuality
from whowhom.events.certainty import TAUGHT, features, weights
from whowhom.events.factuality import PART, STEPS, TABLE, factuality_of
from whowhom.events.tagging import rows
from whowhom.model import Span


def test_the_table_has_every_class() -> None:
    assert {p: set(t) for p, t in weights("fast").items()} == {
        "certainty": {"CERTAIN", "PROBABLE", "POSSIBLE", "UNDERSPECIFIED"},
        "polarity": {"POS", "NEG", "UNDERSPECIFIED"},
    }
    assert max(weights("fast")["polarity"], key=lambda c: weights("fast")["polarity"][c].get("sign not own", 0.0)) == "NEG"


@pytest.mark.parametrize("tier", ["fast", "accurate"])
def test_no_weight_hangs_on_heads_that_saw_the_documents(tier: str) -> None:
    names = {f for part in weights(tier).values() for table in part.values() for f in table}
    assert "under would close" in names
    assert not [f for f in names if f.startswith(TAUGHT)]


def test_what_is_seen_of_a_governed_word() -> None:
    encoder = open_encoder()
    words = "The minister expects the firm to sell the yard .".split()
    sentence = factuality.as_sentence(words)
    seen = features(sentence, encoder.read([words])[0], words.index("sell"), encoder)
    assert seen["under to"] == 1.0
    assert sum(seen[f"status {s}"] for s in encoder.labels["status"]) == pytest.approx(1, abs=1e-4)
    assert [f for f in seen if f.startswith("certainty ")]


@pytest.mark.parametrize("tier", ["fast", "accurate"])
def test_the_factuality_table_rises_with_the_head(tier: str) -> None:
    table = rows(TABLE, tier)[PART]

    def part(head: float) -> float:
        return head * table.get("factuality", 0.0) + sum(max(0.0, head - s) * table.get(f"from {s}", 0.0) for s in STEPS)

    assert part(-1) < part(-0.5) < part(0) < part(0.5) < part(1)


def test_factuality_is_bounded_and_unread_words_are_in_the_middle() -> None:
    encoder = open_encoder()
    texts = ["She signed the letter .", "She did not sign the letter .", "Will she sign the letter ?"]
    values = []
    for words in map(str.split, texts):
        reading = encoder.read([words])[0]
        at = next(i for i, w in enumerate(words) if w.startswith("sign"))
        values.append(factuality_of(factuality.as_sentence(words), reading, at, encoder))
        assert factuality_of(factuality.as_sentence(words), reading, 99, encoder) == 0.0
    # The annotators of UDS are of two minds about what "not" denies: it need not fall below 0.
    assert 3 >= values[0] > 0.5 > values[1] > values[2] >= -3


def test_certainty_of_a_file(tmp_path: Path) -> None:
    tokens = "The firm signed the deal . It did not sell the yard .".split()
    mentions = [{"tokens": [2], "certainty": "CERTAIN", "polarity": "POS"}, {"tokens": [9], "certainty": "CERTAIN", "polarity": "NEG"}]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "tokens": tokens, "sentence": [0] * 6 + [1] * 7, "event_mentions": mentions}), encoding="utf8")
    result = certainty.score(path)
    assert result.figures["polarity macro F1"] == 1.0
    assert [m["polarity"] for m in result.rows[0]["event_mentions"]] == ["POS", "NEG"]  # type: ignore[attr-defined]


def test_factuality_of_a_file(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "tokens": "She signed the letter .".split(), "preds": [{"i": 1, "factuality": 1.2}]},
        {"id": "b", "tokens": "She might sign the letter .".split(), "preds": [{"i": 2, "factuality": -1.0}]},
        {"id": "c", "tokens": "She did not sign the letter .".split(), "preds": [{"i": 3, "factuality": -1.2}, {"i": 5, "factuality": None}]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    result = factuality.score(path)
    assert result.figures["Pearson r"] > 0.5
    assert [p["i"] for p in result.rows[2]["preds"]] == [3, 5]  # type: ignore[attr-defined]


def test_pearson_by_hand() -> None:
    assert factuality.pearson([1, 2, 3], [2, 4, 6]) == 1.0
    assert factuality.pearson([1, 2, 3], [5, 5, 5]) == 0.0


def test_attributions_are_paired_one_to_one_and_counted_by_part() -> None:
    words = [Span(i, i + 1) for i in range(10)]
    gold = [{"source": [Span(0, 2)], "cue": [Span(2, 4)], "content": [Span(4, 10)]}]
    near = {"source": [Span(0, 1)], "cue": [Span(2, 3)], "content": [Span(5, 7)]}
    totals: dict[str, list[int]] = {}
    attribution.count(gold, [near, {"source": [], "cue": [Span(3, 4)], "content": []}], words, totals)
    assert totals["cue exact"] == [0, 2, 1]
    assert totals["cue overlap"] == [1, 2, 1]
    assert totals["source"] == [1, 1, 1]
    assert totals["content"] == [0, 1, 1]


def test_attribution_of_a_file_with_the_plain_rule_beside_it(tmp_path: Path) -> None:
    text = "The mayor said that the bridge had been closed. Nobody was hurt."
    parts = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 46]]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "attributions": [parts]}), encoding="utf8")
    result = attribution.score(path)
    assert result.figures["cue F1 (exact)"] == 1.0
    assert result.figures["content F1 (IoU >= .5)"] == 1.0
    assert result.figures["plain rule: cue F1 (exact)"] == 1.0
