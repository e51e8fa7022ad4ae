"""The accurate model, where its distribution is installed: the same interface, chosen by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import whowhom
from whowhom.encoder import available, open_encoder

pytestmark = pytest.mark.skipif("accurate" not in available(), reason="whowhom-accurate is not installed (pip install ./accurate)")


def test_both_models_speak_of_the_same_things() -> None:
    fast, accurate = open_encoder("fast"), open_encoder("accurate")
    assert accurate.version.startswith("accurate-")
    assert accurate.labels == fast.labels and accurate.relations == fast.relations
    assert accurate.calibration, "without it a probability is no frequency"


def test_a_page_is_coded_and_tells_by_which_model(tmp_path: Path) -> None:
    page = {"text": "Kenya accused Sudan of arming rebels. Sudan denied it on Monday.", "date": "2024-05-07"}
    path = tmp_path / "page.jsonl"
    path.write_text(json.dumps(page) + "\n", encoding="utf8")
    (coded,) = whowhom.code(path, model="accurate")
    accused = next(e for e in coded.events if e.event == "ACCUSE")
    assert [a.country for a in accused.actor] == ["KEN"] and [a.country for a in accused.recipient] == ["SDN"]
    assert any(g.by.startswith("accurate-") for g in accused.grounds)
