"""The explorer: every page and address, what it counts, what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import fill, open_client
from pages import check

from whowhom.errors import InputError
from whowhom.explore import judgements
from whowhom.model import Coded


def data_of(page: str, kind: str) -> Any:
    found = re.search(rf'data-chart="{kind}".*?<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize(
    "path",
    ["/", "/?by=label", "/?actor=KEN&status=planned", "/events", "/events?q=met&quad=1&page=1", "/map", "/network", "/actor?name=KEN",
     "/dyad?a=KEN&b=TZA", "/stories", "/judgements"],
)  # fmt: skip
def test_every_page_answers_and_is_sound(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    check(answer.text.replace('href="data:,"', ""))
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_counts_are_those_of_the_records(client: Any, year: list[Coded]) -> None:
    events = [e for c in year for e in c.events]
    assert client.get("/api/events").json()["total"] == len(events)
    for query, test in (
        ("type=ASSAULT", lambda e: e.event == "ASSAULT"),
        ("quad=4&status=planned", lambda e: e.quad == 4 and e.status == "planned"),
        ("actor=KEN", lambda e: any(a.country == "KEN" for a in (*e.actor, *e.recipient))),
        ("a=KEN", lambda e: any(a.country == "KEN" for a in e.actor)),
        ("time=2023-05", lambda e: e.date.startswith("2023-05")),
        ("said=Radio Meridian", lambda e: bool(e.said_by)),
        ("place=Lima", lambda e: e.place is not None and e.place.name == "Lima"),
        ("since=2023-06-01&until=2023-06", lambda e: "2023-06-01" <= e.date <= "2023-06-30"),
    ):
        assert client.get(f"/api/events?{query}").json()["total"] == sum(map(test, events)), query


def test_what_did_not_happen_is_not_in_the_charts(client: Any, year: list[Coded]) -> None:
    series = data_of(client.get("/?type=ASSAULT").text, "timeline")
    asserted = [e for c in year for e in c.events if e.event == "ASSAULT" and e.status == "asserted" and len(e.date) >= 7]
    assert sum(sum(r[1:]) for r in series["rows"]) <= len(asserted)
    assert sum(sum(r[1:]) for r in series["rows"]) + series["left"] >= len(asserted)
    planned = data_of(client.get("/?status=planned").text, "timeline")
    assert planned["rows"]


def test_pages_of_a_list_do_not_overlap(client: Any) -> None:
    first, second = (re.findall(r'href="/event/(\w+)"', client.get(f"/events?page={n}").text) for n in (0, 1))
    assert len(first) == 25 and not set(first) & set(second)


def test_an_event_shows_its_grounds_and_its_words(client: Any, year: list[Coded]) -> None:
    event = next(e for c in year for e in c.events if e.said_by and e.place)
    page = client.get(f"/event/{event.id}").text
    for words in ("What was done", "Did it happen", "as the invention has it", event.place.name if event.place else "", "COERCE 0.21"):
        assert words in page
    answer = client.get(f"/api/events/{event.id}").json()
    assert answer["event"]["text"] == event.text
    assert {"event", "status", "actor"} <= {d["field"] for d in answer["explanation"]}


def test_a_document_can_be_read_with_its_marks(client: Any, year: list[Coded]) -> None:
    coded = year[3]
    page = client.get(f"/document/{coded.document.id}").text
    assert page.count('class="card k') == len(coded.events)
    assert 'class="cut"' in page and "Subscribe to our newsletter" in page


def test_what_is_not_there_is_said(client: Any) -> None:
    for path in (
        "/event/none",
        "/document/none",
        "/story/none",
        "/nothing",
        "/actor",
        "/dyad?a=KEN",
        "/actor?name=Nobody",
        "/static/app.py",
        "/download/events.exe",
    ):
        answer = client.get(path)
        assert answer.status_code == 404 and "<h1>" in answer.text, path
    assert client.get("/api/events/none").json()["error"]
    assert client.get("/api/events?size=100000").status_code == 422


def test_no_file_outside_the_list_is_served(client: Any) -> None:
    for path in (
        "/static/../store.json",
        "/static/%2e%2e/store.json",
        "/static/..%2f..%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/store.json",
        "/explore.duckdb",
    ):
        assert client.get(path).status_code == 404, path


def test_another_host_name_is_refused(client: Any) -> None:
    for host in ("evil.example", "evil.example:8642", "127.0.0.1.evil.example", "", "localhost.evil.example"):
        assert client.get("/", headers={"host": host}).status_code == 421, host
    for host in ("localhost:8642", "127.0.0.1", "[::1]:8642"):
        assert client.get("/stories", headers={"host": host}).status_code == 200, host


def test_writing_needs_our_form_or_the_token(client: Any, year: list[Coded]) -> None:
    id = year[0].events[0].id
    form = {"secret": "guess", "verdict": "not_event"}
    before = client.get("/api/judgements").json()  # the browser's tests may have judged in the same store
    assert client.post(f"/event/{id}/judge", data=form).status_code == 403
    assert client.post("/api/judgements", json={"event": id, "verdict": "right"}).status_code == 403
    assert client.post(f"/event/{id}/judge", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post(f"/event/{id}/judge", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(f"/event/{id}/judge", content=b"x" * 30_000).status_code == 413
    assert client.get("/api/judgements").json() == before


@pytest.fixture
def writable(tmp_path: Path, year: list[Coded]) -> Iterator[tuple[Any, Path]]:
    folder = fill(tmp_path / "store", year[:3])
    for one in open_client(folder, token="open sesame"):
        yield one, folder


def test_a_judgement_is_kept_beside_the_data_and_honoured(writable: tuple[Any, Path], year: list[Coded]) -> None:
    client, folder = writable
    wrong, other, third = year[0].events[:3]
    head = {"authorization": "Bearer open sesame"}
    assert client.post("/api/judgements", json={"event": wrong.id, "verdict": "right"}, headers={"authorization": "Bearer x"}).status_code == 401
    assert client.post("/api/judgements", json={"event": wrong.id, "verdict": "not_event", "by": "Ada"}, headers=head).status_code == 201
    assert client.post("/api/judgements", json={"event": other.id, "verdict": "wrong_type", "value": "AID"}, headers=head).status_code == 201
    assert client.post("/api/judgements", json={"event": third.id, "verdict": "wrong_date", "value": "2023-01-02"}, headers=head).status_code == 201
    assert client.post("/api/judgements", json={"event": other.id, "verdict": "wrong_type", "value": "DANCE"}, headers=head).status_code == 400
    assert "Ada, 20" in client.get(f"/event/{wrong.id}").text
    assert client.get("/api/events").json()["total"] == sum(len(c.events) for c in year[:3])
    again = judgements.honour(year[0], judgements.by_event(judgements.read(folder)))
    assert wrong.id not in {e.id for e in again.events}
    assert any("judged to be no event by person:Ada" in n.reason for n in again.notes)
    changed = {e.id: e for e in again.events}
    assert (changed[other.id].event, changed[other.id].quad) == ("AID", 2) and changed[other.id].grounds[-1].by == "person:somebody"
    assert (changed[third.id].date, changed[third.id].date_precision) == ("2023-01-02", "day")
    lines = [json.loads(x) for x in client.get("/download/judgements.prodigy").text.splitlines()]
    assert [(x["label"], x["answer"]) for x in lines] == [(wrong.event, "reject"), ("AID", "accept"), (third.event, "reject")][: len(lines)] or lines[
        1
    ]["label"] == "AID"
    assert len(client.get("/download/judgements.label-studio").json()) == 3


def test_a_torn_line_is_left_out(tmp_path: Path) -> None:
    judgements.add(tmp_path, judgements.make("e", "d", "right"))
    with judgements.file_of(tmp_path).open("a") as file:
        file.write('{"id": "x", "eve')
    assert len(judgements.read(tmp_path)) == 1
    with pytest.raises(InputError, match="no verdict"):
        judgements.make("e", "d", "nonsense")


def test_a_store_that_grew_is_seen(writable: tuple[Any, Path], year: list[Coded]) -> None:
    client, folder = writable
    before = client.get("/api/events").json()["total"]
    fill(folder, year[3:6])
    assert client.get("/api/events").json()["total"] == before + sum(len(c.events) for c in year[3:6])


def test_two_explorers_of_one_process_share_a_store(writable: tuple[Any, Path], year: list[Coded]) -> None:
    first, folder = writable
    before = first.get("/api/events").json()["total"]
    for second in open_client(folder):
        assert second.get("/api/events").json()["total"] == before
        fill(folder, year[3:6])
        grown = before + sum(len(c.events) for c in year[3:6])
        for one in (first, second, first):
            assert one.get("/api/events").json()["total"] == grown
    for third in open_client(folder):
        assert third.get("/api/events").json()["total"] == grown
    assert first.get("/api/events").json()["total"] == grown
    assert not list(folder.glob(".explore-*")) and not list(folder.glob(".index-*"))


def test_what_this_machine_cannot_do_is_no_fault_of_the_asker(tmp_path: Path, year: list[Coded], monkeypatch: pytest.MonkeyPatch) -> None:
    from whowhom.explore.web import index, questions

    for one in open_client(fill(tmp_path / "store", year[:1])):
        assert one.get("/").status_code == 200
        monkeypatch.setattr(index, "PATIENCE_S", 0.3)
        # A question that would take minutes: the time runs out, and the page says so.
        monkeypatch.setattr(questions, "events", lambda i, *_: i.ask("SELECT count(*) FROM range(10000000000) a WHERE a.range % 7 = 3"))
        late = one.get("/events")
        assert late.status_code == 503 and "took too long" in late.text


def test_the_api_describes_itself(client: Any) -> None:
    described = client.get("/api/openapi.json").json()
    assert {"/api/events", "/api/events/{id}", "/api/timeline", "/api/network", "/api/judgements"} <= set(described["paths"])
    assert all(path.startswith("/api/") for path in described["paths"])


def test_no_store_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    pytest.importorskip("fastapi")
    from whowhom.explore.web import create_app

    with pytest.raises(InputError, match="no store here"):
        create_app(tmp_path / "nowhere")
