"""Parties without a name of their own: "the two presidents", "all four countries" are those last spoken of, "its neighbour" the other one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from whowhom.actors.draft import Draft
from whowhom.actors.offices import stands_for
from whowhom.knowledge.states import states

_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
#: Plural nouns that stand for states, and for their leaders.
_LANDS = frozenset("countries nations states sides governments neighbours neighbors parties powers capitals allies rivals".split())
_LEADERS = frozenset("leaders presidents ministers premiers chancellors monarchs kings counterparts men".split())
#: Sectors of bodies that a state has.
_ORGANS = tuple((s,) for s in "GOV MIL LEG COP SPY JUD".split())
_OTHERS = frozenset("neighbour neighbor".split())
_ABROAD = _OTHERS | frozenset("neighbours neighbors".split())
#: How many sentences back the parties may stand.
_REACH = 8
#: A state is the neighbour meant when it is spoken of so many times as often as any third one.
_CLEARLY = 1.5
_LISTED = re.compile(r"\s*(?:,|,?\s*and|,?\s*as well as)\s+(?:the\s+)?")


def fill(drafts: Sequence[Draft], text: str) -> None:
    """Name the members of counted sets, and neighbours, in place; what cannot be told apart stays open. `text` is the document's."""
    for at, one in enumerate(drafts):
        words = [w.lower() for w in one.phrase.words]
        if abroad(one) and words[-1] in _OTHERS and not one.country:
            _other(drafts, at)
            continue
        count = next((_COUNTS[w] for w in words[:3] if w in _COUNTS), 0)
        if not count or one.members or one.country or not words or len(words) > 6:
            continue
        head = words[-1]
        before = [d for d in drafts[:at] if 0 <= one.mention.sentence - d.mention.sentence <= _REACH]
        if head in _LEADERS:
            people: dict[str, Draft] = {}
            for other in reversed(before):
                if other.identity is not None and (other.name or not other.phrase.plural) and _fits(one, other):
                    people.setdefault(other.label, other)
            chosen = _top(list(people.values()), before, count)
            if len(chosen) == count:
                one.label = _and([d.label for d in chosen])
                one.members = tuple(dict.fromkeys(d.country for d in chosen))
                one.sectors = one.sectors or ("GOV",)
        elif head in _LANDS:
            lands: dict[str, float] = {}
            for other in before:
                if other.country in states() and other.mention.kind != "pronoun":
                    lands[other.country] = lands.get(other.country, 0.0) + 1.0 / (1 + one.mention.sentence - other.mention.sentence)
            best = sorted(lands, key=lambda c: -lands[c])
            clear = len(best) == count or (len(best) > count and lands[best[count - 1]] > 1.2 * lands[best[count]])
            listed = _together(before, count, text) if count > 2 or not clear else []
            if listed or clear:
                one.members = tuple(listed or best[:count])
                one.label = _and([states()[c].name for c in one.members])
        if one.members:
            one.probability = 0.7
            one.steps.append(f"the {count} last spoken of: {one.label}")


def abroad(one: Draft) -> bool:
    """Whether the words speak of a state's neighbour ("its", where a person has "his"): never the state that a document is about."""
    words = one.phrase.words
    return bool(words) and words[0].lower() == "its" and words[-1].lower() in _ABROAD and len(words) < 5


def owned(drafts: Sequence[Draft]) -> None:
    """ "Its foreign ministry" is that of the state spoken of last in the sentence, else first in the one before; in place."""
    for at, one in enumerate(drafts):
        words = one.phrase.words
        if one.country or one.name or not words or words[0].lower() != "its" or one.sectors[:1] not in _ORGANS:
            continue
        sentence = one.mention.sentence
        spoken = [d for d in drafts[:at] if d.country in states() and (d.phrase.bare or d.sectors[:1] in _ORGANS) and not d.located]
        here = [d for d in spoken if d.mention.sentence == sentence]
        before = [d for d in spoken if d.mention.sentence == sentence - 1]
        owner = here[-1] if here else before[0] if before else None
        if owner is not None:
            one.country, one.probability = owner.country, max(0.6, one.probability - 0.1)
            one.steps.append(f"its: {owner.mention.text}")


def _together(before: Sequence[Draft], count: int, text: str) -> list[str]:
    """The last list of just so many states: "Mexico, Argentina, Bolivia and Colombia"."""
    run: list[Draft] = []
    for other in [*reversed([d for d in before if d.country in states() and d.phrase.bare]), None]:
        if run and other is not None and _LISTED.fullmatch(text, other.mention.span.end, run[-1].mention.span.begin):
            run.append(other)
            continue
        if len(run) == count and len({d.country for d in run}) == count:
            return [d.country for d in reversed(run)]
        run = [other] if other is not None else []
    return []


def _other(drafts: Sequence[Draft], at: int) -> None:
    """The neighbour of the state that the sentence speaks of: the other state that the document speaks of most, if one does stand out."""
    one = drafts[at]
    spoken = [d for d in drafts if d.country in states() and d.mention.kind != "pronoun"]
    mine = [d for d in spoken if d.mention.sentence == one.mention.sentence and d.mention.span < one.mention.span]
    if not mine:
        return
    often = Counter(d.country for d in spoken if d.country != mine[-1].country).most_common(2)
    if often and (len(often) < 2 or often[0][1] >= _CLEARLY * often[1][1]):
        one.country, one.label = often[0][0], states()[often[0][0]].name
        one.probability = 0.6
        one.steps.append(f"the other state spoken of beside {mine[-1].country}: {one.country}")


def _fits(one: Draft, other: Draft) -> bool:
    """Whether a person holds the office that the set names, if it names one."""
    if other.identity is None or other.identity.term is None:
        return False
    return not one.phrase.office or other.identity.term.office in (*stands_for(one.phrase.office), "supreme leader")


def _top(people: Sequence[Draft], before: Sequence[Draft], count: int) -> list[Draft]:
    """The persons of different states that are spoken of most, in the order of the text."""
    often = {d.label: sum(b.label == d.label for b in before) for d in people}
    chosen: list[Draft] = []
    for one in sorted(people, key=lambda d: (-often[d.label], -d.mention.span.begin)):
        if all(one.country != c.country for c in chosen) and len(chosen) < count:
            chosen.append(one)
    first = {d.label: min(b.mention.span.begin for b in before if b.label == d.label) for d in chosen}
    return sorted(chosen, key=lambda d: first[d.label])


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
