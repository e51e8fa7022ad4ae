"""Settings of a run, and the one table of thresholds."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from whowhom.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Options:
    """How a run codes. `threshold` moves the probability (0 to 1) that an event needs to be kept; NaN or
    negative takes the default of the table. `model` names an installed model or a folder; `threads` 0
    takes all cores; `dictionaries` are users' own actor files (paths); `gate` leaves sentences unread whose words
    speak against an event (see `whowhom.sentences.gate` for what that costs)."""

    model: str = "fast"
    threads: int = 0
    threshold: float = -1.0
    ontology: str = ""
    dictionaries: tuple[str, ...] = ()
    gate: bool = False


@lru_cache(maxsize=1)
def thresholds() -> dict[str, float]:
    """The table of thresholds, by name; the file gives the reason for each."""
    text = (resources.files("whowhom") / "thresholds.tsv").read_text(encoding="utf8")
    lines = [x for x in text.splitlines() if x and not x.startswith("#")]
    return {r["name"]: float(r["value"]) for r in csv.DictReader(lines, delimiter="\t")}


def threshold(name: str) -> float:
    """One threshold. Raises KnowledgeError for a name that the table lacks."""
    try:
        return thresholds()[name]
    except KeyError as error:
        raise KnowledgeError(f"no threshold {name!r}", where="thresholds.tsv", remedy="reinstall whowhom") from error
