# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""What was done to the counted: killed, wounded, arrested, protesting, displaced, from the words around the number."""

from __future__ import annotations

import re

_GAP = r"(?:(?:who|that|have|has|had|were|was|are|is|been|being|be|also|reportedly|feared|believed|confirmed|left|to|allegedly|so|far|now|already|later|and|either|both|civilians|people|persons|others|more|or|wounded|injured|killed|arrested) ){0,5}"
_VERBS = {
    "killed": (
        r"killed|dead|died|die|deaths?|slain|shot dead|gunned down|massacred|murdered|executed|perished|beheaded|drowned|assassinated|fatalities|bodies|lives|martyred|hanged"
        r"|lost their lives|succumbed",
        r"kill(?:s|ed|ing)?|claim(?:s|ed|ing)? the lives of|claim(?:s|ed|ing)|murder(?:s|ed|ing)|massacr(?:ed?|es|ing)|execut(?:es?|ed|ing)|behead(?:s|ed|ing)|slaughter(?:ed|ing)"
        r"|assassinat(?:ed|ing)|the (?:deaths?|killings?|massacre|murders?|execution) of|death toll(?: [\w'’]+){0,5} (?:to|at|of|was|is|hit|reached|exceeded|passed)"
        r"|shot dead|shoot(?:s|ing)? dead|(?:gun|gunned|mow|mowed)(?:ning|ing)? down|took the lives of|toll(?: [\w'’]+){0,3} (?:to|at)",
    ),
    "wounded": (
        r"wounded|injured|hurt|injuries|casualties|hospitali[sz]ed|maimed|burned|treated",
        r"wound(?:s|ed|ing)|the (?:injury|injuries|wounding) of|injur(?:es?|ed|ing)|hurt(?:s|ing)?|maim(?:s|ed|ing)|hospitali[sz](?:ed|ing)",
    ),
    "arrested": (
        r"arrested|detained|jailed|imprisoned|apprehended|arrests|in custody|rounded up|taken into custody|behind bars|captured|seized by",
        r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|jail(?:s|ed|ing)|imprison(?:s|ed|ing)|apprehend(?:s|ed|ing)|round(?:s|ed|ing)? up|(?:took|taken|taking) into custody|the (?:arrest|detention)s? of"
        r"|captur(?:es?|ed|ing)",
    ),
    "protesting": (
        r"protest(?:ed|ing)?|march(?:ed|ing)|rall(?:ied|y|ying)|demonstrat(?:ed|ing)|demonstrated|took to the streets|taking to the streets|picketed|walked out|went on strike|on strike|attended the (?:rally|protest|march)",
        r"(?:rally|protest|march|demonstration|demonstrations|protests|strike) (?:of|by|attended by|drew|drawing|attracted)|protests? (?:with|involving)",
    ),
    "displaced": (
        r"displaced|fled|homeless|evacuated|uprooted|flee(?:ing)?|forced (?:from|to flee|to leave)|to (?:flee|leave)|from their homes|left their homes|refugees|sought refuge|made homeless",
        r"displac(?:es?|ed|ing)|evacuat(?:es?|ed|ing)|uproot(?:ed|ing)",
    ),
}
_BOUND = r"(?:,? ?(?:the|a|an|at|least|more|than|about|around|some|nearly|almost|up|to|as|many|estimated|approximately|roughly|over|another|of|its|his|all|further|additional|other|by|from|total|fewer|less|no|between|exactly|just|only|well|in|upwards|close|“|\") ?){0,7}[ ]?"
_RIGHT = {k: re.compile(rf" {_GAP}(?:{right})\b", re.IGNORECASE) for k, (right, _) in _VERBS.items()}
_LEFT = {k: re.compile(rf"\b(?:{left}){_BOUND}$", re.IGNORECASE) for k, (_, left) in _VERBS.items()}
#: Heads that say it by themselves.
HEADS = {
    "killed": frozenset("death fatality body corpse dead".split()),
    "wounded": frozenset("injury casualty wounded injured".split()),
    "arrested": frozenset("arrest detainee prisoner".split()),
    "protesting": frozenset("protester protestor demonstrator marcher rioter striker picketer".split()),
    "displaced": frozenset("refugee evacuee idp".split()),
}
_COUNTED_DEAD = frozenset("death fatality injury casualty arrest body".split())


def of_people(text: str, begin: int, end: int, noun_end: int, unit: str) -> str:
    """The kind of a number at `text[begin:end]` whose noun ends at `noun_end`; '' where nothing tells.

    What follows the noun decides before what stands in front, since "killed 12 and wounded 5" names each on its own side.
    """
    if unit in ("", "person") or unit.isalpha():
        before = text[max(0, begin - 90) : begin]
        after = text[noun_end : noun_end + 110]
        cut = re.search(
            r"\d|[;:]|\b(?:and|while|but) (?:at least |another |more than )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|dozens|several)\b",
            after,
        )
        after = after[: cut.start()] if cut else after
        found_left = [(m.start(), k) for k, p in _LEFT.items() if (m := p.search(before))]
        found_right = [k for k, p in _RIGHT.items() if p.match(after)]
        if found_left and not (found_right and unit == "" and found_right[0] != found_left[-1][1]):
            if found_right and "dead" in after[:40]:
                return "killed"
            return max(found_left)[1]
        if found_right:
            return found_right[0]
    return next((k for k, heads in HEADS.items() if unit in heads), "")
