"""Claims against claims: one event of a document that one party asserts and another denies."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from whowhom.model import Actor, Event

#: Statuses that hold an event for real, and those that hold it for not so.
FOR = frozenset(("asserted", "historical"))
AGAINST = frozenset(("denied", "negated"))
#: Organs of a state: its government denies what its army, police or service is said to have done.
ORGANS = frozenset(("GOV", "MIL", "COP", "SPY"))
#: Closed class: words that take up somebody without saying who it is.
_PRONOUNS = frozenset("i we you he she it they me us him her them this that those anybody anyone somebody someone nobody".split())


def link(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events of one document with `against` set both ways, in their order.

    Two events claim the contrary of each other when one is held for real and the other denied or negated, their
    type is the same, they share an actor or, where one names none, a recipient, and nobody named on both
    sides differs; a date or mode that both state must agree. Where a denial has no named doer ("we did not"), who denies
    stands for him.
    """
    against: dict[str, list[str]] = {}
    held = [e for e in events if e.status in FOR]
    for other in events:
        if other.status in AGAINST:
            for one in held:
                if _contrary(one, other):
                    against.setdefault(one.id, []).append(other.id)
                    against.setdefault(other.id, []).append(one.id)
    return tuple(dataclasses.replace(e, against=tuple(sorted(against[e.id]))) if e.id in against else e for e in events)


def _contrary(one: Event, other: Event) -> bool:
    if one.event != other.event or one.id == other.id:
        return False
    if one.mode and other.mode and one.mode != other.mode:
        return False
    if one.status == "historical" and one.date[:4] != other.date[:4]:
        return False
    doers = other.actor if any(_known(a) for a in other.actor) else (*other.actor, *other.denied_by)
    actors, recipients = _side(one.actor, doers, _one_state), _side(one.recipient, other.recipient)
    # None: one of them leaves the side open, so that the other side has to carry it.
    return False not in (actors, recipients) and True in (actors, recipients)


def _side(a: Sequence[Actor], b: Sequence[Actor], alike: Callable[[Actor, Actor], bool] | None = None) -> bool | None:
    """Whether two sides name the same parties: True, False, or None where one names nobody or only takes somebody up."""
    if any((alike or same)(x, y) for x in a for y in b):
        return True
    return None if all(_taken_up(x) for x in a) or all(_taken_up(y) for y in b) else False


def _known(a: Actor) -> bool:
    return bool(a.name or a.country or a.wikidata)


def _taken_up(a: Actor) -> bool:
    """Whether the words only take up somebody whom the text named elsewhere: a pronoun, "the city"."""
    words = a.text.casefold().split()
    return not _known(a) and bool(words) and (words[0] == "the" or (len(words) == 1 and words[0] in _PRONOUNS))


def _one_state(a: Actor, b: Actor) -> bool:
    """Whether two doers are one party or organs of one state."""
    return same(a, b) or bool(a.country and a.country == b.country and a.sector in ORGANS and b.sector in ORGANS)


def same(a: Actor, b: Actor) -> bool:
    """Whether two mentions of a document are one party: by entity, by name, or by country where neither says more."""
    if a.entity and a.entity == b.entity:
        return True
    if a.wikidata and b.wikidata:
        return a.wikidata == b.wikidata
    if a.name and b.name and a.name == b.name:
        return True
    if a.country and a.country == b.country:
        # Moscow, Russia and the Kremlin speak and act as one; its army and a firm of it do not.
        return a.sector == b.sector or not a.sector or not b.sector
    return a.text.casefold() == b.text.casefold()
