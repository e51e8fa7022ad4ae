"""An invented year of invented news, as the records that coding gives: `year(documents=...)`.

Parties are real codes with invented deeds, so that the map and the country pages have something to show; no
sentence stands in any newspaper. The same seed gives the same year.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from whowhom.knowledge import ontology
from whowhom.model import (
    Actor,
    Amount,
    Coded,
    Cut,
    Document,
    Event,
    Ground,
    Mention,
    Note,
    Place,
    Planned,
    Span,
    Speaker,
    content_id,
)  # fmt: skip

#: words, name, country, sector
PARTIES = [
    ("the Kenyan government", "Government of Kenya", "KEN", "GOV"), ("Tanzania", "Tanzania", "TZA", ""), ("Uganda", "Uganda", "UGA", ""),
    ("the French president", "President of France", "FRA", "GOV"), ("Germany", "Germany", "DEU", ""), ("Brazilian police", "Police of Brazil", "BRA", "COP"),
    ("protesters in Peru", "", "PER", "CVL"), ("the Peruvian army", "Peruvian Army", "PER", "MIL"), ("Chile", "Chile", "CHL", ""),
    ("Japan", "Japan", "JPN", ""), ("the Philippines", "Philippines", "PHL", ""), ("Vietnam", "Vietnam", "VNM", ""), ("Western powers", "", "", ""),
    ("the United Nations", "United Nations", "UNO", ""), ("dock workers", "", "GRC", "LAB"), ("the Greek government", "Government of Greece", "GRC", "GOV"),
    ("Turkey", "Turkey", "TUR", ""), ("Morocco", "Morocco", "MAR", ""), ("Algeria", "Algeria", "DZA", ""), ("a rebel group in Mali", "", "MLI", "REB"),
    ("the army of Mali", "Army of Mali", "MLI", "MIL"), ("Canada", "Canada", "CAN", ""), ("Mexico", "Mexico", "MEX", ""), ("Norway", "Norway", "NOR", ""),
    ("Singapore", "Singapore", "SGP", ""), ("Malta", "Malta", "MLT", ""), ("a court in Poland", "", "POL", "JUD"), ("Ukraine", "Ukraine", "UKR", ""),
]  # fmt: skip
PLACES = [
    ("Nairobi", "KEN", -1.286, 36.817),
    ("Arusha", "TZA", -3.387, 36.683),
    ("Lyon", "FRA", 45.76, 4.84),
    ("Lima", "PER", -12.05, -77.04),
    ("Piraeus", "GRC", 37.94, 23.65),
    ("Gao", "MLI", 16.27, -0.04),
    ("Osaka", "JPN", 34.69, 135.5),
    ("Manila", "PHL", 14.6, 120.98),
    ("Halifax", "CAN", 44.65, -63.57),
]
DEEDS = {
    "AGREE": "agreed to open talks with", "CONSULT": "met officials of", "SUPPORT": "praised", "CONCEDE": "apologised to", "COOPERATE": "held a joint exercise with",
    "AID": "sent medicines to", "RETREAT": "released prisoners of", "REQUEST": "asked for help from", "REJECT": "turned down an offer of", "ACCUSE": "criticised",
    "THREATEN": "threatened sanctions against", "PROTEST": "demonstrated against", "SANCTION": "ended trade with", "MOBILIZE": "moved troops towards",
    "COERCE": "arrested members of", "ASSAULT": "attacked",
}  # fmt: skip
PUBLISHERS = ["Harbour Gazette", "Daily Ledger", "Evening Courier", "Northern Post", "Radio Meridian"]
STATUSES = ["asserted"] * 14 + ["planned", "planned", "denied", "hypothetical", "negated", "historical"]


@dataclass
class Pen:
    """A text in the making, and where its pieces stand."""

    text: str = ""

    def write(self, words: str) -> Span:
        begin = len(self.text)
        self.text += words
        return Span(begin, len(self.text))


def year(documents: int = 600, events: int = 9, seed: int = 7, start: date = date(2023, 1, 1)) -> Iterator[Coded]:
    """Documents of an invented year, each with about `events` events."""
    chance = random.Random(seed)
    for n in range(documents):
        day = start + timedelta(days=n * 365 // documents)
        yield document(chance, n, day, chance.randint(max(1, events - 3), events + 3))


def document(chance: random.Random, n: int, day: date, events: int) -> Coded:
    """One page: a headline, sentences with an event each, sentences without one."""
    book = ontology.load()
    pen = Pen()
    first, second = chance.sample(PARTIES, 2)
    title = f"{(first[1] or first[0]).title()} and {second[1] or second[0]}: report {n}"
    pen.write(title + "\n\n")
    id = content_id("invented", n)
    found: list[Event] = []
    mentions: list[Mention] = []
    notes: list[Note] = []
    amounts: list[Amount] = []
    for k in range(events):
        if chance.random() < 0.3:
            notes.append(Note(id, pen.write(f"Rain fell on the {n + k}th market day. "), "events", "ASSAULT: probability 0.12 is below 0.50", 0.12))
        who, whom = (first, second) if chance.random() < 0.4 else chance.sample(PARTIES, 2)
        kind = chance.choices(list(DEEDS), [9, 14, 8, 3, 7, 6, 4, 6, 5, 12, 6, 8, 3, 4, 9, 9])[0]
        modes = [m for m in book.modes(kind) if (kind, m) in book.kinds]
        mode = chance.choice(["", *modes]) if modes else ""
        status = chance.choice(STATUSES)
        begin = len(pen.text)
        actor_span = pen.write(who[0][0].upper() + who[0][1:])
        pen.write(" ")
        deed = pen.write(DEEDS[kind])
        pen.write(" ")
        recipient_span = pen.write(whom[0])
        place = None
        if chance.random() < 0.4:
            name, country, latitude, longitude = chance.choice(PLACES)
            pen.write(" in ")
            place = Place(name, pen.write(name), name, "", country, "", "city", latitude, longitude, 0.9)
        counted: tuple[Amount, ...] = ()
        if kind == "ASSAULT" and chance.random() < 0.5:
            dead = chance.randint(1, 40)
            pen.write(", ")
            counted = (Amount(dead, dead, "person", "killed", "", "killed", f"{dead} killed", pen.write(f"{dead} killed")),)
            amounts += counted
        said: tuple[Speaker, ...] = ()
        if chance.random() < 0.35:
            pen.write(", ")
            source = pen.write("Radio Meridian")
            pen.write(" ")
            said = (Speaker("Radio Meridian", source, "Radio Meridian", "", "", "JRN", "reported", pen.write("reported")),)
        span = Span(begin, pen.write(".").end)
        pen.write("\n\n" if chance.random() < 0.3 else " ")
        parties = []
        for side, at in ((who, actor_span), (whom, recipient_span)):
            text = pen.text[at.begin : at.end]
            members = ("GBR", "USA") if side[0] == "Western powers" else ()
            how = "says its country; the office had one holder on that day" if side[2] else "nobody could tell who that is"
            parties.append(Actor(text, at, side[1], "", side[2], side[3], (), "", members, content_id(side), how, 0.8 if side[2] else 0.2))
            mentions.append(
                Mention(id, text, at, "group" if not side[1] else "organisation", k, side[1], "", side[2], side[3], how=how, confidence=0.8)
            )
        happened = day - timedelta(days=chance.randint(0, 3))
        exact = chance.random()
        when = happened.isoformat() if exact < 0.85 else happened.isoformat()[:7] if exact < 0.95 else ""
        if status == "historical":
            when = str(chance.randint(1950, 2015))
        type_ = book.kind(kind, mode)
        cameo, goldstein = book.to_cameo(kind, mode, ())
        sure = round(0.5 + chance.random() / 2, 3)
        grounds = (
            Ground("event", kind, "invented 1", f"{kind} {sure:.2f}; next COERCE 0.21, THREATEN 0.07", sure, deed),
            Ground("status", status, "invented 1", "as the invention has it", 0.9, deed),
            Ground("actor", parties[0].text, "encoder", parties[0].how, 0.9, actor_span),
            Ground("recipient", parties[1].text, "encoder", parties[1].how, 0.8, recipient_span),
        )
        found.append(
            Event(
                content_id(id, k), id, kind, mode, ("diplomatic",) if chance.random() < 0.3 else (), cameo, type_.quad, type_.score, goldstein,
                (parties[0],), (parties[1],) if chance.random() < 0.9 else (), when, when, "day" if len(when) == 10 else "month" if len(when) == 7 else "",
                "document" if exact < 0.5 else "text", status, Planned("CONSULT", "visit", "2023-12") if status == "planned" else None,
                (parties[1],) if status == "denied" else (), said, counted, place, pen.text[span.begin : span.end], span, deed, sure, grounds=grounds,
            )
        )  # fmt: skip
    cut = (
        Cut("Subscribe to our newsletter", "furniture", len(title) + 1),
        Cut("Read also: another story", "headline of another story", len(pen.text)),
    )
    page = Document(
        id, f"invented/{n}.html", f"https://example.org/{n}", title, chance.choice(PUBLISHERS), day.isoformat(), "metadata", "en", pen.text,
        cut, (), tuple(amounts),
    )  # fmt: skip
    return Coded(page, tuple(mentions), tuple(found), tuple(notes))
