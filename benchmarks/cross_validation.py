"""Cross-validation of what is shipped: types and direction of marked pairs (PLV), source and target spans (CAMEO).

    python -m benchmarks.cross_validation fast .work/fast-events/network.pt --seeds 3

Each fold repeats the last stage of the recipe from a checkpoint that saw neither corpus, writes int8 files as
they are shipped, and scores those with `whowhom.evaluate`. Folds are grouped by sentence; a sentence that stands
in both corpora is kept out of training wherever it is tested.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import statistics
import tempfile
import time
from pathlib import Path

import torch

from training import corpora, export, train
from training.samples import Sample
from whowhom.encoder import open_encoder
from whowhom.evaluate import spans as span_task
from whowhom.evaluate import types as type_task

#: With `--quick`: the two corpora alone, as often as in the last stage (`pairs`) as it ships, without the replay of the others.
QUICK = {"plv": 3.0, "cameo": 3.0}


def one_fold(tier: str, start: Path, others: dict[str, list[Sample]], seed: int, fold: int, quick: bool, out: Path) -> dict[str, float]:
    """Train without a fold, ship, score the fold; also the float network for the loss by int8."""
    plv, cameo = (corpora.read_jsonl(train.DATA / f) for f in ("plv_train.jsonl", "cameo_train.jsonl"))
    joint = [*plv, *cameo]
    folds = corpora.fold_of(joint, seed)
    held = [r for r, f in zip(joint, folds, strict=True) if f == fold]
    kept = [r for r, f in zip(joint, folds, strict=True) if f != fold]
    recipe = dataclasses.replace(train.RECIPES[tier]["pairs"], seed=100 * seed + fold)
    if quick:
        recipe = dataclasses.replace(recipe, share=QUICK)
    torch.manual_seed(recipe.seed)
    network, tokenizer = train.build(tier)
    network.load_state_dict(torch.load(start))
    found = dict(others)
    found["plv"] = corpora.from_plv([r for r in kept if "root" in r])
    found["cameo"] = corpora.from_cameo([r for r in kept if "root" not in r])
    train.fit(network, tokenizer, {k: v for k, v in found.items() if recipe.share.get(k, 0) > 0}, recipe)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        export.ship(network, tier, folder / "int8")
        for name, rows in (("plv", [r for r in held if "root" in r]), ("cameo", [r for r in held if r.get("tokens")])):
            (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf8")
        for precision in ("int8", "fp32"):
            if precision == "fp32":
                export.export(network, folder / "int8", "model.onnx")
            open_encoder.cache_clear()
            types = type_task.score(folder / "plv.jsonl", str(folder / "int8"))
            spans = span_task.score(folder / "cameo.jsonl", str(folder / "int8"))
            figures |= {f"{precision} {k}": v for k, v in {**types.figures, "spans " + "F1": spans.figures["exact micro F1"]}.items()}
            if precision == "int8":
                types.write_predictions(out.with_suffix(f".{seed}.{fold}.jsonl"))
    return figures


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("tier", choices=sorted(train.RECIPES))
    ask.add_argument("start", type=Path)
    ask.add_argument("--seeds", type=int, default=3)
    ask.add_argument("--folds", type=int, default=corpora.FOLDS, help="stop after so many folds of each seed")
    ask.add_argument("--quick", action="store_true", help="without the replay of other corpora")
    ask.add_argument("--out", type=Path, default=Path(".work/cross_validation.txt"))
    args = ask.parse_args()
    torch.set_num_threads(2)
    by_seed: list[dict[str, float]] = []
    others = {} if args.quick else train.load_corpora(("plv", "cameo"))
    with args.out.open("a", encoding="utf8") as out:
        for seed in range(1, args.seeds + 1):
            folds = []
            for fold in range(args.folds):
                begun = time.time()
                folds.append(one_fold(args.tier, args.start, others, seed, fold, args.quick, args.out))
                line = f"seed {seed} fold {fold} {time.time() - begun:.0f} s " + " | ".join(f"{k} {v:.3f}" for k, v in folds[-1].items())
                print(line, flush=True)
                out.write(line + "\n")
            by_seed.append({k: statistics.mean(f[k] for f in folds) for k in folds[0]})
        for key in by_seed[0]:
            values = [s[key] for s in by_seed]
            spread = statistics.stdev(values) if len(values) > 1 else float("nan")
            line = f"{args.tier} {key}: mean {statistics.mean(values):.4f}, spread over seeds {spread:.4f}"
            print(line)
            out.write(line + "\n")


if __name__ == "__main__":
    main()
