"""Users' own actors: tables and PETRARCH files, with their errors."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from whowhom.actors import look_up
from whowhom.errors import InputError
from whowhom.knowledge.dictionaries import conflicts, lexicon_on, problems, read


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf8")
    return str(path)


def test_a_table_takes_part_on_its_days(tmp_path: Path) -> None:
    path = write(tmp_path, "mine.csv", "name,aliases,country,sector,from,to,id\nHarbour League,Blue Vests|HLX,KEN,OPP,2010-01-01,2012-12-31,k7\n")
    inside = look_up("the Blue Vests", on="2011-05-05", kind="organisation", dictionaries=(path,))
    assert (inside.name, inside.country, inside.sector, inside.wikidata) == ("Harbour League", "KEN", "OPP", "k7")
    assert look_up("the Blue Vests", on="2015-05-05", kind="organisation", dictionaries=(path,)).country == ""


def test_wrong_lines_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    text = "name,country,sector,from,to\nGood,KEN,GOV,,\nBad,XXX,GOV,,\nWorse,KEN,ZZZ,,\nDays,KEN,GOV,2012,2010\nFew,KEN\nWhen,KEN,GOV,soon,\n"
    path = write(tmp_path, "broken.csv", text)
    found = read(Path(path))
    assert [r.name for r in found.rows] == ["Good"]
    assert [p.split(":")[0] for p in found.problems] == ["line 3", "line 4", "line 5", "line 6", "line 7"]
    assert "XXX" in found.problems[0] and "ZZZ" in found.problems[1] and len(problems((path,))) == 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column|no rows"),
        ("title,land\na,b\n", "no column 'name'"),
        ("name,colour\na,b\n", "unknown columns"),
        ("name,country\nA,QQQ\n", "QQQ"),
    ],
)
def test_unusable_files_say_why(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(Path(write(tmp_path, "x.csv", text)))
    with pytest.raises(InputError, match="cannot read"):
        read(tmp_path / "missing.csv")


def test_petrarch_actors_with_dates_and_aliases(tmp_path: Path) -> None:
    text = "# note\nMARA_TELLO_ ; who\n+M._TELLO_\n\t[PERGOV 060101-101231]\n\t[PEROPP >110101]\nRIVER_FRONT_ [BOLREB]\n!PERSON! = MAN, WOMAN\nFERRY!PERSON! [~LAB]\nODD_ONE_ [PER <soon]\n"
    found = read(Path(write(tmp_path, "own.actors.txt", text)))
    tello = [r for r in found.rows if r.name == "MARA TELLO"]
    assert [(r.country, r.sectors, r.first, r.last) for r in tello] == [
        ("PER", ("GOV",), "2006-01-01", "2010-12-31"),
        ("PER", ("OPP",), "2011-01-01", ""),
    ]
    assert tello[0].aliases == ("M. TELLO",)
    ferry = next(r for r in found.rows if r.kind == "role")
    assert {ferry.name, *ferry.aliases} == {"FERRYMAN", "FERRYWOMAN"} and ferry.sectors == ("LAB",)
    assert any("line 9" in p for p in found.problems)


def test_petrarch_agents_have_plurals_and_nothing_goes_unsaid(tmp_path: Path) -> None:
    text = "FERRY_GUARD [~COP]\nMAN_OF_THE_QUAY {MEN_OF_THE_QUAY} [~LAB]\nHARBOUR_STAFF {} [~LAB]\nFLOOD [~JNK]\nNOBODY_\nPORT_CHAPEL_ [KENREDREL]\n"
    found = read(Path(write(tmp_path, "own.agents.txt", text)))
    assert {r.name for r in found.rows if r.kind == "roles"} == {"FERRY GUARDS", "MEN OF THE QUAY"}
    chapel = next(r for r in found.rows if r.kind == "name")
    assert (chapel.country, chapel.sectors) == ("KEN", ("REL",))
    said = "\n".join(found.problems)
    assert "line 4" in said and "'NOBODY' has no code" in said and "line 6: PLOVER has nothing for 'RED'" in said


def test_two_tables_that_disagree(tmp_path: Path) -> None:
    one = write(tmp_path, "a.csv", "name,country,sector\nGrey Hand,KEN,REB\n")
    two = write(tmp_path, "b.csv", "name,country,sector\nGrey Hand,UGA,REB\n")
    assert len(conflicts((one, two))) == 1 and "b.csv:2" in conflicts((one, two))[0]
    assert look_up("Grey Hand", on="2020-01-01", kind="organisation", dictionaries=(one, two)).country == "KEN"


def test_many_actors_load_in_seconds(tmp_path: Path) -> None:
    path = write(tmp_path, "many.csv", "name,country,sector\n" + "".join(f"Guild Number{i},KEN,BUS\n" for i in range(100_000)))
    start = time.process_time()
    assert len(lexicon_on((path,)).own) == 100_000
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name,country\nA,KEN\n"B,KEN\nC,KEN\n', "nor what follows"),
        ("name,from\nA,2021\nB,2021-02-30\n", "line 3: no date '2021-02-30'"),
        ("name,from\nA,2021\nB,20210\n", "line 3: no date"),
    ],
)
def test_odd_rows_are_reported(tmp_path: Path, text: str, says: str) -> None:
    found = read(Path(write(tmp_path, "odd.csv", text)))
    assert [r.name for r in found.rows] == ["A"] and says in found.problems[0]


def test_days_between_two_turns_share_one_lexicon(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", "name,country,from,to\nAra,KEN,2010-05-01,2012\n")
    assert lexicon_on((path,), "2011-01-01") is lexicon_on((path,), "2012-12-31")
    assert lexicon_on((path,), "2013-01-01") is not lexicon_on((path,), "2012-12-31")
    assert not any(e.sub == "own" for e in lexicon_on((path,), "2013-01-01").meanings("ara"))


def test_aliases_disagree_too_and_days_apart_do_not(tmp_path: Path) -> None:
    one = write(tmp_path, "a.csv", "name,aliases,country,sector,from,to\nGrey Hand,the Hand,KEN,REB,2010,2012\n")
    two = write(tmp_path, "b.csv", "name,country,sector,from,to\nthe Hand,UGA,REB,2012-06,\nGrey Hand,UGA,REB,2013,\n")
    assert len(conflicts((one, two))) == 1 and "'the hand'" in conflicts((one, two))[0]
