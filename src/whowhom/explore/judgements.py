"""What people say is wrong, kept beside the data and never over it: lines of JSON in ``DIR/judgements/corrections.jsonl``.

Lines are added, never edited; of two by the same person about the same thing the later holds. `honour` puts
them on what was coded anew; `export` writes them as training data.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whowhom.errors import InputError, OutputError
from whowhom.explore import placing
from whowhom.explore.hypertext import clean
from whowhom.knowledge import ontology
from whowhom.model import Actor, Coded, Event, Ground, Note, Place, Speaker, content_id

if TYPE_CHECKING:
    from whowhom.actors.known import Known
    from whowhom.store import Store

#: Verdicts, and what the page calls them.
VERDICTS = {
    "right": "All of it is right", "not_event": "This is not an event", "wrong_type": "Wrong type", "wrong_actor": "Wrong actor",
    "wrong_recipient": "Wrong recipient", "wrong_status": "Wrong status", "wrong_date": "Wrong date", "wrong_place": "Wrong place",
    "wrong_speaker": "Wrong speaker", "same_story": "Same happening as another event", "different_story": "Not that happening",
}  # fmt: skip
#: Verdicts on two events, as the joining of stories calls them.
ON_TWO = {"same_story": "same", "different_story": "different"}
STATUSES = ("asserted", "planned", "hypothetical", "denied", "negated", "historical")
FORMATS = ("jsonl", "label-studio", "prodigy")
#: Characters of a value or a note.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Correction:
    """One judgement: `verdict` of `VERDICTS`; `value` what would be right (a type, a name, a date, another event's id)."""

    id: str
    event: str
    document: str
    verdict: str
    value: str
    note: str
    by: str
    at: str


def file_of(root: Path) -> Path:
    """Where corrections lie."""
    return root / "judgements" / "corrections.jsonl"


def make(event: str, document: str, verdict: str, value: str = "", note: str = "", by: str = "", at: str = "") -> Correction:
    """A correction from what somebody typed. Raises InputError for a verdict or value that means nothing."""
    if verdict not in VERDICTS:
        raise InputError(f"{verdict[:40]!r} is no verdict", remedy="one of " + ", ".join(VERDICTS))
    value, note, by = (clean(x).strip()[:LONGEST] for x in (value, note, by))
    if verdict == "wrong_type" and value and value.split(".")[0] not in ontology.load().types:
        raise InputError(f"{value!r} is no type", remedy="one of " + ", ".join(ontology.load().types))
    if verdict == "wrong_status" and value and value not in STATUSES:
        raise InputError(f"{value!r} is no status", remedy="one of " + ", ".join(STATUSES))
    if verdict == "wrong_date" and value and not _is_date(value):
        raise InputError(f"{value!r} is no date", remedy="write 2023-01-31, 2023-01 or 2023")
    if verdict == "wrong_place" and (id := placing.id_of(value)) and placing.meant(value) is None:
        raise InputError(f"no place has the id {id!r}", remedy="pick a place from those offered, or write its name alone")
    if verdict in ON_TWO and not value:
        raise InputError("which other event?", remedy="give the id of the other event")
    at = at or datetime.now(UTC).isoformat(timespec="seconds")
    return Correction(content_id(event, verdict, value, note, by, at), event, document, verdict, value, note, "person:" + (by or "somebody"), at)


def _is_date(text: str) -> bool:
    """A day, a month or a year of the calendar."""
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        return False
    return len(text) in (4, 7, 10)


def add(root: Path, one: Correction) -> None:
    """Append a line, flushed to disk. Raises OutputError."""
    path = file_of(root)
    line = (json.dumps(dataclasses.asdict(one), ensure_ascii=False) + "\n").encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One write with O_APPEND: two processes do not tear each other's lines.
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(file, line)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise OutputError(f"cannot keep the correction: {error.strerror}", where=str(path), remedy="the folder must be writable") from error


def read(root: Path) -> list[Correction]:
    """All corrections, oldest first; a line torn by a power cut is left out."""
    path = file_of(root)
    if not path.exists():
        return []
    names = [f.name for f in dataclasses.fields(Correction)]
    found = []
    for line in path.read_text(encoding="utf8", errors="replace").splitlines():
        try:
            row = json.loads(line)
            found.append(Correction(*(str(row[name]) for name in names)))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def by_event(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections of each event; of two by one person with the same verdict the later one."""
    latest = {(c.event, c.by, c.verdict): c for c in corrections}
    found: dict[str, list[Correction]] = {}
    for one in latest.values():
        found.setdefault(one.event, []).append(one)
    return found


def honour(coded: Coded, corrections: Mapping[str, list[Correction]]) -> Coded:
    """What was coded, with people's word on it: what is no event goes (with a note), types, statuses and dates are set
    (with a ground that names who said so). A wrong actor without a right one is noted, not guessed."""
    events: list[Event] = []
    notes = list(coded.notes)
    for event in coded.events:
        kept: Event | None = event
        for one in corrections.get(event.id, ()):
            if one.verdict == "not_event":
                notes.append(Note(event.document, event.trigger, "judgement", f"{event.event}: judged to be no event by {one.by}", event.confidence))
                kept = None
                break
            if kept is not None and one.value:
                kept = _changed(kept, one)
        if kept is not None:
            events.append(kept)
    return dataclasses.replace(coded, events=tuple(events), notes=tuple(notes))


def tell_joining(store: Store) -> int:
    """Hand what people said of two events to the joining of stories, where it stands above the model; how many were new.

    Not done at the moment of saying: a store's index is made anew when its judgements change, which takes its time.
    """
    from whowhom.store.joining import judge

    told: dict[tuple[str, str, str], tuple[int, str]] = {}
    for row in store.rows("judgements").to_pylist():
        key = (row["left"], row["right"], row["by"])
        told[key] = max(told.get(key, (-1, "")), (row["number"], row["verdict"]))
    latest = {(*sorted((c.event, c.value)), c.by): c for c in read(store.root) if c.verdict in ON_TWO}
    there = {id for c in latest.values() for id in (c.event, c.value)}
    marks = ", ".join("?" * len(there))
    known = set(store.query(f"SELECT id FROM events WHERE id IN ({marks})", sorted(there)).column("id").to_pylist()) if there else set()
    new = 0
    for (left, right, by), one in latest.items():
        # What this person said last on the pair is there already, or an event has gone since the page was coded anew.
        if told.get((left, right, by), (-1, ""))[1] == ON_TWO[one.verdict] or not {left, right} <= known:
            continue
        judge(store, left, right, ON_TWO[one.verdict], by.removeprefix("person:"))
        new += 1
    return new


def _changed(event: Event, one: Correction) -> Event:
    changes: dict[str, Any] = {}
    field = one.verdict.removeprefix("wrong_")
    if one.verdict == "wrong_type":
        kind, _, mode = one.value.partition(".")
        book = ontology.load()
        found = book.kinds.get((kind, mode)) or book.kind(kind, "")
        cameo, goldstein = book.to_cameo(kind, found.mode, event.context)
        changes = {
            "event": kind, "mode": found.mode, "quad": found.quad, "score_plover": found.score, "cameo": cameo, "score_goldstein": goldstein,
        }  # fmt: skip
        field = "event"
    elif one.verdict == "wrong_status":
        changes = {"status": one.value}
    elif one.verdict == "wrong_date":
        precision = {4: "year", 7: "month", 10: "day"}.get(len(one.value), event.date_precision)
        changes = {"date": one.value, "date_end": one.value, "date_precision": precision}
    elif one.verdict in ("wrong_actor", "wrong_recipient"):
        changes = {field: _party(event, getattr(event, field), one)}
    elif one.verdict == "wrong_place":
        changes = {"place": _place(event, one)}
    elif one.verdict == "wrong_speaker":
        known = _known(one.value, event.date)
        said = event.said_by[0] if event.said_by else Speaker(one.value, event.trigger)
        first = dataclasses.replace(
            said, text=one.value, name=known.name or one.value, wikidata=known.wikidata, country=known.country, sector=known.sector
        )
        field, changes = "said_by", {"said_by": (first, *event.said_by[1:])}
    if not changes:
        return event
    ground = Ground(field, one.value, one.by, one.note or "corrected by hand", 1.0)
    return dataclasses.replace(event, **changes, grounds=(*event.grounds, ground))


def _known(words: str, on: str) -> Known:
    """Whom somebody's words mean on the day of the event: a right name has a right country and office, too."""
    from whowhom.actors.known import known

    return known(words, on if len(on) == 10 else "")


def _party(event: Event, parties: tuple[Actor, ...], one: Correction) -> tuple[Actor, ...]:
    """The parties with the first one put right; the words of the text stay where there are any."""
    known = _known(one.value, event.date)
    first = parties[0] if parties else Actor(one.value, event.trigger)
    right = dataclasses.replace(
        first, name=known.name or one.value, wikidata=known.wikidata, country=known.country, sector=known.sector, sectors=known.sectors,
        office=known.office, members=known.members, how=f"said by {one.by}; {known.how}", confidence=1.0,
    )  # fmt: skip
    return (right, *parties[1:])


def _place(event: Event, one: Correction) -> Place:
    """The place as picked from the table; a name that the table does not settle stays a name, and nothing is left of where it
    was wrongly put."""
    text, span = (event.place.text, event.place.span) if event.place else (one.value, event.trigger)
    row = placing.meant(one.value)
    return placing.as_place(row, text, span) if row else Place(text, span, one.value, "", "", "", "", math.nan, math.nan, 1.0)


def export(format: str, rows: Iterable[tuple[Correction, Mapping[str, Any]]]) -> Iterator[str]:
    """Corrections with their events (columns of the index) as lines: our JSON lines, or tasks of Label Studio or Prodigy.

    Raises InputError for another format. Label Studio imports one JSON list; Prodigy takes JSON lines.
    """
    if format not in FORMATS:
        raise InputError(f"{format[:40]!r} is no format", remedy="one of " + ", ".join(FORMATS))
    first = True
    if format == "label-studio":
        yield "[\n"
    for one, event in rows:
        meta = {"event_id": one.event, "document": one.document, "publisher": event.get("publisher", ""), "date": event.get("date", "")}
        text = str(event.get("text", ""))
        if format == "jsonl":
            yield json.dumps({**dataclasses.asdict(one), "text": text, "coded": {k: event.get(k) for k in _CODED}}, ensure_ascii=False) + "\n"
        elif format == "prodigy":
            answer = {"right": "accept"}.get(one.verdict, "reject")
            label = str(event.get("event", "")) if one.verdict in ("right", "not_event") or not one.value else one.value
            row = {"text": text, "label": label, "answer": "accept" if one.verdict == "wrong_type" and one.value else answer, "meta": meta}
            yield json.dumps(row | {"verdict": one.verdict, "value": one.value}, ensure_ascii=False) + "\n"
        else:
            result = [
                {"from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": [one.verdict]}},
                {"from_name": "value", "to_name": "text", "type": "textarea", "value": {"text": [one.value or one.note]}},
            ]
            task = {
                "data": {"text": text, **meta, "coded": event.get("event", "")},
                "annotations": [{"result": result, "completed_by": {"email": one.by}}],
            }
            yield ("" if first else ",\n") + json.dumps(task, ensure_ascii=False)
            first = False
    if format == "label-studio":
        yield "\n]\n"


_CODED = ("event", "mode", "status", "date", "actors", "recipients", "place", "said")
