"""`whowhom explain`: why an event is what it is, and why a sentence gave none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.own import Actors, own
from whowhom.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from whowhom.explore.explain import Explanation
    from whowhom.model import Coded, Document


def explain(
    what: Annotated[str, typer.Argument(metavar="EVENT_ID|PAGE", help="An event's id (with --store), or a page to code and explain.")],
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="The store that holds the event.")] = None,
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Day of publication, for a page that does not say it.")] = "",
    model: Annotated[str, typer.Option(metavar="NAME", help="Language model, for a page.")] = "fast",
    actors: Actors = None,
) -> None:
    """Each decision with its grounds: why this type, actor, date, status; what else was close; what was cut; why a sentence gave nothing.

    [bold]Examples[/bold]

    whowhom explain page.html

    whowhom explain 3f2a9c0e51d7b864 --store events
    """
    from whowhom.cli.table import console

    screen = console()
    if store is not None:
        _from_store(screen, what, store)
    else:
        _from_page(screen, what, date, model, own(actors))


def _from_store(screen: Console, id: str, folder: Path) -> None:
    from whowhom.explore.explain import explain as reasons
    from whowhom.explore.explain import explain_document
    from whowhom.explore.web.reader import coded
    from whowhom.store import open_store

    opened = open_store(folder, create=False)
    found = opened.query("SELECT document FROM events WHERE id = ? UNION ALL SELECT id FROM documents WHERE id = ?", [id, id]).column(0).to_pylist()
    one = coded(opened, found[0]) if found else None
    if one is None:
        raise InputError("no event or document of this id", where=f"{folder}: {id}", remedy="ids stand in the tables events and documents")
    events = [e for e in one.events if e.id == id]
    for event in events:
        _show(screen, reasons(event, one.document, one.notes), one.document)
    if not events:
        _page(screen, one)
        _left(screen, explain_document(one))


def _from_page(screen: Console, page: str, date: str, model: str, dictionaries: tuple[str, ...]) -> None:
    import whowhom
    from whowhom.explore.explain import explain_document
    from whowhom.model import SetAside

    for one in whowhom.code(page, date=date, model=model, dictionaries=dictionaries):
        if isinstance(one, SetAside):
            raise InputError(one.reason, where=one.source, remedy=one.remedy)
        _page(screen, one)
        _left(screen, explain_document(one))


def _page(screen: Console, one: Coded) -> None:
    from rich.markup import escape

    from whowhom.cli.table import plain
    from whowhom.explore.explain import explain as reasons

    document = one.document
    screen.print(f"\n[bold]{escape(plain(document.title or document.source))}[/bold]  [dim]{document.date} ({document.date_source})[/dim]")
    for event in one.events:
        _show(screen, reasons(event, document, ()), document)


def _show(screen: Console, why: Explanation, document: Document) -> None:
    """One event: its line, its sentence, a row per decision with the grounds below."""
    from rich.table import Table
    from rich.text import Text

    from whowhom.cli.table import QUAD_COLOURS, plain

    event = why.event
    assert event is not None
    screen.print(Text(f"\n{event.event} {event.mode}".rstrip(), style=f"bold {QUAD_COLOURS[event.quad]}"), Text(event.id, style="dim"))
    screen.print(Text("  " + plain(event.text)))
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(style="dim", min_width=16)
    table.add_column(ratio=1)
    for decision in why.decisions:
        cell = Text(plain(decision.answer) or "nothing", style="bold")
        for reason in decision.reasons:
            words = f" — “{plain(reason.words)}”" if reason.words else ""
            cell.append(f"\n{plain(reason.by)} {reason.probability:.2f}: {plain(reason.why)}{words}", style="not bold")
        if decision.runners_up:
            cell.append("\nalso close: " + ", ".join(f"{name} {chance:.2f}" for name, chance in decision.runners_up), style="not bold italic")
        table.add_row(decision.question, cell)
    screen.print(table)
    _left(screen, why, cut=False)


def _left(screen: Console, why: Explanation, cut: bool = True) -> None:
    """What gave nothing, and what was cut."""
    from rich.text import Text

    from whowhom.cli.table import plain

    if why.beside:
        screen.print(Text("\n  gave no event:" if why.event else "\ngave no event:", style="dim"))
        for one in why.beside:
            words = plain(one.words[:120]) + ("…" if len(one.words) > 120 else "")
            screen.print(Text(f"  {one.stage}: {plain(one.reason)} — “{words}”"))
    if cut and why.cut:
        screen.print(Text("\ncut from the page:", style="dim"))
        for piece in why.cut:
            screen.print(Text(f"  {plain(piece.reason)} — “{plain(piece.text[:120])}”"))
