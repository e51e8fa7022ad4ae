"""Coded pages made up by a program, without a language model: what the store's benchmarks and tests take in.

Places, people and papers are invented. The same seed gives the same pages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from whowhom.model import Actor, Amount, Coded, Document, Event, Mention, Note, Span, content_id
from whowhom.store.layout import Maker

COUNTRIES = ("KEN", "ETH", "FRA", "DEU", "PER", "CHL", "VNM", "THA", "POL", "SWE", "GHA", "NGA")
SECTORS = ("GOV", "MIL", "CVL", "REB", "COP", "OPP")
#: A maker that stays while the tables of whowhom change.
MAKER = Maker("benchmark", "0", "none", "", "", (), "{}")
KINDS = (
    ("CONSULT", "visit", 1, 4.0, 1.9, "042"), ("AID", "", 2, 10.0, 7.0, "070"), ("ACCUSE", "", 3, -3.0, -2.0, "112"),
    ("ASSAULT", "firearms", 4, -9.5, -10.0, "190"), ("PROTEST", "demo", 4, -5.0, -6.5, "141"), ("AGREE", "", 1, 2.5, 4.0, "030"),
)  # fmt: skip
WORDS = ["talks", "border", "river", "council", "harvest", "bridge", "treaty", "market", "soldiers", "village", "minister", "crowd", "report"]


def actor(country: str, sector: str, name: str = "", at: int = 0) -> Actor:
    """A party of an event, named or described."""
    text = name or f"{country} {sector}"
    return Actor(text, Span(at, at + len(text)), name, country=country, sector=sector, confidence=0.9)


def event(document: Document, n: int, rng: random.Random) -> Event:
    """The n-th event of a document."""
    kind, mode, quad, plover, goldstein, cameo = rng.choice(KINDS)
    who, whom = rng.sample(COUNTRIES, 2)
    killed = rng.randrange(1, 40)
    amounts = (Amount(killed, killed, "person", "killed", "", "people", str(killed), Span(0, 2)),) if kind == "ASSAULT" else ()
    return Event(
        content_id(document.id, n, kind, who, whom), document.id, kind, mode, ("diplomatic",), cameo, quad, plover, goldstein,
        (actor(who, rng.choice(SECTORS)),), (actor(whom, rng.choice(SECTORS)),), document.date, "", "day" if document.date else "", "document",
        rng.choice(("asserted",) * 5 + ("planned", "denied")), None, (), (), amounts, None, f"{who} met {whom}.", Span(0, 20), Span(4, 7),
        round(rng.uniform(0.5, 1.0), 4),
    )  # fmt: skip


def coded(n: int, version: int = 0, days: int = 4) -> Coded:
    """Page number n of an invented paper, coded; a higher version is a corrected page under the same address."""
    rng = random.Random(f"{n}/{version}")
    day = (date(2021, 12, 1) + timedelta(days=random.Random(n).randrange(days))).isoformat()
    text = " ".join(rng.choices(WORDS, k=60)) + "."
    url = f"https://paper.example/{n}"
    document = Document(content_id(text, url), f"page{n}.html", url, f"Title {n}", f"Paper {n % 7}", "" if n % 50 == 7 else day, "given", "en", text)
    events = tuple(event(document, i, rng) for i in range(rng.randrange(0, 4)))
    mentions = tuple(Mention(document.id, a.text, a.span, "group", 0, country=a.country, sector=a.sector) for e in events for a in e.actor)
    notes = tuple(Note(document.id, Span(i, i + 3), "events", "no event", 0.1) for i in range(rng.randrange(3)))
    return Coded(document, mentions, events, notes)


def pages(begin: int, end: int, corrected_every: int = 17) -> Iterator[Coded]:
    """Pages from begin to end, some of them followed a few pages later by a corrected version."""
    corrections: dict[int, Coded] = {}
    for n in range(begin, end):
        yield coded(n)
        if n % corrected_every == 3:
            corrections[n + corrected_every // 2] = coded(n, 1)
        if n in corrections:
            yield corrections.pop(n)
    yield from corrections.values()
