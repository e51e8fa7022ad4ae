"""`whowhom actors`, and `--actors` of the commands that code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import whowhom
from whowhom.cli.app import app

run = CliRunner()
TEXT = "Fighters of the Grey Hand killed two soldiers near Lamu on Monday, police in Kenya said.\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("name,aliases,country,sector,from,to,id\nGrey Hand,,KEN,REB,2020,,k1\nBad Row,,KEN,XXX,,,\n", encoding="utf8")
    return path


def test_the_answer_is_shown_with_its_grounds(mine: Path) -> None:
    done = run.invoke(app, ["actors", "Grey", "Hand", "--date", "2024-05-01", "--actors", str(mine)])
    assert done.exit_code == 0 and "KEN/REB" in done.output and "mine.csv:2" in done.output and "line 3: no sector 'XXX'" in done.stderr
    assert "nobody known" in run.invoke(app, ["actors", "Grey Hand", "--date", "2024-05-01"]).output


def test_one_line_of_json() -> None:
    done = run.invoke(app, ["actors", "the French president", "--date", "2010-05-05", "--format", "jsonl"])
    found = json.loads(done.stdout)
    assert found["name"] == "Nicolas Sarkozy" and found["candidates"][0]["chosen"] and found["how"] and 0 < found["confidence"] <= 1


def test_without_a_name_files_are_checked(mine: Path) -> None:
    done = run.invoke(app, ["actors", "--actors", str(mine)])
    assert done.exit_code == 1 and "line 3" in done.stdout and "1 rows can be used; 1 problems" in done.stderr
    assert isinstance(run.invoke(app, ["actors"]).exception, whowhom.InputError)


def test_own_actors_take_part_in_coding(mine: Path, tmp_path: Path) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out"
    page.write_text(TEXT, encoding="utf8")
    done = run.invoke(app, ["code", str(page), "--date", "2024-05-01", "--format", "jsonl", "-o", str(out), "--actors", str(mine)])
    assert done.exit_code == 0 and "line 3: no sector 'XXX'" in done.stderr
    mentions = [json.loads(x) for x in (out / "mentions.jsonl").read_text(encoding="utf8").splitlines()]
    assert any("Grey Hand" in m["text"] and m["country"] == "KEN" and m["sector"] == "REB" for m in mentions)


def test_a_useless_file_stops_the_run_before_the_first_page(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf8")
    error = run.invoke(app, ["code", str(page), "--actors", str(tmp_path / "none.csv")]).exception
    assert isinstance(error, whowhom.InputError) and "none.csv" in str(error)


def test_a_store_coded_with_own_actors_is_up_to_date_with_them_only(tmp_path: Path) -> None:
    page, store, mine = tmp_path / "page.txt", tmp_path / "store", tmp_path / "mine.csv"
    page.write_text(TEXT, encoding="utf8")
    mine.write_text("name,country,sector\nGrey Hand,KEN,REB\n", encoding="utf8")
    assert run.invoke(app, ["code", str(page), "--date", "2024-05-01", "-o", str(store), "--actors", str(mine)]).exit_code == 0
    assert "0 documents were coded" in run.invoke(app, ["recode", str(store), "--dry-run", "--actors", str(mine)]).output
    assert "1 documents were coded" in run.invoke(app, ["recode", str(store), "--dry-run"]).output
