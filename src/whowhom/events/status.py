"""Did it happen: the status of an event.

The signs over the event word (`scope`), the dates beside it and the encoder's own opinion decide in this order: asked, denied,
doubted or conditional, possible, to come, not done, long ago; what no sign speaks of is as the encoder reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.config import threshold
from whowhom.events.attribution import Attribution
from whowhom.events.clause import cost
from whowhom.events.cues import marks
from whowhom.events.scope import EVEN, Sign, read_words, signs
from whowhom.events.when import LIMIT
from whowhom.model import Document, Mention, Span, When

if TYPE_CHECKING:
    from whowhom.encoder import Encoder
    from whowhom.events.candidates import Candidate

#: Types that are words about the future: that what they speak of lies ahead or is refused makes themselves no less said.
SPOKEN = frozenset(("THREATEN", "REJECT", "REQUEST"))


@dataclass(frozen=True, slots=True)
class Status:
    """A status with its ground; `denied_by` are the mentions that deny it."""

    status: str
    probability: float
    by: str
    why: str
    span: Span = Span(0, 0)
    denied_by: tuple[Mention, ...] = ()


def status_of(
    document: Document,
    candidate: Candidate,
    event: str,
    encoder: Encoder,
    found: Sequence[Attribution] = (),
    whens: Sequence[When] = (),
    mentions: Sequence[Mention] = (),
) -> Status:
    """The status of a candidate of this type, with the document's attributions (`found`), dates and mentions."""
    sentence, reading, row = candidate.sentence, candidate.reading, candidate.row
    chances = {name: float(p) for name, p in zip(encoder.labels["status"], reading.heads["status"][row], strict=True)}
    over = {sign.kind: sign for sign in reversed(signs(sentence, reading, row, encoder))}
    words = read_words(sentence, reading)

    def given(name: str, sign: Sign | None, why: str, denied_by: tuple[Mention, ...] = ()) -> Status:
        span = sentence.words[sign.row] if sign is not None else sentence.words[row]
        said = f"{why}: {words[sign.row]!r}" if sign is not None else why
        return Status(name, round(max(chances[name], threshold("status-rule")), 3), "signs", said, span, denied_by)

    for rule in (_denied, _open, _ahead, _not_done, _long_ago):
        status = rule(_Case(document, candidate, event, encoder, found, whens, mentions, chances, over, words), given)
        if status is not None:
            return status
    return _as_read(candidate, event, encoder, chances)


@dataclass(frozen=True, slots=True)
class _Case:
    """All that a rule may look at."""

    document: Document
    candidate: Candidate
    event: str
    encoder: Encoder
    found: Sequence[Attribution]
    whens: Sequence[When]
    mentions: Sequence[Mention]
    chances: dict[str, float]
    over: dict[str, Sign]
    words: list[str]


_Given = Callable[..., Status]


def _denied(case: _Case, given: _Given) -> Status | None:
    """A denial governs it, a predicate calls the report of it false, or somebody says that he did not do it."""
    if "question" in case.over:
        return given("hypothetical", case.over["question"], "asked, not told")
    sign = case.over.get("deny")
    if sign is not None:
        return given("denied", sign, "denied", _deniers(case, sign.row))
    untrue = _called_untrue(case)
    if untrue is not None:
        return given("denied", untrue, "called untrue", _deniers(case, untrue.row))
    negation = case.over.get("not")
    if negation is not None and case.event not in SPOKEN and "if" not in case.over:
        deniers = _own_denial(case)
        if deniers:
            return given("denied", negation, "its own party says that it did not", deniers)
        if case.chances["denied"] > case.chances["negated"] and case.chances["denied"] > threshold("status-denied"):
            return given("denied", negation, "denied", _deniers(case, negation.row))
    return None


def _open(case: _Case, given: _Given) -> Status | None:
    """Conditional, possible, rumoured, demanded or threatened: nobody says that it happened."""
    over = case.over
    if "if" in over and case.event != "THREATEN":
        return given("hypothetical", over["if"], "under a condition")
    if "doubt" in over:
        return given("hypothetical", over["doubt"], "doubted or only rumoured")
    if "perhaps" in over:
        return given("hypothetical", over["perhaps"], "only possible")
    if case.event == "THREATEN":
        return None
    if "could" in over:
        return given("hypothetical", over["could"], "only possible")
    if case.event in SPOKEN:
        return None
    if "should" in over:
        return given("hypothetical", over["should"], "a wish or duty")
    ahead = over.get("would") or over.get("future")
    if ahead is not None and "otherwise" in over and "not" not in over:
        return given("hypothetical", over["otherwise"], "under a condition")
    # What is wished for may have happened all the same ("asked for wheat; Oslo has paid"): the encoder may object.
    if "want" in over and not ahead and case.chances["asserted"] < threshold("status-sure"):
        return given("hypothetical", over["want"], "demanded, wished or threatened")
    return None


def _ahead(case: _Case, given: _Given) -> Status | None:
    """Announced or intended."""
    over = case.over
    if case.event in SPOKEN or "not" in over or "refuse" in over:
        return None
    if "future" in over:
        return given("planned", over["future"], "lies ahead")
    if "plan" in over:
        return given("planned", over["plan"], "intended")
    if "would" in over:
        trigger = case.candidate.sentence.words[case.candidate.row]
        told = any(a.covers(trigger) for a in case.found)
        if told or case.chances["planned"] > case.chances["hypothetical"]:
            return given("planned", over["would"], "announced")
        return given("hypothetical", over["would"], "only imagined")
    return None


def _not_done(case: _Case, given: _Given) -> Status | None:
    """Negated or refused."""
    over = case.over
    for kind, why in (("refuse", "refused"), ("not", "negated")):
        # "Will not pay" is a refusal that took place: for words about the future the encoder tells which it is.
        if kind in over and not (case.event in SPOKEN and case.chances["negated"] < threshold("status-denied")):
            return given("negated", over[kind], why)
    return None


def _long_ago(case: _Case, given: _Given) -> Status | None:
    """Years before the report."""
    when = _when(case)
    if when is not None and case.document.date[:4].isdigit():
        last = (when.date_end or when.date)[:4]
        if last.isdigit() and int(case.document.date[:4]) - int(last) >= threshold("historical-years"):
            chance = round(max(case.chances["historical"], threshold("status-rule")), 3)
            return Status("historical", chance, "signs", f"long before the report: {when.text!r}", when.span)
    kinds = marks(case.words)
    row = case.candidate.row
    near = [n for n, k in enumerate(kinds) if "past" in k]
    if near and case.chances["historical"] > threshold("status-past"):
        best = min(near, key=lambda n: abs(n - row))
        return given("historical", Sign("past", best, best), "long before the report")
    return None


def _as_read(candidate: Candidate, event: str, encoder: Encoder, chances: dict[str, float]) -> Status:
    """As the encoder reads it; a status that takes something away needs more than to be the likeliest."""
    best = max(chances, key=chances.__getitem__)
    if best != "asserted" and chances[best] < threshold("status-head"):
        best = "asserted"
    deniers = tuple(p.mention for p in candidate.deniers) if best == "denied" else ()
    return Status(best, round(chances[best], 3), encoder.version, "as the encoder reads it", candidate.sentence.words[candidate.row], deniers)


def _when(case: _Case) -> When | None:
    """The time expression that goes with the event word: by its arc, else the only one of the sentence, if it is not another clause's."""
    sentence, row = case.candidate.sentence, case.candidate.row
    here = [w for w in case.whens if sentence.span.begin <= w.span.begin < sentence.span.end and w.date]
    arcs = case.candidate.reading.arcs.get(row)
    best, chance = None, threshold("status-when")
    if arcs is not None:
        times = arcs[case.encoder.relations.index("TMP")]
        for when in here:
            at = [n for n in range(len(times)) if sentence.words[n].begin < when.span.end and sentence.words[n].end > when.span.begin]
            value = max((float(times[n]) for n in at), default=0.0)
            if value > chance:
                best, chance = when, value
    if best is None and len(here) == 1 and cost(sentence, sentence.words[row], here[0].span) <= LIMIT:
        return here[0]
    return best


def _called_untrue(case: _Case) -> Sign | None:
    """A predicate that calls false what the event word is told in: "claims that X ... are untrue", "it was false that X ..."."""
    kinds = marks(case.words)
    row = case.candidate.row
    for n, kind in enumerate(kinds):
        if "untrue" not in kind or abs(n - row) > 25 or n == row:
            continue
        first, last = min(n, row), max(n, row)
        told = any("claim" in kinds[m] for m in range(max(0, row - 12), row)) if n > row else any(w.lower() == "that" for w in case.words[first:last])
        if told:
            return Sign("untrue", n, n)
    return None


def _deniers(case: _Case, row: int) -> tuple[Mention, ...]:
    """Who denies with the word `row`: the source of the cue that holds it, else its subject, else the encoder's arc
    from the event, else who reports it."""
    sentence = case.candidate.sentence
    word = sentence.words[row]
    own = [a.source for a in case.found if a.source is not None and a.cue.begin <= word.begin < a.cue.end]
    if own:
        return tuple(m for m in own[:1] if m is not None)
    arcs = case.candidate.reading.arcs.get(row)
    best, chance = None, EVEN
    for mention in case.mentions if arcs is not None else ():
        inside = [n for n in range(len(case.words)) if sentence.words[n].begin < mention.span.end and sentence.words[n].end > mention.span.begin]
        value = float(arcs[case.encoder.relations.index("A0")][inside].mean()) if arcs is not None and inside else 0.0
        if value > chance:
            best, chance = mention, value
    if best is not None:
        return (best,)
    if case.candidate.deniers:
        return _nearest([p.mention for p in case.candidate.deniers], word, case.document.text)
    return tuple(a.source for a in case.found if a.source is not None and a.covers(word))[:1]


def _nearest(deniers: Sequence[Mention], word: Span, text: str) -> tuple[Mention, ...]:
    """Of several that may deny, the one nearest to the denying word, with those that are joined to it ("A, B and C denied")."""

    def gap(m: Mention) -> int:
        return max(word.begin - m.span.end, m.span.begin - word.end, 0)

    kept = [min(deniers, key=gap)]
    for m in sorted((m for m in deniers if m is not kept[0]), key=gap):
        first, last = sorted((m.span, min((k.span for k in kept), key=lambda s: abs(s.begin - m.span.begin))))
        if set(text[first.end : last.begin].replace(",", " ").split()) <= {"and", "or", "nor", "the"}:
            kept.append(m)
    return tuple(sorted(kept, key=lambda m: m.span))


def _own_denial(case: _Case) -> tuple[Mention, ...]:
    """Who says of himself that he did not: a source that is the event's own actor, speaks of it as "we", or insists."""
    trigger = case.candidate.sentence.words[case.candidate.row]
    actors = [p.mention for p in case.candidate.actors]
    keys = {m.entity for m in actors if m.entity}
    before = {w.lower() for w in case.words[max(0, case.candidate.row - 6) : case.candidate.row]}
    for a in case.found:
        if a.source is None or not a.covers(trigger):
            continue
        who = a.who or a.source
        same = bool({a.source.entity, who.entity} & keys - {""})
        insists = any("insist" in kinds for kinds in marks(a.cue_text.split()))
        if same or insists or before & {"we", "i", "our"}:
            return (a.source,)
    return ()
