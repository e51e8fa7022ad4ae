"""Draw `docs/terminal.svg`: the bundled page as the terminal shows it. Run again after a change of model or table.

python docs/terminal.py
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from rich.console import Console

import whowhom
from whowhom.cli.table import show
from whowhom.model import Coded

HERE = Path(__file__).parent


def main() -> None:
    """Code the page and write the picture."""
    screen = Console(record=True, width=132, file=io.StringIO(), force_terminal=True)
    screen.print("[bold]$ whowhom code examples/pages/river.html[/bold]")
    with contextlib.chdir(HERE.parent):
        for one in whowhom.code("examples/pages/river.html"):
            if isinstance(one, Coded):
                show(screen, one)
    svg = screen.export_svg(title="whowhom code")
    (HERE / "terminal.svg").write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
