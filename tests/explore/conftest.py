"""Stores and pages that several tests of the explorer look at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers of these tests stand beside them
import hostile
import invented

from whowhom.model import Coded, Event


@pytest.fixture(scope="session")
def year() -> list[Coded]:
    """A small invented year."""
    return list(invented.year(40))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, year: list[Coded]) -> Path:
    """A store with that year."""
    return fill(tmp_path_factory.mktemp("year"), year)


@pytest.fixture(scope="session")
def hostile_pages() -> list[Coded]:
    """A document for each hostile string, which stands wherever text from outside can stand."""
    return [spoil(n, words) for n, words in enumerate(hostile.STRINGS)]


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[Any]:
    """A client of the explorer over the year."""
    yield from open_client(folder)


def open_client(folder: Path, **settings: Any) -> Iterator[Any]:
    """A client of the explorer over a store."""
    pytest.importorskip("fastapi", reason="the explorer needs the extra 'explore'")
    testing = pytest.importorskip("fastapi.testclient", reason="httpx is not installed")
    from whowhom.explore.web import create_app

    with testing.TestClient(create_app(folder, **settings), base_url="http://127.0.0.1:8642") as one:
        yield one


def fill(folder: Path, pages: list[Coded]) -> Path:
    """A store with these documents."""
    from whowhom.store import open_store

    with open_store(folder).writer() as writer:
        for one in pages:
            writer.add(one)
    return folder


def spoil(n: int, words: str) -> Coded:
    """An invented document with these words everywhere."""
    coded = invented.document(Random(n), n, date(2023, 5, 1), 3)
    text = coded.document.text + "\n\n" + words + "\n"
    name = lambda one: replace(one, name=words, text=words, how=words, office=words)  # noqa: E731

    def event(e: Event) -> Event:
        return replace(
            e, actor=tuple(map(name, e.actor)), recipient=tuple(map(name, e.recipient)), denied_by=tuple(map(name, e.denied_by)), text=words,
            said_by=tuple(replace(s, name=words, text=words, cue=words) for s in e.said_by), place=replace(e.place, name=words, text=words) if e.place else None,
            grounds=tuple(replace(g, why=words, by=words, value=words) for g in e.grounds), amounts=tuple(replace(a, text=words) for a in e.amounts),
        )  # fmt: skip

    document = replace(
        coded.document,
        text=text,
        title=words,
        publisher=words,
        url=words,
        source=words,
        cut=tuple(replace(c, text=words, reason=words) for c in coded.document.cut),
    )
    notes = tuple(replace(x, reason=words, stage=words) for x in coded.notes)
    return Coded(document, tuple(replace(m, name=words) for m in coded.mentions), tuple(map(event, coded.events)), notes)
