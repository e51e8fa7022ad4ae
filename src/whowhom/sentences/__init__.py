"""A document -> its sentences, with words and quotations as spans into the document's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from whowhom.model import Document, Sentence, Span
from whowhom.sentences.words import words

#: Words that a sentence may have; what is longer is split at punctuation. Twice what the encoder takes at once.
MAX_WORDS = 400

#: Characters of a paragraph that are looked at together: no paragraph of a newspaper has as many, and with a bound no text
#: can make the time grow with the square of its length.
WINDOW = 20_000

_GAP = re.compile(r"\n[ \t\r\f\v\xa0]*\n\s*")
_HAS_WORD = re.compile(r"[^\W_]")


def split(document: Document) -> tuple[Sentence, ...]:
    """Sentences of a document, in order; what holds no letter and no digit is none.

    Paragraphs are separated by an empty line. The first is the headline where it is the document's title.
    """
    text = document.text
    out: list[Sentence] = []
    parts = [p for p in _paragraphs(text) if _HAS_WORD.search(text, *p)]
    title = _bare(document.title)
    for number, (begin, end) in enumerate(parts):
        paragraph = text[begin:end]
        part = "headline" if number == 0 and title and _bare(paragraph) == title else "body"
        following = text[slice(*parts[number + 1])][:3] if number + 1 < len(parts) else ""
        for span, inside, said in _sentences(paragraph, following):
            place = Span(begin + span.begin, begin + span.end)
            out.append(
                Sentence(
                    document.id, len(out), number, part, place, text[place.begin : place.end],
                    tuple([Span(begin + w.begin, begin + w.end) for w in inside]),
                    tuple([Span(begin + q.begin, begin + q.end) for q in said]),
                )
            )  # fmt: skip
    return tuple(out)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for gap in _GAP.finditer(text):
        yield from _windows(text, begin, gap.start())
        begin = gap.end()
    yield from _windows(text, begin, len(text))


def _windows(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > WINDOW:
        space = text.rfind(" ", begin + WINDOW // 2, begin + WINDOW)
        stop = space if space > 0 else begin + WINDOW
        yield begin, stop
        begin = stop
    yield begin, end


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def _sentences(text: str, following: str) -> Iterator[tuple[Span, tuple[Span, ...], tuple[Span, ...]]]:
    """Span, words and quotations of each sentence of a paragraph, as offsets into the paragraph."""
    from whowhom.sentences.boundaries import boundaries
    from whowhom.sentences.quotes import opens_with_mark, quotes

    ends = [Span(*s) for s in boundaries(text)]
    last = [s.end for s in ends]
    said = quotes(text, opens_with_mark(following), lambda at: last[min(bisect_left(last, at), len(last) - 1)] if last else at)
    all_words = words(text)
    starts = [w.begin for w in all_words]
    for sentence in ends:
        inside = all_words[bisect_left(starts, sentence.begin) : bisect_left(starts, sentence.end)]
        for chunk in _chunks(text, inside):
            span = Span(chunk[0].begin, min(chunk[-1].end, sentence.end))
            if _HAS_WORD.search(text, span.begin, span.end):
                yield span, tuple(chunk), tuple([q for q in said if q.begin < span.end and q.end > span.begin])


def _chunks(text: str, inside: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The words of a sentence, cut into stretches of at most MAX_WORDS: after a semicolon or colon in the latter half
    of a stretch, else after a comma or dash, else where the stretch is full."""
    while len(inside) > MAX_WORDS:
        half = range(MAX_WORDS - 1, MAX_WORDS // 2, -1)
        at = next((i for marks in (";:.!?", ",—–-") for i in half if text[inside[i].begin : inside[i].end] in marks), MAX_WORDS - 1)
        yield inside[: at + 1]
        inside = inside[at + 1 :]
    if inside:
        yield inside


__all__ = ["MAX_WORDS", "split", "words"]
