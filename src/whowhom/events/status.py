"""Did it happen: the status of an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.model import Document, Mention, Span

if TYPE_CHECKING:
    from whowhom.encoder import Encoder
    from whowhom.events.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Status:
    """A status with its ground; `denied_by` are the mentions that deny it."""

    status: str
    probability: float
    by: str
    why: str
    span: Span = Span(0, 0)
    denied_by: tuple[Mention, ...] = ()


def status_of(document: Document, candidate: Candidate, event: str, encoder: Encoder) -> Status:
    """The likeliest status of the candidate."""
    chances = candidate.reading.heads["status"][candidate.row]
    best = int(chances.argmax())
    name = encoder.labels["status"][best]
    deniers = tuple(p.mention for p in candidate.deniers) if name == "denied" else ()
    return Status(name, round(float(chances[best]), 3), encoder.version, "as the encoder reads it", candidate.sentence.words[candidate.row], deniers)
