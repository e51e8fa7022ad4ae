"""Actor and agent files in PETRARCH's format.

Actors are ``NAME_ [USAGOV 090120-170120]`` with ``+ALIAS`` lines and codes with days below; agents ``POLICE_OFFICER [~COP]``
with an irregular plural, or none, in braces; ``!SETS!`` of words are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from whowhom.knowledge.dictionaries.rows import SECTORS, Own, is_country, is_day

_CODE = re.compile(r"\[([^\]]*)\]")
_SPAN = re.compile(r"([A-Za-z~]*)\s+(?:([<>])\s*(\d{6,8})|(\d{6,8})\s*-\s*(\d{6,8}))$")
_NOTE = re.compile(r"\s*[#;].*$")
_SET = re.compile(r"^!(\w+)!\s*=\s*(.*)$")
#: Kinds of bodies that a state may follow in a code.
_BODIES = frozenset(("IGO", "NGO", "MNC", "IMG", "ISM"))
#: The most forms that one line with sets may be written out to.
_MOST_FORMS = 500
Coded = tuple[str, str, str]


def read(text: str, file: str, errors: list[str]) -> Iterator[Own]:
    """The rows of a file; what is wrong with its lines, and code parts that PLOVER has no place for, go into `errors`."""
    sets: dict[str, list[str]] = {}
    names: list[str] = []
    plurals: list[str] = []
    codes: list[Coded] = []
    parts: dict[str, list[int]] = {}
    start = 0

    def done() -> Iterator[Own]:
        if names and not codes:
            errors.append(f"line {start}: {names[0]!r} has no code")
        for code, first, last in codes if names else ():
            country, sectors, left = split(code.strip("~"))
            for part in left:
                parts.setdefault(part, []).append(start)
            if not country and not sectors:
                errors.append(f"line {start}: nothing in the code {code!r} is known to PLOVER")
                continue
            role = "~" in code
            yield Own(names[0], tuple(names[1:]), country, sectors, first, last, "", "role" if role else "name", f"{file}:{start}")
            if role and plurals:
                yield Own(plurals[0], tuple(plurals[1:]), country, sectors, first, last, "", "roles", f"{file}:{start}")

    for number, raw in enumerate(text.splitlines(), 1):
        line = _NOTE.sub("", raw).rstrip()
        if not line.strip() or line.startswith("<"):
            continue
        found = _SET.match(line)
        if found:
            sets[found[1]] = [w.strip() for w in found[2].split(",")]
            continue
        given = [dated(c) for c in _CODE.findall(line)]
        if any(g is None for g in given):
            errors.append(f"line {number}: cannot read the code or its dates")
        good = [g for g in given if g]
        word = _CODE.sub("", line).strip()
        if word.startswith("+") or not word:  # a code on a line of its own belongs to the name above
            if not names:
                errors.append(f"line {number}: {'an alias' if word else 'a code'} before any name")
            names += _forms(word[1:], sets)[0]
            codes += good
            continue
        yield from done()
        names, plurals = _forms(word, sets)
        codes, start = good, number
        if not names:
            errors.append(f"line {number}: no name")
    yield from done()
    for part, lines in sorted(parts.items()):
        errors.append(f"line {lines[0]}{f' and {len(lines) - 1} more' if len(lines) > 1 else ''}: PLOVER has nothing for {part!r}; the rest is used")


def dated(code: str) -> Coded | None:
    """A code with its days: ``USAGOV >930101``, ``USAGOV 090120-170120``; None where it cannot be read."""
    text = code.strip()
    found = _SPAN.match(text)
    if not found:
        return (text, "", "") if re.fullmatch(r"[A-Za-z0-9~]+", text) else None
    name, sign, one, first, last = found.groups()
    days = (_iso(one) if sign == ">" else "", _iso(one) if sign == "<" else "") if sign else (_iso(first), _iso(last))
    if any(d and not is_day(d) for d in days) or (days[0] and days[1] and days[1] < days[0]):
        return None
    return name, *days


def _iso(text: str) -> str:
    """YYMMDD or YYYYMMDD as an ISO day; two-digit years from 30 on are of the 1900s."""
    if len(text) == 6:
        text = ("19" if int(text[:2]) >= 30 else "20") + text
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def _forms(word: str, sets: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """A name with its sets written out, and its plurals: those in braces, none for empty braces, else the regular ones."""
    braces = re.findall(r"\{([^}]*)\}", word)
    forms = [re.sub(r"\{[^}]*\}", "", word)]
    for name, words in sets.items():
        forms = [f.replace(f"!{name}!", w) for f in forms for w in (words if f"!{name}!" in f else [""])][:_MOST_FORMS]
    singular = [p for f in forms if (p := " ".join(f.replace("_", " ").split()))]
    if braces:
        return singular, [p for b in braces for e in b.split(",") if (p := " ".join(e.replace("_", " ").split()))]
    return singular, [_plural(p) for p in singular]


def _plural(name: str) -> str:
    last = name[-1:].lower()
    if last == "s":
        return name
    if last == "y" and name[-2:-1].lower() not in "aeiou":
        return name[:-1] + ("IES" if name.isupper() else "ies")
    return name + ("S" if name.isupper() else "s")


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = (resources.files("whowhom.knowledge.dictionaries") / "codes.tsv").read_text(encoding="utf8")
    return {x.split("\t")[0]: x.split("\t")[1] for x in text.splitlines() if x and not x.startswith("#")}


def split(code: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A CAMEO or PLOVER code in its parts: country, sectors, and the parts that PLOVER has nothing for."""
    country, sectors, left = "", [], []
    for i in range(0, len(code), 3):
        part = code[i : i + 3].upper()
        means = _table().get(part, part)
        if means in SECTORS:
            sectors.append(means)
        elif is_country(means) and (not country or country in _BODIES):
            country = means  # NGOUSA: the state that the body is of
        elif means != country:
            left.append(part)
    return country, tuple(dict.fromkeys(sectors)), tuple(left)
