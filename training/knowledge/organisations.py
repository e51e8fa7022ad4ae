"""Organisations, armed groups, parties, media and companies; members by date; role words with their sectors."""

from __future__ import annotations

import re
from typing import Any

from training.knowledge.common import own, plural, write
from whowhom.knowledge.fold import fold, is_acronym
from whowhom.knowledge.lexicon import phrase_key

_LIST_KINDS = ("mnc", "media", "party")
#: Words that parties of many states are named with; a name of nothing else belongs to no state.
_COMMON = set(
    "the a of for and in center centre right left democratic democracy front party new people peoples social socialist national union movement alliance unity united freedom liberty progress"
    " progressive reform republic republican labor labour workers communist green greens christian democrats democrat conservative liberal popular development action justice first coalition"
    " renewal change future independent independence citizens congress patriotic revolutionary rally bloc group together forward hope our country homeland nation power solidarity true one all to".split()
)
_SECTORS = set("GOV MIL COP JUD LEG SPY PTY REB PRM UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())


def _same(name: str, alias: str) -> bool:
    """Whether an alias in a list of names can be the same body: a shared word, or the initials."""
    a, b = fold(name).split(), fold(alias).split()
    first = "".join(w[0] for w in a if w not in ("of", "the", "and", "for")), "".join(w[0] for w in b if w not in ("of", "the", "and", "for"))
    return (
        bool(
            {w for w in a if len(w) > 2}
            & {w for w in b if len(w) > 2}
            - {"party", "news", "daily", "times", "airlines", "air", "bank", "general", "the", "new", "post", "agency", "group"}
        )
        or fold(name) == first[1]
        or fold(alias) == first[0]
    )


def build(facts: list[dict[str, Any]]) -> None:
    """Write organisations, members and roles."""
    rows: list[list[str]] = []
    names: set[str] = set()
    for number, line in own("organisations.txt"):
        parts = [p.strip() for p in line.split("|")]
        if len(parts) != 6 or any(s not in _SECTORS for s in parts[4].split("+") if s):
            raise SystemExit(f"organisations.txt:{number}: not 'kind | name | aliases | code | sectors | wikidata'")
        kind, name, aliases, code, sectors, qid = parts
        also = [a.strip() for a in aliases.split(";") if a.strip()]
        mine = [a for a in also if kind not in _LIST_KINDS or _same(name, a)]
        rows.append([kind, name, "|".join(mine), code, sectors.replace("+", " "), qid, "compiled by the project"])
        names |= {name, *mine}
        for other in also:
            if other not in mine:
                rows.append([kind, other, "", code, sectors.replace("+", " "), "", "compiled by the project"])
                names.add(other)
    for row in facts:
        for text in row.get("parties") or ():
            text = re.sub(r"\(.*?\)|;.*|note.*|:.*", "", text).strip()
            whole, _, short = text.partition(" or ")
            short = short.split(" or ")[0].strip(" ,") if is_acronym(short.split(" or ")[0].strip(" ,")) else ""
            whole = whole.strip(" ,")
            vague = set(fold(whole).split()) <= _COMMON
            if 2 <= len(whole.split()) <= 8 and whole not in names and re.match(r"[A-Z]", whole) and not (vague and len(whole.split()) < 3):
                rows.append(
                    ["party", whole, short if len(short) > 3 and not vague else "", "" if vague else row["iso3"], "PTY", "", "CIA World Factbook"]
                )
    write(
        "organisations",
        ["kind", "name", "also", "code", "sectors", "wikidata", "source"],
        rows,
        "Organisations, bodies of states, armed groups, parties, media (a source, not a party to events), companies.",
    )
    _members(facts)
    _roles()
    _calques({r[1] for r in rows} | {a for r in rows for a in r[2].split("|")})


def _calques(known: set[str]) -> None:
    rows = []
    for number, line in own("calques.txt"):
        name, _, phrases = line.partition(":")
        if name not in known:
            raise SystemExit(f"calques.txt:{number}: no organisation {name!r}")
        rows += [[fold(p), name, "compiled by the project"] for p in phrases.split(",")]
    write("calques", ["key", "name", "source"], sorted(rows), "Names of bodies translated word by word, folded.")


def _members(facts: list[dict[str, Any]]) -> None:
    lists: dict[str, list[list[str]]] = {}
    for number, line in own("members.txt"):
        head, _, body = line.partition(":")
        name = re.split(r"\s[<>]", head)[0].strip()
        found = re.findall(r"([<>])(\d{4}-\d\d-\d\d)", head)
        start, end = dict(found).get(">", ""), dict(found).get("<", "")
        rows = lists.setdefault(name, [])
        for word in body.split():
            if word == "@European":
                continue
            if word.startswith("FACTBOOK:"):
                wanted = word.split(":")[1]
                for row in facts:
                    inside = [
                        re.sub(r"\(.*?\)", "", p).strip()
                        for p in (row.get("igo_membership") or "").split(",")
                        if "observer" not in p and "partner" not in p and "suspended" not in p
                    ]
                    if wanted in inside and not any(r[1] == row["iso3"] for r in rows):
                        rows.append([name, row["iso3"], start, end, "CIA World Factbook"])
                continue
            base = re.match(r"@?(\w+)", word)
            if word.startswith("@") or word == "Union":
                other = "European Union" if word == "Union" else word[1:]
                rows += [[name, r[1], max(start, r[2]), r[3], r[4]] for r in lists[other]]
                continue
            if not base or not re.fullmatch(r"[A-Z]{3}(>[\d-]{10})?(<[\d-]{10})?", word):
                raise SystemExit(f"members.txt:{number}: cannot read {word!r}")
            days = dict(re.findall(r"([<>])(\d{4}-\d\d-\d\d)", word))
            rows[:] = [r for r in rows if r[1] != base[1] or r[4] != "CIA World Factbook"]
            rows.append([name, base[1], days.get(">", start), days.get("<", end), "compiled by the project"])
    un = {r["iso3"] for r in facts if re.search(r"(^|, )UN(,|$)", r.get("igo_membership") or "")}
    lists["United Nations"] = [["United Nations", iso3, "1945-10-24", "", "CIA World Factbook"] for iso3 in sorted(un)]
    write(
        "members",
        ["organisation", "iso3", "from", "to", "source"],
        [r for name in sorted(lists) for r in lists[name]],
        "Members of organisations; undated rows of the Factbook have the organisation's own first day.",
    )


def _roles() -> None:
    rows: dict[tuple[str, str], list[str]] = {}
    for number, line in own("roles.txt"):
        found = re.match(r"^(role|body|mod|past|state|weak|mouth) ([A-Z+]{3,}): (.*)$", line)
        if not found or any(s not in _SECTORS for s in found[2].split("+")):
            raise SystemExit(f"roles.txt:{number}: not 'kind SECTOR: words'")
        kind, sectors, words = found.groups()
        for text in (w.strip() for w in words.split(", ")):
            forms = [(text, "one")]
            if kind in ("role", "body") and (many := plural(text)):
                forms.append((many, "many"))
            elif kind == "role":
                forms = [(text, "many")]
            for form, number_of in forms:
                rows.setdefault((phrase_key(form), kind), [phrase_key(form), kind, sectors.replace("+", " "), number_of, fold(text)])
    write(
        "roles",
        ["key", "kind", "sectors", "number", "base"],
        [rows[k] for k in sorted(rows)],
        "Role words (role, body, mod: before another noun, past: ends an office, state: what the word means beside a state's name). Compiled by the project.",
    )
