"""The onnxruntime session, the tokenizer and the batches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.encoder.reading import Judgement, Question, Reading
from whowhom.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Word pieces, the word of each, and each word's first piece.
Pieces = tuple[list[int], list[int | None], list[int]]

#: Sentences that go through the network together. Sorted by length, eight waste 8 % on padding where 24 waste 21 %, and
#: the matrices are large enough already (benchmarks/throughput.py).
BATCH = 8
#: Words whose pieces are remembered.
REMEMBERED = 32768
#: Rows of arcs are kept for words whose chance to be trigger, predicate or cue is above this.
ARC_ROW_FLOOR = 0.05


def available() -> dict[str, str]:
    """Installed models: name to folder. `fast` comes with whowhom, others as distributions of their own."""
    found = {"fast": str(resources.files("whowhom.encoder") / "fast")}
    for entry in metadata.entry_points(group="whowhom.models"):
        found[entry.name] = entry.value
    return found


@lru_cache(maxsize=2)
def open_encoder(name: str = "fast", threads: int = 0) -> Encoder:
    """The encoder of this name (or in this folder). `threads` 0 takes all cores.

    Raises ModelError where it is not installed or its files do not fit.
    """
    models = available()
    place = models.get(name, name)
    folder = Path(place)
    if not folder.is_dir() and name in models:
        module, _, part = place.partition(":")
        try:
            folder = Path(str(resources.files(module))) / part
        except ModuleNotFoundError as error:
            raise ModelError(f"model {name!r} is registered but its files are missing", remedy="reinstall it") from error
    if not (folder / "model.onnx").is_file():
        known = ", ".join(sorted(models))
        raise ModelError(f"no model {name!r}", remedy=f"installed: {known}; or give a folder that holds model.onnx")
    return Encoder(folder, threads)


class Encoder:
    """An int8 ONNX network with its tokenizer. Safe to share between threads; not between processes."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        layout = json.loads((folder / "heads.json").read_text(encoding="utf8"))
        self.version: str = layout["version"]
        self.labels: dict[str, tuple[str, ...]] = {h: tuple(k) for h, k in layout["labels"].items()}
        self.relations: tuple[str, ...] = tuple(layout["relations"])
        self.longest: int = layout["longest"]
        calibration = folder / "calibration.json"
        self.calibration: dict[str, float] = json.loads(calibration.read_text(encoding="utf8")) if calibration.exists() else {}
        self._parts: dict[str, list[tuple[str, str, int, int]]] = {k: [tuple(p) for p in v] for k, v in layout["parts"].items()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._opens, self._closes = self._tokenizer.encode([], is_pretokenized=True).ids
        # The tokenizer cuts words one by one, whatever stands beside them, and a text is made of few different ones.
        self._cut = lru_cache(maxsize=REMEMBERED)(self._cut_word)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else threads
        options.log_severity_level = 3
        # The fused kernel for a sum and its layer norm runs on single numbers where the parts run on vectors: without it a
        # batch takes a fifth less time (onnxruntime 1.32, AVX-512; benchmarks/throughput.py).
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )

    def label(self, head: str, index: int) -> str:
        """The name of a head's label."""
        return self.labels[head][index]

    def read(self, sentences: Sequence[Sequence[str]], batch: int = BATCH) -> list[Reading]:
        """Read sentences, each a sequence of words, in their order.

        Activations are scaled per batch, so probabilities move a little with the company of a sentence: call
        it with the sentences of one document to have the same rows in any run.
        """
        import numpy as np

        questions = [Question(words) for words in sentences]
        empty = Reading({}, {})
        out: list[Reading] = [empty] * len(questions)
        keys = [(h, self.labels[h].index(k)) for h, k in (("trigger", "NONE"), ("predicate", "no"), ("cue", "O"))]
        for places, sizes, (words, arcs, _) in self._run(questions, batch):
            heads = {}
            for head, kind, begin, end in self._parts["words"]:
                heads[head] = _activate(words[..., begin:end], kind)
            rows = np.zeros(words.shape[:2], bool)
            for head, quiet in keys:
                rows |= heads[head][..., quiet] < 1 - ARC_ROW_FLOOR
            for n, (place, size) in enumerate(zip(places, sizes, strict=True)):
                kept = np.flatnonzero(rows[n, :size])
                strong = _activate(arcs[n][:, kept, :size], "several")
                out[place] = Reading({h: v[n, :size] for h, v in heads.items()}, {int(r): strong[:, i] for i, r in enumerate(kept)})
        return out

    def judge(self, questions: Sequence[Question], batch: int = BATCH, around: bool = False) -> list[Judgement]:
        """Answer marked questions, in their order; with `around` also what is read around the first trigger word."""
        out: list[Judgement] = [Judgement({})] * len(questions)
        begin, end = next((b, e) for head, _, b, e in self._parts["words"] if head == "status")
        for places, sizes, (words, arcs, judged) in self._run(questions, batch):
            heads = {h: _activate(judged[:, b:e], kind) for h, kind, b, e in self._parts["judge"]}
            for n, (place, size) in enumerate(zip(places, sizes, strict=True)):
                answer, near = {h: v[n] for h, v in heads.items()}, None
                row = questions[place].trigger[0] if around and questions[place].trigger else size
                if row < size:
                    near = _activate(arcs[n, :, row, :size], "several")
                    answer["status"] = _activate(words[n, row, begin:end], "one")
                out[place] = Judgement(answer, near)
        return out

    def _run(self, questions: Sequence[Question], batch: int) -> Iterator[tuple[list[int], list[int], Any]]:
        """Batches of similar length: the questions' places, their word counts, the three outputs."""
        import numpy as np

        asked = [n for n, q in enumerate(questions) if len(q.words)]
        pieces = [self._pieces(questions[n].words) for n in asked]
        order = sorted(range(len(asked)), key=lambda i: len(pieces[i][0]))
        at = 0
        while at < len(order):
            # A batch holds about `batch` sentences of 48 pieces: fewer when they are longer.
            long = len(pieces[order[min(at + batch, len(order)) - 1]][0])
            group = order[at : at + max(1, min(batch, batch * 48 // max(48, long)))]
            at += len(group)
            long, wide = max(len(pieces[i][0]) for i in group), max(len(pieces[i][2]) for i in group)
            ids, mask, marks = (np.zeros((len(group), long), np.int64) for _ in range(3))
            first = np.zeros((len(group), wide), np.int64)
            for n, i in enumerate(group):
                tokens, owners, firsts = pieces[i]
                ids[n, : len(tokens)], mask[n, : len(tokens)], first[n, : len(firsts)] = tokens, 1, firsts
                question = questions[asked[i]]
                if question.source or question.target or question.trigger:
                    kind = dict.fromkeys(question.trigger, 3) | dict.fromkeys(question.target, 2)
                    kind |= dict.fromkeys(question.source, 1)
                    marks[n, : len(owners)] = [0 if o is None else kind.get(o, 0) for o in owners]
            fed = {"ids": ids, "mask": mask, "marks": marks, "first": first}
            yield [asked[i] for i in group], [len(pieces[i][2]) for i in group], self._session.run(None, fed)

    def _cut_word(self, word: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids
        return ids

    def _pieces(self, words: Sequence[str]) -> Pieces:
        """Word pieces, the word of each, and each word's first piece; cut at the encoder's length."""
        last = self.longest - 1
        ids: list[int] = [self._opens]
        owners: list[int | None] = [None]
        firsts: list[int] = []
        for n, word in enumerate(words):
            found, at = self._cut(word), len(ids)
            if found and at < last:
                # A word of characters that the tokenizer drops shares the piece before it.
                firsts += [firsts[-1] if firsts else at] * (n - len(firsts)) + [at]
            ids += found
            owners += [n] * len(found)
        return [*ids[:last], self._closes], [*owners[:last], None], firsts or [0]


def _activate(logits: NDArray[np.float32], kind: str) -> NDArray[np.float32]:
    """Logits to probabilities: ``one`` label of several, ``several`` at once, or the plain ``number``."""
    import numpy as np

    if kind == "number":
        return logits
    if kind == "several":
        several: NDArray[np.float32] = np.reciprocal(1 + np.exp(-logits))
        return several
    exponent = np.exp(logits - logits.max(-1, keepdims=True))
    one: NDArray[np.float32] = exponent / exponent.sum(-1, keepdims=True)
    return one
