"""What reporting words do to what is reported: the table `status.tsv`, with regular verb forms derived."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources

from whowhom.errors import KnowledgeError

EFFECTS = ("report", "deny", "refuse", "doubt", "want", "plan")


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """Word or words in lower case -> effect. Raises KnowledgeError for an effect that does not exist."""
    path = resources.files("whowhom.knowledge.ontology") / "status.tsv"
    lines = [x for x in path.read_text(encoding="utf8").splitlines() if x and not x.startswith("#")]
    out: dict[str, str] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        if row["effect"] not in EFFECTS:
            raise KnowledgeError(f"no effect {row['effect']!r}", where="status.tsv", remedy="effects are: " + ", ".join(EFFECTS))
        word = row["word"]
        forms = [word[1:]] if word.startswith("=") else regular(word)
        for form in (*forms, *(x for x in (row["also"] or "").split(",") if x)):
            out.setdefault(form, row["effect"])
    return out


def regular(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb: ask -> ask, asks, asked, asking. A doubled consonant is the table's business."""
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return (verb, verb + "es", verb + "ed", verb + "ing")
    return (verb, verb + "s", verb + "ed", verb + "ing")


@lru_cache(maxsize=1)
def reporting() -> frozenset[str]:
    """Single words that report."""
    return frozenset(w for w, effect in table().items() if effect == "report" and " " not in w)


def effect(cue: str) -> str:
    """What a cue does to its content; ``report`` for words that the table lacks.

    The last word that decides counts ("has repeatedly denied" denies, "refused to say" refuses).
    """
    words = [w.strip(".,:;!?\"'“”‘’()") for w in cue.lower().split()[:12]]
    known = table()
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            what = known.get(" ".join(words[at : at + size]))
            if what is not None and what != "report":
                return what
    return "report"
