"""Known names over the text, on sentences as a tagger may leave them: invented here."""

from __future__ import annotations

import re
import time

import pytest

from whowhom.knowledge.lexicon import lexicon
from whowhom.mentions.gazetteer import complete, lists


def names(text: str, *found: tuple[str, str], listed: frozenset[int] = frozenset()) -> dict[str, str]:
    """Mentions of a sentence by their words, after (text, kind) were marked."""
    words = re.findall(r"[\w.&’'-]*[\w&’'-]|[^\w\s]", text)
    spans = []
    for marked, kind in found:
        size = len(marked.split())
        begin = next(i for i in range(len(words)) if words[i : i + size] == marked.split())
        spans.append((begin, begin + size, kind, 0.8))
    return {" ".join(words[b:e]): kind for b, e, kind, _ in complete(words, spans, lexicon().find(words), listed)}


def test_a_credit_at_the_end_is_a_name_of_its_own() -> None:
    assert names("The visit was played down in Central Asia Xinhua.", ("Central Asia Xinhua", "organisation")) == {
        "Central Asia": "organisation",
        "Xinhua": "organisation",
    }
    assert names("Prices rose for a third month in Ankara Reuters.", ("Ankara", "place")) == {"Ankara": "place", "Reuters": "organisation"}
    assert "Agence France-Presse" in names("The ferry sank off Mombasa, Agence France-Presse.", ("Mombasa", "place"))


def test_the_rest_of_a_known_name_takes_its_first_words() -> None:
    assert "the White House" in names("She visited the White House on Friday.", ("House", "place"))
    assert "House" in names("She visited the Ochre House on Friday.", ("House", "place"))


def test_an_agency_in_a_phrase_of_its_own_is_not_torn_off() -> None:
    assert names("He works for Thomson Reuters.", ("Thomson Reuters", "organisation")) == {"Thomson Reuters": "organisation"}
    assert names("She spoke to the Reuters.", ("the Reuters", "organisation")) == {"the Reuters": "organisation"}


@pytest.mark.parametrize("noun", ["Pact", "Bloc", "grouping", "Alliance", "Dialogue"])
def test_a_name_goes_on_to_the_noun_for_its_kind(noun: str) -> None:
    assert names(f"Ministers of the OPEC {noun} met on Monday.", ("the OPEC", "organisation")) == {f"the OPEC {noun}": "organisation"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Delegates of ECOWAS left.", "ECOWAS"),
        ("It was sent to the Economic Union of West African States last week.", "Economic Union of West African States"),
        ("Then Hezbollah answered.", "Hezbollah"),
        ("A letter reached Emmanuel Macron on Friday.", "Emmanuel Macron"),
        ("Rain fell on Paraguay.", "Paraguay"),
    ],
)
def test_names_that_were_passed_over(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Target prices fell.",
        "Labour is scarce.",
        "WHO IS AFRAID OF THE BIG BAD WOLF",
        "turkey was served",
        "Time will tell.",
        "They Who Wait are lost.",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == {}


def test_a_name_that_counts_needs_the_list_it_counts() -> None:
    text = "Ternary Rivers was also named."
    assert names(text) == {}
    assert names(text, listed=frozenset({4})) == {}
    assert names(text, listed=frozenset({3})) == {"Ternary Rivers": "organisation"}


def test_lists_of_states() -> None:
    words = "Envoys of Peru , Chile and Ecuador met ; Kenya and Uganda did not , nor did France , Spain , Italy and Malta".split()
    assert lists(words, lexicon().find(words)) == frozenset({3, 4})


def test_spans_never_overlap_and_hostile_sentences_cost_little() -> None:
    start = time.process_time()
    for text in ("Reuters " * 3000, "the United States and " * 1500, "AUKUS Pact Alliance Bloc " * 800, "Group of " * 3000):
        words = text.split()
        found = complete(words, [(0, 2, "organisation", 0.5)], lexicon().find(words), frozenset({3}))
        assert all(a[1] <= b[0] for a, b in zip(found, found[1:], strict=False))
    assert time.process_time() - start < 5
