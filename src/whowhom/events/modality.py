"""Which auxiliary or "to" a word stands under, and what stands before that "to": "would buy", "expected to be bought".

Read from the order of words alone: the nearest one to the left within the clause. Other words may lie between ("will close
plants and cut jobs"), then it holds less surely.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Auxiliaries by what they say; closed classes.
AUXILIARIES = {
    "will": "will", "'ll": "will", "’ll": "will", "wo": "will", "won't": "will", "shall": "will", "would": "would", "'d": "would", "’d": "would",
    "can": "can", "ca": "can", "cannot": "can", "could": "could", "may": "may", "might": "may", "should": "should", "must": "should", "to": "to",
}  # fmt: skip
_CONDITIONS = frozenset(("if", "unless", "whether"))
#: Words that may stand between an auxiliary and its verb or noun, beside adverbs in -ly.
_BETWEEN = frozenset(
    "the a an its their his her this that these some any no our my be is are was were been being am 's 're have has had having "
    "also now not n't never only then soon still already further once more "
    "again all both ever just even first no longer and or".split()
) | frozenset(("`", "``", "''", '"', "“", "”", "(", ")"))
_BE = frozenset(("be", "is", "are", "was", "were"))
_STOPS = frozenset(",;:.!?—–-")
#: The farthest auxiliary that is looked for, in words.
FAR = 11
#: ... and the farthest condition.
CLAUSE = 14


def auxiliary(words: Sequence[str], row: int) -> tuple[str, int, bool]:
    """The nearest auxiliary before a word in its clause ("" where there is none), its number, and whether only words of
    the verb group lie between."""
    close = True
    for n in range(row - 1, max(-1, row - 1 - FAR), -1):
        low = words[n].lower()
        if low in _STOPS:
            break
        if low in AUXILIARIES:
            return AUXILIARIES[low], n, close
        close = close and (low in _BETWEEN or low.endswith("ly"))
    return "", row, True


def modality(words: Sequence[str], kinds: Sequence[frozenset[str]], row: int) -> dict[str, float]:
    """What a word stands under, as features. `kinds` are those of `cues.marks`."""
    name, at, close = auxiliary(words, row)
    side = "close" if close else "far"
    found = {f"under {name}", f"under {name} {side}"} if name else {"under none"}
    for n in range(row - 1, max(-1, row - CLAUSE), -1):
        low = words[n].lower()
        if low in (".", ";", ":"):
            break
        if low in _CONDITIONS:
            found.add("under if")
            break
    if name == "to":
        before = at - 1
        while before > 0 and words[before].lower() in ("not", "n't", "also"):
            before -= 1
        low = words[before].lower() if before >= 0 else ""
        found |= {f"under to be {side}"} if low in _BE or not low else set()
        # "In order to" is no order.
        of = kinds[before] if before >= 0 and low != "order" else frozenset()
        found |= {f"under to {k}" for k in of} | {f"under to {k} {side}" for k in of} or {f"under to other {side}"}
        over, _, _ = auxiliary(words, before) if before > 0 else ("", 0, True)
        found |= {f"above to {over}"} if over else set()
    return dict.fromkeys(found, 1.0)
