"""The gate before the encoder: what it lets through, and that what it leaves is named."""

from __future__ import annotations

from whowhom.config import Options
from whowhom.flow import code_pages
from whowhom.model import Coded, Page
from whowhom.sentences import gate, words

EVENT = "Police in Nakuru arrested nine traders on Friday after they had blocked the road to the border."
NONE = "It was a lovely recipe, and you can also add a little sugar if you like it sweet."


def cut(text: str) -> list[str]:
    return [text[w.begin : w.end] for w in words(text)]


def test_events_pass_and_recipes_do_not() -> None:
    assert gate.may_hold(cut(EVENT)) and not gate.may_hold(cut(NONE))
    assert gate.score(cut(EVENT)) > gate.score(cut(NONE)) + 3
    assert gate.score([]) == gate.score([])  # nothing to look at is no fault


def test_features_look_at_letters_not_at_particulars() -> None:
    assert set(gate.features(["He", "paid", "300"])) == set(gate.features(["He", "paid", "41"]))
    assert all(0 <= p < gate.SIZE for p in gate.places(cut(EVENT)))


def code(on: bool) -> Coded:
    page = Page("p", f"{EVENT} {NONE} Kenya accused Uganda of closing the border post.".encode(), "text", date="2023-03-04")
    (one,) = code_pages([page], Options(threads=1, gate=on))
    assert isinstance(one, Coded)
    return one


def test_what_it_leaves_is_named_and_it_is_off_by_default() -> None:
    off, on = code(False), code(True)
    assert {e.event for e in on.events} == {e.event for e in off.events}
    assert [n.reason for n in on.notes if n.stage == "sentences"] == ["left unread: its words speak against an event"]
    assert not any(n.stage == "sentences" for n in off.notes) and not Options().gate
