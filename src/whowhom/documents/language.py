"""The language of a text: py3langid, held against the share of English function words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from whowhom.documents.headlines import function_words

#: Characters that are looked at: more make no difference.
_SAMPLE = 2000

#: Share of English function words from which on a text is English whatever the model says of it: 90 % of PolNeAR's
#: articles have 0.35 to 0.48, the least 0.23.
_ENGLISH = 0.3

#: Confidence from which on the model is believed that a text is not English: where hardly a word of it is an English
#: function word, and else. Pidgins and Scots get the headlines of English papers with confidences below.
_SURE_WITHOUT, _SURE = 0.5, 0.8
_HARDLY = 0.08

#: Words below which a text in Latin letters is too short to be set aside for its language.
_FEW = 6


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language(text: str) -> tuple[str, float]:
    """ISO 639-1 code and confidence (0 to 1) for a text; ``en`` in doubt."""
    sample = text[:_SAMPLE]
    words = [w.strip(".,;:!?\"'“”‘’()").lower() for w in sample.split()]
    words = [w for w in words if w]
    known = function_words()
    share = sum(w in known for w in words) / len(words) if words else 0.0
    if share >= _ENGLISH:
        return "en", 1.0
    code, confidence = _model().classify(sample.lower() if sample.isupper() else sample)
    if code != "en" and not _foreign_letters(sample):
        short = len(words) < _FEW
        if short or confidence < (_SURE_WITHOUT if share < _HARDLY else _SURE):
            return "en", 1.0 - float(confidence)
    return str(code), float(confidence)


def _foreign_letters(text: str) -> bool:
    """Whether most letters are of another script than Latin."""
    letters = [c for c in text if c.isalpha()]
    return sum(c > "\u024f" for c in letters) > len(letters) / 2
