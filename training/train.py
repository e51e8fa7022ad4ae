"""Train a tier: from corpora and a base encoder to a checkpoint, unattended and resumable.

    python -m training.train fast language                                      # to .work/fast-language
    python -m training.train fast events --start .work/fast-language/network.pt   # to .work/fast-events
    python -m training.train fast pairs --start .work/fast-events/network.pt      # to .work/fast-pairs
    python -m training.train fast more --start .work/fast-recovered/network.pt    # what ships (`recover`), taught newer sections

Seeds are fixed, hashes of all inputs are kept beside the weights, and a killed run goes on after its
last finished epoch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from . import base, casebook, corpora, distil, pages, samples, silver
from .network import LOSS_WEIGHTS, Network, losses

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
log = logging.getLogger("training")


@dataclass(frozen=True)
class Recipe:
    """How a tier is trained. `share` is the part of each corpus seen in an epoch (above 1: seen again)."""

    epochs: int = 4
    batch: int = 24
    rate: float = 1.2e-4
    head_rate: float = 1e-3
    seed: int = 7
    share: dict[str, float] = field(default_factory=dict)
    freeze_words: bool = True
    #: Whether the benchmark's classes begin as ours, before they learn where its coders differ.
    root_from_type: bool = False


#: By tier, then by stage. The first stage reads language (predicates, names, attribution) from large corpora, the second
#: learns events from the casebook and keeps the first alive with a share of its data, the third learns the pairs and spans
#: of the benchmarks the same way (cross-validation repeats the third alone, on what the first two never saw). The small
#: network has learned enough only after all of it once more. What ships of the big one is the mean of two third stages, `pairs` and `short`.
RECIPES = {
    "fast": {
        "language": Recipe(
            epochs=1,
            share={"propbank": 1.0, "gum": 1.0, "re3d": 1.0, "meantime": 1.0, "polnear": 0.6, "silver": 0.5},
        ),
        "events": Recipe(
            epochs=2,
            share={"casebook": 1.0, "casebook-pair": 0.3, "soft": 0.7, "soft-pair": 0.4, "aw": 1.0, "propbank": 0.3,
                   "propbank-pair": 0.2, "gum": 0.2, "re3d": 0.3, "meantime": 1.0, "polnear": 0.12, "silver": 0.08},
        ),
        "pairs": Recipe(
            epochs=2,
            rate=1e-4,
            seed=21,
            share={"plv": 3.0, "cameo": 3.0, "aw": 1.0, "casebook": 0.6, "casebook-pair": 0.12, "soft": 0.12, "soft-pair": 0.08,
                   "propbank": 0.12, "propbank-pair": 0.03, "gum": 0.03, "re3d": 0.1, "meantime": 0.3, "polnear": 0.06, "silver": 0.04},
        ),
        "more": Recipe(
            rate=4e-5,
            head_rate=3e-4,
            epochs=2,
            seed=41,
            share={"fresh": 1.0, "fresh-pair": 0.5, "casebook": 0.4, "casebook-pair": 0.1, "plv": 1.0, "cameo": 1.0, "aw": 1.0,
                   "propbank": 0.3, "propbank-pair": 0.05, "gum": 0.1, "re3d": 0.3, "meantime": 0.7, "polnear": 0.06},
        ),
        "whole": Recipe(
            epochs=2,
            rate=9e-5,
            seed=33,
            share={"plv": 2.0, "cameo": 2.0, "aw": 1.0, "casebook": 1.0, "casebook-pair": 0.3, "soft": 0.5, "soft-pair": 0.3,
                   "propbank": 0.15, "propbank-pair": 0.06, "gum": 0.06, "re3d": 0.2, "meantime": 0.5, "polnear": 0.08, "silver": 0.05},
        ),
    },
    "accurate": {
        "language": Recipe(
            epochs=1, batch=32, rate=8e-5, head_rate=1.2e-3,
            share={"casebook": 1.0, "casebook-pair": 0.3, "propbank": 0.6, "gum": 0.5, "re3d": 0.5, "meantime": 1.0, "polnear": 0.25,
                   "silver": 0.2},
        ),
        "events": Recipe(
            epochs=2, batch=32, rate=7e-5, head_rate=8e-4, seed=11,
            share={"casebook": 0.75, "casebook-pair": 0.22, "pages": 0.7, "aw": 1.0, "propbank": 0.12, "propbank-pair": 0.05, "gum": 0.1,
                   "re3d": 0.2, "meantime": 0.7, "polnear": 0.08, "silver": 0.04},
        ),
        "pairs": Recipe(
            epochs=2, batch=32, rate=5.5e-5, head_rate=5e-4, seed=21, root_from_type=True,
            share={"plv": 3.0, "cameo": 3.0, "aw": 1.0, "casebook": 0.5, "casebook-pair": 0.12, "propbank": 0.08, "propbank-pair": 0.03,
                   "polnear": 0.035, "meantime": 0.3, "silver": 0.03, "gum": 0.03, "re3d": 0.2},
        ),
        "short": Recipe(
            epochs=2, batch=32, rate=5.5e-5, head_rate=5e-4, seed=21, root_from_type=True,
            share={"plv": 2.5, "cameo": 1.7, "aw": 1.0, "pages": 0.2, "casebook": 0.18, "casebook-pair": 0.05, "propbank": 0.08,
                   "propbank-pair": 0.03, "polnear": 0.035, "meantime": 0.3, "silver": 0.03, "gum": 0.03, "re3d": 0.2},
        ),
        "more": Recipe(
            epochs=1, batch=32, rate=3e-5, head_rate=2e-4, seed=41,
            share={"fresh": 1.0, "fresh-pair": 0.4, "casebook": 0.15, "casebook-pair": 0.03, "plv": 1.0, "cameo": 1.0, "aw": 1.0, "pages": 0.2,
                   "propbank": 0.05, "propbank-pair": 0.02, "gum": 0.03, "re3d": 0.2, "meantime": 0.3, "polnear": 0.02},
        ),
    },
}  # fmt: skip

#: Sections of the casebook written since the last model: its stage `more` sees all of them and a part of the rest.
FRESH = ("sideways", "spoken_of", "mangled", "homely", "chancelleries")

#: Corpora by file; several files make one corpus.
FILES = {
    "plv": ("plv_train.jsonl",), "aw": ("aw_wiki_train.jsonl",), "cameo": ("cameo_train.jsonl",),
    "propbank": ("propbank_ewt_train.jsonl.gz", "uds_ewt_train.jsonl.gz"), "gum": ("gum_open_train.jsonl.gz",),
    "re3d": ("re3d_train.jsonl.gz",), "meantime": ("meantime_train.jsonl.gz",), "polnear": ("polnear_train.jsonl.gz",),
}  # fmt: skip


def load_corpora(without: tuple[str, ...] = (), fold: int | None = None) -> dict[str, list[samples.Sample]]:
    """All corpora as samples, by name; `without` leaves some out, `fold` a fold of PLV and CAMEO (for cross-validation)."""
    readers = {
        "plv": corpora.from_plv, "aw": corpora.from_aw, "cameo": corpora.from_cameo, "gum": corpora.from_gum,
        "re3d": corpora.from_re3d, "meantime": corpora.from_meantime, "polnear": corpora.from_polnear,
    }  # fmt: skip
    sections, strict = (Path(__file__).parent / "casebook").glob("*.txt"), not os.environ.get("CASEBOOK_DRAFT")
    by_section = {s.stem: [c for c in casebook.read(s, strict=strict) if not casebook.is_dev(c)] for s in sorted(sections)}
    cases = [c for some in by_section.values() for c in some]
    fresh = [c for s, some in by_section.items() if s in FRESH for c in some]
    found = {"casebook": corpora.from_casebook(cases), "casebook-pair": corpora.judged_casebook(cases)}
    found |= {"fresh": corpora.from_casebook(fresh), "fresh-pair": corpora.judged_casebook(fresh)}
    words = Counter(c.text[slice(*code.trigger)].lower() for c in cases for code in c.codes)
    own = [p for p in pages.read() if not pages.is_dev(p)]
    found["pages"] = corpora.from_pages(own, frozenset(w for w, n in words.items() if n > 1))
    found["silver"] = silver.load()
    found["soft"], found["soft-pair"] = distil.load()
    held = frozenset() if fold is None else corpora.held_texts(DATA, fold)
    for name, files in FILES.items():
        if name in without:
            continue
        rows = [corpora.read_jsonl(DATA / f) for f in files]
        if name in ("plv", "cameo"):
            rows[0] = [r for r in rows[0] if corpora.same_text(r["text"]) not in held]
        if name == "propbank":
            found[name], found["propbank-pair"] = corpora.from_propbank(rows[0], corpora.from_uds(rows[1])), corpora.pointed_propbank(rows[0])
        else:
            found[name] = readers[name](rows[0])
    return found


def input_hashes() -> dict[str, str]:
    """SHA-256 of every input file, by name."""
    paths = [DATA / f for files in FILES.values() for f in files]
    paths += sorted((Path(__file__).parent / "casebook").glob("*.txt")) + sorted(pages.FOLDER.glob("*.txt"))
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths if p.exists()}


def draw(found: dict[str, list[samples.Sample]], share: dict[str, float], rng: random.Random) -> list[samples.Sample]:
    """The samples of one epoch."""
    out: list[samples.Sample] = []
    for name, rows in found.items():
        wanted = share.get(name, 1.0) * len(rows)
        while wanted >= len(rows) > 0:
            out += rows
            wanted -= len(rows)
        out += rng.sample(rows, int(wanted))
    return out


def fit(network: Network, tokenizer: Any, found: dict[str, list[samples.Sample]], recipe: Recipe, folder: Path | None = None) -> Network:
    """Train in place. With a folder, each epoch is saved and a later call goes on from it."""
    found = {name: samples.encode(rows, tokenizer) for name, rows in found.items() if rows}
    if recipe.freeze_words:
        network.encoder.get_input_embeddings().weight.requires_grad = False  # type: ignore[operator,union-attr]
    inner = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    outer = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": inner}, {"params": outer}], weight_decay=0.01, fused=True)
    rates = (recipe.rate, recipe.head_rate)
    if recipe.root_from_type:
        network.root_from_type()
    per_epoch = len(list(samples.batches(draw(found, recipe.share, random.Random(recipe.seed)), recipe.batch, 0)))
    total, step, begun = per_epoch * recipe.epochs, 0, 0
    state = folder / "resume.pt" if folder else None
    if state and state.exists():
        kept = torch.load(state)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        step, begun = kept["step"], kept["epoch"]
        log.info("going on after epoch %d", begun)
    network.train()
    halved = base.half_is_faster()
    fused = halved and base.fuse(network)
    log.info("products in %s, layers %s", "bfloat16" if halved else "float", "compiled" if fused else "as they are")
    for epoch in range(begun, recipe.epochs):
        torch.manual_seed(recipe.seed * 1000 + epoch)
        rng = random.Random(recipe.seed * 1000 + epoch)
        sums: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        start, count = time.time(), 0
        for group in samples.batches(draw(found, recipe.share, rng), recipe.batch, rng.randrange(10**6)):
            slope = min(1.0, step / (0.06 * total)) * max(0.02, 1 - step / total)
            for part, rate in zip(optimiser.param_groups, rates, strict=True):
                part["lr"] = rate * slope
            with torch.autocast("cpu", torch.bfloat16, enabled=halved):
                each = losses(network, samples.collate(group))
            if not each:
                continue
            loss = sum(LOSS_WEIGHTS[k] * v for k, v in each.items())
            optimiser.zero_grad()
            loss.backward()  # type: ignore[union-attr]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            count += len(group)
            for k, v in each.items():
                sums[k] += v.item()
                seen[k] += 1
            if step % 100 == 0:
                means = " ".join(f"{k} {sums[k] / seen[k]:.3f}" for k in sums)
                log.info("epoch %d step %d/%d %.0f samples/s %s", epoch, step, total, count / (time.time() - start), means)
                sums.clear()
                seen.clear()
        if state:
            state.parent.mkdir(parents=True, exist_ok=True)
            kept = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "epoch": epoch + 1}
            torch.save(kept, state.with_suffix(".tmp"))
            state.with_suffix(".tmp").rename(state)
    network.eval()
    return network


def build(tier: str) -> tuple[Network, Any]:
    """A network with the tier's base weights and fresh heads, and its tokenizer."""
    encoder, tokenizer = base.load(base.BASES[tier])
    return Network(encoder, base.BASES[tier].hidden), tokenizer


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("tier", choices=sorted(RECIPES))
    ask.add_argument("stage", choices=("language", "events", "pairs", "short", "whole", "more"))
    ask.add_argument("--out", type=Path)
    ask.add_argument("--without", nargs="*", default=[], help="corpora to leave out")
    ask.add_argument("--fold", type=int, help="a fold of PLV and CAMEO to leave out, for measuring")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--epochs", type=int)
    ask.add_argument("--start", type=Path, help="checkpoint to start from instead of the base weights")
    args = ask.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    folder = args.out or ROOT / ".work" / f"{args.tier}-{args.stage}"
    recipe = RECIPES[args.tier][args.stage]
    if args.epochs:
        recipe = Recipe(**{**recipe.__dict__, "epochs": args.epochs})
    torch.manual_seed(recipe.seed)
    network, tokenizer = build(args.tier)
    if args.start:
        network.load_state_dict(torch.load(args.start))
    found = {k: v for k, v in load_corpora(tuple(args.without), args.fold).items() if recipe.share.get(k, 0) > 0}
    log.info("samples: %s", {k: len(v) for k, v in found.items()})
    fit(network, tokenizer, found, recipe, folder)
    torch.save(network.state_dict(), folder / "network.pt")
    record = {
        "tier": args.tier,
        "stage": args.stage,
        "recipe": recipe.__dict__,
        "without": args.without,
        "fold left out": args.fold,
        "inputs": input_hashes(),
        "versions": base.versions(),
    }
    (folder / "record.json").write_text(json.dumps(record, indent=1))


if __name__ == "__main__":
    main()
