"""The kind of a mention from its words alone, for those who ask without a document."""

from __future__ import annotations

from whowhom.actors.phrase import read
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import Lexicon, lexicon
from whowhom.knowledge.people import forenames


def kind_of(text: str, words: Lexicon | None = None) -> str:
    """person, organisation, place, nationality, group or pronoun: a guess from what the words are known to mean."""
    if text.lower() in ("he", "she", "they", "it", "his", "her", "him", "them", "that", "which", "who"):
        return "pronoun"
    phrase = read(text, words or lexicon())
    if phrase.own:
        return "person" if phrase.role or fold(phrase.words[0]) in forenames() else "organisation"
    if phrase.person is not None:
        return "person"
    if phrase.bare and phrase.place is not None:
        return "nationality" if phrase.place.sub in ("adjective", "people") else "place"
    if phrase.org is not None and not phrase.role:
        return "organisation"
    if phrase.name_first and phrase.rest:
        return "organisation"
    if phrase.role:
        return "group" if phrase.plural else "person"
    return "person"
