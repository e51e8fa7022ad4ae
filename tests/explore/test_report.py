"""The report: one file, complete, with the words marked and nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import check

from whowhom.errors import OutputError
from whowhom.explore import report
from whowhom.explore.explain import explain
from whowhom.explore.marks import pieces, text_html
from whowhom.explore.turns import turning_points
from whowhom.model import Coded, SetAside, Span


def test_counts_and_data(tmp_path: Path, year: list[Coded]) -> None:
    target = tmp_path / "r.html"
    made = report.write(target, iter([*year, SetAside("x.pdf", "pages", "a PDF file", "convert it")]))
    assert made == (len(year), sum(len(c.events) for c in year), 1)
    page = target.read_text(encoding="utf8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert [e[0] for e in data["events"]] == [e.id for c in year for e in c.events]
    assert "a PDF file (convert it)" in page
    assert not [p for p in tmp_path.iterdir() if p != target]


def test_nothing_is_loaded_and_the_policy_fits(tmp_path: Path, year: list[Coded]) -> None:
    target = tmp_path / "r.html"
    report.write(target, year[:1])
    page = target.read_text(encoding="utf8")
    seen = check(page)
    assert not [a for a in seen.links if not a.startswith(("#", "https://example.org/"))]
    policy = re.search(r'content="(default-src [^"]+)"', page)
    assert policy
    for element in ("style", "script"):
        (content,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy[1]


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    assert report.write(target, []) == (0, 0, 0)
    assert "No page was coded." in target.read_text(encoding="utf8")


def test_documents_are_taken_one_at_a_time(tmp_path: Path, year: list[Coded]) -> None:
    taken: list[int] = []

    def stream() -> Iterator[Coded]:
        for n, one in enumerate(year[:5]):
            taken.append(n)
            yield one

    with report.open_report(tmp_path / "r.html") as made:
        for one in stream():
            made.add(one)
            assert made.documents == len(taken)


def test_an_error_leaves_what_was_there(tmp_path: Path, year: list[Coded]) -> None:
    target = tmp_path / "r.html"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError), report.open_report(target) as made:
        made.add(year[0])
        raise ZeroDivisionError
    assert target.read_text() == "before"
    with pytest.raises(OutputError, match="cannot write"):
        report.write(tmp_path / "nowhere" / "r.html", year[:1])


def test_marks_stand_on_their_words(year: list[Coded]) -> None:
    coded = year[1]
    html = text_html(coded.document, coded.events)
    for event in coded.events:
        words = coded.document.text[event.trigger.begin : event.trigger.end]
        assert re.search(rf'<mark class="[^"]*act q{event.quad}[^"]*"[^>]*>{re.escape(words)}</mark>', html)
    plain = re.sub(r"<span class=\"cut\">.*?</span>|<[^>]+>", "", html)
    assert "".join(plain.split()) == "".join(coded.document.text.split())


def test_overlapping_marks_are_cut_where_they_meet() -> None:
    from whowhom.explore.marks import Mark

    found = list(pieces(0, 10, [Mark(Span(0, 6), "actor", 0), Mark(Span(4, 9), "recipient", 1)]))
    assert [(a, b, [m.role for m in on]) for a, b, on in found] == [
        (0, 4, ["actor"]), (4, 6, ["actor", "recipient"]), (6, 9, ["recipient"]), (9, 10, []),
    ]  # fmt: skip


def test_explain_answers_each_question(year: list[Coded]) -> None:
    event = next(e for c in year for e in c.events if e.status == "denied")
    document = next(c.document for c in year if event in c.events)
    why = {d.field: d for d in explain(event, document).decisions}
    assert (
        why["event"].answer == event.event
        and why["event"].runners_up == (("COERCE", 0.21), ("THREATEN", 0.07))[: 2 - (event.event in ("COERCE", "THREATEN"))]
    ) or event.event in ("COERCE", "THREATEN")
    assert why["status"].reasons[0].words == document.text[event.trigger.begin : event.trigger.end]
    assert why["denied_by"].answer


def test_turning_points_of_a_series_that_turns() -> None:
    rows = [[f"2023-{m:02}", 8 if m < 7 else 0, 0, 0, 0 if m < 7 else 9] for m in range(1, 13)]
    assert turning_points(rows) == ["2023-07"]
    assert turning_points([[f"2023-{m:02}", 4, 0, 0, 4] for m in range(1, 13)]) == []
    assert turning_points(rows[:3]) == []
