"""Rows and Arrow schemas, derived from the records in `whowhom.model` and written nowhere else."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from whowhom import model

if TYPE_CHECKING:
    import pyarrow

#: Tables that a run writes, and the record that makes a row of each.
TABLES: dict[str, type] = {"documents": model.Document, "mentions": model.Mention, "events": model.Event, "notes": model.Note}


def row(record: Any) -> Any:
    """A record as plain JSON values: spans as [begin, end], NaN and infinity as null."""
    if type(record) is model.Span:
        return [*record]
    if isinstance(record, float):
        return record if math.isfinite(record) else None
    if record is None or isinstance(record, str | int | bool):
        return record
    if isinstance(record, tuple):
        return [row(x) for x in record]
    kind: Any = type(record)
    names, values_of, others = _fields(kind)
    values = dict(zip(names, values_of(record), strict=True))
    for name in others:
        values[name] = row(values[name])
    return values


@lru_cache(maxsize=32)
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[str, ...]]:
    """A record's fields, what gives the values of all of them at once, and the fields that are more than text or a whole number."""
    hints = _hints(kind)
    return tuple(hints), attrgetter(*hints), tuple(name for name, hint in hints.items() if hint not in (str, int, bool))


def record(kind: Any, value: Any) -> Any:
    """The record (or field value) of type `kind` that `row` made this from."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else record(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(record(arguments[0], x) for x in value or ())
    if kind is model.Span:
        return model.Span(int(value[0]), int(value[1]))
    if kind is float:
        return math.nan if value is None else float(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: record(hint, value[name]) for name, hint in hints.items() if name in value})
    return value


@lru_cache(maxsize=32)
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def arrow_type(kind: Any, fixed: bool = True) -> pyarrow.DataType:
    """The Arrow type of a field's type; without `fixed`, spans are lists of any length. Raises TypeError for a type that records may
    not use."""
    import pyarrow as pa

    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is model.Span:
        return pa.list_(pa.int32(), 2) if fixed else pa.list_(pa.int32())
    if origin in (types.UnionType, typing.Union):
        return arrow_type(next(a for a in arguments if a is not type(None)), fixed)
    if origin is tuple:
        return pa.list_(arrow_type(arguments[0], fixed))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return pa.struct([pa.field(name, arrow_type(hint, fixed)) for name, hint in _hints(kind).items()])
    simple = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_()}
    if kind not in simple:
        raise TypeError(f"a record may not hold {kind}")
    return simple[kind]


@lru_cache(maxsize=8)
def arrow_schema(table: str, fixed: bool = True) -> pyarrow.Schema:
    """The Arrow schema of a table in `TABLES`. Without `fixed`, spans are plain lists: Spark knows no lists of fixed length."""
    import pyarrow as pa

    return pa.schema([pa.field(name, arrow_type(hint, fixed)) for name, hint in _hints(TABLES[table]).items()])
