"""Who says so: attributions of a document, and the chain of speakers of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.mentions.names import tagged
from whowhom.model import Document, Mention, Sentence, Span, Speaker

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading
    from whowhom.events.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, the reporting words and what is reported; `source` None where the text names nobody."""

    sentence: int
    source: Mention | None
    cue: Span
    cue_text: str
    content: tuple[Span, ...]


def attributions(
    document: Document, sentences: Sequence[Sentence], readings: Sequence[Reading], mentions: Sequence[Mention], encoder: Encoder
) -> tuple[Attribution, ...]:
    """All attributions of a document, sentence by sentence."""
    out = []
    for sentence, reading in zip(sentences, readings, strict=True):
        if not reading.heads:
            continue
        here = [m for m in mentions if m.sentence == sentence.index]
        for begin, end, _, _ in tagged(reading.heads["cue"], encoder.labels["cue"], 0.5):
            arcs = reading.arcs.get(begin)
            if arcs is None:
                continue
            source, content = (arcs[encoder.relations.index(r)] for r in ("SOURCE", "CONTENT"))
            inside = [i for i, p in enumerate(content) if p > 0.5]
            if not inside:
                continue
            best, chance = None, 0.4
            for mention in here:
                words = [i for i, w in enumerate(sentence.words[: len(source)]) if w.begin < mention.span.end and w.end > mention.span.begin]
                if words and float(source[words].mean()) > chance:
                    best, chance = mention, float(source[words].mean())
            cue = Span(sentence.words[begin].begin, sentence.words[end - 1].end)
            spans = tuple(sentence.words[i] for i in inside)
            out.append(Attribution(sentence.index, best, cue, document.text[cue.begin : cue.end], spans))
    return tuple(out)


def said_by(candidate: Candidate, found: Sequence[Attribution]) -> tuple[Speaker, ...]:
    """The chain of speakers of a candidate, innermost first."""
    trigger = candidate.sentence.words[candidate.row]
    own = [a for a in found if a.source is not None and trigger in a.content]
    own.sort(key=lambda a: len(a.content))
    out: list[Speaker] = []
    for a in own:
        m = a.source
        assert m is not None
        if all(m.span != s.span for s in out):
            out.append(Speaker(m.text, m.span, m.name, m.wikidata, m.country, m.sector, a.cue_text, a.cue))
    return tuple(out)
