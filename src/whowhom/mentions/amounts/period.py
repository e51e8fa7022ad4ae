# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""What an amount is an amount of, and the period it holds for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whowhom.mentions.amounts.nouns import STOP
from whowhom.mentions.amounts.numbers import SCALES, TENS, UNITS, VAGUE
from whowhom.model import Span, When

#: Where one clause ends and another begins; a comma between digits is none.
_BREAK = re.compile(
    r"[;:“”\"]|[.!?] (?=[A-Z“\"])|, (?=(?:with|while|but|which|who|whose|when|where|after|before|as|although|compared|according|and)\b)|\b(?:while|but|which|compared (?:to|with|from))\b",
    re.IGNORECASE,
)
_OF = re.compile(r" (?:of|in|for|worth of)((?: [A-Za-z][\w’'-]*){1,7})")
#: Verbs of growing and amounting, behind the subject that a figure is of.
_AMOUNTS = re.compile(
    r"\b(?:grew|grow|grows|growing|rose|rise|rises|rising|fell|fall|falls|dropped|drop|drops|declined|declines|shrank|jumped|soared|surged|climbed|increased|increases|decreased|slumped|plunged"
    r"|reached|reaches|hit|hits|totall?ed|totals|stood|stands|amounted|amounts|cost|costs|is|was|were|are|has|had|have|will|would|lost|gained|expanded|contracted|posted|reported|spent|paid|received)\b"
)
_NUMBERS = frozenset([*UNITS, *TENS, *SCALES, *VAGUE, "tens", "half"])
#: A period further away than this belongs to something else.
REACH = 90


def period_of(text: str, span: Span, whens: Sequence[When], base: int) -> tuple[str, str]:
    """Begin and end of the period an amount of the sentence holds for: the nearest date of its clause that spans time."""
    best: tuple[int, When] | None = None
    for when in whens:
        begin, end = when.span.begin - base, when.span.end - base
        if not when.date or when.precision in ("open", "day"):
            continue
        gap = text[end : span.begin] if end <= span.begin else text[span.end : begin]
        if len(gap) > REACH or _BREAK.search(gap):
            continue
        distance = len(gap)
        if re.search(r"\b(?:by|until|till|to|before)(?: the)? $", text[max(0, begin - 11) : begin]):
            continue  # a deadline is no period
        if best is None or distance < best[0]:
            best = (distance, when)
    if best is None:
        return "", ""
    return best[1].date, best[1].date_end or best[1].date


def subject_of(text: str, span: Span, kind: str, after: int | None) -> str:
    """The words for what is counted: the phrase behind ("of dead civilians"), the noun itself, or the clause's subject."""
    if after is not None:
        noun = text[span.begin : span.end]
        words = [w for w in re.findall(r"[A-Za-z][\w’'-]*", noun) if w.lower() not in STOP and w.lower().split("-")[0] not in _NUMBERS]
        more = _OF.match(text, after)
        if kind in ("duration", "measure"):
            follow = re.match(r"((?: [A-Za-z][\w’'-]*){1,6})", text[after:])
            return _phrase(follow[1]) if follow else ""
        return (" ".join(words[-4:]) + (" of " + _phrase(more[1]) if more and more[0].startswith(" of") and _phrase(more[1]) else "")).strip()
    more = _OF.match(text, span.end)
    if (
        more
        and kind in ("money", "percent", "measure", "count")
        and not re.match(r" (?:in|for) (?:the|this|last|next|a|its|their|January|\d)", more[0])
    ):
        phrase = _phrase(more[1])
        if phrase:
            return phrase
    if kind == "money":
        follow = re.match(r"[ -]((?:[a-z][\w’'-]*[ -]?){1,4})", text[span.end :])
        if follow and (phrase := _phrase(" " + follow[1])):
            return phrase
    clause = max((m.end() for m in _BREAK.finditer(text, max(0, span.begin - 200), span.begin)), default=max(0, span.begin - 200))
    verbs = list(_AMOUNTS.finditer(text, clause, span.begin))
    if not verbs:
        return ""
    return " ".join(text[clause : verbs[0].start()].split()[-8:]).strip(" ,“”\"'")


def _phrase(words: str) -> str:
    """The words of a noun phrase, cut at the first function word or verb-like word other than articles and "and"."""
    out: list[str] = []
    for word in words.split():
        low = word.lower()
        if low in ("the", "a", "an", "its", "their", "his", "her") and not out:
            continue
        if low == "and" and out:
            out.append(word)
            continue
        if low in STOP or (len(out) > 0 and low.endswith("ing") and len(low) > 5):
            break
        out.append(word)
    while out and out[-1].lower() == "and":
        out.pop()
    return " ".join(out)
