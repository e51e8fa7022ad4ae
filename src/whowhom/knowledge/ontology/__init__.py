"""The ontology as data: PLOVER types and modes with scores, the CAMEO code that fits, the codebook's rules.

Another ontology of the same form is a folder with the same four files.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from whowhom.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Kind:
    """A type with one of its modes ('' for none); `score` is PLOVER's, -10 (conflict) to 10 (cooperation)."""

    event: str
    mode: str
    quad: int
    score: float
    definition: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the codebook: what a type turns into under a status, or which side it needs."""

    name: str
    event: str
    mode: str
    status: str
    becomes: str
    plans: bool
    needs: str
    why: str

    def fits(self, event: str, mode: str, status: str) -> bool:
        """Whether the rule speaks of such an event."""
        return self.event == event and self.mode in ("*", mode) and self.status in ("*", status)


@dataclass(frozen=True, slots=True)
class Ontology:
    """Types, modes, contexts, rules, and the way to CAMEO."""

    kinds: dict[tuple[str, str], Kind]
    contexts: tuple[str, ...]
    rules: tuple[Rule, ...]
    cameo: tuple[tuple[str, str, str, str, float], ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The types in the codebook's order."""
        return tuple(dict.fromkeys(event for event, _ in self.kinds))

    def modes(self, event: str) -> tuple[str, ...]:
        """The modes of a type, without the empty one."""
        return tuple(mode for kind, mode in self.kinds if kind == event and mode)

    def kind(self, event: str, mode: str) -> Kind:
        """Type and mode with quad and score; raises KeyError for one that the ontology lacks."""
        return self.kinds[event, mode]

    def to_cameo(self, event: str, mode: str, contexts: tuple[str, ...]) -> tuple[str, float]:
        """CAMEO code and Goldstein score (-10 to 10): the row with this mode and one of the contexts, else with none."""
        for wanted in (mode, ""):
            for kind, form, context, code, score in self.cameo:
                if kind == event and form == wanted and context in contexts:
                    return code, score
            for kind, form, context, code, score in self.cameo:
                if kind == event and form == wanted and context == "-":
                    return code, score
        raise KeyError((event, mode))


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    try:
        lines = [x for x in path.read_text(encoding="utf8").splitlines() if x and not x.startswith("#")]
    except OSError as error:
        raise KnowledgeError(f"cannot read: {error.strerror}", where=str(path), remedy="reinstall whowhom") from error
    return list(csv.DictReader(lines, delimiter="\t"))


@lru_cache(maxsize=4)
def load(folder: str = "") -> Ontology:
    """The ontology in this folder, PLOVER 2021 by default. Raises KnowledgeError where a table is missing."""
    place = Path(folder) if folder else Path(str(resources.files("whowhom.knowledge.ontology")))
    kinds = {
        (r["event"], r["mode"]): Kind(r["event"], r["mode"], int(r["quad"]), float(r["score"]), r["definition"])
        for r in _rows(place, "plover.tsv")
    }
    rules = tuple(
        Rule(r["name"], r["event"], r["mode"], r["status"], r["becomes"], r["plans"] == "yes", r["needs"], r["why"])
        for r in _rows(place, "rules.tsv")
    )
    cameo = tuple(
        (r["event"], r["mode"], r["context"], r["cameo"], float(r["goldstein"])) for r in _rows(place, "cameo.tsv")
    )
    return Ontology(kinds, tuple(r["context"] for r in _rows(place, "contexts.tsv")), rules, cameo)
