"""Names of bodies with the noun for their kind added or swapped, and words that count members."""

from __future__ import annotations

import pytest

from whowhom.actors.phrase import read
from whowhom.knowledge.bodies import counts, variants
from whowhom.knowledge.lexicon import lexicon


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("the AUKUS pact", "AUKUS"),
        ("OPEC Cartel", "OPEC"),
        ("the Shanghai Cooperation Bloc", "Shanghai Cooperation Organisation"),
        ("the Collective Security Alliance", "CSTO"),
        ("Gulf Cooperation League", "Gulf Cooperation Council"),
        ("the Commonwealth of Independent States", "Commonwealth of Independent States"),
        ("Community of Independent States", "Commonwealth of Independent States"),
        ("the Hamas movement", "Hamas"),
        ("the Visegrad Alliance", "Visegrad Group"),
    ],
)
def test_other_nouns_for_the_kind(words: str, body: str) -> None:
    found = read(words, lexicon())
    assert found.org is not None and found.org.text == body and not found.role


@pytest.mark.parametrize("words", ["a world trade group", "the African Alliance", "Arab Pact", "west african alliance", "the Warsaw Alliance"])
def test_what_is_left_must_tell(words: str) -> None:
    found = read(words, lexicon())
    assert found.org is None or not found.org.swapped


def test_variants_keep_the_rest() -> None:
    assert "economic bloc of west african states" in set(variants("economic community of west african states", bool))
    assert list(variants("african union", lambda word: False)) == []


def test_words_that_count() -> None:
    assert counts(("the", "Quaternary", "Pact")) == 4 and counts(("Three-Way",)) == 3 and counts(("three", "way", "talks")) == 3
    assert counts(("Quarterly", "Pact")) == 0
