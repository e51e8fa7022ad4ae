from __future__ import annotations

import pytest

from whowhom.events.topic import topic_of
from whowhom.model import Document


def page(text: str) -> Document:
    return Document("d", "s", "", "", "", "2024-01-01", "given", "en", text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The striker shot over the crossbar before the referee gave a penalty, and the goalkeeper was sent off in stoppage-time.", "sport"),
        ("The singer and her fiance wore white at the wedding; the bridesmaid, a star of the sitcom, told fans of the honeymoon.", "show"),
        ("Whisk the flour and butter in a saucepan, add two tablespoons of garlic and garnish with parsley.", "kitchen"),
        ("The president of Ghana met the champions of the cup and promised them a stadium before the election.", ""),
        ("Soldiers shot at the convoy, and the rebels attacked a village near the border with Chad.", ""),
        ("", ""),
    ],
)
def test_the_topic_of_a_page(text: str, topic: str) -> None:
    assert topic_of(page(text)) == topic


def test_one_word_of_sport_makes_no_sports_page() -> None:
    assert topic_of(page("A referee " * 40)) == ""
