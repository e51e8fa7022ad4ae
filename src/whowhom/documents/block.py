"""A paragraph of a page on its way into the document or out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from whowhom.documents.clean import Run

_WORD = re.compile(r"[^\W_]+(?:[-.’'&][^\W_]+)*")


@dataclass(frozen=True)
class Block:
    """A paragraph in clean characters. `kind` is p, head, item, quote or cell; `linked` the share (0 to 1) of its
    characters that are links; `columns` says that it stood in several columns or between bars, as menus do; `runs` lead
    back to the page; `names` are the class and id that it had in HTML."""

    text: str
    kind: str = "p"
    linked: float = 0.0
    columns: bool = False
    runs: tuple[Run, ...] = ()
    names: str = ""

    @cached_property
    def words(self) -> list[str]:
        """Words of the text, of its first 2,000 characters."""
        return _WORD.findall(self.text[:2000])

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return re.search(r"[.!?…:;][\"”’')\]»]{0,3}(?: ?\[\d{1,3}\]){0,4}$", self.text[-32:]) is not None
