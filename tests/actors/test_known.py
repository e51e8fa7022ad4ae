"""What is known of a name: the answer and who else could be meant, from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import whowhom


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(
        "name,aliases,country,sector,from,to,id\nMara Tello,Tello the Elder,PER,OPP,2010,2020,p1\nGrey Hand,,KEN,REB,,,k1\nGeorgia,,USA,GOV,,,\n",
        encoding="utf8",
    )
    return path


def test_an_office_on_a_day_with_its_holder() -> None:
    found = whowhom.resolve("the British prime minister", on="2019-07-05")
    assert (found.name, found.office, found.country) == ("Theresa May", "prime minister", "GBR") and found.confidence > 0.9
    first = found.candidates[0]
    assert first.chosen and first.in_office and first.first <= "2019-07-05" <= first.last and first.source


def test_namesakes_are_listed_and_the_one_in_office_chosen() -> None:
    found = whowhom.resolve("Bush", on="2003-01-01")
    assert found.name == "George W. Bush" and found.candidates[0].chosen
    assert {"George H.W. Bush", "George W. Bush"} <= {c.name for c in found.candidates}
    assert sum(c.chosen for c in found.candidates) == 1


def test_another_spelling_is_shown_and_not_chosen_without_company() -> None:
    found = whowhom.resolve("Makron", on="2021-12-16")
    assert found.country == "" and "Emmanuel Macron" in {c.name for c in found.candidates} and not any(c.chosen for c in found.candidates)
    text = "Narendra Modi spoke with President Makron about jets for India and France."
    assert whowhom.resolve("President Makron", on="2021-12-16", context=text).name == "Emmanuel Macron"


def test_own_actors_stand_beside_the_project_s(mine: Path) -> None:
    inside = whowhom.resolve("Mara Tello", on="2015-05-05", actors=mine)
    assert (inside.country, inside.sector, inside.wikidata) == ("PER", "OPP", "p1") and "mine.csv:2" in inside.how
    later = whowhom.resolve("Mara Tello", on="2022-05-05", actors=[mine])
    assert later.country == "" and "not on 2022-05-05" in later.candidates[0].match and not later.candidates[0].chosen
    assert whowhom.resolve("Georgia", on="2022-05-05", actors=str(mine)).country == "USA"
    assert whowhom.resolve("Georgia", on="2022-05-05").country == "GEO"


def test_a_day_out_of_range_is_said() -> None:
    assert "run from" in whowhom.resolve("Bush", on="1850-01-01").note
    for day in ("2021-02-30", "yesterday"):
        with pytest.raises(whowhom.InputError, match="YYYY-MM-DD"):
            whowhom.resolve("Bush", on=day)
    with pytest.raises(whowhom.InputError, match="empty"):
        whowhom.resolve("  ")


def test_faulty_lines_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,country\nGood,KEN\nBad,QQQ\n", encoding="utf8")
    with pytest.warns(UserWarning, match="line 3: no country 'QQQ'"):
        whowhom.resolve("Good", actors=path)
