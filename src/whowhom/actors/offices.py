"""From the words for an office to the office of the table: "premier", "chancellor", "US secretary of state"."""

from __future__ import annotations

import re

from whowhom.knowledge.fold import fold

_FORMS = (
    (r"deputy foreign minister|vice foreign minister", "deputy foreign minister"),
    (r"deputy|vice (?!president|premier)|assistant|under ?secretary|acting director", ""),
    (r"vice president", "vice president"),
    (r"vice premier", "vice premier"),
    (
        r"foreign (?:affairs |works |matters |relations |business )?minister|external affairs minister|minister (?:of|for) (?:foreign|external) affairs|foreign secretary"
        r"|top diplomat|minister of foreign|chief diplomat",
        "foreign minister",
    ),
    (
        r"defen[cs]e minister|minister (?:of|for) defen[cs]e|defen[cs]e secretary|secretary of defen[cs]e|defen[cs]e chief|pentagon chief",
        "defence minister",
    ),
    (r"finance minister|minister (?:of|for) finance|treasury secretary|chancellor of the exchequer|treasury chief", "finance minister"),
    (r"interior minister|minister (?:of|for) (?:the )?interior|home secretary|home minister", "interior minister"),
    (r"national security advis[eo]r", "national security adviser"),
    (r"attorney general", "attorney general"),
    (r"chief cabinet secretary", "chief cabinet secretary"),
    (r"prime minister|premier|taoiseach", "prime minister"),
    (r"supreme leader|paramount leader", "supreme leader"),
    (r"opposition leader", "opposition leader"),
    (r"crown prince", "crown prince"),
    (r"\bking\b|\bqueen\b|monarch|emperor|\bemir\b|sultan", "monarch"),
    (r"secretary general", "secretary-general"),
    (r"first lady", "first lady"),
    (r"army chief|chief of the army|army chief of staff", "army chief"),
    (r"\bpope\b|pontiff", "pope"),
    (r"press secretary", "press secretary"),
    (r"president|head of state", "president"),
    (r"leader|ruler|strongman|dictator|head of government", "leader"),
)
_FORMS_COMPILED = tuple((re.compile(p), office) for p, office in _FORMS)
_BODIES = {
    "NATO": ("IGO", "secretary general of nato"),
    "United Nations": ("UNO", "secretary-general"),
    "Arab League": ("IGO", "secretary general of the arab league"),
    "European Commission": ("EUR", "president of the european commission"),
    "European Council": ("EUR", "president of the european council"),
    "European Parliament": ("EUR", "president of the european parliament"),
    "European Central Bank": ("EUR", "president of the european central bank"),
    "European Union": ("EUR", "foreign policy chief"),
    "International Monetary Fund": ("IGO", "head of the imf"),
    "World Bank": ("IGO", "president of the world bank"),
    "World Health Organization": ("UNO", "head of the who"),
    "International Atomic Energy Agency": ("UNO", "head of the iaea"),
    "FBI": ("USA", "fbi director"),
    "CIA": ("USA", "cia director"),
    "Kremlin": ("RUS", "kremlin spokesman"),
    "White House": ("USA", "white house press secretary"),
    "Hamas": ("PSE", "hamas leader"),
    "Hezbollah": ("LBN", "hezbollah leader"),
    "Taliban": ("AFG", "taliban leader"),
    "Federal Reserve": ("USA", "central bank governor"),
    "Bank of England": ("GBR", "central bank governor"),
}
#: What heads the executive where news texts say "leader" or one office for another.
_STANDS_FOR = {
    "leader": ("president", "prime minister", "supreme leader", "leader", "party leader"),
    "president": ("president", "supreme leader"),
    "prime minister": ("prime minister",),
    "foreign minister": ("foreign minister", "top diplomat"),
    "monarch": ("monarch",),
}


def office_of(role: str, words: tuple[str, ...], country: str, body: str) -> str:
    """The table's name of an office, '' for a role that is none. `body` is the organisation it belongs to, if any."""
    text = fold(" ".join(words))
    key = fold(role)
    if re.search(r"\b(?:former|ex|deposed|ousted|onetime)\b", key):
        return ""
    if (
        re.search(
            r"candidate|nominee|hopeful|contender|spokes(?!man of the)|\baide|advis|wife|husband|son\b|daughter|envoy|palace|guard|elect$|designate",
            key,
        )
        and not re.search(r"security advis", key)
        and body not in ("Kremlin", "White House")
    ):
        return ""
    if body in _BODIES and re.search(r"chief|head|director|president|secretary|spokes|leader|chair|governor|boss", key):
        if body in ("Kremlin", "White House") and not re.search(r"spokes|press", key):
            return ""
        if body == "European Union" and "foreign policy" not in text:
            return ""
        return _BODIES[body][1]
    if country == "USA" and re.search(r"secretary of state|top .*diplomat", text):
        return "foreign minister"
    if country in ("DEU", "AUT") and "chancellor" in key and "exchequer" not in text:
        return "prime minister"
    if re.search(r"secretary of state", key):
        return "foreign minister" if country in ("USA", "") else ""
    if "chancellor" in key and country in ("GBR", ""):
        return "finance minister" if country == "GBR" else ""
    for pattern, office in _FORMS_COMPILED:
        if pattern.search(key) or (
            office in ("foreign minister", "defence minister", "finance minister", "interior minister") and pattern.search(text)
        ):
            return office
    return ""


#: Words for offices that only these states have; the text need not name the state.
_ONLY_OF = {
    "secretary of state": ("foreign minister", frozenset({"USA"})),
    "chancellor": ("prime minister", frozenset({"DEU", "AUT"})),
    "taoiseach": ("prime minister", frozenset({"IRL"})),
    "home secretary": ("interior minister", frozenset({"GBR"})),
    "chancellor of the exchequer": ("finance minister", frozenset({"GBR"})),
}


def only_of(role: str) -> tuple[str, frozenset[str]]:
    """The office of the table and the states that alone have an office of this word; '' and none for other words."""
    return _ONLY_OF.get(fold(role), ("", frozenset()))


def stands_for(office: str) -> tuple[str, ...]:
    """Offices of the table that a word for an office can mean, likeliest first."""
    return _STANDS_FOR.get(office, (office,) if office else ())


def body_country(body: str) -> str:
    """The code under which the table keeps the offices of an organisation."""
    return _BODIES.get(body, ("", ""))[0]
