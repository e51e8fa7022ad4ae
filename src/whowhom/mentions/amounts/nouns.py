# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""The noun that a number counts, in the singular, found without a parser."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z’'.]*(?:-[A-Za-z]+)*|\S")
#: Closed classes that end a noun phrase: articles aside, function words and auxiliaries.
STOP = frozenset(
    "of in on at by for from to with without and or but nor as than that which who whom whose where when while because if though although after"
    " before since until into onto over under between among against during through per a an the this these those his her its their our my your is"
    " are was were be been being am has have had do does did will would can could may might shall should must not also there here it he she they we"
    " you i said says say told so far each about around near via amid across within outside inside behind beyond off up down out back ago".split()
)
_IRREGULAR = {
    "people": "person", "persons": "person", "others": "person", "men": "man", "women": "woman", "children": "child", "policemen": "policeman",
    "servicemen": "serviceman", "gunmen": "gunman", "lives": "life", "wives": "wife", "knives": "knife", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "geese": "goose", "crises": "crisis", "bases": "base", "analyses": "analysis", "criteria": "criterion", "buses": "bus",
    "viruses": "virus", "hostages": "hostage", "leaves": "leaf", "halves": "half", "shelves": "shelf", "thieves": "thief", "loaves": "loaf",
    "wolves": "wolf", "potatoes": "potato", "heroes": "hero", "torpedoes": "torpedo", "volcanoes": "volcano", "vetoes": "veto",
    "embargoes": "embargo", "cargoes": "cargo", "tomatoes": "tomato", "mosquitoes": "mosquito", "echoes": "echo", "movies": "movie", "ties": "tie",
    "cookies": "cookie", "cabbies": "cabbie", "taxis": "taxi", "pence": "penny", "oxen": "ox", "bacteria": "bacterium", "media": "medium",
}  # fmt: skip
#: Plural without a mark.
_INVARIANT = frozenset(
    "aircraft sheep fish deer cattle troops police personnel staff crew offspring spacecraft hovercraft salmon poultry vermin infantry cavalry"
    " series species headquarters barracks works means corps gallows crossroads percent billion million youth youths dead wounded injured"
    " homeless missing".split()
)
#: Plurals that stand before another noun ("arms dealers", "human rights lawyers").
_MODIFIERS = frozenset(
    "arms sports sales goods customs communications operations savings systems securities rights narcotics drugs veterans games futures forces affairs services relations".split()
)
#: Words in -s that are no plurals, and adjectives.
_NO_PLURAL = frozenset(
    "previous various numerous religious serious dangerous famous ambitious is was has its this his us news politics economics physics mathematics"
    " business princess less across perhaps always towards unless plus versus bus virus status campus census bonus focus process progress success access"
    " press congress mass class glass grass loss cross boss mess dress express wilderness illness witness afterwards sometimes besides overseas"
    " autonomous indigenous anonymous enormous various as yes gas does goes says".split()
)


def plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    low = word.lower()
    if (
        low in _IRREGULAR
        or low in _INVARIANT
        or (len(low) > 5 and low.endswith(("women", "gunmen", "kinsmen", "smen", "rmen", "emen", "nmen", "ymen")))
    ):
        return True
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "ous", "'s", "’s", "us", "is")) and low not in _NO_PLURAL


def singular(word: str) -> str:
    """The singular of a noun, lower case unless it is a name."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if len(low) > 5 and low.endswith("men"):
        return low[:-3] + "man"
    if low in _INVARIANT or not plural(word):
        return low if not word.isupper() else word
    if word[:1].isupper() and not word.isupper() and low.endswith("s") and not low.endswith(("ies", "es")):
        return word[:-1]  # a people's name keeps its capital
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    return low[:-1]


def head_after(text: str, begin: int, count_of_one: bool) -> tuple[int, int, str] | None:
    """Begin and end of the head noun counted from `begin`, and the noun as written; None where none follows.

    More than one of a thing is a plural, so the head is the last of the first run of plurals within five words; names in
    between ("20 US-backed Kurdish fighters") are passed over. For one thing it is the word before the phrase ends.
    """
    at = begin
    best: tuple[int, int, str] | None = None
    last: tuple[int, int, str] | None = None
    for number, match in enumerate(_WORD.finditer(text, begin, begin + 90)):
        word = match[0].rstrip(".’'") or match[0]
        if number >= 6 or not (word[0].isalpha() or (word in ("’", "'") and number)):
            if word in ('"', "“", "‘") and number == 0:
                continue
            break
        if text[at : match.start()].strip(" \u00a0-") and number:
            break
        low = word.lower()
        if low in STOP:
            if best is None and ((low == "of" and number == 0) or (number <= 1 and low in ("the", "these", "those", "his", "its", "their"))):
                at = match.end()
                continue
            break
        at = match.end()
        here = (match.start(), match.start() + len(word), word)
        if plural(word):
            if best is not None and low in ("dead", "wounded", "injured", "homeless", "missing"):
                break
            if best is not None and best[2][:1].islower() and best[2].lower() not in _MODIFIERS:
                break  # "five warships makes": the second is a verb
            best = here
            if text[at : at + 1] in ",.;:)":
                break
            continue
        if best is not None:
            break
        last = here
        if low.endswith(("ed", "ly")) and number and not count_of_one:
            continue
        if match[0].endswith(("'s", "’s")):
            continue
    return best or (last if count_of_one else None)
