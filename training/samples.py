"""One training sample, whatever corpus it comes from, and batches of them.

A sample holds words and any subset of labels; what a corpus does not say is ignored in the loss. So
all corpora train one network in mixed batches.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from .casebook import CONTEXTS, MODES, STATUSES

TYPES = ("NONE", *MODES)
MODE_NAMES = tuple(f"{t}.{m}" for t, modes in MODES.items() for m in modes)
NAME_TAGS = ("O", *(f"{p}-{k}" for k in ("PER", "ORG", "LOC", "NORP") for p in "BI"))
BIO = ("O", "B", "I")
ROLE_TAGS = ("O", *(f"{p}-{k}" for k in "STR" for p in "BI"))
KINDS = ("person", "organisation", "place", "other")

#: Heads with one label of several per word: name -> its labels.
WORD_HEADS: dict[str, tuple[str, ...]] = {
    "name": NAME_TAGS,
    "actor": BIO,
    "kind": KINDS,
    "role": ROLE_TAGS,
    "trigger": TYPES,
    "mode": ("none", *MODE_NAMES),
    "status": STATUSES,
    "predicate": ("no", "yes"),
    "cue": BIO,
    "certainty": ("certain", "probable", "possible"),
    "polarity": ("positive", "negative"),
    "tense": ("past-or-present", "future"),
}
#: Heads with a number per word.
NUMBER_HEADS = ("factuality",)
#: Yes or no per word, several at once.
MULTI_HEADS: dict[str, tuple[str, ...]] = {"context": CONTEXTS}
#: Relations from a word (trigger, predicate, cue) to words.
ARCS = ("ACTOR", "RECIPIENT", "SPEAKER", "DENIER", "A0", "A1", "A2", "TMP", "LOC", "SOURCE", "CONTENT")
#: The classes of the public relation benchmark (PLV), whose coders followed other conventions than PLOVER 2021 in places: it
#: has a head of its own, so that neither convention spoils the other.
ROOTS = ("YIELD", *(t for t in MODES if t not in ("CONCEDE", "RETREAT")))
#: Heads over a marked source, target and trigger: type, class of five, direction, mode, the benchmark's class.
JUDGE_HEADS: dict[str, tuple[str, ...]] = {
    "type": TYPES,
    "penta": ("0", "1", "2", "3", "4"),
    "direction": ("reversed", "holds"),
    "form": ("none", *MODE_NAMES),
    "root": ROOTS,
}
MARKS = {"none": 0, "source": 1, "target": 2, "trigger": 3}


@dataclass
class Sample:
    """Words and what is known of them. `tags[head]` has a label per word (None: unknown)."""

    words: list[str]
    origin: str
    group: str = ""
    marks: list[int] | None = None
    tags: dict[str, list[str | None]] = field(default_factory=dict)
    numbers: dict[str, list[float | None]] = field(default_factory=dict)
    multi: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    arcs: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    #: A label, shares of labels, or a row of probabilities.
    judge: dict[str, Any] = field(default_factory=dict)
    weight: float = 1.0
    pieces: Any = None
    #: A teacher's probabilities by head (words, labels), rows of zeros unknown (of -1 for heads with several labels at once),
    #: and by row of the arcs (relations, words).
    soft: dict[str, Any] | None = None
    soft_arcs: dict[int, Any] | None = None


def encode(samples: list[Sample], tokenizer: Any, longest: int = 160) -> list[Sample]:
    """Add word pieces; samples longer than `longest` pieces lose their end words."""
    encodings = tokenizer.encode_batch([s.words for s in samples], is_pretokenized=True)
    for sample, encoding in zip(samples, encodings, strict=True):
        ids, owners = list(encoding.ids), list(encoding.word_ids)
        if len(ids) > longest:
            ids, owners = [*ids[: longest - 1], ids[-1]], [*owners[: longest - 1], None]
        first: dict[int, int] = {}
        for at, owner in enumerate(owners):
            if owner is not None:
                first.setdefault(owner, at)
        # A word of characters that the tokenizer drops shares the piece before it.
        kept = max(first, default=-1) + 1
        firsts: list[int] = []
        for word in range(kept):
            firsts.append(first.get(word, firsts[-1] if firsts else 0))
        sample.pieces = (ids, owners, firsts)
    return [s for s in samples if s.pieces[2]]


def batches(samples: list[Sample], size: int, seed: int) -> Iterator[list[Sample]]:
    """Shuffled batches of samples of similar length; `size` counts samples of 40 pieces."""
    rng = random.Random(seed)
    order = sorted(samples, key=lambda s: len(s.pieces[0]) + rng.random() * 8)
    groups: list[list[Sample]] = [[]]
    for sample in order:
        if len(groups[-1]) >= max(2, int(size * 40 / max(20, len(sample.pieces[0])))):
            groups.append([])
        groups[-1].append(sample)
    rng.shuffle(groups)
    yield from groups


def collate(group: list[Sample]) -> dict[str, Any]:
    """Tensors of a batch: inputs `ids mask marks first`, and labels with -100 (or NaN) for unknown."""
    size, long = len(group), max(len(s.pieces[0]) for s in group)
    wide = max(len(s.pieces[2]) for s in group)
    ids, mask, marks = (torch.zeros(size, long, dtype=torch.long) for _ in range(3))
    first = torch.zeros(size, wide, dtype=torch.long)
    labels: dict[str, Any] = {h: torch.full((size, wide), -100) for h in WORD_HEADS}
    labels |= {h: torch.full((size, wide), float("nan")) for h in NUMBER_HEADS}
    labels |= {h: torch.full((size, wide, len(k)), -1.0) for h, k in MULTI_HEADS.items()}
    labels |= {"judge." + h: torch.full((size, len(k)), -1.0) for h, k in JUDGE_HEADS.items()}
    labels["arcs"] = torch.full((size, len(ARCS), wide, wide), -1.0)
    taught = any(s.soft is not None for s in group)
    soft = {h: torch.zeros(size, wide, len(k)) for h, k in WORD_HEADS.items()} if taught else {}
    for b, s in enumerate(group):
        piece_ids, owners, firsts = s.pieces
        n = len(firsts)
        ids[b, : len(piece_ids)] = torch.tensor(piece_ids)
        mask[b, : len(piece_ids)] = 1
        first[b, :n] = torch.tensor(firsts)
        if s.marks is not None:
            marks[b, : len(piece_ids)] = torch.tensor([0 if o is None else s.marks[o] for o in owners])
        for head, tags in s.tags.items():
            names = WORD_HEADS[head]
            labels[head][b, :n] = torch.tensor([-100 if t is None else names.index(t) for t in tags[:n]])
        for head, values in s.numbers.items():
            labels[head][b, :n] = torch.tensor([float("nan") if v is None else v for v in values[:n]])
        for head, rows in s.multi.items():
            for at, values in rows.items():
                if at < n:
                    labels[head][b, at] = 0
                    for v in values:
                        labels[head][b, at, MULTI_HEADS[head].index(v)] = 1
        for row, relations in s.arcs.items():
            for relation, targets in relations.items():
                if row < n:
                    labels["arcs"][b, ARCS.index(relation), row, :n] = 0
                    for t in targets:
                        if t < n:
                            labels["arcs"][b, ARCS.index(relation), row, t] = 1
        for head, wanted in s.judge.items():
            names = JUDGE_HEADS[head]
            row_of = labels["judge." + head][b]
            row_of[:] = 0
            if not isinstance(wanted, str | dict):
                row_of[:] = torch.from_numpy(wanted.astype("float32"))
                continue
            for name, share in ({wanted: 1.0} if isinstance(wanted, str) else wanted).items():
                row_of[names.index(name)] = share
        for head, chances in (s.soft or {}).items():
            (labels if head in MULTI_HEADS else soft)[head][b, :n] = torch.from_numpy(chances[:n].astype("float32"))
        for row, chances in (s.soft_arcs or {}).items():
            if row < n:
                labels["arcs"][b, :, row, :n] = torch.from_numpy(chances[:, :n].astype("float32"))
    weight = torch.tensor([s.weight for s in group])
    return {"ids": ids, "mask": mask, "marks": marks, "first": first, "labels": labels, "soft": soft, "weight": weight}
