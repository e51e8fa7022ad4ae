"""Calls in which something is said or agreed: "told Putin by phone", "agreed in a video call", where the call is told by the way only."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from whowhom.events.sides import countries
from whowhom.knowledge.ontology import Ontology
from whowhom.model import Actor, Event, Ground, Span, content_id

#: What is said to the other side itself; blame, praise and refusals are often told to a third.
_SAID = frozenset("AGREE CONCEDE REQUEST THREATEN".split())
#: The call: behind the word or party that it belongs to. A call for calm is none, nor what is said to the press.
_CALL = re.compile(
    r"\b(?:in|during|over|via|by|through) (?:an? |the |their |his |her )?(?:(?!\w*phone|video)\w+ )?"
    r"((?:(?:tele)?phone|video(?:[- ]?conferenc\w+)?|call(?! (?:for|to|on|upon)\b))\b(?: (?:calls?|conversation|conference|talks?|link|meeting|summit|session))?+)"
    r"(?! (?:message|address|statement|clip|footage|posted|published|released|recorded|shown|interview|briefing)\b)",
    re.IGNORECASE,
)
#: Somebody is called who must then be a party of the event.
_WITH = re.compile(r" with (?:the |his |her |its )?")
#: A clause of its own begins here; a call behind it belongs to somebody else.
_CLAUSE = re.compile(r"[,;:—–]|\b(?:that|which|who|after|before|while|when|because)\b")
#: Without a word for speaking to one another, "in a video" is a call only where something is agreed.
_BARE = re.compile(r"video", re.IGNORECASE)
_NEAR = 70
_SURE = 0.9


def held(events: Sequence[Event], book: Ontology) -> list[Event]:
    """The events with a CONSULT by phone for each call that they tell of and no event of its own tells."""
    talks = {e.span for e in events if e.event == "CONSULT"}
    found: list[Event] = []
    for event in events:
        sides = (*event.actor, *event.recipient)
        if event.span in talks or event.event not in _SAID or event.status not in ("asserted", "historical") or len(countries(sides)) < 2:
            continue
        at = _call(event)
        if at is None:
            continue
        talks.add(event.span)
        found.append(_talk(event, at, sides, book))
    return sorted((*events, *found), key=lambda e: (e.span, e.trigger))


def _call(event: Event) -> Span | None:
    base = event.span.begin
    last = max([event.trigger.end, *(a.span.end for a in event.recipient if event.trigger.end < a.span.begin < event.trigger.end + 40)])
    call = _CALL.search(event.text, last - base, min(len(event.text), last - base + _NEAR))
    if call is None or _CLAUSE.search(event.text, last - base, call.start()):
        return None
    called = _WITH.match(event.text, call.end())
    if called is not None and not any(a.span.begin - base <= called.end() < a.span.end - base for a in (*event.actor, *event.recipient)):
        return None
    if _BARE.fullmatch(call[1]) and (event.event != "AGREE" or len(countries(event.actor)) < 2):
        return None
    return Span(base + call.start(1), base + call.end(1))


def _talk(event: Event, at: Span, sides: tuple[Actor, ...], book: Ontology) -> Event:
    cameo, goldstein = book.to_cameo("CONSULT", "phone", event.context)
    kind = book.kind("CONSULT", "phone")
    grounds = (
        Ground("event", "CONSULT", "calls", "what is told was said in a call", round(event.confidence * _SURE, 3), at),
        *(g for g in event.grounds if g.field in ("status", "actor", "date")),
        *(dataclasses.replace(g, field="actor") for g in event.grounds if g.field == "recipient"),
    )
    return dataclasses.replace(
        event,
        id=content_id(event.document, at, "CONSULT", "phone", [a.span for a in sides]),
        event="CONSULT",
        mode="phone",
        cameo=cameo,
        quad=kind.quad,
        score_plover=kind.score,
        score_goldstein=goldstein,
        actor=tuple(sorted(sides, key=lambda a: a.span)),
        recipient=(),
        planned=None,
        amounts=(),
        trigger=at,
        confidence=round(event.confidence * _SURE, 4),
        against=(),
        grounds=grounds,
    )


__all__ = ["held"]
