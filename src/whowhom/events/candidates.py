"""Words that an event may hang on, with their parties: what the encoder proposes in the open reading.

A candidate is judged a second time with its parties and trigger marked; both readings together decide
type and probability. Nothing here knows the codebook.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.config import threshold
from whowhom.encoder import Question
from whowhom.mentions.places import is_location_use
from whowhom.model import Mention, Note, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whowhom.encoder import Encoder, Reading


#: The relations of a party to an event word.
SIDES = ("ACTOR", "RECIPIENT", "SPEAKER", "DENIER")
#: "ADDIS ABABA, Sept 25 (Agency) - ": where the report was written; nobody in it acts.
_DATELINE = re.compile(r"[A-Z][A-Z .'’/]{2,30}(?:, [\w. /]{1,24})?(?: \([^()]{1,30}\))? ?[-–—]{1,2} ")


@dataclass(frozen=True, slots=True)
class Party:
    """A mention on one side of an event, with its words in the sentence and the mean arc probability."""

    mention: Mention
    words: tuple[int, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger word of a sentence with its parties. `types` are the open reading's probabilities of `types`."""

    sentence: Sentence
    reading: Reading
    row: int
    types: NDArray[np.float32]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    speakers: tuple[Party, ...]
    deniers: tuple[Party, ...]

    def question(self) -> Question:
        """The pointed question about this candidate."""
        base = self.sentence.span.begin
        words = [self.sentence.text[w.begin - base : w.end - base] for w in self.sentence.words]
        source, target = (tuple(w for p in side for w in p.words) for side in (self.actors, self.recipients))
        return Question(words, source, target, (self.row,))


def propose(
    sentence: Sentence, reading: Reading, mentions: Sequence[Mention], encoder: Encoder
) -> tuple[list[Candidate], list[Candidate], list[Note]]:
    """All candidates of a sentence, those without a party, and notes on these."""
    if not reading.heads:
        return [], [], []
    triggers = reading.heads["trigger"]
    nothing = encoder.labels["trigger"].index("NONE")
    opened = _DATELINE.match(sentence.text)
    begin = sentence.span.begin + (opened.end() if opened else 0)
    mentions = [m for m in mentions if m.span.begin >= begin]
    placed = [(m, words) for m in mentions if (words := _words_of(sentence, m, len(triggers)))]
    near = tuple((m, words, threshold("party" if _acts(sentence, m) else "party-place")) for m, words in placed)
    found: list[Candidate] = []
    bare: list[Candidate] = []
    notes: list[Note] = []
    for row, arcs in sorted(reading.arcs.items()):
        chance = 1 - float(triggers[row, nothing])
        if chance < threshold("trigger"):
            continue
        if row > 0 and found and found[-1].row == row - 1 and _same_type(triggers, row):
            continue  # a particle or a second word of one trigger
        sides = _sides(near, {side: arcs[encoder.relations.index(side)] for side in SIDES})
        if not sides["ACTOR"] and not sides["RECIPIENT"]:
            notes.append(Note(sentence.document, sentence.words[row], "events", "an event word without a party", chance))
            bare.append(Candidate(sentence, reading, row, triggers[row], (), (), (), ()))
            continue
        actors, recipients, speakers, deniers = (tuple(sides[s]) for s in SIDES)
        found.append(Candidate(sentence, reading, row, triggers[row], actors, recipients, speakers, deniers))
    return found, bare, notes


def _sides(near: Sequence[tuple[Mention, tuple[int, ...], float]], score: dict[str, NDArray[np.float32]]) -> dict[str, list[Party]]:
    """The parties on each side by the mean arc over the words of each mention; without any, the likeliest mention."""
    sides: dict[str, list[Party]] = {side: [] for side in SIDES}
    best: tuple[str, Party] | None = None
    # A mean over two or three numbers costs numpy ten times what it costs Python.
    chances = [(side, score[side].tolist()) for side in SIDES]
    for mention, words, floor in near:
        means = {side: float(sum(row[w] for w in words) / len(words)) for side, row in chances}
        main = "ACTOR" if means["ACTOR"] >= means["RECIPIENT"] else "RECIPIENT"
        if mention.kind != "place" and (best is None or means[main] > best[1].probability):
            best = main, Party(mention, words, means[main])
        for side in (main, "SPEAKER", "DENIER"):
            if means[side] >= floor:
                sides[side].append(Party(mention, words, means[side]))
    if not sides["ACTOR"] and not sides["RECIPIENT"] and best is not None and best[1].probability >= threshold("party-best"):
        sides[best[0]].append(best[1])
    return sides


def _acts(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention can be a party like any other: a place where something happens rarely is, though a visitor's host may be."""
    return mention.kind != "place" or not is_location_use(sentence, mention.span)


def _same_type(triggers: NDArray[np.float32], row: int) -> bool:
    return int(triggers[row].argmax()) == int(triggers[row - 1].argmax())


def _words_of(sentence: Sentence, mention: Mention, size: int) -> tuple[int, ...]:
    """Indices of a mention's words that were read."""
    inside = (i for i, w in enumerate(sentence.words[:size]) if w.begin < mention.span.end and w.end > mention.span.begin)
    return tuple(inside)
