"""Tables of facts: codes, dates, members, spellings."""

from __future__ import annotations

import pytest

from whowhom.errors import KnowledgeError
from whowhom.knowledge.fold import fold, is_acronym
from whowhom.knowledge.lexicon import lexicon, phrase_key, words_of
from whowhom.knowledge.people import by_full_name, holders, persons
from whowhom.knowledge.spelling import likeness
from whowhom.knowledge.states import members, organisations_of, states
from whowhom.knowledge.tables import rows


def test_states_have_the_codes_of_both_numberings() -> None:
    assert (states()["DEU"].cow, states()["DEU"].gw, states()["DEU"].numeric) == ("255", "260", "276")
    assert states()["KOS"].numeric == "" and states()["KOS"].cow == "347"
    assert not states()["SSD"].existed("2005-01-01") and states()["SSD"].existed("2011-07-09")
    assert states()["YUG"].existed("1999-03-24") and not states()["YUG"].existed("2010")


def test_every_row_has_a_source_and_known_codes() -> None:
    codes = set(states()) | {"UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM", ""}
    assert all(r[-1] for name in ("states", "names", "organisations", "members", "offices") for r in rows(name))
    assert {r[2] for r in rows("names")} <= codes
    assert {r[3] for r in rows("organisations")} <= codes
    assert {r[1] for r in rows("members")} <= codes
    assert {r[0] for r in rows("offices")} <= codes


def test_terms_end_after_they_begin() -> None:
    wrong = [r for r in rows("offices") if r[6] and r[5] and r[6][: len(r[5])] < r[5][: len(r[6])]]
    assert len(wrong) <= 3, wrong[:10]


def test_members_of_the_day() -> None:
    assert "GBR" in members("European Union", "2019-06-01") and "GBR" not in members("European Union", "2021-06-01")
    assert members("AUKUS", "2021-12-16") == ("AUS", "GBR", "USA") and members("AUKUS", "2020-01-01") == ()
    assert "FIN" in members("NATO", "2024-01-01") and "SWE" not in members("NATO", "2024-01-01")
    assert organisations_of(frozenset(("CZE", "HUN", "POL", "SVK")), "2015-01-01") == ("Visegrad Group",)


@pytest.mark.parametrize(("day", "name"), [("2019-07-10", "Theresa May"), ("2019-07-30", "Boris Johnson"), ("2026-08-01", "Andy Burnham")])
def test_holder_by_date(day: str, name: str) -> None:
    assert holders("GBR", "prime minister", day)[0][0].name == name


def test_a_person_knows_the_office_of_the_day() -> None:
    person = by_full_name()["joe biden"][0]
    term = person.on("2012-01-01")
    assert term is not None and term.office == "vice president"
    assert person.before("2025-06-01") and not person.before("2022-01-01")
    assert len(persons()) > 2500


def test_fold_and_acronyms() -> None:
    assert fold("Recep Tayyip Erdoğan’s") == "recep tayyip erdogans"
    assert fold("Jean-Yves Le Drian") == "jean yves le drian"
    assert is_acronym("U.S.") and is_acronym("ISIS-K") and not is_acronym("Us")


def test_case_decides_about_acronyms() -> None:
    words = words_of("the WHO said who it was")
    found = {words[m.begin]: m.entries[0].text for m in lexicon().find(words)}
    assert found["WHO"] == "World Health Organization" and "who" not in found
    assert not lexicon().find(words_of("let us go"))


def test_words_keep_numbers_and_cut_possessives() -> None:
    assert words_of("1,141 Iraqi refugees' camp") == ("1,141", "Iraqi", "refugees", "camp")
    assert phrase_key("New People's Army") == "new people army"


def test_likeness_of_spellings() -> None:
    assert likeness("Ushakov", "Usakov") > 0.7 and likeness("Tchaikovsky", "Chaykovskiy") > 0.5
    assert likeness("Ushakov", "Merkel") < 0.1 and likeness("Lavrov", "Lavrov") == 1.0


def test_a_missing_table_is_named() -> None:
    with pytest.raises(KnowledgeError, match="nothing"):
        rows("nothing")


def test_a_hyphen_in_the_text_parts_the_words_of_a_phrase() -> None:
    for words in (["Addis", "Ababa"], ["Addis-Ababa"], ["the", "Addis-Ababa", "talks"], ["Prime-Minister"], ["prime", "minister"]):
        assert any(m.end - m.begin == (1 if "-" in words[m.begin] else 2) for m in lexicon().find(words)), words
