"""Near copies: how many are found, how many are wrong, and how speed and memory grow.

    python benchmarks/near_copies.py --shared ../shared          pairs made from open articles, halves by article
    python benchmarks/near_copies.py --grow 10000 100000 1000000   invented short documents

Pairs of copies: cut by half, paragraphs shuffled, another headline and byline, furniture added, a tenth of the words
replaced, standing inside another page, and several of these at once. Pairs of no copies: each article with the
likest ones by other papers (TF-IDF), so about the same subject; those that two people would call the same text by a
long common run of words are left out and counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

FURNITURE = [
    "Sign up for our newsletter and never miss a story.", "Share this article on social media.", "Advertisement", "Read more below",
    "All rights reserved. This material may not be published, broadcast, rewritten or redistributed.", "Leave a comment",
    "You have two free articles left this month. Subscribe for full access.", "Photo: archive", "Most read", "Follow us on all our channels.",
]  # fmt: skip
NAMES = ["Ann Miles", "J. Okoro", "Staff writer", "Piotr Wolny", "Lena Marsh"]


def paragraphs(text: str) -> list[str]:
    """Paragraphs of an article; runs of sentences where it has none."""
    found = [p for p in re.split(r"\n+", text) if p.strip()]
    if len(found) < 4:
        found = re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", text)
    return found


def halved(text: str, rng: random.Random) -> str:
    """The first half, as desks cut; sometimes the second."""
    parts = paragraphs(text)
    middle = max(1, len(parts) // 2)
    return "\n".join(parts[:middle] if rng.random() < 0.8 else parts[middle:])


def shuffled(text: str, rng: random.Random) -> str:
    """The same paragraphs in another order."""
    parts = paragraphs(text)
    rng.shuffle(parts)
    return "\n".join(parts)


def retitled(text: str, rng: random.Random) -> str:
    """Another headline and byline."""
    words = rng.sample(sorted(set(re.findall(r"[A-Za-z]{4,}", text))), k=min(7, len(set(re.findall(r"[A-Za-z]{4,}", text)))))
    return " ".join(words).capitalize() + f"\nBy {rng.choice(NAMES)}\n" + text


def furnished(text: str, rng: random.Random) -> str:
    """Furniture between the paragraphs."""
    out: list[str] = []
    for part in paragraphs(text):
        out.append(part)
        if rng.random() < 0.4:
            out.append(rng.choice(FURNITURE))
    return "\n".join(rng.sample(FURNITURE, 3) + out + rng.sample(FURNITURE, 4))


def reworded(text: str, rng: random.Random, vocabulary: list[str]) -> str:
    """A tenth of the words replaced by others."""
    return re.sub(r"\w+", lambda m: rng.choice(vocabulary) if rng.random() < 0.1 else m[0], text)


def make_pairs(articles: list[dict[str, Any]], seed: int) -> tuple[list[dict[str, str]], int]:
    """Labelled pairs with their kind, and how many likely reprints among the non-pairs were left out."""
    rng = random.Random(seed)
    vocabulary = [w for a in articles for w in re.findall(r"\w+", a["text"])]
    pairs = []
    for i, article in enumerate(articles):
        text, other = article["text"], articles[(i + 1) % len(articles)]["text"]
        made = {
            "cut by half": halved(text, rng), "shuffled": shuffled(text, rng), "retitled": retitled(text, rng),
            "furniture": furnished(text, rng), "reworded": reworded(text, rng, vocabulary), "inside another": other + "\n" + text,
            "all at once": furnished(retitled(reworded(shuffled(halved(text, rng), rng), rng, vocabulary), rng), rng),
        }  # fmt: skip
        pairs += [{"a": text, "b": b, "label": "duplicate", "kind": kind} for kind, b in made.items()]
    out = 0
    for i, j in likest(articles):
        a, b = articles[i]["text"], articles[j]["text"]
        if common_run(a, b) >= 60:
            out += 1
            continue
        pairs.append({"a": a, "b": b, "label": "distinct", "kind": "same subject"})
        pairs.append({"a": furnished(a, rng), "b": furnished(b, rng), "label": "distinct", "kind": "same subject and furniture"})
    return pairs, out


def likest(articles: list[dict[str, Any]], each: int = 4) -> set[tuple[int, int]]:
    """For each article the likest others by cosine of TF-IDF."""
    bags = [Counter(re.findall(r"[a-z]{3,}", a["text"].lower())) for a in articles]
    seen = Counter(w for bag in bags for w in bag)
    weights = [{w: (1 + math.log(n)) * math.log(len(bags) / seen[w]) for w, n in bag.items()} for bag in bags]
    lengths = [math.sqrt(sum(x * x for x in w.values())) or 1.0 for w in weights]
    found = set()
    for i, w in enumerate(weights):
        likeness = [sum(x * other.get(k, 0) for k, x in w.items()) / lengths[j] for j, other in enumerate(weights)]
        near = sorted((j for j in range(len(bags)) if j != i), key=lambda j: -likeness[j])
        found |= {(min(i, j), max(i, j)) for j in near[:each]}
    return found


def common_run(a: str, b: str) -> int:
    """Words of the longest common run that is no quotation of both: the sign of a reprint."""
    x, y = re.findall(r"\w+", a.lower()), re.findall(r"\w+", b.lower())
    return SequenceMatcher(None, x, y, autojunk=False).find_longest_match().size


def accuracy(shared: Path, articles_per_half: int) -> None:
    """Figures of both halves; thresholds were chosen on the first."""
    from whowhom.evaluate.duplicates import score

    with gzip.open(shared / "data" / "polnear_train.jsonl.gz", "rt", encoding="utf8") as lines:
        rows = [json.loads(x) for x in lines]
    random.Random(7).shuffle(rows)
    for name, some in (("tuned on", rows[:articles_per_half]), ("aside", rows[articles_per_half : 2 * articles_per_half])):
        pairs, out = make_pairs(some, seed=11)
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "pairs.jsonl"
            file.write_text("".join(json.dumps(p) + "\n" for p in pairs), encoding="utf8")
            result = score(file)
        print(f"{name}: {len(some)} articles, {len(pairs)} pairs, {out} likely reprints left out")
        print("\n".join(result.text().splitlines()[: 8 + len(result.tables[0][2])]), "\n")
        together(some)


def together(articles: list[dict[str, Any]]) -> None:
    """The same through `find_copies`, as a store does it: articles of one day, their copies of the next, all at once."""
    from whowhom.stories.copies import Text, find_copies

    pairs, _ = make_pairs(articles, seed=11)
    number = {a["text"]: i for i, a in enumerate(articles)}
    texts = [Text(f"{i}", a["text"], date="2024-01-01") for i, a in enumerate(articles)]
    # A page that holds another report beside its own text is no copy of either by definition; it is left out.
    copies = [p for p in pairs if p["label"] == "duplicate" and p["kind"] != "inside another"]
    texts += [Text(f"{number[p['a']]}/{n}", p["b"], date="2024-01-02") for n, p in enumerate(copies)]
    found = find_copies(texts)
    right = sum(c.document.split("/")[0] == c.source for c in found)
    print(f"all at once through find_copies: precision {right / len(found):.4f} recall {right / len(copies):.4f} of {len(copies)} copies\n")


def grow(count: int) -> None:
    """Documents per second and peak memory for `count` invented short documents, three in ten of them copies."""
    from whowhom.stories.copies import Text, find_copies

    rng = random.Random(3)
    vocabulary = [f"w{i}" for i in range(30_000)]
    weights = [1 / (i + 3) for i in range(30_000)]
    steps = list(__import__("itertools").accumulate(weights))

    def texts() -> Any:
        recent: list[str] = []
        for n in range(count):
            if recent and rng.random() < 0.3:
                words = rng.choice(recent).split()
                text = " ".join(w if rng.random() > 0.05 else rng.choice(vocabulary) for w in words[: rng.randrange(50, 101)])
            else:
                text = " ".join(rng.choices(vocabulary, cum_weights=steps, k=100))
                recent.append(text)
                if len(recent) > 500:
                    recent[rng.randrange(500)] = recent.pop()
            yield Text(f"d{n}", text, date=f"2024-{1 + n * 12 // count:02d}-01")

    # Wall time and processor time: on a machine that others use only the second compares sizes. Making the documents
    # is measured alone and taken off.
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in texts():
        pass
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rng.seed(3)
    wall_begin, cpu_begin = time.perf_counter(), time.process_time()
    copies = find_copies(texts())
    seconds, busy = time.perf_counter() - wall_begin - wall, time.process_time() - cpu_begin - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{count} documents: {seconds:.1f} s, {busy:.1f} s of processor time, {count / busy:.0f} documents per second of it, "
        f"peak {memory:.2f} GB, {len(copies)} copies", flush=True,
    )  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="articles per half")
    parser.add_argument("--grow", type=int, nargs="*", default=[])
    given = parser.parse_args()
    if given.shared:
        accuracy(given.shared, given.articles)
    if len(given.grow) == 1:
        grow(given.grow[0])
    else:
        for count in given.grow:  # each in its own process, for its own peak of memory
            subprocess.run([sys.executable, __file__, "--grow", str(count)], check=True)


if __name__ == "__main__":
    main()
