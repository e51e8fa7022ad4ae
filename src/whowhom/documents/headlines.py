"""Headlines of other stories that stand as paragraphs of an article: a score from their form and what they share with it.

A subhead of the story is short and speaks of what the story speaks of; the headline of another story is a sentence
without a stop whose words and names occur nowhere else on the page. The weights are a logistic regression; the command
that fitted them and the figures stand in ``tests/documents/measure.py``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from whowhom.documents.block import Block

_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?][\"”’']? [\"“‘']?[A-Z]")

#: Fewest and most words of a paragraph that is judged: what is shorter is a subhead more often than not.
SHORT, LONG = 6, 30

#: Names of the features, in the order of the weights.
FEATURES = ("one", "words", "title_case", "shared", "shared_names", "shared_title", "shared_after", "shared_before", "names", "run", "linked", "head")

#: Weights, all but the last two fitted, see above. The corpora hold no links and few heads of the web's kind: those two are
#: set so that a line that is all link needs little more to go, and a heading of the page's own needs much.
WEIGHTS: tuple[float, ...] = (4.52, 0.49, 0.92, -4.19, -0.48, 0.46, -4.95, -1.09, -0.16, -4.54, 4.0, -1.5)


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """English function words, lower case, from ``function_words.txt``."""
    text = (resources.files("whowhom.documents") / "function_words.txt").read_text(encoding="utf8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def stem(word: str) -> str:
    """A word without its ending: enough to see that ``Russian`` and ``Russia``, ``signing`` and ``signed`` belong together."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word[: max(4, len(word) - 3)] if len(word) > 4 else word.rstrip("s") or word


def content(block: Block) -> set[str]:
    """Stems of the words that a paragraph is about."""
    skip = function_words()
    return {stem(w) for w in block.words if w.lower() not in skip and (len(w) > 2 or w[0].isupper())}


def names(block: Block) -> set[str]:
    """Stems of the capitalised words, the first aside, and of numbers."""
    return {stem(w) for w in block.words[1:] if w[0].isupper() or w[0].isdigit()}


def is_candidate(block: Block) -> bool:
    """Whether a paragraph has the form of a headline: some words, none of them quoted speech, and no stop at the end."""
    text = block.text
    if not SHORT <= len(block.words) <= LONG or block.closed or text[-1] == "," or _SENTENCES.search(text):
        return False
    if text[-1] in "\"”’'" and (text.rstrip("\"”’'")[-1:] == "," or text[0] in "\"“‘'"):
        return False
    return text[0].isupper() or text[0] in "\"“‘'[$€£0123456789"


@dataclass(frozen=True, slots=True)
class Context:
    """What the paragraphs of a page are about, counted once per page."""

    contents: tuple[frozenset[str], ...]
    counts: Counter[str]
    title: frozenset[str]

    @staticmethod
    def of(blocks: Sequence[Block], body: Sequence[bool], title: str) -> Context:
        """The context of a page; `body` says which paragraphs count as its article."""
        contents = tuple(frozenset(content(b)) if keep else frozenset() for b, keep in zip(blocks, body, strict=True))
        counts = Counter(s for c in contents for s in c)
        return Context(contents, counts, frozenset(content(Block(title))) if title else frozenset())


def features(blocks: Sequence[Block], at: int, context: Context) -> tuple[float, ...]:
    """The features of paragraph `at`, in the order of `FEATURES`."""
    block = blocks[at]
    own = content(block)
    size = max(1, len(own))
    named = names(block)
    long = [w for w in block.words if len(w) > 3]
    inside = context.contents[at]

    def elsewhere(stems: set[str]) -> int:
        return sum(context.counts[s] > (s in inside) for s in stems)

    return (
        1.0,
        min(len(block.words), 14) / 10,
        sum(w[0].isupper() for w in long) / max(1, len(long)),
        elsewhere(own) / size,
        elsewhere(named) / len(named) if named else 0.5,
        len(own & context.title) / size,
        len(own & _near(context, at, 1)) / size,
        len(own & _near(context, at, -1)) / size,
        min(len(named), 4) / 4,
        sum(not b.closed for b in (*blocks[max(0, at - 2) : at], *blocks[at + 1 : at + 3])) / 4,
        block.linked,
        float(block.kind == "head"),
    )


def _near(context: Context, at: int, step: int) -> set[str]:
    """What the next two paragraphs with words in them are about, in one direction."""
    found: set[str] = set()
    seen = 0
    place = at + step
    while 0 <= place < len(context.contents) and seen < 2:
        if context.contents[place]:
            found |= context.contents[place]
            seen += 1
        place += step
    return found


#: Where the share of unclosed neighbours stands among the features.
_RUN = FEATURES.index("run")


def alone(values: Sequence[float]) -> tuple[float, ...]:
    """The features as if the neighbours were closed: to judge a run of headlines as one."""
    return (*values[:_RUN], 0.0, *values[_RUN + 1 :])


def probability(values: Sequence[float]) -> float:
    """The probability (0 to 1) that a paragraph with these features is the headline of another story."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * v for w, v in zip(WEIGHTS, values, strict=True))))))
