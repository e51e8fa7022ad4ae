from __future__ import annotations

from pathlib import Path

import pytest

from whowhom.errors import KnowledgeError
from whowhom.knowledge import ontology

BOOK = ontology.load()


def test_all_types_and_quads_of_plover_are_there() -> None:
    assert len(BOOK.types) == 16 and len(BOOK.contexts) == 37
    assert {BOOK.kind(t, "").quad for t in ("AGREE", "CONSULT", "SUPPORT", "CONCEDE")} == {1}
    assert {BOOK.kind(t, "").quad for t in ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")} == {4}


def test_cooperation_scores_above_zero_and_conflict_below() -> None:
    for (event, mode), kind in BOOK.kinds.items():
        if event != "REQUEST":
            assert (kind.score > 0) == (kind.quad <= 2), (event, mode)


@pytest.mark.parametrize(("event", "mode"), list(BOOK.kinds))
def test_every_type_and_mode_leads_to_a_cameo_code_of_its_own_kind(event: str, mode: str) -> None:
    code, goldstein = BOOK.to_cameo(event, mode, ())
    assert code.startswith("0") or code[0] == "1" or code[:2] == "20"
    assert -10 <= goldstein <= 10
    assert (goldstein > 0) == (BOOK.kind(event, mode).quad <= 2)


def test_the_context_decides_between_codes() -> None:
    assert BOOK.to_cameo("AID", "", ("diplomatic", "military"))[0] == "072"
    assert BOOK.to_cameo("AID", "", ("diplomatic",))[0] == "070"
    assert BOOK.to_cameo("ASSAULT", "drone", ("terrorism",))[0] == "195"


@pytest.mark.parametrize(
    ("event", "status", "becomes"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("SUPPORT", "planned", "AGREE"),
        ("COOPERATE", "planned", "AGREE"),
        ("AID", "planned", "AGREE"),
        ("RETREAT", "planned", "CONCEDE"),
    ],
)
def test_what_lies_ahead_is_a_promise(event: str, status: str, becomes: str) -> None:
    assert [r.becomes for r in BOOK.rules if r.fits(event, "", status) and r.becomes != "-"] == [becomes]


@pytest.mark.parametrize("event", BOOK.types)
def test_what_happened_changes_no_type(event: str) -> None:
    assert not [r for r in BOOK.rules if r.fits(event, "", "asserted") and r.becomes != "-"]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"plover\.tsv"):
        ontology.load(str(tmp_path))
