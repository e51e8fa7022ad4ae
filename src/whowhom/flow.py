"""The pipeline, readable as a table of contents: pages, documents, sentences, mentions, actors, events.

There is no second path: the command line, the Python call, the evaluation of pages and every engine of
`whowhom.scale` run the functions below.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from whowhom.config import Options
from whowhom.model import Coded, Document, Note, Page, SetAside, Span

#: Documents that go through the encoder together; a batch of sentences is filled across them.
BATCH_DOCUMENTS = 16


def code_pages(
    pages: Iterable[Page | SetAside], options: Options | None = None, known: Callable[[Document], bool] | None = None
) -> Iterator[Coded | SetAside | Document]:
    """Code pages in their order; what could not be coded comes out as `SetAside` in its place.

    A document that is `known` already comes out as itself, uncoded: so a stopped run goes on where it was.
    """
    from whowhom.documents import extract

    settings = options or Options()
    stream = iter(pages)
    while batch := list(islice(stream, BATCH_DOCUMENTS)):
        taken = [page if isinstance(page, SetAside) else extract(page) for page in batch]
        fresh = [isinstance(d, Document) and not (known and known(d)) for d in taken]
        coded = iter(code_documents([d for d, new in zip(taken, fresh, strict=True) if new and isinstance(d, Document)], settings))
        for one, new in zip(taken, fresh, strict=True):
            yield next(coded) if new else one


def code_documents(documents: Sequence[Document], options: Options) -> list[Coded]:
    """Code a batch of documents; the result does not depend on what else is in the batch."""
    from whowhom import actors, events, mentions, sentences
    from whowhom.encoder import Reading, open_encoder
    from whowhom.events.attribution import attributions
    from whowhom.events.coding import Material
    from whowhom.events.voices import heard
    from whowhom.knowledge.dictionaries import lexicon_on
    from whowhom.mentions import amounts, places, times
    from whowhom.sentences.gate import may_hold

    encoder = open_encoder(options.model, options.threads)
    split = [sentences.split(d) for d in documents]
    materials = []
    unread: list[set[Span]] = []
    for document, some in zip(documents, split, strict=True):
        # One document at a time: int8 activations are scaled per batch, so a batch across documents would make
        # a document's probabilities depend on its neighbours.
        words = [[s.text[w.begin - s.span.begin : w.end - s.span.begin] for w in s.words] for s in some]
        kept = [not options.gate or may_hold(w) for w in words]
        readings = iter(encoder.read([w for w, k in zip(words, kept, strict=True) if k]))
        read = tuple(next(readings) if k else Reading({}, {}) for k in kept)
        unread.append({s.span for s, k in zip(some, kept, strict=True) if not k})
        named = mentions.find(document, some, read, encoder, lexicon_on(options.dictionaries, document.date[:10]))
        known = actors.resolve(document, some, named, options.dictionaries)
        whens = times.find(document, some)
        counted = amounts.find(document, some, whens)
        placed = places.link(document, some, known)
        said = attributions(document, some, read, known, encoder)
        whole = dataclasses.replace(document, amounts=counted)
        known = heard(known, said)
        materials.append(Material(whole, some, read, known, whens, placed, counted, said))
    coded = zip(materials, unread, events.code(materials, encoder, options), strict=True)
    return [Coded(m.document, m.mentions, found, _with_unread(notes, left)) for m, left, (found, notes) in coded]


def _with_unread(notes: tuple[Note, ...], left: set[Span]) -> tuple[Note, ...]:
    """The notes, with the right reason for sentences that the gate left unread."""
    return tuple(
        dataclasses.replace(n, stage="sentences", reason="left unread: its words speak against an event")
        if n.stage == "encoder" and n.span in left
        else n
        for n in notes
    )
