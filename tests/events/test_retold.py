"""The day of a talk that is told again."""

from __future__ import annotations

from whowhom.events.retold import dated
from whowhom.model import Actor, Event, Span

TAMIM, RUTO = Actor("the emir", Span(0, 0), country="QAT", entity="e1"), Actor("Ruto", Span(0, 0), country="KEN", entity="e2")
KENYA, BOTH = Actor("Nairobi", Span(0, 0), country="KEN", entity="e3"), Actor("both sides", Span(0, 0), members=("QAT", "KEN"), entity="e4")


def event(kind: str, at: int, actors: tuple[Actor, ...], date: str = "", text: str = "", recipients: tuple[Actor, ...] = ()) -> Event:
    day, source = (date, "text") if date else ("2024-05-20", "document")
    return Event(
        f"{kind}{at}", "d", kind, "", (), "040", 1, 0.0, 0.0, actors, recipients, day, "", "day", source, "asserted", None, (), (), (), None,
        text, Span(at, at + 5), Span(at, at + 1), 0.9,
    )  # fmt: skip


def test_a_talk_told_again_and_what_was_said_in_it_keep_their_day() -> None:
    first = event("CONSULT", 0, (TAMIM, RUTO), "2024-05-11")
    again, said = event("CONSULT", 10, (RUTO, TAMIM)), event("THREATEN", 10, (RUTO,), recipients=(TAMIM,))
    elsewhere = event("THREATEN", 20, (RUTO,), recipients=(TAMIM,))
    out = dated([first, again, said, elsewhere])
    assert [e.date for e in out] == ["2024-05-11", "2024-05-11", "2024-05-11", "2024-05-20"]
    assert out[1].grounds[-1].by == "retold" and out[1].date_source == "text"


def test_a_set_and_a_phrase_lead_back_to_the_talk() -> None:
    first = event("CONSULT", 0, (TAMIM, RUTO), "2024-05-11")
    out = dated([first, event("CONSULT", 10, (BOTH,)), event("REQUEST", 20, (KENYA,), text="In their phone call Nairobi asked for gas.")])
    assert [e.date for e in out[1:]] == ["2024-05-11", "2024-05-11"]


def test_a_call_of_others_is_another_call() -> None:
    first = event("CONSULT", 0, (TAMIM, RUTO), "2024-05-11")
    mali = Actor("Mali", Span(0, 0), country="MLI", entity="e5")
    other = event("REQUEST", 20, (KENYA,), text="During the video call Nairobi asked Mali for gas.", recipients=(mali,))
    assert dated([first, other]) == (first, other)


def test_other_talks_and_dated_events_keep_their_own() -> None:
    first = event("CONSULT", 0, (TAMIM, RUTO), "2024-05-11")
    others = [event("CONSULT", 10, (TAMIM, KENYA)), event("REQUEST", 20, (KENYA,), "2024-05-02", "In the talks of May 2 Nairobi asked for gas.")]
    assert dated([first, *others]) == (first, *others)
    assert dated(others) == tuple(others)
