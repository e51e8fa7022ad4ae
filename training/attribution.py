"""Fit how far reporting words, sources and contents reach on PolNeAR train, and which reporting words to keep.

    python -m training.attribution [--model fast] [--articles 400] [--write]

Three chains (cue, then source and content given the cue) and one logistic over all that was seen, by maximum likelihood with
a small ridge, on articles that a seed draws from PolNeAR train. A fifth of them is left out of the fit and printed. The
encoder saw the same articles once; it reads them no better than those of dev. Weights go to
`src/whowhom/knowledge/ontology/attribution.tsv` under the model's tier, rows of other tiers stay.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from whowhom.events import extent, tagging, views

from .train import DATA, ROOT

TABLE = ROOT / "src" / "whowhom" / "knowledge" / "ontology" / extent.TABLE
HEAD = "# Weights of how far source, cue and content of an attribution reach, fitted by training/attribution.py: no text of the corpus."
#: Words with a weight of their own: those that stand often enough at an edge of a part, at most this many.
WORDS, OFTEN = 120, 30
#: Sentences that are longer than this, in words, are left out of the fit.
LONG = 80
#: Weights smaller than this are left out of the table.
SMALL = 0.02
#: Sentences that are scored together in the fit.
GROUP = 512
Rows = dict[tuple[str, str], dict[str, float]]


@dataclass
class Case:
    """One possible cue: its sentence's shape and arcs, the gold attribution it belongs to (None: no cue) in words."""

    shape: views.Shape
    arcs: Any
    anchor: tuple[int, int, int]
    gold: dict[str, frozenset[int]] | None
    article: int


def cases(articles: Sequence[tuple[Any, Any, Any]], encoder: Any) -> list[Case]:
    """All possible cues of articles (row, sentences, readings)."""
    out = []
    for number, (row, sentences, readings) in enumerate(articles):
        for sentence, reading in zip(sentences, readings, strict=True):
            if not reading.heads:
                continue
            s = views.shape(sentence, reading, encoder)
            spans = sentence.words[: len(s.words)]
            gold = []
            for a in row["attributions"]:
                if any(b < sentence.span.end and e > sentence.span.begin for b, e in a["cue"]):
                    parts = {
                        p: frozenset(i for i, w in enumerate(spans) for b, e in a.get(p) or [] if w.begin < e and w.end > b)
                        for p in ("cue", "source", "content")
                    }
                    gold.append(parts)
            for begin, end, at in extent.anchors(reading, encoder):
                best = max(gold, key=lambda g: len(g["cue"] & set(range(begin, end))), default=None)
                hit = best if best and best["cue"] & set(range(begin, end)) else None
                out.append(Case(s, reading.arcs[at], (begin, end, at), hit, number))
    return out


def fit_chain(seen: Sequence[tuple[tagging.View, list[bool]]], part: str, ridge: float = 2e-3, steps: int = 60) -> Rows:
    """Weights of a chain by maximum likelihood: the log-probability of the gold path among all paths."""
    edge: Counter[str] = Counter()
    for v, tags in seen:
        words = [tagging.BEFORE, *v.words, tagging.AFTER]
        marks = [False, *tags, False]
        for i in range(1, len(words)):
            if marks[i] != marks[i - 1]:
                edge.update((words[i], words[i - 1]))
        if part == "cue":
            edge.update(w for w, t in zip(v.words, tags, strict=True) if t)
    known = [w for w, n in edge.most_common(WORDS) if n >= OFTEN]
    number = {w: i + 1 for i, w in enumerate(known)}
    # Sentences of similar length go together, so that little is padding.
    ordered = sorted(seen, key=lambda v: len(v[0].words))
    groups = [_group(ordered[i : i + GROUP], number) for i in range(0, len(ordered), GROUP)]
    # Numbers are brought to one spread, so that the ridge is fair; the weights are turned back at the end.
    spread = {k: torch.stack([(g[k] ** 2).mean((0, 1)) for g in groups]).mean(0).sqrt().clamp(min=1e-3) for k in ("inside", "gaps")}
    for g in groups:
        g["inside"], g["gaps"] = g["inside"] / spread["inside"], g["gaps"] / spread["gaps"]
    vectors = {
        w: torch.zeros(n, requires_grad=True) for w, n in (("inside", len(views.INSIDE)), ("enter", len(views.GAPS)), ("leave", len(views.GAPS)))
    }
    tables = {(w, p): torch.zeros(len(known) + 1, requires_grad=True) for w in vectors for p in ("word", "after")}
    values = [*vectors.values(), *tables.values()]

    def loss() -> torch.Tensor:
        # The word-0 weight is that of words without one: nothing.
        t = {k: torch.cat([v[:1] * 0, v[1:]]) for k, v in tables.items()}
        return sum(_missing(g, vectors, t) for g in groups) / len(seen) + ridge * sum((v**2).sum() for v in values)  # type: ignore[return-value]

    optimiser = torch.optim.LBFGS(values, max_iter=steps, history_size=20, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    out: Rows = {}
    for where, names, scale in (("inside", views.INSIDE, "inside"), ("enter", views.GAPS, "gaps"), ("leave", views.GAPS, "gaps")):
        found = {n: float(w) for n, w in zip(names, vectors[where].detach() / spread[scale], strict=True)}
        for kind in ("word", "after"):
            found |= {f"{kind} {w}": float(tables[where, kind].detach()[i]) for w, i in number.items()}
        out[part, where] = {f: w for f, w in found.items() if abs(w) >= SMALL}
    return out


def _group(seen: Sequence[tuple[tagging.View, list[bool]]], number: dict[str, int]) -> dict[str, torch.Tensor]:
    """Sentences as tensors, padded to the longest; a word without a weight of its own has number 0."""
    size, long = len(seen), max(len(v.words) for v, _ in seen)
    g = {
        "inside": torch.zeros(size, long, len(views.INSIDE)), "gaps": torch.zeros(size, long + 1, len(views.GAPS)),
        "words": torch.zeros(size, long + 2, dtype=torch.long), "forced": torch.zeros(size, long), "tags": torch.zeros(size, long + 2),
        "lengths": torch.tensor([len(v.words) for v, _ in seen]),
    }  # fmt: skip
    for n, (v, gold) in enumerate(seen):
        k = len(v.words)
        g["inside"][n, :k], g["gaps"][n, : k + 1] = torch.from_numpy(v.inside), torch.from_numpy(v.gaps)
        g["words"][n, : k + 2] = torch.tensor([number.get(w, 0) for w in (tagging.BEFORE, *v.words, tagging.AFTER)])
        g["forced"][n, :k], g["tags"][n, 1 : k + 1] = torch.tensor(v.forced, dtype=torch.float), torch.tensor(gold, dtype=torch.float)
    return g


def _missing(g: dict[str, torch.Tensor], vectors: dict[str, torch.Tensor], tables: dict[tuple[str, str], torch.Tensor]) -> torch.Tensor:
    """What the gold paths lack to be sure: the sum of their negative log-probabilities."""
    at, after, lengths = g["words"][:, 1:], g["words"][:, :-1], g["lengths"]
    size, long = g["forced"].shape
    own = g["inside"] @ vectors["inside"] + tables["inside", "word"][at[:, :-1]] + tables["inside", "after"][after[:, :-1]] + 1e4 * g["forced"]
    enter = g["gaps"] @ vectors["enter"] + tables["enter", "word"][at] + tables["enter", "after"][after]
    leave = g["gaps"] @ vectors["leave"] + tables["leave", "word"][at] + tables["leave", "after"][after]
    out, into, total = torch.zeros(size), torch.full((size,), -1e9), torch.zeros(size)
    for i in range(long + 1):
        gone = torch.logaddexp(out, into + leave[:, i])
        total = torch.where(lengths == i, gone, total)
        if i < long:
            out, into = gone, torch.logaddexp(into, out + enter[:, i]) + own[:, i]
    now, before = g["tags"][:, 1:], g["tags"][:, :-1]
    real = torch.arange(long + 1)[None, :] <= lengths[:, None]
    path = ((enter * now * (1 - before) + leave * before * (1 - now)) * real).sum(1) + (own * now[:, :-1]).sum(1)
    return (total - path).sum()


def chains(found: Sequence[Case], encoder: Any, say: Callable[[str], None] = print) -> Rows:
    """The three chains, one after the other: source and content see the cue as it was found. Adds to each case what was seen."""
    out: Rows = {}
    hits = [c for c in found if c.gold and len(c.shape.words) <= LONG]
    around = [(views.cue_view(c.shape, c.arcs, encoder, *c.anchor), c.gold["cue"]) for c in hits if c.gold]
    out |= fit_chain([(v, _allowed(v, gold)) for v, gold in around], "cue")
    cue = extent.Fitted.of(out)
    parts: dict[str, list[tuple[tagging.View, list[bool]]]] = {"source": [], "content": []}
    for c in hits:
        run = extent.cue_run(c.shape, c.arcs, encoder, c.anchor, cue)
        for part, v in zip(parts, views.part_views(c.shape, c.arcs, encoder, *run), strict=True):
            parts[part].append((v, _allowed(v, c.gold[part] if c.gold else frozenset())))
    for part, rows in parts.items():
        say(f"{part}: {len(rows)} cases")
        out |= fit_chain(rows, part)
    return out


def _allowed(v: tagging.View, gold: frozenset[int]) -> list[bool]:
    return [f == 1 or (f == 0 and i in gold) for i, f in enumerate(v.forced)]


def fit_keep(seen: Sequence[dict[str, float]], right: Sequence[bool]) -> Rows:
    """Which possible cues to keep: a logistic over what was seen of each; words of cues that are seen often have weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    often = Counter(f for s in seen for f in s if f.startswith("word "))
    kept = [{f: v for f, v in s.items() if not f.startswith("word ") or often[f] >= OFTEN // 2} for s in seen]
    names = DictVectorizer(sparse=False)
    x = names.fit_transform(kept)
    scale = StandardScaler(with_mean=False).fit(x)
    model = LogisticRegression(C=0.1, max_iter=1000, fit_intercept=False).fit(scale.transform(x), right)
    weights = model.coef_[0] / scale.scale_
    return {("keep", "inside"): {f: float(w) for f, w in zip(names.get_feature_names_out(), weights, strict=True) if abs(w) >= SMALL / 4}}


def fit(articles: Sequence[tuple[Any, Any, Any]], encoder: Any) -> Rows:
    """All weights from articles (row, sentences, readings)."""
    found = cases(articles, encoder)
    print(f"{len(articles)} articles, {len(found)} possible cues, {sum(bool(c.gold) for c in found)} of them cues")
    out = chains(found, encoder)
    fitted = extent.Fitted.of(out)
    seen = [extent.of_anchor(c.shape, c.arcs, encoder, c.anchor, fitted).seen for c in found]
    return out | fit_keep(seen, [bool(c.gold) for c in found])


def write(table: Path, head: str, fitted: Rows, tier: str, said: Sequence[str]) -> None:
    """Put a tier's weights, and what is said of them, into a table; those of other tiers stay."""
    lines = table.read_text(encoding="utf8").split("\n") if table.exists() else []
    columns = "tier\tpart\twhere\tfeature\tweight"
    # Tables of an older form, without tiers, go.
    old = [x for x in lines if x and not x.startswith(("#", tier + "\t")) and x != columns] if columns in lines else []
    tiers = sorted({x.partition("\t")[0] for x in old})
    notes = [x for x in lines for t in tiers if x.startswith(f"# {t}: ")]
    new = [f"{tier}\t{p}\t{w}\t{f}\t{v:.3f}" for (p, w), weights in fitted.items() for f, v in sorted(weights.items())]
    table.write_text("\n".join([head, *notes, *(f"# {tier}: {s}" for s in said), columns, *old, *new]) + "\n", encoding="utf8")


def measure(articles: Sequence[tuple[Any, Any, Any]], fitted: extent.Fitted, encoder: Any) -> dict[str, float]:
    """F1 of cues (exact, overlapping), sources and contents by their sentences alone, quotations not carried on."""
    from whowhom.config import threshold
    from whowhom.evaluate.attribution import PARTS, count
    from whowhom.evaluate.measures import f1
    from whowhom.model import Span

    totals: dict[str, list[int]] = {}
    for row, sentences, readings in articles:
        gold = [{p: [Span(*s) for s in a.get(p) or []] for p in PARTS} for a in row["attributions"]]
        guess = []
        for sentence, reading in zip(sentences, readings, strict=True):
            for one, chance in extent.find(sentence, reading, encoder, fitted) if reading.heads else ():
                if chance >= threshold("cue") and (one.source or one.content):
                    parts = {"source": one.source, "cue": range(one.begin, one.end), "content": one.content}
                    guess.append({p: [sentence.words[i] for i in parts[p]] for p in PARTS})
        count(gold, guess, [w for s in sentences for w in s.words], totals)
    return {k: f1(*v)[2] for k, v in totals.items()}


def read(rows: Sequence[dict[str, Any]], encoder: Any) -> list[tuple[Any, Any, Any]]:
    """Articles as the encoder reads them."""
    from whowhom.model import Document
    from whowhom.sentences import split

    out = []
    for row in rows:
        sentences = split(Document(row["id"], "", "", "", "", row.get("date") or "", "given", "en", row["text"]))
        out.append((row, sentences, encoder.read([[row["text"][w.begin : w.end] for w in s.words] for s in sentences])))
    return out


def main() -> None:
    """Fit, print figures of articles left out and, with --write, write the table."""
    from whowhom.encoder import open_encoder

    from .corpora import read_jsonl

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", default="fast")
    ask.add_argument("--articles", type=int, default=400)
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    encoder = open_encoder(args.model)
    rows = read_jsonl(DATA / "polnear_train.jsonl.gz")
    random.Random(0).shuffle(rows)
    articles = read(rows[: args.articles], encoder)
    aside, fitted_on = articles[::5], [a for n, a in enumerate(articles) if n % 5]
    rows_fitted = fit(fitted_on, encoder)
    figures = measure(aside, extent.Fitted.of(rows_fitted), encoder)
    said = f"{len(fitted_on)} articles; on {len(aside)} left out: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items())
    print(said)
    if args.write:
        write(TABLE, HEAD, rows_fitted, tagging.tier_of(encoder.version), [said])


if __name__ == "__main__":
    main()
