"""How alike two reports of events are: features between -1 and 1 that a small logistic model weighs.

0 means that one of the reports says nothing about it. The weights stand in ``model.tsv``; they are fitted by
``training/stories/fit.py`` on labelled pairs of invented reports.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from whowhom.knowledge.spelling import best_likeness
from whowhom.model import Amount, Event, Place
from whowhom.stories.parties import equal, party_features, spelt_alike
from whowhom.stories.words import Words, jaccard, names_alike, overlap, read, table

#: Days after which a happening is no news.
_FRESH_DAYS = 14
#: Characters of a document that are its lead.
LEAD = 400
#: Types of words about what is to come, and types of deeds.
_PROMISE = frozenset({"AGREE", "THREATEN", "REQUEST"})
_DEED = frozenset({"AID", "COOPERATE", "RETREAT", "MOBILIZE", "COERCE", "SANCTION", "ASSAULT", "PROTEST"})
#: Kinds of amounts that tell happenings apart.
_TELLING = ("killed", "wounded", "arrested", "protesting", "displaced", "abducted", "released", "money")


@dataclass(frozen=True)
class Report:
    """An event as reported in a document; what is compared is worked out when it is first asked for."""

    event: Event
    published: str
    publisher: str
    source: str
    """The document whose text this one copies, or its own id."""
    lead: str = ""
    """The document's first words, for what the sentence leaves out."""

    @cached_property
    def day(self) -> int:
        """Day of the happening as days since year 1, -1 when not known to the day."""
        return ordinal(self.event.date) if self.event.date_precision in ("day", "") else -1

    @cached_property
    def day_stated(self) -> bool:
        """Whether the text says the day."""
        return self.day >= 0 and self.event.date_source not in ("", "document", "none")

    @cached_property
    def published_day(self) -> int:
        """Day of publication as days since year 1, -1 when not known to the day."""
        return ordinal(self.published)

    @property
    def anchor(self) -> int:
        """The day on which to look for other reports: that of the happening, else of publication; -1 for none."""
        return self.day if self.day >= 0 else self.published_day

    @cached_property
    def words(self) -> Words:
        """The sentence's words."""
        return read(self.event.text, [a.name or a.text for a in (*self.event.actor, *self.event.recipient)])

    @cached_property
    def lead_words(self) -> Words:
        """The words of the document's beginning and of the sentence."""
        return (
            read(f"{self.lead} {self.event.text}", [a.name or a.text for a in (*self.event.actor, *self.event.recipient)])
            if self.lead
            else self.words
        )


def report(event: Event, published: str, publisher: str = "", source: str = "", lead: str = "") -> Report:
    """An event of a document of this date and publisher, ready to be compared."""
    return Report(event, published, publisher, source or event.document, lead)


def ordinal(iso: str) -> int:
    """Days since year 1 of a full ISO date, -1 for any other."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if len(iso) >= 10 else -1
    except ValueError:
        return -1


def features(a: Report, b: Report) -> dict[str, float]:
    """What speaks for and against one happening, by name; see ``model.tsv`` for what each means."""
    e, f = a.event, b.event
    found = {
        "type_same": float(e.event == f.event),
        "type_near": 0.0 if e.event == f.event else near_type(e.event, f.event),
        "mode": 0.0 if not (e.mode and f.mode) or e.event != f.event else 1.0 if e.mode == f.mode else -1.0,
        **party_features(e, f),
        "status_differs": float(_settled(a) != _settled(b)),
        **_days(a, b),
        **_places(a, b),
        "promise_deed": float((e.event in _PROMISE and f.event in _DEED) or (f.event in _PROMISE and e.event in _DEED)),
        **_numbers(e.amounts, f.amounts),
        **_texts(a, b),
    }
    found["copy"] = float(a.source == b.source and e.document != f.document and found["words"] > 0.7)
    return found


def _texts(a: Report, b: Report) -> dict[str, float]:
    v, w = a.words, b.words
    share, count = names_alike(v.names, w.names)
    lead_share, lead_count = names_alike(a.lead_words.names, b.lead_words.names)
    same_day = a.day_stated and b.day_stated and a.day == b.day
    return {
        "words": overlap(v.stems, w.stems),
        "words_shared": jaccard(v.stems, w.stems),
        "names_in_text": names_alike(v.capitals, w.capitals)[0],
        "names_own": share,
        "names_count": min(count, 3.0) / 3,
        "names_strange": float(bool(v.names and w.names)) * (1 - share),
        "states_in_text": jaccard(v.states, w.states),
        "states_strange": float(bool(v.states and w.states and not v.states & w.states)),
        "lead_words": jaccard(a.lead_words.stems, b.lead_words.stems),
        "lead_names": lead_share,
        "lead_count": min(lead_count, 4.0) / 4,
        "marker_another": float(("another" in v.markers) != ("another" in w.markers)),
        "marker_after": 0.0 if same_day else float(("after" in v.markers) != ("after" in w.markers)),
        "marker_memory": float(("memory" in v.markers) != ("memory" in w.markers)),
    }


def probability(found: dict[str, float]) -> float:
    """The model's probability that both reports tell of one happening."""
    weights = model()
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, weights["intercept"] + sum(weights[k] * v for k, v in found.items())))))


def reasons(found: dict[str, float], most: int = 4) -> tuple[str, ...]:
    """The features that weighed most, as words: ``+ day_same 1.00``."""
    weights, meant = model(), meanings()
    said = sorted(((weights[k] * v, k, v) for k, v in found.items() if abs(weights[k] * v) >= 0.1), key=lambda x: -abs(x[0]))
    return tuple(f"{'for' if w > 0 else 'against'}: {meant[k]} ({v:+.2f}, weight {w:+.1f})" for w, k, v in said[:most])


@lru_cache(maxsize=1)
def model() -> dict[str, float]:
    """The weights by feature, and the intercept."""
    return {r["feature"]: float(r["weight"]) for r in table("model.tsv")}


@lru_cache(maxsize=1)
def meanings() -> dict[str, str]:
    """What each feature means, in words for people."""
    return {r["feature"]: r["meaning"] for r in table("model.tsv")}


@lru_cache(maxsize=1024)
def near_type(a: str, b: str) -> float:
    """How easily two types are told for one another: 1 for the same, 0 for types that have nothing in common."""
    return 1.0 if a == b else _near().get((a, b), 0.0)


@lru_cache(maxsize=1)
def _near() -> dict[tuple[str, str], float]:
    rows = [(r["left"], r["right"], float(r["likeness"])) for r in table("near_types.tsv")]
    return {(x, y): v for left, right, v in rows for x, y in ((left, right), (right, left))}


def _settled(one: Report) -> str:
    """Whether it is told as news: claims and denials of one happening belong to one story, and what is told as
    background days after it happened is no memory yet."""
    status = one.event.status
    if status == "historical" and one.day >= 0 and abs(one.published_day - one.day) <= _FRESH_DAYS:
        return "told"
    return "told" if status in ("asserted", "denied", "negated", "") else status


def _days(a: Report, b: Report) -> dict[str, float]:
    """Same or different day of the happening; days that the text states weigh more than the document's."""
    stated = a.day_stated and b.day_stated
    gap = abs(a.anchor - b.anchor) if a.anchor >= 0 and b.anchor >= 0 else None
    apart = abs(a.published_day - b.published_day) if a.published_day >= 0 and b.published_day >= 0 else 0
    same_month = a.event.date[:7] and a.event.date[:7] == b.event.date[:7]
    return {
        "day_same": float(stated and gap == 0),
        "day_next": float(stated and gap == 1),
        "day_gap": float(stated and gap is not None and gap > 1),
        "day_loose": 0.0 if stated or gap is None else 1 - min(gap, 4) / 2,
        "month_differs": float(bool(a.event.date and b.event.date) and not same_month and gap is None),
        "published_gap": min(math.log1p(max(0, apart - 2)) / 3, 2.0),
    }


def _places(a: Report, b: Report) -> dict[str, float]:
    p, q = a.event.place, b.event.place
    found = {"place_same": 0.0, "place_differs": 0.0, "place_country": 0.0}
    if p is not None and q is not None:
        found["place_country"] = equal(p.country, q.country)
        if p.level != "country" and q.level != "country":
            same = 1.0 if p.id and p.id == q.id else spelt_alike(p.name or p.text, q.name or q.text)
            near = _kilometres(p.latitude, p.longitude, q.latitude, q.longitude)
            same = max(same, 1.0 if near < 25 else 0.0)
            if p.level != q.level:  # a city and a region that may hold it
                same = max(same, 0.7 if p.region and p.region == q.region else 0.0)
            found |= {"place_same": same, "place_differs": max(0.0, 1 - 2 * same)}
    if found["place_same"] < 0.5:
        # A place that the other report names, too, if not as that of the event.
        named = [_names_it(x.event.place, y) for x, y in ((a, b), (b, a)) if x.event.place is not None and x.event.place.level != "country"]
        if named and max(named) > 0.5:
            found |= {"place_same": 0.7 * max(named), "place_differs": 0.0}
    return found


def _names_it(place: Place, other: Report) -> float:
    words = [w for w in (place.text or place.name).split() if w[:1].isupper() and len(w) > 2]
    return min((best_likeness([w], other.lead_words.capitals[:12]) for w in words), default=0.0) if other.lead_words.capitals else 0.0


def _kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance; infinite where a coordinate is missing."""
    if any(math.isnan(x) for x in (lat1, lon1, lat2, lon2)):
        return math.inf
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def _numbers(a: Sequence[Amount], b: Sequence[Amount]) -> dict[str, float]:
    """Same numbers speak for one happening; far ones, beyond what tolls grow, against it."""
    same = far = figure = other = 0.0
    for x in a[:20]:
        for y in b[:20]:
            if x.value <= 0 or y.value <= 0:
                continue
            ratio = abs(math.log(x.value / y.value))
            if x.kind == y.kind and x.unit == y.unit and x.kind in _TELLING:
                same = max(same, 1.0 if ratio == 0 else 0.5 if ratio < 0.25 else 0.0)
                far = max(far, min(ratio, 3.0) / 3.0)
            elif x.kind == y.kind == "count" and x.unit and x.unit == y.unit:
                other = max(other, min(ratio, 3.0) / 3.0)
            if x.value == y.value > 2 and any(c.isdigit() for c in x.text + y.text):
                figure = 1.0
    return {"number_same": same, "number_far": 0.0 if same == 1.0 else far, "figure_same": figure, "figure_other": 0.0 if figure else other}
