"""Who says so: the attributions of a document, and the chain of speakers of an event.

The encoder proposes cues ("said", "according to") and, from each, the words of its source and of what is
reported; `quotations` then carries that over whole quotations, over paragraphs and to the person that a
pronoun stands for. Only here are the arcs of cues read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.config import threshold
from whowhom.model import Document, Mention, Sentence, Span, Speaker

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading
    from whowhom.events.candidates import Candidate
    from whowhom.events.extent import Found


#: Types that are done by speaking (quads of words); their speaker is their actor.
SPEECH = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "REJECT", "ACCUSE", "THREATEN"))


#: Reporting words that open a sentence, their source, and the comma behind.
_ACCORDING = re.compile(r"[“\"]?(?P<cue>According to) (?P<source>[^,;:.!?]{2,80}?), ")
#: What may stand at the ends of a source phrase without being part of a name.
_MARKS = ",;:-–— \n\xa0"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, the reporting words and what is reported.

    `source` is the mention that speaks, `source_text` and `source_span` the whole phrase; all are empty where the
    text names nobody ("it is alleged"), `source` alone where the phrase holds no mention. `who` is the mention that
    says who that is: another one of the same entity where the source is a pronoun. `content` are spans in order,
    over several sentences where a quotation runs on.
    """

    sentence: int
    source: Mention | None
    source_text: str
    source_span: Span
    cue: Span
    cue_text: str
    content: tuple[Span, ...]
    who: Mention | None = None

    def covers(self, span: Span) -> bool:
        """Whether the span's first character is reported here."""
        return any(c.begin <= span.begin < c.end for c in self.content)


def attributions(
    document: Document, sentences: Sequence[Sentence], readings: Sequence[Reading], mentions: Sequence[Mention], encoder: Encoder
) -> tuple[Attribution, ...]:
    """All attributions of a document in the order of their cues."""
    from whowhom.events.extent import find_all
    from whowhom.events.quotations import carry

    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    read = [(s, r) for s, r in zip(sentences, readings, strict=True) if r.heads]
    out: list[Attribution] = []
    # Over the whole document at once: a call of numpy costs more than the few numbers of one cue.
    for (sentence, reading), found in zip(read, find_all(read, encoder, least=threshold("cue")), strict=True):
        out += _of_sentence(document, sentence, reading, found, by_sentence.get(sentence.index, []), encoder)
    return carry(document, sentences, mentions, out)


def _of_sentence(
    document: Document, sentence: Sentence, reading: Reading, found: Sequence[tuple[Found, float]], mentions: Sequence[Mention], encoder: Encoder
) -> list[Attribution]:
    """The cues of one sentence, each with source and content as the encoder reads them and `extent` bounds them."""
    out = []
    source_at = encoder.relations.index("SOURCE")
    for one, chance in found:
        if chance < threshold("cue") or not (one.source or one.content):
            continue
        words = sentence.words
        cue = Span(words[one.begin].begin, words[one.end - 1].end)
        span = _bare(document.text, Span(words[one.source[0]].begin, words[one.source[-1]].end)) if one.source else Span(0, 0)
        source = None
        if one.source:
            arcs = reading.arcs[one.row][source_at].tolist()
            source = _speaker(document, span, mentions, {w.begin: p for w, p in zip(words, arcs, strict=False)})
        content = joined((words[i] for i in one.content), document.text)
        text = document.text[span.begin : span.end]
        out.append(Attribution(sentence.index, source, text, span, cue, document.text[cue.begin : cue.end], content))
    opening = _opening(document, sentence, mentions)
    if opening is not None and not any(a.cue.begin < opening.cue.end and a.content for a in out):
        out = [opening, *(a for a in out if a.cue.begin >= opening.cue.end)]
    return out


def _opening(document: Document, sentence: Sentence, mentions: Sequence[Mention]) -> Attribution | None:
    """ "According to X, ..." at the head of a sentence: X says all the rest of it (66 of 68 such contents in PolNeAR train reach its end)."""
    opened = _ACCORDING.match(sentence.text)
    if opened is None:
        return None
    base = sentence.span.begin
    cue, span = (Span(base + opened.start(g), base + opened.end(g)) for g in ("cue", "source"))
    source = next((m for m in sorted(mentions, key=lambda m: m.span) if span.begin <= m.span.begin < span.end), None)
    content = Span(base + opened.end(), sentence.span.end)
    return Attribution(sentence.index, source, document.text[span.begin : span.end], span, cue, opened["cue"], (content,))


def _bare(text: str, span: Span) -> Span:
    """The span without commas, colons and dashes at its ends, which belong to an apposition and name nobody."""
    said = text[span.begin : span.end]
    begin = span.begin + len(said) - len(said.lstrip(_MARKS))
    return Span(begin, begin + len(said.strip(_MARKS))) if said.strip(_MARKS) else span


def _speaker(document: Document, span: Span, mentions: Sequence[Mention], chance: dict[int, float]) -> Mention | None:
    """The mention that heads a source phrase: its first likely one, unless that only possesses the next one.

    `chance` is the probability of each word, by where it begins, to belong to the source.
    """
    inside = sorted((m for m in mentions if m.span.begin < span.end and m.span.end > span.begin), key=lambda m: m.span)
    mean = [max((p for b, p in chance.items() if m.span.begin <= b < m.span.end), default=0.0) for m in inside]
    for n, mention in enumerate(inside):
        after = document.text[mention.span.end : mention.span.end + 2]
        possesses = n + 1 < len(inside) and (after in ("'s", "’s") or after[:1] in ("'", "’"))
        if not possesses and mean[n] >= max(mean) * 0.75:
            return mention
    return None


def joined(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, joined where only blanks and punctuation lie between them."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and not any(c.isalnum() for c in text[out[-1].end : span.begin]):
            out[-1] = Span(out[-1].begin, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def said_by(
    candidate: Candidate, found: Sequence[Attribution], event: str = "", status: str = "asserted", denied_by: Sequence[Mention] = ()
) -> tuple[Speaker, ...]:
    """The chain of speakers of a candidate of this type and status, innermost first; empty where the text states it itself.

    The same speaker stands once. Somebody who only speaks in the event itself ("X condemned Y", "X said the raid
    was barbaric") is its actor: he is named as its speaker only where a third party reports him, or where he
    speaks of a deed or a plan of his own. Who denies the event does not say it, nor who only praises, blames,
    demands or promises.
    """
    trigger = candidate.sentence.words[candidate.row]
    own = [a for a in found if a.source_text and a.covers(trigger) and not a.cue.begin <= trigger.begin < a.cue.end and _reports(a, status)]
    # Reporting words that open the sentence before their source ("According to X, ...") hold for all of it that nobody else says.
    opening = candidate.sentence.words[0].begin
    own = own or [a for a in found if a.cue.begin == opening and a.cue.end <= a.source_span.begin <= trigger.begin and _reports(a, status)]
    gone = {m.span for m in denied_by}
    own = [a for a in own if a.source is None or a.source.span not in gone]
    # What is reported within another report is shorter than it: the shortest is the innermost.
    own.sort(key=lambda a: sum(c.end - c.begin for c in a.content))
    out: list[Speaker] = []
    selves: list[bool] = []
    seen: set[str] = set()
    for a in own:
        speaker = _as_speaker(a)
        key = (a.source.entity if a.source and a.source.entity else "") or speaker.name or speaker.text.lower()
        if key not in seen:
            seen.add(key)
            out.append(speaker)
            selves.append(_acts(a, candidate))
    if not out:
        out = [_plain(p.mention) for p in candidate.speakers if p.probability >= threshold("speaker") and p.mention.span not in gone][:1]
        selves = [any(p.mention.span == s.span for p in candidate.actors) for s in out]
    if all(selves) and event in SPEECH and status == "asserted":
        return ()
    return tuple(out)


def _reports(a: Attribution, status: str) -> bool:
    """Whether the cue tells that something happened (or, for what lies ahead or was denied, that it is spoken of)."""
    from whowhom.events.cues import marks

    kinds = frozenset(k for word in marks(a.cue_text.split()) for k in word)
    if "report" in kinds:
        return True
    if kinds & {"judge", "deny", "refuse"}:
        return False
    return status != "asserted" or not kinds & {"want", "plan"}


def _acts(a: Attribution, candidate: Candidate) -> bool:
    """Whether the source is an actor of the event."""
    if a.source is None:
        return False
    entities = {e for m in (a.source, a.who) if m is not None and (e := m.entity)}
    return any(p.mention.span == a.source.span or p.mention.entity in entities for p in candidate.actors)


def _as_speaker(a: Attribution) -> Speaker:
    if a.source is None:
        return Speaker(a.source_text, a.source_span, cue=a.cue_text, cue_span=a.cue)
    who = a.who or a.source
    return Speaker(a.source.text, a.source.span, who.name, who.wikidata, who.country, who.sector, a.cue_text, a.cue)


def _plain(m: Mention) -> Speaker:
    return Speaker(m.text, m.span, m.name, m.wikidata, m.country, m.sector)
