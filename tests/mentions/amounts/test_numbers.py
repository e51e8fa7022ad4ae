# ruff: noqa: E501 - a case stands on one line
"""Numbers in words and digits."""

import pytest

from whowhom.mentions.amounts.nouns import singular
from whowhom.mentions.amounts.numbers import parse_digits, parse_words


@pytest.mark.parametrize(
    ("text", "value"),
    [("twenty-one", 21), ("two hundred and fifty", 250), ("half a million", 5e5), ("two dozen", 24), ("three hundred thousand", 3e5), ("two and a half", 2.5),
     ("one hundred and twenty-five thousand three hundred", 125300), ("tens of thousands", 20000), ("two million three hundred thousand and five", 2300005)],
)  # fmt: skip
def test_words(text: str, value: float) -> None:
    number = parse_words(text)
    assert number is not None and number.value == value


@pytest.mark.parametrize("text", ["five six", "twenty thirty", "", "five and six"])
def test_words_that_are_no_number(text: str) -> None:
    assert parse_words(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.5", 1234.5), ("1.000,50", 1000.5), ("1.234.567", 1234567), ("12\u00a0000", 12000), ("١٬٢٣٤٫٥", 1234.5), ("10^20", 1e20), ("2 1/2", 2.5), ("5½", 5.5),
     ("12,34,567", 1234567), ("1.2.3", None), ("1" * 40, None), ("1/0", None), ("10^999", None)],
)  # fmt: skip
def test_digits(text: str, value: float | None) -> None:
    assert parse_digits(text) == value


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("people", "person"),
        ("policemen", "policeman"),
        ("lorries", "lorry"),
        ("doses", "dose"),
        ("bushes", "bush"),
        ("buses", "bus"),
        ("aircraft", "aircraft"),
        ("Afghans", "Afghan"),
    ],
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one
