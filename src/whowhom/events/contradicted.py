"""Denials that take up what an earlier sentence told: "Kyiv said that ... Moscow denied it", "... rejected the allegations"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence

from whowhom.events.attribution import Attribution
from whowhom.events.claims import FOR, ORGANS, same
from whowhom.events.cues import marks
from whowhom.model import Actor, Document, Event, Ground, Mention, Sentence, Span, content_id

#: Deeds that somebody may be said to have done and deny; but for an ASSAULT, only what the text tells on somebody's word: who has
#: imposed sanctions in the open and then rejects some claim or other does not deny them.
DEEDS = frozenset("ASSAULT COERCE SANCTION MOBILIZE PROTEST AID COOPERATE SUPPORT CONSULT RETREAT".split())
#: How many sentences back the told event may stand, and the words between denier and denying verb.
_BACK, _BETWEEN = 3, 4
#: Letters that a noun shares with the event word that it takes up: "the shelling", "shelled".
_SHARED = 4
_TAKES_UP = frozenset("it this that".split())
_CLAIMS = frozenset(
    "claim claims allegation allegations accusation accusations charge charges report reports assertion assertions suggestion suggestions "
    "involvement responsibility wrongdoing complicity role".split()
)
_NOT_YET = frozenset("the any all these those such his her its their this that every a an both".split())
_ENDS = frozenset("and but saying calling".split()) | frozenset(",;.!?”\"—–)-")
#: Behind a claim these words say what is claimed; then the sentence tells it itself.
_TELLS = frozenset("that of".split())
#: How sure it is that the denial is one of that event.
_SURE = 0.9


def denials(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    events: Sequence[Event],
    actor: Callable[[Mention], Actor],
) -> list[Event]:
    """What is denied by a sentence that does not tell it: a denied twin of the last told event of which its denier is the doer.

    `actor` makes a party of a mention. A sentence with a denied event of its own adds none, and neither does a denier who did
    nothing in the three sentences before.
    """
    out: list[Event] = []
    blamed = {e.span for e in events if e.event == "ACCUSE"}
    told = [e for e in events if e.status in FOR and (e.event == "ASSAULT" or (e.event in DEEDS and (e.said_by or e.span in blamed)))]
    if not told:
        return out
    own = {e.span for e in events if e.status in ("denied", "negated")}
    order = {s.span: n for n, s in enumerate(sentences)}
    by_number: dict[int, list[Event]] = {}
    for event in told:
        by_number.setdefault(order.get(event.span, -1), []).append(event)
    for number, sentence in enumerate(sentences):
        near = [e for n in range(max(0, number - _BACK), number) for e in by_number.get(n, ())]
        if not near or sentence.span in own:
            continue
        for row, head in _taken_up(sentence):
            denier = _denier(sentence, row, mentions, attributions)
            if denier is None:
                continue
            who = actor(denier)
            word = document.text[head.begin : head.end].lower()
            kept = [e for e in near if _did(e, who) and (word in _CLAIMS or word in _TAKES_UP or _same_word(word, e, document))]
            if kept:
                last = max(kept, key=lambda e: (order[e.span], e.confidence))
                out.append(_twin(document, sentence, last, who, head, sentence.words[row]))
            break
    return out


def _taken_up(sentence: Sentence) -> list[tuple[int, Span]]:
    """Denying words of a sentence, by number, each with the span of the word that takes up what is denied."""
    base = sentence.span.begin
    words = [sentence.text[w.begin - base : w.end - base] for w in sentence.words]
    kinds = marks(words)
    out = []
    for row, kind in enumerate(kinds):
        if not kind & {"deny", "refuse"} or any(k & {"not", "refuse", "could", "if"} for k in kinds[max(0, row - 3) : row]):
            continue
        at = row + 1
        if at < len(words) and words[at].lower() in _TAKES_UP and (at + 1 == len(words) or words[at + 1].lower() in _ENDS):
            out.append((row, sentence.words[at]))
            continue
        if at >= len(words) or words[at].lower() not in _NOT_YET | _CLAIMS:
            continue
        while at < len(words) and at - row < 6 and words[at].lower() not in _CLAIMS and words[at] not in _ENDS:
            at += 1
        if at < len(words) and words[at].lower() in _CLAIMS:
            if not (at + 1 < len(words) and words[at + 1].lower() in _TELLS):
                out.append((row, sentence.words[at]))
        elif at - row in (3, 4) or (at == len(words) and at - row > 1):
            if "deny" in kind:  # "denied the strike", "denied the latest attack" - a noun that ends the clause
                out.append((row, sentence.words[at - 1]))
    return out


def _denier(sentence: Sentence, row: int, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> Mention | None:
    """Whose denial it is: the source of the cue that holds the word, else the mention right before it."""
    word = sentence.words[row]
    for a in attributions:
        if a.cue.begin <= word.begin < a.cue.end and (a.who or a.source) is not None:
            return a.who or a.source
    before = [m for m in mentions if sentence.span.begin <= m.span.begin and m.span.end <= word.begin]
    if not before:
        return None
    nearest = max(before, key=lambda m: (m.span.end, -m.span.begin))
    gap = sentence.text[nearest.span.end - sentence.span.begin : word.begin - sentence.span.begin]
    return nearest if len(gap.split()) <= _BETWEEN and not re.search(r"[,;:]", gap) else None


def _did(event: Event, who: Actor) -> bool:
    """Whether the denier is the doer or speaks for him, as a government does for the organs of its state and an army for soldiers."""
    for one in event.actor:
        if same(one, who) or (one.country and one.country == who.country and one.sector in (*ORGANS, "") and who.sector in (*ORGANS, "")):
            return True
        if one.country == who.country and one.sector == who.sector and one.sector in ("MIL", "COP"):
            return True  # soldiers of whom the text does not say whose: the army speaks for them
    return False


def _same_word(word: str, event: Event, document: Document) -> bool:
    trigger = document.text[event.trigger.begin : event.trigger.end].lower()
    return len(word) >= _SHARED and word[:_SHARED] == trigger[:_SHARED]


def _twin(document: Document, sentence: Sentence, event: Event, who: Actor, head: Span, verb: Span) -> Event:
    told = document.text[event.trigger.begin : event.trigger.end]
    grounds = (
        Ground("event", event.event, "contradicted", f"takes up {told!r}", event.confidence, event.trigger),
        Ground("status", "denied", "contradicted", f"denied: {document.text[verb.begin : verb.end]!r}", _SURE, verb),
        *(g for g in event.grounds if g.field in ("actor", "recipient", "date")),
    )
    return dataclasses.replace(
        event,
        id=content_id(document.id, head, event.event, event.mode, "denied", who.span),
        status="denied",
        denied_by=(who,),
        said_by=(),
        amounts=(),
        text=sentence.text,
        span=sentence.span,
        trigger=head,
        confidence=round(event.confidence * _SURE, 3),
        against=(),
        grounds=grounds,
    )
