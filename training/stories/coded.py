"""The labelled reports as the coder itself reads them: the measure of joining on what comes out of the pipeline.

    python -m training.stories.coded          codes all reports, joins them, and prints figures of both halves

Of a report the event likest to the labelled type counts; reports without any event are counted as missed.
"""

from __future__ import annotations

from dataclasses import replace

import whowhom
from training.stories import reports
from whowhom.model import Coded, Event
from whowhom.stories import likeness
from whowhom.stories.join import join
from whowhom.stories.likeness import Report, near_type, report


def code(some: list[reports.Labelled]) -> list[tuple[reports.Labelled, list[Report]]]:
    """Each report with the events that the coder finds in it, the one likest to the label first."""
    found = []
    for one in some:
        taken = whowhom.code_text(one.text, date=one.report.published, publisher=one.report.publisher)
        events = list(taken.events) if isinstance(taken, Coded) else []
        events = [replace(e, document=one.report.event.document) for e in events]
        events.sort(key=lambda e: (-near_type(e.event, one.report.event.event), -e.confidence))
        found.append((one, [report(e, one.report.published, one.report.publisher) for e in events]))
    return found


def main_events(coded: list[tuple[reports.Labelled, list[Report]]]) -> list[reports.Labelled]:
    """Reports with their main event as coded; those without an event are left out."""
    return [replace(one, report=some[0]) for one, some in coded if some]


def measure(coded: list[tuple[reports.Labelled, list[Report]]], half: int) -> str:
    """Figures of a half: pairs of reports of a group whose main events the joining holds for one happening."""
    some = [(one, found) for one, found in coded if one.number % 2 == half]
    events = sorted((r for _, found in some for r in found), key=lambda r: (r.anchor, r.event.id))
    home = {r.event: r.story for joined in join(lambda: iter(events)) for r in joined.reports}
    right = found = wanted = direct_right = direct_found = 0
    story = {id(one): home[rs[0].event.id] for one, rs in some if rs}
    main = {id(one): rs[0] for one, rs in some if rs}
    for a, b, same in reports.pairs([one for one, _ in some]):
        both = id(a) in story and id(b) in story
        guess = both and story[id(a)] == story[id(b)]
        direct = both and likeness.probability(likeness.features(main[id(a)], main[id(b)])) >= 0.5
        right, found, wanted = right + (guess and same), found + guess, wanted + same
        direct_right, direct_found = direct_right + (direct and same), direct_found + direct
    empty = sum(not rs for _, rs in some)
    return (
        f"{'fitted on' if half else 'aside'}: {len(some)} reports, {empty} without an event; in one story: precision {right / max(found, 1):.3f} "
        f"recall {right / wanted:.3f} F1 {2 * right / (found + wanted):.3f}; pairs alone: F1 {2 * direct_right / (direct_found + wanted):.3f}"
    )


def same_type(coded: list[tuple[reports.Labelled, list[Report]]]) -> float:
    """The share of reports whose main event has the labelled type."""
    return sum(bool(rs) and rs[0].event.event == one.report.event.event for one, rs in coded) / len(coded)


def events_of(coded: list[tuple[reports.Labelled, list[Report]]]) -> list[Event]:
    """All events."""
    return [r.event for _, rs in coded for r in rs]


if __name__ == "__main__":
    everything = code(reports.read())
    print(f"{len(events_of(everything))} events; labelled type found in {same_type(everything):.3f} of reports")
    for half in (1, 0):
        print(measure(everything, half))
