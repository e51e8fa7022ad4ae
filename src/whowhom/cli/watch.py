"""`whowhom watch`: what is new in feeds, coded into a store, once or again and again."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whowhom.cli.own import Actors, own
from whowhom.errors import InputError

if TYPE_CHECKING:
    from whowhom.config import Options
    from whowhom.pages.watch import Watch
    from whowhom.scale import Limits

#: Entries that are coded and stored together: what a kill can cost to fetch again.
TOGETHER = 128


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="Addresses of RSS or Atom feeds.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The store that grows; what was seen is remembered there, too.")],
    every: Annotated[float, typer.Option(metavar="MINUTES", min=0.0, help="Look again every so many minutes until Ctrl-C; 0 looks once.")] = 0.0,
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Publisher; without it the feed's title.")] = "",
    model: Annotated[str, typer.Option(metavar="NAME", help="Language model: fast, or another that is installed.")] = "fast",
    actors: Actors = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes that code; 1 is this one, 0 takes all that cores and memory allow.")] = 1,
    page_seconds: Annotated[float, typer.Option(min=0.1, help="Processor time for one page; what takes longer is set aside.")] = 60.0,
    page_megabytes: Annotated[float, typer.Option(min=0.001, help="Size of one page; what is larger is set aside.")] = 10.0,
    contact: Annotated[str, typer.Option(metavar="TEXT", help="An address for site owners, sent along with each request.")] = "",
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses of this machine and of private networks.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell failures only.")] = False,
) -> None:
    """Code what is new in feeds into a store.

    Feeds are asked with conditional requests, pages as robots.txt allows and with a pause between two of one site; what
    fails is tried again later and later. A page is coded once.

    [bold]Examples[/bold]

    whowhom watch https://news.example/rss -o events

    whowhom watch https://news.example/rss https://paper.example/atom.xml -o events --every 15
    """
    from whowhom import __version__
    from whowhom.config import Options
    from whowhom.pages import ReadOptions
    from whowhom.pages.addresses import is_address
    from whowhom.pages.watch import State, Watch
    from whowhom.scale import Limits
    from whowhom.store import open_store

    strange = next((f for f in feeds if not is_address(f)), None)
    if strange is not None:
        raise InputError("not an address", where=strange, remedy="give feeds as https://host/path; files are coded by: whowhom code FILE")
    if not contact.isprintable() or not contact.isascii():
        raise InputError("only plain ASCII can be sent to sites", where="--contact", remedy="give an address or a mail address")
    largest = int(page_megabytes * 1e6)
    agent = f"whowhom/{__version__} ({contact or 'event coding of news pages'})"
    reading = ReadOptions(publisher=publisher, allow_private=allow_private, max_bytes=largest, user_agent=agent)
    options = Options(model=model, dictionaries=own(actors))
    root = open_store(output).root
    state = State(root / "watch.sqlite")
    try:
        watched = Watch(feeds, state, reading)
        while True:
            begun = time.monotonic()
            round_(watched, root, options, Limits(page_seconds=page_seconds, page_bytes=largest), workers, quiet)
            if not every:
                return
            time.sleep(max(0.0, 60 * every - (time.monotonic() - begun)))
    except KeyboardInterrupt:
        sys.stderr.write("\nwhowhom: stopped; what was written stays, and the same command goes on from there\n")
        raise typer.Exit(130) from None
    finally:
        state.close()


def round_(watched: Watch, root: Path, options: Options, limits: Limits, workers: int, quiet: bool) -> None:
    """One look at the feeds, and the coding of all that is to be coded now."""
    from whowhom.cli.writing import write

    for look in watched.look():
        if look.said not in ("", "unchanged"):
            sys.stderr.write(f"whowhom: {look.url}: {look.said}\n")
        elif not quiet:
            sys.stderr.write(f"{time.strftime('%H:%M')} {look.url}: {look.said or f'{look.new} new'}\n")
    together = TOGETHER * (workers or 8)
    while watched.more():
        # Closed at once when the run is left early: the threads that fetch must not wait for a reader.
        with closing(watched.pages(together)) as pages:
            if (first := next(pages, None)) is not None:
                stream = chain([first], pages)
                write(stream, root, options, engine="here" if workers == 1 else "local", workers=workers, limits=limits, quiet=quiet)
        watched.done()
    for link, reason in watched.postponed:
        sys.stderr.write(f"whowhom: {link}: {reason}; tried again later\n")
