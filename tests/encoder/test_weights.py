"""The shipped networks' products in integers: exact on any processor."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from whowhom.encoder import available

#: Products of activations and weights in integers: where the weights and their zero point stand among the inputs.
PRODUCTS = {"QAttention": (1, 7), "MatMulIntegerToFloat": (1, 5), "MatMulInteger": (1, 3)}
UINT8 = 2  # TensorProto.DataType, onnx.proto3


def _number(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Fields of a protobuf message: the number of each and its value, a number or bytes."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        if key & 7 == 0:
            value, at = _number(data, at)
            yield key >> 3, value
        else:
            size, at = _number(data, at) if key & 7 == 2 else ({1: 8, 5: 4}[key & 7], at)
            yield key >> 3, data[at : at + size]
            at += size


def _parts(data: memoryview, number: int) -> list[memoryview]:
    return [v for n, v in _fields(data) if n == number and isinstance(v, memoryview)]


@pytest.mark.parametrize("name", ["fast", "accurate"])
def test_no_weight_that_is_multiplied_in_integers_has_a_sign(name: str) -> None:
    # Without VNNI, products of bytes without and with a sign are added in pairs that are cut at 32,767: a model whose weights have a
    # sign reads well where it was made and finds nothing elsewhere. No other test shows this on a processor with VNNI.
    if name not in available():
        pytest.skip(f"whowhom-{name} is not installed")
    place = available()[name]
    folder = Path(place) if Path(place).is_dir() else Path(str(resources.files(place)))
    (graph,) = _parts(memoryview((folder / "model.onnx").read_bytes()), 7)
    kinds = {}
    for constant in _parts(graph, 5):
        found = {n: v for n, v in _fields(constant) if n in (2, 8)}
        kinds[bytes(found[8]).decode()] = found[2]
    nodes = [([bytes(i).decode() for i in _parts(n, 1)], bytes(_parts(n, 4)[0]).decode()) for n in _parts(graph, 1)]
    products = [(inputs[at], kinds[inputs[at]]) for inputs, kind in nodes for at in PRODUCTS.get(kind, ())]
    assert len(products) >= 50
    assert [n for n, kind in products if kind != UINT8] == []
