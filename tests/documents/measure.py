"""Fit and measure what is cut as the headline of another story (not a test; run by hand).

    python tests/documents/measure.py fit|measure [SHARED]

Positives: headlines of other articles of the same corpus, set between two paragraphs of real articles. Negatives: the
paragraphs without a stop that real pages have (GUM: heads, captions, items), and subheads taken from the words of the
paragraph that follows. `measure` also gives the share of true paragraphs that any rule cuts. Nothing is copied from
the corpora; only the weights are kept.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from whowhom.documents import cut, headlines
from whowhom.documents.block import Block
from whowhom.documents.clean import clean

Article = tuple[str, list[Block]]


def polnear(path: Path) -> list[Article]:
    with gzip.open(path, "rt", encoding="utf8") as stream:
        rows = [json.loads(line) for line in stream]
    return [(r["title"], [Block(t) for p in r["text"].split("\n\n")[1:] if (t := clean(p))]) for r in rows]


def gum(path: Path) -> list[tuple[str, str, list[Block]]]:
    """Documents of GUM: id, title, paragraphs with their kind (head, p, item, caption ...)."""
    out: list[tuple[str, str, list[Block]]] = []
    title, kind, parts = "", "p", []

    def flush() -> None:
        if parts and out:
            text = clean(" ".join(parts))
            if text:
                out[-1][2].append(Block(text, names=kind))
        parts.clear()

    with gzip.open(path, "rt", encoding="utf8") as stream:
        for line in stream:
            if line.startswith("# newdoc"):
                flush()
                out.append((line.split("=")[-1].strip(), "", []))
            elif line.startswith("# meta::title"):
                title = line.split("=", 1)[1].strip()
                out[-1] = (out[-1][0], title, [])
            elif line.startswith("# newpar_block"):
                kind = line.split("=", 1)[1].strip()
            elif line.startswith("# newpar"):
                flush()
                kind = "p"
            elif line.startswith("# text ="):
                parts.append(line[8:].strip())
    flush()
    return out


def subhead(block: Block, rng: random.Random) -> Block | None:
    """A subhead as an editor may take it from a paragraph: some of its words in a row."""
    words = block.text.split()
    if len(words) < 14:
        return None
    size = rng.randint(5, 9)
    at = rng.randint(0, min(12, len(words) - size))
    text = " ".join(words[at : at + size]).strip(".,;:“”\"'’‘")
    return Block(text[:1].upper() + text[1:])


Example = tuple[int, tuple[float, ...], str]


def examples(articles: list[Article], strays: list[str], pages: list[tuple[str, str, list[Block]]], seed: int) -> Iterator[Example]:
    rng = random.Random(seed)
    for title, blocks in articles:
        if len(blocks) < 5:
            continue
        for wanted in (1, 0):
            at = rng.randint(2, len(blocks) - 1)
            piece = Block(rng.choice(strays).rstrip(".")) if wanted else subhead(blocks[at], rng)
            if piece is None or not headlines.is_candidate(piece):
                continue
            more = [Block(rng.choice(strays).rstrip("."))] if wanted and rng.random() < 0.3 else []
            page = [*blocks[:at], piece, *more, *blocks[at:]]
            context = headlines.Context.of(page, [True] * len(page), title)  # as after the cut of furniture
            yield wanted, headlines.features(page, at, context), piece.text
    for _, title, blocks in pages:
        context = headlines.Context.of(blocks, [True] * len(blocks), title)
        for at in range(2, len(blocks)):
            if headlines.is_candidate(blocks[at]):
                yield 0, headlines.features(blocks, at, context), blocks[at].text


def main() -> None:
    shared = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[2].parent / "shared") / "data"
    with (shared / "synthetic_headlines.csv").open(encoding="utf8") as stream:
        invented = [r["title"] for r in csv.DictReader(stream)]
    train, dev = polnear(shared / "polnear_train.jsonl.gz"), polnear(shared / "polnear_dev.jsonl.gz")
    pages, dev_pages = gum(shared / "gum_open_train.jsonl.gz".replace("jsonl", "conllu")), gum(shared / "gum_open_dev.conllu.gz")
    if sys.argv[1] == "fit":
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import cross_val_predict

        rows = list(examples(train, [t for t, _ in train] + invented, pages, 1))
        x, y = [r[1][1:] for r in rows], [r[0] for r in rows]
        model = LogisticRegression(C=1.0, max_iter=2000)
        guessed = cross_val_predict(model, x, y, cv=5, method="predict_proba")[:, 1]
        report("cross-validated", y, list(guessed))
        model.fit(x, y)
        print("WEIGHTS =", tuple(round(float(v), 2) for v in (model.intercept_[0], *model.coef_[0][:-2])), "+", headlines.WEIGHTS[-2:])
        worst = sorted((float(g), r[2]) for g, r in zip(guessed, rows, strict=True) if r[0] == 0)[-15:]
        print(*[f"  false {g:.2f} {t[:100]}" for g, t in worst], sep="\n")
    rows = list(examples(dev, [t for t, _ in dev] + invented, dev_pages, 2))
    report("dev, weights in use", [r[0] for r in rows], [headlines.probability(r[1]) for r in rows])
    false_cuts("polnear train", train)
    false_cuts("polnear dev", dev)
    false_cuts("gum news", [(t, b) for i, t, b in pages + dev_pages if "_news_" in i])
    false_cuts("gum other", [(t, b) for i, t, b in pages + dev_pages if "_news_" not in i])


def report(name: str, wanted: list[int], guessed: list[float]) -> None:
    for threshold in (0.3, 0.5, 0.6, 0.7, 0.8):
        hit = sum(g >= threshold for w, g in zip(wanted, guessed, strict=True) if w)
        false = sum(g >= threshold for w, g in zip(wanted, guessed, strict=True) if not w)
        strays, others = sum(wanted), len(wanted) - sum(wanted)
        print(f"{name} at {threshold}: recall {hit / strays:.3f} of {strays}, false {false / others:.3f} of {others}")


def false_cuts(name: str, articles: list[Article]) -> None:
    counts: Counter[str] = Counter()
    total = whole = 0
    shown: list[str] = []
    for title, blocks in articles:
        for block, reason in zip(blocks, cut.reasons(blocks, title), strict=True):
            total += 1
            counts[reason] += bool(reason)
            if reason and cut.is_body(block):
                whole += 1
            if reason:
                shown.append(f"    {reason}: {block.text[:110]}")
    bodies = sum(cut.is_body(b) for _, blocks in articles for b in blocks)
    gone = sum(counts.values())
    print(f"{name}: cut {gone} of {total} paragraphs ({gone / total:.2%}); of {bodies} with sentences {whole} ({whole / bodies:.2%})")
    print("   ", dict(counts))
    if len(sys.argv) > 1 and "-v" in sys.argv:
        print(*shown, sep="\n")


if __name__ == "__main__":
    main()
