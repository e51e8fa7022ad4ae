"""Average checkpoints that went different ways from the same one: steadier than each of them, at the cost of one.

    python -m training.average .work/accurate-mean .work/accurate-pairs .work/accurate-short

After Wortsman et al., Model soups (2022). The record beside the mean holds those of its parts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor


def mean(networks: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each parameter. Raises ValueError where the networks are not of one shape."""
    first = networks[0]
    if any(n.keys() != first.keys() or any(n[k].shape != first[k].shape for k in first) for n in networks):
        raise ValueError("the checkpoints are of different networks: average those that began as one")
    whole = {k: torch.stack([n[k].float() for n in networks]).mean(0).to(first[k].dtype) for k in first if first[k].is_floating_point()}
    return {k: whole.get(k, first[k]) for k in first}


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("target", type=Path)
    ask.add_argument("checkpoints", type=Path, nargs="+", help="folders with network.pt and record.json")
    args = ask.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    torch.save(mean([torch.load(c / "network.pt") for c in args.checkpoints]), args.target / "network.pt")
    records = [json.loads((c / "record.json").read_text()) for c in args.checkpoints]
    (args.target / "record.json").write_text(json.dumps({"tier": records[0]["tier"], "stage": "mean", "of": records}, indent=1))


if __name__ == "__main__":
    main()
