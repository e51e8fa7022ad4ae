"""The terminal table: whole words at every width, sentences once, claims beside claims, nothing that steers the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from whowhom.cli.table import SENTENCE, show
from whowhom.model import Actor, Coded, Document, Event, Place, Span, Speaker

TEXT = "Kenya accused Tanzania on Monday of closing the border, and Uganda praised the closing, Radio Meridian said."


def span(words: str, text: str = TEXT) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def actor(words: str, code: str, name: str = "", text: str = TEXT) -> Actor:
    return Actor(words, span(words, text), name or words, "", code)


def event(id: str, kind: str, word: str, who: Actor, whom: Actor | None, **more: object) -> Event:
    made = Event(
        id, "d", kind, "", (), "", 3, -3.0, 0.0, (who,), (whom,) if whom else (), "2023-05-01", "", "day", "text", "asserted", None, (), (), (),
        Place("Namanga", Span(0, 0), "Namanga", "", "KEN", "", "city", -2.5, 36.8, 0.9), TEXT, Span(0, len(TEXT)), span(word), 0.9,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def printed(width: int, *events: Event, text: str = TEXT, title: str = "Border closed") -> str:
    screen = Console(width=width, force_terminal=False)
    with screen.capture() as got:
        show(screen, Coded(Document("d", "page.html", "", title, "", "2023-05-02", "given", "en", text), (), events, ()))
    return got.get()


ACCUSE = event("a", "ACCUSE", "accused", actor("Kenya", "KEN"), actor("Tanzania", "TZA"), mode="disapprove")
PRAISE = event(
    "b", "SUPPORT", "praised", actor("Uganda", "UGA"), None, said_by=(Speaker("Radio Meridian", span("Radio Meridian"), "Radio Meridian"),)
)


@pytest.mark.parametrize("width", [40, 80, 110, 140, 220])
def test_no_date_type_or_name_is_cut_in_its_middle(width: int) -> None:
    out = printed(width, ACCUSE, PRAISE)
    for words in ("Kenya", "Tanzania", "ACCUSE", "disapprove", "2023-05-01", "Namanga", "SUPPORT", "Meridian"):
        assert words in out, words
    assert max(map(len, out.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 140])
def test_a_sentence_with_two_events_is_printed_once(width: int) -> None:
    out = " ".join(printed(width, ACCUSE, PRAISE).split())
    assert out.count("closing the") == 1
    assert "same sentence: “praised”" in out


@pytest.mark.parametrize("width", [80, 140])
def test_claims_stand_beside_what_is_claimed_against_them(width: int) -> None:
    denial = replace(ACCUSE, id="c", status="denied", denied_by=(actor("Tanzania", "TZA"),), against=("a",))
    out = printed(width, replace(ACCUSE, against=("c",)), denial)
    head = next(line for line in out.splitlines() if "it is said" in line)
    assert "and against it" in head
    assert "denied by Tanzania" in " ".join(out.split("claims against claims")[1].split())
    assert "claims against claims" not in printed(width, ACCUSE, PRAISE)


@pytest.mark.parametrize("width", [80, 140])
def test_long_and_garbled_pages_stay_readable(width: int) -> None:
    garbled = "Kenya \x1b[31m\u202eaccused " + "x" * 3000 + " " + "of the border again " * 200 + "."
    who = replace(actor("Kenya", "KEN", text=garbled), name="The " + "endless" * 60)
    long = replace(ACCUSE, actor=(who,), recipient=(), text=garbled, span=Span(0, len(garbled)), trigger=span("accused", garbled))
    out = printed(width, long, text=garbled, title="t" * 5000)
    assert "\x1b" not in out and "\u202e" not in out
    assert len(out) < 3 * (SENTENCE + 1000) and "…" in out and "accused" in out


def test_a_page_without_events_says_so() -> None:
    assert "no event found" in printed(80)
