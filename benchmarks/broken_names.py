"""Broken names, made by a program: how many are repaired, how many private persons are taken for somebody else.

    PYTHONPATH=src:. python -m benchmarks.broken_names [--all]

Every document is an invented news text about two states with their leaders and ministers of a day drawn from the
table of offices. In 60 of them one official's name is broken (swapped for another romanisation, mistyped, said as heard,
forename replaced or dropped, title dropped); in 60 others a private person bears a similar name; in 60 more somebody with a
title of another kind (a club's president, a mayor) bears a name that is like an official's at both ends. Half of each, by
number, is kept apart and never tuned on.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable

from whowhom.evaluate.actors import resolve_spans
from whowhom.knowledge.fold import fold
from whowhom.knowledge.people import RANKS, called, holders, officials
from whowhom.knowledge.states import states

#: Broken name in {x}; {Ca} adjective-like name of its state, {A} the counterpart, {Ca}, {Cb} the states.
PUBLIC = (
    (
        "{A} and President {x} spoke by telephone on Tuesday and agreed to go on with the talks. {B} "
        "and {C} have argued for months about trade. Officials in {C} said that {x} had shown "
        "understanding."
    ),
    (
        "The {o} of {C}, {x}, arrived on Monday for two days of talks with {A}. It is the first visit "
        "of this kind in five years. {B} hopes for an agreement on gas. {x} is also to visit a factory."
    ),
    (
        "{A} said he had told {x} that {B} would not accept new tariffs. {C} replied within hours. The "
        "{o} of {C} warned that his country would answer in kind."
    ),
    (
        "{B} and {C} signed a treaty on fishing on Friday. {A} called it a good day. {x}, the {o} of "
        "{C}, said that both sides had won. The treaty will come into force in May."
    ),
    (
        "{C} will send doctors to the north, {C}'s {o} {x} announced after a meeting of the cabinet. "
        "{B} has promised tents. {A} thanked {x} for the help."
    ),
    "After the summit in {C}, {A} praised {x} for the hospitality. The two leaders had dinner on the lake. {B} and {C} want to meet again in autumn.",
)
PRIVATE = (
    (
        "{A} and the {o} of {C} spoke by telephone on Tuesday. {B} and {C} have argued for months about "
        "trade. {x}, 43, who sells fish at the harbour, said that prices had doubled."
    ),
    "Flooding has cut off four villages in {C}. {x}, a teacher, said that the water had come at night. {A} offered help from {B}.",
    '{B} and {C} signed a treaty on fishing on Friday. {A} called it a good day. A trawler captain, {x}, was less sure. "We shall see," {x} said.',
    (
        "A court in {C} sentenced {x} to nine years in prison for the murder of his neighbour. The case "
        "had been followed closely in {B}, where {A} asked for a fair trial."
    ),
    "{x} scored twice as the visitors beat {C} on Sunday. {A} watched from the stands. The {o} of {C} had stayed at home.",
    "The film, directed by {x}, tells the story of two sisters in {C}. It was shown in {B} last week before {A} and other guests.",
)
OTHERS = (
    "{A} and the {o} of {C} met on Tuesday. The president of the rowing club, {x}, gave them a boat. {B} and {C} have argued for months about trade.",
    "Mayor {x} opened a bridge in the north of {C}. {A} sent a telegram from {B}, and the {o} of {C} a wreath.",
    "{B} and {C} signed a treaty on fishing. Union leader {x} called it a betrayal of the trawlers. {A} called it a good day.",
    "{A} visited the university on Friday. Its chancellor, {x}, asked for money for the library. Students from {B} and {C} sang.",
    "Police chief {x} said that two men were held in {C}. The embassy of {B} knew of no case. {A} was told by telephone.",
    "Company president {x} sold the mills in {C} to a firm in {B}. {A} praised the sale, the {o} of {C} did not.",
    "Councillor {x} wants more buses in the old town. {C} has no money for buses, the {o} of {C} told {A} of {B}.",
    "Judge {x} sent three smugglers from {B} to prison in {C}. {A} asked for a fair trial.",
)
_SOUNDS = (
    ("sh", "s"),
    ("zh", "j"),
    ("ch", "tch"),
    ("x", "hs"),
    ("j", "dj"),
    ("v", "w"),
    ("w", "v"),
    ("k", "c"),
    ("c", "k"),
    ("ou", "u"),
    ("u", "ou"),
    ("y", "i"),
    ("i", "y"),
    ("ph", "f"),
    ("kh", "h"),
    ("z", "s"),
    ("ei", "ay"),
    ("q", "k"),
    ("o", "u"),
    ("e", "i"),
    ("dd", "d"),
    ("rr", "r"),
    ("ll", "l"),
    ("t", "tt"),
    ("m", "mm"),
)
_PRIVATE_FIRST = (
    "Amara Benjo Carla Dorin Elif Farouk Goran Hanna Ilir Jomo Katya Lars Mirela Nuno Oksana Pavlo Rana Selma Tomas Ulla Wira Yara Zoran".split()
)


def _heard(name: str, rng: random.Random, edits: int) -> str:
    """The name with some of its sounds written another way."""
    text = name
    for _ in range(edits):
        options = [(a, b) for a, b in _SOUNDS if a in text.lower()]
        if options:
            a, b = rng.choice(options)
            text = re.sub(a, b, text, count=1, flags=re.I)
    return " ".join(w[:1].upper() + w[1:].lower() for w in text.split())


def _slip(name: str, rng: random.Random) -> str:
    """The name with one letter lost, doubled or swapped."""
    at = rng.randrange(1, max(2, len(name) - 1))
    slipped = rng.choice(
        (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :])
    )
    return " ".join(w[:1].upper() + w[1:].lower() for w in slipped.split())


_BREAKS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda n, r: _heard(n, r, 2),
    lambda n, r: _heard(n, r, 3),
    lambda n, r: _heard(n.split()[-1], r, 2),
    lambda n, r: _slip(n.split()[-1], r),
    lambda n, r: _heard(_slip(n, r), r, 1),
)


def documents(seed: int = 11) -> list[tuple[str, str, str, str, bool]]:
    """Rows: text, day, broken name, who is meant ('' for a private person, - for one with another title), kept apart."""
    rng = random.Random(seed)
    lands = [
        c
        for c in "RUS CHN IND TUR IRN BRA EGY KOR IDN NGA KEN UKR POL DEU FRA ESP ITA MEX PAK JPN KAZ ISR ZAF SRB VNM ETH COL PHL".split()
        if c in states()
    ]
    out: list[tuple[str, str, str, str, bool]] = []
    for kind in ("official", "private", "titled"):
        private = kind == "private"
        made = 0
        while made < 60:
            day = f"{rng.randrange(2004, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 28):02}"
            here, there = rng.sample(lands, 2)
            hosts = [p for o in ("president", "prime minister") for p, _ in holders(there, o, day)]
            meant = [
                (p, t)
                for p, t in officials(here, day)
                if t.office in ("president", "prime minister", "foreign minister") and " " in p.name and RANKS.get(t.office, 0) >= 4
            ]
            if not hosts or not meant:
                continue
            person, term = rng.choice(meant)
            template = rng.choice({"official": PUBLIC, "private": PRIVATE, "titled": OTHERS}[kind])
            if kind == "official" and ("President {x}" in template) and term.office != "president":
                continue
            if kind == "official" and "{o}" not in template and term.office == "foreign minister":
                continue
            name = rng.choice(_BREAKS[:2] if kind == "titled" else _BREAKS)(person.name, rng)
            if private:
                last = name.split()[-1] if rng.random() < 0.7 else person.name.split()[-1]
                name = f"{rng.choice(_PRIVATE_FIRST)} {last}"  # news texts introduce a private person by the full name
            elif fold(name) in {fold(person.name), *called(person)} or len(name) < 3:
                continue
            text = template.format(A=hosts[0].name, B=states()[there].name, C=states()[here].name, o=term.office, x=name)
            out.append((text, day, name, {"official": person.name, "private": "", "titled": "-"}[kind], made % 2 == 1))
            made += 1
    return out


def main() -> None:
    """Print the shares for the open half, or for both with --all."""
    parts: dict[tuple[str, bool], list[int]] = {}
    for text, day, name, meant, aside in documents():
        if aside and "--all" not in sys.argv:
            continue
        spans = [{"start": m.start(), "end": m.end(), "kind": "person"} for m in re.finditer(re.escape(name), text)]
        found = resolve_spans(text, day, spans, True)
        got = {m.name for m in found if m.wikidata or m.office}
        official = meant not in ("", "-")
        good = meant in got if official else bool(got)
        what = "repaired" if official else "private person taken for an official" if not meant else "another's title taken for an official"
        count = parts.setdefault((what, aside), [0, 0])
        count[0] += good
        count[1] += 1
        if good != official and not aside:
            print(f"  {name!r} meant {meant or 'nobody'} got {got}: {found[0].how[:150]}\n      {text[:150]}")
    for (what, aside), (right, total) in parts.items():
        print(f"{what} ({'aside' if aside else 'open'}): {right}/{total} = {right / total:.3f}")


if __name__ == "__main__":
    main()
