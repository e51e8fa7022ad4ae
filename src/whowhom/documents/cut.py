"""Which paragraphs of a page are the article, and why the others are not."""

from __future__ import annotations

from collections.abc import Sequence

from whowhom.documents.block import Block
from whowhom.documents.furniture import furniture
from whowhom.documents.headlines import Context, alone, features, is_candidate, probability
from whowhom.documents.shapes import shape

#: From this probability on a paragraph is cut as the headline of another story.
THRESHOLD = 0.5

#: From this mean probability on, neighbours left aside, a run of lines without a stop is cut as a list of such headlines.
RUN_THRESHOLD = 0.85

#: Words from which on a closed paragraph counts as a paragraph of an article.
_BODY = 12

#: Paragraphs of an article that must stand before a heading of comments ends it.
_BEFORE_REST = 2

#: Words up to which an unclosed paragraph under a heading of other stories counts as one of them.
_LISTED = 25

STRAY = "headline of another story"


def reasons(blocks: Sequence[Block], title: str = "") -> list[str]:
    """For each paragraph the reason to cut it, or an empty string. `title` is the page's headline, where known."""
    out = _furniture(blocks)
    return _headlines(blocks, out, title)


def is_body(block: Block) -> bool:
    """Whether a paragraph has the form of one of an article: some words, closed as a sentence is."""
    return block.closed and len(block.words) >= _BODY and block.linked < 0.8


def _furniture(blocks: Sequence[Block]) -> list[str]:
    out: list[str] = []
    above = 0
    listing = ""
    bodies = [is_body(b) for b in blocks]
    for at, block in enumerate(blocks):
        row = furniture(block.text, len(block.words))
        reason = row.reason if row else shape(block, at)
        if row is not None and row.effect == "rest" and above >= _BEFORE_REST and above >= 0.5 * sum(bodies):
            return [*out, *[row.reason] * (len(blocks) - at)]
        if row is not None and row.effect == "list":
            listing = row.reason
        elif listing and not reason:
            if bodies[at] or block.closed or len(block.words) > _LISTED:
                listing = ""
            else:
                reason = STRAY
        if not reason:
            above += bodies[at]
        out.append(reason)
    return out


def _headlines(blocks: Sequence[Block], out: list[str], title: str) -> list[str]:
    """Cut headlines of other stories among what is left, one by one and where several stand together."""
    places = [at for at, reason in enumerate(out) if not reason]
    kept = [blocks[at] for at in places]
    first = next((at for at, b in enumerate(kept) if is_body(b)), -1)
    # What stands above the first paragraph (headline, standfirst) opens the page, unless it is all link.
    possible = {at for at, b in enumerate(kept) if (at > first or b.linked > 0.8) and is_candidate(b)}
    if first < 0 or not possible:
        return out
    context = Context.of(kept, [True] * len(kept), title)
    run: list[int] = []
    single: dict[int, float] = {}
    together: dict[int, float] = {}
    for at in [*range(len(kept)), -1]:
        if at in possible:
            values = features(kept, at, context)
            single[at], together[at] = probability(values), probability(alone(values))
            run.append(at)
            continue
        cut_all = len(run) > 1 and sum(together[i] for i in run) / len(run) >= RUN_THRESHOLD
        for i in run:
            if cut_all or single[i] >= THRESHOLD:
                out[places[i]] = STRAY
        run = []
    return out
