# ruff: noqa: E501 - an expression stands on one line, as a row of a table
"""Places linked to the table: the namesake is chosen by what stands beside the name and what else the document names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from whowhom.knowledge import places as table
from whowhom.knowledge.places import Row
from whowhom.mentions.places.names import candidates
from whowhom.model import Document, Mention, Place, Sentence, Span

#: Weights on a decimal-log scale of population, chosen on the labelled namesakes (tests/gold/places.jsonl, dev half).
CONTAINER, SAME_SENTENCE, IN_DOCUMENT, REGION_NAMED, OTHER_SPELLING, CAPITAL, COUNTRY, REGION = 9.0, 0.8, 0.9, 1.5, 1.2, 1.0, 1.6, 1.2
#: A name in a list with one of the same country and level ("Georgia and Alabama").
LISTED = 2.0
_LIST = re.compile(r"(?:, |,? (?:and|or) )(?:the |in )?")
#: Places of one sentence that are looked at for context; more are a list or a defect.
MOST_PLACES = 40
#: People where the table does not say how many: such a row is a village.
UNKNOWN = 1_500
#: Below this score a place is no more likely than that the name means something else: small villages without any sign.
FLOOR = 3.2
_BEHIND = re.compile(r",? ?\(?((?:in |in the )?(?:[A-Z][\w’'-]+\.?|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)(?: (?:of |and )?[A-Z][\w’'-]+\.?){0,3})")
_IN_FRONT = re.compile(
    r"((?:[A-Z][\w-]+ ){1,3})(?:[a-z-]+ ){0,2}(?:city|town|village|province|capital|port|region|district|state|island|suburb|governorate) (?:of )?$|((?:[A-Z][\w-]+ ?){1,3})['’]s (?:[a-z-]+ ){0,3}$"
)
_GENERIC = re.compile(r"\b(?:province|governorate|oblast|state|region|prefecture|department|canton|krai|county)\b", re.IGNORECASE)
_CITYLIKE = re.compile(r"\b(?:city|town|village|capital|suburb|neighbou?rhood|downtown|port)\b", re.IGNORECASE)


def link(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """A place for each mention of kind place that the table knows, in text order.

    Mentions that it does not know, and words that name nothing ("the city"), give no place. What is named no more precisely
    than a country or a sea has NaN coordinates.
    """
    wanted = [m for m in mentions if m.kind == "place" and m.span.end > m.span.begin]
    if not wanted:
        return ()
    options = {m.span: _options(m.text or document.text[m.span.begin : m.span.end]) for m in wanted}
    countries, regions = _evidence(mentions, options)
    beside: dict[int, list[Mention]] = {}
    for mention in wanted:
        beside.setdefault(mention.sentence, []).append(mention)
    others: dict[int, set[str]] = {}
    for mention in mentions:
        if mention.country and mention.kind != "place":
            others.setdefault(mention.sentence, set()).add(mention.country)
    same = Counter(options.values())
    out = []
    for mention in wanted:
        rows = options[mention.span]
        if not rows:
            continue
        here = [m for m in beside[mention.sentence][:MOST_PLACES] if m.span != mention.span]
        plain = [(m, r) for m in here if (r := _plain(options[m.span]))]
        near = others.get(mention.sentence, set()) | {r.country for _, r in plain}
        listed = {(r.country, r.level) for m, r in plain if _beside(document.text, m.span, mention.span)}
        place = _choose(document, mention.span, rows, (countries, regions), near, listed, same[rows])
        if place is not None:
            out.append(place)
    return tuple(sorted(out, key=lambda p: p.span))


def _options(text: str) -> tuple[Row, ...]:
    """The places that a mention may mean; a name with its container ("Tripoli, Lebanon") is read by its first part."""
    head, comma, rest = text.partition(",")
    whole = candidates(text)
    for name in whole[:1] + (candidates(head) if comma else ()) + whole[1:]:
        rows = tuple(r for r in table.named(name) if r.level != "abbreviation")
        if rows:
            if _GENERIC.search(text) and not _CITYLIKE.search(text):
                rows = tuple(r for r in rows if r.level == "region") or rows
            elif _CITYLIKE.search(text) and not rest:
                rows = tuple(r for r in rows if r.level == "city") or rows
            return rows
    return ()


def _plain(rows: Sequence[Row]) -> Row | None:
    """The place that a name means without any context, None where its namesakes are close."""
    top = sorted(rows, key=lambda r: -_prior(r))[:2]
    if top and (len(top) == 1 or _prior(top[0]) - _prior(top[1]) > 1.5 or all(r.country == top[0].country for r in rows)):
        return top[0]
    return None


def _beside(text: str, one: Span, other: Span) -> bool:
    """Whether two names stand beside each other in a list."""
    first, second = sorted((one, other))
    return 0 < second.begin - first.end < 12 and _LIST.fullmatch(text[first.end : second.begin]) is not None


def _evidence(mentions: Sequence[Mention], options: dict[Span, tuple[Row, ...]]) -> tuple[Counter[str], set[tuple[str, str]]]:
    """How often each country is named or implied in the document, and the regions named in it.

    A place whose name only one country has, or one country's by far, speaks for that country; so does every resolved mention.
    """
    countries: Counter[str] = Counter()
    regions: set[tuple[str, str]] = set()
    for mention in mentions:
        if mention.kind != "place":
            if mention.country:
                countries[mention.country] += 1
            continue
        rows = options.get(mention.span) or ()
        top = _plain(rows)
        if top is not None and top.country:
            countries[top.country] += 2 if top.level == "country" else 1
            if top.region:
                regions.add((top.country, top.region))
        for row in rows:
            if row.level == "region" and mention.text != "":
                regions.add((row.country, row.region))
    return countries, regions


def _prior(row: Row) -> float:
    """How likely a name means this place before anything else is known: its size, and what kind of place it is."""
    score = math.log10(row.population or UNKNOWN)
    score += {"country": COUNTRY, "region": -REGION, "area": 2.0}.get(row.level, 0.0) + CAPITAL * row.capital
    return score - (0.0 if row.main else OTHER_SPELLING)


def _choose(
    document: Document,
    span: Span,
    rows: Sequence[Row],
    evidence: tuple[Counter[str], set[tuple[str, str]]],
    near: set[str],
    listed: set[tuple[str, str]],
    same: int,
) -> Place | None:
    """The likeliest of the places, or None where even that one is hardly meant."""
    countries, regions = evidence
    beside = _containers(document.text, span)
    plain = _plain(rows)
    own = same * (2 if plain is not None and plain.level == "country" else 1)
    scored: list[tuple[float, float, Row]] = []
    for row in rows:
        told = max(0, countries[row.country] - (own if plain is not None and plain.country == row.country else 0))
        score = _prior(row) + IN_DOCUMENT * min(3.0, math.log2(1 + told)) + SAME_SENTENCE * (row.country in near)
        score += REGION_NAMED * ((row.country, row.region) in regions and row.level == "city")
        score += LISTED * ((row.country, row.level) in listed)
        score += CONTAINER * any(_inside(row, c) for c in beside)
        scored.append((score, float(row.main), row))
    scored.sort(key=lambda s: (-s[0], -s[1], s[2].id))
    best, row = scored[0][0], scored[0][2]
    if best < FLOOR:
        return None
    other = next((s for s, _, r in scored[1:] if (r.country, r.region) != (row.country, row.region)), None)
    margin = best - other if other is not None else 3.0
    confidence = round(1 / (1 + math.exp(-1.6 * margin)) * min(1.0, 0.5 + best / 12), 3)
    exact = row.level in ("city", "region")
    level = "region" if row.level == "area" else row.level
    return Place(
        document.text[span.begin : span.end], span, row.name, row.id, row.country, row.region if exact else "", level,
        row.latitude if exact else math.nan, row.longitude if exact else math.nan, confidence,
    )  # fmt: skip


def _containers(text: str, span: Span) -> tuple[tuple[Row, ...], ...]:
    """Places named right behind the mention or within it after a comma ("Birmingham, Ala."), or before it ("Lebanon's")."""
    found: list[tuple[Row, ...]] = []
    inside = text[span.begin : span.end].partition(",")[2].strip()
    behind = _BEHIND.match(text, span.end, span.end + 60)
    # without a comma only "in X" follows a place as what holds it
    after = behind[1] if behind and (behind[0].startswith((",", " (")) or behind[1].startswith("in ")) else ""
    for words in (inside, re.sub(r"^in (?:the )?", "", after)):
        if not words:
            continue
        parts = words.split()
        for size in range(min(4, len(parts)), 0, -1):
            name = " ".join(parts[:size])
            short = table.abbreviated(name)
            rows = (short,) if short else tuple(r for r in table.named(name.rstrip(".")) if r.level in ("country", "region"))
            if rows:
                found.append(rows)
                break
    front = _IN_FRONT.search(text, max(0, span.begin - 60), span.begin)
    if front:
        rows = tuple(r for r in table.named((front[1] or front[2]).strip()) if r.level in ("country", "region"))
        if rows:
            found.append(rows)
    return tuple(found)


def _inside(row: Row, holders: Sequence[Row]) -> bool:
    """Whether a place lies in one of the containers."""
    for holder in holders:
        if holder.id == row.id:
            continue
        if holder.level == "country" and holder.country == row.country and row.level != "country":
            return True
        if (
            holder.level in ("region", "abbreviation")
            and holder.country == row.country
            and row.level == "city"
            and table.fold(holder.region) == table.fold(row.region)
        ):
            return True
    return False
