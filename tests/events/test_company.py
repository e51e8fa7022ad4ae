"""Events that stand alone on a page, or against all the rest of it."""

from __future__ import annotations

import dataclasses

from whowhom.events.company import calm, settle
from whowhom.model import Actor, Document, Event, Mention, Note, Span


def event(kind: str, quad: int, actors: str, recipients: str, confidence: float, status: str = "asserted", said: str = "") -> Event:
    sides = [tuple(Actor(c, Span(0, 0), country=c) for c in side.split()) for side in (actors, recipients)]
    speakers = tuple(Actor(c, Span(0, 0), country=c) for c in said.split())
    return Event(
        kind + actors + recipients, "d", kind, "", (), "190", quad, 0.0, 0.0, *sides, "2024", "", "year", "text", status, None, (), speakers, (),
        None, "", Span(0, 0), Span(0, 0), confidence,
    )  # fmt: skip


PAGE = Document("d", "d", "", "", "", "2024-01-01", "given", "en", "The government and parliament of the state spoke with its minister.")
FRIENDS = [event("SUPPORT", 1, "BOL CHL", "", 0.9), event("AGREE", 1, "BOL", "CHL", 0.8), event("COOPERATE", 2, "CHL", "BOL", 0.8)]


def test_a_sentence_that_lost_its_subject_does_not_set_friends_at_odds() -> None:
    notes: list[Note] = []
    odd = event("ACCUSE", 3, "BOL", "CHL", 0.7)
    assert settle([*FRIENDS, odd], PAGE, False, notes) == FRIENDS
    assert "in accord" in notes[0].reason and notes[0].probability == 0.7


def test_the_more_accord_the_surer_an_event_against_it_must_be() -> None:
    odd = event("ACCUSE", 3, "BOL", "CHL", 0.95)
    together = [event("ACCUSE", 3, "BOL CHL", "PER", 0.8), event("COERCE", 4, "ARG", "BOL CHL", 0.8), event("REJECT", 3, "BOL CHL", "", 0.8)]
    assert settle([*FRIENDS, odd], PAGE, False, []) == [*FRIENDS, odd]
    assert settle([*FRIENDS, *together, odd], PAGE, False, []) == [*FRIENDS, *together], "who stands on one side is in accord"


def test_enemies_talk_as_friends_do() -> None:
    talks, odd = [event("CONSULT", 1, "BOL CHL", "", 0.9) for _ in range(4)], event("ACCUSE", 3, "BOL", "CHL", 0.7)
    assert settle([*talks, odd], PAGE, False, []) == [*talks, odd]


def test_a_call_upon_ones_own_state_and_a_friend_sets_nobody_at_odds() -> None:
    odd, call = event("ACCUSE", 3, "BOL", "CHL", 0.7), event("REQUEST", 3, "CHL", "BOL CHL", 0.8, said="CHL")
    assert settle([*FRIENDS, call, odd], PAGE, False, []) == [*FRIENDS, call]
    help_ = dataclasses.replace(event("REQUEST", 3, "CHL", "BOL", 0.8), mode="assist")
    assert settle([*FRIENDS, help_, odd], PAGE, False, []) == [*FRIENDS, help_], "who asks a friend for help does not quarrel"
    raid = event("ASSAULT", 4, "CHL", "BOL CHL", 0.9, said="PER")
    assert odd in settle([*FRIENDS, raid, odd], PAGE, False, []), "a deed that hits one's own people too is still one against the other"
    demand = event("REQUEST", 3, "CHL", "BOL", 0.8, said="CHL")
    assert odd in settle([*FRIENDS, demand, odd], PAGE, False, []), "two that quarrel twice are no friends"


def test_fighting_without_a_victim_is_between_its_parties() -> None:
    odd = event("ACCUSE", 3, "BOL", "CHL", 0.7)
    assert odd in settle([*FRIENDS, event("ASSAULT", 4, "BOL CHL", "", 0.8), odd], PAGE, False, [])


def test_what_is_sure_attributed_repeated_or_about_others_stays() -> None:
    for other in (
        event("ACCUSE", 3, "BOL", "CHL", 0.95),
        event("ACCUSE", 3, "BOL", "CHL", 0.7, said="PER"),
        event("ACCUSE", 3, "BOL", "PER", 0.7),
        event("ASSAULT", 4, "BOL", "CHL", 0.7, status="denied"),
    ):
        assert other in settle([*FRIENDS, other], PAGE, False, [])
    twice = [event("ACCUSE", 3, "BOL", "CHL", 0.7), event("REJECT", 3, "CHL", "BOL", 0.7)]
    assert settle([*FRIENDS, *twice], PAGE, False, []) == [*FRIENDS, *twice]
    assert settle([FRIENDS[0], twice[0]], PAGE, False, []) == [FRIENDS[0], twice[0]]


def test_on_a_page_without_public_life_an_event_must_be_sure_and_have_an_official_party() -> None:
    lone = event("ASSAULT", 4, "NOR", "", 0.97)
    notes: list[Note] = []
    assert settle([lone], PAGE, True, notes) == [] and "public life" in notes[0].reason
    assert settle([lone], PAGE, False, []) == [lone]
    police = dataclasses.replace(lone, actor=(Actor("police", Span(0, 0), sector="COP"),))
    assert settle([police], PAGE, True, []) == [police]
    assert settle([dataclasses.replace(police, confidence=0.8)], PAGE, True, []) == []


def test_a_page_is_calm_when_few_of_its_words_are_about_public_life() -> None:
    text = Document("d", "d", "", "", "", "2024-01-01", "given", "en", "word " * 200)
    police = [Mention("d", "police", Span(i, i + 6), "group", 0, sector="COP") for i in range(4)]
    assert calm(text, police[:2], 12) and not calm(text, police, 12)
    assert calm(text, [dataclasses.replace(m, kind="pronoun") for m in police], 12)
    assert not calm(text, [], 2), "a text of two sentences says nothing of its subject"


def test_on_a_page_about_sport_only_words_about_public_matters_tell_of_an_event() -> None:
    said = "The striker bombarded the goalkeeper from the penalty area, and the referee gave a corner at half-time."
    ban = "The government ordered police to arrest the leaders of the protest and the minister told parliament why."
    page = dataclasses.replace(
        PAGE,
        text=f"{said} The coach praised his midfielder and the winger after the match, the goalkeeper a striker. "
        f"The defender, a champion with the club last season, scored from a free kick. The fans sang in the stadium. {ban}",
    )
    game, law = (dataclasses.replace(event("ASSAULT", 4, "NOR", "SWE", 0.99), text=t) for t in (said, ban))
    notes: list[Note] = []
    assert settle([game, law], page, False, notes) == [law]
    assert "the page is about sport" in notes[0].reason
    assert settle([game, law], PAGE, False, []) == [game, law]
