"""Mentions to actors, in four steps that `explain` can show.

What the words say; what the document says elsewhere; what was true on the day; what spelling or
translation may have done. Each step adds its ground to `how`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from whowhom.actors import sets
from whowhom.actors.adopt import adopt
from whowhom.actors.coreference import link
from whowhom.actors.draft import Draft, draft
from whowhom.actors.home import at_home, publisher_home, spokesmen
from whowhom.actors.identity import Scene, by_name, holder
from whowhom.actors.misspelled import repair_spelling
from whowhom.actors.phrase import read
from whowhom.actors.repair import repair
from whowhom.knowledge.dictionaries import lexicon_on
from whowhom.knowledge.fold import fold
from whowhom.knowledge.people import by_full_name, by_short_name, forenames
from whowhom.knowledge.states import members, organisations_of, states
from whowhom.model import Document, Mention, Sentence, content_id

#: Kinds of bodies that are alliances or unions of states; only these have members.
_UNIONS = ("igo", "bloc")


def resolve(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], dictionaries: tuple[str, ...] = ()
) -> tuple[Mention, ...]:
    """Who each mention is, in order; what nobody can tell stays empty, with the reason in `how`.

    `dictionaries` are paths of users' own actor files, which come before the project's tables. Raises InputError
    for a file that cannot be used.
    """
    if not mentions:
        return ()
    words = lexicon_on(dictionaries, document.date[:10])
    drafts = [draft(document.text, m, words) for m in mentions]
    scene = Scene(document.date[:10], alone=len(mentions) == 1 and mentions[0].text == document.text)
    for one in drafts:
        weight = (
            3 if one.phrase.office else 2 if one.phrase.place is not None and one.phrase.place.sub in ("name", "adjective", "people", "byword") else 1
        )
        if one.phrase.country:
            scene.focus[one.phrase.country] += weight
        for code in one.phrase.members:
            scene.focus[code] += 2
        for hint in one.hints:
            scene.focus[hint] += 1
    for one in drafts:
        _literal(one, scene)
    for one in drafts:
        if one.identity is not None:
            scene.focus[one.identity.person.country] += 1
        if one.name and " " in (full := fold(one.name)):
            scene.full_names.setdefault(full.split()[-1], full)
    for one in drafts:
        _named(one, scene)
    _elsewhere(drafts)
    repair(document, drafts, scene)
    repair_spelling(document, drafts, scene)
    for one in drafts:
        if one.owner and not one.country:
            found = by_name(one.owner, read(one.owner, words), (), scene)
            if found is not None:
                one.country = found.person.country
                one.steps.append(f"{found.person.name}: {one.country}")
    clusters = link(document, sentences, drafts)
    _shared(drafts, clusters, scene)
    sets.fill(drafts, document.text)
    sets.owned(drafts)
    spokesmen(drafts, sentences)
    at_home(drafts, scene, publisher_home(document.publisher, document.url))
    _shared(drafts, clusters, scene)  # pronouns of those who have just been placed
    return tuple(_finish(document, one, scene) for one in drafts)


def _literal(one: Draft, scene: Scene) -> None:
    """Step 1: what the words say."""
    phrase = one.phrase
    one.country, one.sectors = phrase.country, phrase.sectors
    one.steps += phrase.how
    one.probability = 0.9 if phrase.country and phrase.sectors else 0.8 if phrase.country or phrase.sectors else 0.0
    if one.mention.kind == "pronoun" and not (phrase.bare and one.mention.text.isupper()):
        one.country, one.sectors, one.probability = "", (), 0.0
        return
    place = phrase.place
    if phrase.bare and place is not None:
        one.label = states()[place.country].name if place.country in states() and place.sub in ("name", "adjective", "people") else place.text
        one.wikidata = states()[place.country].wikidata if place.country in states() and place.sub in ("name", "adjective", "people") else ""
        if place.sub == "byword":
            acts = not one.located
            one.sectors = ("GOV",) if acts else ()
            one.steps.append(f"{place.text} stands for the government" if acts else f"{place.text} is where it happens")
        one.probability = 0.97 if place.sub in ("name", "adjective") else 0.9
    org = phrase.org
    if org is not None and (phrase.own or (not phrase.role and not one.name)):
        one.label, one.wikidata = org.text, org.wikidata
        one.probability = 0.93
        if org.swapped:
            one.probability = 0.75
            one.steps.append(f"repaired: taken for {org.text}, the noun for its kind being another")
        if org.sub in _UNIONS:
            one.members = members(org.text, scene.day)
        if org.text in ("the West",):
            one.country = ""
    if len(phrase.members) > 1:
        one.members = phrase.members
    if not one.name and phrase.office and not phrase.plural and not phrase.own:
        found = holder(phrase, scene)
        if found is not None:
            adopt(one, found, scene)


def _named(one: Draft, scene: Scene) -> None:
    """Step 3 for names: who bore it in office on the day; else the words around a name say what they can."""
    if one.mention.kind == "pronoun" or one.identity is not None or one.phrase.own:
        return
    told = one.told
    person_like = one.mention.kind in ("person", "group") or one.phrase.person is not None or one.phrase.title
    if one.name and person_like and not (one.phrase.org is not None and not told.role and not one.phrase.person):
        found = by_name(one.name, told, one.hints, scene)
        if found is not None:
            adopt(one, found, scene)
            return
    if told is not one.phrase and told.role:
        one.country = told.country or one.country
        one.sectors = told.sectors or one.sectors
        one.steps += told.how
        one.probability = max(one.probability, 0.8)
    if told.past and one.sectors and one.sectors[0] in ("GOV", "LEG", "PTY", "SPY", "JUD", "MIL", "UNK", "COP"):
        one.sectors = tuple(dict.fromkeys(("ELI", *one.sectors)))[:3]
    if one.name and person_like and not one.label:
        one.label = one.name
        borne = not one.sectors and len(by_full_name().get(fold(one.name), ()) or by_short_name().get(fold(one.name), ()))
        one.steps.append(
            f"{borne} of this name are known, none called for clearly" if borne else "known by the role only" if one.sectors else "nobody known by this name"
        )


def _elsewhere(drafts: list[Draft]) -> None:
    """Step 2 for names: a short name takes what the full name elsewhere in the document has."""
    full: dict[str, list[Draft]] = {}
    for one in drafts:
        words = fold(one.name).split()
        if len(words) > 1 and one.mention.kind in ("person", "group"):
            full.setdefault(words[-1], []).append(one)
            if words[0] != words[-1]:
                full.setdefault(words[0], []).append(one)
    for one in drafts:
        key = fold(one.name)
        if one.phrase.org is not None and one.phrase.org.sub in ("mnc", "media", "party") and fold(one.mention.text) in full:
            key = fold(one.mention.text)  # the document has somebody of this name
            one.name, one.phrase = one.mention.text, dataclasses.replace(one.phrase, org=None, rest=one.phrase.words, sectors=(), country="")
            one.label, one.country, one.sectors, one.wikidata = "", "", (), ""
        open_ = one.phrase.place is None and one.phrase.org is None and not one.phrase.role
        if not key or " " in key or key not in full or (one.mention.kind not in ("person", "group") and not open_):
            continue
        names = {fold(f.name).split()[-1] + fold(f.name).split()[0] for f in full[key]}
        if len(names) > 1:
            continue
        best = max(full[key], key=lambda f: (f.identity is not None, bool(f.sectors), f.probability))
        last = fold(best.name).split()[-1] == key
        if best.identity is not None and not last and one.identity is None and key in forenames() and one.mention.kind != "person":
            continue
        if one.identity is not None and best.identity is not None and one.identity.person is best.identity.person:
            continue
        if not last and one.identity is not None:
            continue
        one.identity, one.label, one.wikidata, one.office = best.identity, best.label, best.wikidata, best.office
        one.country = best.country or one.country
        one.sectors = best.sectors or one.sectors
        one.probability = max(best.probability - 0.03, 0.5)
        one.steps = [*one.phrase.how, f"the document calls him or her {best.mention.text!r} elsewhere"]


def _shared(drafts: list[Draft], clusters: list[int], scene: Scene) -> None:
    """Step 2 for the rest: mentions of one entity share what the best known of them has."""
    groups: dict[int, list[Draft]] = {}
    for one, cluster in zip(drafts, clusters, strict=True):
        one.entity = cluster
        groups.setdefault(cluster, []).append(one)
    for group in groups.values():
        best = max(group, key=lambda d: (d.identity is not None, bool(d.label), bool(d.country) + bool(d.sectors), d.probability))
        for one in group:
            if one is best or (one.identity is not None and best.identity is not None):
                continue
            gained = False
            if best.label and not one.label and (one.mention.kind == "pronoun" or not one.phrase.bare):
                one.label, one.wikidata, one.office, gained = best.label, best.wikidata, best.office, True
                one.identity = one.identity or best.identity
            if best.country and not one.country:
                one.country, gained = best.country, True
            if (
                best.sectors
                and not (one.phrase.bare and one.phrase.place is not None)
                and (not one.sectors or one.sectors[0] == "UNK" or best.identity is not None)
            ):
                one.sectors, gained = best.sectors, True
            if best.members and not one.members:
                one.members = best.members
            if gained:
                one.probability = max(one.probability * 0.9, best.probability * (0.75 if one.mention.kind == "pronoun" else 0.85))
                one.steps.append(f"the same as {best.mention.text!r} in this document")
    for one in drafts:
        if len(one.members) > 1 and not one.label:
            found = organisations_of(frozenset(one.members), scene.day)
            if found:
                one.label = found[0]


def _finish(document: Document, one: Draft, scene: Scene) -> Mention:
    sector = one.sectors[0] if one.sectors else ""
    how = "; ".join(dict.fromkeys(one.steps)) or "nothing known by these words"
    return dataclasses.replace(
        one.mention,
        name=one.label,
        wikidata=one.wikidata,
        country=one.country,
        sector=sector,
        sectors=one.sectors[1:],
        office=one.office,
        members=one.members,
        entity=content_id(document.id, "entity", one.entity),
        how=how,
        confidence=round(one.probability, 3),
    )
