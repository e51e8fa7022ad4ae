"""Attributions beyond the sentence of their cue: long quotations, free-standing ones, and pronouns that speak."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from whowhom.events.attribution import Attribution, joined
from whowhom.events.relayed import relayed
from whowhom.model import Document, Mention, Sentence, Span

#: A sentence is a free-standing quotation when at least this share of its letters stands in the quotation.
FREE_STANDING = 0.8


def carry(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with whole quotations as content and with everybody known that a pronoun stands for."""
    out = list(found)
    paragraph = {s.index: s.paragraph for s in sentences}
    first: dict[Span, Sentence] = {}
    for sentence in sentences:
        for quote in sentence.quotes:
            first.setdefault(quote, sentence)
    owner: dict[Span, int] = {}
    quoted = {n for n, a in enumerate(out) if any(q.begin <= a.cue.begin < q.end for q in first)}
    for quote in first:
        best = _owner(quote, out)
        if best is not None:
            owner[quote] = best
    owner |= _beside(document, {q: s.paragraph for q, s in first.items()}, paragraph, out, owner)
    for quote, sentence in first.items():
        if quote not in owner:
            best = _goes_on(quote, sentence, out, owner)
            if best is None and _stands_free(quote, sentence):
                best = _neighbour(quote, sentence, sentences, paragraph, out, owner, quoted)
            if best is not None:
                owner[quote] = best
    gained: dict[int, list[Span]] = {}
    for quote, n in owner.items():
        gained.setdefault(n, []).append(quote)
    for n, quotes in gained.items():
        out[n] = dataclasses.replace(out[n], content=joined((*out[n].content, *quotes), document.text))
    return tuple(_named(relayed(sentences, mentions, [a for a in out if a.content]), mentions, paragraph))


def _beside(
    document: Document, quotes: dict[Span, int], paragraph: dict[int, int], found: Sequence[Attribution], owner: dict[Span, int]
) -> dict[Span, int]:
    """Quotations whose reporting words make up the sentence beside them ("...?" X said.): the one before them in the
    paragraph, else the one after. `quotes` gives the paragraph in which each begins."""
    out: dict[Span, int] = {}
    free = sorted(q for q in quotes if q not in owner)
    for n, a in enumerate(found):
        if a.content or not a.source_text:
            continue
        begin, end = min(a.cue.begin, a.source_span.begin), max(a.cue.end, a.source_span.end)
        before = [
            q for q in free if q not in out and q.end <= begin and quotes[q] == paragraph[a.sentence] and not _words(document.text[q.end : begin])
        ]
        after = [q for q in free if q not in out and q.begin >= end and not _words(document.text[end : q.begin])]
        for quote in before[-1:] or after[:1]:
            out[quote] = n
    return out


def _words(between: str) -> bool:
    return any(c.isalnum() for c in between)


def _owner(quote: Span, found: Sequence[Attribution]) -> int | None:
    """The attribution that reports some of the quotation, its cue outside of it; the nearest cue of several."""
    best: tuple[int, int] | None = None
    for n, a in enumerate(found):
        inside = quote.begin <= a.cue.begin < quote.end
        shared = sum(max(0, min(c.end, quote.end) - max(c.begin, quote.begin)) for c in a.content)
        # Half of the quotation, or half of the report: a quoted word in a longer report is the report's own.
        if inside or not shared or shared * 2 < min(quote.end - quote.begin, sum(c.end - c.begin for c in a.content)):
            continue
        gap = max(a.cue.begin - quote.end, quote.begin - a.cue.end, 0)
        if best is None or gap < best[0]:
            best = gap, n
    return best[1] if best else None


def _goes_on(quote: Span, sentence: Sentence, found: Sequence[Attribution], owner: dict[Span, int]) -> int | None:
    """The attribution whose reporting words only break into the quotation: "...", X said, "..."."""
    before = [q for q in sentence.quotes if q.end <= quote.begin and q in owner]
    n = owner[before[-1]] if before else -1
    return n if n >= 0 and before[-1].end <= found[n].cue.begin < quote.begin and found[n].sentence == sentence.index else None


def _stands_free(quote: Span, sentence: Sentence) -> bool:
    """Whether the quotation makes up its sentence, so that no cue can stand beside it."""
    inside = min(quote.end, sentence.span.end) - max(quote.begin, sentence.span.begin)
    return inside >= FREE_STANDING * (sentence.span.end - sentence.span.begin)


def _neighbour(
    quote: Span,
    sentence: Sentence,
    sentences: Sequence[Sentence],
    paragraph: dict[int, int],
    found: Sequence[Attribution],
    owner: dict[Span, int],
    quoted: set[int],
) -> int | None:
    """The attribution whose source goes on speaking: the last one of the paragraph before, one with a quotation rather than
    one without, else the next one in it. Who speaks within a quotation (`quoted`) does not go on in the next.

    A paragraph that is only quotation goes on with the speaker of a quotation that ends the paragraph before.
    """
    here = [n for n, a in enumerate(found) if paragraph[a.sentence] == sentence.paragraph and a.source_text and n not in quoted]
    before = [n for n in here if found[n].cue.end <= quote.begin]
    if before:
        begin = next(s.span.begin for s in sentences if s.paragraph == sentence.paragraph)
        speaking = {n for q, n in owner.items() if begin <= q.begin < quote.begin}
        return next((n for n in reversed(before) if n in speaking), before[-1])
    after = [n for n in here if found[n].cue.begin >= quote.end]
    if after:
        return after[0]
    last = [s for s in sentences if s.paragraph == sentence.paragraph - 1]
    if not last:
        return None
    spoke = [n for q, n in owner.items() if last[0].span.begin <= q.begin < last[-1].span.end and found[n].source_text]
    return spoke[-1] if spoke else None


def _named(found: Sequence[Attribution], mentions: Sequence[Mention], paragraph: dict[int, int]) -> list[Attribution]:
    """Who the sources are: of a pronoun, the named mention of its entity, else the speaker just before it."""
    by_entity: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.entity:
            by_entity.setdefault(mention.entity, []).append(mention)
    out: list[Attribution] = []
    for a in found:
        who = a.source
        if who is not None and not who.name and not who.country:
            known = [m for m in by_entity.get(who.entity, ()) if m.kind != "pronoun"]
            named = [m for m in known if m.name or m.country]
            if named or known:
                who = (named or known)[0]
            elif who.kind == "pronoun":
                near = [b for b in out if b.who is not None and 0 <= paragraph[a.sentence] - paragraph[b.sentence] <= 1]
                person = [b.who for b in near if b.who is not None and b.who.kind in ("person", "group", "pronoun")]
                who = person[-1] if person else who
        out.append(dataclasses.replace(a, who=who))
    return out
