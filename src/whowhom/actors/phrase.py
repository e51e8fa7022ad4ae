"""What a phrase says by itself: names, offices, nationalities and role words put together.

"the Kenyan foreign minister" is a state, an office and a sector; "Syrian rebels" a state and a sector;
"former Kremlin adviser Gleb Pavlovsky" a body, a role that has ended, and the rest of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from whowhom.actors.offices import office_of, only_of
from whowhom.actors.parts import behind_head, country_of, pick, sectors_of
from whowhom.actors.words import AFTER, DETERMINERS, LINKS, ROUGHLY, SHORT_TITLES, STATES, STRONG_COUNTRY, TITLES, TRANSPARENT
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import Entry, Lexicon, Match, role_class, words_of
from whowhom.knowledge.people import forenames

#: "President of the Republic" is a title; the republic of somewhere is a state.
_REPUBLIC = re.compile(r"\sof (?:the )?Republic\b(?=\s+(?!of\b)[A-Z]|\s*[,.]?$)")
_HYPHENED = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase taken apart. `rest` are the words of its head that nothing explains, mostly a person's name, `called` those
    of them behind the role; `own` says that it names an actor of the user's (`org`), rather than somebody of that actor's.
    """

    text: str
    words: tuple[str, ...] = ()
    country: str = ""
    place: Entry | None = None
    org: Entry | None = None
    person: Entry | None = None
    sectors: tuple[str, ...] = ()
    role: str = ""
    office: str = ""
    past: bool = False
    plural: bool = False
    definite: bool = False
    rest: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    title: str = ""
    members: tuple[str, ...] = ()
    bare: bool = False
    name_first: bool = False
    body: bool = False
    own: bool = False
    how: tuple[str, ...] = field(default=())


@lru_cache(maxsize=32768)
def read(text: str, lexicon: Lexicon) -> Phrase:
    """Take a phrase apart. Pure: the same text gives the same answer in any document."""
    words = words_of(_REPUBLIC.sub(" ", text))
    if not words:
        return Phrase(text)
    lead = 0
    while (
        lead < len(words)
        and (words[lead].lower() in DETERMINERS or (words[lead][:1].isdigit() and lead + 1 < len(words)) or words[lead].lower() in ROUGHLY)
        and not _is_name_start(words, lead, lexicon)
    ):
        lead += 1
    definite = words[0].lower() in ("the", "this", "that", "these", "those", "his", "her", "their", "its", "both")
    matches = _no_towns_in(_parts(text), words, lexicon.find(words))
    lead = _through(words, lead, matches)
    joined = _compound(words, lead, matches)
    if joined:
        return Phrase(text, words, "", None, None, None, (), members=joined, bare=True, how=(f"several states: {' '.join(joined)}",))
    end = _head_end(words, matches, lead)
    head = [m for m in matches if m.begin >= lead and m.end <= end] or [m for m in matches if m.end <= end]
    tail = [m for m in matches if m.begin >= end]
    return _compose(text, words, lead, end, head, tail, definite)


def _parts(text: str) -> frozenset[str]:
    """Folded parts of hyphened names, and of names behind "anti-" and "pro-": Kaga-Bandoro is not Kaga, nor an anti-Balaka in Balaka."""
    found: set[str] = set()
    for match in _HYPHENED.finditer(text):
        parts = re.split("[-‐‑]", match[0])
        if sum(p[0].isupper() for p in parts) > 1 or parts[0].lower() in ("anti", "pro"):
            found |= {fold(p) for p in parts}
    return frozenset(found)


def _no_towns_in(parts: frozenset[str], words: tuple[str, ...], matches: list[Match]) -> list[Match]:
    """The matches without towns and regions that are only a part of a longer name."""
    if not parts:
        return matches
    out = []
    for match in matches:
        if match.end - match.begin == 1 and fold(words[match.begin]) in parts:
            kept = tuple(e for e in match.entries if not (e.kind == "country" and e.sub in ("city", "region")))
            match = match._replace(entries=kept)
        if match.entries:
            out.append(match)
    return out


def _compound(words: tuple[str, ...], lead: int, matches: list[Match]) -> tuple[str, ...]:
    """ISO3 codes where a phrase is nothing but names of states joined by "and" or commas."""
    places = [(m, e) for m in matches if (e := pick(m, ("country",))) is not None and e.sub in ("name", "people", "byword", "adjective")]
    if len(places) < 2 or len(places) != len(matches):
        return ()
    covered = {i for m, _ in places for i in range(m.begin, m.end)}
    between = {words[i].lower() for i in range(lead, len(words)) if i not in covered}
    codes = tuple(dict.fromkeys(e.country for _, e in places))
    return codes if between and between <= {"and", ",", "the", "or", "both", "as", "well", "&"} and len(codes) > 1 else ()


def _through(words: tuple[str, ...], lead: int, matches: list[Match]) -> int:
    """Past "thousands of", "a group of", "members of": what is counted or grouped is the actor."""
    inside = {i for m in matches for i in range(m.begin, m.end) if m.end - m.begin > 1}
    for i in range(lead, min(lead + 3, len(words) - 1)):
        if words[i].lower() == "of" and i not in inside and i > 0 and words[i - 1].lower() in TRANSPARENT:
            lead = i + 1
            while lead < len(words) - 1 and words[lead].lower() in DETERMINERS:
                lead += 1
            return lead
    return lead


def _is_name_start(words: tuple[str, ...], at: int, lexicon: Lexicon) -> bool:
    if not words[at][:1].isupper() or words[at].lower() in ("the", "a"):
        return False
    return at == 0 and len(words) > 1 and any(m.begin == 0 and m.end > 1 for m in lexicon.find(words[:4]))


def _head_end(words: tuple[str, ...], matches: list[Match], lead: int) -> int:
    """Where the head of the noun phrase ends: at a comma or the first function word that is no part of a known name."""
    inside = {i for m in matches for i in range(m.begin, m.end)}
    nouns = {m.end for m in matches if any(e.kind in ("role", "body", "org", "person") for e in m.entries)}
    for i in range(lead + 1, len(words)):
        if i not in inside and (words[i] in ",;:()" or words[i].lower() in AFTER or (words[i].lower() in ("and", "or") and i in nouns)):
            return i
    return len(words)


def _compose(text: str, words: tuple[str, ...], lead: int, end: int, head: list[Match], tail: list[Match], definite: bool) -> Phrase:
    how: list[str] = []
    places, roles, mods, orgs, person = [], [], [], [], None
    states, past, title = [], False, ""
    explained: set[int] = set()
    for match in head:
        explained |= set(range(match.begin, match.end))
        for entry in _choose(match, head, end):
            if entry.kind == "country":
                places.append((match, entry))
            elif entry.kind in ("role", "body"):
                roles.append((match, entry))
            elif entry.kind == "mod":
                mods.append((match, entry))
            elif entry.kind == "org":
                orgs.append((match, entry))
            elif entry.kind == "person":
                person = entry
            elif entry.kind == "past":
                past = True
            elif entry.kind == "state":
                states.append((match, entry))
    for i in range(lead, end):
        low = words[i].lower().strip(".")
        if i not in explained and low in TITLES:
            explained.add(i)
            title = low
    if title and not roles and not orgs and places and places[-1][1].sub in ("city", "region"):
        explained -= set(range(places[-1][0].begin, places[-1][0].end))
        places.pop()
    for match, entry in list(roles):
        before = match.begin - 1
        if (
            entry.kind == "role"
            and match.end - match.begin == 1
            and before >= lead
            and before not in explained
            and words[match.begin][:1].isupper()
            and fold(words[before]) in forenames()
        ):
            explained.discard(match.begin)  # a family name that is also a trade: Cook, Judge, Bishop
            roles.remove((match, entry))
    for match, entry in list(places):
        before = match.begin - 1
        if entry.sub in ("city", "region") and not roles and not orgs and before >= lead and before not in explained and words[before][:1].isupper():
            explained -= set(range(match.begin, match.end))  # the end of a name, not a place
            places.remove((match, entry))
        elif match.end == end and match.end - match.begin == 1 and before >= lead and before not in explained and fold(words[before]) in forenames():
            explained -= set(range(match.begin, match.end))  # Mark Cuban, Steve Israel: a family name
            places.remove((match, entry))
        elif entry.sub in ("city", "region") and not roles and not orgs and not title and match.end == end - 1 and end - match.begin == 2:
            if end - 1 not in explained and words[end - 1][:1].isupper() and not words[end - 1].isupper():
                explained -= set(range(match.begin, match.end))  # a forename that is a town as well
                places.remove((match, entry))
    _family_names(words, lead, end, explained, places, orgs, roles)
    left = [i for i in range(lead, end) if i not in explained and words[i] not in ",;:()" and words[i].lower() not in DETERMINERS]
    rest = tuple(words[i] for i in left)
    if orgs and roles and orgs[-1][0].begin > roles[-1][0].begin and not rest:
        how.append(f"{orgs[-1][1].text}: " + ("in your own actors" if orgs[-1][1].sub == "own" else "a body"))
    role_match, role = roles[-1] if roles else (None, None)
    country, place = country_of(places, orgs, tail, words, role)
    org = orgs[-1][1] if orgs else None
    if org is None and not person:
        org = next((e for m in tail for e in m.entries if e.kind == "org" and words[m.begin - 1].lower() in (*LINKS, "the")), None) if role else None
    if org and not country and org.country:
        country = org.country
    if role and not country and not (tail and words[end : end + 1] == ("for",)):
        lands = only_of(role.text)[1]
        if len(lands) == 1:
            (country,) = lands
            how.append(f"{role.text}: an office of {country} only")
    sectors = sectors_of(
        role,
        [m for m in mods if role_match is None or m[0].begin < role_match.begin or True],
        org,
        states,
        bool(country or (place and place.country)),
        orgs,
    )
    if not sectors and title in SHORT_TITLES:
        sectors = SHORT_TITLES[title]
    if not sectors and not role and place and place.sub == "byword" and not rest:
        sectors = ("GOV",)
    if place and place.sub == "pre" and not role:
        sectors = ("PRE",)
    if role and sectors and sectors[0] in ("UNK", "GOV") and role.text in role_class("weak") | role_class("mouth") and not org and not mods:
        behind = behind_head(tail, words)
        if behind:
            sectors = tuple(dict.fromkeys((*behind, *(s for s in sectors if s not in ("UNK", "GOV")))))
    own = bool(orgs and org is not None and org.sub == "own" and (not role_match or orgs[-1][0].begin >= role_match.end))
    if own and org is not None:
        country, sectors = org.country or country, tuple(dict.fromkeys((*org.sectors, *(s for s in sectors if s != "UNK"))))[:3]
    foreign = end < len(words) and words[end] == "of" and not country and org is None and not STATES & {w.lower() for w in words[end:]}
    office = "" if foreign else office_of(role.text if role else "", words, country, org.text if org else "") if role else ""
    if role:
        how.append(f"{' '.join(words[role_match.begin : role_match.end]) if role_match else role.text}: {' '.join(role.sectors)}")
    if place and country:
        how.append(f"{place.surface or place.text}: {country}")
    elif org:
        how.append(f"{org.text}: {' '.join(filter(None, (org.country, *org.sectors)))}" + (f" ({org.source})" if org.source else ""))
    if past:
        how.append("in office no more")
    return Phrase(
        text,
        words,
        country,
        place,
        org,
        person,
        sectors,
        role.text if role else "",
        office,
        past,
        bool(role and role.sub == "many"),
        definite,
        rest,
        tuple(words[i] for i in left if role_match and i >= role_match.end),
        title,
        (),
        not (role or org or person or rest),
        bool(role_match and rest and rest[-1] not in words[role_match.end : end]),
        bool(role and role.kind == "body"),
        own,
        tuple(how),
    )


def _family_names(
    words: tuple[str, ...],
    lead: int,
    end: int,
    explained: set[int],
    places: list[tuple[Match, Entry]],
    orgs: list[tuple[Match, Entry]],
    roles: list[tuple[Match, Entry]],
) -> None:
    """The last word of a name is a family name, be it that of a firm, a party or a place elsewhere: "Governor Greg Abbott"."""
    for group in (places, orgs):
        for match, entry in list(group):
            before = match.begin - 1
            if match.end != end or match.end - match.begin != 1 or before < lead or before in explained or entry.sub in ("igo", "own"):
                continue
            last, first = words[match.begin], words[before]
            if not first[:1].isupper() or first.isupper() or last.isupper() or not last[:1].isupper():
                continue
            if fold(first) in forenames() or any(m.end <= before and e.kind == "role" for m, e in roles):
                explained.discard(match.begin)
                group.remove((match, entry))


def _choose(match: Match, head: list[Match], end: int) -> list[Entry]:
    """The meanings of a match that fit its place: the last noun is a role or body, one before another is a modifier."""
    last = match.end >= end or match is head[-1]
    by = {e.kind: e for e in reversed(match.entries)}
    if "past" in by and not last:
        return [by["past"]]
    if "person" in by and match.end - match.begin > 1:
        return [by["person"]]
    if (
        "country" in by
        and ("org" not in by or by["country"].sub in STRONG_COUNTRY)
        and not (by["country"].sub in ("region", "city") and ("role" in by or "body" in by))
    ):
        return [by["country"]]
    if "org" in by and by["org"].case != "any":
        return [by["org"]]
    noun = by.get("role") or by.get("body")
    if noun and "mod" in by and not last:
        return [by["mod"], noun] if match.end < end else [noun]
    out = [e for e in (noun, by.get("state")) if e]
    if out:
        return out
    return [by[k] for k in ("mod", "country", "org") if k in by][:1]
