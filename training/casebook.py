"""Read the casebook: sentences written and coded for this project.

One line is one sentence with its marks, then `##`, then its codes::

    [a:Kenya] {1:accused} [b:Sudan] of lying. ## 1 ACCUSE.disapprove a>b asserted diplomatic

Run as a program it checks files and prints each bad line with its place and the reason.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms",
        "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
        "unconventional",
    ),
}  # fmt: skip
STATUSES = ("asserted", "planned", "hypothetical", "denied", "negated", "historical")
CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
    "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
    "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration",
    "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
    "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip

_MARK = re.compile(r"\[([a-z]):([^\[\]{}]+)\]|\{(\d):([^\[\]{}]+)\}")


class CasebookError(ValueError):
    """A line of the casebook that cannot be read; the message says why."""


@dataclass(frozen=True)
class Code:
    """One coded event: offsets are those of the sentence's plain text."""

    trigger: tuple[int, int]
    event: str
    mode: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str
    contexts: tuple[str, ...]
    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A sentence with its mentions (id to character span) and coded events."""

    text: str
    mentions: dict[str, tuple[int, int]]
    triggers: dict[str, tuple[int, int]]
    codes: tuple[Code, ...] = field(default=())


def parse(line: str) -> Case:
    """Read one line; raises CasebookError with the reason."""
    marked, sep, coded = line.rpartition(" ## ")
    if not sep:
        raise CasebookError("no ' ## ' between sentence and codes")
    text, at, mentions, triggers = "", 0, {}, {}
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        key, words = (m[1], m[2]) if m[1] else (m[3], m[4])
        table = mentions if m[1] else triggers
        if key in table:
            raise CasebookError(f"mark {key!r} stands twice")
        if words != words.strip():
            raise CasebookError(f"mark {key!r} begins or ends with a space")
        table[key] = (len(text), len(text) + len(words))
        text += words
        at = m.end()
    text += marked[at:]
    if re.search(r"[\[\]{}]", text):
        raise CasebookError("a bracket that is no mark, or nested marks")
    codes = [] if coded.strip() == "-" else [_code(c, mentions, triggers) for c in coded.split(" ; ")]
    unused = set(triggers) - {k for k, span in triggers.items() if any(c.trigger == span for c in codes)}
    if unused:
        raise CasebookError(f"trigger {sorted(unused)} has no code")
    return Case(text, mentions, triggers, tuple(codes))


def _code(part: str, mentions: dict[str, tuple[int, int]], triggers: dict[str, tuple[int, int]]) -> Code:
    words = part.split()
    if len(words) < 4:
        raise CasebookError(f"too short: {part!r}")
    number, kind, parties, status = words[:4]
    extra = dict(w.split("=", 1) for w in words[4:] if "=" in w)
    plain = [w for w in words[4:] if "=" not in w]
    event, _, mode = kind.partition(".")
    if number not in triggers:
        raise CasebookError(f"no trigger {{{number}:...}} in the sentence")
    if event not in MODES:
        raise CasebookError(f"unknown type {event!r}")
    if mode and mode not in MODES[event]:
        raise CasebookError(f"{event} has no mode {mode!r}")
    if status not in STATUSES:
        raise CasebookError(f"unknown status {status!r}")
    if parties.count(">") != 1:
        raise CasebookError(f"parties must read ACTORS>RECIPIENTS, not {parties!r}")
    if set(extra) - {"by", "deny"} or len(plain) > 1:
        raise CasebookError(f"cannot read {words[4:]}")
    sides = [tuple(p for p in side.split("+") if p) for side in parties.split(">")]
    contexts = tuple(c for c in (plain[0] if plain else "-").split(",") if c != "-")
    if set(contexts) - set(CONTEXTS):
        raise CasebookError(f"unknown context {sorted(set(contexts) - set(CONTEXTS))}")
    by, deny = (tuple(extra.get(k, "").replace("+", ",").split(",")) if extra.get(k) else () for k in ("by", "deny"))
    for key in (*sides[0], *sides[1], *by, *deny):
        if key not in mentions:
            raise CasebookError(f"no mention [{key}:...] in the sentence")
    if not sides[0] and not sides[1]:
        raise CasebookError("neither actor nor recipient")
    return Code(triggers[number], event, mode, sides[0], sides[1], status, contexts, by, deny)


def read(*paths: Path, strict: bool = True) -> list[Case]:
    """All cases of these files; raises CasebookError naming file and line (or leaves bad lines out)."""
    cases = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    cases.append(parse(line))
                except (CasebookError, ValueError) as error:
                    if strict:
                        raise CasebookError(f"{path}:{number}: {error}") from error
    return cases


def is_dev(case: Case) -> bool:
    """Whether a case belongs to the tenth that no model is trained on: thresholds and calibration are fitted there."""
    return hashlib.sha256(case.text.encode()).digest()[0] % 10 == 0


def main(argv: list[str]) -> int:
    """Check files; print what is wrong and what they hold."""
    bad, cases = 0, []
    for name in argv:
        for number, line in enumerate(Path(name).read_text(encoding="utf8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    cases.append(parse(line))
                except (CasebookError, ValueError) as error:
                    bad += 1
                    print(f"{name}:{number}: {error}\n    {line[:160]}")
    codes = [c for case in cases for c in case.codes]
    print(f"{len(cases)} sentences, {sum(not c.codes for c in cases)} without event, {len(codes)} codes, {bad} bad lines")
    print("types   ", dict(Counter(c.event for c in codes).most_common()))
    print("modes   ", dict(Counter(f"{c.event}.{c.mode}" for c in codes if c.mode).most_common()))
    print("status  ", dict(Counter(c.status for c in codes).most_common()))
    words = Counter(case.text[slice(*c.trigger)].lower() for case in cases for c in case.codes)
    print("triggers", dict(words.most_common(12)))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
