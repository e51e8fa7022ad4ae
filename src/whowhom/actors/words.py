"""Small closed classes of English function words that noun phrases are cut by, and how sectors yield to one another."""

from __future__ import annotations

#: Function words that end the head of a noun phrase.
AFTER = frozenset(
    (
        "of from in for at with against on by to under over near who that which whose said based where after "
        "before during about into within among between including like as since trying seeking accused "
        "suspected led backed has have was were is are had believed belonging loyal working living "
    ).split()
)
DETERMINERS = frozenset(
    (
        "the a an this that these those his her their its our my your some many several all both two three "
        "four five six seven eight nine ten dozens hundreds thousands another other one no any each every "
        "most few more top senior chief key leading high ranking "
    ).split()
)
WHOSE = frozenset(["of", "for", "from", "in", "at", "by"])
LINKS = frozenset(["of", "for", "from", "in", "at", "to", "with", "on"])
ROUGHLY = frozenset(
    (
        "around about nearly almost over under roughly approximately estimated an than least up fewer only just alleged suspected reported armed "
    ).split()
) - {"armed"}
TRANSPARENT = frozenset(
    (
        "thousands hundreds dozens scores millions tens many some most several all both none one two three "
        "four five number group groups crowd crowds majority handful member members pair team bunch lot lots "
        "host couple series rest half part kind type band column convoy wave string families wing thousand "
        "representatives people "
    ).split()
)
TITLES = frozenset(("mr mrs ms dr sir dame lord lady miss prof rev hon sen gov rep lt gen col maj capt sgt adm cpl pres ").split())
#: Sectors that tell less than a word before them does: "police official", "rebel commander".
WEAK = {"UNK": 0, "CVL": 1, "GOV": 1, "ELI": 1, "MIL": 2, "LAB": 1}
ENDS = frozenset("GOV LEG PTY SPY ELI JUD MIL COP UNK PRE".split())
SHORT_TITLES = {
    "sen": ("LEG",),
    "rep": ("LEG",),
    "gov": ("GOV",),
    "gen": ("MIL",),
    "col": ("MIL",),
    "maj": ("MIL",),
    "capt": ("MIL",),
    "lt": ("MIL",),
    "sgt": ("MIL",),
    "adm": ("MIL",),
    "cpl": ("MIL",),
    "rev": ("REL",),
    "pres": ("GOV",),
    "dr": (),
    "prof": ("EDU",),
}
#: Last words of titles that any high official may be given, in translation at least.
ANY_OFFICE = frozenset(
    "leader minister ministry head chief chairman secretary premier ruler statesman politician official president commander marshal dictator boss".split()
)
#: What the head of a state may be called the president of.
STATES = frozenset("country nation state republic people union federation land government".split())
STRONG_COUNTRY = ("name", "adjective", "people", "byword", "pre")
