"""Watching feeds, against a site of this machine and a clock of the test."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whowhom.model import Page, SetAside
from whowhom.pages import ReadOptions
from whowhom.pages.options import Refusal
from whowhom.pages.watch import State, Watch
from whowhom.pages.watch.polite import LONGEST_WAIT_S, Later, Manners, host_of, wait
from whowhom.pages.watch.rounds import TRIES

pytest.importorskip("feedparser")
pytest.importorskip("protego")

_spec = importlib.util.spec_from_file_location("watch_site", Path(__file__).parent / "site.py")
assert _spec and _spec.loader
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
OPTIONS = ReadOptions(allow_private=True, timeout_s=5.0)
TEXT = "The minister left the town on Monday."


class Clock:
    def __init__(self) -> None:
        self.time, self.slept = 1_000_000.0, [0.0]

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def site() -> Iterator[Any]:
    with _module.serving() as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    one = State(tmp_path / "watch.sqlite")
    yield one
    one.close()


def watching(site: Any, state: State, clock: Clock) -> Watch:
    return Watch([site.base + "/feed"], state, OPTIONS, clock.now, clock.sleep)


def round_(watch: Watch) -> tuple[list[str], list[Page | SetAside]]:
    said = [look.said or f"{look.new} new" for look in watch.look()]
    found = list(watch.pages(100))
    watch.done()
    return said, found


def test_what_is_new_comes_once_and_an_unchanged_feed_is_not_sent_again(site: Any, state: State, clock: Clock) -> None:
    site.add("a", TEXT)
    site.add("b", TEXT)
    watch = watching(site, state, clock)
    said, found = round_(watch)
    assert said == ["2 new"] and all(isinstance(p, Page) for p in found)
    page = next(p for p in found if isinstance(p, Page) and p.url.endswith("/a"))
    assert (page.title, page.date, page.publisher, page.media) == ("News of a", "2021-12-16", "The Post", "html") and TEXT.encode() in page.body
    assert round_(watch) == (["unchanged"], [])
    site.add("c", TEXT)
    said, found = round_(watching(site, state, clock))  # a second start of the program
    assert said == ["1 new"] and [p.source for p in found] == [site.base + "/c"]
    assert site.count("/a") == site.count("/b") == site.count("/c") == 1
    assert [h.get("If-None-Match") for p, h in site.asked if p == "/feed"] == [None, '"2"', '"2"']


def test_what_was_not_stored_comes_again(site: Any, state: State, clock: Clock) -> None:
    site.add("a", TEXT)
    first = watching(site, state, clock)
    list(first.look())
    assert len(list(first.pages(100))) == 1  # and killed before `done`
    said, found = round_(watching(site, state, clock))
    assert said == ["unchanged"] and len(found) == 1


def test_robots_forbid_and_slow_down(site: Any, state: State, clock: Clock) -> None:
    site.answers["/robots.txt"] = "User-agent: *\nDisallow: /secret*.html\nCrawl-delay: 7\n"
    for name in ("a", "b", "secret1.html"):
        site.add(name, TEXT)
    _, found = round_(watching(site, state, clock))
    assert sum(isinstance(p, Page) for p in found) == 2 and site.count("/secret1.html") == 0
    (aside,) = [p for p in found if isinstance(p, SetAside)]
    assert "robots.txt forbids" in aside.reason and site.count("/robots.txt") == 1
    assert max(clock.slept) == pytest.approx(7.0)


def test_a_host_that_wants_long_pauses_gets_one_request_a_round(site: Any, state: State, clock: Clock) -> None:
    site.answers["/robots.txt"] = "User-agent: whowhom\nCrawl-delay: 600\n"
    site.add("a", TEXT)
    site.add("b", TEXT)
    watch = watching(site, state, clock)
    assert len(round_(watch)[1]) == 1 and len(watch.postponed) == 1
    assert round_(watch)[1] == []
    clock.time += 601
    assert len(round_(watch)[1]) == 1


def test_a_busy_site_is_left_alone_as_long_as_it_asks(site: Any, state: State, clock: Clock) -> None:
    site.add("a", TEXT)
    site.answers["/a"] = (429, {"Retry-After": "4000"}, "slow down")
    watch = watching(site, state, clock)
    assert round_(watch)[1] == [] and "answered 429" in watch.postponed[0][1]
    site.add("b", TEXT)
    assert round_(watch)[1] == [] and site.count("/b") == 0  # the host, not only the page
    site.add("a2", TEXT)
    site.answers["/a"] = site.answers["/a2"]
    clock.time += 4500
    assert len(round_(watch)[1]) == 3


def test_a_feed_that_fails_is_asked_later_and_later(site: Any, state: State, clock: Clock) -> None:
    site.answers["/feed"] = (500, {}, "broken")
    watch = watching(site, state, clock)
    waits = []
    for _ in range(12):
        before = site.count("/feed")
        (said,), _ = round_(watch)
        assert site.count("/feed") == before + 1 and "500" in said
        assert "failed" in round_(watch)[0][0] and site.count("/feed") == before + 1
        until = state.feed(site.base + "/feed").not_before
        waits.append(until - clock.time)
        clock.time = until + 1
    assert all(a * 1.5 < b for a, b in zip(waits[:7], waits[1:8])) and waits[-1] <= 1.1 * LONGEST_WAIT_S
    del site.answers["/feed"]
    site.add("a", TEXT)
    assert len(round_(watch)[1]) == 1 and state.feed(site.base + "/feed").failures == 0


def test_a_page_that_never_comes_is_named_at_last_and_one_that_is_gone_at_once(site: Any, state: State, clock: Clock) -> None:
    site.add("a", TEXT)
    site.add("gone", TEXT)
    site.answers["/a"] = (502, {}, "")
    site.answers["/gone"] = (410, {}, "")
    watch = watching(site, state, clock)
    found = []
    for _ in range(TRIES + 2):
        found += round_(watch)[1]
        clock.time += 100_000
    assert [(p.source[-5:], "410" in p.reason, f"({TRIES} times)" in p.reason) for p in found if isinstance(p, SetAside)] == [
        ("/gone", True, False), (site.base[-3:] + "/a", False, True),
    ]  # fmt: skip
    assert site.count("/a") == TRIES and site.count("/gone") == 1


def test_robots_that_cannot_be_had_forbid_for_now(site: Any, clock: Clock) -> None:
    site.answers["/robots.txt"] = (503, {}, "")
    manners = Manners(OPTIONS, {}, clock.now, clock.sleep)
    with pytest.raises(Later):
        manners.get(site.base + "/a")
    assert site.count("/a") == 0
    site.answers["/robots.txt"] = (404, {}, "")
    site.answers["/a"] = "page"
    clock.time += 400
    assert manners.get(site.base + "/a").body == b"page"


def test_a_redirect_asks_the_robots_of_where_it_leads(site: Any, clock: Clock) -> None:
    with _module.serving() as other:
        other.answers |= {"/robots.txt": "User-agent: *\nDisallow: /\n", "/page": "page"}
        site.answers["/a"] = (302, {"Location": other.base + "/page"}, "")
        with pytest.raises(Refusal, match="robots"):
            Manners(OPTIONS, {}, clock.now, clock.sleep).get(site.base + "/a")
        assert other.count("/page") == 0


def test_leaving_early_is_possible_with_more_pages_than_fit(site: Any, state: State, clock: Clock) -> None:
    for n in range(60):
        site.add(f"p{n}", TEXT)
    watch = watching(site, state, clock)
    list(watch.look())
    stream = watch.pages(100)
    assert isinstance(next(stream), Page)
    stream.close()


def test_waits_heed_what_the_site_asks() -> None:
    assert 300 <= wait(1, "", 0.0) <= 330 and 1200 <= wait(3, "", 0.0) <= 1320
    assert 5000 <= wait(1, "5000", 0.0) <= 5500 and wait(1, "99999999", 0.0) <= 1.1 * LONGEST_WAIT_S
    assert 3000 <= wait(1, "Thu, 01 Jan 1970 00:50:00 GMT", 0.0) <= 3300 and wait(1, "soon", 0.0) <= 330


def test_a_link_that_is_no_address_is_refused_and_stops_no_round() -> None:
    assert host_of("https://News.example:8080/a?b") == "https://news.example:8080"
    assert host_of("http://[::1") == ""
    with pytest.raises(Refusal):
        Manners(OPTIONS, {}).get("http://[::1")
