"""One page that can be mailed: the text with its events, a timeline, a map, a network. Offline, nothing loaded.

`write(path, coded)` takes what `whowhom.code` gives; `open_report(path)` is for who has something else to do
with each document on its way (`whowhom code -o DIR --report FILE`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whowhom.explore.report.writer import Report, open_report
from whowhom.model import Coded, SetAside


def write(path: Path | str, coded: Iterable[Coded | SetAside], title: str = "") -> tuple[int, int, int]:
    """Write a report; returns counts of documents, events and pages set aside.

    Documents go to disk as they come. Raises OutputError where the file cannot be written; the file is there in
    full or not at all.
    """
    with open_report(path, title) as report:
        for one in coded:
            report.add(one)
    return report.documents, report.events, report.aside


__all__ = ["Report", "open_report", "write"]
