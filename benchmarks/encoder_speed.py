"""Sentences per second of the shipped encoder with all heads, beside the same network in torch, float32.

    python -m benchmarks.encoder_speed fast src/whowhom/encoder/fast
    python -m benchmarks.encoder_speed accurate accurate/src/whowhom_accurate

Sentences of 30 words out of the casebook (shorter ones are joined, longer ones cut), one reading each, all heads and arcs. Both
take turns in one run on the same cores; the median of the turns is told, with the least and the most.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch

from training import casebook, corpora, samples, train
from whowhom.encoder import Encoder

WORDS = 30
ROOT = Path(__file__).parent.parent


def sentences(count: int) -> list[list[str]]:
    """So many sentences of 30 words."""
    words = [w for c in casebook.read(*sorted((ROOT / "training" / "casebook").glob("*.txt"))) for w in corpora.cut(c.text)[0]]
    return [words[i * WORDS : (i + 1) * WORDS] for i in range(min(count, len(words) // WORDS))]


def in_torch(tier: str, texts: list[list[str]], batch: int) -> Callable[[], None]:
    """A reading of all texts by the float network (the base encoder with fresh heads: speed does not hang on weights)."""
    network, tokenizer = train.build(tier)
    network.eval()
    rows = samples.encode([samples.Sample(t, "speed") for t in texts], tokenizer)
    groups = [samples.collate(rows[i : i + batch]) for i in range(0, len(rows), batch)]

    def read() -> None:
        with torch.inference_mode():
            for g in groups:
                network(g["ids"], g["mask"], g["marks"], g["first"])

    return read


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("tier", choices=sorted(train.RECIPES))
    ask.add_argument("model", type=Path)
    ask.add_argument("--sentences", type=int, default=800)
    ask.add_argument("--turns", type=int, default=5)
    ask.add_argument("--threads", type=int, default=2)
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    texts = sentences(args.sentences)
    encoder = Encoder(args.model, args.threads)
    ways: dict[str, Callable[[], object]] = {
        "int8, onnxruntime": lambda: encoder.read(texts),
        "float32, torch, batches of 32": in_torch(args.tier, texts, 32),
    }
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(args.turns + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            if turn:  # the first turn warms up
                speeds[name].append(len(texts) / (time.perf_counter() - begun))
    print(f"{encoder.version}, {len(texts)} sentences of {WORDS} words, {args.threads} threads, {platform.processor() or platform.machine()}, "
          f"{os.cpu_count()} cores, load before {os.getloadavg()[1]:.1f}")  # fmt: skip
    for name, some in speeds.items():
        print(f"  {name}: {statistics.median(some):.0f} sentences/s (least {min(some):.0f}, most {max(some):.0f})")
    one, other = (statistics.median(s) for s in speeds.values())
    print(f"  ratio {one / other:.2f}")


if __name__ == "__main__":
    main()
