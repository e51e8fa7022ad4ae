"""Where a document is at home: the state of its publisher, and the state that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from whowhom.actors.adopt import adopt
from whowhom.actors.draft import Draft
from whowhom.actors.identity import Scene, holder
from whowhom.actors.sets import abroad
from whowhom.knowledge.fold import fold
from whowhom.knowledge.states import states
from whowhom.knowledge.tables import rows
from whowhom.model import Sentence

#: What the United Nations call their own, in capitals; on a page that is as much about them as about any state it is theirs.
_OF_THE_UN = re.compile(
    r"[Tt]he (?:Organization|Mission|Special Representative|Special Envoy|Special Rapporteur|Special Adviser|High Commissioner|Deputy Special Representative|Personal Envoy|Force Commander|Under-Secretary-General|Assistant Secretary-General)"
)
#: Endings of addresses that are a state's and are sold to everybody.
_SOLD = frozenset("ai cc co fm gg io ly me su to tv ws".split())


@lru_cache(maxsize=1)
def _media() -> dict[str, str]:
    """States of newspapers, agencies and stations by their names without blanks, and in the short forms of addresses: nytimes, wsj."""
    out: dict[str, str] = {}
    short: dict[str, set[str]] = {}
    for row in rows("organisations"):
        for name in (row[1], *row[2].split("|")) if row[0] == "media" and row[3] else ():
            words = fold(name).removeprefix("the ").split()
            if len(name) > 2:
                out["".join(words)] = row[3]
            if len(words) > 2:
                initials = "".join(w[0] for w in words)
                for form in (initials, initials[:-1] + words[-1]):
                    short.setdefault(form, set()).add(row[3])
    return {f: next(iter(s)) for f, s in short.items() if len(s) == 1} | out


def _squeezed(name: str) -> str:
    return fold(name).removeprefix("the ").replace(" ", "")


@lru_cache(maxsize=512)
def publisher_home(publisher: str, url: str = "") -> str:
    """ISO3 of the state of a known publisher, or of an address that ends in a state's letters; '' for another."""
    try:
        host = urlsplit(url).hostname or "" if "//" in url[:10] else ""
    except ValueError:  # a page may say that its address is "http://[::1"
        host = ""
    named = re.sub(r"^www\.|\.(?:com|org|net|info)$", "", publisher.strip().lower())
    for name in (publisher[:100], named[:100]):
        found = _media().get(_squeezed(name)) if name else ""
        if found:
            return found
    labels = (host or (publisher.strip().lower() if re.fullmatch(r"[\w.-]+\.[a-zA-Z]{2}", publisher.strip()) else "")).split(".")
    ending = "gb" if labels[-1] == "uk" else labels[-1]
    if len(labels) > 1 and len(ending) == 2 and ending not in _SOLD:
        return next((s.iso3 for s in states().values() if s.iso2.lower() == ending and not s.last), "")
    return ""


def at_home(drafts: Sequence[Draft], scene: Scene, home: str) -> None:
    """Where a document is about one state, an actor without any is of that state, and so is the holder of an office."""
    total = sum(scene.focus.values())
    if total < 2:
        return
    if scene.focus["UNO"]:
        theirs = 2 * scene.focus["UNO"] >= max(scene.focus.values())
        for one in drafts:
            if one.phrase.office == "secretary-general" and not one.country:
                _holder(one, scene, "UNO", 0.9, headline=True)
            elif theirs and not one.country and not one.name and _OF_THE_UN.fullmatch(one.mention.text):
                one.country, one.probability = "UNO", max(0.6, one.probability)
                one.steps.append("the document is about the United Nations")
    country, most = scene.focus.most_common(1)[0]
    share = most / total
    if home and 3 * scene.focus[home] >= total:
        country, share = home, max(share, 0.6)  # a paper's own country needs no naming
    if share < (0.5 if total >= 4 else 0.75):
        return
    for one in drafts:
        if (
            one.country
            or one.members
            or one.mention.kind in ("place", "pronoun")  # a pronoun has what its antecedent has
            or (one.mention.kind == "nationality" and one.sectors[:1] != ("PTY",))
            or (one.phrase.org is not None and one.phrase.org.sub == "bloc")
            or abroad(one)
            or _holder(one, scene, country, share)
        ):
            continue
        known = bool(one.sectors) and one.sectors[0] not in ("UNK",)
        if known or (one.label and share >= 0.6):
            one.country = country
            one.probability = round(max(0.3, min(one.probability or 0.5, share * (0.9 if known else 0.75))), 3)
            one.steps.append(f"the document is about {country}")


#: Sectors of those for whom a state speaks.
_STATE = (("GOV",), ("MIL",))
#: "said government spokesman X", right behind a sentence in which a state speaks.
_SPOKESMEN = re.compile(r"\b(?:spokes(?:man|woman|person)|press secretary)\b", re.I)
_SPEAKS = re.compile(r"\b(?:said|says|denied|denies|rejected|rejects|announced|accused|accuses|condemned|confirmed|declared|dismissed|warned|insisted)\b")


def spokesmen(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """A spokesman of whom the text does not say whose, behind a sentence that begins with a state that speaks, is that state's; in place."""
    texts = {s.index: s for s in sentences}
    for one in drafts:
        if one.country or one.sectors[:1] not in _STATE or not _SPOKESMEN.search(one.mention.text):
            continue
        before = texts.get(one.mention.sentence - 1)
        said = _SPEAKS.search(before.text) if before is not None else None
        first = min((d for d in drafts if d.mention.sentence == one.mention.sentence - 1), key=lambda d: d.mention.span, default=None)
        if before is None or said is None or first is None or first.located or first.country not in states() or not first.phrase.bare:
            continue
        if first.mention.span.begin - before.span.begin < 5 and said.start() < 60:
            one.country, one.probability = first.country, 0.6
            one.steps.append(f"{first.mention.text} speaks in the sentence before")


def _holder(one: Draft, scene: Scene, country: str, share: float, headline: bool = False) -> bool:
    """Whether the phrase is an office with nobody's name, whose holder in that state is known; in a `headline` without "the"."""
    told = one.phrase.definite or (headline and one.mention.text[:1].isupper() and not one.phrase.plural)
    found = holder(one.phrase, scene, country) if told and not one.name and one.identity is None else None
    if found is None:
        return False
    adopt(one, found, scene)
    one.probability = round(found.probability * min(share, 0.9), 3)
    one.steps.append(f"the document is about {country}")
    return True
