"""Step 4: names that transliteration or machine translation broke, repaired from what the document tells.

A candidate is somebody in office on the day in a state that the document is about. Likeness of the names alone
never decides: the text must call for that person, by the office ("President Shen Qing"), by a body or state before the
name ("Kremlin official Yuri Usakov"), by a description nearby ("... in which the US president warned"), or
because one side of a meeting has a leader named and the other has not. Weights in points, chosen on
generated documents (``benchmarks/broken_names.py``), half of which were kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from whowhom.actors.broken_bodies import repair_bodies
from whowhom.actors.candidates import Candidate, in_focus, nearly, pairing
from whowhom.actors.draft import Draft
from whowhom.actors.identity import Identity, Scene
from whowhom.actors.offices import only_of, stands_for
from whowhom.actors.phrase import Phrase
from whowhom.actors.sectors import sector_on
from whowhom.actors.words import ANY_OFFICE
from whowhom.knowledge.fold import fold
from whowhom.knowledge.people import FAMILY_NAME_FIRST
from whowhom.knowledge.spelling import likeness
from whowhom.model import Document

#: Offices whose holder a text calls without an office word.
_TOP = frozenset(("president", "prime minister", "supreme leader", "monarch", "party leader", "leader"))
#: Points that a repair needs, and by how many it must lead the next candidate.
FLOOR, LEAD = 3.0, 0.4
#: Sectors of roles in the text that go with somebody in office.
_OFFICIAL = frozenset("GOV MIL LEG SPY UNK ELI REL PTY JUD".split())


#: Sentence, offset, and whether named, of the mentions of identified persons.
Seen = dict[str, list[tuple[int, int, bool]]]


def repair(document: Document, drafts: list[Draft], scene: Scene) -> None:
    """Identify broken names in place where the document gives enough evidence; the text itself stays."""
    repair_bodies(document, drafts, scene)
    if not scene.day:
        return
    open_names = _unresolved(drafts)
    if not open_names:
        return
    candidates = in_focus(scene)
    for name, group in open_names.items():
        if any(d.told.role and not d.told.past and _official(d.told) for d in group):
            candidates += [c for c in nearly(name, scene) if all(c.person is not k.person for k in candidates)]
    if not candidates:
        return
    taken = {d.identity.person.name for d in drafts if d.identity is not None and d.name}
    mended: dict[str, tuple[Candidate, float]] = {}
    seen = _seen(drafts)
    for _ in range(3):  # a later round knows the repairs before it as further spellings
        before = len(mended)
        for name, group in sorted(open_names.items(), key=lambda x: x[1][0].mention.span):
            if name in mended:
                continue
            scored = sorted(
                ((*_points(name, group, c, drafts, scene, taken, mended, seen), i) for i, c in enumerate(candidates)), key=lambda x: (-x[0], x[2])
            )
            points, grounds, at = scored[0]
            lead = points - next((s[0] for s in scored[1:] if candidates[s[2]].person is not candidates[at].person), 0.0)
            if points >= FLOOR and lead >= LEAD and grounds:
                chance = round(min(0.95, 0.55 + 0.1 * (points - FLOOR) + 0.05 * len(group)), 2)
                mended[name] = candidates[at], chance
                for one in group:
                    _mend(one, candidates[at], chance, grounds, scene)
                    seen[candidates[at].person.name].append((one.mention.sentence, one.mention.span.begin, True))
        for name in _short_for(open_names, mended):
            candidate, chance = mended[name] = mended[_full_of(name, mended)]
            for one in open_names[name]:
                _mend(one, candidate, chance, ["the last word of that name"], scene)
                seen[candidate.person.name].append((one.mention.sentence, one.mention.span.begin, True))
        if len(mended) == before:
            break


def _any_office(role: str, candidate: Candidate) -> bool:
    """Whether a title that is no office of the table may be the candidate's."""
    last = fold(role).split()[-1]
    return last in ANY_OFFICE or last in candidate.term.office.split()


def _official(phrase: Phrase) -> bool:
    return bool(phrase.office or only_of(phrase.role)[0] or (phrase.sectors and phrase.sectors[0] == "GOV"))


def _full_of(name: str, mended: dict[str, tuple[Candidate, float]]) -> str:
    """The mended full name that a short one ends, '' for none or several."""
    found = [full for full in mended if full.endswith(" " + name)]
    return found[0] if len(found) == 1 else ""


def _short_for(open_names: dict[str, list[Draft]], mended: dict[str, tuple[Candidate, float]]) -> list[str]:
    """Short names still open that end a mended full name and no other full name of the document."""
    return [
        n for n in open_names if n not in mended and _full_of(n, mended) and not any(m.endswith(" " + n) for m in open_names if m not in mended)
    ]


def _unresolved(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    """Name mentions that nobody was found for, by folded name."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for one in drafts:
        body = one.phrase.own or (one.phrase.org is not None and not one.phrase.role)
        if (
            one.name
            and one.identity is None
            and one.mention.kind in ("person", "group", "organisation")
            and not body
            and not one.owner
            and len(one.name.split()) <= 6
        ):
            if one.mention.kind == "organisation" and (len(one.name.split()) > 2 or not one.name[:1].isupper() or one.name.isupper()):
                continue  # a reader of broken text takes many a person's name for a body's
            groups[fold(one.name)].append(one)
    return {k: v for k, v in groups.items() if len(k) > 1}


def _points(
    name: str,
    group: Sequence[Draft],
    candidate: Candidate,
    drafts: Sequence[Draft],
    scene: Scene,
    taken: set[str],
    mended: dict[str, tuple[Candidate, float]],
    seen: Seen,
) -> tuple[float, list[str]]:
    """Points for a candidate, and the grounds in the text; without grounds no points count."""
    words = name.split()
    family = max((likeness(w, n) for w in (words[-1], words[0], name) for n in candidate.names), default=0.0)
    whole = [fold(n) for n in (candidate.person.name, *candidate.person.also)]
    if len(words) == 1 and candidate.person.country in FAMILY_NAME_FIRST:
        given = fold(candidate.person.name).split(" ", 1)[-1]
        family = max(family, 0.9 * likeness(name, given))  # texts that mistake the given name for the family's
    both = max((likeness(name, w) for w in whole), default=0.0) if len(words) > 1 else 0.0
    kin = max((likeness(words[-1], w) for m, (c, _) in mended.items() if c.person is candidate.person for w in m.split()), default=0.0)
    alike = max(family, both, 0.9 * kin)
    told = [d.told for d in group if d.told.role]
    if any(d.aged for d in group):
        return -9.0, []  # news texts give the ages of private persons
    grounds: list[str] = []
    if alike < 0.35 and not told:
        return -9.0, grounds  # nothing that follows could be enough
    points = 3.0 * (alike - 0.4)
    for phrase in told:
        office, bound = only_of(phrase.role)
        lands = {phrase.country} - {""} or bound
        office = phrase.office if phrase.country or not office else office
        if phrase.past or (phrase.sectors and phrase.sectors[0] not in _OFFICIAL) or (lands and candidate.term.country not in lands):
            return -9.0, []
        if office and candidate.term.office in stands_for(office):
            points += 2.2 if lands else 1.4
            if lands and mended:
                points += 0.5  # where one name is broken, others are
            grounds.append(f"called {phrase.role}")
        elif office:
            points -= 1.5
        elif not _any_office(phrase.role, candidate):
            return -9.0, []  # a mayor, a judge: somebody else, however alike the names
        elif lands and phrase.sectors and phrase.sectors[0] == candidate.term.sector and alike > 0.6:
            points += 1.8
            grounds.append(f"{phrase.role} of {candidate.term.country}")
    share = scene.weight(candidate.term.country)
    if not share and not grounds:
        return -9.0, []  # a state that the document does not speak of, and not even the office
    points += min(0.6, 1.5 * share)
    top = candidate.term.office in _TOP
    paired = pairing(words, whole)
    facing = top and _counterpart(group, candidate, drafts)
    if facing and candidate.person.name not in taken:
        points += 1.0
        grounds.append(f"the counterpart on the side of {candidate.term.country}, whom nobody else in the document is")
    elif (
        top
        and candidate.person.name not in taken
        and max(kin, family) > 0.6
        and (len(words) == 1 or paired > 0.8)
        and _main_side(candidate, drafts, scene)
    ):
        points += 0.8
        grounds.append(f"the document is about {candidate.term.country} and another state whose leader it names")
    near = _described(group, candidate, seen, 0)
    if near or ((len(words) == 1 or paired > 0.6) and candidate.person.name not in taken and _described(group, candidate, seen, 2)):
        points += 1.2 if near else 0.9
        grounds.append(
            f"described as {candidate.term.office} beside the name"
            if near
            else f"the {candidate.term.office} is spoken of, whom nobody else in the document is"
        )
    if kin > 0.6:
        points += 1.0
        grounds.append("another broken spelling in the document")
    if len(words) > 1:
        if near and facing and family > 0.95:
            points += 1.0
            grounds.append("the family name, and the other leader in the same sentence")
        elif paired < 0.65 and not any(p.office for p in told):
            points -= 1.6  # a relative or a namesake rather than a misspelling
        elif paired > 0.8:
            points += 1.3
            grounds.append("forename and family name alike")
    if not told and len(words) == 1 and len(group) > 1:
        points += 0.3
    return points, grounds if alike >= 0.35 or (alike >= 0.15 and len(grounds) > 1) else []


def _counterpart(group: Sequence[Draft], candidate: Candidate, drafts: Sequence[Draft]) -> bool:
    """Whether the name stands in a sentence with the identified leader of another state, and the candidate's own state is
    one of the two that the document is most about."""
    sentences = {d.mention.sentence for d in group}
    return any(
        d.identity is not None
        and d.name
        and d.mention.sentence in sentences
        and d.identity.term is not None
        and d.identity.term.office in _TOP
        and d.identity.term.country != candidate.term.country
        for d in drafts
    )


def _main_side(candidate: Candidate, drafts: Sequence[Draft], scene: Scene) -> bool:
    """Whether the candidate's state is one of the two that the document is most about, and the other's leader is named."""
    sides = [c for c, _ in scene.focus.most_common(2)]
    return candidate.term.country in sides and any(
        d.identity is not None and d.name and d.identity.term is not None and d.identity.term.office in _TOP and d.identity.term.country in sides
        for d in drafts
        if d.identity is None or d.identity.term is None or d.identity.term.country != candidate.term.country
    )


def _described(group: Sequence[Draft], candidate: Candidate, seen: Seen, reach: int) -> bool:
    """Whether the candidate's office is named after the name, at most `reach` sentences on, with nobody else named for it."""
    places = seen.get(candidate.person.name)
    if not places:
        return False
    for one in group:
        sentence, end = one.mention.sentence, one.mention.span.end
        after = any(not named and begin > end and 0 <= at - sentence <= reach for at, begin, named in places)
        if after and not any(named and 0 <= at - sentence <= reach for at, _, named in places):
            return True
    return False


def _seen(drafts: Sequence[Draft]) -> Seen:
    """Where identified persons stand, by name: sentence, offset, and whether by name or by the office only."""
    out: Seen = defaultdict(list)
    for one in drafts:
        if one.identity is not None:
            out[one.identity.person.name].append((one.mention.sentence, one.mention.span.begin, bool(one.name)))
    return out


def _mend(one: Draft, candidate: Candidate, chance: float, grounds: Sequence[str], scene: Scene) -> None:
    """Take the candidate for the name, and say that this is a repair."""
    identity = Identity(candidate.person, candidate.term, "", chance, repaired=True)
    one.identity = identity
    one.label, one.wikidata = candidate.person.name, candidate.person.wikidata
    one.country, one.office = candidate.term.country, candidate.term.office
    sector = sector_on(identity, scene.day)
    one.sectors = (sector,) if sector else ()
    one.probability = chance
    one.steps.append(f"repaired: {one.name!r} is taken for {candidate.person.name} ({'; '.join(dict.fromkeys(grounds))})")
