"""History told beside the news: "Some 100,000 people died between 1992 and 1995. Serb forces besieged the capital." happened then."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Sequence

from whowhom.config import threshold
from whowhom.events.attribution import SPEECH, Attribution
from whowhom.model import Document, Event, Ground, Sentence, When

#: Words of the present, of what lies ahead or of the report's own time: with one of them a sentence is back in it.
_NOW = re.compile(
    r"\b(?:is|are|am|isn['’]t|aren['’]t|has|have|hasn['’]t|haven['’]t|will|won['’]t|now|today|tonight|currently|recently|lately|still|says?|continues?|remains?|wants?)\b",
    re.IGNORECASE,
)
#: How sure it is that such a sentence goes on with the past.
_SURE = 0.7


def set_back(
    document: Document, sentences: Sequence[Sentence], whens: Sequence[When], attributions: Sequence[Attribution], events: Sequence[Event]
) -> tuple[Event, ...]:
    """The events in their order; a deed without a date of its own, in a paragraph that has just told of years ago, is history.

    The sentence must be plain narrative in the past (nobody is quoted, nothing in it is of the present) and follow, in its
    paragraph, one whose last date lies `historical-years` or more before the document's, with only such sentences between.
    """
    year = document.date[:4]
    if not year.isdigit() or not any(_open(e) for e in events):
        return tuple(events)
    said = {a.sentence for a in attributions}
    begins = [s.span.begin for s in sentences]
    dated = {sentences[bisect_right(begins, w.span.begin) - 1].index: w for w in sorted(whens, key=lambda w: w.span)}
    by_span = {s.span: s for s in sentences}
    by_index = {s.index: s for s in sentences}

    def plain(sentence: Sentence) -> bool:
        return sentence.index not in said and not sentence.quotes and not _NOW.search(sentence.text)

    out = []
    for event in events:
        sentence = by_span.get(event.span)
        then = None
        if _open(event) and sentence is not None:
            if sentence.index not in dated and plain(sentence):
                before = by_index.get(sentence.index - 1)
                while before is not None and before.paragraph == sentence.paragraph and before.index not in dated and plain(before):
                    before = by_index.get(before.index - 1)
                if before is not None and before.paragraph == sentence.paragraph and before.index in dated:
                    then = _long_ago(dated[before.index], int(year))
        out.append(event if then is None else _in(event, then))
    return tuple(out)


def _open(event: Event) -> bool:
    """Whether an event is a deed that only the document dates."""
    return event.status == "asserted" and event.date_source == "document" and event.event not in SPEECH


def _long_ago(when: When, year: int) -> When | None:
    last = (when.date_end or when.date)[:4]
    return when if last.isdigit() and year - int(last) >= threshold("historical-years") else None


def _in(event: Event, when: When) -> Event:
    why = f"told beside {when.text!r}"
    grounds = (
        *(g for g in event.grounds if g.field not in ("status", "date")),
        Ground("status", "historical", "background", why, _SURE, when.span),
        Ground("date", when.date[:4], "background", why, _SURE, when.span),
    )
    last = when.date_end[:4] if when.date_end[:4] != when.date[:4] else ""
    return dataclasses.replace(
        event, status="historical", date=when.date[:4], date_end=last, date_precision="range" if last else "year", date_source="text", grounds=grounds
    )
