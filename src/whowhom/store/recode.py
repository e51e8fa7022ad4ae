"""Rows made by older versions, or with other settings, made anew from the stored documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from whowhom import schema
from whowhom.config import Options
from whowhom.model import Coded, Document
from whowhom.store import layout, parts, provenance
from whowhom.store.store import Store

#: Documents that are read and coded together.
BATCH = 16


def stale(store: Store, options: Options | None = None) -> int:
    """How many documents were coded by another version, model, knowledge or settings than these."""
    maker = provenance.maker(options).id
    return int(store.query("SELECT count(*) AS n FROM documents WHERE made_by <> ?", [maker]).to_pylist()[0]["n"])


def recode(
    store: Store, options: Options | None = None, code: Callable[[Sequence[Document], Options], list[Coded]] | None = None
) -> Iterator[Coded]:
    """Code stale documents again and put the new rows in the place of the old, which corrections says; each as it is
    done. Stopped at any time, the same call goes on with what is left. `code` stands in for the flow in tests."""
    from whowhom.flow import code_documents

    run = code or code_documents
    settings = options or Options()
    maker = provenance.maker(settings)
    with store.writer(settings, maker=maker) as writer:
        for batch in _stale_documents(store, maker.id):
            for coded in run(batch, settings):
                writer.add(coded, anew=True)
                yield coded


def _stale_documents(store: Store, maker: str) -> Iterator[list[Document]]:
    """Stale documents day by day. A day is read anew when its turn comes: writing moves its parts."""
    days = sorted({p.parent.name for p in layout.parts(store.root, "documents")})
    for day in days:
        waiting: list[Document] = []
        for path in sorted((store.root / "documents" / day).glob("part-*.parquet")):
            for row in parts.conform(parts.read(path), "documents").to_pylist():
                if row["made_by"] != maker:
                    waiting.append(schema.record(Document, row))
        for at in range(0, len(waiting), BATCH):
            yield waiting[at : at + BATCH]
