"""A shipped file back to a checkpoint, to be trained on: float weights from the integers, where no checkpoint is kept.

    python -m training.recover fast src/whowhom/encoder/fast .work/fast-recovered

What was rounded stays rounded, by half a step of its column. Word pieces are the base's own, which training left alone. Factors that
evened channels (`quantise`) are divided out where they are kept, and stay where both sides of a product hold them.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from .quantise import MIDDLE
from .train import build

#: What stands between a product in integers and its bias.
_BETWEEN = ("Cast", "Mul")


class _File:
    """The constants of a shipped network and who uses them."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.constants: dict[str, NDArray[Any]] = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.nodes = list(graph.node)
        self.users: dict[str, list[onnx.NodeProto]] = {}
        for node in self.nodes:
            for name in node.input:
                self.users.setdefault(name, []).append(node)

    def bias_behind(self, output: str) -> str:
        """The bias that is added to a product, through what scales it."""
        at = output
        while True:
            (node,) = self.users[at]
            if node.op_type == "Add":
                return next(i for i in node.input if i in self.constants)
            assert node.op_type in _BETWEEN, node
            at = node.output[0]

    def rows(self, weight: str, scales: str) -> NDArray[np.float32]:
        """Weights (in, out) as floats."""
        found: NDArray[np.float32] = (self.constants[weight].astype(np.float32) - MIDDLE) * self.constants[scales]
        return found


def _static(file: _File, layers: int) -> dict[str, NDArray[Any]]:
    """Weights and biases of a file with scales fixed once (`quantise`), by their names in the network."""
    c, found = file.constants, {}
    for n in range(layers):
        inside = f"encoder.encoder.layer.{n}."
        whole = file.rows(f"{n}.attend.weight", f"{n}.attend.scales") * c[f"{n}.attend.even"][:, None]
        for part, weight, bias in zip(("query", "key", "value"), np.split(whole, 3, 1), np.split(c[f"{n}.attend.bias"], 3), strict=True):
            found[f"{inside}attention.self.{part}.weight"], found[f"{inside}attention.self.{part}.bias"] = weight.T, bias
        for part in ("attention.output.dense", "intermediate.dense", "output.dense"):
            name = f"{n}.{part}"
            weight = file.rows(name + ".weight", name + ".scales")
            if name + ".even" in c:
                weight = weight * c[name + ".even"][:, None]
            found[f"{inside}{part}.weight"], found[f"{inside}{part}.bias"] = weight.T, c[name + ".bias"]
    for head in ("words", "arc_from", "arc_to"):
        weight = file.rows(f"head.{head}.weight", f"head.{head}.scales") * c["heads.even"][:, None]
        found[head + ".weight"], found[head + ".bias"] = weight.T, c[f"head.{head}.bias"]
    return found


def _measured(file: _File) -> dict[str, NDArray[Any]]:
    """Weights of a file whose activations are scaled per batch, by their names in the network."""
    found: dict[str, NDArray[Any]] = {}
    for node in file.nodes:
        if node.op_type == "MatMulInteger":
            weight = node.input[1]
            name = file.bias_behind(node.output[0]).removesuffix(".bias") + ".weight"
            found[name] = file.rows(weight, weight.replace("_quantized", "_scale")).T
        elif node.op_type == "MatMulNBits":
            name = file.bias_behind(node.output[0]).removesuffix(".bias") + ".weight"
            blocks = file.constants[node.input[1]].astype(np.float32) - MIDDLE
            found[name] = (blocks * file.constants[node.input[2]].reshape(blocks.shape[:2])[..., None]).reshape(len(blocks), -1)
        elif node.op_type == "Gather" and node.input[0].endswith("_quantized"):
            name = node.input[0].removesuffix("_quantized")
            small, scale, zero = (file.constants[name + end] for end in ("_quantized", "_scale", "_zero_point"))
            found[name] = (small.astype(np.float32) - zero) * scale
    return found


def recover(tier: str, path: Path) -> dict[str, torch.Tensor]:
    """The state of a network of this tier as the file at `path` holds it. Raises SystemExit where a part is missing."""
    network, _ = build(tier)
    state = network.state_dict()
    file = _File(path)
    fixed = any(n.op_type == "QAttention" for n in file.nodes)
    found = _static(file, network.encoder.config.num_hidden_layers if fixed else 0) if fixed else _measured(file)
    found |= {k: v for k, v in file.constants.items() if k in state and k not in found}
    # The arcs' bias is folded to the shape in which it is added.
    found["arc_bias"] = next(v for v in file.constants.values() if v.shape == (1, len(state["arc_bias"]), 1, 1)).reshape(-1)
    words = "encoder.embeddings.word_embeddings.weight"
    found[words] = state[words].numpy()
    if set(state) - set(found):
        raise SystemExit(f"{path}: no weights for {sorted(set(state) - set(found))}")
    return {k: torch.from_numpy(np.array(found[k])).reshape(v.shape).to(v.dtype) for k, v in state.items()}


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("tier", choices=("fast", "accurate"))
    ask.add_argument("source", type=Path, help="folder with model.onnx")
    ask.add_argument("target", type=Path, help="folder for network.pt")
    args = ask.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    torch.save(recover(args.tier, args.source / "model.onnx"), args.target / "network.pt")
    shutil.copy(args.source / "record.json", args.target / "record.json")


if __name__ == "__main__":
    main()
