"""The language of a text: py3langid, held against the share of English function words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from whowhom.documents.headlines import function_words

#: Characters that are looked at: more make no difference.
_SAMPLE = 2000

#: Share of English function words from which on a text is English whatever the model says of it. The words of the list
#: are 0.33 to 0.50 of 90 % of PolNeAR's articles; no other language has more than single ones of them ("in", "was", "die").
_ENGLISH = 0.22

#: Words below which a text is too short to be set aside for its language.
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
    if code != "en" and len(words) < _FEW and sample.isascii():
        return "en", 0.5
    return str(code), float(confidence)
