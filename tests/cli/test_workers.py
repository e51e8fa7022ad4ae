"""`whowhom code -o DIR` with workers: the same rows, limits, the report of the run, Ctrl-C and going on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whowhom.cli.app import app
from whowhom.cli.writing import engine_for
from whowhom.store import open_store

run = CliRunner()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "articles.jsonl"
    texts = [f"Police in Nakuru arrested {n} traders on Friday. Kenya accused Uganda of closing the border post." for n in range(3, 43)]
    lines = [json.dumps({"text": t, "date": "2023-03-04", "url": f"https://paper.example/{n}"}) for n, t in enumerate(texts)]
    lines.insert(5, '{"title": "no text"}')
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path


def rows(folder: Path) -> dict[str, list[str]]:
    store = open_store(folder, create=False)
    return {t: sorted(map(repr, store.rows(t).to_pylist())) for t in ("documents", "events", "mentions", "notes", "set_aside")}


@pytest.fixture(scope="module")
def alone(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    out = tmp_path_factory.mktemp("alone")
    assert run.invoke(app, ["code", str(articles), "-o", str(out), "--workers", "1", "-q"]).exit_code == 0
    return rows(out)


def test_workers_write_the_rows_of_one_process_and_a_report(articles: Path, tmp_path: Path, alone: dict[str, list[str]]) -> None:
    out = tmp_path / "two"
    done = run.invoke(app, ["code", str(articles), "-o", str(out), "--workers", "2"])
    assert done.exit_code == 0, done.output
    assert rows(out) == alone and len(alone["documents"]) == 40 and len(alone["events"]) >= 40
    (path,) = (out / "runs").glob("run-*.json")
    report = json.loads(path.read_text(encoding="utf8"))
    assert report["engine"] == "local" and report["workers"] == 2 and report["documents"] == 40
    assert report["rejects"] == {"pages: the record has neither … nor …": 1}
    assert report["documents_per_second"] > 0 and 0 < report["encoder_share"] < 1 and report["stopped"] == ""
    again = run.invoke(app, ["code", str(articles), "-o", str(out), "--workers", "1"])
    assert "41 known already" in again.output and "0 documents coded" in again.output
    assert rows(out) == alone


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C goes to a process group")
def test_ctrl_c_keeps_what_was_done_and_the_same_command_goes_on(articles: Path, tmp_path: Path, alone: dict[str, list[str]]) -> None:
    out = tmp_path / "stopped"
    program = "import sys; from whowhom.cli import main\nif __name__ == '__main__':\n    sys.argv[0] = 'whowhom'; main()\n"
    script = tmp_path / "ww.py"
    script.write_text(program)
    command = [sys.executable, str(script), "code", str(articles), "-o", str(out), "--workers", "2", "--page-seconds", "59"]
    # Children of a shell that runs in the background ignore Ctrl-C; a user's do not.
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 120
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while time.monotonic() < deadline:
        # Workers start when the store is open; where nobody tells of children, half a second has to do.
        if (out / "store.json").exists() and (not children.exists() or len(children.read_text().split()) >= 2):
            break
        time.sleep(0.02)
    time.sleep(0.1 if children.exists() else 0.5)
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to all of them
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "goes on from there" in said and "Traceback" not in said
    (report,) = (out / "runs").glob("run-*.json")
    assert json.loads(report.read_text(encoding="utf8"))["stopped"] == "KeyboardInterrupt"
    assert run.invoke(app, ["code", str(articles), "-o", str(out), "--workers", "1", "-q"]).exit_code == 0
    assert rows(out) == alone


def test_a_page_beyond_its_limits_is_set_aside_with_the_reason(articles: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("Kenya accused Uganda of closing the border post. " * 200, encoding="utf8")
    done = run.invoke(app, ["code", str(large), str(articles), "-o", str(tmp_path / "o"), "--format", "jsonl", "--page-megabytes", "0.005", "-q"])
    assert done.exit_code == 0, done.output
    aside = [json.loads(x) for x in (tmp_path / "o" / "set_aside.jsonl").read_text(encoding="utf8").splitlines()]
    assert "larger than 5 kB" in aside[0]["reason"] and len(aside) == 2


def test_what_runs_depends_on_how_much_is_expected() -> None:
    assert engine_for("", -1, ["a.jsonl"], 10) == "here" and engine_for("", -1, ["a.jsonl"], 1000) == "local"
    assert engine_for("", -1, ["a.warc.gz"], None) == "local" and engine_for("", -1, ["https://example.org/"], None) == "here"
    assert engine_for("", 1, ["a.warc.gz"], None) == "here" and engine_for("ray", 1, ["a"], 1) == "ray"


def test_workers_without_a_folder_are_an_error(articles: Path) -> None:
    done = run.invoke(app, ["code", str(articles), "--workers", "2"])
    assert done.exit_code != 0 and "-o DIR" in str(done.exception)
