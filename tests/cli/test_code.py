from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from whowhom.cli.app import app

PAGE = (
    "Chad and Niger sign water pact\n\nThe president of Chad met the president of Niger on Monday. "
    "Soldiers of Chad killed five rebels near the lake.\n"
)
run = CliRunner()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf8")
    return path


def test_a_table_is_shown_without_an_output_folder(page: Path) -> None:
    done = run.invoke(app, ["code", str(page), "--date", "2024-05-01"])
    assert done.exit_code == 0, done.output
    assert "CONSULT" in done.output and "2024-05-01" in done.output


def test_json_lines_hold_all_tables_with_the_documented_fields(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run.invoke(app, ["code", str(page), "--date", "2024-05-01", "--format", "jsonl", "-o", str(out)])
    assert done.exit_code == 0, done.output
    events = [json.loads(x) for x in (out / "events.jsonl").read_text(encoding="utf8").splitlines()]
    documents = [json.loads(x) for x in (out / "documents.jsonl").read_text(encoding="utf8").splitlines()]
    wanted = (
        "id event mode context cameo quad score_plover score_goldstein actor recipient date date_end date_precision status planned denied_by"
        " said_by amounts place text span document confidence"
    )
    assert events and set(wanted.split()) <= set(events[0])
    assert {"text", "span", "name", "wikidata", "country", "sector", "sectors", "office", "members", "how", "confidence"} <= set(
        events[0]["actor"][0]
    )
    assert {"id", "url", "title", "publisher", "date", "date_source", "language", "text", "cut", "amounts"} <= set(documents[0])
    assert (out / "mentions.jsonl").exists()
    begin, end = events[0]["span"]
    assert documents[0]["text"][begin:end] == events[0]["text"]


def test_csv_cells_run_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        '=HYPERLINK("http://x","y") and sums\n\nThe president of Chad met the president of Niger on Monday in the old palace.\n', encoding="utf8"
    )
    out = tmp_path / "out"
    assert run.invoke(app, ["code", str(path), "--format", "csv", "-o", str(out)]).exit_code == 0
    with (out / "documents.csv").open(encoding="utf8", newline="") as file:
        for line in csv.DictReader(file):
            assert not any(v.startswith(("=", "+", "-", "@")) for v in line.values())


def test_parquet_is_readable_without_our_code(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run.invoke(app, ["code", str(page), "--date", "2024-05-01", "-o", str(out)]).exit_code == 0
    files = [p for p in out.rglob("*.parquet") if "events" in str(p)]
    assert files and sum(pq.read_table(p).num_rows for p in files) >= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["code", "nowhere.html"], "nowhere.html"),
        (["code", "{page}", "--date", "yesterday"], "YYYY-MM-DD"),
        (["code", "{page}", "--model", "huge"], "installed: "),
        (["evaluate", "types", "nowhere.jsonl"], "nowhere.jsonl"),
        (["evaluate", "tipes", "{page}"], "tasks are"),
        (["code", "http://127.0.0.1:9/x"], "allow-private"),
    ],
)
def test_errors_are_one_line_with_the_remedy(arguments: list[str], said: str, page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    import sys

    from whowhom.cli.app import main

    argv = sys.argv
    sys.argv = ["whowhom", *[a.replace("{page}", str(page)) for a in arguments]]
    try:
        with pytest.raises(SystemExit) as stop:
            main()
    finally:
        sys.argv = argv
    error = capfd.readouterr().err
    assert stop.value.code not in (0, None)
    assert said in error and len([x for x in error.splitlines() if x.strip()]) == 1 and "Traceback" not in error


def test_one_bad_input_does_not_stop_the_others(page: Path, tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.txt", tmp_path / "photo.bin"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 64)
    done = run.invoke(app, ["code", str(empty), str(binary), str(page), str(tmp_path / "missing"), "--format", "jsonl", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    aside = [json.loads(x) for x in (tmp_path / "out" / "set_aside.jsonl").read_text(encoding="utf8").splitlines()]
    assert len(aside) == 3 and all(a["reason"] and a["source"] for a in aside)
    assert len((tmp_path / "out" / "documents.jsonl").read_text(encoding="utf8").splitlines()) == 1


def test_an_output_that_cannot_be_written_is_named(page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    import sys

    from whowhom.cli.app import main

    blocked = tmp_path / "file"
    blocked.write_text("x")
    argv, sys.argv = sys.argv, ["whowhom", "code", str(page), "-o", str(blocked / "below"), "--format", "jsonl"]
    try:
        with pytest.raises(SystemExit) as stop:
            main()
    finally:
        sys.argv = argv
    assert stop.value.code == 2 and str(blocked) in capfd.readouterr().err
