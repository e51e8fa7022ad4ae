"""Names of bodies that translation broke: known by the members listed beside them, by their number, or word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whowhom.actors.draft import Draft
from whowhom.actors.identity import Scene
from whowhom.knowledge.bodies import counts, heads
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import calques, lexicon, words_of
from whowhom.knowledge.listing import state_lists
from whowhom.knowledge.states import members, organisations_of
from whowhom.model import Document

#: Between a name and the list of its members.
_LINK = re.compile(r"\s+(?:of|between|among|linking|uniting|joining|grouping|comprising|(?:made up|composed|consisting) of)\s+|\s*[(:]\s*(?=[A-Z])")
#: How many sentences a name that counts its members may stand from them, and how many characters of text that is at most.
_NEAR, _REACH = 2, 500
#: Probabilities of the three repairs, in their order; chosen by hand, as there is no dev data for them.
LISTED, COUNTED, TRANSLATED = 0.85, 0.7, 0.75


def repair_bodies(document: Document, drafts: Sequence[Draft], scene: Scene) -> None:
    """Name broken bodies in place where the document gives enough evidence; the text itself stays."""
    open_ = [d for d in drafts if d.mention.kind != "pronoun" and (d.phrase.org is None or d.phrase.role) and d.identity is None]
    for one in open_:
        codes = _listed(document, one)
        found = organisations_of(codes, scene.day) if len(codes) > 2 else ()
        if len(found) == 1:
            _take(one, found[0], scene, LISTED, f"the members listed are those of {found[0]}")
    for one in open_:
        if not one.members and not _counted(document, one, drafts, scene):
            _translated(one, scene)


def _take(one: Draft, body: str, scene: Scene, chance: float, why: str) -> None:
    entry = next((e for e in lexicon().meanings(fold(body)) if e.kind == "org"), None)
    one.label, one.members = body, members(body, scene.day)
    one.country = entry.country if entry is not None else "IGO"
    one.sectors = entry.sectors if entry is not None else ()
    one.wikidata = entry.wikidata if entry is not None else ""
    one.probability = chance
    one.steps.append(f"repaired: {why}")


def _listed(document: Document, one: Draft) -> frozenset[str]:
    """States listed behind a name, in the phrase or right after it; empty where anything but a list stands there."""
    if one.mention.kind not in ("organisation", "group", "place"):
        return frozenset()
    begin, end = one.mention.span
    link = _LINK.search(document.text, begin, end + 30)
    if link is None or link.start() > end:
        return frozenset()
    named = one.mention.text[: link.start() - begin]
    if link[0].strip() != "of" and not heads() & {fold(w) for w in named.split()}:
        return frozenset()
    words = words_of(re.split(r"[.;:!?\n()]", document.text[link.end() : link.end() + 160])[0])
    first = next((x for x in state_lists(words, lexicon().find(words)) if x[0] <= 1 and all(w.lower() == "the" for w in words[: x[0]])), None)
    return frozenset(first[2]) if first else frozenset()


def _counted(document: Document, one: Draft, drafts: Sequence[Draft], scene: Scene) -> bool:
    """A name that counts its members, beside a body or a list of states of this number: "the four-way pact"."""
    number = counts(one.phrase.words)
    if not number or one.label or one.phrase.country or len(one.phrase.words) > 5:
        return False
    named = bool(heads() & {fold(w) for w in one.phrase.words}) or any(w[:1].isupper() for w in one.phrase.words)
    if not named:
        return False
    near = [
        d
        for d in drafts
        if d is not one and d.label and d.country == "IGO" and len(d.members) == number and abs(d.mention.sentence - one.mention.sentence) <= _NEAR
    ]
    if near:
        best = min(near, key=lambda d: abs(d.mention.span.begin - one.mention.span.begin))
        _take(one, best.label, scene, COUNTED, f"it counts {number} members, as {best.label} beside it has")
        return True
    begin, end = one.mention.span
    beside = (document.text[max(0, begin - _REACH) : begin], document.text[end : end + _REACH // 2])
    for text in beside:
        words = _words(text)
        for _, _, codes in state_lists(words, lexicon().find(words), number):
            found = organisations_of(frozenset(codes), scene.day) if len(codes) == number else ()
            if len(found) == 1:
                _take(one, found[0], scene, COUNTED, f"it counts {number} members, and those of {found[0]} are listed beside it")
                return True
    return False


def _words(text: str) -> tuple[str, ...]:
    """Words of a text that may be longer than a phrase."""
    return tuple(w for i in range(0, len(text), 400) for w in words_of(text[i : i + 400]))


def _translated(one: Draft, scene: Scene) -> None:
    """Phrases of the table of translations, for seats of government and organisations that the document can be about."""
    text = " " + fold(one.mention.text) + " "
    for phrase, body in calques():
        if f" {phrase}" not in text:
            continue
        entry = next((e for e in lexicon().meanings(fold(body)) if e.kind == "org"), None)
        about = entry is not None and (scene.weight(entry.country) > 0.03 or sum(scene.focus[c] > 0 for c in members(body, scene.day)) > 1)
        if entry is not None and about:
            _take(one, entry.text, scene, TRANSLATED, f"{phrase!r} is taken for {entry.text}, translated word by word")
            return
