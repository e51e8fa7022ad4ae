"""Whether the clause around a time expression looks back or ahead: closed classes of English cues, no parser."""

from __future__ import annotations

import re

_AHEAD = frozenset(
    "will shall 'll ’ll won't won’t wo may might can could should must would planned plan plans planning scheduled expected expects expect due"
    " slated intends intend intended hopes hope hoped hoping poised aims aim aimed aiming upcoming deadline forward ahead"
    " begins starts opens ends expires meets arrives leaves takes faces holds hosts votes visits travels returns becomes prepares preparing"
    " vows vowed pledges pledged promised promises wants want ready going future tomorrow ought about-to proposed seeks eyes".split()
)
_BACK = frozenset(
    "was were had did been has have killed said told met came went took made gave began saw left held found won lost became fell rose hit sent"
    " brought led ran got put struck fought shot broke wrote spoke stood sat kept felt bought sold built caught chose drew drove flew grew knew"
    " paid read rode sang sank shut slew spent stole swore threw wore withdrew fled swept cut spread ago since born earlier".split()
)
#: Participles that say nothing of the clause's time.
_NEUTRAL = frozenset("based united armed called so-called red need hundred wounded-in".split())
_WORDS = re.compile(r"[A-Za-z][A-Za-z’'-]*|[;:“”\"()]|--")
#: Verbs in the past whose "to" looks ahead: "offered to host talks in October".
_COMMITS = frozenset("has have agreed decided offered invited asked urged threatened voted told ordered".split())
#: Cues that are nouns where the expression follows at once ("announced plans Friday").
_NOUNS = frozenset("plan plans aim aims hope hopes holds faces votes visits returns starts takes ends".split())
#: Prepositions of a deadline look ahead where they stand right before the expression.
_DEADLINE = frozenset("by until till before".split())
_CLAUSE = frozenset([";", ":", "“", "”", '"', "(", ")", "--"])
_DETERMINERS = frozenset("a an the his her its their this that these those any some".split())
#: How many words to look at on each side.
REACH = 14


def direction(text: str, begin: int, end: int) -> str:
    """'past', 'future' or '' for the expression at `text[begin:end]`; the nearest cue before it decides, else after."""
    before = _WORDS.findall(text[max(0, begin - 140) : begin])
    return _looking_back(before[-REACH:]) or _looking_on(_WORDS.findall(text[end : end + 140])[:REACH])


def _looking_back(words: list[str]) -> str:
    """The nearest cue in the words before an expression."""
    lows = [w if w == "May" else w.lower() for w in words]  # the month is no modal verb
    to_verb = False
    if lows and lows[-1] in _DEADLINE:
        return "past" if any(w in _BACK for w in lows[-7:-1]) else "future"
    for at in range(len(lows) - 1, -1, -1):
        word = lows[at]
        if word in _AHEAD and not (word in _NOUNS and at == len(lows) - 1):
            return "future"
        if word in _BACK or (word.endswith("ed") and len(word) > 4 and word not in _NEUTRAL):
            # "to be released", "will soon be cut": the participle takes its time from "be".
            if "be" in lows[max(0, at - 2) : at] or (to_verb and word in _COMMITS):
                return "future"
            return "past"
        if word in ("is", "are", "am") and to_verb:
            return "future"
        verb_next = at + 1 < len(lows) and lows[at + 1] not in _DETERMINERS and not words[at + 1][:1].isupper()
        to_verb = (word == "to" and verb_next) or (to_verb and word not in _CLAUSE and word != "and")
    return ""


def _looking_on(words: list[str]) -> str:
    """The first cue in the words after an expression, in its clause."""
    for word in (w.lower() for w in words):
        if word in _CLAUSE:
            return ""
        if word in ("due", "plan", "plans", "want", "ready", "hope", "hopes", "going", "future"):
            continue
        if word in _AHEAD:
            return "future"
        if word in _BACK or (word.endswith("ed") and len(word) > 4 and word not in _NEUTRAL):
            return "past"
    return ""


__all__ = ["direction"]
