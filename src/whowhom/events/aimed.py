"""At whom an answer is aimed that names a deed and not its doer: "rejected the demand", "condemned the move", "welcomed the decision"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from whowhom.model import Actor, Event, Ground, Sentence, Span

#: Types of events that a noun takes up.
_WORDS = {
    kind: frozenset(words.split())
    for kind, words in {
        "REQUEST": "demand demands request requests appeal appeals call calls plea pleas ultimatum petition",
        "AGREE": "offer offers proposal proposals pledge pledges promise invitation plan plans commitment",
        "THREATEN": "threat threats ultimatum warning warnings ultimatums",
        "ACCUSE": "accusation accusations charge charges allegation allegations criticism claim claims complaint remarks comments",
        "COERCE": "sanctions sanction measures measure embargo tariffs ban bans restrictions curbs blockade crackdown arrest arrests detention detentions "
        "raid raids seizure blacklisting penalties",
        "SANCTION": "expulsion expulsions sanctions measures cut cuts suspension withdrawal",
        "ASSAULT": "attack attacks strike strikes raid raids bombing bombings shelling bombardment killing killings assault assaults invasion "
        "offensive incursion massacre airstrike airstrikes",
        "MOBILIZE": "launch launches test tests deployment deployments drill drills manoeuvres exercises exercise build-up",
        "CONCEDE": "concession concessions truce ceasefire",
        "RETREAT": "release withdrawal pullback pullout ceasefire truce lifting",
        "AID": "aid help donation gift",
    }.items()
}
#: Nouns for any deed.
_ANY = frozenset("decision decisions move moves step steps action actions act announcement initiative".split())
#: What may be answered with what: nobody praises an attack or condemns a truce without the text naming whose it was.
_ANSWERS = {
    "REJECT": frozenset("REQUEST AGREE THREATEN ACCUSE COERCE SANCTION CONCEDE".split()),
    "ACCUSE": frozenset("COERCE SANCTION ASSAULT MOBILIZE THREATEN REQUEST REJECT ACCUSE".split()),
    "SUPPORT": frozenset("AGREE CONCEDE RETREAT AID COOPERATE SANCTION COERCE".split()),
}
#: "the latest demand", "these attacks": a noun that ends its phrase. What follows with "of", "by", "against" says more itself.
_OBJECT = re.compile(
    r" (?:the|this|that|these|those|such|both)(?: (?:latest|new|recent|[a-z]+al|[a-z]+ic|[a-z]+ed))?"
    r" ([a-z][a-z-]+)(?! (?:of|by|from|against|on|in which|that)\b| to [a-z])(?=[ ,.;:!?”\"']|$)"
)
#: How many sentences back the deed may be told, and how sure it is that this one is meant.
_BACK, _SURE = 3, 0.7


def aim(sentences: Sequence[Sentence], events: Sequence[Event]) -> list[Event]:
    """The events; those of blame, praise and refusal without a recipient, before a noun for a deed told shortly before, have its doer."""
    order = {s.span: n for n, s in enumerate(sentences)}
    out: list[Event] = []
    for event in events:
        meant = _meant(event, events, order) if event.event in _ANSWERS and not event.recipient and event.actor else None
        if meant is None:
            out.append(event)
            continue
        told, noun = meant
        why = f"{noun!r} takes up {told.event} in the text before"
        grounds = (*event.grounds, *(Ground("recipient", a.text, "aimed", why, _SURE, told.trigger) for a in told.actor))
        out.append(dataclasses.replace(event, recipient=told.actor, grounds=grounds))
    return out


def _meant(event: Event, events: Sequence[Event], order: dict[Span, int]) -> tuple[Event, str] | None:
    behind = _OBJECT.match(event.text, event.trigger.end - event.span.begin)
    if behind is None:
        return None
    noun = behind[1]
    kinds = {k for k in _ANSWERS[event.event] if noun in _ANY or noun in _WORDS.get(k, ())}
    if not kinds:
        return None
    at, own = order.get(event.span, -1), {_who(a) for a in event.actor}
    for told in sorted(events, key=lambda e: e.trigger, reverse=True):
        back = at - order.get(told.span, -9)
        if told.trigger >= event.trigger or not 0 <= back <= _BACK or told.event not in kinds or told.status in ("negated", "denied", "historical"):
            continue
        # The nearest one is meant: where nobody knows who did it, or he answers himself, the recipient stays open.
        doers = {_who(a) for a in told.actor}
        return (told, noun) if doers and not doers & own else None
    return None


def _who(actor: Actor) -> str:
    return actor.country or actor.entity or actor.text


__all__ = ["aim"]
