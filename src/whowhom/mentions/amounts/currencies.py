"""The currency of a sum: by its sign or word, the country named beside it, the document's site, or left as written."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from whowhom.model import Document


class Currency(NamedTuple):
    """A row of the table: ISO code ('$' for a dollar of unknown country, '?' shared), countries, factor of the unit."""

    written: str
    code: str
    by: tuple[tuple[str, str], ...]
    factor: float


@lru_cache(maxsize=1)
def tables() -> tuple[dict[str, Currency], dict[str, Currency], dict[str, str]]:
    """Signs in front of numbers, words behind them, and domains with a dollar of their own."""
    before: dict[str, Currency] = {}
    after: dict[str, Currency] = {}
    sites: dict[str, str] = {}
    for line in resources.files(__package__).joinpath("currencies.tsv").read_text(encoding="utf8").splitlines():
        if not line or line.startswith(("#", "written\t")):
            continue
        written, place, code, by, factor = line.split("\t")
        pairs = tuple((m[1].strip(), m[2]) for m in re.finditer(r"([^=]+?)=([A-Z]{3})(?: |$)", by))
        row = Currency(written, code, pairs, float(factor))
        if place == "site":
            sites[written] = code
        elif place == "before":
            before[written] = row
        else:
            after[written.lower()] = row
            if written.endswith("s") and written not in ("pence",):
                after[written[:-1].lower()] = row
    return before, after, sites


def code_of(row: Currency, document: Document, near: str) -> str:
    """The ISO code; `near` are the words around the sum. A word shared by countries that nothing tells apart stays a word."""
    beside = [(near.rfind(name), code) for name, code in row.by if re.search(rf"\b{re.escape(name)}\b", near)]
    if beside:
        return max(beside)[1]
    if row.code == "$":
        return _site_dollar(document.url) or "USD"
    if row.by:
        counts: dict[str, int] = {}
        for name, code in row.by:
            counts[code] = counts.get(code, 0) + document.text.count(name)
        best = max(counts, key=counts.__getitem__)
        if counts[best]:
            return best
    return row.written.rstrip("s").lower() if row.code == "?" else row.code


def _site_dollar(url: str) -> str:
    """The dollar of a site's country, '' for sites that are of none."""
    host = re.match(r"(?:https?://)?([^/:?#\s]{1,253})", url)
    return next((code for end, code in tables()[2].items() if host and host[1].lower().endswith(end)), "")


def money_word(text: str, at: int) -> tuple[int, Currency] | None:
    """Where a currency word behind a number ends, a country's adjective before it included, and its row."""
    match = re.match(r"(?: of |[ \u00a0-])(?:([A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?|new) )?([A-Za-z]{2,12})\b(?: sterling)?", text[at : at + 45])
    if match is None:
        return None
    before, after, _ = tables()
    row = after.get(match[2].lower()) or before.get(match[2])
    if row is None and match[1]:
        first = match[1].split()[0]
        row = after.get(first.lower()) or before.get(first)
        return (at + match.start(1) + len(first), row) if row else None
    behind = text[at + match.end() : at + match.end() + 1]
    if row is None or (match[2] == "won" and behind not in tuple(".,)")):  # "200 won" is money where the clause ends
        return None
    return at + match.end(), row
