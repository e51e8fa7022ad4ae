"""Whole pages against what a careful coder takes from them: a folder of pages with NAME.expected.json.

The layout is described in ``tests/gold/README.md``. Recall counts expected events that were coded; precision counts
coded events that fit an expected one, on pages whose list is complete.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluate.measures import Table
from whowhom.evaluate.result import Result
from whowhom.events.sides import countries
from whowhom.model import Actor, Coded, Event


def norm(text: str) -> str:
    """Lower case Latin letters and digits with single spaces; other letters are transliterated."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower()).strip()


def _names(side: Iterable[Actor]) -> str:
    return " | ".join(norm(a.text) + " " + norm(a.name) for a in side)


def _date_fits(want: dict[str, Any], event: Event) -> bool:
    if "date" in want:
        return bool(event.date) and (
            event.date.startswith(want["date"]) or (want["date"].startswith(event.date) and len(event.date) >= len(want["date"]))
        )
    if "date_range" in want:
        first, last = want["date_range"]
        end = event.date_end or event.date
        return bool(event.date) and event.date.ljust(10, "-")[:10] <= last and (end + "-12-31"[len(end) - 4 :] if len(end) < 10 else end) >= first
    return True


def kind_fits(want: dict[str, Any], event: Event) -> bool:
    """Whether the type is one of the expected ones."""
    return event.event in (want.get("event_any") or [want.get("event")])


def parties_fit(want: dict[str, Any], event: Event) -> bool:
    """Whether expected countries and texts stand on their sides."""
    actor, recipient = countries(event.actor), countries(event.recipient)
    if not set(want.get("actor") or ()) <= actor or not set(want.get("recipient") or ()) <= recipient:
        return False
    if not set(want.get("recipient_or_actor") or ()) <= actor | recipient:
        return False
    texts = (("actor_text", event.actor), ("recipient_text", event.recipient))
    return all(not want.get(k) or norm(want[k]) in _names(side) for k, side in texts)


def fits(want: dict[str, Any], event: Event) -> bool:
    """Whether a coded event is the expected one in every field that the row names."""
    if not kind_fits(want, event) or not parties_fit(want, event):
        return False
    if want.get("mode") and not want.get("mode_any") and want["mode"] != event.mode:
        return False
    if want.get("status") and want["status"] != event.status:
        return False
    if want.get("context") and want["context"] not in event.context:
        return False
    if want.get("planned") and (event.planned is None or event.planned.event != want["planned"]["event"]):
        return False
    said = " | ".join(norm(s.name) + " " + norm(s.text) for s in event.said_by)
    if any(not any(norm(n).split()[-1] in said for n in w.split("|")) for w in want.get("said_by") or ()):
        return False
    if want.get("denied_by") and not set(want["denied_by"]) <= countries(event.denied_by):
        return False
    return _date_fits(want, event)


def load(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Pages with their expectations. Raises InputError where a folder holds none or a file is broken."""
    found = []
    for path in sorted(folder.glob("*.expected.json")):
        page = next((p for s in (".html", ".txt") if (p := path.with_name(path.name.replace(".expected.json", s))).exists()), None)
        if page is None:
            raise InputError("no page beside it", where=str(path), remedy="put NAME.txt or NAME.html there")
        try:
            found.append((page, json.loads(path.read_text(encoding="utf8"))))
        except json.JSONDecodeError as error:
            raise InputError(f"broken JSON: {error.msg}", where=f"{path}:{error.lineno}") from error
    if not found:
        raise InputError("no NAME.expected.json in this folder", where=str(folder))
    return found


def score(path: Path, model: str = "fast", threshold: float = -1.0) -> Result:
    """Cut, names, events (type, type with parties, every field), never, false events on pages without any."""
    import whowhom

    counts = {k: [0, 0, 0] for k in ("cut", "names", "never", *LEVELS, *(f"{x} on complete pages" for x in LEVELS))}
    empty_pages = false_events = 0
    predictions: list[dict[str, object]] = []
    body: list[list[object]] = []
    worst: list[str] = []
    for page, want in load(path):
        one = next(iter(whowhom.code(str(page), date=want.get("published", ""), model=model, threshold=threshold)))
        if not isinstance(one, Coded):
            worst.append(f"{page.name}: set aside: {one}")
            for key, name in (("type", "events"), ("names", "actors"), ("cut", "not_article_text")):
                counts[key][2] += len(want.get(name) or ())
            continue
        hit = _score_page(want, one, counts, worst, page.name)
        wanted = want.get("events") or []
        if not wanted:
            empty_pages += 1
            false_events += len(one.events)
            worst += [f"{page.name}: false {e.event} {e.confidence:.2f}: {e.text[:110]}" for e in one.events]
        body.append([page.stem, len(wanted), hit, len(one.events)])
        predictions.append(
            {"id": page.stem, "events": [{"event": e.event, "status": e.status, "text": e.text, "probability": e.confidence} for e in one.events]}
        )
    figures: dict[str, float] = {}
    for name in ("cut", "names", "never"):
        right, _, total = counts[name]
        figures[name] = right / total if total else 1.0
    for level in LEVELS:
        right, _, total = counts[level]
        figures[f"{level}: recall"] = right / total if total else 1.0
    for level in ("type", "type and parties"):
        right, found, _ = counts[level + " on complete pages"]
        figures[f"{level}: precision"] = right / found if found else 1.0
    figures["false events per page without any"] = false_events / empty_pages if empty_pages else 0.0
    tables: list[Table] = [("by page", ["page", "expected", "coded of these", "coded in all"], body)]
    return Result("pages", figures, predictions, tables, worst)


def _score_page(want: dict[str, Any], one: Coded, counts: dict[str, list[int]], worst: list[str], name: str) -> int:
    """Add a page's counts; returns how many expected events were coded with their parties."""
    text = norm(one.document.text)
    for piece in want.get("not_article_text") or ():
        counts["cut"][2] += 1
        counts["cut"][0] += norm(piece) not in text
        if norm(piece) in text:
            worst.append(f"{name}: not cut: {piece[:90]}")
    for entity in want.get("actors") or ():
        for mention in entity.get("mentions") or ():
            counts["names"][2] += 1
            right = any(_named(m, entity) for m in one.mentions if _same_words(norm(mention), norm(m.text)))
            counts["names"][0] += right
            if not right:
                got = sorted({f"{m.name or '-'}/{m.country or '-'}" for m in one.mentions if _same_words(norm(mention), norm(m.text))})
                worst.append(f"{name}: name {mention!r} is {entity['entity']}, coded {got}")
    hit = 0
    for row in want.get("events") or ():
        for level, test in LEVELS.items():
            near = any(test(row, e) for e in one.events)
            counts[level][2] += 1
            counts[level][0] += near
            hit += level == "type and parties" and near
        if not any(fits(row, e) for e in one.events):
            worst.append(f"{name}: missed {row.get('event') or row.get('event_any')} {row.get('id', '')}: {row.get('from', '')[:90]}")
    if want.get("complete"):
        _precision(want, one, counts, worst, name)
    for rule in want.get("never") or ():
        counts["never"][2] += 1
        broken = next((e for e in one.events if _breaks(rule, e)), None)
        counts["never"][0] += broken is None
        if broken is not None:
            worst.append(f"{name}: never {broken.event} {broken.status}: {rule.get('why', '')} ({broken.text[:90]})")
    return hit


def _precision(want: dict[str, Any], one: Coded, counts: dict[str, list[int]], worst: list[str], name: str) -> None:
    """Count coded events that fit an expected one; those that only some coders take count neither way."""
    for level in ("type", "type and parties"):
        part, test = counts[level + " on complete pages"], LEVELS[level]
        for event in one.events:
            right = any(test(row, event) for row in want.get("events") or ())
            if not right and any(kind_fits(row, event) and _close_text(row, event) for row in want.get("optional_events") or ()):
                continue
            part[0] += right
            part[1] += 1
            if not right and level == "type and parties":
                sides = [a.text for a in event.actor], [a.text for a in event.recipient]
                worst.append(f"{name}: extra {event.event} {event.status} {event.confidence:.2f} {sides}: {event.text[:90]}")


def _kind_and_parties(want: dict[str, Any], event: Event) -> bool:
    return kind_fits(want, event) and parties_fit(want, event)


def _kind_and_place(want: dict[str, Any], event: Event) -> bool:
    return kind_fits(want, event) and _close_text(want, event)


def _close_text(want: dict[str, Any], event: Event) -> bool:
    """Whether the evidence sentence shares most words with the words that the coder gave."""
    words = set(norm(want.get("from", "")).split())
    return not words or len(words & set(norm(event.text).split())) >= 0.6 * len(words)


def _same_words(want: str, got: str) -> bool:
    return bool(got) and (want == got or (got in want and len(got) >= 0.5 * len(want)))


def _named(mention: Any, entity: dict[str, Any]) -> bool:
    if norm(mention.name) == norm(entity["entity"]):
        return True
    if entity.get("members"):
        return set(entity["members"]) <= set(mention.members)
    return bool(entity.get("country")) and not entity.get("wikidata") and mention.country == entity["country"]


def _breaks(rule: dict[str, Any], event: Event) -> bool:
    sides = countries(event.actor) | countries(event.recipient)
    if rule.get("event"):
        same = event.event == rule["event"] and rule.get("status", event.status) == event.status
        return same and set(rule.get("actor") or ()) <= countries(event.actor) and set(rule.get("recipient") or ()) <= countries(event.recipient)
    if rule.get("country"):
        return rule["country"] in sides
    return bool(rule.get("entity")) and any(norm(rule["entity"]) == norm(a.name) for a in (*event.actor, *event.recipient))


#: What must be right of an event, from least to most.
LEVELS = {"type": _kind_and_place, "type and parties": _kind_and_parties, "all fields": fits}
