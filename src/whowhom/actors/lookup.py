"""What is known of a phrase: the same resolving as of a document's mention, for a person who asks."""

from __future__ import annotations

import re

from whowhom.actors.resolve import resolve
from whowhom.errors import InputError
from whowhom.knowledge.dictionaries import lexicon_on
from whowhom.knowledge.dictionaries.rows import is_day
from whowhom.model import Document, Mention, Sentence, Span, content_id


def look_up(phrase: str, on: str = "", context: str | None = None, kind: str = "", dictionaries: tuple[str, ...] = ()) -> Mention:
    """Who a phrase means on an ISO day, in the company of a context if one is given.

    `kind` is that of a mention; found from the words where empty. Raises InputError for an empty phrase, a wrong day, or
    a context that does not hold the phrase.
    """
    from whowhom.actors.kinds import kind_of

    phrase = phrase.strip()
    if not phrase:
        raise InputError("an empty phrase", remedy="give a name or a description")
    if on and not (len(on) == 10 and is_day(on)):
        raise InputError(f"no day {on!r}", remedy="write it as YYYY-MM-DD")
    text = context or phrase
    begin = text.find(phrase)
    if begin < 0:
        raise InputError(f"the context does not hold {phrase!r}", remedy="give a text that does")
    document = Document(content_id(text, on), "", "", "", "", on, "given" if on else "none", "en", text)
    span = Span(begin, begin + len(phrase))
    sentence = Sentence(document.id, 0, 0, "body", Span(0, len(text)), text, ())
    marked = Mention(document.id, phrase, span, kind or kind_of(phrase, lexicon_on(dictionaries, on)), 0)
    others = [Mention(document.id, n.text, n.span, n.kind, 0) for n in names_in(document.id, text, (span,))] if context else []
    every = sorted([marked, *others], key=lambda m: m.span)
    return resolve(document, (sentence,), every, dictionaries)[every.index(marked)]


def names_in(document: str, text: str, taken: tuple[Span, ...]) -> list[Mention]:
    """Capitalised names of a text outside the taken spans: what an encoder would find, roughly; the sentence number is 0."""
    from whowhom.actors.kinds import kind_of

    out = []
    for m in _NAME.finditer(text):
        name, first = m[0].rstrip(".,'’"), m.start()
        if name.split()[0].lower() in _STOP:
            rest = name.split(None, 1)
            if len(rest) < 2:
                continue
            first, name = m.start() + m[0].index(rest[1], len(rest[0])), rest[1]
        span = Span(first, first + len(name))
        if not any(span.begin < s.end and s.begin < span.end for s in taken):
            out.append(Mention(document, name, span, kind_of(name), 0))
    return out


_NAME = re.compile(r"(?:[A-Z][\w.’'&-]*)(?:[^\S\n]+(?:(?:of|the|de|al|bin|van|von|for|and)[^\S\n]+)?[A-Z][\w.’'&-]*){0,5}")
_STOP = frozenset(
    (
        "the a an in on at for and but it he she they we i this that these those if when while after before as by from to of his her its their there"
    ).split()
)
