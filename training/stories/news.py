"""Labelled reports as the coder of this version reads them: which coded event tells of which happening.

A label is a letter (the happening, within its group) and the type that a careful coder takes. The coded event whose
type is likest to the label's stands for it; where a text has one label and one event, that event does, whatever its
type. Passing mentions of an earlier happening (marked ?) are judged only where they are coded, and published within
the window of days in which reports are compared. A label without an event is missed: its pairs do not exist for the judgement, and count as not joined end to end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import whowhom
from training.stories import reports
from whowhom.model import Coded, content_id
from whowhom.stories.join import WINDOW_DAYS
from whowhom.stories.likeness import LEAD, Report, near_type, report

FITTING = Path(__file__).parent / "news.txt"
ASIDE = Path(__file__).parent / "news_aside.txt"
#: Likeness of types from which on an event may stand for a label.
NEAR = 0.3


@dataclass(frozen=True)
class Item:
    """A labelled text: `labels` are pairs of letter and type; those of `free` may be passed over."""

    group: str
    labels: tuple[tuple[str, str], ...]
    published: str
    text: str
    free: frozenset[str] = frozenset()

    @property
    def document(self) -> str:
        """The id of its document."""
        return content_id(self.group, self.text)


@dataclass(frozen=True)
class Found:
    """An item, the reports of all its coded events, and the one that stands for each letter."""

    item: Item
    all: tuple[Report, ...]
    of: dict[str, Report]


def read(path: Path) -> list[Item]:
    """The items of a file in the form of news.txt."""
    found: list[Item] = []
    group = ""
    for at, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.startswith("= "):
            group = line[2:]
        elif line and not line.startswith("#"):
            fields, _, text = line.partition(" || ")
            told, _, published = fields.partition(" | ")
            labels = [x.split() for x in told.split("; ")]
            if not text or not published or any(len(x) != 2 for x in labels):
                raise ValueError(f"{path}:{at}: not LETTER TYPE; ... | YYYY-MM-DD || text")
            free = frozenset(x[0].rstrip("?") for x in labels if x[0].endswith("?"))
            found.append(Item(group, tuple((x[0].rstrip("?"), x[1].partition(".")[0]) for x in labels), published, text, free))
    return found


def of_reports(odd: bool | None = None) -> list[Item]:
    """The reports of reports.txt as items; only those of odd groups, or of even ones, where told."""
    some = [r for r in reports.read() if odd is None or r.number % 2 == odd]
    return [Item(r.group, ((r.happening, r.report.event.event),), r.report.published, r.text) for r in some]


def code(items: list[Item]) -> list[Found]:
    """Each item with its coded events."""
    found = []
    for item in items:
        taken = whowhom.code_text(item.text, date=item.published, publisher="paper " + item.document[:2])
        events = [replace(e, document=item.document) for e in taken.events] if isinstance(taken, Coded) else []
        some = [report(e, item.published, "paper " + item.document[:2], lead=item.text[:LEAD]) for e in events]
        found.append(Found(item, tuple(some), assign(item, some)))
    return found


def assign(item: Item, some: list[Report]) -> dict[str, Report]:
    """The event that stands for each letter."""
    ranked = sorted(
        ((near_type(r.event.event, kind), letter not in item.free, r.event.status == "asserted", r.event.confidence, letter, n)
         for letter, kind in item.labels for n, r in enumerate(some)),
        reverse=True,
    )  # fmt: skip
    of: dict[str, Report] = {}
    used: set[int] = set()
    for near, _, _, _, letter, n in ranked:
        alone = len(item.labels) == len(some) == 1
        floor = 1.0 if letter in item.free else NEAR
        if letter not in of and n not in used and (near >= floor or alone):
            of[letter] = some[n]
            used.add(n)
    return of


def pairs(found: list[Found]) -> Iterator[tuple[Report | None, Report | None, bool]]:
    """All pairs of labels of different texts of a group, None for a label without an event, and whether they tell of
    one happening."""
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if a.item.group == b.item.group:
                for x, _ in a.item.labels:
                    for y, _ in b.item.labels:
                        one, other = a.of.get(x), b.of.get(y)
                        if x in a.item.free or y in b.item.free:
                            late = one is not None and other is not None and abs(one.published_day - other.published_day) > WINDOW_DAYS
                            if one is None or other is None or late:
                                continue
                        yield one, other, x == y
