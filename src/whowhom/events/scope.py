"""What stands over an event word: negation, modals, conditions, questions, denials, with their reach.

There is no parse. Reach is read from the encoder's arcs (what a verb's or a cue's content is, where the
subject ends) and, between subject and verb, from the order of words. Which words count is the table `status.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whowhom.events.cues import GOVERNING, marks
from whowhom.model import Sentence

if TYPE_CHECKING:
    from whowhom.encoder import Encoder, Reading

#: A verb's auxiliaries stand at most this many words before it where the subject is not seen.
NEAR = 4
#: ... and at most this many where it is.
FAR = 9
#: A word belongs to a content or an argument when that is likelier than not.
EVEN = 0.5
_STOPS = frozenset(',;:()—–-"“”‘’.!?')
#: Closed classes: subjects and objects that negate their verb.
_NOBODY = frozenset(("nobody", "none", "neither", "no", "nothing"))
_NO_OBJECT = frozenset(("nobody", "no", "none", "nothing", "neither"))


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that bears on whether the event happened. `kind` as in the table, or ``question``; `row` is
    the word's number in the sentence and `by` that of the verb through which it reaches the event (the
    event's own number where it stands right before it)."""

    kind: str
    row: int
    by: int


def read_words(sentence: Sentence, reading: Reading) -> list[str]:
    """The words of a sentence that the encoder read."""
    base = sentence.span.begin
    size = len(reading.heads["trigger"]) if "trigger" in reading.heads else 0
    return [sentence.text[w.begin - base : w.end - base] for w in sentence.words[:size]]


def signs(sentence: Sentence, reading: Reading, row: int, encoder: Encoder) -> list[Sign]:
    """All signs over the word `row`, nearest first."""
    words = read_words(sentence, reading)
    kinds = marks(words)
    out = _before(words, kinds, reading, row, row, encoder)
    for governor, content in _governors(kinds, reading, row, encoder):
        out += _governed(kinds, governor, row)
        if "carry" in kinds[governor] and not content:
            out += [Sign(s.kind, s.row, governor) for s in _before(words, kinds, reading, governor, governor, encoder)]
    out += _negated_beside(words, kinds, row)
    out += _condition(words, kinds, row)
    out += _doubtful(words, kinds, row)
    out += _answered(words, kinds, reading, row, encoder)
    if _asked(words, row):
        out.append(Sign("question", len(words) - 1, row))
    seen: set[tuple[str, int]] = set()
    return [s for s in out if (s.kind, s.row) not in seen and not seen.add((s.kind, s.row))]  # type: ignore[func-returns-value]


def _before(words: Sequence[str], kinds: Sequence[frozenset[str]], reading: Reading, row: int, by: int, encoder: Encoder) -> list[Sign]:
    """Auxiliaries, negation and intention between the subject and the verb."""
    begin = _subject_end(words, reading, row, encoder)
    out: list[Sign] = []
    linked = words[row].lower().endswith("ing") if words else False
    for n in range(row - 1, begin - 1, -1):
        low = words[n].lower()
        linked = linked or low == "to"
        for kind in kinds[n]:
            if kind == "not" and low != words[n] and n > 0:
                continue  # part of a name ("Doctors Without Borders")
            if kind == "could" and any(w.lower() == "before" for w in words[max(0, n - FAR) : n]):
                kind = "not"  # "before they could fire"
            if kind in ("could", "would", "should", "future", "not", "perhaps") or (kind in GOVERNING and linked):
                out.append(Sign(kind, n, by))
    return out


def _subject_end(words: Sequence[str], reading: Reading, row: int, encoder: Encoder) -> int:
    """Where the words between subject and verb begin."""
    stop = row
    while stop > 0 and row - stop < FAR and words[stop - 1] not in _STOPS:
        stop -= 1
    arcs = reading.arcs.get(row)
    if arcs is not None:
        sides = [arcs[encoder.relations.index(r)] for r in ("A0", "A1", "ACTOR", "RECIPIENT") if r in encoder.relations]
        left = [n for n in range(stop, row) if max(float(s[n]) for s in sides) > EVEN]
        if left:
            # The word before the verb may itself be part of an object ("talks with X will resume"): the last subject word counts.
            return max(left) + 1 if row - max(left) > 1 or min(left) == max(left) else max(stop, row - NEAR)
    return max(stop, row - NEAR)


def _governors(kinds: Sequence[frozenset[str]], reading: Reading, row: int, encoder: Encoder) -> list[tuple[int, bool]]:
    """Verbs and cues that have the word in their content (True) or as their object (False), nearest first."""
    content = encoder.relations.index("CONTENT")
    objects = [encoder.relations.index(r) for r in ("A1", "A2")]
    out = []
    for other, arcs in reading.arcs.items():
        if other == row or row >= arcs.shape[1] or not kinds[other] & {*GOVERNING, "carry"}:
            continue
        cue = 1 - float(reading.heads["cue"][other, encoder.labels["cue"].index("O")])
        if cue > EVEN and float(arcs[content, row]) > EVEN:
            out.append((other, True))
        elif max(float(arcs[r, row]) for r in objects) > EVEN:
            out.append((other, False))
    # A cue of several words ("has denied") keeps its arcs at the first word: the rest of the cue decides what it does.
    for begin, arcs in reading.arcs.items():
        if row < arcs.shape[1] and float(arcs[content, row]) > EVEN:
            end = begin + 1
            inside = encoder.labels["cue"].index("I")
            while end < len(kinds) and float(reading.heads["cue"][end, inside]) > EVEN:
                if kinds[end] & {*GOVERNING} and end != row:
                    out.append((end, True))
                end += 1
    return sorted(set(out), key=lambda g: abs(g[0] - row))


def _governed(kinds: Sequence[frozenset[str]], governor: int, row: int) -> list[Sign]:
    """What a governing verb does; the words between tell a denied claim from a denied request."""
    between = {k for n in range(min(governor, row) + 1, max(governor, row)) for k in kinds[n]}
    out = []
    for kind in kinds[governor] & set(GOVERNING):
        if kind == "refuse" and "claim" in between:
            kind = "deny"
        elif kind == "deny" and "request" in between:
            kind = "refuse"
        out.append(Sign(kind, governor, governor))
    return out


def _clause(words: Sequence[str], row: int) -> int:
    """Where the clause of a word begins, as far as punctuation tells."""
    at = row
    while at > 0 and words[at - 1] not in _STOPS:
        at -= 1
    return at


def _negated_beside(words: Sequence[str], kinds: Sequence[frozenset[str]], row: int) -> list[Sign]:
    """Negation that stands outside of the verb group: a subject ("Nobody has ...") or an object ("... arrested no one")."""
    begin = _clause(words, row)
    if begin < row and "not" in kinds[begin] and words[begin].lower() in _NOBODY:
        return [Sign("not", begin, row)]
    if row + 1 < len(words) and words[row + 1].lower() in _NO_OBJECT:
        return [Sign("not", row + 1, row)]
    return []


def _condition(words: Sequence[str], kinds: Sequence[frozenset[str]], row: int) -> list[Sign]:
    """An `if` before the verb in its clause, or after it in its sentence; inverted conditions ("Had they ...")."""
    begin = _clause(words, row)
    out = [Sign("if", n, row) for n in range(row - 1, begin - 1, -1) if "if" in kinds[n]][:1]
    first = words[begin].lower() if words else ""
    opens = begin == 0 or words[begin - 1] in _STOPS
    if not out and opens and begin < row and first in ("should", "had", "were") and not words[-1].startswith("?"):
        out.append(Sign("if", begin, row))
    if not out:
        out = [Sign("otherwise", n, row) for n in range(row + 1, len(words)) if "if" in kinds[n]][:1]
    if not out:
        out = [Sign("otherwise", n, row) for n in range(begin) if "if" in kinds[n]][-1:]
    if not out and begin > 0 and words[0].lower() in ("should", "had", "were"):
        out = [Sign("otherwise", 0, row)]
    return out


def _doubtful(words: Sequence[str], kinds: Sequence[frozenset[str]], row: int) -> list[Sign]:
    """A doubt earlier in the clause that no arc reaches: "rumours that X ...", "whether X ...", "perhaps X ..."."""
    begin = _clause(words, row)
    return [Sign("doubt", n, n) for n in range(row - 1, begin - 1, -1) if kinds[n] & {"doubt", "perhaps"}][:1]


def _answered(words: Sequence[str], kinds: Sequence[frozenset[str]], reading: Reading, row: int, encoder: Encoder) -> list[Sign]:
    """A denial further on that takes up the nearest event before it: "..., which X denied", "...; X denies the charge"."""
    nothing = encoder.labels["trigger"].index("NONE")
    for n in range(row + 1, min(len(words), row + 30)):
        if "deny" not in kinds[n]:
            continue
        ends = n + 1 >= len(words) or words[n + 1] in _STOPS or words[n + 1].lower() in ("and", "but")
        taken_up = any("claim" in k for k in kinds[n + 1 : n + 4]) and not any(w.lower() == "that" for w in words[n + 1 : n + 5])
        before = [m for m in range(max(row + 1, n - 6), n) if words[m].lower() in ("which", "something") or "claim" in kinds[m]]
        if not (ends or taken_up or before):
            continue
        # "which" takes up the nearest verb of all, "it" or "the charge" the nearest event.
        limit = before[0] if before else n
        between = [1 - float(reading.heads["trigger"][m, nothing]) for m in range(row + 1, limit)]
        if before and "predicate" in reading.heads:
            yes = encoder.labels["predicate"].index("yes")
            verbs = [m for m in range(row + 1, limit) if "report" not in kinds[m]]
            # A word in -ing ("against occupying") is taken for a verb even where the encoder is not sure.
            between += [float(reading.heads["predicate"][m, yes]) + 0.4 * words[m].endswith("ing") for m in verbs]
        if max(between, default=0.0) < EVEN:
            return [Sign("deny", n, n)]
    return []


def _asked(words: Sequence[str], row: int) -> bool:
    """Whether the word stands in a question: a question mark follows before any other end."""
    for word in words[row + 1 :]:
        if word.startswith("?"):
            return True
        if word in (".", "!", ";", "”"):
            return False
    return False
