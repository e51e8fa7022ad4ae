"""The sector of a person on a day: in office, before it, after it."""

from __future__ import annotations

from whowhom.actors.identity import Identity

#: Sectors that an official leaves with the office; the others (a rebel leader, a journalist) stay.
_LEFT_WITH_OFFICE = frozenset("GOV LEG JUD SPY MIL COP PTY".split())


def sector_on(identity: Identity, day: str) -> str:
    """PLOVER sector of an identified person on an ISO day: ELI for officials out of office."""
    person = identity.person
    current = person.on(day) if day else identity.term
    if current is not None:
        return current.sector
    last = identity.term
    if last is None:
        return "ELI"
    if last.first[: len(day)] > day[: len(last.first)]:
        return ""  # somebody who came into office later
    return "ELI" if last.sector in _LEFT_WITH_OFFICE else last.sector
