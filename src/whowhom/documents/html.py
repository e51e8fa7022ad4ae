"""HTML -> blocks of the article, its metadata, and what of the page lies outside the article."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whowhom.documents.block import Block
from whowhom.documents.clean import Run, clean
from whowhom.documents.dates import today

#: Elements that a page may have: beyond, extraction takes tens of seconds. Long live blogs have some 20,000.
MAX_ELEMENTS = 50_000

#: Characters of markup that a page may have: beyond, parsing alone takes seconds.
MAX_CHARACTERS = 12_000_000

#: Pieces outside the article that are kept for the record, and the characters of each.
_MAX_OUTSIDE, _MAX_PIECE = 150, 300

#: The extensive search of htmldate takes any date in the text for the page's own.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}

#: Characters of a paragraph's beginning by which it is found again in the markup.
_ANCHOR = 28

_LEAVES = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "td", "th", "dt", "dd", "label", "blockquote", "div", "section",
    "aside", "article", "main", "header", "footer", "nav", "form", "figure", "body",
)  # fmt: skip
_INLINE = ("a", "button", "span", "time")
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "head", "object", "select", "textarea"})
_KINDS = {"p": "p", "head": "head", "item": "item", "quote": "quote", "cell": "cell", "ab": "p", "code": "p"}


class HtmlError(Exception):
    """A page of HTML that cannot be taken apart, with the reason."""


@dataclass(frozen=True, slots=True)
class Article:
    """What trafilatura finds in a page. `outside` holds pieces of the page that are not in the article, each with
    the number of the block before which it stood."""

    blocks: list[Block]
    title: str
    publisher: str
    date: str
    url: str
    outside: list[tuple[str, int]]


def article(page: str, url: str = "") -> Article | None:
    """The article of a page, or None where there is none. Raises HtmlError for what is too big or breaks the parser."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    if len(page) > MAX_CHARACTERS:
        raise HtmlError(f"more than {MAX_CHARACTERS // 1_000_000} million characters of HTML")
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            return None
        if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
            raise HtmlError(f"more than {MAX_ELEMENTS:,} elements")
        pieces = list(_pieces(tree))
        found = trafilatura.bare_extraction(
            tree, url=url or None, fast=True, include_comments=False, include_links=True, include_formatting=False,
            include_tables=True, with_metadata=True, date_extraction_params={**_DATES, "max_date": today().isoformat()},
        )  # fmt: skip
    except HtmlError:
        raise
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, LookupError, OverflowError) as error:
        # Hostile markup breaks parsers in ways of its own; the page is set aside with the name of the way.
        raise HtmlError(f"its HTML breaks the extractor ({type(error).__name__})") from None
    if found is None or found.body is None:
        return None
    blocks = _placed(page, list(_blocks(found.body)))
    said = {n: clean(str(getattr(found, n, None) or ""))[:1000] for n in ("title", "sitename", "date", "url")}
    return Article(blocks, said["title"], said["sitename"], said["date"], said["url"], list(_outside(pieces, blocks)))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _blocks(body: Any) -> Iterator[Block]:
    """Blocks of trafilatura's body, innermost paragraphs only."""
    for element in body.iter(*_KINDS):
        parts = [element.text or ""]
        linked = 0
        for child in element:
            if child.tag not in _KINDS and child.tag not in ("list", "table", "row"):
                inner = "".join(child.itertext())
                parts.append("\n" if child.tag == "lb" else inner)
                linked += len(inner) if child.tag == "ref" else 0
            parts.append(child.tail or "")
        text = clean("".join(parts))
        if text:
            share = min(1.0, linked / len(text))
            yield Block(text, _KINDS[element.tag], share, names=f"{element.get('class') or ''} {element.get('id') or ''}".strip())


def _pieces(tree: Any) -> Iterator[str]:
    """Texts of the innermost blocks of a page, in order, each with the inline elements in it."""
    for element in tree.iter(*_LEAVES, *_INLINE):
        parent = element.getparent()
        if element.tag in _INLINE and parent is not None and (parent.tag in _LEAVES or parent.tag in _INLINE):
            continue
        parts = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEAVES and child.tag not in _SILENT:
                parts += [" ", " ".join(t for t in child.itertext() if t)[:_MAX_PIECE]]
            parts.append(child.tail or "")
        text = clean("".join(parts))[:_MAX_PIECE]
        if text and not any(a.tag in _SILENT for a in element.iterancestors()):
            yield text


def _outside(pieces: list[str], blocks: list[Block]) -> Iterator[tuple[str, int]]:
    """Pieces that no block holds, each once, with the number of blocks above."""
    whole = "\n".join(b.text for b in blocks)
    starts = {b.text[:60]: at for at, b in reversed(list(enumerate(blocks)))}
    above = 0
    seen: set[str] = set()
    for piece in pieces:
        at = starts.get(piece[:60], -1)
        if at >= 0:
            above = at + 1
        elif piece not in seen and piece not in whole:
            seen.add(piece)
            yield piece, above
            if len(seen) >= _MAX_OUTSIDE:
                return


def _placed(page: str, blocks: list[Block]) -> list[Block]:
    """Blocks with the place in the markup where each seems to begin and end; markup inside of one stays within it."""
    from html import unescape

    at = max(0, page.lower().find("<body"))
    out = []
    for block in blocks:
        begin = page.find(block.text[:_ANCHOR], at)
        if begin < 0 and "&" in page and block.text[:_ANCHOR] in unescape(page[at : at + 20_000]):
            begin = page.find(block.text.partition(" ")[0], at, at + 20_000)
        if begin < 0:
            out.append(block)
            continue
        tail = block.text[-_ANCHOR:]
        end = page.find(tail, begin, begin + 3 * len(block.text) + 2000)
        stop = end + len(tail) if end >= 0 else begin + min(_ANCHOR, len(block.text))
        out.append(Block(block.text, block.kind, block.linked, block.columns, (Run(block.text, begin, stop),), block.names))
        at = stop
    return out
