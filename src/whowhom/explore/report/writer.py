"""Writing the report as documents come: texts to disk at once, small rows for the charts in memory."""

from __future__ import annotations

import base64
import gzip
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from whowhom.errors import OutputError
from whowhom.explore.hypertext import Html, clean
from whowhom.explore.look import names
from whowhom.explore.marks import document_html, title_of
from whowhom.explore.report import page
from whowhom.explore.rows import Rows
from whowhom.model import Coded, SetAside

#: Pages set aside that are listed by name; the rest is a number.
MOST_ASIDE = 200


class Report:
    """A report in the making: `add` each document, leave the `with` block to finish the file."""

    def __init__(self, path: Path | str, title: str = "") -> None:
        self.path = Path(path)
        self.title = title
        self.documents = self.events = self.aside = 0
        self._aside: list[SetAside] = []
        self._rows = Rows()
        self._about: list[tuple[str, str, str]] = []
        self._first: Html | None = None
        self._texts: IO[str] | None = None

    def __enter__(self) -> Self:
        """Raises OutputError now where the folder cannot be written, not after an hour of coding."""
        try:
            self._texts = tempfile.TemporaryFile("w+", encoding="utf8", dir=self.path.parent)
        except OSError as error:
            raise OutputError(f"cannot write: {error.strerror}", where=str(self.path), remedy="choose another folder for --report") from error
        return self

    def add(self, one: Coded | SetAside) -> None:
        """Take one document, or one page that could not be coded."""
        assert self._texts is not None, "a report is used in a with block"
        if isinstance(one, SetAside):
            self.aside += 1
            if len(self._aside) < MOST_ASIDE:
                self._aside.append(one)
            return
        markup = document_html(one)
        if self.documents == 0:
            self._first = markup
        packed = base64.b64encode(gzip.compress(markup.encode("utf8", "replace"), 6, mtime=0)).decode()
        self._texts.write(f'<script type="text/plain" data-doc="{self.documents}">{packed}</script>\n')
        self._about.append((clean(title_of(one.document))[:300], clean(one.document.publisher), clean(one.document.date)))
        for event in one.events:
            self._rows.add(event, self.documents)
        self.documents += 1
        self.events += len(one.events)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Put the file in its place; nothing is written after an error, all that came so far after Ctrl-C."""
        assert self._texts is not None
        try:
            if kind is None or (issubclass(kind, KeyboardInterrupt) and self.documents):
                self._finish(self._texts)
        except OSError as problem:
            raise OutputError(f"cannot write: {problem.strerror}", where=str(self.path), remedy="choose another folder for --report") from problem
        finally:
            self._texts.close()

    def _finish(self, texts: IO[str]) -> None:
        waiting = self.path.with_name(f".{self.path.name}.part")
        try:
            with waiting.open("w", encoding="utf8", errors="replace", newline="\n") as file:
                for part in page.parts(self._data(), self.title or self._own_title(), self._first, self._aside, self.aside):
                    if part is page.TEXTS:
                        texts.seek(0)
                        while block := texts.read(1 << 20):
                            file.write(block)
                    else:
                        file.write(part)
            waiting.replace(self.path)
        finally:
            waiting.unlink(missing_ok=True)

    def _own_title(self) -> str:
        return self._about[0][0] if len(self._about) == 1 else f"{self.events:,} events in {self.documents:,} documents"

    def _data(self) -> dict[str, Any]:
        used = {a[1] for a in self._rows.actors} | {m for a in self._rows.actors for m in a[3]}
        countries = {code: name for code, name in names()["country"].items() if code in used}
        return {
            "documents": self._about, "actors": self._rows.actors, "places": self._rows.places, "events": self._rows.events, "names": countries,
        }  # fmt: skip


def open_report(path: Path | str, title: str = "") -> Report:
    """A report to be filled in a ``with`` block by `Report.add`."""
    return Report(path, title)


__all__ = ["Report", "open_report"]
