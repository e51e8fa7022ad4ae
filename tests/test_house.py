"""The rules of the house: imports run one way, importing costs nothing, help comes at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAVY = ("numpy", "onnxruntime", "pyarrow", "duckdb", "trafilatura", "tokenizers", "rich.progress", "torch", "spacy")


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_loads_nothing_heavy() -> None:
    loaded = run("import sys, whowhom; print([m for m in %r if m in sys.modules])" % (HEAVY,))
    assert loaded.strip() == "[]"


def test_help_loads_nothing_heavy() -> None:
    code = "import sys\nsys.argv = ['whowhom', '--help']\nfrom whowhom.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    loaded = run(code + "print([m for m in %r if m in sys.modules])" % (HEAVY,))
    assert loaded.strip().splitlines()[-1] == "[]"
    assert "code" in loaded


def test_imports_run_left_to_right() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_so_long_that_it_holds_two_ideas() -> None:
    long = {str(p.relative_to(ROOT)): n for p in (ROOT / "src").rglob("*.py") if (n := len(p.read_text(encoding="utf8").splitlines())) > 420}
    assert not long
