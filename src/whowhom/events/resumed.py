"""Talks and treaties told on without their parties: "Talks lasted past midnight", "The treaty was signed in Paris"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from whowhom.events.candidates import Candidate, Party
from whowhom.events.sides import countries
from whowhom.model import Event, Mention, Sentence, Span

if TYPE_CHECKING:
    from whowhom.encoder import Encoder

#: Types of what several parties do together, in words or by contract; only these are told on.
TOGETHER = frozenset("CONSULT AGREE SUPPORT CONCEDE".split())
#: A sentence that begins with the talks or the paper, and how many characters behind that the event word may stand.
_SUBJECT = re.compile(
    r"(?:But |And |Yet |However, |Meanwhile, |In the end,? )?(?:The |These |Those |This |That |No |Both |Such )?(?:[a-z][\w-]+ ){0,2}"
    r"(?:[Tt]alks|[Nn]egotiations|[Mm]eetings?|[Ss]ummit|[Cc]onversations?|[Cc]onsultations|[Dd]iscussions|[Tt]reaty|[Aa]greements?|[Aa]ccords?|"
    r"[Dd]eal|[Pp]act|[Cc]easefire|[Tt]ruce|[Mm]emorandum|[Pp]rotocols?|[Cc]ommunique)\b"
)
_NEAR = 60
#: How many sentences back the parties may stand, and how sure it is that they are meant.
_BACK, _SURE = 4, 0.7


def resume(bare: Sequence[Candidate], events: Sequence[Event], sentences: Sequence[Sentence], mentions: Sequence[Mention], encoder: Encoder) -> list[Candidate]:
    """Candidates without a party that go on with an earlier event of several parties, with its parties as actors."""
    if not bare:
        return []
    order = {s.span: n for n, s in enumerate(sentences)}
    known = {m.span: m for m in mentions}
    labels = encoder.labels["trigger"]
    together = {i for i, t in enumerate(labels) if t in TOGETHER}
    out = []
    for one in bare:
        subject = _SUBJECT.match(one.sentence.text)
        trigger = one.sentence.words[one.row]
        likely = max((i for i, t in enumerate(labels) if t != "NONE"), key=lambda i: float(one.types[i]))
        if subject is None or trigger.begin - one.sentence.span.begin > subject.end() + _NEAR or likely not in together:
            continue
        told = _told(one, events, order)
        parties = tuple(Party(known[a.span], (), _SURE) for a in (*told.actor, *told.recipient) if a.span in known) if told else ()
        if len(parties) > 1:
            out.append(dataclasses.replace(one, actors=parties))
    return out


def _told(one: Candidate, events: Sequence[Event], order: dict[Span, int]) -> Event | None:
    """The last event before of two states or more that meet, agree or contract."""
    at = order.get(one.sentence.span, -1)
    for event in sorted(events, key=lambda e: e.trigger, reverse=True):
        states = countries((*event.actor, *event.recipient))
        if event.event in TOGETHER and len(states) > 1 and 0 < at - order.get(event.span, at) <= _BACK and event.status not in ("negated", "denied"):
            return event
    return None


__all__ = ["resume"]
