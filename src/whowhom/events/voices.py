"""Whose "we" it is: in reported words the speaker's side, which the words themselves never say."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from whowhom.config import threshold
from whowhom.events.attribution import Attribution
from whowhom.model import Mention, content_id

_OURS = frozenset("we us our ours ourselves".split())


def heard(mentions: Sequence[Mention], found: Sequence[Attribution]) -> tuple[Mention, ...]:
    """The mentions, those of "we" in reported words as the speaker's state and sector.

    The narrowest report that holds the words decides. Where its speaker has no country, or nobody is named as one, nothing is known
    of the words: what other speakers of the page call "we" is somebody else.
    """
    return tuple(_heard(m, found) if m.kind == "pronoun" and m.text.lower() in _OURS else m for m in mentions)


def _heard(mention: Mention, found: Sequence[Attribution]) -> Mention:
    holding = [(min(c.end - c.begin for c in a.content if c.begin <= mention.span.begin < c.end), n) for n, a in enumerate(found) if a.covers(mention.span)]
    if not holding:
        return mention
    said = found[min(holding)[1]]
    speaker = said.who or said.source
    if speaker is None or not speaker.country:
        return dataclasses.replace(mention, name="", wikidata="", country="", sector="", sectors=(), office="", members=(), confidence=0.0, how="who speaks here is not known")
    return dataclasses.replace(
        mention,
        name="",
        wikidata="",
        country=speaker.country,
        sector=speaker.sector,
        sectors=(),
        office="",
        members=(),
        entity=content_id(mention.document, "side", speaker.entity),
        how=f"{speaker.text!r} speaks here for {speaker.country}",
        confidence=round(speaker.confidence * threshold("voice"), 3),
    )
