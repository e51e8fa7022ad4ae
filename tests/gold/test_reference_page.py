"""The reference page, read from the shared folder: what a careful coder takes from it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

#: Least of each part that check.py must count today (the first stage asks for 6 events); raise it when whowhom gets better.
LEAST = {"cut": 4, "names": 23, "events": 5, "never": 4}


@pytest.mark.gold
def test_the_reference_page(shared: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from whowhom.cli.app import app

    page = shared / "pages" / "partnership.txt"
    done = CliRunner().invoke(app, ["code", str(page), "--date", "2021-12-16", "--format", "jsonl", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    checked = subprocess.run([sys.executable, str(shared / "pages" / "check.py"), str(tmp_path)], capture_output=True, text=True, check=False)
    parts = {k: int(n) for k, n in re.findall(r"(\w+) (\d+)/\d+", checked.stdout)}
    print(checked.stdout)
    assert {k: parts[k] for k in LEAST if parts[k] < LEAST[k]} == {}
