"""Who stands on which side of an event, as the codebook has it: in talks without host and guest all are actors."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from whowhom.events.attribution import Attribution
from whowhom.events.candidates import Candidate, Party
from whowhom.knowledge.ontology import Ontology
from whowhom.model import Mention

#: How sure a speaker is the doer of what is said in his words.
SPOKEN = 0.7
#: How sure a mention right behind an event word is its recipient, and the types of which that is so.
OBJECT = 0.95
_TRANSITIVE = frozenset("ASSAULT ACCUSE COERCE REQUEST SUPPORT THREATEN AID SANCTION AGREE RETREAT REJECT CONCEDE".split())
_INFLECTED = re.compile(r"(?:ed|s|ing)$|^(?:shot|beat|hit|led|held|took|struck|sent|told|gave|sued|cut)$", re.IGNORECASE)
#: How sure the host of an occasion is the one from whom somebody stays away.
HOSTED = 0.7
_AWAY = re.compile(r"(?:boycott|shun|snub|skip|walk(?:ed|ing|s)? out|stay(?:ed|ing|s)? away|pull(?:ed|ing|s)? out|withdr[ae]w)", re.IGNORECASE)
_NOUNS = (
    r"(?i:olympics?|olympiad|paralympics|games|cup|championships?|summit|forum|expo|fair|festival|grand prix|eurovision|parade|ceremony|"
    r"exhibition|regatta|tournament)"
)
_OCCASION_AFTER = re.compile(r"(?:['’]s)?(?: [A-Z0-9][\w-]*){0,3} " + _NOUNS + r"\b")
_OCCASION_BEFORE = re.compile(_NOUNS + r"(?: \w+){0,3} (?:in|at) (?:the )?$")
_TRAVELS = re.compile(r"fl(?:y|ies|ew|own|ying)|travel(?:s|led|ed|ling)?|arriv(?:e|es|ed|al|ing)|heads?|headed|goes|went|trip|journey|landed|due|visits?", re.IGNORECASE)
_TO = re.compile(r"(?: [\w’'-]+){0,3}? (?:to|for|in) (?:the )?(?=[A-Z])")
_VISITS = re.compile(r"visit(?:s|ed|ing)?|tour(?:s|ed|ing)?", re.IGNORECASE)
_THERE = re.compile(r" (?:the )?(?=[A-Z])")
_ENVOY = re.compile(
    r" (?:(?:its|his|her|their|the|all|an?|\w+ing|two|three|four|five) )*(?:[a-z]+ )?(?:ambassadors?|envoys?|consuls?(?:[- ]general)?|diplomats?|"
    r"embass(?:y|ies)|consulates?|high commissioners?|charg[eé]s? d['’]affaires|attach[eé]s?|mission)(?: [a-z]+)? (?:to|from|in|at) (?:the )?(?=[A-Z])"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|get|gets|got)(?: \w+ly)? $", re.IGNORECASE)
_BLAMES = re.compile(r"\b(?:accus(?:e|es|ed|ing)|suspect(?:s|ed|ing)?|blam(?:e|es|ed|ing)|convict(?:s|ed|ing)?)\b", re.IGNORECASE)
_OF_DOING = re.compile(r" [^.;:!?]{2,120}? (?:of|for) (?:having |the |an? |its |their )?(?:\w+ly )?", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|and)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def sided(candidate: Candidate, event: str, mode: str, book: Ontology) -> tuple[Candidate, str]:
    """The candidate with its parties on the codebook's sides, and the reason where one changed sides.

    A rule that needs ``joint`` makes all parties actors; one that needs ``joint-with`` moves those recipients that the
    text joins to the actor by "with". A party does not act upon itself: its second mention is left out.
    """
    actors, recipients, why = list(candidate.actors), list(candidate.recipients), ""
    for rule in book.rules:
        if rule.needs not in ("joint", "joint-with") or not rule.fits(event, mode, rule.status) or not actors:
            continue
        moved = [p for p in recipients if rule.needs == "joint" or _joined(candidate, p)]
        if moved:
            actors += moved
            recipients = [p for p in recipients if p not in moved]
            why = rule.why
    actors = _not_both(candidate, actors, recipients)
    own = {p.mention.entity for p in actors if p.mention.entity}
    recipients = [p for p in recipients if p.mention.entity not in own or not p.mention.entity]
    return dataclasses.replace(candidate, actors=_once(actors), recipients=_once(recipients)), why


def spoken(candidate: Candidate, attributions: Sequence[Attribution]) -> Candidate:
    """A deed of words without a doer, within somebody's words, is the speaker's: '"They are meddling in our affairs," he said'.

    Not where the deed is told in the passive ("was accused", the doer being left out on purpose). A newspaper or agency that
    carries the words ("Xinhua quoted him as saying") does nothing by them: it is no actor here.
    """
    trigger = candidate.sentence.words[candidate.row]
    carriers = {a.source.span for a in attributions if a.source is not None and not a.cue.begin <= trigger.begin < a.cue.end}
    actors = tuple(p for p in candidate.actors if p.mention.sector != "JRN" or p.mention.span not in carriers)
    if actors:
        return candidate if len(actors) == len(candidate.actors) else dataclasses.replace(candidate, actors=actors)
    candidate = dataclasses.replace(candidate, actors=()) if candidate.recipients else candidate
    before = candidate.sentence.text[: trigger.begin - candidate.sentence.span.begin]
    own = [a for a in attributions if a.source is not None and a.covers(trigger) and not a.cue.begin <= trigger.begin < a.cue.end]
    if not own or _PASSIVE.search(before):
        return candidate
    inner = min(own, key=lambda a: sum(c.end - c.begin for c in a.content))
    source = inner.who or inner.source
    assert source is not None
    if source.sector in ("JRN", "") or any(p.mention.entity == source.entity for p in candidate.recipients):
        return candidate
    return dataclasses.replace(candidate, actors=(Party(source, (), SPOKEN),))


def with_object(candidate: Candidate, event: str, mentions: Sequence[Mention]) -> Candidate:
    """A party right behind an inflected event word is its recipient, if the encoder links it to neither side: "warned Russia".

    Of the mentions that stand so in the casebook 94 to 100 % are recipients, type by type, for the types of `_TRANSITIVE` (99 % behind
    the irregular forms).
    """
    sentence, trigger = candidate.sentence, candidate.sentence.words[candidate.row]
    base = sentence.span.begin
    if event not in _TRANSITIVE or not _INFLECTED.search(sentence.text[trigger.begin - base : trigger.end - base]):
        return candidate
    taken = {p.mention.span for p in (*candidate.actors, *candidate.recipients)}
    behind = next((m for m in mentions if m.span.begin == trigger.end + 1 and m.sentence == sentence.index), None)
    if behind is None or behind.span in taken or sentence.text[trigger.end - base] != " ":
        return candidate
    return dataclasses.replace(candidate, recipients=_once([*candidate.recipients, Party(behind, (), OBJECT)]))


def hosted(candidate: Candidate, event: str, mentions: Sequence[Mention]) -> Candidate:
    """Who stays away from games, a fair or a summit acts against its host: the state of the place that names the occasion.

    Talks, sessions and congresses are left out: they meet on neutral ground. For PROTEST and REJECT at a word of staying away ("boycott", "walk out of", "shun") that has no recipient. The place stands
    before the noun ("the Beijing Games") or behind it ("the summit in Lima"), in the same sentence.
    """
    sentence, trigger = candidate.sentence, candidate.sentence.words[candidate.row]
    base = sentence.span.begin
    if candidate.recipients or event not in ("PROTEST", "REJECT") or not _AWAY.match(sentence.text[trigger.begin - base :]):
        return candidate
    own = {p.mention.entity for p in candidate.actors if p.mention.entity}
    for mention in mentions:
        if mention.sentence != sentence.index or mention.kind != "place" or not mention.country or mention.entity in own:
            continue
        before, after = sentence.text[: mention.span.begin - base], sentence.text[mention.span.end - base :]
        if (_OCCASION_AFTER.match(after) or _OCCASION_BEFORE.search(before)) and mention.country not in {p.mention.country for p in candidate.actors}:
            return dataclasses.replace(candidate, recipients=(Party(mention, (), HOSTED),))
    return candidate


def visited(candidate: Candidate, event: str, mentions: Sequence[Mention]) -> Candidate:
    """Whoever travels to the capital or state of somebody else is its guest: the place behind "flew to", "will visit" is the host.

    For CONSULT and AGREE without a recipient, when no doer comes from there.
    """
    sentence, trigger = candidate.sentence, candidate.sentence.words[candidate.row]
    base = sentence.span.begin
    if candidate.recipients or not candidate.actors or event not in ("CONSULT", "AGREE"):
        return candidate
    word, rest = sentence.text[trigger.begin - base : trigger.end - base], sentence.text[trigger.end - base :]
    behind = _THERE.match(rest) if _VISITS.fullmatch(word) else None
    if behind is None and _TRAVELS.fullmatch(word):
        behind = _TO.match(rest)
    if behind is None:
        return candidate
    at = trigger.end + behind.end()
    host = next((m for m in mentions if m.span.begin <= at < m.span.end and m.kind == "place" and m.country and m.sentence == sentence.index), None)
    if host is None or host.country in {p.mention.country for p in candidate.actors}:
        return candidate
    return dataclasses.replace(candidate, recipients=(Party(host, (), HOSTED),))


def posted(candidate: Candidate, event: str, mentions: Sequence[Mention]) -> Candidate:
    """Whoever recalls its envoy from a capital, or closes its embassy there, acts against the state of that place.

    For SANCTION, REJECT and COERCE at a verb before the envoy, without a recipient from another state than the doer's.
    """
    sentence, trigger = candidate.sentence, candidate.sentence.words[candidate.row]
    base = sentence.span.begin
    own = {p.mention.country for p in candidate.actors}
    if not own or event not in ("SANCTION", "REJECT", "COERCE") or any(p.mention.country not in own for p in candidate.recipients):
        return candidate
    behind = _ENVOY.match(sentence.text, trigger.end - base)
    at = base + behind.end() if behind else -1
    host = next((m for m in mentions if m.span.begin <= at < m.span.end and m.country and m.sentence == sentence.index), None)
    if host is None or host.country in own:
        return candidate
    return dataclasses.replace(candidate, recipients=(Party(host, (), HOSTED),))


def accused(candidate: Candidate, event: str, mentions: Sequence[Mention]) -> Candidate:
    """What somebody is accused of the accuser did not do: of "A accused B of arming rebels" only B arms them."""
    sentence, trigger = candidate.sentence, candidate.sentence.words[candidate.row]
    base = sentence.span.begin
    head = sentence.text[: trigger.begin - base]
    blame = next((m for m in reversed(list(_BLAMES.finditer(head))) if _OF_DOING.fullmatch(head, m.end())), None)
    if blame is None or _PASSIVE.search(head[: blame.start()]):
        return candidate
    verb = base + blame.start()
    if not any(verb < p.mention.span.begin < trigger.begin for p in candidate.actors):
        return candidate
    return dataclasses.replace(candidate, actors=tuple(p for p in candidate.actors if p.mention.span.begin > verb))


def _not_both(candidate: Candidate, actors: list[Party], recipients: list[Party]) -> list[Party]:
    """The actors without those named only behind the event word who are of a recipient's state, where somebody of another stands before
    it: of "the US president warned Russia ..., which Moscow denied planning" Moscow warns nobody."""
    trigger = candidate.sentence.words[candidate.row]
    hit = {p.mention.country for p in recipients if p.mention.country and not p.mention.members}
    lead = {p.mention.country for p in actors if p.mention.span.end <= trigger.begin and p.mention.country}
    return [p for p in actors if p.mention.span.begin < trigger.end or p.mention.country not in hit or not lead - {p.mention.country}]


def _joined(candidate: Candidate, party: Party) -> bool:
    """Whether "with" stands before the party, behind the event word."""
    sentence, trigger = candidate.sentence, candidate.sentence.words[candidate.row]
    between = sentence.text[trigger.end - sentence.span.begin : party.mention.span.begin - sentence.span.begin]
    return party.mention.span.begin > trigger.end and bool(_WITH.search(between)) and "with" in between.lower()


def _once(parties: list[Party]) -> tuple[Party, ...]:
    """Each entity once, at its surest mention, in text order."""
    best: dict[str, Party] = {}
    for party in parties:
        key = party.mention.entity or str(party.mention.span)
        if key not in best or party.probability > best[key].probability:
            best[key] = party
    return tuple(sorted(best.values(), key=lambda p: p.mention.span))
