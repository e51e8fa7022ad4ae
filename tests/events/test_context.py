"""What an event is about, by its words and the encoder."""

from __future__ import annotations

import numpy as np

from whowhom.events.context import NEAR, contexts, signs

LABELS = ("military", "health", "human_rights", "cyber")


def of(text: str, word: str, event: str, mode: str = "", chance: float = 0.03) -> tuple[str, ...]:
    return contexts(text, text.index(word), event, mode, LABELS, np.full(len(LABELS), chance, np.float32))


def test_words_name_the_context() -> None:
    assert "health" in of("Chile sent two million vaccine doses to clinics in Paraguay.", "sent", "AID")
    assert "cyber" in of("Hackers took down the servers of the Latvian ministry.", "took", "COERCE", "cyber")
    assert of("The mayor thanked the governor.", "thanked", "SUPPORT") == ()


def test_the_encoder_has_a_say_and_odd_texts_have_none() -> None:
    sure = contexts("They met.", 5, "CONSULT", "", LABELS, np.array([0.9999, 0.0, 0.0, 0.0], np.float32))
    unsure = contexts("They met.", 5, "CONSULT", "", LABELS, np.zeros(4, np.float32))
    assert set(unsure) <= set(sure)
    assert isinstance(of("…", "…", "ASSAULT"), tuple)


def test_near_words_are_those_around_the_event() -> None:
    words = " ".join(f"w{chr(97 + i)}" for i in range(20))
    found = {s[1:] for s in signs(words, words.index("wk"), "AID", "") if s.startswith("~")}
    assert len(found) == 2 * NEAR and "wk" not in found and "wj" in found and "wa" not in found
