"""Users' own actors: a table (CSV) and actor and agent files in PETRARCH's format, as entries of the lexicon.

A table has a header with at least ``name``, and any of ``aliases`` (parted by ``|``), ``country``, ``sector``, ``from``,
``to``, ``id``. A row that cannot be used is an error with its line number; nothing is dropped silently.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from whowhom.errors import InputError
from whowhom.knowledge.fold import is_acronym
from whowhom.knowledge.lexicon import Entry, Lexicon, lexicon, phrase_key, reach_of
from whowhom.knowledge.states import states

SECTORS = frozenset("GOV MIL COP JUD LEG SPY PTY REB PRM UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
CODES = frozenset("UNO EUR IGO NGO MNC IMG ISM".split())
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
_COLUMNS = frozenset(("name", "aliases", "country", "sector", "from", "to", "id"))
#: The most bytes that a dictionary file may have.
MOST_BYTES = 200_000_000
#: Errors that one message names.
MOST_ERRORS = 20


class Own(NamedTuple):
    """One name of a user's dictionary with what it means and when; days may be empty or cut at month or year."""

    name: str
    aliases: tuple[str, ...]
    country: str
    sectors: tuple[str, ...]
    first: str
    last: str
    id: str
    kind: str
    where: str


class Dictionary(NamedTuple):
    """The rows of a file that can be used, and the lines that cannot, with the reasons."""

    rows: tuple[Own, ...]
    problems: tuple[str, ...]


def read(path: Path) -> Dictionary:
    """A dictionary, its form found from its first lines. Raises InputError where no line at all can be used."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(f"{size} bytes are too many", where=str(path), remedy=f"give at most {MOST_BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read: {error}", where=str(path), remedy="give a UTF-8 text file") from error
    head = next((x for x in text.splitlines() if x.strip() and not x.startswith("#")), "")
    petrarch = bool(re.search(r"\[[^\]]*\]\s*(#.*|;.*)?$", head)) or head.startswith(("!", "<")) or (path.suffix == ".txt" and "," not in head)
    errors: list[str] = []
    rows = tuple(_petrarch(text, path, errors) if petrarch else _table(text, path, errors))
    if not rows:
        why = "; ".join(errors[:MOST_ERRORS]) or "no rows"
        raise InputError(why, where=str(path), remedy="see the layout of dictionaries in the documentation")
    return Dictionary(rows, tuple(errors))


def _table(text: str, path: Path, errors: list[str]) -> Iterator[Own]:
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if path.suffix in (".tsv", ".tab") else ",")
    header = [h.strip().lower() for h in reader.fieldnames or ()]
    if "name" not in header:
        raise InputError(f"no column 'name' in {header[:10]}", where=f"{path}:1", remedy="the columns are " + ", ".join(sorted(_COLUMNS)))
    unknown = [h for h in header if h not in _COLUMNS]
    if unknown:
        raise InputError(f"unknown columns {unknown}", where=f"{path}:1", remedy="the columns are " + ", ".join(sorted(_COLUMNS)))
    reader.fieldnames = header
    for row in reader:
        line = reader.line_num
        if None in row or any(v is None for v in row.values()):
            errors.append(f"line {line}: {'too many' if None in row else 'too few'} fields")
            continue
        get = {k: (row.get(k) or "").strip() for k in _COLUMNS}
        sectors = tuple(s for s in re.split(r"[\s|;+]+", get["sector"].upper()) if s)
        wrong = _wrong(get["name"], get["country"].upper(), sectors, get["from"], get["to"])
        if wrong:
            errors.append(f"line {line}: {wrong}")
            continue
        aliases = tuple(a.strip() for a in get["aliases"].split("|") if a.strip())
        yield Own(get["name"], aliases, get["country"].upper(), sectors, get["from"], get["to"], get["id"], "name", f"{path.name}:{line}")


def _wrong(name: str, country: str, sectors: Sequence[str], first: str, last: str) -> str:
    """What is wrong with a row, '' for nothing."""
    if not name:
        return "no name"
    if country and country not in states() and country not in CODES:
        return f"no country {country!r}"
    bad = [s for s in sectors if s not in SECTORS]
    if bad:
        return f"no sector {bad[0]!r}"
    for day in (first, last):
        if day and (not _DAY.match(day) or (len(day) > 4 and not 1 <= int(day[5:7]) <= 12) or (len(day) > 7 and not 1 <= int(day[8:10]) <= 31)):
            return f"no date {day!r}"
    return f"it ends ({last}) before it begins ({first})" if first and last and last < first[: len(last)] else ""


_CODE = re.compile(r"\[([^\]]*)\]")
_SPAN = re.compile(r"([A-Za-z~]*)\s+(?:([<>])\s*(\d{6,8})|(\d{6,8})\s*-\s*(\d{6,8}))$")


def _petrarch(text: str, path: Path, errors: list[str]) -> Iterator[Own]:
    """Actors (``NAME_ [USAGOV 090120-170120]``, ``+ALIAS``) and agents (``POLICE [~COP]``, ``!SETS!`` resolved)."""
    sets: dict[str, list[str]] = {}
    names: list[str] = []
    codes: list[tuple[str, str, str]] = []
    start = 0

    def done() -> Iterator[Own]:
        if not names:
            return
        for code, first, last in codes:
            agent = code.startswith("~")
            country, sectors = _split(code.lstrip("~"))
            if country is None:
                errors.append(f"line {start}: no code {code!r}")
                continue
            yield Own(names[0], tuple(names[1:]), country, sectors, first, last, "", "role" if agent else "name", f"{path.name}:{start}")

    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"\s*[#;].*$", "", raw).rstrip()
        if not line.strip() or line.startswith("<"):
            continue
        found = re.match(r"^!(\w+)!\s*=\s*(.*)$", line)
        if found:
            sets[found[1]] = [w.strip() for w in found[2].split(",")]
            continue
        given = [_dated(c) for c in _CODE.findall(line)]
        word = _CODE.sub("", line).strip()
        if word.startswith("+"):
            if not names:
                errors.append(f"line {number}: an alias before any name")
            names += _forms(word[1:], sets)
            codes += [g for g in given if g]
            continue
        if not word:  # a code on a line of its own belongs to the name above
            if not names:
                errors.append(f"line {number}: a code before any name")
            codes += [g for g in given if g]
        else:
            yield from done()
            names, codes, start = _forms(word, sets), [], number
            codes += [g for g in given if g]
        if any(g is None for g in given):
            errors.append(f"line {number}: cannot read the code or its dates")
    yield from done()


def _dated(code: str) -> tuple[str, str, str] | None:
    """A code with its days: ``USAGOV >930101``, ``USAGOV 090120-170120``; None where it cannot be read."""
    text = code.strip()
    found = _SPAN.match(text)
    if not found:
        return (text, "", "") if re.fullmatch(r"[A-Za-z~]*", text) else None
    name, sign, one, first, last = found.groups()
    if sign:
        day = _iso(one)
        return (name, day, "") if sign == ">" else (name, "", day)
    return name, _iso(first), _iso(last)


def _iso(text: str) -> str:
    """YYMMDD or YYYYMMDD as an ISO day; two-digit years from 30 on are of the 1900s."""
    if len(text) == 6:
        text = ("19" if int(text[:2]) >= 30 else "20") + text
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def _forms(word: str, sets: dict[str, list[str]]) -> list[str]:
    """A name with its plural in braces and its substitution sets written out."""
    extra = re.findall(r"\{([^}]*)\}", word)
    forms = [re.sub(r"\{[^}]*\}", "", word)]
    for name, words in sets.items():
        forms = [f.replace(f"!{name}!", w) for f in forms for w in (words if f"!{name}!" in f else [""])]
    plain = [f.replace("_", " ").strip() for f in (*forms, *(e for x in extra for e in x.split(",")))]
    return [p for p in plain if p]


def _split(code: str) -> tuple[str | None, tuple[str, ...]]:
    """A CAMEO or PLOVER code in its parts: country and sectors; country None where a part is unknown."""
    parts = [code[i : i + 3].upper() for i in range(0, len(code), 3)]
    if any(len(p) != 3 for p in parts):
        return None, ()
    country = parts[0] if parts and (parts[0] in states() or parts[0] in CODES) else ""
    sectors = tuple(p for p in parts[1 if country else 0 :] if p in SECTORS)
    return country, sectors


@lru_cache(maxsize=256)
def lexicon_with(paths: tuple[str, ...], day: str = "") -> Lexicon:
    """The project's lexicon with users' dictionaries, whose rows come first on the days that they hold. Raises InputError
    for a file that cannot be used; see `problems` for single lines."""
    base = lexicon()
    own, reach = _index(paths)
    return Lexicon(base.entries, reach, own, day)


@lru_cache(maxsize=4)
def _index(paths: tuple[str, ...]) -> tuple[dict[str, list[tuple[Entry, str, str]]], dict[str, int]]:
    own: dict[str, list[tuple[Entry, str, str]]] = {}
    for path in paths:
        for row in _cached(path).rows:
            shouted = row.name.isupper() and len(row.name) > 4  # PETRARCH writes every name in capitals
            text = row.name.title() if shouted else row.name
            for name in (row.name, *row.aliases):
                short = is_acronym(name) and not (shouted and len(name) > 4)
                case = "upper" if short else "any" if name.isupper() or name.islower() else "proper"
                kind, sub = ("role", "one") if row.kind == "role" else ("org", "own")
                sectors = row.sectors or (("UNK",) if kind == "role" else ())
                own.setdefault(phrase_key(name), []).append(
                    (Entry(kind, sub, text, row.country, sectors, row.id, case, name if short else ""), row.first, row.last)
                )
    reach = dict(lexicon().reach)
    for word, size in reach_of(own).items():
        reach[word] = max(size, reach.get(word, 0))
    return own, reach


@lru_cache(maxsize=16)
def _cached(path: str) -> Dictionary:
    return read(Path(path))


def problems(paths: Sequence[str]) -> list[str]:
    """Lines that cannot be used and rows that disagree, each with file and line."""
    return [f"{path}: {p}" for path in paths for p in _cached(path).problems] + conflicts(paths)


def conflicts(paths: Sequence[str]) -> list[str]:
    """Names that the dictionaries give different codes for overlapping days, for a warning; the first file counts."""
    seen: dict[str, list[Own]] = {}
    out = []
    for path in paths:
        for row in _cached(path).rows:
            key = phrase_key(row.name)
            for other in seen.get(key, ()):
                overlap = (not row.last or not other.first or other.first <= row.last) and (
                    not other.last or not row.first or row.first <= other.last
                )
                if overlap and (other.country, other.sectors) != (row.country, row.sectors):
                    out.append(
                        f"{row.name!r}: {other.where} says {other.country} {' '.join(other.sectors)},"
                        f" {row.where} says {row.country} {' '.join(row.sectors)}; the first counts"
                    )
            seen.setdefault(key, []).append(row)
    return out


__all__ = ["Dictionary", "Own", "conflicts", "lexicon_with", "problems", "read"]
