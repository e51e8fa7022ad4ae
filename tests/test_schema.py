from __future__ import annotations

import json
import math
import pickle

import pyarrow as pa
import pytest

from whowhom import model
from whowhom.schema import TABLES, arrow_schema, arrow_type, record, row

SPAN = model.Span(3, 9)


def event() -> model.Event:
    place = model.Place("Tripoli", SPAN, "Tripoli", "81302", "LBN", "North", "city", math.nan, 35.8, 0.9)
    actor = model.Actor("the Kenyan army", SPAN, country="KEN", sector="MIL", members=("KEN",))
    return model.Event(
        id="e1", document="d1", event="AID", mode="", context=("military",), cameo="072", quad=2, score_plover=10.0, score_goldstein=8.3,
        actor=(actor,), recipient=(), date="2021-12", date_end="", date_precision="month", date_source="text", status="planned",
        planned=model.Planned("AID", date="2022"), denied_by=(), said_by=(model.Speaker("Nairobi", SPAN),), amounts=(), place=place,
        text="words", span=SPAN, trigger=SPAN, confidence=0.7,
    )  # fmt: skip


def test_a_row_is_json_and_comes_back_as_the_same_record() -> None:
    first = event()
    again = record(model.Event, json.loads(json.dumps(row(first))))
    assert math.isnan(again.place.latitude)
    assert row(again) == row(first)
    assert again.actor == first.actor and again.trigger == SPAN and again.planned == first.planned


@pytest.mark.parametrize("table", TABLES)
def test_every_record_has_an_arrow_schema_with_its_fields(table: str) -> None:
    schema = arrow_schema(table)
    assert schema.names == list(TABLES[table].__dataclass_fields__)


def test_rows_fit_their_arrow_schema() -> None:
    table = pa.Table.from_pylist([row(event())], schema=arrow_schema("events"))
    back = table.to_pylist()[0]
    assert back["cameo"] == "072" and back["place"]["latitude"] is None and back["span"] == [3, 9]


@pytest.mark.parametrize("table", TABLES)
def test_a_schema_for_readers_without_fixed_lists_has_none(table: str) -> None:
    assert "fixed_size_list" not in str(arrow_schema(table, fixed=False))
    assert len(arrow_schema(table, fixed=False)) == len(arrow_schema(table))
    rows = [row(event())] if table == "events" else []
    assert pa.Table.from_pylist(rows, schema=arrow_schema(table, fixed=False)).num_rows == len(rows)


def test_a_type_that_records_may_not_use_is_refused() -> None:
    with pytest.raises(TypeError, match="may not hold"):
        arrow_type(dict)


def test_ids_are_the_same_for_the_same_content_only() -> None:
    assert model.content_id("a", 1) == model.content_id("a", 1)
    assert model.content_id("a", 1) != model.content_id("a1", "")


def test_records_come_back_from_another_process_as_they_were() -> None:
    sent = (event(), model.Note("d", SPAN, "events", "no party"))
    found = pickle.loads(pickle.dumps(sent))
    assert repr(found) == repr(sent) and isinstance(found[0].span, model.Span) and not hasattr(found[0], "__dict__")
