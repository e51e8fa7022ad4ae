"""Known names that the encoder's tagger did not mark, or marked in part: found over the text as capitalised spans.

The tagger has seen few broken texts and no user's actors; the lexicon knows how they are written. What is found here
is a mention like any other, and who it is, is judged later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from whowhom.knowledge import bodies
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import Entry, Match, calques
from whowhom.knowledge.listing import state_lists

#: Begin and end in words, kind, probability.
Found = tuple[int, int, str, float]
#: Kinds of bodies that are looked for. Parties, firms and blocs are often common words ("Labour", "Target", "the West").
_BODIES = frozenset(("igo", "ngo", "state", "armed", "media", "own"))
_ENDS = frozenset(".!?)]\"”’'")
_SMALL = frozenset(("of", "the", "and", "for", "in"))
#: How sure a name is that only the lexicon knows, 0 to 1.
KNOWN, COUNTED = 0.9, 0.6
#: States that a list must name to count as one, and the most words of a name that counts its members.
_LIST, _MOST = 3, 4


def complete(words: Sequence[str], found: Sequence[Found], known: Sequence[Match], listed: frozenset[int] = frozenset()) -> list[Found]:
    """The spans of a sentence with those that the lexicon adds, widens or parts; none overlap another.

    `known` are what the lexicon finds in the words, `listed` the lengths of the lists of states in this sentence and those
    shortly before it.
    """
    matches = [m for m in known if any(c.isalpha() for c in words[m.begin])]
    out = _part_credits(words, found, matches)
    out = [_widen(words, one, matches, out) for one in out]
    taken = {i for b, e, _, _ in out for i in range(b, e)}
    shouting = sum(w.isupper() for w in words) * 2 > len(words)
    for match in matches:
        if taken.isdisjoint(range(match.begin, match.end)) and (kind := _kind(words, match, shouting)):
            out.append((match.begin, match.end, kind, KNOWN))
            taken |= set(range(match.begin, match.end))
    for begin, end in (*_translated(words), *_counted(words, listed)):
        if taken.isdisjoint(range(begin, end)):
            out.append((begin, end, "organisation", COUNTED))
            taken |= set(range(begin, end))
    return sorted(out)


def _part_credits(words: Sequence[str], found: Sequence[Found], matches: Sequence[Match]) -> list[Found]:
    """A news agency glued to the last name of a sentence is a credit: "… as nowhere in Central Asia Xinhua."""
    credit = next((m for m in matches if _media(m) is not None and set("".join(words[m.end :])) <= _ENDS), None)
    out: list[Found] = []
    for begin, end, kind, score in found:
        if credit is not None and begin < credit.begin and end == credit.end and _stands_alone(words, begin, credit, matches):
            out.append((begin, credit.begin, kind, score))
            out.append((credit.begin, credit.end, "organisation", KNOWN))
        else:
            out.append((begin, end, kind, score))
    return out


def _stands_alone(words: Sequence[str], begin: int, credit: Match, matches: Sequence[Match]) -> bool:
    """Whether the words before the agency are a name by themselves, so that the agency is no part of it."""
    last = words[credit.begin - 1]
    known = any(m.end == credit.begin and m.begin >= begin and m is not credit and any(e.kind != "role" for e in m.entries) for m in matches)
    return last[:1].isupper() and (known or credit.begin - begin > 1) and fold(last) not in ("the", "a", "an")


def _media(match: Match) -> Entry | None:
    return next((e for e in match.entries if e.kind == "org" and e.sub == "media"), None)


def _widen(words: Sequence[str], one: Found, matches: Sequence[Match], found: Sequence[Found]) -> Found:
    """A span that ends within a known name goes on to its end: "the OPEC" of "the OPEC Pact"; one that is the rest of a
    capitalised name takes its first words: "House" of "the White House"."""
    begin, end, kind, score = one
    for match in matches:
        if match.begin < begin and end <= match.end and any(e.kind != "role" for e in match.entries):
            proper = all(w[:1].isupper() for w in words[match.begin : end] if w not in _SMALL) and not words[begin].isupper()
            if proper and not any(b < begin and e > match.begin for b, e, _, _ in found):
                article = match.begin > 0 and fold(words[match.begin - 1]) == "the" and not any(e == match.begin for _, e, _, _ in found)
                return match.begin - article, match.end, kind, score
        if match.begin < end < match.end and begin <= match.begin and any(e.kind == "org" for e in match.entries):
            if not any(b < match.end and e > end for b, e, _, _ in found if (b, e) != (begin, end)):
                return begin, match.end, kind, score
    return one


def _kind(words: Sequence[str], match: Match, shouting: bool) -> str:
    """The kind of mention that a match in the text is, '' for one that may be a common word."""
    size = match.end - match.begin
    first = words[match.begin]
    if not first[:1].isupper():
        return ""
    opens = match.begin == 0 or not words[match.begin - 1][:1].isalnum()
    for entry in match.entries:
        if entry.sub == "own":
            return "organisation"
        if entry.kind == "person" and size > 1:
            return "person"
        if entry.kind == "country" and entry.sub == "name" and not first.isupper():
            return "place"
        if entry.kind != "org" or entry.sub not in _BODIES:
            continue
        acronym = entry.case in ("upper", "headed") and not shouting and len(first) > 2
        if acronym or (size > 1 and all(w[:1].isupper() or w in _SMALL for w in words[match.begin : match.end])):
            return "organisation"
        if entry.sub in ("igo", "media", "armed") and not opens and not shouting and entry.case == "proper":
            return "organisation"
    return ""


def _translated(words: Sequence[str]) -> list[tuple[int, int]]:
    """Names of bodies translated word by word, in capitals: "the White Government"."""
    folded = [fold(w) for w in words]
    known = _calques()
    out = []
    for i, word in enumerate(folded):
        for phrase in known.get(word, ()):
            end = i + len(phrase)
            if tuple(folded[i:end]) == phrase and all(w[:1].isupper() or w in _SMALL for w in words[i:end]):
                out.append((i, end))
                break
    return out


@lru_cache(maxsize=1)
def _calques() -> dict[str, list[tuple[str, ...]]]:
    """Translations of two words and more, longest first, by their first word."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for text, _ in calques():
        if " " in text:
            out.setdefault(text.split()[0], []).append(tuple(text.split()))
    return out


def _counted(words: Sequence[str], listed: frozenset[int]) -> list[tuple[int, int]]:
    """A capitalised phrase that counts members, as many as a list of states beside it: "Quaternary Pact", "the Four-Way"."""
    if not listed:
        return []
    out = []
    for i, word in enumerate(words):
        if not word[:1].isupper() or (n := bodies.counts(words[i : i + 2] if "-" not in word else [word])) not in listed or not n:
            continue
        end = i + 1
        while end < len(words) and end - i < _MOST and words[end].isalpha() and (words[end][:1].isupper() or end == i + 1):
            end += 1
        out.append((i, end))
    return out


def lists(words: Sequence[str], known: Sequence[Match]) -> frozenset[int]:
    """The lengths of the lists of states in a sentence: "Peru, Chile and Ecuador" is one of three. `known` as in `complete`."""
    return frozenset(len(codes) for _, _, codes in state_lists(words, known, _LIST))


__all__ = ["complete", "lists"]
