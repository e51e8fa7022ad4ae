"""Candidates to events: type, mode, context, the codebook's rules, and every other field with its ground."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from whowhom.config import Options, threshold
from whowhom.events import aimed, background, calls, claims, company, contradicted, resumed, retold
from whowhom.events.amounts import event_amounts
from whowhom.events.attribution import SPEECH, Attribution, said_by
from whowhom.events.candidates import Candidate, Party, propose
from whowhom.events.confidence import features, private, probability
from whowhom.events.context import contexts
from whowhom.events.parties import accused, hosted, posted, sided, spoken, visited, with_object
from whowhom.events.status import Status, status_of
from whowhom.events.topic import topic_of
from whowhom.events.when import event_date
from whowhom.events.where import event_place
from whowhom.knowledge import ontology
from whowhom.model import (
    Actor,
    Amount,
    Document,
    Event,
    Ground,
    Mention,
    Note,
    Place,
    Planned,
    Sentence,
    Span,
    When,
    content_id,
)

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Judgement, Reading


#: Words for meetings and visits: what is agreed or planned with them is one.
_MEETS = re.compile(r"meet(?:s|ing|ings)?|visit(?:s|ed|ing)?|talks|summits?|trips?|calls?|consultations|negotiations|travel(?:s|led|ling)?", re.I)


#: Support in words that is offered or pledged is given by that (all five such pairs of PLV train are SUPPORT); aid and arms are not.
_PLEDGES_SUPPORT = re.compile(
    r" (?:(?:to )?(?:him|her|them|[A-Z]\w+) )?(?:(?:his|her|its|their|the|[A-Z]\w+['’]s?) )?(?!militar|financ|humanit|techn|materi|economic|logist)"
    r"(?:(?:full|strong|firm|continued|unwavering|total|complete|public|moral|political|diplomatic|whole) ){0,2}(?:support|backing|solidarity)\b"
)


#: Words that only look ahead at an event.
_AHEAD = re.compile(r"look(?:s|ed|ing)?|hop(?:e|es|ed|ing)|expect(?:s|ed|ing)?|await(?:s|ed|ing)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|due", re.I)


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known of a document before its events are coded."""

    document: Document
    sentences: tuple[Sentence, ...]
    readings: tuple[Reading, ...]
    mentions: tuple[Mention, ...]
    whens: tuple[When, ...]
    places: tuple[Place, ...]
    amounts: tuple[Amount, ...]
    attributions: tuple[Attribution, ...]


def code(materials: Sequence[Material], encoder: Encoder, options: Options) -> list[tuple[tuple[Event, ...], tuple[Note, ...]]]:
    """The events and notes of each document."""
    proposed: list[tuple[list[Candidate], list[Candidate], list[Note]]] = []
    for material in materials:
        by_sentence: dict[int, list[Mention]] = {}
        for mention in material.mentions:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        candidates: list[Candidate] = []
        bare: list[Candidate] = []
        notes: list[Note] = []
        for sentence, reading in zip(material.sentences, material.readings, strict=True):
            some, without, said = propose(sentence, reading, by_sentence.get(sentence.index, ()), encoder)
            candidates += some
            bare += without
            notes += said
            if not reading.heads:
                notes.append(Note(sentence.document, sentence.span, "encoder", "nothing to read in this sentence"))
            elif len(reading.heads["actor"]) < len(sentence.words):
                rest = Span(sentence.words[len(reading.heads["actor"])].begin, sentence.span.end)
                notes.append(Note(sentence.document, rest, "encoder", "the sentence is longer than the encoder reads"))
        proposed.append((candidates, bare, notes))
    out = []
    for material, (candidates, bare, notes) in zip(materials, proposed, strict=True):
        found = _events(material, candidates, encoder, options, notes)
        told_on = resumed.resume(bare, found, material.sentences, material.mentions, encoder)
        found += _events(material, told_on, encoder, options, notes, "event-resumed")
        once = retold.dated(calls.held(_once(found, notes), ontology.load(options.ontology)))
        once = background.set_back(material.document, material.sentences, material.whens, material.attributions, once)
        if options.threshold < 0:
            quiet = company.calm(material.document, material.mentions, len(material.sentences))
            once = tuple(company.settle(once, material.document, quiet, notes))
        once = tuple(aimed.aim(material.sentences, once))
        answers = contradicted.denials(material.document, material.sentences, material.mentions, material.attributions, once, actor)
        kept = claims.link(sorted((*once, *answers), key=lambda e: (e.span, e.trigger)))
        out.append((kept, tuple(notes)))
    return out


def _events(
    material: Material, candidates: Sequence[Candidate], encoder: Encoder, options: Options, notes: list[Note], least: str = "event"
) -> list[Event]:
    judged = encoder.judge([c.question() for c in candidates])
    coded = (_event(material, c, j, encoder, options, notes, least) for c, j in zip(candidates, judged, strict=True))
    return [e for e in coded if e is not None]


def _event(
    material: Material, candidate: Candidate, judgement: Judgement, encoder: Encoder, options: Options, notes: list[Note], least: str
) -> Event | None:
    """One candidate as an event, or None with a note that says why not. `least` names the threshold that it must reach."""
    book = ontology.load(options.ontology)
    sentence, row = candidate.sentence, candidate.row
    trigger = sentence.words[row]
    labels = encoder.labels["trigger"]
    open_types, pointed_types = candidate.types, judgement.heads["judge.type"]
    joined = {t: math.sqrt(float(open_types[i]) * float(pointed_types[i])) for i, t in enumerate(labels) if t != "NONE"}
    kind = max(joined, key=joined.__getitem__)
    for mended in (with_object, hosted, visited, posted, accused):
        candidate = mended(candidate, kind, material.mentions)
    at = labels.index(kind)
    seen = features(candidate, kind, float(open_types[at]), float(pointed_types[at]), float(pointed_types[labels.index("NONE")]))
    confidence = probability(seen, encoder.calibration)

    def refuse(reason: str) -> None:
        notes.append(Note(sentence.document, trigger, "events", f"{kind}: {reason}", round(confidence, 3)))

    floor = options.threshold if options.threshold >= 0 else threshold(least)
    about = topic_of(material.document) if confidence >= floor else ""
    if options.threshold < 0 and (about or private((*candidate.actors, *candidate.recipients))):
        floor = threshold("event-private")
    if confidence < floor:
        refuse(f"probability {confidence:.2f} is below {floor:.2f}" + (f", as a page about {about} needs" if about else ""))
        return None
    pledged = kind == "AGREE" and _PLEDGES_SUPPORT.match(sentence.text, trigger.end - sentence.span.begin) is not None
    kind = "SUPPORT" if pledged else kind
    state = status_of(material.document, candidate, kind, encoder, material.attributions, material.whens, material.mentions)
    mode = _mode(kind, candidate, judgement, encoder)
    if kind in SPEECH:
        candidate = spoken(candidate, material.attributions)
    candidate, why_sides = sided(candidate, kind, mode, book)
    planned = None
    grounds = [
        Ground("event", kind, encoder.version, _close(joined, kind), round(confidence, 3), trigger),
        Ground("status", state.status, state.by, state.why, state.probability, state.span),
    ]
    if pledged:
        grounds.append(Ground("event", kind, "codebook", "support in words is given when it is offered or pledged", 1.0))
    if why_sides:
        grounds.append(Ground("actor", "joint", "codebook", why_sides, 1.0))
    when, date_source = event_date(material.document, sentence, trigger, state.status, material.whens)
    for rule in book.rules:
        if not rule.fits(kind, mode, state.status):
            continue
        joint = kind == "COOPERATE" and len(candidate.actors) > 1
        if (rule.needs == "recipient" and not candidate.recipients and not joint) or (rule.needs == "actor" and not candidate.actors):
            refuse(rule.why)
            return None
        if rule.becomes != "-":
            grounds.append(Ground("event", rule.becomes, "codebook", rule.why, 1.0))
            if rule.plans:
                planned = Planned(kind, mode, when.date if when else "", when.date_end if when else "")
            kind, mode = rule.becomes, ""
    if planned is None and state.status == "planned":
        planned = Planned(_what_is_planned(kind, sentence.text[trigger.begin - sentence.span.begin : trigger.end - sentence.span.begin], joined), "", when.date if when else "", when.date_end if when else "")
    about_what = contexts(
        sentence.text, trigger.begin - sentence.span.begin, kind, mode, encoder.labels["context"], candidate.reading.heads["context"][row]
    )
    cameo, goldstein = book.to_cameo(kind, mode, about_what)
    grounds += [Ground("actor", p.mention.text, "encoder", p.mention.how, round(p.probability, 3), p.mention.span) for p in candidate.actors]
    grounds += [Ground("recipient", p.mention.text, "encoder", p.mention.how, round(p.probability, 3), p.mention.span) for p in candidate.recipients]
    if when is not None:
        grounds.append(Ground("date", when.date, "times", f"{when.text!r}: {when.how}", 1.0, when.span))
    return Event(
        id=content_id(material.document.id, trigger, kind, mode, [p.mention.span for p in (*candidate.actors, *candidate.recipients)]),
        document=material.document.id,
        event=kind,
        mode=mode,
        context=about_what,
        cameo=cameo,
        quad=book.kind(kind, mode).quad,
        score_plover=book.kind(kind, mode).score,
        score_goldstein=goldstein,
        actor=tuple(actor(p.mention) for p in candidate.actors),
        recipient=tuple(actor(p.mention) for p in candidate.recipients),
        date=when.date if when else material.document.date,
        date_end=when.date_end if when else "",
        date_precision=when.precision if when else ("day" if material.document.date else ""),
        date_source=date_source,
        status=state.status,
        planned=planned,
        denied_by=tuple(actor(m) for m in state.denied_by),
        said_by=said_by(candidate, material.attributions, kind, state.status, state.denied_by),
        amounts=event_amounts(material.document, sentence, trigger, material.amounts),
        place=event_place(material.document, sentence, trigger, material.places),
        text=sentence.text,
        span=sentence.span,
        trigger=trigger,
        confidence=round(confidence, 4),
        grounds=tuple(grounds),
    )


def actor(mention: Mention) -> Actor:
    """A mention as a party of an event."""
    m = mention
    return Actor(m.text, m.span, m.name, m.wikidata, m.country, m.sector, m.sectors, m.office, m.members, m.entity, m.how, m.confidence)


def _mode(kind: str, candidate: Candidate, judgement: Judgement, encoder: Encoder) -> str:
    """The likeliest mode of the type over both readings, '' where none is likely enough."""
    chances = {
        mode: (float(candidate.reading.heads["mode"][candidate.row, i]) + float(judgement.heads["judge.form"][i])) / 2
        for i, mode in _modes(encoder.labels["mode"], kind)
    }
    total = sum(chances.values())
    best = max(chances, key=chances.__getitem__)
    return best if total > 0 and chances[best] / total >= threshold("mode") else ""


@lru_cache(maxsize=64)
def _modes(labels: tuple[str, ...], kind: str) -> tuple[tuple[int, str], ...]:
    """The modes of a type with their numbers among the labels, '' for none."""
    return tuple((i, label.partition(".")[2]) for i, label in enumerate(labels) if label == "none" or label.startswith(kind + "."))


def _close(joined: dict[str, float], kind: str) -> str:
    """The runners-up, for explain."""
    rest = sorted(((p, t) for t, p in joined.items() if t != kind), reverse=True)[:2]
    return f"{kind} {joined[kind]:.2f}; next " + ", ".join(f"{t} {p:.2f}" for p, t in rest)


def _what_is_planned(kind: str, word: str, joined: dict[str, float]) -> str:
    """The type of the thing that an AGREE or CONCEDE plans: a meeting where the word says so, else the likeliest deed; other types
    plan themselves."""
    if kind == "AGREE" and _MEETS.fullmatch(word):
        return "CONSULT"
    deeds = {"AGREE": ("CONSULT", "COOPERATE", "SUPPORT", "AID"), "CONCEDE": ("RETREAT", "CONCEDE")}.get(kind, (kind,))
    return max(deeds, key=lambda t: joined[t])


def _once(events: Sequence[Event], notes: list[Note]) -> tuple[Event, ...]:
    """Two triggers of one sentence that say the same of the same parties are one event: the one that names more of them stays, of
    equals the surer."""
    kept: list[tuple[Event, tuple[frozenset[str], ...]]] = []
    full = sorted(events, key=lambda e: (-len(e.actor) - len(e.recipient), e.planned is None, -e.confidence, e.trigger))
    for event in full:
        sides = tuple(frozenset(a.entity or a.text for a in side) for side in (event.actor, event.recipient))
        if any(_same(event, other) and all(s <= o for s, o in zip(sides, others, strict=True)) for other, others in kept):
            reason = f"{event.event}: the same event is coded at another word of the sentence"
            notes.append(Note(event.document, event.trigger, "events", reason, event.confidence))
        else:
            kept.append((event, sides))
    return tuple(sorted((e for e, _ in kept), key=lambda e: (e.span, e.trigger)))


def _same(one: Event, other: Event) -> bool:
    """Whether two events of a document may be one, but for their parties."""
    modes = one.mode == other.mode or not one.mode or not other.mode
    status = one.status == other.status or (one.event == "AGREE" and _looks(one) and other.status == "planned")
    return (one.span, one.event) == (other.span, other.event) and modes and status


def _looks(event: Event) -> bool:
    """Whether the event word only looks ahead ("looks forward to meeting"): what it looks at is the event."""
    base = event.span.begin
    return event.status == "asserted" and _AHEAD.fullmatch(event.text, event.trigger.begin - base, event.trigger.end - base) is not None


__all__ = ["Material", "Party", "Status", "actor", "code"]
