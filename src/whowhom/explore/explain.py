"""Why: each decision about an event with its grounds, and why a sentence gave nothing.

One function for the terminal and for the web: `explain` reads what the records say of themselves
(`Event.grounds`, `Note`, `Document.cut`) and invents nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whowhom.model import Actor, Coded, Cut, Document, Event, Ground, Note, Span

#: The order in which a reader asks, and the question.
QUESTIONS = {
    "event": "What was done", "mode": "In which form", "context": "In which matter", "status": "Did it happen", "actor": "Who did it",
    "recipient": "To whom", "denied_by": "Who denies it", "said_by": "On whose word", "date": "When", "place": "Where",
    "amounts": "How much", "planned": "What is planned", "against": "What speaks against it", "story": "Which happening",
}  # fmt: skip
_RUNNER_UP = re.compile(r"\b([A-Z][A-Z_]{2,})[ :]([01]?\.\d+|[01])\b")
#: Notes shown in full; a page of any length may come in.
MOST_NOTES = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a decision: its value, the component, its reason, its probability, the words it stands on."""

    value: str
    by: str
    why: str
    probability: float
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """A field of an event: the question it answers, what was decided, the grounds, and what else was close."""

    field: str
    question: str
    answer: str
    reasons: tuple[Reason, ...]
    runners_up: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """Words that gave no event, and why."""

    words: str
    span: Span
    stage: str
    reason: str
    probability: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that can be said about one event, or about a document where `event` is None."""

    event: Event | None
    decisions: tuple[Decision, ...]
    beside: tuple[Nothing, ...]
    cut: tuple[Cut, ...]


def explain(event: Event, document: Document, notes: Sequence[Note] = ()) -> Explanation:
    """The decisions of one event; `beside` are the notes on its own sentence."""
    grounds: dict[str, list[Ground]] = {}
    for ground in event.grounds:
        grounds.setdefault(ground.field, []).append(ground)
    decisions = []
    for field in (*QUESTIONS, *(f for f in grounds if f not in QUESTIONS)):
        answer = answer_of(event, field)
        if not answer and field not in grounds:
            continue
        reasons = tuple(_reason(g, document) for g in grounds.get(field, ()))
        if field in ("actor", "recipient"):
            reasons += tuple(_resolved(a, document) for a in getattr(event, field) if a.how and not any(r.why == a.how for r in reasons))
        named = [(name, float(p), g.value) for g in grounds.get(field, ()) for name, p in _RUNNER_UP.findall(g.why)]
        close = tuple((name, chance) for name, chance, own in named if name not in (event.event, own) and chance >= 0.01)
        decisions.append(Decision(field, QUESTIONS.get(field, field), answer, reasons, close))
    own = [n for n in notes if event.span.begin <= n.span.begin < event.span.end]
    return Explanation(event, tuple(decisions), nothing(document, own), document.cut)


def explain_document(coded: Coded) -> Explanation:
    """What a document gave nothing for, and what was cut from it."""
    return Explanation(None, (), nothing(coded.document, coded.notes), coded.document.cut)


def nothing(document: Document, notes: Sequence[Note]) -> tuple[Nothing, ...]:
    """Notes with their words, in the order of the text."""
    ordered = sorted(notes, key=lambda n: n.span)[:MOST_NOTES]
    return tuple(Nothing(document.text[n.span.begin : n.span.end], n.span, n.stage, n.reason, n.probability) for n in ordered)


def answer_of(event: Event, field: str) -> str:
    """A field of an event in words, '' where it is empty or unknown."""
    match field:
        case "event":
            return event.event
        case "mode" | "status" | "story":
            return str(getattr(event, field))
        case "context" | "against":
            return ", ".join(getattr(event, field))
        case "actor" | "recipient" | "denied_by":
            return "; ".join(party(a) for a in getattr(event, field))
        case "said_by":
            return ", who is quoted by ".join((s.name or s.text) + (f" ({s.cue})" if s.cue else "") for s in event.said_by)
        case "date":
            source = {"document": "the page's own date", "text": "said in the text"}.get(event.date_source, event.date_source)
            return when(event) + (f" ({source})" if event.date and source else "")
        case "place":
            return "" if event.place is None else ", ".join(dict.fromkeys(x for x in (event.place.name, event.place.country) if x))
        case "amounts":
            return "; ".join(a.text for a in event.amounts)
        case "planned":
            return "" if event.planned is None else " ".join(x for x in (event.planned.event, event.planned.mode, event.planned.date) if x)
    return ""


def when(event: Event) -> str:
    """The date or range of an event."""
    return event.date + (f" to {event.date_end}" if event.date_end and event.date_end != event.date else "")


def party(actor: Actor) -> str:
    """An actor in words: name or text, the text where it differs, and the codes."""
    name = actor.name or actor.text
    codes = " ".join(x for x in (actor.country or "/".join(actor.members), actor.sector) if x)
    written = f", written “{actor.text}”" if actor.name and actor.text.casefold() not in actor.name.casefold() else ""
    return name + (f" [{codes}]" if codes else "") + written


def _reason(ground: Ground, document: Document) -> Reason:
    words = document.text[ground.span.begin : ground.span.end] if ground.span.end > ground.span.begin else ""
    return Reason(ground.value, ground.by, ground.why, ground.probability, words, ground.span)


def _resolved(actor: Actor, document: Document) -> Reason:
    return Reason(actor.name or actor.text, "actors", actor.how, actor.confidence, document.text[actor.span.begin : actor.span.end], actor.span)
