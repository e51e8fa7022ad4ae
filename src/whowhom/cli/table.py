"""Events as a person likes to read them in a terminal: a table where there is room, else an event below the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from whowhom.model import Actor, Coded, Event, Span

QUAD_COLOURS = {1: "green", 2: "bright_green", 3: "yellow", 4: "red"}
STATUS_COLOURS = {"asserted": "", "planned": "cyan", "hypothetical": "magenta", "denied": "red", "negated": "red", "historical": "dim"}
#: Columns of a terminal from which a table is readable; below, words would be cut in their middle.
WIDE = 110
#: Characters of a sentence that are shown around its act, of a party, and of a word without a space.
SENTENCE, PARTY, WORD = 420, 80, 40


def console() -> Console:
    """The terminal; a pipe gets plain text of 120 columns."""
    screen = Console()
    return screen if screen.is_terminal else Console(width=120)


def show(screen: Console, coded: Coded) -> None:
    """Print one document's events, or the line that says there are none."""
    document = coded.document
    title = document.title or document.text[:80].split("\n")[0]
    facts = [x for x in (document.publisher, document.date, document.url or document.source) if x]
    screen.print(f"\n[bold]{escape(plain(title)[:300])}[/bold]  [dim]{escape(plain(' · '.join(facts))[:300])}[/dim]")
    if not coded.events:
        screen.print("[dim]no event found; `whowhom explain` shows what was considered[/dim]")
        return
    (_table if screen.width >= WIDE else _stack)(screen, coded)
    _claims(screen, coded)
    events, cut = len(coded.events), len(document.cut)
    screen.print(
        f"[dim]{events} event{'s' * (events != 1)} in {len(document.text.split()):,} words"
        + (f"; {cut} piece{'s' * (cut != 1)} of the page cut as not the article" if cut else "")
        + "[/dim]"
    )


def plain(text: str) -> str:
    """Text without control and direction characters, so that a page cannot steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _table(screen: Console, coded: Coded) -> None:
    table = Table(show_lines=False, pad_edge=False, box=None, header_style="dim", padding=(0, 2, 1, 0), expand=True)
    # A date or a type must not break in its middle: those columns are as wide as their longest word, the others share the rest.
    for name, ratio, width in (
        ("who", 5, None), ("what", None, 14), ("whom", 5, None), ("when", None, 10), ("on whose word", None, 15), ("the words it came from", 12, None),
    ):  # fmt: skip
        table.add_column(name, ratio=ratio, width=width, overflow="fold")
    for event, seen in _with_seen(coded.events):
        table.add_row(_side(event.actor), _what(event), _side(event.recipient), _when(event), _said(event), _words(coded, event, seen))
    screen.print(table)


def _stack(screen: Console, coded: Coded) -> None:
    """For narrow terminals: who did what to whom on a line, when, where and on whose word below, then the sentence."""
    for event, seen in _with_seen(coded.events):
        screen.print(_line(event))
        if facts := _facts(event):
            screen.print(Padding(facts, (0, 0, 0, 2)))
        screen.print(Padding(_words(coded, event, seen), (0, 0, 1, 2)))


def _claims(screen: Console, coded: Coded) -> None:
    """Claims against claims, side by side: what is asserted on the left, who denies it or says otherwise on the right."""
    by_id: Mapping[str, Event] = {e.id: e for e in coded.events}
    pairs = [(e, [by_id[i] for i in e.against if i in by_id]) for e in coded.events if e.status == "asserted"]
    pairs = [(e, others) for e, others in pairs if others]
    if not pairs:
        return
    table = Table(
        title="claims against claims", title_justify="left", title_style="bold", pad_edge=False, box=None, padding=(0, 2, 1, 0), header_style="dim"
    )
    table.add_column("it is said", ratio=1, overflow="fold")
    table.add_column("and against it", ratio=1, overflow="fold")
    for event, others in pairs:
        table.add_row(_claim(coded, event), Text("\n").join(_claim(coded, other) for other in others))
    screen.print(table)


def _claim(coded: Coded, event: Event) -> Text:
    said = ", ".join(_name(s.name or s.text) for s in event.said_by)
    denied = ", ".join(_name(a.name or a.text) for a in event.denied_by)
    whose = Text(f"{said or denied or 'the text'}: ", style="italic")
    return Text("\n").join([whose + _line(event), _words(coded, event, False)])


def _with_seen(events: Sequence[Event]) -> Iterable[tuple[Event, bool]]:
    """Each event, and whether the one before it stands in the same sentence, which then is not printed again."""
    before: Span | None = None
    for event in events:
        yield event, event.span == before
        before = event.span


def _line(event: Event) -> Text:
    who = _side(event.actor, ", ") if event.actor else Text("somebody", style="dim")
    line = [who, _what(event, " ")]
    if event.recipient:
        line.append(_side(event.recipient, ", "))
    return Text(" → ", style="dim").join(line)


def _facts(event: Event) -> Text:
    """When, where and on whose word, in one line."""
    parts = [_when(event, ", ")] if event.date or event.place else []
    if event.said_by:
        parts.append(Text("says ") + _said(event, ", "))
    return Text(" · ", style="dim").join(parts)


def _name(text: str) -> str:
    """A party's words, cut where they go on for too long; a word without end is cut, too."""
    words = " ".join(w if len(w) <= WORD else w[: WORD - 1] + "…" for w in plain(text).split())
    return words if len(words) <= PARTY else words[: PARTY - 1].rsplit(" ", 1)[0] + "…"


def _side(actors: Sequence[Actor], between: str = ",\n") -> Text:
    out = Text()
    for n, actor in enumerate(actors):
        if n:
            out.append(between)
        out.append(_name(actor.name or actor.text), style="bold")
        code = "/".join(x for x in (actor.country or ",".join(actor.members), actor.sector) if x)
        if code:
            out.append(f" {code if len(code) <= PARTY else code[: PARTY - 1] + '…'}", style="dim")
    return out


def _what(event: Event, between: str = "\n") -> Text:
    out = Text(event.event, style=f"bold {QUAD_COLOURS[event.quad]}")
    if event.mode:
        out.append(f" {event.mode}", style=QUAD_COLOURS[event.quad])
    if event.status != "asserted":
        out.append(f"{between}{event.status}", style=STATUS_COLOURS[event.status])
        if event.denied_by:
            out.append(" by " + ", ".join(_name(a.name or a.text) for a in event.denied_by), style=STATUS_COLOURS[event.status])
    return out


def _when(event: Event, between: str = "\n") -> Text:
    out = Text(event.date + (f" to {event.date_end}" if event.date_end and event.date_end != event.date else ""))
    if event.place:
        out.append((between if event.date else "") + _name(event.place.name or event.place.text), style="dim")
    return out


def _said(event: Event, between: str = "\n") -> Text:
    return Text(between.join(_name(s.name or s.text) for s in event.said_by), style="italic")


def _words(coded: Coded, event: Event, seen: bool) -> Text:
    """The evidence sentence with actor, act and recipient in colour; only the act where the sentence was just shown."""
    text, act = coded.document.text, f"bold {QUAD_COLOURS[event.quad]} underline"
    if seen:
        return Text.assemble("same sentence: “", (plain(text[event.trigger.begin : event.trigger.end])[:PARTY], act), "”", style="dim")
    begin, end = _window(event.span.begin, event.span.end, event.trigger.begin)
    out = Text(plain(text[begin:end]))
    styles = [(a.span, "bold blue") for a in event.actor] + [(a.span, "bold magenta") for a in event.recipient]
    for span, style in [*styles, (event.trigger, act)]:
        if begin <= span.begin and span.end <= end:
            out.stylize(style, span.begin - begin, span.end - begin)
    return Text("…" if begin > event.span.begin else "") + out + Text("…" if end < event.span.end else "")


def _window(begin: int, end: int, act: int) -> tuple[int, int]:
    """The part of a long sentence that stands around its act."""
    if end - begin <= SENTENCE:
        return begin, end
    left = max(begin, min(act - SENTENCE // 2, end - SENTENCE))
    return left, left + SENTENCE
