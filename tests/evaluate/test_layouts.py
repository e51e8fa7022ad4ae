"""Files that are not quite of the layout: what is missing is coded all the same, what is wrong is named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whowhom.errors import InputError
from whowhom.evaluate import score

TEXT = "The mayor said that the bridge had been closed."
TOKENS = TEXT.split()


def file(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    return path


@pytest.mark.parametrize(
    ("task", "row", "said"),
    [
        ("attribution", {"attributions": []}, "no `text`"),
        ("attribution", {"text": TEXT, "attributions": {}}, None),
        ("attribution", {"text": TEXT, "attributions": ["said"]}, "no list of objects"),
        ("attribution", {"text": TEXT, "attributions": [{"source": [[0, 9]], "content": [[15, 46]]}]}, "attribution 1 has no cue"),
        ("attribution", {"text": TEXT, "attributions": [{"cue": [[10, 999]]}]}, "the cue of attribution 1"),
        ("attribution", {"text": TEXT, "attributions": [{"cue": [10, 14]}]}, "the cue of attribution 1"),
        ("attribution", {"text": TEXT, "attributions": [{"cue": [[10, 14]], "source": "The mayor"}]}, "the source of attribution 1"),
        ("factuality", {"preds": []}, "no list of words"),
        ("factuality", {"tokens": [1, 2]}, "no list of words"),
        ("factuality", {"tokens": TOKENS, "preds": [{"factuality": 1.0}]}, "`i` of predicate 1"),
        ("factuality", {"tokens": TOKENS, "preds": [{"i": 99, "factuality": 1.0}]}, "`i` of predicate 1"),
        ("factuality", {"tokens": TOKENS, "preds": [{"i": 2, "factuality": "yes"}]}, "`factuality` of predicate 1"),
        ("certainty", {"tokens": TOKENS, "sentence": [0]}, "does not number"),
        ("certainty", {"tokens": TOKENS, "event_mentions": [{"certainty": "CERTAIN"}]}, "event 1 has no `tokens`"),
        ("certainty", {"tokens": TOKENS, "event_mentions": [{"tokens": [-1]}]}, "a token of event 1"),
    ],
)
def test_what_is_wrong_is_named(task: str, row: dict[str, Any], said: str | None, tmp_path: Path) -> None:
    path = file(tmp_path, row)
    if said is None:
        score(task, path)
        return
    with pytest.raises(InputError, match=said) as error:
        score(task, path)
    assert ":1" in str(error.value)


def test_what_is_missing_is_coded_and_not_counted(tmp_path: Path) -> None:
    gold = {"cue": [[10, 14]], "source": None}
    result = score("attribution", file(tmp_path, {"text": TEXT}, {"id": "b", "text": TEXT, "attributions": [gold]}, {"text": ""}))
    assert [len(r["attributions"]) for r in result.rows] == [1, 1, 0]  # type: ignore[arg-type]
    assert result.figures["cue F1 (exact)"] == 1.0
    result = score("factuality", file(tmp_path, {"tokens": []}, {"tokens": TOKENS, "preds": [{"i": 2}]}, {"tokens": TOKENS, "preds": None}))
    assert [len(r["preds"]) for r in result.rows] == [0, 1, 0]  # type: ignore[arg-type]
    assert result.figures == {"Pearson r": 0.0}
    events = [{"tokens": [2]}, {"tokens": [6], "polarity": "POS"}]
    result = score("certainty", file(tmp_path, {"tokens": []}, {"tokens": TOKENS, "event_mentions": events}))
    assert [len(r["event_mentions"]) for r in result.rows] == [0, 2]  # type: ignore[arg-type]
