"""Floors under the measured figures of times, event dates, amounts and places; needs the shared corpora."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from whowhom.evaluate import amounts, places, times

pytestmark = pytest.mark.gold


def beside(name: str) -> ModuleType:
    """A module of this folder, which is no package on the path of every runner."""
    spec = importlib.util.spec_from_file_location(f"gold_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["meantime_train", "gum_open_dev"])
def test_times(shared: Path, name: str) -> None:
    figures = times.score(shared / "data" / f"{name}.jsonl.gz").figures
    assert figures["span F1"] >= 0.85
    assert figures["value given the span"] >= 0.85


def test_event_dates(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = beside("attachment")
    monkeypatch.setattr(module, "SHARED", shared)
    share, wrong = module.score("all")
    assert share >= 0.85, wrong


def test_amounts(shared: Path, tmp_path: Path) -> None:
    assert amounts.score(shared / "data" / "meantime_train.jsonl.gz").figures["F1"] >= 0.85
    for part in ("dev", "aside"):
        path = tmp_path / part
        path.write_text("".join(json.dumps(r) + "\n" for r in beside("labelled").rows("amounts", part, shared)), encoding="utf8")
        assert amounts.score(path).figures["F1"] >= 0.85


def test_places(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "places"
    path.write_text("".join(json.dumps(r) + "\n" for r in beside("labelled").rows("places", "", shared)), encoding="utf8")
    figures = places.score(path).figures
    assert figures["country"] >= 0.95
    assert figures["within 50 km"] >= 0.85
    assert figures["country: namesakes"] >= 0.9
