"""Documents and sentences out of gold layouts: tokens joined to text as the press prints them, or plain text split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whowhom.model import Document, Sentence, Span

_NO_SPACE_BEFORE = frozenset([",", ".", ";", ":", "!", "?", "%", ")", "]", "'s", "’s", "n't", "n’t", "'", "’", "''", "'ll", "'re", "'ve", "'d", "°"])
_NO_SPACE_AFTER = frozenset(["(", "[", "$", "£", "€", "¥", "US$", "AU$", "A$", "C$", "GB£", "``", "#"])


def joined(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Text of tokens and the span of each; Penn-style quotation marks and MEANTIME's "#" for the pound sign become plain."""
    out: list[str] = []
    spans: list[Span] = []
    at = 0
    for number, token in enumerate(tokens):
        shown = {"``": '"', "''": '"'}.get(token, token)
        if token == "#" and number + 1 < len(tokens) and tokens[number + 1][:1].isdigit():
            shown = "£"
        tight = out and (token in _NO_SPACE_BEFORE or tokens[number - 1] in _NO_SPACE_AFTER or tokens[number - 1] == "#")
        hyphen = token in ("-", "–") or (number > 0 and tokens[number - 1] in ("-", "–"))
        if number and not tight and not (hyphen and _between_words(tokens, number)):
            out.append(" ")
            at += 1
        spans.append(Span(at, at + len(shown)))
        out.append(shown)
        at += len(shown)
    return "".join(out), spans


def _between_words(tokens: Sequence[str], number: int) -> bool:
    """Whether a hyphen token stands inside a compound ("two - year"), as GUM and UD split them."""
    at = number if tokens[number] in ("-", "–") else number - 1
    return 0 < at < len(tokens) - 1 and tokens[at - 1][-1:].isalnum() and tokens[at + 1][:1].isalnum()


def from_tokens(name: str, date: str, groups: Sequence[Sequence[str]]) -> tuple[Document, tuple[Sentence, ...], list[list[Span]]]:
    """A document of tokenised sentences; the spans are those of each sentence's tokens in the document's text."""
    texts, spans, sentences, at = [], [], [], 0
    for index, tokens in enumerate(groups):
        text, inner = joined(tokens)
        moved = [Span(at + s.begin, at + s.end) for s in inner]
        sentences.append(Sentence(name, index, index, "body", Span(at, at + len(text)), text, tuple(moved)))
        texts.append(text)
        spans.append(moved)
        at += len(text) + 1
    return Document(name, name, "", "", "", date, "given" if date else "none", "en", "\n".join(texts)), tuple(sentences), spans


def from_text(row: dict[str, Any]) -> tuple[Document, tuple[Sentence, ...]]:
    """A document of plain text, split by the pipeline's own splitter."""
    from whowhom.sentences import split

    name = str(row.get("id", ""))
    date = str(row.get("date") or "")
    document = Document(name, name, "", "", "", date, "given" if date else "none", "en", str(row["text"]))
    return document, tuple(split(document))


def meantime(row: dict[str, Any]) -> tuple[Document, tuple[Sentence, ...], list[Span]]:
    """The annotated part of a MEANTIME document and the span of each token of it.

    MEANTIME annotates times, values and the attributes of events in the opening sentences of a document only (headline and
    dateline included); the later ones hold mentions of the main entities alone. The part ends with the last sentence
    that holds a time, a value or an event with its attributes.
    """
    groups: list[list[str]] = []
    marked = [*row.get("timex", []), *row.get("values", []), *(e for e in row.get("event_mentions", []) if "tense" in e)]
    size = max((t["tokens"][-1] for t in marked if t.get("tokens")), default=len(row["tokens"]) - 1)
    last: object = None
    for at, (token, number) in enumerate(zip(row["tokens"], row["sentence"], strict=True)):
        if at > size and number != last:
            break
        if not groups or number != last:
            groups.append([])
            last = number
        groups[-1].append(token)
    date = row.get("dct") or ""
    if not date:
        date = next((t["value"] for t in row.get("timex", []) if t.get("functionInDocument") == "CREATION_TIME"), "")
    parts = str(date).split("-")
    if len(parts) == 3 and len(parts[2]) == 4:  # one document has the day first
        date = "-".join(reversed(parts))
    document, sentences, spans = from_tokens(str(row["id"]), str(date), groups)
    return document, sentences, [s for group in spans for s in group]
