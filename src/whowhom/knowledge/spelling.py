"""How likely two spellings are of one name: sound, letters and script, weighed by a model learned from Wikidata's
spellings of given and family names (``training/knowledge/spelling.py``)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from whowhom.knowledge.fold import fold
from whowhom.knowledge.tables import rows

#: Romanisations of one sound, longest first, to one sign; the order matters. Cyrillic, Arabic, Chinese (pinyin and
#: Wade-Giles), Korean, Indian and European habits of spelling.
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("xi", "Si"),
    ("xu", "Su"),
    ("qi", "Ci"),
    ("zha", "Ja"),
    ("zho", "Jo"),
    ("zhe", "Je"),
    ("schtsch", "S"),
    ("shch", "S"),
    ("tsch", "C"),
    ("dsch", "J"),
    ("zsch", "C"),
    ("tch", "C"),
    ("sch", "S"),
    ("shh", "S"),
    ("szcz", "S"),
    ("ssh", "S"),
    ("hs", "S"),
    ("xs", "S"),
    ("dzh", "J"),
    ("dj", "J"),
    ("dz", "J"),
    ("zh", "Z"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "S"),
    ("ch", "C"),
    ("cz", "C"),
    ("sz", "S"),
    ("rz", "Z"),
    ("th", "t"),
    ("ph", "f"),
    ("dh", "d"),
    ("bh", "b"),
    ("ks", "x"),
    ("ts", "c"),
    ("tz", "c"),
    ("ck", "k"),
    ("qu", "k"),
    ("cc", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "e"),
    ("ai", "e"),
    ("ay", "e"),
    ("ey", "e"),
    ("ae", "e"),
    ("oe", "o"),
    ("ue", "u"),
    ("iy", "i"),
    ("ij", "i"),
    ("yi", "i"),
    ("ie", "i"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
    ("yu", "u"),
    ("iu", "u"),
    ("ju", "u"),
    ("yo", "o"),
    ("io", "o"),
    ("jo", "o"),
    ("ye", "e"),
    ("je", "e"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "J"),
    ("z", "s"),
)
_TABLE = re.compile("|".join(re.escape(a) for a, _ in _SOUNDS))
_TO = dict(_SOUNDS)
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouhy]")


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """A rough writing of how a folded name sounds."""
    text = _TABLE.sub(lambda m: _TO[m[0]], name.replace(" ", ""))
    return _TWICE.sub(r"\1", text)


@lru_cache(maxsize=65536)
def _bones(name: str) -> str:
    """The consonants of a name, likened sounds as one."""
    text = (
        sound(name)
        .replace("S", "s")
        .replace("Z", "s")
        .replace("J", "s")
        .replace("C", "s")
        .replace("x", "s")
        .replace("g", "k")
        .replace("d", "t")
        .replace("b", "p")
        .replace("v", "f")
    )
    return _TWICE.sub(r"\1", text[:1] + _VOWELS.sub("", text[1:]))


def features(a: str, b: str) -> list[float]:
    """What the model weighs of two folded spellings."""
    sa, sb, ba, bb = sound(a), sound(b), _bones(a), _bones(b)
    letters = Levenshtein.normalized_similarity(a, b)
    heard = Levenshtein.normalized_similarity(sa, sb)
    frame = Levenshtein.normalized_similarity(ba, bb)
    short = min(len(a), len(b))
    return [
        1.0,
        letters,
        heard,
        frame,
        JaroWinkler.similarity(sa, sb),
        JaroWinkler.similarity(a, b),
        float(sa == sb),
        float(ba == bb),
        float(sa[:1] == sb[:1]),
        float(ba[:1] == bb[:1]),
        float(sa[-1:] == sb[-1:]),
        min(short, 10) / 10,
        heard * min(short, 10) / 10,
        frame * min(short, 10) / 10,
        heard * heard,
        frame * heard,
        abs(len(a) - len(b)) / max(len(a), len(b), 1),
        float(a.startswith(b) or b.startswith(a)),
        (1 - heard) * max(len(sa), len(sb)) / 5,
    ]


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    return tuple(float(r[1]) for r in rows("spelling"))


@lru_cache(maxsize=65536)
def likeness(a: str, b: str) -> float:
    """Probability (0 to 1) that two spellings, folded or not, are of one given or family name."""
    a, b = fold(a), fold(b)
    if a == b:
        return 1.0
    if not a or not b or JaroWinkler.similarity(sound(a), sound(b)) < 0.5:
        return 0.0  # far apart: the model would say next to nothing, at ten times the cost
    z = sum(w * f for w, f in zip(_weights(), features(a, b), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def best_likeness(words: Sequence[str], names: Sequence[str]) -> float:
    """The best likeness of any word to any of the names."""
    return max((likeness(w, n) for w in words for n in names), default=0.0)
