"""The parts of a phrase weighed against one another: which state it belongs to, and which sectors."""

from __future__ import annotations

from whowhom.actors.words import STRONG_COUNTRY, WEAK, WHOSE
from whowhom.knowledge.lexicon import Entry, Match, role_class


def pick(match: Match, kinds: tuple[str, ...]) -> Entry | None:
    return next((e for k in kinds for e in match.entries if e.kind == k), None)


def country_of(
    places: list[tuple[Match, Entry]], orgs: list[tuple[Match, Entry]], tail: list[Match], words: tuple[str, ...], role: Entry | None
) -> tuple[str, Entry | None]:
    """The state that a phrase belongs to: one before the head, else one after 'of', 'from', 'in'."""
    if places:
        best = max(places, key=lambda p: (p[1].sub in STRONG_COUNTRY, -p[0].begin))
        return best[1].country, best[1]
    if orgs and orgs[-1][1].country:
        return orgs[-1][1].country, None
    for match in tail:
        entry = pick(match, ("country",))
        near = [w.lower() for w in words[max(0, match.begin - 4) : match.begin]]
        while near and near[-1] not in WHOSE and near[-1] not in (",", "(", "and"):
            near.pop()
        if entry and near:
            return entry.country, entry
        entry = pick(match, ("org",))
        if entry and entry.country:
            return entry.country, None
    return "", None


def sectors_of(
    role: Entry | None,
    mods: list[tuple[Match, Entry]],
    org: Entry | None,
    states: list[tuple[Match, Entry]],
    national: bool,
    orgs: list[tuple[Match, Entry]],
) -> tuple[str, ...]:
    """PLOVER sectors, the one that counts first: the head's, unless the head says little and a word before it more."""
    if role is None:
        if org:
            return org.sectors
        return tuple(dict.fromkeys(s for _, e in mods for s in e.sectors if e.sectors != ("ELI",)))[:2] if mods else ()
    own = role.sectors
    before = tuple(dict.fromkeys(s for _, e in reversed(mods) for s in e.sectors if s != "ELI" and e.text != role.text))
    if org and org.sectors and own[0] in WEAK and not (own[0] in ("MIL",) and org.sectors[0] in ("MIL",)):
        strong = org.sectors
        return tuple(dict.fromkeys((*strong, *(s for s in own if s not in ("UNK",)))))[:3] if own[0] != "CVL" else own
    if before and own[0] in WEAK:
        first = before[0]
        if (
            own[0] == "UNK"
            or (own[0] == "GOV" and role.text in role_class("weak"))
            or (own[0] == "MIL" and first in ("REB", "PRM", "OPP", "UAF", "COP"))
            or (own[0] in ("CVL", "LAB", "ELI") and first not in ("GOV", "CVL"))
        ):
            return tuple(dict.fromkeys((*before, *(s for s in own if s != "UNK"))))[:3]
    if own[0] in ("UNK", "ELI") and states and national and not org:
        return ("GOV",)
    return tuple(dict.fromkeys((*own, *before)))[:3]


def behind_head(tail: list[Match], words: tuple[str, ...]) -> tuple[str, ...]:
    """Sectors of the body that somebody speaks for or heads: "a spokesman for the Israeli military"."""
    for match in tail:
        entry = pick(match, ("body", "org"))
        if entry and entry.sectors and any(w.lower() in ("of", "for", "in", "at", "with") for w in words[max(0, match.begin - 4) : match.begin]):
            return entry.sectors
        if any(w in ",;:" for w in words[max(0, match.begin - 1) : match.begin]):
            return ()
    return ()
