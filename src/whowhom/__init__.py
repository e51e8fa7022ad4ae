"""whowhom: who did what to whom, from the news as it really is.

>>> import whowhom
>>> for coded in whowhom.code("page.html", date="2024-05-01"):   # doctest: +SKIP
...     for event in coded.events:
...         print(event.event, [a.text for a in event.actor], [r.text for r in event.recipient])

Heavy parts load on first use; importing this costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from whowhom.errors import InputError, KnowledgeError, ModelError, OutputError, WhowhomError
from whowhom.model import (
    Actor,
    Amount,
    Coded,
    Cut,
    Document,
    Event,
    Ground,
    Mention,
    Note,
    Page,
    Place,
    Planned,
    Sentence,
    SetAside,
    Span,
    Speaker,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whowhom.actors.known import Known
    from whowhom.config import Options
    from whowhom.store import Store

    #: One file or several.
    Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]

__version__ = "0.1.0"


def code(
    *inputs: str | os.PathLike[str], date: str = "", publisher: str = "", allow_private: bool = False, actors: Paths = (), **options: Any
) -> Iterator[Coded | SetAside]:
    """Code files, folders, addresses or JSON lines, each a string or a path; one result per page, in order.

    `date` (YYYY-MM-DD) and `publisher` hold for pages that do not say theirs; `actors` are files of your own actors, whose
    faulty lines are warned of; further keywords are those of `whowhom.config.Options`. A page that could not be coded is a `SetAside` with its reason, never an
    exception; a wrong setting raises `InputError`.
    """
    from whowhom import pages
    from whowhom.flow import code_pages

    settings = _options(options, actors)
    names = tuple(os.fspath(i) for i in inputs)
    stream = code_pages(pages.read(names, pages.ReadOptions(date=date, publisher=publisher, allow_private=allow_private)), settings)
    return (one for one in stream if not isinstance(one, Document))


def code_text(text: str, *, date: str = "", title: str = "", publisher: str = "", actors: Paths = (), **options: Any) -> Coded | SetAside:
    """Code one text that is already at hand; see `code` for the settings."""
    from whowhom.flow import code_pages

    page = Page("text", text.encode(), "text", title=title, publisher=publisher, date=date)
    return next(one for one in code_pages([page], _options(options, actors)) if not isinstance(one, Document))


def open_store(path: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The dataset in a folder, made where there is none; see `whowhom.store`. Raises OutputError where it cannot be."""
    from whowhom.store import open_store as open_

    return open_(os.fspath(path), create=create)


def resolve(phrase: str, on: str = "", context: str | None = None, actors: Paths = ()) -> Known:
    """Who a phrase means on a day (YYYY-MM-DD), in the company of a text that holds it if one is given, and who else could be meant.

    >>> whowhom.resolve("the French president", on="2010-05-05").name   # doctest: +SKIP
    'Nicolas Sarkozy'

    `actors` are files of your own actors. Raises InputError for an empty phrase, a wrong day, a context without the phrase.
    """
    from whowhom.actors.known import known

    return known(phrase, on, context, _own(actors))


def _own(actors: Paths) -> tuple[str, ...]:
    """Paths of users' actor files as settings hold them; what is wrong with their lines is warned of."""
    if not actors:
        return ()
    import warnings

    from whowhom.knowledge.dictionaries import problems

    paths = tuple(os.fspath(a) for a in ([actors] if isinstance(actors, str | os.PathLike) else actors))
    for problem in problems(paths):
        warnings.warn(problem, stacklevel=4)
    return paths


def _options(given: dict[str, Any], actors: Paths = ()) -> Options:
    from whowhom.config import Options

    own = _own(actors)
    if own:
        given = {**given, "dictionaries": own}
    try:
        return Options(**given)
    except TypeError as error:
        known = ", ".join(Options.__dataclass_fields__)
        raise InputError(f"unknown setting: {error}", remedy=f"settings are: {known}") from None


__all__ = [
    "Actor", "Amount", "Coded", "Cut", "Document", "Event", "Ground", "InputError", "KnowledgeError", "Mention",
    "ModelError", "Note", "OutputError", "Page", "Place", "Planned", "Sentence", "SetAside", "Span", "Speaker",
    "When", "WhowhomError", "__version__", "code", "code_text",
    "open_store", "resolve",
]  # fmt: skip
