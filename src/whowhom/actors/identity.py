"""Who a name means on a day: officials by full and short names, with the grounds and a probability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from whowhom.actors.offices import body_country, stands_for
from whowhom.actors.phrase import Phrase
from whowhom.knowledge.fold import fold
from whowhom.knowledge.people import Person, Term, by_full_name, by_short_name, called, forenames, holders

#: Rank of heads of state and government in the table of offices.
LEADER = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody identified: person and the office that counts on the day, the grounds, the probability."""

    person: Person
    term: Term | None
    how: str
    probability: float
    repaired: bool = False


@dataclass(slots=True)
class Scene:
    """What a document tells about who may be meant: its day, the weight of each state in it, full names by their last word.

    `alone` says that there is no document, only a phrase that somebody asks about.
    """

    day: str
    focus: Counter[str] = field(default_factory=Counter)
    full_names: dict[str, str] = field(default_factory=dict)
    alone: bool = False

    def weight(self, country: str) -> float:
        """Share of the document's mentions that belong to a state, 0 to 1."""
        total = sum(self.focus.values())
        return self.focus[country] / total if total else 0.0


def holder(phrase: Phrase, scene: Scene, country: str = "") -> Identity | None:
    """Who holds the office that a phrase names: "the British prime minister" on the document's day."""
    land = country or phrase.country
    if not phrase.office or not scene.day or phrase.plural or phrase.past:
        return None
    if phrase.org is not None and (code := body_country(phrase.org.text)):
        land = code
    for office in stands_for(phrase.office):
        found = holders(land, office, scene.day)
        if found:
            person, term = found[0]
            share = 1.0 if len({p.name for p, _ in found}) == 1 else 0.5
            if share < 1.0 and phrase.office not in ("president", "prime minister", "foreign minister"):
                return None
            return Identity(person, term, f"{term.office} of {term.country} on {scene.day}", round(0.95 * share if share == 1 else 0.7, 2))
    return None


def by_name(name: str, phrase: Phrase, hints: Iterable[str], scene: Scene) -> Identity | None:
    """Who a name means, if the evidence is enough; `hints` are states that the words around it name."""
    key = fold(name)
    if not key or len(key) < 2:
        return None
    return _full(key, phrase, tuple(hints), scene) if " " in key else _short(key, phrase, tuple(hints), scene)


def _full(key: str, phrase: Phrase, hints: tuple[str, ...], scene: Scene) -> Identity | None:
    found = by_full_name().get(key, ())
    if not found:
        return _surname_of_two(key, phrase, hints, scene)
    scored = sorted(((_evidence(p, phrase, hints, scene), p) for p in found), key=lambda x: -x[0])
    score, person = scored[0]
    term = person.on(scene.day) or person.near(scene.day, 40)
    if person.on(scene.day) is None and score < 1.5 and not _near(person, scene.day, 12) and not _remembered(person, phrase, scene):
        return None
    chance = 0.97 if score >= 2 else 0.9 if score >= 1 else 0.75
    return Identity(person, term, _grounds("the full name", person, term, scene), chance)


def _surname_of_two(key: str, phrase: Phrase, hints: tuple[str, ...], scene: Scene) -> Identity | None:
    """Surnames of two words (Le Pen, bin Laden, de Blasio), and forenames that the table writes otherwise."""
    found = by_short_name().get(key, ())
    if found:
        return _best(found, phrase, hints, scene, "the family name", 2.0)
    words = key.split()
    near = [p for p in by_short_name().get(words[-1], ()) if any(_forename_fits(words[0], fold(n).split()) for n in (p.name, *p.also))]
    return _best(tuple(near), phrase, hints, scene, "the name with another form of the forename", 2.5) if near else None


def _forename_fits(word: str, name: list[str]) -> bool:
    """An initial, or a forename that begins alike: "V. Putin", "Vlad Putin"."""
    return len(name) > 1 and (name[0] == word or (len(word) <= 2 and name[0][0] == word[0]) or (len(word) >= 3 and name[0].startswith(word)))


def _short(key: str, phrase: Phrase, hints: tuple[str, ...], scene: Scene) -> Identity | None:
    found = by_short_name().get(key, ())
    return _best(found, phrase, hints, scene, "the family name", 2.0) if found else None


def _best(found: tuple[Person, ...], phrase: Phrase, hints: tuple[str, ...], scene: Scene, what: str, floor: float) -> Identity | None:
    """The candidate with the most evidence, if it has enough and clearly more than the next."""
    scored = sorted(((_evidence(p, phrase, hints, scene), i, p) for i, p in enumerate(found)), key=lambda x: -x[0])
    score, _, person = scored[0]
    floor = floor if scene.day else floor - 0.5  # without a day nobody can be out of office
    if score < floor or (len(scored) > 1 and score - scored[1][0] < 0.4):
        return None
    term = person.on(scene.day) or person.near(scene.day, 10)
    chance = min(0.97, 0.6 + 0.1 * score)
    return Identity(person, term, _grounds(what, person, term, scene), round(chance, 2))


def _remembered(person: Person, phrase: Phrase, scene: Scene) -> bool:
    """Whether a text that speaks of the state, and calls nobody else by the name, means a leader of the last decades."""
    term = person.near(scene.day, 50)
    private = phrase.role and phrase.sectors and phrase.sectors[0] not in ("GOV", "ELI", "UNK", "PTY", "LEG")
    return term is not None and term.rank >= 5 and scene.weight(term.country) > 0 and not private


def _near(person: Person, day: str, years: int) -> bool:
    return person.near(day, years) is not None


def _evidence(person: Person, phrase: Phrase, hints: tuple[str, ...], scene: Scene) -> float:
    """Evidence in points: in office on the day, the office named, the state named, the state's weight, prominence."""
    term = person.on(scene.day) if scene.day else None
    near = term or (person.near(scene.day, 6) if scene.day else person.on(""))
    if near is None:
        return 0.3 if person.near(scene.day, 40) else 0.0
    points = 1.0 if term else 0.4 if scene.day else 0.8
    points += 0.25 * (near.rank - 1)
    lands = {t.country for t in person.terms}
    named = {phrase.country, *hints} - {""}
    if named & lands:
        points += 1.2
    elif named and phrase.country:
        points -= 1.2
    if phrase.office:
        fits = any(t.office in stands_for(phrase.office) and person.near(scene.day, 10) for t in person.terms)
        points += 1.0 if fits else -0.4
    elif phrase.sectors and phrase.role:
        points += 0.4 if near.sector in phrase.sectors or "ELI" in phrase.sectors else -0.8
    points += min(1.0, 3 * max(scene.weight(c) for c in lands))
    if max(scene.weight(c) for c in lands) == 0 and not named & lands and not scene.alone and not _needs_no_introduction(person, term, phrase, scene):
        points -= 0.6 if scene.day else 0.1
    return points


def _needs_no_introduction(person: Person, term: Term | None, phrase: Phrase, scene: Scene) -> bool:
    """Whether a bare family name may be a leader in office though the text never names the state.

    News introduces everybody else by a full name or a role; "Putin met Xi" needs neither. Not where the text gives the
    family name to somebody with a forename, or the word is a forename itself.
    """
    if term is None or term.rank < LEADER or phrase.role or phrase.office or not scene.day:
        return False
    names = called(person)
    return not names & scene.full_names.keys() and not names & forenames().keys()


def _grounds(what: str, person: Person, term: Term | None, scene: Scene) -> str:
    if term is None:
        return f"{what}: {person.name}"
    when = f"{term.first} to {term.last or 'now'}"
    return f"{what}: {person.name}, {term.office} of {term.country}, {when}"
