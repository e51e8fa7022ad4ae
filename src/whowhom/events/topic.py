"""What a text is about, where that makes figures of speech of attacks and promises: sport, show, shopping, kitchen and the like.

A multinomial logistic regression on words (``topics.tsv``, fitted by ``training/topics.py``). A page is taken for one about
something else only when public matters are the less likely subject; its sentences are then asked for themselves.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Container
from functools import lru_cache
from importlib import resources

from whowhom.config import threshold
from whowhom.model import Document

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
PUBLIC = "public"
#: A word counts so often at most, and a text as having so many known words at least: a few words say little.
OFTEN, FEWEST = 3, 8
#: No topic of a page is less likely than this in the eyes of its sentences, its word counts so much with them, and a sentence's own
#: words so much more than in a whole page: chosen of twelve pairs: a political sentence put into 450 pages about something
#: else is kept in 58 of 100 (35 with 1 and 1) and 1.6 of 100 sentences without politics pass (2.1).
LEAST, TRUST, WEIGHT = 0.01, 0.4, 1.6


def words(text: str) -> list[str]:
    """The words of a text as the table has them."""
    return _WORD.findall(text.lower())


def often(text: str, known: Container[str]) -> dict[str, int]:
    """Known words of a text and how often each stands there, up to `OFTEN`."""
    return {w: min(n, OFTEN) for w, n in Counter(w for w in words(text) if w in known).items()}


def counts(text: str, known: Container[str]) -> dict[str, float]:
    """Known words of a text: how often, up to `OFTEN`, over the root of their sum."""
    found = often(text, known)
    size = math.sqrt(max(FEWEST, sum(found.values())))
    return {w: n / size for w, n in found.items()}


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, ...], dict[str, tuple[float, ...]]]:
    text = (resources.files("whowhom.knowledge.ontology") / "topics.tsv").read_text(encoding="utf8")
    rows = csv.reader((x for x in text.splitlines() if not x.startswith("#")), delimiter="\t")
    head = next(rows)
    return tuple(head[1:]), {r[0]: tuple(float(v or 0) / 10 for v in r[1:]) for r in rows}


@lru_cache(maxsize=64)
def chances(text: str, page: str = "") -> dict[str, float]:
    """The probability of each topic, `PUBLIC` among them; that of a sentence in the light of its page's text, where that is given."""
    topics, table = _table()
    scores = [TRUST * math.log(max(p, LEAST)) for p in chances(page).values()] if page else list(table["*"])
    for word, value in counts(text, table).items():
        for n, weight in enumerate(table[word]):
            scores[n] += weight * value * (WEIGHT if page else 1.0)
    top = max(scores)
    each = [math.exp(s - top) for s in scores]
    return {t: e / sum(each) for t, e in zip(topics, each, strict=True)}


def topic_of(document: Document) -> str:
    """The topic of a document that is about something else than public matters, '' for all others and for those of a few words."""
    return _topic(document.text)


@lru_cache(maxsize=4)
def _topic(text: str) -> str:
    """Decided once for a text, though every event of it asks."""
    found = chances(text)
    if found[PUBLIC] >= threshold("topic-public") or sum(often(text, _table()[1]).values()) < threshold("topic-words"):
        return ""
    return max((t for t in found if t != PUBLIC), key=found.__getitem__)


def is_public(text: str, page: str) -> bool:
    """Whether a sentence is about public matters in spite of its page."""
    return chances(text, page)[PUBLIC] >= threshold("topic-sentence")
