"""The records of this stage: judgements about pairs, stories, and which report stands in which story."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgement:
    """That two events are (or are not) the same happening, and why. Judgements are added, never edited.

    `left` and `right` are event ids, left the smaller; `verdict` is same or different; `by` a model's name and
    version, or ``person:NAME``, whose word stands against any model's. Of two by the same judge the one with
    the higher `number` holds.
    """

    id: str
    left: str
    right: str
    verdict: str
    probability: float
    reasons: tuple[str, ...]
    by: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A value that reports of a story give for a field, and the events (reports) that give it."""

    field: str
    value: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One happening and what its reports say of it.

    The single fields are those of the event that most reports agree with (`event_id`); `agreed` holds the
    fields on which all reports that give them agree, `differing` each value with its reports. `first` is the
    document that was published first, `publisher` its publisher. `texts` counts reports without near copies.
    """

    id: str
    event_id: str
    event: str
    mode: str
    quad: int
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str
    date_precision: str
    place: str
    country: str
    reports: int
    texts: int
    publishers: int
    first: str
    publisher: str
    first_date: str
    last_date: str
    probability: float
    agreed: tuple[Value, ...]
    differing: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class StoryReport:
    """That an event (of one document) is a report of a story; `copy_of` names the document it copies, if any.

    `probability` is that of the likeliest judgement that ties it to the story (1 for a story of one report).
    """

    story: str
    event: str
    document: str
    publisher: str
    date: str
    copy_of: str
    probability: float
    reasons: tuple[str, ...]
