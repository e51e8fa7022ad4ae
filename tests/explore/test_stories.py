"""Stories: what reports agree on and where they differ, claims beside denials, and people's word on what is one happening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import fill, open_client
from pages import check

from whowhom.explore import judgements, told
from whowhom.explore.judgements import by_event, honour
from whowhom.model import Coded, Event
from whowhom.store import open_store
from whowhom.store.joining import join_store, judge

HEAD = {"authorization": "Bearer open sesame"}


def told_by(coded: Coded, event: Event, publisher: str, **changes: Any) -> Coded:
    """The document with one event of it, changed and alone."""
    one = replace(event, document=coded.document.id, story="", **changes)
    return Coded(replace(coded.document, publisher=publisher), coded.mentions, (one,), coded.notes)


@pytest.fixture
def pages(year: list[Coded]) -> list[Coded]:
    """Three pages on one happening, the third with a denial; and one on something else a day later, with a party in common."""
    model = next(
        e for c in year for e in c.events if e.event == "ASSAULT" and len(e.date) == 10 and e.actor and e.recipient and e.status == "asserted"
    )
    same: dict[str, Any] = {"date": model.date, "date_end": model.date, "date_precision": "day", "said_by": (), "denied_by": (), "against": ()}
    first = told_by(year[0], replace(model, id="a" * 16), "Harbour Gazette", **same)
    second = told_by(year[1], replace(model, id="b" * 16), "Daily Ledger", **{**same, "mode": "aerial", "confidence": 0.6})
    denial = told_by(year[2], replace(model, id="c" * 16), "Northern Post", **{**same, "status": "denied", "denied_by": model.actor[:1]})
    other = told_by(year[3], replace(model, id="d" * 16, event="COERCE", mode="arrest"), "Evening Courier", **same)
    return [first, second, denial, other]


@pytest.fixture
def client(tmp_path: Path, pages: list[Coded]) -> Iterator[tuple[Any, Path]]:
    folder = fill(tmp_path / "store", pages)
    store = open_store(folder)
    judge(store, "a" * 16, "b" * 16, "same", "ann")
    judge(store, "a" * 16, "c" * 16, "same", "ann")
    judge(store, "a" * 16, "d" * 16, "different", "ann")
    judge(store, "b" * 16, "d" * 16, "different", "ann")
    judge(store, "c" * 16, "d" * 16, "different", "ann")
    join_store(store)
    store.close()
    for one in open_client(folder, token="open sesame"):
        yield one, folder


def story_of(client: Any) -> str:
    (found,) = [s["id"] for s in client.get("/api/stories?least=2").json()]
    return str(found)


def test_codes_of_parties_become_words() -> None:
    assert told.party("RUS MIL") == "Russia, military"
    assert told.party("UKR") == "Ukraine"
    assert told.party("REB; Western powers; KEN GOV") == "rebels; Western powers; Kenya, government"
    assert told.party("Maria da Silva") == "Maria da Silva"


def test_two_sentences_of_a_page_are_one_voice() -> None:
    rows = {n: {"document": d, "publisher": p, "title": ""} for n, d, p in (("1", "x", "Ledger"), ("2", "x", "Ledger"), ("3", "y", "Post"))}
    story = {
        "agreed": [{"field": "event", "value": "AID", "events": ("1", "2", "3")}, {"field": "place", "value": "Lima", "events": ("1", "2")}],
        "differing": [{"field": "killed", "value": "4", "events": ("1",)}, {"field": "killed", "value": "6", "events": ("2", "3")}],
    }
    found = told.telling(story, rows)
    assert [(p.question, [(s.value, len(s.voices)) for s in p.answers]) for p in found.agreed] == [("What was done", [("AID", 2)])]
    assert [(p.question, p.answers[0].voices[0].publisher) for p in found.alone] == [("Where", "Ledger")]
    assert [(s.value, len(s.voices)) for s in found.differing[0].answers] == [("6", 2), ("4", 1)]
    assert found.differing[0].question == "How many killed"


def test_a_story_shows_agreement_difference_claims_and_denials(client: tuple[Any, Path]) -> None:
    page = client[0].get(f"/story/{story_of(client[0])}").text
    check(page.replace('href="data:,"', ""))
    agree, differ = page.index("Where the reports agree"), page.index("Where they differ")
    assert "ASSAULT" in page[agree:differ]
    assert re.search(r"Did it happen</dt><dd><div><b>asserted.*?Daily Ledger.*?<b>denied.*?Northern Post", page[differ:], re.DOTALL)
    claims, denials = page.index(">Claims<"), page.index(">Denials<")
    assert "Harbour Gazette" in page[claims:denials] and "Northern Post" in page[denials : page.index(">Reports<")]


def test_stories_can_be_filtered(client: tuple[Any, Path]) -> None:
    one, _ = client
    id = story_of(one)
    assert f"/story/{id}" in one.get("/stories").text and one.get("/stories").text.count('href="/story/') == 1
    assert one.get("/stories?all=1").text.count('href="/story/') == 2
    assert f"/story/{id}" in one.get("/stories?type=assault&status=denied").text
    assert f"/story/{id}" not in one.get("/stories?type=COERCE").text
    assert "No story has an event that fits" in one.get("/stories?place=Atlantis").text


def test_an_event_shows_what_could_be_the_same_happening(client: tuple[Any, Path]) -> None:
    page = client[0].get("/event/" + "a" * 16).text
    part = page[page.index("Told elsewhere?") :]
    assert [x[0] for x in re.findall(r'name="value" value="(\w+)"', part)] == ["b", "c", "d"]
    assert part.count("joined to the same story") == 2


def test_a_word_on_two_events_reaches_the_joining(client: tuple[Any, Path]) -> None:
    one, folder = client
    before = one.get("/api/events").json()["total"]
    for value in ("", "nothing", "a" * 16):
        assert one.post("/api/judgements", json={"event": "a" * 16, "verdict": "same_story", "value": value}, headers=HEAD).status_code == 400, value
    secret = re.search(r'name="secret" value="([^"]+)"', one.get("/event/" + "a" * 16).text)
    assert secret
    form = {"secret": secret[1], "verdict": "same_story", "value": "d" * 16, "by": "Ada"}
    assert one.post("/event/" + "a" * 16 + "/judge", data=form, follow_redirects=False).status_code == 303
    for event in "bc":
        said = {"event": event * 16, "verdict": "same_story", "value": "d" * 16, "by": "Ada"}
        assert one.post("/api/judgements", json=said, headers=HEAD).status_code == 201
    store = open_store(folder)
    assert judgements.tell_joining(store) == 3
    join_store(store)
    assert [s["reports"] for s in store.rows("stories").to_pylist()] == [4]
    judge(store, "a" * 16, "d" * 16, "different", "ann")  # her later word is not talked over by what Ada said before
    assert judgements.tell_joining(store) == 0
    store.close()
    assert len(judgements.read(folder)) == 3
    assert one.get("/api/events").json()["total"] == before
    assert "the other event" in one.get("/judgements").text


def test_the_index_is_not_made_again_for_a_judgement(client: tuple[Any, Path]) -> None:
    one, folder = client
    one.get("/")
    made = (folder / "explore.duckdb").stat().st_mtime_ns
    assert one.post("/api/judgements", json={"event": "a" * 16, "verdict": "same_story", "value": "d" * 16}, headers=HEAD).status_code == 201
    one.get("/")
    assert (folder / "explore.duckdb").stat().st_mtime_ns == made


def test_values_that_cannot_be_meant_are_refused(client: tuple[Any, Path]) -> None:
    for verdict, value in (("wrong_status", "maybe"), ("wrong_date", "yesterday"), ("wrong_date", "2023-02-31"), ("wrong_type", "DANCE")):
        answer = client[0].post("/api/judgements", json={"event": "a" * 16, "verdict": verdict, "value": value}, headers=HEAD)
        assert answer.status_code == 400 and value in answer.json()["error"], (verdict, value)


def test_what_was_nearly_meant_is_offered(client: tuple[Any, Path], pages: list[Coded]) -> None:
    actor = pages[0].events[0].actor[0]
    page = client[0].get(f"/events?actor={(actor.name or actor.text)[:6].lower()}").text
    assert "Was this meant?" in page
    assert "actor=KEN" in client[0].get("/events?actor=kenya").text
    assert (
        client[0].get(f"/api/events?actor={actor.country.lower()}").json()["total"]
        == client[0].get(f"/api/events?actor={actor.country}").json()["total"]
    )


def test_a_corrected_party_brings_its_own_country(pages: list[Coded]) -> None:
    event = pages[0].events[0]
    said = [
        judgements.make(event.id, event.document, verdict, value, by="Ada")
        for verdict, value in (
            ("wrong_actor", "Norway"),
            ("wrong_recipient", "the fishing club"),
            ("wrong_place", "Bergen"),
            ("wrong_speaker", "Norway"),
        )
    ]
    (changed,) = honour(pages[0], by_event(said)).events
    assert (changed.actor[0].name, changed.actor[0].country) == ("Norway", "NOR")
    assert (changed.recipient[0].name, changed.recipient[0].country) == ("the fishing club", "")
    assert changed.place is not None and (changed.place.name, changed.place.level) == ("Bergen", "")
    assert (changed.said_by[0].name, changed.said_by[0].country) == ("Norway", "NOR")
    assert {g.field for g in changed.grounds if g.by == "person:Ada"} == {"actor", "recipient", "place", "said_by"}
