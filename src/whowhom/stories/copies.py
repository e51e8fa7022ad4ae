"""The same text: reprints, cut versions, and reports that stand inside another.

A text is the set of its runs of words (shingles), hashed by rensa. Of the hashes a fixed part of the hash
space is kept, so the kept part of a short report is found again in any page that holds the report: MinHash
over whole documents cannot see that, since a report inside a long page has nearly no Jaccard similarity
with it. Kept hashes are sorted once; every document meets the first and the previous one with the same
hash, so candidates grow with the text and not with its square, however often a text was reprinted.
What counts is asymmetric: the share of one text's shingles that stand in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from whowhom.config import threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Words of a shingle: with every tenth word replaced, two thirds of runs of four still stand.
SHINGLE = 4
#: Up to so many shingles of a text, hashes that end in zeros under this mask are kept: all of a short text, half of
#: a middling, a sixteenth of a long one, so that at least 25 hashes speak for any text of 30 words and more.
MASKS = ((64, 0x0), (400, 0x1), (1 << 30, 0xF))
#: Shingles that two texts must share unless one is nearly all in the other: a sentence of furniture makes no copy.
LEAST = 12
#: Texts hashed together.
BATCH = 2_000
#: Words looked at in one text, against hostile input.
LONGEST = 100_000

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text, and what tells who was first. `date` is ISO, '' when unknown."""

    id: str
    text: str
    publisher: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """That `document` has its text from `source`: `share` of its shingles stand there, and `source_share` of the
    source's in it. `why` says on which grounds the source is held to be first."""

    document: str
    source: str
    share: float
    source_share: float
    why: str


def shares(a: str, b: str) -> tuple[float, float, int]:
    """The share of a's shingles that stand in b, that of b's in a, and how many they share, over all shingles."""
    x, y = (set(h) for h in _hashes([a, b]))
    both = len(x & y)
    return (both / len(x) if x else 0.0), (both / len(y) if y else 0.0), both


def is_copy(share: float, shared: int) -> bool:
    """The one verdict, of `find_copies` and of the scorer: enough of a text stands in another, and more than a
    sentence of furniture would account for, unless nearly all of it does."""
    return share >= threshold("copy") and (shared >= LEAST or share > 0.9)


def find_copies(texts: Iterable[Text]) -> list[Copy]:
    """For every text that is a copy, its source: of the texts that hold it, the one published first.

    Of texts of the same day the fullest counts as first. A long page that quotes an earlier report in full is no
    copy of it, as most of the page is its own. Memory: about 4 bytes per kept hash and 60 per text, and while
    candidates are sought 24 bytes per kept hash.
    """
    heads: list[tuple[str, str, int]] = []
    kept: list[NDArray[np.uint32]] = []
    for text, hashes, mask in _kept(texts):
        heads.append((text.id, text.date, mask))
        kept.append(hashes)
    if len(heads) < 2:
        return []
    # Unknown dates come last; the fullest of a day comes first.
    order = sorted(range(len(heads)), key=lambda i: (heads[i][1] or "9999", -kept[i].size * (heads[i][2] + 1), heads[i][0]))
    kept = [kept[i] for i in order]
    masks = [heads[i][2] for i in order]
    best: dict[int, tuple[int, float, float]] = {}
    for a, b in _candidates(kept):  # a comes before b in order of publication
        of_b, of_a, shared = _shared(kept[a], kept[b], max(masks[a], masks[b]))
        if is_copy(of_b, shared) and (b not in best or a < best[b][0]):
            best[b] = (a, of_b, of_a)
    found = []
    for b in sorted(best):
        a, of_b, of_a = best[b]
        (id_a, date_a, _), (id_b, date_b, _) = heads[order[a]], heads[order[b]]
        why = "published earlier" if date_a and date_a < date_b else "same day; the fuller text" if date_a == date_b else "the other has no date"
        found.append(Copy(id_b, id_a, round(of_b, 3), round(of_a, 3), why))
    return found


def _hashes(texts: Sequence[str]) -> list[list[int]]:
    from rensa import RMinHash

    runs = []
    for text in texts:
        words = _WORD.findall(text[: LONGEST * 12].lower())[:LONGEST]
        n = min(SHINGLE, len(words))
        runs.append([" ".join(words[i : i + n]) for i in range(len(words) - n + 1)] if words else [])
    hashes: list[list[int]] = RMinHash.hash_token_sets(runs)
    return hashes


def _kept(texts: Iterable[Text]) -> Iterator[tuple[Text, NDArray[np.uint32], int]]:
    """Texts with the sorted kept hashes, 32 bits of each, and the mask under which they end in zeros."""
    import numpy as np

    stream = iter(texts)
    while batch := list(islice(stream, BATCH)):
        for text, hashes in zip(batch, _hashes([t.text for t in batch]), strict=True):
            mixed = np.array(hashes, np.uint64)
            mixed = ((mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
            whole = np.unique(mixed.astype(np.uint32))
            mask = next(m for most, m in MASKS if whole.size <= most)
            yield text, whole[(whole & mask) == 0], mask


def _shared(a: NDArray[np.uint32], b: NDArray[np.uint32], mask: int) -> tuple[float, float, int]:
    """The shares of b in a and of a in b, over the part of the hash space that both kept, and about how many
    shingles they share in all."""
    import numpy as np

    a, b = a[(a & mask) == 0], b[(b & mask) == 0]
    both = np.intersect1d(a, b, assume_unique=True).size
    return (both / b.size if b.size else 0.0), (both / a.size if a.size else 0.0), both * (mask + 1)


def _candidates(kept: Sequence[NDArray[np.uint32]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts (earlier, later) that share at least two kept hashes, or one where a text has few."""
    import numpy as np

    sizes = np.array([k.size for k in kept])
    postings = np.concatenate(kept).astype(np.uint64) << np.uint64(32)
    postings |= np.repeat(np.arange(len(kept), dtype=np.uint64), sizes)
    postings.sort()
    hashes = (postings >> np.uint64(32)).astype(np.uint32)
    texts = (postings & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    del postings
    again = np.flatnonzero(hashes[1:] == hashes[:-1]) + 1
    begins = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    firsts = begins[np.searchsorted(begins, again, side="right") - 1]
    del hashes, begins
    later = texts[again].astype(np.uint64)
    near = (texts[again - 1].astype(np.uint64) << np.uint64(32)) | later
    far = (texts[firsts].astype(np.uint64) << np.uint64(32)) | later
    far = far[firsts != again - 1]
    del texts, again, firsts, later
    pairs, counts = np.unique(np.concatenate([near, far]), return_counts=True)
    del near, far
    a, b = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    # A copy shares at least the threshold's share of its own hashes; through first and previous most are seen.
    enough = counts >= np.minimum(np.maximum(2, sizes[b] // 20), 8)
    enough |= np.minimum(sizes[a], sizes[b]) < 8
    yield from zip(a[enough].tolist(), b[enough].tolist(), strict=True)
