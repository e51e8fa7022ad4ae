"""A mention while it is being resolved: what its words say, what stands around it, what was found so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whowhom.actors.identity import Identity
from whowhom.actors.phrase import Phrase, read
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import Lexicon
from whowhom.model import Mention

#: How much text around a mention is looked at, in characters.
_BEFORE, _AFTER = 60, 90
_LOCATED = re.compile(
    r"\b(?:in|at|near|from|to|outside|across|around|into|through|inside|throughout|toward|towards|between|of|for)\s+(?:the\s+|downtown\s+|central\s+|nearby\s+)?$",
    re.I,
)
_NAMES_A_THING = re.compile(r"^\s+(?:[A-Z]\w+|summit|meeting|conference|airport|residents|talks|suburb|district|area)\b")
_HAPPENS_IN = re.compile(
    r"\b(?:in|at|near|outside|across|around|into|inside|throughout|visited|visiting|reached|left|entered)\s+(?:the\s+|downtown\s+|central\s+|nearby\s+)?$",
    re.I,
)
_SUFFIX_ROLE = re.compile(r"^\s*,\s*((?:the|a|an|its|his|her|their|former|who is|[A-Z][\w.’'-]*|ex-)\s?[^,;:.()\"“”]{2,70})")
_PREFIX_ROLE = re.compile(r"(?:^|[\s“\"])((?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur)\s[\w' -]{3,45}),\s+$")
_INSIDE = re.compile(r"^([^,]{2,60}),\s+((?:the|a|an|former|its|his|her)?\s?[^,]{3,90})", re.I)
_ROLE_FIRST = re.compile(r"^[^,]{3,60},\s+([A-Z][\w.’'-]+(?:\s(?:al-|de |bin |van |von )?[A-Z][\w.’'-]+){1,3}),?$")
_AGE = re.compile(r"^\s*,\s*(?:aged\s+)?\d{1,3}\s*[,.]")
_US_PARTY = re.compile(r"\s*[,(]\s?\(?[RDI]-[A-Z][\w.]+")
_OWNER = re.compile(r"^(?:the |The )?([^,]{2,40}?)['’]s\s+[a-z]")
_NOT_NAMES = frozenset("The This That These Those He She They It We I But And In On At For As By From".split())


@dataclass(slots=True)
class Draft:
    """The working state of one mention."""

    mention: Mention
    phrase: Phrase
    before: Phrase | None
    after: Phrase | None
    located: bool
    name: str
    owner: str = ""
    aged: bool = False
    identity: Identity | None = None
    country: str = ""
    sectors: tuple[str, ...] = ()
    label: str = ""
    wikidata: str = ""
    members: tuple[str, ...] = ()
    office: str = ""
    entity: int = -1
    steps: list[str] = field(default_factory=list)
    probability: float = 0.0

    @property
    def hints(self) -> tuple[str, ...]:
        """States named by the words right before and after."""
        return tuple(p.country for p in (self.before, self.after) if p is not None and p.country)

    @property
    def told(self) -> Phrase:
        """The phrase, or where it names only a person, the words around it that say what the person is."""
        if self.phrase.role or self.phrase.org:
            return self.phrase
        return next((p for p in (self.before, self.after) if p is not None and p.role), self.phrase)


def draft(text: str, mention: Mention, lexicon: Lexicon) -> Draft:
    """Read a mention and its surroundings."""
    phrase = read(mention.text[:300], lexicon)
    begin, end = mention.span
    lead = text[max(0, begin - _BEFORE) : begin]
    named = phrase.rest or phrase.person is not None
    before = after = None
    if mention.kind == "person" or (named and not phrase.role and mention.kind not in ("pronoun", "group")):
        cut = re.split(r"[.,;:()\"“”!?\n]|\b(?:and|or|that|of|by|with|to|in|said|from|on|at|for|as|but|told)\b", lead)[-1].strip()
        if cut and not phrase.role:
            near = read(" ".join(cut.split()[-5:]), lexicon)
            words = near.words
            if near.role and not near.body and words and _touches(near, cut):
                before = near
        said = _PREFIX_ROLE.search(lead)
        if said and before is None and not phrase.role:
            near = read(said[1], lexicon)
            if near.role and not near.person and not near.plural and not any(w[:1].isupper() for w in near.rest):
                before = near
        trail = text[end : end + _AFTER]
        found = _SUFFIX_ROLE.match(trail)
        if found and not phrase.role:
            near = read(_clip(found[1]), lexicon)
            if near.role and not near.person and len(near.rest) <= 2 and not near.plural:
                after = near
    inside = _INSIDE.match(mention.text)
    if inside and named and not phrase.role and not phrase.org:
        near = read(_clip(inside[2]), lexicon)
        if near.role:
            after = near
    if _US_PARTY.search(mention.text) or (named and _US_PARTY.match(text[end : end + 14])):
        after = read("US lawmaker", lexicon)
    name, owner = _name_of(phrase, mention), ""
    behind = _ROLE_FIRST.match(mention.text)
    if behind and phrase.role and not name and not phrase.plural:
        name = behind[1]  # "a Twitter spokesman, Christopher Abboud"
    owned = _OWNER.match(mention.text)
    if owned and name and phrase.role and fold(owned[1]).endswith(fold(name)):
        name, owner = "", name
    if name and phrase.role and phrase.rest and not owned and phrase.name_first and mention.kind != "person":
        name, owner = "", name  # "the Assad regime": whose it is
    if mention.kind == "person" and phrase.bare and phrase.place is not None and phrase.place.sub in ("city", "region"):
        phrase = Phrase(mention.text, phrase.words, rest=phrase.words, title=phrase.title)
        name = " ".join(phrase.words)
    return Draft(
        mention,
        phrase,
        before,
        after,
        bool(_HAPPENS_IN.search(lead) or _NAMES_A_THING.match(text[end : end + 30])),
        name,
        owner,
        bool(_AGE.match(text[end : end + 14])),
    )


def _touches(near: Phrase, cut: str) -> bool:
    """Whether a title ends right before the name: the last words belong to the role."""
    last = cut.split()[-1].strip(".'’")
    return (
        near.words[-1:] == (near.words[-1],)
        and near.words[-1].strip(".") in last
        and near.words[-1] not in near.rest
        and last.lower() not in ("the", "a")
    )


def _clip(text: str) -> str:
    return re.split(r"\b(?:who|which|said|told|and|has|was|is|were|had|will)\b", text.removeprefix("who is "))[0].strip()


def _name_of(phrase: Phrase, mention: Mention) -> str:
    """The words of a phrase that can be a person's name: capitalised, unexplained, at its head's end."""
    if phrase.person is not None:
        return phrase.person.text
    if phrase.own and phrase.org is not None:
        return phrase.org.text if mention.kind == "person" else ""
    words = [
        w
        for w in (phrase.called if any(c[:1].isupper() for c in phrase.called) else phrase.rest)
        if (w[:1].isupper() and w not in _NOT_NAMES)
        or w.lower() in ("al", "el", "bin", "de", "van", "von", "der", "den", "da", "ibn", "di", "la", "le")
    ]
    while words and words[0].islower() and words[0] not in ("al", "el", "bin", "von", "van", "de"):
        words = words[1:]
    if mention.kind in ("person", "organisation", "place") or (words and (phrase.role or phrase.title)):
        return " ".join(words) if len(words) <= 6 else ""
    return ""
