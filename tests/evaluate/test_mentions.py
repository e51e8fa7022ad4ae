# ruff: noqa: E501 - a case stands on one line
"""The scorers of times, amounts and places on rows made up here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whowhom.errors import InputError
from whowhom.evaluate import amounts, places, times
from whowhom.evaluate.texts import joined
from whowhom.evaluate.times import timex


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf8")
    return path


MEANTIME = {
    "id": "m", "dct": "2009-06-04", "tokens": ["On", "Monday", ",", "Acme", "lost", "$", "5", "million", "."], "sentence": [0] * 9,
    "timex": [{"tokens": [1], "type": "DATE", "value": "2009-06-01"}], "values": [{"tokens": [5, 6, 7], "type": "MONEY"}],
}  # fmt: skip


def test_times_meantime(tmp_path: Path) -> None:
    result = times.score(write(tmp_path / "a.jsonl", MEANTIME))
    assert result.figures["span F1"] == result.figures["value given the span"] == 1.0
    wrong = MEANTIME | {"timex": [{"tokens": [1], "type": "DATE", "value": "2009-06-02"}, {"tokens": [3], "type": "DATE", "value": "2009"}]}
    result = times.score(write(tmp_path / "b.jsonl", wrong))
    assert result.figures["value given the span"] == 0.0
    assert result.figures["recall"] == 0.5
    assert len(result.worst) == 2


def test_times_gum(tmp_path: Path) -> None:
    row = {"id": "g", "date": "2014-01-01", "sents": [{"tokens": ["In", "the", "1960s", "it", "fell", "."]}],
           "dates": [{"sent": 0, "start": 2, "end": 3, "attrs": {"from": "1960-01-01", "to": "1969-12-31"}}]}  # fmt: skip
    result = times.score(write(tmp_path / "g.jsonl", row))
    assert (result.figures["span F1"], result.figures["strict span F1"], result.figures["value given the span"]) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("2009-Q1", ("2009-01-01", "2009-03-31")),
        ("2009-W01", ("2008-12-29", "2009-01-04")),
        ("197", ("1970-01-01", "1979-12-31")),
        ("2009-02", ("2009-02-01", "2009-02-28")),
        ("X", ("", "")),
    ],
)
def test_timex_values(value: str, want: tuple[str, str]) -> None:
    assert timex(value) == want


def test_amounts_both_layouts(tmp_path: Path) -> None:
    assert amounts.score(write(tmp_path / "m.jsonl", MEANTIME)).figures["F1"] == 1.0
    row = {"text": "The raid killed 12 soldiers.", "amounts": [{"start": 16, "end": 18, "value": 12, "unit": "soldier"}]}
    result = amounts.score(write(tmp_path / "t.jsonl", row))
    assert result.figures["F1"] == 1.0
    assert result.rows[0]["amounts"]
    row["amounts"] = [{"start": 16, "end": 18, "value": 13, "unit": "soldier"}]
    assert amounts.score(write(tmp_path / "u.jsonl", row)).figures["F1"] == 0.0


def test_places_layouts(tmp_path: Path) -> None:
    row = {"text": "Shots rang out in Tripoli, Lebanon.", "places": [{"start": 18, "end": 25, "country": "LBN", "lat": 34.43, "lon": 35.84}]}
    figures = places.score(write(tmp_path / "p.jsonl", row)).figures
    assert figures["country"] == figures["within 50 km"] == 1.0
    row["places"] = [{"start": 18, "end": 25, "country": "LBY", "lat": 32.9, "lon": 13.2}]
    assert places.score(write(tmp_path / "q.jsonl", row)).figures["country"] == 0.0
    re3d = {"text": "It fell on Mosul.", "entities": [{"start": 11, "end": 16, "type": "Location"}]}
    assert places.score(write(tmp_path / "r.jsonl", re3d)).figures == {"linked": 1.0}


@pytest.mark.parametrize("scorer", [times, amounts, places])
def test_other_layouts_are_refused(tmp_path: Path, scorer: Any) -> None:
    with pytest.raises(InputError):
        scorer.score(write(tmp_path / "x.jsonl", {"something": 1}))


def test_joined_tokens() -> None:
    text, spans = joined(["``", "GB", "#", "20", "%", "of", "it", "(", "net", ")", "."])
    assert text == '"GB £20% of it (net).'
    assert text[spans[3].begin : spans[3].end] == "20"
