"""A page -> the article in it: text, title, date, language, and what was cut with the reason.

The headline, where the page has one, is the first paragraph of the text, so that events in it have spans: as it stands
in the page, or set in front of the text where only the metadata or the record know it. Paragraphs are separated by an
empty line. Page offsets of `Piece` are those of the decoded page; exact for plain text, for HTML as near as the markup lets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whowhom.model import Cut, Document, Page, Piece, SetAside, Span, content_id

if TYPE_CHECKING:
    from whowhom.documents.block import Block

STAGE = "documents"

#: Characters of an article; what is longer is no article but a book or a dump.
MAX_TEXT = 500_000

#: Reasons of cut paragraphs in which the day of publication may stand.
_STAMPS = ("time stamp", "byline or agency credit", "source line")

#: Lines of a plain text, for the same reason.
MAX_LINES = 50_000

#: Characters of a cut piece that are kept for the record.
_MAX_CUT = 500


def extract(page: Page) -> Document | SetAside:
    """The document in a page, or why there is none: no article text, another language, too big. Never raises."""
    from whowhom.documents import dates, title
    from whowhom.documents.clean import clean
    from whowhom.documents.decode import decode

    decoded = decode(page.body, page.charset, page.media == "html")
    url, known, publisher, day = page.url, clean(page.title), page.publisher, ""
    outside: Sequence[tuple[str, int]] = ()
    if page.media == "html":
        from whowhom.documents import html

        try:
            found = html.article(decoded, page.url)
        except html.HtmlError as error:
            return SetAside(page.source, STAGE, str(error), "save the article alone, as text")
        if found is None:
            return SetAside(page.source, STAGE, "no article text in this page", "give the page of one article, or its text")
        blocks, outside, day = found.blocks, found.outside, found.date
        publisher = publisher or found.publisher
        url = url or found.url
        known = known or title.without_site(found.title, publisher)
    else:
        from whowhom.documents import text

        if len(decoded) > 2 * MAX_TEXT or decoded.count("\n") > MAX_LINES:
            return SetAside(page.source, STAGE, f"more than {2 * MAX_TEXT:,} characters or {MAX_LINES:,} lines", "split it into articles")
        blocks = text.blocks(decoded)
    headline = title.find(blocks, known)
    if headline < 0 and not known and page.media == "html":
        headline = title.find(blocks, "")
    name = blocks[headline].text if headline >= 0 else known
    outside = [(text, at) for text, at in outside if text != name]
    reasons = _reasons(blocks, headline, name)
    kept = [at for at, reason in enumerate(reasons) if not reason]
    if not kept or (page.media == "html" and kept == [headline]):
        return SetAside(page.source, STAGE, "no article text in this page", "give the page of one article, or its text")
    when, source = dates.find(
        page.date, day, url, (blocks[at].text for at in kept if at != headline),
        [(at, b.text) for at, b in enumerate(blocks) if reasons[at] in _STAMPS or at == headline], len(blocks),
    )  # fmt: skip
    whole, pieces, cuts = _assemble(blocks, reasons, outside, name if headline < 0 else "")
    if len(whole) > MAX_TEXT:
        return SetAside(page.source, STAGE, f"an article of more than {MAX_TEXT:,} characters", "split it")
    from whowhom.documents.language import language

    code, _ = language(" ".join(blocks[at].text for at in kept[:40]))
    if code != "en":
        return SetAside(page.source, STAGE, f"language: {code}", "only English is coded")
    return Document(content_id(whole, url), page.source, url, name, publisher, when, source, code, whole, cuts, pieces)


def _reasons(blocks: Sequence[Block], headline: int, name: str) -> list[str]:
    """Why each paragraph is cut; what stands above a headline in the page is its masthead."""
    from whowhom.documents import cut

    below = headline + 1
    reasons = cut.reasons(blocks[below:], name)
    above = [_above(b) for b in blocks[: max(0, headline)]]
    return [*above, *([""] if headline >= 0 else []), *reasons]


def _above(block: Block) -> str:
    from whowhom.documents import cut
    from whowhom.documents.furniture import furniture
    from whowhom.documents.shapes import shape

    row = furniture(block.text, len(block.words))
    reason = row.reason if row else shape(block, 0)
    return reason or ("" if cut.is_body(block) else "above the headline")


def _assemble(
    blocks: Sequence[Block], reasons: Sequence[str], outside: Sequence[tuple[str, int]], front: str
) -> tuple[str, tuple[Piece, ...], tuple[Cut, ...]]:
    """Text, the way back to the page, and the cuts in the order in which they stood; `front` goes before all."""
    parts: list[str] = [front] if front else []
    pieces: list[Piece] = [Piece(Span(0, len(front)), -1, -1)] if front else []
    cuts: list[Cut] = []
    waiting = list(outside)
    size = len(front)
    for at, (block, reason) in enumerate(zip(blocks, reasons, strict=True)):
        begin = size + 2 if size else 0
        while waiting and waiting[0][1] <= at:
            cuts.append(Cut(waiting.pop(0)[0], "outside the article", begin if size else 0))
        if reason:
            cuts.append(Cut(block.text[:_MAX_CUT], reason, begin))
            continue
        parts.append(block.text)
        pieces += _pieces(block, begin)
        size = begin + len(block.text)
    cuts += [Cut(text, "outside the article", size) for text, _ in waiting]
    return "\n\n".join(parts), tuple(pieces), tuple([c if c.before <= size else Cut(c.text, c.reason, size) for c in cuts])


def _pieces(block: Block, begin: int) -> list[Piece]:
    """Runs of a block as pieces, those that follow each other letter by letter put together."""
    if not block.runs:
        return [Piece(Span(begin, begin + len(block.text)), -1, -1)]
    out: list[Piece] = []
    at = begin
    for run in block.runs:
        end = at + len(run.text)
        last = out[-1] if out else None
        if end == at:
            continue
        if last is not None and run.begin == last.page_end and _exact(last) and len(run.text) == run.end - run.begin:
            out[-1] = Piece(Span(last.span.begin, end), last.page_begin, run.end)
        else:
            out.append(Piece(Span(at, end), run.begin, run.end))
        at = end
    return out


def _exact(piece: Piece) -> bool:
    return piece.span.end - piece.span.begin == piece.page_end - piece.page_begin


__all__ = ["MAX_TEXT", "extract"]
