"""The Spark example of docs/scale.md, run on an Arrow batch as Spark would hand it over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa


def test_the_spark_example_codes_a_batch() -> None:
    text = (Path(__file__).parent.parent.parent / "docs" / "scale.md").read_text(encoding="utf8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    rows = [{"url": f"https://paper.example/{n}", "text": "Kenya accused Uganda of closing the border post.", "date": "2023-03-04"} for n in (1, 2)]
    found = list(names["code_batches"](iter([pa.RecordBatch.from_pylist(rows)])))
    events = pa.Table.from_batches(found)
    assert events.schema == names["EVENTS"] and events.column("event").to_pylist().count("ACCUSE") == 2
