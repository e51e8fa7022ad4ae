"""A talk told a second time keeps its day: "8 days ago the two spoke ... In that conversation, X warned Y"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from whowhom.events.sides import countries
from whowhom.model import Event, Ground

#: Words that lead back to a talk told before.
_IN_THE_TALK = re.compile(
    r"\b(?:in|during|at|over|throughout) (?:the|their|that|this|his|her|its|those|these)(?: [\w-]+){0,2} "
    r"(?:calls?|talks?|meetings?|conversations?|summits?|discussions?|negotiations|encounters?|visits?)\b",
    re.IGNORECASE,
)
_HAPPENED = ("asserted", "historical")


def dated(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events of a document in text order, those of a talk told again with the day of its first telling.

    A CONSULT that has only the document's date takes that of an earlier one in which its parties took part (or their states, where
    the text says "the two sides") which the text dates. What else its sentence tells of these states was said or done
    there, and so was what a sentence puts "in their call" of no other states: it takes the day, too. Events that the text dates itself, and
    those that did not happen by then, stay as they are.
    """
    talks: list[Event] = []
    again: dict[tuple[int, int], Event] = {}
    for event in events:
        place = event.span.begin, event.span.end
        if event.event == "CONSULT" and event.status in _HAPPENED and len(_who(event)) + len(_states(event)) > 2:
            if event.date_source == "text" and event.date:
                talks.append(event)
            elif event.date_source == "document" and (first := _told(event, talks)) is not None:
                again[place] = first
        if event.date_source == "document" and place not in again and _IN_THE_TALK.search(event.text):
            near = [t for t in talks if t.span.end <= event.span.begin and _states(event) and _states(event) <= _states(t)]
            if near:
                again[place] = near[-1]
    return tuple(_with(e, again.get((e.span.begin, e.span.end))) for e in events) if again else tuple(events)


def _told(event: Event, talks: Sequence[Event]) -> Event | None:
    """The last talk of these parties; of the same states where one side is a set ("the two sides")."""
    sets = any(a.members for a in (*event.actor, *event.recipient))
    for talk in reversed(talks):
        if (len(_who(event)) > 1 and _who(event) <= _who(talk)) or (sets and len(_states(event)) > 1 and _states(talk) == _states(event)):
            return talk
    return None


def _with(event: Event, first: Event | None) -> Event:
    if first is None or event.date_source != "document" or event.status not in _HAPPENED or not _states(event) & _states(first):
        return event
    grounds = (*event.grounds, Ground("date", first.date, "retold", f"the talk of {first.date}, told again", 0.8, first.trigger))
    return dataclasses.replace(
        event, date=first.date, date_end=first.date_end, date_precision=first.date_precision, date_source="text", grounds=grounds
    )


def _who(event: Event) -> frozenset[str]:
    return frozenset(a.entity for a in (*event.actor, *event.recipient) if a.entity)


def _states(event: Event) -> set[str]:
    return countries((*event.actor, *event.recipient))
