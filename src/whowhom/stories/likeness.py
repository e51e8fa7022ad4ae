"""How alike two reports of events are: features between -1 and 1 that a small logistic model weighs.

0 means that one of the reports says nothing about it. The weights stand in ``model.tsv``; they are fitted by
``training/stories/fit.py`` on labelled pairs of invented reports.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from whowhom.model import Actor, Amount, Event

_WORD = re.compile(r"[^\W_]+")
#: Words this short carry grammar, not content.
_SHORT = 4
#: A word's first letters stand for its forms ("expelled", "expels").
_STEM = 5
#: Days after which a happening is no news.
_FRESH_DAYS = 14
#: Kinds of amounts that tell happenings apart.
_TELLING = ("killed", "wounded", "arrested", "protesting", "displaced", "abducted", "released", "money")


@dataclass(frozen=True, slots=True)
class Report:
    """An event as reported in a document, with what is compared worked out once."""

    event: Event
    published: str
    publisher: str
    source: str
    """The document whose text this one copies, or its own id."""
    day: int
    """Day of the happening as days since year 1, -1 when not known to the day."""
    day_stated: bool
    published_day: int
    stems: frozenset[str]
    markers: frozenset[str]
    names: tuple[str, ...]
    """Capitalised words of the evidence, for the fuzzy comparison of names."""

    @property
    def anchor(self) -> int:
        """The day on which to look for other reports: that of the happening, else of publication; -1 for none."""
        return self.day if self.day >= 0 else self.published_day


def report(event: Event, published: str, publisher: str = "", source: str = "") -> Report:
    """An event of a document of this date and publisher, ready to be compared."""
    day = ordinal(event.date) if event.date_precision in ("day", "") else -1
    words = _WORD.findall(event.text[:2000])
    lower = " ".join(w.lower() for w in words)
    return Report(
        event, published, publisher, source or event.document, day,
        day >= 0 and event.date_source not in ("", "document", "none"), ordinal(published),
        frozenset(w.lower()[:_STEM] for w in words if len(w) >= _SHORT),
        frozenset(kind for pattern, kind in _markers() if pattern.search(lower)),
        tuple(dict.fromkeys(w for w in words[1:] if w[0].isupper() and len(w) >= _SHORT)),
    )  # fmt: skip


def ordinal(iso: str) -> int:
    """Days since year 1 of a full ISO date, -1 for any other."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if len(iso) >= 10 else -1
    except ValueError:
        return -1


def features(a: Report, b: Report) -> dict[str, float]:
    """What speaks for and against one happening, by name; see ``model.tsv`` for what each means."""
    e, f = a.event, b.event
    two_sided = e.event in _TWO_SIDED or f.event in _TWO_SIDED
    pairs, loose = _pair_up(e, f, two_sided)
    found = {
        "type_same": float(e.event == f.event),
        "type_near": 0.0 if e.event == f.event else near_type(e.event, f.event),
        "mode": 0.0 if not (e.mode and f.mode) or e.event != f.event else 1.0 if e.mode == f.mode else -1.0,
        "party_country": _mean([_equal(p.country, q.country) for p, q in pairs]),
        "party_sector": _mean([_equal(p.sector, q.sector) for p, q in pairs]),
        "party_name": _mean([n for n in (_names(p, q) for p, q in pairs) if n]),
        "party_conflict": _mean([float(_conflict(p, q)) for p, q in pairs]),
        "party_loose": loose,
        "status_differs": float(_settled(a) != _settled(b)),
        **_days(a, b),
        **_places(e, f),
        **_numbers(e.amounts, f.amounts),
        "words": _overlap(a.stems, b.stems),
        "names_in_text": _name_overlap(a.names, b.names),
        "marker_another": float(("another" in a.markers) != ("another" in b.markers)),
        "marker_after": float(("after" in a.markers) != ("after" in b.markers)),
        "marker_memory": float(("memory" in a.markers) != ("memory" in b.markers)),
    }
    found["copy"] = float(a.source == b.source and e.document != f.document and found["words"] > 0.7)
    return found


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
    return {r["feature"]: float(r["weight"]) for r in _table("model.tsv")}


@lru_cache(maxsize=1)
def meanings() -> dict[str, str]:
    """What each feature means, in words for people."""
    return {r["feature"]: r["meaning"] for r in _table("model.tsv")}


@lru_cache(maxsize=1024)
def near_type(a: str, b: str) -> float:
    """How easily two types are told for one another: 1 for the same, 0 for types that have nothing in common."""
    return 1.0 if a == b else _near().get((a, b), 0.0)


#: Types in which the parties may stand on either side.
_TWO_SIDED = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ASSAULT", "CONCEDE", "RETREAT"})


@lru_cache(maxsize=1)
def _near() -> dict[tuple[str, str], float]:
    rows = [(r["left"], r["right"], float(r["likeness"])) for r in _table("near_types.tsv")]
    return {(x, y): v for left, right, v in rows for x, y in ((left, right), (right, left))}


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b{re.escape(r['marker'])}\b"), r["kind"]) for r in _table("markers.tsv"))


def _table(name: str) -> list[dict[str, str]]:
    text = (resources.files("whowhom.stories") / name).read_text(encoding="utf8")
    return list(csv.DictReader([x for x in text.splitlines() if x and not x.startswith("#")], delimiter="\t"))


def _settled(one: Report) -> str:
    """Whether it is told as news: claims and denials of one happening belong to one story, and what is told as
    background days after it happened is no memory yet."""
    status = one.event.status
    if status == "historical" and one.day >= 0 and abs(one.published_day - one.day) <= _FRESH_DAYS:
        return "told"
    return "told" if status in ("asserted", "denied", "negated", "") else status


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _equal(a: str, b: str) -> float:
    return 0.0 if not a or not b else 1.0 if a == b else -1.0


def _pair_up(e: Event, f: Event, two_sided: bool) -> tuple[list[tuple[Actor, Actor]], float]:
    """The best one-to-one pairing of parties, and the share that found nobody on the other report's side."""
    sides = [(e.actor, f.actor), (e.recipient, f.recipient)]
    straight = [p for x, y in sides for p in _greedy(x[:12], y[:12])]
    best, score = straight, _sum(straight)
    if two_sided:
        pooled = _greedy((*e.actor, *e.recipient)[:12], (*f.actor, *f.recipient)[:12])
        if _sum(pooled) > score:
            best = pooled
    count = max(len(e.actor) + len(e.recipient), len(f.actor) + len(f.recipient))
    return best, (1 - len(best) / count if count else 0.0)


def _greedy(left: Sequence[Actor], right: Sequence[Actor]) -> list[tuple[Actor, Actor]]:
    ranked = sorted(((_likeness(p, q), i, j) for i, p in enumerate(left) for j, q in enumerate(right)), key=lambda x: (-x[0], x[1], x[2]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for _, i, j in ranked:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((left[i], right[j]))
    return found


def _sum(pairs: Iterable[tuple[Actor, Actor]]) -> float:
    return sum(_likeness(p, q) for p, q in pairs)


def _likeness(p: Actor, q: Actor) -> float:
    return 2 * _equal(p.country, q.country) + _equal(p.sector, q.sector) + 2 * _names(p, q)


def _names(p: Actor, q: Actor) -> float:
    """1 for the same name, down to -1 for two different ones, 0 where one has none or a mere description."""
    if p.wikidata and p.wikidata == q.wikidata:
        return 1.0
    if not p.name or not q.name:
        return 0.0
    likeness = 2 * _alike(p.name, q.name) - 1
    return likeness if likeness > 0 or (own_name(p.name) and own_name(q.name)) else 0.0


@lru_cache(maxsize=100_000)
def own_name(name: str) -> bool:
    """Whether this is somebody's own name, and not a description ("Forty fishermen") or a state's: only two such
    names can contradict one another. Single words are left in doubt: surnames, bywords of governments, capitals."""
    words = name.split()
    capital = [w for w in words if w[:1].isupper()]
    return len(capital) >= 2 and len(capital) >= 0.75 * len(words) and name not in _state_names()


@lru_cache(maxsize=1)
def _state_names() -> frozenset[str]:
    from whowhom.knowledge.states import states

    return frozenset(s.name for s in states().values())


@lru_cache(maxsize=100_000)
def _alike(a: str, b: str) -> float:
    """0 to 1: the same words, or words that a translation may have made of the same name."""
    if a == b:
        return 1.0
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.fuzz import token_sort_ratio

    x, y = a.lower().split()[:6], b.lower().split()[:6]
    if not x or not y:
        return 0.0
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    words = sum(max(JaroWinkler.similarity(w, v) for v in long) for w in short) / len(short)
    joined = token_sort_ratio(" ".join(x), " ".join(y)) / 100
    best = max(joined, words if len(short[-1]) > 3 else 0.0)
    return float(max(0.0, (best - 0.5) * 2)) if best < 0.98 else 1.0


def _conflict(p: Actor, q: Actor) -> bool:
    """Two parties that cannot be one: different states, or different names of one state's people."""
    likeness = _names(p, q)
    if p.country and q.country and p.country != q.country:
        return likeness < 0.3  # the same name with two countries: one of them was resolved wrongly
    return likeness < -0.3


def _days(a: Report, b: Report) -> dict[str, float]:
    """Same or different day of the happening; days that the text states weigh more than the document's."""
    stated = a.day_stated and b.day_stated
    gap = abs(a.anchor - b.anchor) if a.anchor >= 0 and b.anchor >= 0 else None
    apart = abs(a.published_day - b.published_day) if a.published_day >= 0 and b.published_day >= 0 else 0
    same_month = a.event.date[:7] and a.event.date[:7] == b.event.date[:7]
    return {
        "day_same": float(stated and gap == 0),
        "day_gap": min(gap, 4) / 4 if stated and gap else 0.0,
        "day_loose": 0.0 if stated or gap is None else 1 - min(gap, 4) / 2,
        "month_differs": float(bool(a.event.date and b.event.date) and not same_month and gap is None),
        "published_gap": min(math.log1p(max(0, apart - 2)) / 3, 2.0),
    }


def _places(e: Event, f: Event) -> dict[str, float]:
    p, q = e.place, f.place
    if p is None or q is None:
        return {"place_same": 0.0, "place_differs": 0.0, "place_country": 0.0}
    both = p.level != "country" and q.level != "country"
    if both:
        same = 1.0 if p.id and p.id == q.id else _alike(p.name or p.text, q.name or q.text)
        near = _kilometres(p.latitude, p.longitude, q.latitude, q.longitude)
        same = max(same, 1.0 if near < 25 else 0.0)
        if p.level != q.level:  # a city and a region that may hold it
            same = max(same, 0.7 if p.region and p.region == q.region else 0.0)
    return {
        "place_same": same if both else 0.0,
        "place_differs": max(0.0, 1 - 2 * same) if both else 0.0,
        "place_country": _equal(p.country, q.country),
    }


def _kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance; infinite where a coordinate is missing."""
    if any(math.isnan(x) for x in (lat1, lon1, lat2, lon2)):
        return math.inf
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def _numbers(a: Sequence[Amount], b: Sequence[Amount]) -> dict[str, float]:
    """Same numbers speak for one happening; far ones, beyond what tolls grow, against it."""
    same = far = 0.0
    for x in a[:20]:
        for y in b[:20]:
            if x.kind == y.kind and x.kind in _TELLING and x.unit == y.unit and x.value > 0 and y.value > 0:
                ratio = abs(math.log(x.value / y.value))
                same = max(same, 1.0 if ratio == 0 else 0.5 if ratio < 0.25 else 0.0)
                far = max(far, min(ratio, 3.0) / 3.0)
    return {"number_same": same, "number_far": 0.0 if same == 1.0 else far}


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _name_overlap(a: Sequence[str], b: Sequence[str]) -> float:
    """The share of capitalised words of the shorter list that have a like one in the other."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    short, long = short[:8], long[:16]
    return sum(max(_alike(w, v) for v in long) for w in short) / len(short) if short else 0.0
