from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from whowhom.cli.app import app
from whowhom.explore import judgements
from whowhom.store import open_store

PAGE = "Soldiers of Chad killed five rebels near the lake on Monday. The president of Chad met the president of Niger on Tuesday.\n"


def test_a_correction_is_honoured_when_a_page_is_coded_again(tmp_path: Path) -> None:
    page, store = tmp_path / "page.txt", tmp_path / "store"
    page.write_text(PAGE, encoding="utf8")
    run = CliRunner()
    assert run.invoke(app, ["code", str(page), "--date", "2024-05-01", "-o", str(store)]).exit_code == 0
    events = open_store(store).rows("events", ["id", "document", "event"]).to_pylist()
    assert events
    wrong = events[0]
    judgements.add(store, judgements.make(wrong["id"], wrong["document"], "not_event", by="a reader"))
    # Another threshold makes the rows stale, so that they are coded again.
    done = run.invoke(app, ["recode", str(store), "--threshold", "0.2"])
    assert done.exit_code == 0, done.output
    again = {e["id"] for e in open_store(store).rows("events", ["id"]).to_pylist()}
    assert wrong["id"] not in again and again >= {e["id"] for e in events[1:]}
