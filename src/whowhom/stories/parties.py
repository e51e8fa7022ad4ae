"""How alike the parties of two events are, with the mistakes in mind that coders make: a ministry here and the state
there, a broken name, sides taken for each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from whowhom.knowledge.spelling import likeness
from whowhom.model import Actor, Event
from whowhom.stories.words import jaccard

#: Types in which the parties may stand on either side.
TWO_SIDED = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ASSAULT", "CONCEDE", "RETREAT"})
#: Types of words and deeds done together: who stands first is a matter of style.
TALK = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
#: Parties of a side that are compared.
_MOST = 12
#: Sectors that coders take for one another: those who govern, those who bear arms against it, people.
_KIN = {"GOV": "state", "MIL": "state", "COP": "state", "JUD": "state", "LEG": "state", "SPY": "state", "ELI": "state", "PTY": "state"}
_KIN |= {"REB": "armed", "UAF": "armed", "PRM": "armed", "CRM": "armed"}


def party_features(e: Event, f: Event) -> dict[str, float]:
    """What the parties of two events say for and against one happening."""
    pairs, loose = pair_up(e, f)
    left, right = countries(e), countries(f)
    return {
        "party_country": _mean([_states(p, q) for p, q in pairs]),
        "party_sector": _mean([_sector(p.sector, q.sector) for p, q in pairs]),
        "party_name": _mean([n for n in (names(p, q) for p, q in pairs) if n]),
        "party_conflict": _mean([float(_conflict(p, q)) for p, q in pairs]),
        "party_loose": loose,
        "states_shared": jaccard(left, right),
        "states_differ": float(bool(left and right) and not left & right),
        **_sides(e, f),
    }


def guessed(p: Actor) -> bool:
    """Whether the party has its state only because the document is about it (`whowhom.actors.home` says so)."""
    return "the document is about" in p.how


def _states(p: Actor, q: Actor) -> float:
    """`equal` of the states, by half where one is a guess; a wrong guess says nothing."""
    same = equal(p.country, q.country)
    return same if not (guessed(p) or guessed(q)) else 0.5 * max(0.0, same)


def _sides(e: Event, f: Event) -> dict[str, float]:
    """Doers of other states, sufferers of other states, doer and sufferer changed over: where that makes a difference,
    and by states that the texts name."""
    if e.event in TALK or f.event in TALK:
        return {"doers_differ": 0.0, "sufferers_differ": 0.0, "roles_swapped": 0.0}
    doer, sufferer, other_doer, other_sufferer = (_named(side) for side in (e.actor, e.recipient, f.actor, f.recipient))
    straight = bool(doer & other_doer) + bool(sufferer & other_sufferer)
    crossed = bool((doer - sufferer) & other_sufferer) + bool((other_doer - other_sufferer) & sufferer)
    return {
        "doers_differ": float(bool(doer and other_doer) and not doer & other_doer),
        "sufferers_differ": float(bool(sufferer and other_sufferer) and not sufferer & other_sufferer),
        "roles_swapped": max(0.0, (crossed - straight) / 2),
    }


def _named(side: Sequence[Actor]) -> frozenset[str]:
    return frozenset(a.country for a in side if a.country and not guessed(a))


def countries(e: Event) -> frozenset[str]:
    """States of all parties that the text names."""
    return _named((*e.actor, *e.recipient))


def equal(a: str, b: str) -> float:
    """1 for the same, -1 for another, 0 where one is not known."""
    return 0.0 if not a or not b else 1.0 if a == b else -1.0


def _sector(a: str, b: str) -> float:
    if a and b and a != b and _KIN.get(a) and _KIN.get(a) == _KIN.get(b):
        return 0.5
    return equal(a, b)


def pair_up(e: Event, f: Event) -> tuple[list[tuple[Actor, Actor]], float]:
    """The best one-to-one pairing of parties, and the share that found nobody on the other report's side."""
    sides = [(e.actor, f.actor), (e.recipient, f.recipient)]
    straight = [p for x, y in sides for p in _greedy(x[:_MOST], y[:_MOST])]
    best, score = straight, _sum(straight)
    if e.event in TWO_SIDED or f.event in TWO_SIDED:
        pooled = _greedy((*e.actor, *e.recipient)[:_MOST], (*f.actor, *f.recipient)[:_MOST])
        if _sum(pooled) > score:
            best = pooled
    count = max(len(e.actor) + len(e.recipient), len(f.actor) + len(f.recipient))
    return best, (1 - len(best) / count if count else 0.0)


def _greedy(left: Sequence[Actor], right: Sequence[Actor]) -> list[tuple[Actor, Actor]]:
    ranked = sorted(((_likeness(p, q), i, j) for i, p in enumerate(left) for j, q in enumerate(right)), key=lambda x: (-x[0], x[1], x[2]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for _, i, j in ranked:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((left[i], right[j]))
    return found


def _sum(pairs: Iterable[tuple[Actor, Actor]]) -> float:
    return sum(_likeness(p, q) for p, q in pairs)


def _likeness(p: Actor, q: Actor) -> float:
    return 2 * _states(p, q) + _sector(p.sector, q.sector) + 2 * names(p, q)


def names(p: Actor, q: Actor) -> float:
    """1 for the same name, down to -1 for two different ones, 0 where one has none or a mere description."""
    if p.wikidata and p.wikidata == q.wikidata:
        return 1.0
    x, y = p.name or p.text, q.name or q.text
    if x in _state_names() and y in _state_names():
        return 0.0  # `equal` of the countries has said it
    alike = 2 * spelt_alike(x, y) - 1
    if alike > 0:
        return alike if p.name or q.name else 0.0
    return alike if _person(p) and _person(q) else 0.0


def _person(p: Actor) -> bool:
    """Whether the party bears a name of its own that another name contradicts: of two words, or a single one that was
    looked for among persons (bywords of governments and capitals are not)."""
    return own_name(p.name) or (p.name[:1].isupper() and " " not in p.name and ("this name" in p.how or "by the role only" in p.how))


@lru_cache(maxsize=100_000)
def own_name(name: str) -> bool:
    """Whether this is somebody's own name, and not a description ("Forty fishermen") or a state's: only two such
    names can contradict one another. Single words are left in doubt."""
    words = name.split()
    capital = [w for w in words if w[:1].isupper()]
    return len(capital) >= 2 and len(capital) >= 0.75 * len(words) and name not in _state_names()


@lru_cache(maxsize=1)
def _state_names() -> frozenset[str]:
    from whowhom.knowledge.states import states

    return frozenset(s.name for s in states().values())


@lru_cache(maxsize=100_000)
def spelt_alike(a: str, b: str) -> float:
    """0 to 1: the same words, or words that a translation may have made of the same name; the last capitalised words,
    families' names, must be alike."""
    if a == b:
        return 1.0
    x = [w for w in a.split()[:8] if w[:1].isupper() and len(w) > 2]
    y = [w for w in b.split()[:8] if w[:1].isupper() and len(w) > 2]
    if not x or not y:
        return 0.0
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    each = [max(likeness(w, v) for v in long) for w in short]
    return min(each[-1], sum(each) / len(each)) if len(short) > 1 else each[0]


def _conflict(p: Actor, q: Actor) -> bool:
    """Two parties that cannot be one: different states, or different names of one state's people."""
    alike = names(p, q)
    if p.country and q.country and p.country != q.country and not (guessed(p) or guessed(q)):
        return alike < 0.3  # the same name with two countries: one of them was resolved wrongly
    return alike < -0.3


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
