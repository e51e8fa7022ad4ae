"""Speakers whose words come through another: "Xinhua quoted Xi as saying", "X, quoted by TASS", "Reuters reported, citing Y".

One attribution of such a sentence names only one of the two; here the other is added, with the same content. Innermost
come first, as in a chain of speakers.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from whowhom.events.attribution import Attribution
from whowhom.model import Mention, Sentence, Span

_RELAY = re.compile(r"\b(?:quot(?:ed|es|e|ing)|cit(?:ed|es|e|ing))\b", re.I)
#: Behind somebody who is quoted: "as saying", "as also having told".
_AS_SAYING = re.compile(r"[^.;:()\"“”]{0,60}?\b(as (?:\w+ ){0,2}?(?:say|tell|add|declar|stat|warn|claim|writ|announc|confirm|recall|deny|explain|hav)\w*ing)\b", re.I)
#: Between the word and the one who relays: "quoted by", "quoted as saying by".
_BY = re.compile(r"(?: as \w+ing)?(?: [^,.;:()\"“”]{0,40})? by (?:the )?$", re.I)
#: Between an active word and the one who is quoted.
_BEFORE = re.compile(r" (?:(?:the|an?|its|his|her|their) )*")
#: Kinds of mentions that speak.
_SPEAK = ("person", "group", "organisation", "pronoun")
#: Who only owns what is cited says nothing: "citing France's presence".
_OWNS = ("'s", "’s", "s'", "s’")


def relayed(sentences: Sequence[Sentence], mentions: Sequence[Mention], found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with the second speaker of each relayed report beside the first."""
    out = list(found)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for sentence in sentences:
        near = sorted((m for m in by_sentence.get(sentence.index, ()) if _speaks(m)), key=lambda m: m.span)
        for word in _RELAY.finditer(sentence.text) if near else ():
            out = _with_second(sentence, Span(word.start() + sentence.span.begin, word.end() + sentence.span.begin), near, out)
    return out


def _speaks(mention: Mention) -> bool:
    return mention.kind in _SPEAK or bool(mention.country and mention.kind != "place")


def _with_second(sentence: Sentence, word: Span, near: Sequence[Mention], found: list[Attribution]) -> list[Attribution]:
    """The attributions with the other speaker of this relaying word, if it has one and one of them is known to speak."""
    base = sentence.span.begin
    second = next((m for m in near if m.span.begin >= word.end), None)
    if second is None:
        return found
    between = sentence.text[word.end - base : second.span.begin - base]
    rest = sentence.text[second.span.end - base :]
    passive = _BY.fullmatch(between) is not None
    said = None if passive else _AS_SAYING.match(rest)
    if not passive and (_BEFORE.fullmatch(between) is None or (said is None and not _cites(sentence.text[word.begin - base : word.end - base], rest))):
        return found
    here = [a for a in found if a.sentence == sentence.index and a.source_text]
    known = min((a for a in here if not _is(a, second)), key=lambda a: abs(a.cue.begin - word.begin), default=None)
    # A person who says why ("he quit, citing the chamber") relays nobody's report; an agency or a ministry does.
    if known is None or (not passive and said is None and (known.source is None or known.source.kind != "organisation")):
        return found
    same = next((a for a in here if _is(a, second) and a.content == known.content), None)
    if same is not None:  # both are read already: only who stands in whose words is told here
        found = [a for a in found if a is not same]
        at = found.index(known) + passive
        return [*found[:at], same, *found[at:]]
    cue = word if said is None else Span(second.span.end + said.start(1), second.span.end + said.end(1))
    text = sentence.text[cue.begin - base : cue.end - base]
    new = dataclasses.replace(known, source=second, source_text=second.text, source_span=second.span, cue=cue, cue_text=text)
    at = found.index(known) + passive
    return [*found[:at], new, *found[at:]]


def _cites(word: str, rest: str) -> bool:
    """Whether who follows is cited as a source, not for what he owns or did."""
    return word.lower() in ("quoting", "citing") and not rest.startswith(_OWNS)


def _is(a: Attribution, mention: Mention) -> bool:
    return a.source_span.begin < mention.span.end and a.source_span.end > mention.span.begin
