"""Did it happen: the table of words, the signs over a word, and the trap set with the packaged encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from whowhom.encoder import Encoder, Reading
from whowhom.errors import KnowledgeError
from whowhom.events import cues, scope, status
from whowhom.events.candidates import Candidate
from whowhom.mentions import times
from whowhom.model import Document, Sentence, Span
from whowhom.sentences import words as cut

TRAPS = Path(__file__).parent.parent / "gold" / "traps.jsonl"


class Silent:
    """An encoder that has the labels and no opinion."""

    relations = ("ACTOR", "RECIPIENT", "SPEAKER", "DENIER", "A0", "A1", "A2", "TMP", "LOC", "SOURCE", "CONTENT")
    labels = {"trigger": ("NONE", "ASSAULT"), "cue": ("O", "B", "I")}  # noqa: RUF012


def kinds(text: str, word: str, content: dict[str, str] | None = None) -> set[str]:
    """The kinds of signs over a word; `content` gives cue words whose content reaches it."""
    spans = tuple(cut(text))
    say = [text[w.begin : w.end] for w in spans]
    size, row = len(say), say.index(word)
    cue = np.tile(np.array([1.0, 0.0, 0.0], np.float32), (size, 1))
    arcs = {}
    for one in content or {}:
        at = say.index(one)
        cue[at] = (0.0, 1.0, 0.0)
        arc = np.zeros((len(Silent.relations), size), np.float32)
        arc[Silent.relations.index("CONTENT"), row] = 1.0
        arcs[at] = arc
    reading = Reading({"trigger": np.tile(np.array([1.0, 0.0], np.float32), (size, 1)), "cue": cue}, arcs)
    sentence = Sentence("d", 0, 0, "body", Span(0, len(text)), text, spans)
    return {s.kind for s in scope.signs(sentence, reading, row, Silent())}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "word", "sign"),
    [
        ("Soldiers did not burn the archive.", "burn", "not"),
        ("Nobody in the valley was arrested.", "arrested", "not"),
        ("The patrol detained no one.", "detained", "not"),
        ("Guards overpowered him before he could shoot the judge.", "shoot", "not"),
        ("Quito will close the strait on Monday.", "close", "future"),
        ("Quito is going to close the strait.", "close", "future"),
        ("Gunmen may have kidnapped the mayor.", "kidnapped", "could"),
        ("If the army storms the port, trade stops.", "storms", "if"),
        ("Should the army storm the port, trade stops.", "storm", "if"),
        ("Did the army storm the port?", "storm", "question"),
        ("Perhaps the army stormed the port.", "stormed", "perhaps"),
        ("Officials plan to storm the port.", "storm", "plan"),
        ("Gunmen stormed the port, which the ministry denied.", "stormed", "deny"),
        ("Gunmen stormed the port, residents said; the ministry denies it.", "stormed", "deny"),
    ],
)  # fmt: skip
def test_a_sign_reaches_its_verb(text: str, word: str, sign: str) -> None:
    assert sign in kinds(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Police arrested Will Smithers in Accra.", "arrested"),
        ("Soldiers burned the archive, and nobody wept.", "burned"),
        ("Doctors Without Borders evacuated the ward.", "evacuated"),
        ("The army stormed the port; the union would not strike.", "stormed"),
        ('"Why now?" he wrote after the army stormed the port.', "stormed"),
    ],
)
def test_no_sign_reaches_beyond_its_clause(text: str, word: str) -> None:
    assert not kinds(text, word) & {"not", "future", "would", "could", "question", "deny", "if"}


def test_a_denied_claim_is_denied_and_a_denied_request_refused() -> None:
    assert "deny" in kinds("Oslo denied that planes bombed the mill.", "bombed", {"denied": ""})
    assert "deny" in kinds("Oslo rejected allegations that planes bombed the mill.", "bombed", {"rejected": ""})
    assert "refuse" in kinds("The court denied a request to free the editor.", "free", {"denied": ""})


def test_regular_forms_and_the_table() -> None:
    assert cues.regular("deny") == ("deny", "denies", "denied", "denying")
    assert cues.regular("refute") == ("refute", "refutes", "refuted", "refuting")
    assert cues.regular("dismiss") == ("dismiss", "dismisses", "dismissed", "dismissing")
    assert {"said", "told", "announcing"} <= cues.reporting()
    assert cues.marks(["is", "about", "To", "sign"])[1] == cues.marks(["about", "to"])[0] == {"future"}


def test_a_kind_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cues.table.cache_clear()
    monkeypatch.setattr(cues, "KINDS", ("report",))
    with pytest.raises(KnowledgeError, match=r"status\.tsv"):
        cues.table()
    cues.table.cache_clear()


def test_signs_of_a_long_hostile_sentence_come_quickly() -> None:
    text = "not if would " * 700 + "storm ?"
    assert "question" in kinds(text, "storm")


def test_the_trap_set_has_equal_parts_and_its_words() -> None:
    rows = [json.loads(line) for line in TRAPS.read_text(encoding="utf8").splitlines()]
    by_kind = {k: [r for r in rows if r["kind"] == k] for k in {r["kind"] for r in rows}}
    assert {k: (len(v), sum(r["aside"] for r in v)) for k, v in by_kind.items()} == dict.fromkeys(by_kind, (16, 8))
    assert len(by_kind) == 10
    for row in rows:
        assert all(w in row["text"] for w in (row["trigger"], *row.get("never", ()))), row


def test_plain_words_decide_with_the_packaged_encoder(encoder: Encoder) -> None:
    import sys

    sys.path.insert(0, str(TRAPS.parent.parent.parent / "benchmarks"))
    from traps import at_word

    rows = [r for r in map(json.loads, TRAPS.read_text(encoding="utf8").splitlines()) if not r["aside"] and r["status"] != "nothing"]
    found = at_word(rows, "fast")
    right = sum(f == r["status"] for f, r in zip(found, rows, strict=True)) / len(rows)
    assert right >= 0.9


@pytest.mark.parametrize(
    ("text", "word", "year"),
    [
        ("Nordania accused Sudonia of hiding the men who burned the mosque at Asra in 2003.", "accused", None),
        ("The mosque at Asra was burned by militiamen in 2003.", "burned", "2003"),
        ("In 2003 militiamen burned the mosque at Asra.", "burned", "2003"),
    ],
)
def test_a_date_of_another_clause_is_not_the_events(text: str, word: str, year: str | None) -> None:
    spans = tuple(cut(text))
    row = [text[w.begin : w.end] for w in spans].index(word)
    sentence = Sentence("d", 0, 0, "body", Span(0, len(text)), text, spans)
    document = Document("d", "", "", "", "", "2024-05-02", "given", "en", text)
    candidate = Candidate(sentence, Reading({}, {}), row, np.zeros(2, np.float32), (), (), (), ())
    case = status._Case(document, candidate, "ACCUSE", Silent(), (), times.find(document, (sentence,)), (), {}, {}, [])  # type: ignore[arg-type]
    found = status._when(case)
    assert (found.date[:4] if found else None) == year
