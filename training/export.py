"""A checkpoint to the shipped files: ONNX, quantised to int8, with tokenizer and the layout of the heads.

python -m training.export fast .work/fast src/whowhom/encoder/fast
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch

from . import base, samples
from . import quantise as fixed
from .network import Network
from .train import build

LONGEST = 192
#: Weights, and activations at run time, that share a scale behind the inner layer.
BLOCK = 128


def export(network: Network, folder: Path, hidden_name: str = "model.fp32.onnx") -> Path:
    """Write the float network as ONNX (dynamo exporter: the older one gave wrong padded batches)."""
    network.eval()
    network.float()
    size, long, wide = 3, 21, 14
    example = (
        torch.randint(1000, 2000, (size, long)), torch.ones(size, long, dtype=torch.long),
        torch.zeros(size, long, dtype=torch.long), torch.arange(wide).repeat(size, 1) + 1,
    )  # fmt: skip
    b, t, w = (torch.export.Dim(n, min=1, max=m) for n, m in (("batch", 4096), ("pieces", 512), ("words", 512)))
    shapes = ({0: b, 1: t}, {0: b, 1: t}, {0: b, 1: t}, {0: b, 1: w})
    names = {"input_names": ["ids", "mask", "marks", "first"], "output_names": ["words", "arcs", "judge"]}
    path = folder / hidden_name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(network, example, dynamo=True, dynamic_shapes=shapes, verbose=False, **names)
    assert program is not None
    program.save(str(path))
    return path


def quantise(source: Path, target: Path, inner: int) -> None:
    """Weights to int8: most with activations scaled per batch, those behind the inner layer (`inner` wide) per row and block.

    A few activations behind GELU are hundreds of times as large as the rest; one scale for a whole batch loses the rest (in
    mpnet the surest wrong probability moved by .7 on average, by .05 with these left in float). Elsewhere one scale does.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    logging.getLogger("onnxruntime").setLevel(logging.WARNING)
    model = onnx.load(str(source))
    shapes = {i.name: tuple(i.dims) for i in model.graph.initializer}
    steep = [n.name for n in model.graph.node if n.op_type == "MatMul" and shapes.get(n.input[1], (0, 0))[0] == inner]
    with tempfile.TemporaryDirectory() as temporary:
        plain, half = Path(temporary) / "plain.onnx", Path(temporary) / "half.onnx"
        onnx.save(model, str(plain))
        quantize_dynamic(
            str(plain), str(half), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=steep,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
        blocks = MatMulNBitsQuantizer(onnx.load(str(half)), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=4)
        blocks.process()
        onnx.save(fixed.unsigned(blocks.model.model), str(target))


def layout(network: Network, version: str) -> dict[str, Any]:
    """Where each head stands in the joined outputs, and the names of its labels."""
    words, judge, at = [], [], 0
    for head, size in network.sizes.items():
        kind = "number" if head in samples.NUMBER_HEADS else "several" if head in samples.MULTI_HEADS else "one"
        words.append([head, kind, at, at + size])
        at += size
    at = 0
    for head, size in network.judge_sizes.items():
        judge.append([head, "one", at, at + size])
        at += size
    labels = {**samples.WORD_HEADS, **samples.MULTI_HEADS, **{h: (h,) for h in samples.NUMBER_HEADS}}
    labels |= {"judge." + h: k for h, k in samples.JUDGE_HEADS.items()}
    parts = {"words": words, "judge": judge}
    return {"version": version, "longest": LONGEST, "labels": labels, "relations": samples.ARCS, "parts": parts}


def ship(network: Network, tier: str, target: Path) -> str:
    """Write all files of a tier; returns the version: the tier and the first digits of the weights' hash."""
    target.mkdir(parents=True, exist_ok=True)
    tokenizer, config = base.fetch(base.BASES[tier]) / "tokenizer.json", network.encoder.config
    with tempfile.TemporaryDirectory() as temporary:
        exported = export(network, Path(temporary))
        if config.model_type == "bert":  # mpnet's attention knows how far words stand apart, which no int8 kernel does
            fixed.quantise(exported, target / "model.onnx", fixed.shown(tokenizer, LONGEST), config.num_attention_heads)
        else:
            quantise(exported, target / "model.onnx", config.intermediate_size)
    version = f"{tier}-{hashlib.sha256((target / 'model.onnx').read_bytes()).hexdigest()[:10]}"
    (target / "heads.json").write_text(json.dumps(layout(network, version)), encoding="utf8")
    (target / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    return version


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("tier", choices=sorted(base.BASES))
    ask.add_argument("checkpoint", type=Path, help="folder with network.pt (and record.json)")
    ask.add_argument("target", type=Path)
    args = ask.parse_args()
    network, _ = build(args.tier)
    network.load_state_dict(torch.load(args.checkpoint / "network.pt"))
    version = ship(network, args.tier, args.target)
    record = args.checkpoint / "record.json"
    if record.exists():
        (args.target / "record.json").write_text(json.dumps(json.loads(record.read_text()) | {"version": version}, indent=1))
    print(version, f"{(args.target / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
