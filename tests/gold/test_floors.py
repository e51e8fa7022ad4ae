"""The gold pages are coded, and a figure below its recorded floor fails.

Floors stand in ``floors.json``; raise them when whowhom gets better, never lower them to pass.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text(encoding="utf8"))
QUIET = {"quiet_a": "", "quiet_b": ", set aside", "quiet_c": ", written last"}
CEILINGS = ("false events per page without any", *("false events in ten pages" + end for end in QUIET.values()))


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    from whowhom.evaluate import score

    result = score("pages", HERE / "pages")
    print(result.text())
    figures = dict(result.figures)
    for name, end in QUIET.items():
        quiet = score("quiet", HERE / f"{name}.jsonl")
        print(quiet.text())
        figures["false events in ten pages" + end] = quiet.figures["false events in ten pages"]
    return figures


@pytest.mark.gold
@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(name: str, figures: dict[str, float]) -> None:
    if name in CEILINGS:
        assert figures[name] <= FLOORS[name]
    else:
        assert figures[name] >= FLOORS[name]
