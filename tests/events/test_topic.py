from __future__ import annotations

import pytest

from whowhom.events.topic import chances, is_public, topic_of
from whowhom.model import Document


def page(text: str) -> Document:
    return Document("d", "s", "", "", "", "2024-01-01", "given", "en", text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The striker shot over the crossbar before the referee gave a penalty, and the goalkeeper was sent off in stoppage-time.", "sport"),
        ("The singer and her fiance wore white at the wedding; the bridesmaid, a star of the sitcom, told fans of the honeymoon.", "show"),
        (
            "Whisk the flour and butter in a saucepan, add two tablespoons of garlic and simmer the sauce; roast the chicken in the oven, "
            "season with salt and pepper and garnish the dish with parsley.",
            "kitchen",
        ),
        ("Winger and striker attack the goalkeeper.", ""),
        (
            "Iran's chess grandmaster laid siege to the Dutch king with rook and bishop, and after the queens came off the endgame was a "
            "massacre; the champion surrendered on move forty of the last round.",
            "sport",
        ),
        ("The president of Ghana met the champions of the cup and promised them a stadium before the election.", ""),
        ("Soldiers shot at the convoy, and the rebels attacked a village near the border with Chad.", ""),
        ("", ""),
    ],
)
def test_the_topic_of_a_page(text: str, topic: str) -> None:
    assert topic_of(page(text)) == topic


def test_the_same_word_often_counts_three_times_and_no_more() -> None:
    once, often = (chances("match " + "referee " * n)["sport"] for n in (3, 200))
    assert once == pytest.approx(often)


def test_a_text_of_no_known_word_is_about_public_matters() -> None:
    assert chances("Xyzzy qwfp")["public"] > 0.5 and sum(chances("Xyzzy qwfp").values()) == pytest.approx(1)


def test_a_sentence_is_asked_in_the_light_of_its_page() -> None:
    game = "The winger fired the ball past the goalkeeper and the striker headed the corner in."
    ban = "The government ordered police to arrest the leaders of the protest and the minister told parliament why."
    vague = "The president promised a bonus."
    assert is_public(ban, game) and is_public(vague, ban) and not is_public(game, game)
    assert chances(vague, game)["public"] < chances(vague, ban)["public"]
