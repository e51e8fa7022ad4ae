"""A BERT-like network as ONNX to int8, with scales that are fixed once instead of measured per batch.

Two things make MiniLM hard to quantise: single channels of a layer norm or behind GELU are ten times as large as all others, and
only in some words. So each channel of an activation is first divided by a factor that its column of weights is multiplied
by (SmoothQuant, arXiv:2211.10438): then one scale does for the whole activation, and a fixed one, since layer norms bound what
comes. Largest values are taken from sentences that the network is shown (`feeds`); what goes beyond is cut there.

Against scales measured per batch this is nearer to the float network and faster: nothing is measured at run time, the
inner layer needs no blocks of its own, query, key and value are one product, and attention is one kernel (`QAttention`).

Weights are stored without a sign, 128 standing for 0 (`unsigned`). Activations are bytes without a sign, too, and processors
without VNNI (most laptops sold before 2021) multiply those by signed weights in pairs that are cut at 32,767: onnxruntime's
documentation warns of it. It cost the accurate model all its events there. For weights without a sign onnxruntime takes sums of
32 bits on such processors; where there is VNNI both kinds are exact.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from . import casebook, corpora

Floats = NDArray[np.float32]

#: How much of the steepness goes into the weights, 0 to 1.
SHARE = 0.8
#: The largest value seen is given this much room.
ROOM = 1.05
#: Masked words get this added before the softmax.
MASKED = -10000.0
_CONTRIB = "com.microsoft"
#: Products in integers: where their weights and the weights' zero point stand among the inputs.
_PRODUCTS = {"QAttention": (1, 7), "MatMulIntegerToFloat": (1, 5), "MatMulInteger": (1, 3)}
#: What stands for 0 among weights without a sign.
MIDDLE = 128
#: Articles and casebook lines that the network is shown, and how many go in together.
ARTICLES, LINES, TOGETHER = 20, 300, 16


class _Graph:
    """A graph that is taken apart and put together again."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.weights: dict[str, Any] = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.nodes = list(model.graph.node)
        self.users: dict[str, list[onnx.NodeProto]] = {}
        self.maker = {o: n for n in self.nodes for o in n.output}
        for node in self.nodes:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.made: list[onnx.NodeProto] = []

    def linear(self, bias: str) -> tuple[onnx.NodeProto, onnx.NodeProto]:
        """The product and the sum of the layer with this bias."""
        (total,) = self.users[bias]
        product = next(self.maker[i] for i in total.input if i in self.maker)
        assert product.op_type == "MatMul" and product.input[1] in self.weights, product.name
        return product, total

    def weight(self, bias: str) -> Floats:
        """The weights of the layer with this bias, (in, out)."""
        found: Floats = self.weights[self.linear(bias)[0].input[1]]
        return found

    def keep(self, name: str, value: NDArray[Any]) -> str:
        """A constant."""
        self.weights[name] = value
        return name

    def add(self, op: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any) -> str:
        """A node; its output."""
        self.made.append(helper.make_node(op, list(inputs), [output], name="int8/" + output, domain=domain, **attributes))
        return output

    def integers(self, x: str, largest: Floats, weight: Floats, name: str, before: Floats | None = None) -> tuple[str, str, str, str, str]:
        """An activation and the weights behind it as integers: names of both, of the activation's scale and zero point, of the weights'
        scales. Channels are evened here, unless what comes `before` has done it by these factors."""
        even = evened(largest, weight) if before is None else before.astype(np.float64)
        high = float((largest[0] / even).max()) * ROOM
        low = float((largest[1] / even).max()) * ROOM
        scale = (high + low) / 255
        zero = int(np.clip(round(low / scale), 0, 255))
        turned = weight.astype(np.float64) * even[:, None]
        scales = np.maximum(np.abs(turned).max(0) / 127, 1e-12)
        small = np.clip(np.round(turned / scales), -127, 127).astype(np.int8)
        a, z = self.keep(name + ".scale", np.float32(scale)), self.keep(name + ".zero", np.uint8(zero))
        if before is None:
            x = self.add("Mul", [x, self.keep(name + ".even", (1 / even).astype(np.float32))], name + ".evened")
        cut = self.add("QuantizeLinear", [x, a, z], name + ".small")
        w, s = self.keep(name + ".weight", small), self.keep(name + ".scales", scales.astype(np.float32))
        return cut, w, a, z, s

    def layer(self, x: str, largest: Floats, weight: Floats, bias: Floats, name: str, output: str, before: Floats | None = None) -> str:
        """A linear layer in integers."""
        cut, w, a, z, s = self.integers(x, largest, weight, name, before)
        none = self.keep("none.int8", np.zeros(1, np.int8)[0])
        b = self.keep(name + ".bias", bias)
        return self.add("MatMulIntegerToFloat", [cut, w, a, s, z, none, b], output, _CONTRIB)

    def assemble(self) -> onnx.ModelProto:
        """The model with what was made in place of what makes the same outputs, and nothing that nobody uses."""
        made = {o for n in self.made for o in n.output}
        maker = {o: n for n in [*(n for n in self.nodes if not made & set(n.output)), *self.made] for o in n.output}
        order: list[onnx.NodeProto] = []
        done: set[str] = set()

        def want(name: str) -> None:
            waiting = [(name, False)]
            while waiting:
                at, ready = waiting.pop()
                if at not in maker or (at in done and not ready):
                    continue
                if ready:
                    if maker[at] not in order:
                        order.append(maker[at])
                    continue
                done.add(at)
                waiting.append((at, True))
                waiting += [(i, False) for i in maker[at].input]

        for output in self.model.graph.output:
            want(output.name)
        used = {i for n in order for i in n.input}
        constants = [numpy_helper.from_array(np.asarray(v), k) for k, v in self.weights.items() if k in used]
        graph = helper.make_graph(order, "whowhom", self.model.graph.input, self.model.graph.output, constants)
        opsets = [*self.model.opset_import, helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=self.model.ir_version)


def evened(largest: Floats, weight: Floats) -> NDArray[np.float64]:
    """By what each channel of an activation is divided, and its weights (in, out) multiplied: 1 on average."""
    steep = np.maximum(largest.max(0), 1e-5).astype(np.float64)
    wide = np.maximum(np.abs(weight).max(1), 1e-5).astype(np.float64)
    even = steep**SHARE / wide ** (1 - SHARE)
    found: NDArray[np.float64] = even / np.exp(np.log(even).mean())
    return found


def _observe(model: onnx.ModelProto, names: Sequence[str], feeds: Sequence[Mapping[str, Any]]) -> dict[str, Floats]:
    """The largest value and the largest negative of each channel of activations, over what is not padding."""
    import onnxruntime

    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    known = {o.name for o in watched.graph.output}
    watched.graph.output.extend(helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names if n not in known)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, Floats] = {}
    for fed in feeds:
        pieces = fed["mask"].astype(bool)
        for name, value in zip(names, session.run(list(names), dict(fed)), strict=True):
            rows = value[pieces] if value.shape[:2] == pieces.shape else value.reshape(-1, value.shape[-1])
            both = np.stack([rows.max(0), -rows.min(0)]).clip(min=0)
            found[name] = np.maximum(found[name], both) if name in found else both
    return found


def shown(tokenizer: Path, longest: int, seed: int = 7) -> list[dict[str, NDArray[np.int64]]]:
    """Batches of the network's inputs to see how large activations get: sentences of news and of the casebook, each as it
    is and once more with words marked at random. Nothing is learnt from them but the largest values."""
    from tokenizers import Tokenizer

    rng = random.Random(seed)
    folder = Path(__file__).parent
    articles = corpora.read_jsonl(folder.parent.parent / "shared" / "data" / "polnear_train.jsonl.gz")
    texts = [r["text"][b:e] for r in rng.sample(articles, ARTICLES) for b, e in corpora._sentences(r["text"])]
    cases = casebook.read(*sorted((folder / "casebook").glob("*.txt")), strict=False)
    texts += [c.text for c in rng.sample(cases, min(LINES, len(cases)))]
    cutter = Tokenizer.from_file(str(tokenizer))
    cutter.no_padding()
    cutter.enable_truncation(longest)
    encoded = sorted(cutter.encode_batch([corpora.cut(t)[0] for t in texts], is_pretokenized=True), key=lambda e: len(e.ids))
    out = []
    for at in range(0, len(encoded), TOGETHER):
        group = encoded[at : at + TOGETHER]
        shape = (len(group), max(len(e.ids) for e in group))
        ids, mask, marks, first = (np.zeros(shape, np.int64) for _ in range(4))
        for n, e in enumerate(group):
            ids[n, : len(e.ids)], mask[n, : len(e.ids)], first[n, : len(e.ids)] = e.ids, 1, range(len(e.ids))
            for kind in (1, 2, 3):
                marks[n, rng.randrange(len(e.ids))] = kind
        out += [{"ids": ids, "mask": mask, "marks": m, "first": first} for m in (np.zeros_like(marks), marks)]
    return out


def quantise(source: Path, target: Path, feeds: Sequence[Mapping[str, Any]], heads: int) -> None:
    """Write the float network at `source` as int8 to `target`. `heads` are those of its attention; `feeds` batches of its inputs."""
    model = onnx.load(str(source))
    g = _Graph(model)
    layers = sum(k.endswith("attention.self.query.bias") for k in g.users)
    prefix = next(k for k in g.users if k.endswith("attention.self.query.bias")).partition("layer.0.")[0]
    parts = [{p: f"{prefix}layer.{n}.{p}.bias" for p in _PARTS} for n in range(layers)]
    inputs = {b: g.linear(b)[0].input[0] for some in parts for b in some.values()} | {b: g.linear(b)[0].input[0] for b in _HEADS}
    seen = _observe(model, sorted(set(inputs.values())), feeds)
    mask = g.add("Cast", ["mask"], "mask.int32", to=TensorProto.INT32)
    none = g.keep("none.int8", np.zeros(1, np.int8)[0])
    for n, some in enumerate(parts):
        three = [some[f"attention.self.{p}"] for p in ("query", "key", "value")]
        weight, bias = (np.concatenate([f(b) for b in three], -1) for f in (g.weight, g.weights.__getitem__))
        x, out = inputs[three[0]], inputs[some["attention.output.dense"]]
        # Attention sums over words and leaves channels alone: what evens its output is done to the values' weights, at no cost.
        after = evened(seen[out], g.weight(some["attention.output.dense"])).astype(np.float32)
        size = len(after)
        weight[:, -size:] /= after
        bias[-size:] /= after
        cut, w, a, z, s = g.integers(x, seen[x], weight, f"{n}.attend")
        g.add(
            "QAttention", [cut, w, g.keep(f"{n}.attend.bias", bias), a, s, mask, z, none], out, _CONTRIB,
            num_heads=heads, mask_filter_value=MASKED,
        )  # fmt: skip
        for part in ("attention.output.dense", "intermediate.dense", "output.dense"):
            b, before = some[part], after if part == "attention.output.dense" else None
            g.layer(inputs[b], seen[inputs[b]], g.weight(b), g.weights[b], f"{n}.{part}", g.linear(b)[1].output[0], before)
    # The heads see the same words: evened once for all of them.
    x = inputs[_HEADS[0]]
    before = evened(seen[x], np.concatenate([g.weight(b) for b in _HEADS], 1)).astype(np.float32)
    even = g.add("Mul", [x, g.keep("heads.even", 1 / before)], "heads.evened")
    for b in _HEADS:
        g.layer(even, seen[x], g.weight(b), g.weights[b], "head." + b.partition(".")[0], g.linear(b)[1].output[0], before)
    _rows(g)
    onnx.save(unsigned(g.assemble()), str(target))


def unsigned(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same model, changed in place, with `MIDDLE` added to all weights that are multiplied as integers: see the module's docstring."""
    constants = {i.name: i for i in model.graph.initializer}
    turned = set()
    for node in model.graph.node:
        if node.op_type in _PRODUCTS:
            weight, zero = (node.input[at] for at in _PRODUCTS[node.op_type])
            for name in {weight, zero} - turned:
                value = numpy_helper.to_array(constants[name])
                assert value.dtype == np.int8, f"{name} of {node.name} is {value.dtype}"
                constants[name].CopyFrom(numpy_helper.from_array((value.astype(np.int16) + MIDDLE).astype(np.uint8), name))
                turned.add(name)
    return model


def _rows(g: _Graph) -> None:
    """The table of word pieces as integers, with a scale for each piece."""
    (gather,) = (n for n in g.nodes if n.op_type == "Gather" and n.input[1] == "ids")
    table: Floats = g.weights[gather.input[0]]
    scales = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-12)
    small = g.keep("pieces.weight", np.round(table / scales).astype(np.int8))
    rows = g.add("Cast", [g.add("Gather", [small, "ids"], "pieces.small")], "pieces.float", to=TensorProto.FLOAT)
    by = g.add("Gather", [g.keep("pieces.scales", scales.astype(np.float32)), "ids"], "pieces.scale")
    g.add("Mul", [rows, by], gather.output[0])


_PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense")
_HEADS = ("words.bias", "arc_from.bias", "arc_to.bias")
