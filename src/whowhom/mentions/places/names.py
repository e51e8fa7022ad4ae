# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""What a mention of a place names: the place words in it, without compass points, kinds and articles around them."""

from __future__ import annotations

import re

_KINDS = (
    "city|cities|town|village|hamlet|province|governorate|district|districts|capital|suburb|suburbs|outskirts|neighbou?rhood|area|areas|region|state|island|islands|peninsula|county|port|municipality|"
    "oblast|territory|republic|kingdom|border|side|part|parts|heart|cent(?:er|re)|vicinity|streets?|east|west|north|south|northeast|northwest|southeast|southwest|rest|countryside|valley|coast|camp|enclave|stronghold|"
    "department|prefecture|commune|metropolis|resort|settlement|canton|emirate|site|mosque|church|headquarters"
)
_POINTS = r"(?:(?:north|south|east|west|central|upper|lower|greater|inner|outer|mid|downtown|rural|occupied|war-torn|mainland|northern|southern|eastern|western|north-?eastern|north-?western|south-?eastern|south-?western|north-?east|north-?west|south-?east|south-?west|far|western-most|old|new|nearby|neighbou?ring|present-day|modern-day|former|ancient|besieged|rebel-held|government-held|coastal|historic)[ -])"
_OF = re.compile(rf"^(?:.{{0,40}}?\b(?:{_KINDS})) (?:of|around|in|near|surrounding) (?=(?:the )?[A-Z])")
_ARTICLE = re.compile(r"^(?:the|The|a|an|its|their|this|that) ")
_FRONT = re.compile(rf"^{_POINTS}{{1,3}}(?=[A-Z])", re.IGNORECASE)
_ADJECTIVE = re.compile(rf"^[A-Z][\w-]+ (?:[a-z-]+ )?(?:{_KINDS}) (?:of )?(?=[A-Z])")
_BACK = re.compile(
    rf"[ -](?:{_KINDS}|dam|airport|airfield|air base|airbase|base|military airfield|square|university|hospital|prison|stadium|bridge|crossing|station|metro|metropolitan area|suburbs|area|led|held|based|controlled|international airport|green zone|old city)$",
    re.IGNORECASE,
)
#: The place that a site stands in: "the convention center in San Francisco".
_WITHIN = re.compile(r"\b(?:in|near|outside|serves) ((?:the )?[A-Z][^,]{1,40})")
_POSSESSIVE = re.compile(r"(?:['’]s?|,)$")
#: Words that no place name begins with, though a table holds villages of that name.
_NO_NAME = frozenset("here there it country city village town region province capital district area camp hospital building border home homes".split())


def candidates(text: str) -> tuple[str, ...]:
    """Readings of a mention's words as a name, the fullest first; empty for words that name nothing ("the city")."""
    text = " ".join(text[:120].split())
    text = _POSSESSIVE.sub("", text)
    out: list[str] = []

    def add(name: str) -> None:
        name = _POSSESSIVE.sub("", name.strip(" ,“”\"'()"))
        if (
            len(name) > 1
            and any(c.isupper() for c in name if c.isalpha()) | (not name.isascii())
            and name.lower() not in _NO_NAME
            and name not in out
        ):
            out.append(name)

    add(text)
    bare = _ARTICLE.sub("", text)
    add(bare)
    for pattern in (_OF, _ADJECTIVE, _FRONT):
        shorter = _ARTICLE.sub("", pattern.sub("", bare, count=1))
        if shorter != bare:
            add(shorter)
            bare = shorter
    for _ in range(2):
        shorter = _BACK.sub("", bare)
        if shorter != bare:
            add(shorter)
            bare = shorter
    shorter = _FRONT.sub("", bare)
    if shorter != bare:
        add(shorter)
    inner = _WITHIN.search(bare)
    if inner:
        add(inner[1])
    return tuple(out)
