"""A shard: some pages that are coded together, by whatever engine, through the one function `run_shard`."""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from whowhom.config import Options
from whowhom.errors import WhowhomError
from whowhom.model import Coded, Document, Page, SetAside
from whowhom.scale.limits import Limits, TooLong, page_clock, resident_bytes

STAGE = "scale"


@dataclass(frozen=True, slots=True)
class Shard:
    """Pages with their number in the run. `skip` holds places in `pages` that must not be tried again, and why."""

    number: int
    pages: tuple[Page | SetAside, ...]
    skip: tuple[tuple[int, str], ...] = ()

    @property
    def id(self) -> str:
        """A hash of all that the pages are: the same shard in a second run has the same id."""
        state = hashlib.blake2b(digest_size=8)
        for page in self.pages:
            if isinstance(page, SetAside):
                state.update(repr((page.source, page.stage, page.reason)).encode("utf8", "replace"))
                continue
            about = (page.source, page.media, page.url, page.title, page.publisher, page.date, page.charset, len(page.body))
            state.update(repr(about).encode("utf8", "replace") + page.body)
        return state.hexdigest()

    def without(self, place: int, reason: str) -> Shard:
        """The shard with one page given up."""
        return replace(self, skip=(*self.skip, (place, reason)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a shard: one result per page, in order; own seconds by stage; sentences; the worker's memory.

    A result that is a `Document` was known already and is not coded."""

    number: int
    results: tuple[Coded | SetAside | Document, ...]
    seconds: dict[str, float]
    sentences: int
    resident_bytes: int = 0


def cut(pages: Iterable[Page | SetAside], limits: Limits) -> Iterator[Shard]:
    """Pages into shards, in order. The cut depends on the pages alone, so that a second run cuts in the same places.

    From half its size on a shard ends where the next page's bytes say so (by chance, one page in a quarter shard): pages
    that are new in a second run then move the cuts around them and no others, and all other shards are known again.
    """
    waiting: list[Page | SetAside] = []
    size = number = 0
    half, often = limits.shard_pages // 2, max(1, limits.shard_pages // 4)
    for page in pages:
        if isinstance(page, Page) and len(page.body) > limits.page_bytes:
            page = SetAside(page.source, STAGE, f"larger than {limits.page_bytes / 1e6:g} MB", "split it, or allow larger pages")
        more = len(page.body) if isinstance(page, Page) else 0
        here = often > 1 and len(waiting) >= half and _mark(page) % often == 0
        if waiting and (here or len(waiting) >= limits.shard_pages or size + more > limits.shard_bytes):
            yield Shard(number, tuple(waiting))
            waiting, size, number = [], 0, number + 1
        waiting.append(page)
        size += more
    if waiting:
        yield Shard(number, tuple(waiting))


def _mark(page: Page | SetAside) -> int:
    """A number that depends on a page's content."""
    return zlib.crc32(
        page.body if isinstance(page, Page) else page.reason.encode("utf8", "replace"), zlib.crc32(page.source.encode("utf8", "replace"))
    )


def run_shard(
    shard: Shard, options: Options, limits: Limits, beat: Callable[[int], None] | None = None, known: Callable[[Document], bool] | None = None
) -> Outcome:
    """Code a shard's pages, each by itself: a page that fails or takes too long is set aside, the others are not touched.

    `beat` is called with the place of each page before it is begun; a document that is `known` is not coded. Raises
    WhowhomError for what would fail every page: a model that is missing, a knowledge table that is damaged.
    """
    from whowhom.scale.stages import meter

    clock = meter()
    clock.take()
    given_up = dict(shard.skip)
    results: list[Coded | SetAside | Document] = []
    for place, page in enumerate(shard.pages):
        if isinstance(page, SetAside):
            results.append(page)
        elif place in given_up:
            results.append(SetAside(page.source, STAGE, given_up[place], "look at the page; allow more time or memory if it is sound"))
        else:
            if beat is not None:
                beat(place)
            results.append(_one(page, options, limits, known))
    seconds, sentences = clock.take()
    return Outcome(shard.number, tuple(results), seconds, sentences, resident_bytes())


def _one(page: Page, options: Options, limits: Limits, known: Callable[[Document], bool] | None) -> Coded | SetAside | Document:
    """One page through the flow."""
    from whowhom import flow

    try:
        with page_clock(limits.page_seconds):
            (one,) = flow.code_pages([page], options, known)
    except TooLong:
        return too_long(page.source, limits)
    except WhowhomError:
        raise
    except Exception as error:  # a fault of ours on this page: named in the run report, and no reason to lose the others
        return SetAside(page.source, STAGE, f"fault {type(error).__name__}: {' '.join(str(error).split())[:200]}", "please report it with the page")
    return one


def too_long(source: str, limits: Limits) -> SetAside:
    """The result of a page that took longer than it may."""
    return SetAside(source, STAGE, f"took longer than {limits.page_seconds:g} s", "look at the page; allow more time if it is sound")


@lru_cache(maxsize=4)
def warm(options: Options) -> None:
    """Load the model and the tables of a worker before its first page, so that loading is on no page's clock.

    The text is so plainly English that what tells languages apart is not loaded: most runs never need it.
    """
    from whowhom import flow

    text = "GENEVA, March 3 - The president of Kenya met the Peruvian foreign minister on Tuesday. Police arrested two men in Lima, he said."
    # What is loaded stays: to look through it for garbage takes a fifth of the loading, and as much again now and then.
    gc.disable()
    try:
        for _ in flow.code_pages([Page("warm-up", text.encode(), "text", date="2021-03-04")], options):
            pass
        gc.freeze()
    finally:
        gc.enable()
