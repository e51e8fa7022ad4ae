"""Certainty from signs: the table is whole, and plain cases come out plainly."""

from __future__ import annotations

import json
from pathlib import Path

from whowhom.evaluate import attribution, certainty, factuality
from whowhom.events.certainty import weights
from whowhom.model import Span


def test_the_table_has_every_class() -> None:
    assert {p: set(t) for p, t in weights("fast").items()} == {
        "certainty": {"CERTAIN", "PROBABLE", "POSSIBLE", "UNDERSPECIFIED"},
        "polarity": {"POS", "NEG", "UNDERSPECIFIED"},
    }
    assert max(weights("fast")["polarity"], key=lambda c: weights("fast")["polarity"][c].get("sign not own", 0.0)) == "NEG"


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
