"""Events as a table that a person likes to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from whowhom.model import Actor, Coded, Event

QUAD_COLOURS = {1: "green", 2: "bright_green", 3: "yellow", 4: "red"}
STATUS_COLOURS = {"asserted": "", "planned": "cyan", "hypothetical": "magenta", "denied": "red", "negated": "red", "historical": "dim"}


def console() -> Console:
    """The terminal; a pipe gets plain text of 120 columns."""
    screen = Console()
    return screen if screen.is_terminal else Console(width=120)


def show(screen: Console, coded: Coded) -> None:
    """Print one document's events, or the line that says there are none."""
    document = coded.document
    title = document.title or document.text[:80].split("\n")[0]
    facts = [x for x in (document.publisher, document.date, document.url or document.source) if x]
    screen.print(f"\n[bold]{escape(plain(title))}[/bold]  [dim]{escape(plain(' · '.join(facts)))}[/dim]")
    if not coded.events:
        screen.print("[dim]no event found; `whowhom explain` shows what was considered[/dim]")
        return
    table = Table(show_lines=False, pad_edge=False, box=None, header_style="dim", padding=(0, 2, 1, 0), expand=True)
    for name, ratio in (("who", 5), ("what", 4), ("whom", 5), ("when", 3), ("on whose word", 4), ("the words it came from", 11)):
        table.add_column(name, ratio=ratio, overflow="fold")
    by_id = {e.id: e for e in coded.events}
    for event in coded.events:
        table.add_row(_side(event.actor), _what(event), _side(event.recipient), _when(event), _said(event), _words(coded, event, by_id))
    screen.print(table)
    cut = len(document.cut)
    screen.print(
        f"[dim]{len(coded.events)} events in {len(document.text.split())} words"
        + (f"; {cut} pieces of the page cut as not the article" if cut else "")
        + "[/dim]"
    )


def plain(text: str) -> str:
    """Text without control and direction characters, so that a page cannot steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _side(actors: Sequence[Actor]) -> Text:
    out = Text()
    for n, actor in enumerate(actors):
        if n:
            out.append("\n")
        out.append(plain(actor.name or actor.text), style="bold")
        code = "/".join(x for x in (actor.country or ",".join(actor.members), actor.sector) if x)
        if code:
            out.append(f" {code}", style="dim")
    return out


def _what(event: Event) -> Text:
    out = Text(event.event, style=f"bold {QUAD_COLOURS[event.quad]}")
    if event.mode:
        out.append(f" {event.mode}", style=QUAD_COLOURS[event.quad])
    if event.status != "asserted":
        out.append(f"\n{event.status}", style=STATUS_COLOURS[event.status])
        if event.denied_by:
            out.append(" by " + plain(", ".join(a.name or a.text for a in event.denied_by)), style=STATUS_COLOURS[event.status])
    return out


def _when(event: Event) -> Text:
    out = Text(event.date + (f" to {event.date_end}" if event.date_end and event.date_end != event.date else ""))
    if event.place:
        out.append(f"\n{plain(event.place.name)}", style="dim")
    return out


def _said(event: Event) -> Text:
    return Text("\n".join(plain(s.name or s.text) for s in event.said_by), style="italic")


def _words(coded: Coded, event: Event, by_id: Mapping[str, Event]) -> Text:
    """The evidence sentence with actor, act and recipient in colour; under a claim, who claims the contrary."""
    begin, end = event.span
    out = Text(plain(coded.document.text[begin:end]))
    styles = [(a.span, "bold blue") for a in event.actor] + [(a.span, "bold magenta") for a in event.recipient]
    for span, style in [*styles, (event.trigger, f"bold {QUAD_COLOURS[event.quad]} underline")]:
        if begin <= span.begin and span.end <= end:
            out.stylize(style, span.begin - begin, span.end - begin)
    for other in (by_id[i] for i in event.against if i in by_id and event.status == "asserted"):
        names = [a.name or a.text for a in other.denied_by] + [s.name or s.text for s in other.said_by]
        who = ", ".join(names) or "the text"
        out.append(f"\nagainst this: {other.status} by {plain(who)}: “{plain(other.text)[:80]}”", style="red italic")
    return out
