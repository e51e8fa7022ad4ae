"""Single names that are nearly those of capitals, states and news agencies: "Deli asserts", "informs Roiter"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from whowhom.actors.draft import Draft
from whowhom.actors.identity import Scene
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import Entry, lexicon
from whowhom.knowledge.people import by_short_name, forenames
from whowhom.knowledge.spelling import likeness
from whowhom.knowledge.tables import rows
from whowhom.model import Document

#: Likeness (0 to 1) that a place of the document's states needs, and an agency where the text reports something.
PLACE, AGENCY = 0.93, 0.75
#: The least letters of a name that is judged by its spelling alone, and the share of the document that its state needs.
_LETTERS, _SHARE = 4, 0.05
_REPORTS = re.compile(
    r"\b(?:inform|report|transmit|communicat|quot|cit|writ|according|told|said|says)\w*(?: (?:to|by|from|with|in|of|the|news|agency|for))*\s*$", re.I
)
_REPORTED = re.compile(r"^,?\s(?:news )?(?:agency )?(?:informs|reports|reported|quoted|quotes|cited|cites|writes|wrote)\b")


def repair_spelling(document: Document, drafts: Sequence[Draft], scene: Scene) -> None:
    """Name misspelled places and agencies in place; names of persons in the document are left alone."""
    persons = {w for d in drafts if " " in d.name for w in fold(d.name).split()} | {fold(d.name) for d in drafts if d.identity is not None}
    for one in drafts:
        key = fold(one.mention.text)
        if not _open(one) or len(key) < _LETTERS or key in persons or key in forenames() or key in by_short_name():
            continue
        entry, alike = max(((e, likeness(key, k)) for k, e in _choices(document, one, scene)), key=lambda x: x[1], default=(None, 0.0))
        if entry is None or alike < (AGENCY if entry.kind == "org" else PLACE):
            continue
        one.label, one.country, one.wikidata = entry.text, entry.country, entry.wikidata
        one.sectors = entry.sectors if entry.kind == "org" or not one.located else ()
        one.name, one.probability = "", round(0.8 * alike, 2)
        one.steps = [f"repaired: {one.mention.text!r} is taken for {entry.text}, spelled alike ({alike:.2f})"]


def _open(one: Draft) -> bool:
    """Whether a mention is a single capitalised word that nothing explains."""
    phrase = one.phrase
    known = phrase.org is not None or phrase.place is not None or phrase.person is not None or phrase.role or phrase.title
    single = len(phrase.words) == 1 and one.mention.text[:1].isupper() and not one.mention.text.isupper()
    return single and not known and one.identity is None and not one.told.role and not one.aged and one.mention.kind != "pronoun"


def _choices(document: Document, one: Draft, scene: Scene) -> Iterator[tuple[str, Entry]]:
    begin, end = one.mention.span
    if _REPORTS.search(document.text[max(0, begin - 40) : begin]) or _REPORTED.match(document.text[end : end + 30]):
        yield from _agencies()
    for country in scene.focus:
        if scene.weight(country) >= _SHARE:
            yield from _places(country)


@lru_cache(maxsize=1)
def _agencies() -> tuple[tuple[str, Entry], ...]:
    names = {fold(n) for r in rows("organisations") if r[0] == "media" for n in (r[1], *r[2].split("|")) if " " not in n and len(n) > _LETTERS}
    return tuple((n, e) for n in sorted(names) for e in lexicon().entries.get(n, ()) if e.kind == "org" and e.sub == "media")


@lru_cache(maxsize=256)
def _places(country: str) -> tuple[tuple[str, Entry], ...]:
    """Names of a state, and of the places that stand for its government."""
    names = {r[0] for r in rows("names") if r[2] == country and r[3] in ("name", "byword") and " " not in r[0] and len(r[0]) >= _LETTERS}
    return tuple((n, e) for n in sorted(names) for e in lexicon().entries.get(n, ()) if e.kind == "country" and e.country == country)
