"""Copies are found however they were cut, and the first publisher is named."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whowhom.errors import InputError
from whowhom.evaluate.duplicates import score
from whowhom.stories.copies import Copy, Text, find_copies, is_copy, shares


def article(seed: int, words: int = 120) -> str:
    """Invented prose: no two seeds share runs of words."""
    rng = random.Random(seed)
    return " ".join(f"{rng.choice('bdfgklmnprst')}{rng.choice('aeiou')}{rng.choice('lmnrs')}{rng.randrange(40)}" for _ in range(words))


def one(texts: list[Text]) -> Copy:
    (found,) = find_copies(texts)
    return found


def test_the_earliest_is_the_source_whatever_the_order_of_input() -> None:
    text = article(1)
    early, late = Text("a", "Other headline. " + text, "Paper A", "2024-03-01"), Text("b", text, "Paper B", "2024-03-02")
    for order in ([early, late], [late, early]):
        found = one([*order, Text("c", article(2), date="2024-03-01")])
        assert (found.document, found.source, found.why) == ("b", "a", "published earlier")


def test_of_one_day_the_fuller_text_is_first() -> None:
    words = article(3).split()
    found = one([Text("cut", " ".join(words[:60]), date="2024-03-01"), Text("full", " ".join(words), date="2024-03-01")])
    assert (found.document, found.source) == ("cut", "full")
    assert found.share == 1.0
    assert 0.4 < found.source_share < 0.6


def test_a_report_inside_a_long_page_is_found_and_the_page_is_no_copy() -> None:
    report, rest = article(4, 80), article(5, 2000)
    inside = Text("page", rest + " " + report, date="2024-03-01")
    assert one([inside, Text("report", report, date="2024-03-02")]).source == "page"
    assert find_copies([Text("report", report, date="2024-02-01"), inside]) == []


def test_two_reports_in_one_page_do_not_become_one_text() -> None:
    first, second = article(6, 100), article(7, 100)
    page = Text("page", first + " " + second, date="2024-03-01")
    found = find_copies([page, Text("x", first, date="2024-03-02"), Text("y", second, date="2024-03-02")])
    assert {(c.document, c.source) for c in found} == {("x", "page"), ("y", "page")}


def test_hundreds_of_reprints_all_name_the_first() -> None:
    words = article(8, 150).split()
    rng = random.Random(1)
    texts = [Text("first", " ".join(words), date="2024-01-01")]
    for n in range(300):
        changed = [w if rng.random() > 0.1 else f"x{rng.randrange(999)}" for w in words]
        texts.append(Text(f"r{n}", " ".join(changed), date="2024-01-02"))
    found = find_copies(texts)
    assert sum(c.source == "first" for c in found) >= 297


def test_shares_ignore_case_and_stops() -> None:
    assert shares("Too short.", "too short")[:2] == (1.0, 1.0)
    assert shares("", "") == (0.0, 0.0, 0)
    assert shares(article(9), article(10)) == (0.0, 0.0, 0)


def test_no_texts_no_copies() -> None:
    assert find_copies([]) == []
    assert find_copies([Text("a", ""), Text("b", "")]) == []


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text())
def test_shares_are_shares_and_symmetric(a: str, b: str) -> None:
    x, y, both = shares(a, b)
    assert 0 <= x <= 1 and 0 <= y <= 1
    assert shares(b, a) == (y, x, both)


def test_the_scorer_counts_and_names_bad_rows(tmp_path: Path) -> None:
    text = article(11)
    others = ((text + " more", "duplicate"), (article(12), "duplicate"), (article(13), "distinct"))
    rows = [{"a": text, "b": b, "label": label} for b, label in others]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    result = score(file)
    assert (result.figures["precision"], result.figures["recall"]) == (1.0, 0.5)
    assert [r["label"] for r in result.rows] == ["duplicate", "distinct", "distinct"]
    file.write_text(json.dumps({"a": text, "label": "duplicate"}))
    with pytest.raises(InputError, match="row 1"):
        score(file)


def test_on_open_articles(shared: Path) -> None:
    import gzip

    from benchmarks.near_copies import make_pairs

    with gzip.open(shared / "data" / "polnear_train.jsonl.gz", "rt", encoding="utf8") as lines:
        articles = [json.loads(next(lines)) for _ in range(40)]
    pairs, _ = make_pairs(articles, seed=1)
    guess = []
    for p in pairs:
        x, y, both = shares(p["a"], p["b"])
        guess.append(is_copy(max(x, y), both))
    gold = [p["label"] == "duplicate" for p in pairs]
    right = sum(g and p for g, p in zip(gold, guess, strict=True))
    assert right / sum(guess) >= 0.98
    assert right / sum(gold) >= 0.95


def test_a_sentence_of_furniture_makes_no_copy_of_short_reports() -> None:
    furniture = " The report could not be checked at once by this paper."
    assert find_copies([Text(f"{n}", article(100 + n, 14) + furniture, date="2024-01-01") for n in range(20)]) == []
