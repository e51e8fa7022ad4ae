# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""Whether a place name is used as a location or stands for those who govern there: the words around it decide."""

from __future__ import annotations

import re

from whowhom.model import Sentence, Span

_BEFORE = re.compile(
    r"\b(?:in|at|near|inside|outside|around|across|throughout|into|via|through|within|over|above|off|beyond|leaving|entering|visit(?:s|ed|ing)?|visit to|trip to|travel(?:s|ed|led|ing|ling)? (?:to|from)|arriv(?:e|es|ed|ing) (?:in|at|from)"
    r"|fl(?:y|ies|ew|own|ying) (?:to|from|into|over)|return(?:s|ed|ing)? (?:to|from)|fled|flee|fleeing|bound for|head(?:s|ed|ing)? (?:to|for)|born in|based in|streets? of|outskirts of|suburbs? of|city of|town of|village of|capital of"
    r"|province of|region of|district of|parts? of|north|south|east|west|northeast|northwest|southeast|southwest|centre of|center of|kilomet(?:er|re)s (?:from|of)|miles (?:from|of)|km (?:from|of)|from|towards?|capital|city|town|port)"
    r" (?:of )?(?:the )?(?:(?:northern|southern|eastern|western|central|downtown|north|south|east|west|nearby|neighbou?ring|occupied|rebel-held|mainland|war-torn|whole of|city of|town of|village of|province of|besieged) ){0,2}$",
    re.IGNORECASE,
)
#: "from Moscow", "north of Beijing" are locations; "pressure from Moscow", "support from Beijing" are not.
_FROM_SOMEBODY = re.compile(
    r"\b(?:pressure|support|demand|demands|orders?|aid|help|message|letter|statement|call|calls|warning|warnings|threats?|response|reaction|criticism|independence|approval|backing|money|funding|loans?|weapons|arms|gas|signals?|concessions?|permission|instructions?|assurances?|guarantees?|reply|answer|word|distance|faith|trust|confidence|influence|interests?|break|split|secede|interested|involved|participate|believe|invest|investment|changes?|elections?|power|government|regime|coup|leaders?|leadership|officials?|policy)"
    r" (?:from|in|inside|across|over|to|towards?) (?:the )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:['’]s)? (?:(?:international |main |old |city |northern |southern |eastern |western |central )?(?:suburbs?|suburban|airport|streets?|region|area|district|province|governorate|neighbou?rhoods?|outskirts|border|square|stadium|metro|subway"
    r"|hospital|university|prison|court|hotel|station|embassy|consulate|harbou?r|port|summit|conference|meeting|talks|olympics|olympic|winter olympics|summer olympics|games|marathon|festival|residents?|bureau|correspondent|office|airspace|soil|territory|countryside|valley|city|town|mosque|church|market))\b"
    r"|^,? (?:[A-Z][a-z]+ ?){1,3},"
    r"|^ \(\w+\) (?:-|–|—)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^\W{0,2}$")
_ACTS = re.compile(
    r"^,? (?:has|have|had|said|says|say|told|denied|denies|warned|warns|accused|accuses|wants?|wanted|insists?|insisted|claims?|claimed|urged|urges|called|calls|rejects?|rejected|agreed|agrees|announced|announces|condemned|condemns"
    r"|considers?|considered|will|would|must|should|could|fears?|believes?|hopes?|seeks?|sought|refused|refuses|plans?|planned|decided|backed|backs|supports?|supported|blamed|blames|demanded|demands|offered|offers|sent|sends|imposed|imposes|and [A-Z]\w+ (?:have|had|agreed|signed|are|were))\b"
)
_SIDES = re.compile(
    r"\b(?:between|with|against|by|to|told|and|for|on|accus(?:ed|es|ing)|warn(?:ed|s|ing)|urg(?:ed|es|ing)|blam(?:ed|es|ing)|press(?:ed|es|ing)|criticis(?:ed|es|ing)|towards?) (?:the )?$",
    re.IGNORECASE,
)


def is_location_use(sentence: Sentence, span: Span) -> bool:
    """Whether the place name at `span` (document offsets) is used as a location in its sentence.

    True after a preposition of place ("in Moscow"), before a noun of place ("the Beijing suburb", "Beijing Winter Olympics"),
    in a container ("Tripoli, Lebanon") and in a dateline; False where it acts, is acted upon or is one of two sides.
    """
    base = sentence.span.begin
    begin, end = span.begin - base, span.end - base
    before, after = sentence.text[max(0, begin - 80) : begin], sentence.text[end : end + 60]
    if _FROM_SOMEBODY.search(before):
        return False
    if _ACTS.match(after) and not _BEFORE.search(before):
        return False
    if _BEFORE.search(before) or _AFTER.match(after):
        return True
    if _DATELINE.match(sentence.text[:begin]) and re.match(r"^(?:, [A-Z][\w. ]{1,20})? ?(?:\([^)]{1,30}\) ?)?(?:-|–|—|:)", after):
        return True
    if _SIDES.search(before):
        return False
    return bool(re.search(r",\s*$", before)) and bool(re.match(r"^(?:,|\.)", after))
