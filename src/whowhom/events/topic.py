"""What a document is about, where that makes figures of speech of attacks and promises: sport, show, shopping, kitchen."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import lru_cache
from importlib import resources

from whowhom.config import threshold
from whowhom.model import Document

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
#: So many different words of a topic are needed, whatever their share: one "champion" makes no sports page.
LEAST_WORDS = 4


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    text = (resources.files("whowhom.knowledge.ontology") / "topics.tsv").read_text(encoding="utf8")
    rows = csv.DictReader((x for x in text.splitlines() if not x.startswith("#")), delimiter="\t")
    return {r["word"]: r["topic"] for r in rows}


def topic_of(document: Document) -> str:
    """The topic of a document (sport, show, shopping or kitchen), '' for all others."""
    return _topic(document.text)


@lru_cache(maxsize=4)
def _topic(text: str) -> str:
    """Counted once for a text, though every event of it asks."""
    table = _words()
    words = _WORD.findall(text.lower())
    counts: Counter[str] = Counter()
    distinct: dict[str, set[str]] = {}
    for word in words:
        topic = table.get(word)
        if topic:
            counts[topic] += 1
            distinct.setdefault(topic, set()).add(word)
    if not counts:
        return ""
    topic, hits = counts.most_common(1)[0]
    return topic if len(distinct[topic]) >= LEAST_WORDS and hits / len(words) >= threshold("topic-share") else ""
