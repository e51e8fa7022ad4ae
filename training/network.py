"""The network: one encoder, marks that can be laid on words, and heads.

Marks (source, target, trigger) are added to the word embeddings, so that the same encoder answers both
the open question (who, what: no marks) and the pointed one (what is it between these two: marks).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .samples import ARCS, JUDGE_HEADS, MARKS, MULTI_HEADS, NUMBER_HEADS, ROOTS, WORD_HEADS

ARC_WIDTH = 48
#: Weight of each loss; heads that matter most for an event come first.
LOSS_WEIGHTS = {
    "trigger": 1.5, "arcs": 12.0, "actor": 1.0, "name": 1.0, "kind": 0.3, "role": 1.0, "mode": 0.7, "status": 0.7,
    "predicate": 0.3, "cue": 1.0, "certainty": 0.3, "polarity": 0.3, "tense": 0.3, "factuality": 1.0, "context": 2.0,
    "judge.type": 1.0, "judge.penta": 0.5, "judge.direction": 0.5, "judge.form": 0.5,
    "judge.root": 1.0,
}  # fmt: skip


class Network(nn.Module):
    """Encoder with heads. Outputs are named in `WORD_HEADS`, `NUMBER_HEADS`, `MULTI_HEADS`, ``arcs``, ``judge.*``."""

    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.marks = nn.Embedding(len(MARKS), hidden, padding_idx=0)
        nn.init.normal_(self.marks.weight, std=0.05)
        self.marks.weight.data[0] = 0
        self.sizes = {h: len(k) for h, k in WORD_HEADS.items()} | dict.fromkeys(NUMBER_HEADS, 1)
        self.sizes |= {h: len(k) for h, k in MULTI_HEADS.items()}
        self.words = nn.Linear(hidden, sum(self.sizes.values()))
        self.arc_from = nn.Linear(hidden, len(ARCS) * ARC_WIDTH)
        self.arc_to = nn.Linear(hidden, len(ARCS) * ARC_WIDTH)
        self.arc_bias = nn.Parameter(torch.full((len(ARCS),), -3.0))
        self.judge_sizes = {"judge." + h: len(k) for h, k in JUDGE_HEADS.items()}
        self.judge = nn.Linear(hidden * 4, sum(self.judge_sizes.values()))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits per word (B, W, K), per word pair (B, R, W, W), and for the marked words (B, J)."""
        inputs = self.encoder.get_input_embeddings()(ids) + self.marks(marks)
        states = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        at = first.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        words = states.gather(1, at)
        size, wide = first.shape[0], first.shape[1]
        left = self.arc_from(words).reshape(size, wide, len(ARCS), ARC_WIDTH).permute(0, 2, 1, 3)
        right = self.arc_to(words).reshape(size, wide, len(ARCS), ARC_WIDTH).permute(0, 2, 3, 1)
        arcs = left @ right / ARC_WIDTH**0.5 + self.arc_bias.reshape(1, -1, 1, 1)
        pooled = [states[:, 0]]
        for kind in ("source", "target", "trigger"):
            marked = (marks == MARKS[kind]).to(states.dtype).unsqueeze(-1)
            pooled.append((states * marked).sum(1) / marked.sum(1).clamp(min=1.0))
        return self.words(words), arcs, self.judge(torch.cat(pooled, -1))

    @torch.no_grad()
    def root_from_type(self) -> None:
        """Start the benchmark's classes from our types, YIELD half way between CONCEDE and RETREAT."""
        at = dict(zip(self.judge_sizes, np.cumsum([0, *self.judge_sizes.values()])[:-1].tolist(), strict=True))
        for n, root in enumerate(ROOTS):
            types = ("CONCEDE", "RETREAT") if root == "YIELD" else (root,)
            rows = [at["judge.type"] + JUDGE_HEADS["type"].index(t) for t in types]
            for part in (self.judge.weight, self.judge.bias):
                part[at["judge.root"] + n] = part[rows].mean(0)

    def split(self, words: Tensor, judged: Tensor) -> dict[str, Tensor]:
        """The joined logits by head."""
        parts = dict(zip(self.sizes, words.split(list(self.sizes.values()), -1), strict=True))
        return parts | dict(zip(self.judge_sizes, judged.split(list(self.judge_sizes.values()), -1), strict=True))


def losses(network: Network, batch: dict[str, Any]) -> dict[str, Tensor]:
    """The loss of each head that has a label in the batch."""
    words, arcs, judged = network(batch["ids"], batch["mask"], batch["marks"], batch["first"])
    words, arcs, judged = words.float(), arcs.float(), judged.float()
    labels, weight = batch["labels"], batch["weight"]
    out: dict[str, Tensor] = {}
    for head, logits in network.split(words, judged).items():
        want = labels[head]
        if head in WORD_HEADS:
            each, spread = [], weight[:, None].expand_as(want)
            known = want != -100
            if known.any():
                each.append(F.cross_entropy(logits[known], want[known], reduction="none") * spread[known])
            if batch["soft"]:
                chances = batch["soft"][head]
                known = chances.sum(-1) > 0
                if known.any():
                    each.append(-(F.log_softmax(logits[known], -1) * chances[known]).sum(-1) * spread[known])
            if each:
                out[head] = torch.cat(each).mean()
        elif head in NUMBER_HEADS:
            known = ~torch.isnan(want)
            if known.any():
                out[head] = F.smooth_l1_loss(logits[..., 0][known], want[known])
        elif head in MULTI_HEADS:
            known = want[..., 0] >= 0
            if known.any():
                out[head] = F.binary_cross_entropy_with_logits(logits[known], want[known])
        else:
            known = want[:, 0] >= 0
            if known.any():
                each = -(F.log_softmax(logits[known], -1) * want[known]).sum(-1)
                out[head] = (each * weight[known]).mean()
    known = labels["arcs"] >= 0
    if known.any():
        out["arcs"] = F.binary_cross_entropy_with_logits(arcs[known], labels["arcs"][known])
    return out
