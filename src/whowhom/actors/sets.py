"""Sets that a text counts: "the two presidents", "both sides", "the three countries" are the parties last spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.actors.draft import Draft
from whowhom.actors.offices import stands_for
from whowhom.knowledge.states import states

_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
#: Plural nouns that stand for states, and for their leaders.
_LANDS = frozenset("countries nations states sides governments neighbours neighbors parties powers capitals allies rivals".split())
_LEADERS = frozenset("leaders presidents ministers premiers chancellors monarchs kings counterparts men".split())
#: How many sentences back the parties may stand.
_REACH = 8


def fill(drafts: Sequence[Draft]) -> None:
    """Name the members of counted sets in place; a set whose parties cannot be told apart stays open."""
    for at, one in enumerate(drafts):
        words = [w.lower() for w in one.phrase.words]
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
            if len(best) >= count and (len(best) == count or lands[best[count - 1]] > 1.2 * lands[best[count]]):
                one.members = tuple(best[:count])
                one.label = _and([states()[c].name for c in best[:count]])
        if one.members:
            one.probability = 0.7
            one.steps.append(f"the {count} last spoken of: {one.label}")


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
