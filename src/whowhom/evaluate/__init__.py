"""Gold readers and scorers: each task is a module with `score(path, ...) -> Result`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from whowhom.errors import InputError
from whowhom.evaluate.result import Result

#: Task -> what it scores; the module of the same name holds `score`.
TASKS = {
    "types": "the type of a marked source and target (plv_train layout)",
    "spans": "source, target and joint actor spans (cameo_train layout)",
    "events": "events of sentences: {text, date, events: [...]}, or PLOVER JSON",
    "pages": "a folder of pages with NAME.expected.json beside each",
    "quiet": "false alarms on pages without political events: {text, title, date, kind}",
    "actors": "country, sector and name of mentions: {text, date, mentions: [...]}",
    "coreference": "CoNLL F1 over persons, organisations and places (GUM layout)",
    "attribution": "cue, source and content (PolNeAR layout)",
    "factuality": "did it happen, -3 to 3 (UDS layout)",
    "certainty": "certainty and polarity of events (MEANTIME layout)",
    "times": "time expressions and their values (MEANTIME and GUM layouts)",
    "amounts": "amounts (MEANTIME layout, or {text, date, amounts: [...]})",
    "places": "places (re3d and MEANTIME layouts, or {text, places: [...]})",
    "duplicates": "the same text or not: {a, b, label: duplicate|distinct}",
}


def score(task: str, path: Path, **settings: Any) -> Result:
    """Run a task on a file. Raises InputError for an unknown task or an unreadable file."""
    if task not in TASKS:
        raise InputError(f"no task {task!r}", remedy="tasks are: " + ", ".join(TASKS))
    if not path.exists():
        raise InputError("no such file", where=str(path), remedy="give a file in the task's layout")
    run: Callable[..., Result] = import_module(f"whowhom.evaluate.{task}").score
    accepted = run.__code__.co_varnames[: run.__code__.co_argcount]
    return run(path, **{k: v for k, v in settings.items() if k in accepted})


__all__ = ["TASKS", "Result", "score"]
