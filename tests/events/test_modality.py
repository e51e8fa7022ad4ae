"""What a word stands under, read from the words before it."""

from __future__ import annotations

import pytest

from whowhom.events.cues import marks
from whowhom.events.modality import auxiliary, modality


def under(text: str, word: str) -> dict[str, float]:
    words = text.split()
    return modality(words, marks(words), words.index(word))


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("The firm will soon be sold", "sold", ("will", True)),
        ("The firm would n't sell", "sell", ("would", True)),
        ("It will close plants and cut jobs", "cut", ("will", False)),
        ("It will close plants , he said", "said", ("", True)),
        ("The firm sold it", "sold", ("", True)),
        ("Sold", "Sold", ("", True)),
    ],
)
def test_the_nearest_auxiliary_of_the_clause(text: str, word: str, found: tuple[str, bool]) -> None:
    words = text.split()
    name, at, close = auxiliary(words, words.index(word))
    assert (name, close) == found
    assert (at == words.index(word)) is (not name)


def test_what_stands_before_to_is_told_and_what_that_stands_under() -> None:
    found = under("It may be expected to sell the yard", "sell")
    assert {"under to", "under to close", "under to expect", "under to expect close", "above to may"} <= set(found)
    assert "under to be close" in under("The firm is to sell the yard", "sell")
    assert "under to be close" in under("To sell the yard he called", "sell")


def test_in_order_to_is_no_order() -> None:
    assert "under to other close" in under("It borrowed in order to buy", "buy")
    assert "under to want" in under("It was ordered to buy", "buy")


def test_conditions_earlier_in_the_clause() -> None:
    assert "under if" in under("if the price is agreed", "agreed")
    assert "under if" not in under("if so . The price is agreed", "agreed")
    assert under("The price rose", "rose") == {"under none": 1.0}
