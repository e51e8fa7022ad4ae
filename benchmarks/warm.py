"""What every process of a benchmark needs and no benchmark measures, loaded once before they fork."""

from __future__ import annotations

from whowhom.knowledge.lexicon import lexicon
from whowhom.knowledge.spelling import likeness

lexicon()
likeness("warm", "worm")
