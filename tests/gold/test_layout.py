"""The gold pages are what their README says: types and modes of the ontology, words that stand on the page, real dates."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from whowhom.knowledge import ontology

PAGES = Path(__file__).with_name("pages")
FILES = sorted(PAGES.glob("*.expected.json"))
STATUSES = {"asserted", "planned", "hypothetical", "denied", "negated", "historical"}
SECTORS = set("GOV MIL COP JUD LEG SPY PTY REB PRM UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())  # noqa: SIM905
PAGE_KEYS = {"page", "published", "about", "not_article_text", "actors", "events", "optional_events", "max_events", "complete", "never", "quantities"}
EVENT_KEYS = {
    "id", "event", "event_any", "mode", "actor", "actor_text", "actor_by_context", "recipient", "recipient_text", "recipient_by_context",
    "recipient_or_actor", "status", "date", "date_range", "said_by", "denied_by", "context", "planned", "note", "from",
}  # fmt: skip
COUNTRY_KEYS = ("actor", "recipient", "recipient_or_actor", "denied_by", "actor_by_context", "recipient_by_context")
UNSEEN = {"script", "style", "noscript"}


class _Text(HTMLParser):
    """The words that a reader sees: every text node outside scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def visible(page: Path) -> str:
    """The page's visible text with single spaces."""
    raw = page.read_text(encoding="utf8")
    if page.suffix == ".html":
        reader = _Text()
        reader.feed(raw)
        reader.close()
        raw = " ".join(reader.words)
    return " ".join(raw.split())


def is_date(text: str) -> bool:
    """Whether this is an ISO day, month or year that exists."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True


@pytest.fixture(params=FILES, ids=lambda p: p.name.removesuffix(".expected.json"))
def gold(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    want = json.loads(request.param.read_text(encoding="utf8"))
    page = PAGES / want["page"]
    assert page.stem == request.param.name.removesuffix(".expected.json")
    return want, visible(page)


def rows(want: dict[str, Any]) -> list[dict[str, Any]]:
    return [*want["events"], *want.get("optional_events", ())]


def test_there_are_enough_pages() -> None:
    wants = [json.loads(p.read_text(encoding="utf8")) for p in FILES]
    assert len(wants) >= 26
    assert sum(w["page"].endswith(".html") for w in wants) >= 10
    assert sum(w["complete"] for w in wants) >= 14
    assert {p.name for p in PAGES.iterdir()} == {p.name for p in FILES} | {w["page"] for w in wants}


def test_page_fields(gold: tuple[dict[str, Any], str]) -> None:
    want, text = gold
    assert set(want) <= PAGE_KEYS
    assert len(want["published"]) == 10 and is_date(want["published"])
    assert isinstance(want["complete"], bool) and want["about"]
    assert bool(want["events"]) != (want.get("max_events") == 0)
    assert [cut for cut in want["not_article_text"] if cut not in text] == []
    assert len(text.split()) > 120


def test_event_types_and_modes_are_the_ontologys(gold: tuple[dict[str, Any], str]) -> None:
    known = ontology.load()
    for row in rows(gold[0]):
        assert set(row) <= EVENT_KEYS, row["id"]
        assert ("event" in row) != ("event_any" in row), row["id"]
        assert set(row.get("event_any") or [row["event"]]) <= set(known.types), row["id"]
        if "mode" in row:
            assert row["mode"] in known.modes(row["event"]), row["id"]
        assert row["status"] in STATUSES, row["id"]
        assert row.get("context", known.contexts[0]) in known.contexts, row["id"]
        if "planned" in row:
            plan = row["planned"]
            assert plan["event"] in known.types and plan.get("mode", "") in ("", *known.modes(plan["event"])), row["id"]
            assert is_date(plan.get("date", "2000")), row["id"]


def test_event_words_and_parties(gold: tuple[dict[str, Any], str]) -> None:
    want, text = gold
    names = [row["id"] for row in rows(want)]
    assert len(names) == len(set(names))
    for row in rows(want):
        assert len(row["from"]) > 8 and row["from"] in text, row["id"]
        codes = [code for key in COUNTRY_KEYS for code in row.get(key, ())]
        assert all(re.fullmatch("[A-Z]{3}", c) for c in codes), row["id"]
        for key in ("actor_text", "recipient_text"):
            assert row.get(key, "").lower() in text.lower(), row["id"]
        assert all(isinstance(name, str) and name for name in row.get("said_by", ())), row["id"]


def test_event_dates(gold: tuple[dict[str, Any], str]) -> None:
    want, _ = gold
    for row in rows(want):
        assert is_date(row.get("date", "2000")), row["id"]
        if "date_range" in row:
            first, last = row["date_range"]
            assert is_date(first) and is_date(last) and first <= last, row["id"]
        last = row.get("date") or (row.get("date_range") or [""])[-1]
        if row["status"] in ("asserted", "historical"):
            assert last[: len(want["published"])] <= want["published"], f"{row['id']}: happened after the page was published"


def test_actors_never_and_quantities(gold: tuple[dict[str, Any], str]) -> None:
    want, text = gold
    known = ontology.load()
    for actor in want["actors"]:
        assert actor["mentions"] and [m for m in actor["mentions"] if m not in text] == []
        assert all(re.fullmatch("[A-Z]{3}", c) for c in [*actor.get("members", ()), actor.get("country") or "XXX"])
        assert actor.get("sector", "GOV") in SECTORS
        assert re.fullmatch(r"Q\d+", actor.get("wikidata", "Q1"))
    for rule in want["never"]:
        assert rule["why"]
        if "event" in rule:
            assert rule["event"] in known.types and isinstance(rule["actor"], list) and isinstance(rule["recipient"], list)
        else:
            assert re.fullmatch("[A-Z]{3}", rule.get("country", "XXX")) and ("country" in rule or rule["entity"])
    for amount in want["quantities"]:
        assert isinstance(amount["value"], int | float) and amount["unit"] and amount["of"]
        assert all(is_date(day) for day in amount.get("period", ()))


def test_no_never_row_forbids_what_is_expected(gold: tuple[dict[str, Any], str]) -> None:
    want, _ = gold
    for rule in want["never"]:
        for row in want["events"]:
            sides = set(row["actor"]) | set(row.get("recipient", ()))
            assert rule.get("country") not in sides, (rule, row["id"])
            if rule.get("event") in (row.get("event_any") or [row["event"]]) and rule.get("status", row["status"]) == row["status"]:
                told = set(rule["actor"]) <= set(row["actor"]) and set(rule["recipient"]) <= set(row.get("recipient", ()))
                assert not told, (rule, row["id"])
