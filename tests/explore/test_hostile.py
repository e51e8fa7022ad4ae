"""Article text is hostile: it is shown as text, and nothing of it acts."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import fill, open_client
from hostile import STRINGS
from pages import check

from whowhom.explore import report
from whowhom.explore.hypertext import clean
from whowhom.model import Coded, SetAside
from whowhom.schema import row


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory, hostile_pages: list[Coded]) -> Iterator[Any]:
    # A lone surrogate cannot be stored; everything else can.
    yield from open_client(fill(tmp_path_factory.mktemp("hostile"), hostile_pages))


def test_there_are_enough_strings() -> None:
    assert len(set(STRINGS)) >= 100


def test_report_shows_every_string_as_text(tmp_path: Path, hostile_pages: list[Coded]) -> None:
    target = tmp_path / "report.html"
    aside = [SetAside(words, words, words, words) for words in STRINGS]
    report.write(target, [*hostile_pages, *aside], title="\ud800" + STRINGS[0])
    page = target.read_text(encoding="utf8")
    seen = check(page.replace("data:,", ""))
    kinds = [s.get("type") for s in seen.scripts]
    assert kinds.count(None) == 1 and set(kinds) == {None, "text/plain", "application/json"}
    assert all("src" not in s for s in seen.scripts)
    texts = re.findall(r'<script type="text/plain" data-doc="\d+">([A-Za-z0-9+/=]+)</script>', page)
    assert len(texts) == len(STRINGS)
    for packed, words in zip(texts, STRINGS, strict=True):
        inner = check(gzip.decompress(base64.b64decode(packed)).decode())
        assert not inner.scripts
        said = " ".join("".join(inner.words).split())
        assert " ".join(clean(words).split())[:100] in said


def test_report_data_cannot_leave_its_element(tmp_path: Path, hostile_pages: list[Coded]) -> None:
    target = tmp_path / "report.html"
    report.write(target, hostile_pages)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', target.read_text(encoding="utf8"), re.DOTALL)
    assert data and not re.search("[<>&\u2028\u2029]", data[1])
    assert len(json.loads(data[1])["documents"]) == len(hostile_pages)


def test_pages_of_the_explorer_show_every_string_as_text(visitor: Any, hostile_pages: list[Coded]) -> None:
    for n, coded in enumerate(hostile_pages):
        address = f"/event/{coded.events[0].id}" if n % 2 else f"/document/{coded.document.id}"
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        seen = check(answer.text.replace('href="data:,"', ""))
        assert [s.get("src") for s in seen.scripts] == [f"/static/{n}.js" for n in ("charts", "network", "page", "htmx", "explorer")]


@pytest.mark.parametrize("path", ["/", "/events", "/events?page=3", "/map", "/network?by=label", "/judgements", "/stories"])
def test_lists_and_charts_show_them_as_text(visitor: Any, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    seen = check(answer.text.replace('href="data:,"', ""))
    assert all(s.get("src", "").startswith("/static/") or s.get("type") == "application/json" for s in seen.scripts)


def test_as_questions_they_are_only_questions(visitor: Any) -> None:
    addresses = ("/events?q={}&a={}&time={}&page={}", "/actor?name={}", "/dyad?a={}&b={}", "/event/{}", "/download/events.{}")
    for n, words in enumerate(STRINGS):
        # Each string asks one page; the page changes from string to string, so that every page is asked by some thirty.
        address = addresses[n % len(addresses)].replace("{}", quote(words, safe=""))
        answer = visitor.get(address)
        assert answer.status_code in (200, 404), address
        if "text/html" in answer.headers["content-type"]:
            check(answer.text.replace('href="data:,"', ""))
    assert visitor.get("/api/events").json()["total"] > 0


def test_csv_has_no_cell_that_a_spreadsheet_runs(visitor: Any) -> None:
    import csv
    import io

    rows = list(csv.reader(io.StringIO(visitor.get("/download/events.csv").text)))
    assert len(rows) > 100
    for line in rows[1:]:
        for value in line:
            assert not value.lstrip().startswith(("=", "+", "@", "\t", "\r")), value
            assert not value.startswith("-") or float(value) is not None


def test_judgements_keep_hostile_words_as_words(visitor: Any, hostile_pages: list[Coded]) -> None:
    secret = re.search(r'name="secret" value="([^"]+)"', visitor.get(f"/event/{hostile_pages[0].events[0].id}").text)
    assert secret
    for coded, words in zip(hostile_pages[:30:3], STRINGS[::12], strict=False):
        form = {"secret": secret[1], "verdict": "not_event", "value": words, "note": words, "by": words}
        assert visitor.post(f"/event/{coded.events[0].id}/judge", data=form, follow_redirects=False).status_code == 303
    check(visitor.get("/judgements").text.replace('href="data:,"', ""))
    for format in ("jsonl", "prodigy"):
        assert all(json.loads(line) for line in visitor.get(f"/download/judgements.{format}").text.splitlines())
    assert len(visitor.get("/download/judgements.label-studio").json()) == 10


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Coded | SetAside]:
    """What comes of pages that bring each string as title, text, publisher and address, read with an actor table in which each
    string is somebody's name: the product's own way from the file to the records."""
    import csv

    import whowhom

    folder = tmp_path_factory.mktemp("pages")
    with (folder / "actors.csv").open("w", newline="", encoding="utf8") as file:
        lines = csv.writer(file)
        lines.writerow(["name", "aliases", "country", "sector"])
        lines.writerows([words, alias(n), "KEN", "OPP"] for n, words in enumerate(STRINGS))
    with (folder / "pages.jsonl").open("w", encoding="utf8") as file:
        for n, words in enumerate(STRINGS):
            text = f"{alias(n)} attacked soldiers of Tanzania on Monday. {words}"
            file.write(json.dumps({"text": text, "title": words, "publisher": words, "url": words, "date": "2023-05-01"}) + "\n")
    return list(whowhom.code(str(folder / "pages.jsonl"), actors=[str(folder / "actors.csv")]))


def alias(n: int) -> str:
    """A name in plain letters for the string of this number."""
    return f"Harbour {'BCDFGHJKLM'[n // 26]}{'abcdefghijklmnopqrstuvwxyz'[n % 26]}ndor League"


def test_every_string_comes_through_the_whole_way(tmp_path: Path, pages: list[Coded | SetAside]) -> None:
    coded = [p for p in pages if isinstance(p, Coded)]
    assert len(pages) == len(STRINGS) and len(coded) > 0.9 * len(STRINGS)
    assert all(p.reason for p in pages if isinstance(p, SetAside))
    titles = {" ".join(c.document.title.split()) for c in coded}
    assert sum(" ".join(words.split()) in titles for words in STRINGS) > 100
    bad = set(map(clean, STRINGS)) | set(STRINGS)
    assert sum(any(m.name in bad for m in c.mentions) for c in coded) > 50  # names out of the actor table
    report.write(tmp_path / "r.html", pages)
    seen = check((tmp_path / "r.html").read_text(encoding="utf8").replace("data:,", ""))
    assert {s.get("type") for s in seen.scripts} == {None, "text/plain", "application/json"} and all("src" not in s for s in seen.scripts)
    for client in open_client(fill(tmp_path / "store", coded)):
        addresses = ["/", "/events", "/network?by=label", "/map", "/stories?all=1", *(f"/document/{c.document.id}" for c in coded[::4])]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            inner = check(answer.text.replace('href="data:,"', ""))
            assert all(s.get("src", "").startswith("/static/") or s.get("type") == "application/json" for s in inner.scripts), address


def test_records_survive(hostile_pages: list[Coded]) -> None:
    assert all(row(c) for c in hostile_pages)
