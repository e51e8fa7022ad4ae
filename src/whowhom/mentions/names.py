"""Readings to mentions: proper names, described actors and pronouns, as flat spans.

Three heads of the encoder agree or complete one another: `actor` (noun phrases that act or are acted
upon), `name` (proper names), and the arcs from events and cues to words, which catch a party that
neither of the others saw. The lexicon adds known names that all three passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from whowhom.config import threshold
from whowhom.knowledge.bodies import heads
from whowhom.knowledge.fold import fold
from whowhom.knowledge.lexicon import Lexicon
from whowhom.knowledge.lexicon import lexicon as project_lexicon
from whowhom.mentions import gazetteer
from whowhom.model import Document, Mention, Sentence, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whowhom.encoder import Encoder, Reading

#: A closed class: personal pronouns that can stand for a party. "it" and "you" name too many things.
PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "we", "us", "his", "their", "our", "himself", "herself", "themselves", "who"])
#: Closed classes: prepositions and conjunctions that begin no party, and those with articles that end none.
_LOOSE = frozenset("at in on by of to from with for and or but that".split())
_LOOSE_END = _LOOSE | frozenset("the a an as into near who which".split())
#: How many sentences after a list of states a name may stand that counts them.
_NEAR = 2
_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "NORP": "nationality"}


def find(
    document: Document, sentences: Sequence[Sentence], readings: Sequence[Reading], encoder: Encoder, lexicon: Lexicon | None = None
) -> tuple[Mention, ...]:
    """All mentions of a document in order, unresolved. Spans of one sentence do not overlap. Without a lexicon, the project's
    own knows the names that the encoder passed over."""
    known = lexicon or project_lexicon()
    out: list[Mention] = []
    lists: list[frozenset[int]] = []
    for sentence, reading in zip(sentences, readings, strict=True):
        if not reading.heads:
            continue
        words = _words(sentence)[: len(reading.heads["actor"])]
        matches = known.find(words)
        lists = [*lists[-_NEAR:], gazetteer.lists(words, matches)]
        for begin, end, kind, score in gazetteer.complete(words, _spans(sentence, reading, encoder), matches, frozenset().union(*lists)):
            span = Span(sentence.words[begin].begin, sentence.words[end - 1].end)
            text = document.text[span.begin : span.end]
            out.append(Mention(document.id, text, span, kind, sentence.index, confidence=round(score, 3)))
    return tuple(out)


def _words(sentence: Sentence) -> list[str]:
    base = sentence.span.begin
    return [sentence.text[w.begin - base : w.end - base] for w in sentence.words]


def _spans(sentence: Sentence, reading: Reading, encoder: Encoder) -> list[tuple[int, int, str, float]]:
    """Word spans with kind and probability."""
    words = _words(sentence)
    size = len(reading.heads["actor"])
    taken = [False] * size
    found: list[tuple[int, int, str, float]] = []

    def add(runs: Iterable[tuple[int, int, str, float]]) -> None:
        for begin, end, kind, score in runs:
            if begin < end and not any(taken[begin:end]):
                taken[begin:end] = [True] * (end - begin)
                found.append((begin, end, kind, score))

    tags = tagged(reading.heads["name"], encoder.labels["name"], threshold("mention-name"))
    names = [(*_trim(words, b, e, s)[:2], label, s) for b, e, label, s in tags]
    names = [n for n in names if n[0] < n[1]]
    actors = tagged(reading.heads["actor"], encoder.labels["actor"], threshold("mention-actor"))
    trimmed = [_trim(words, begin, end, score) for begin, end, _, score in actors]
    trimmed = _with_names(words, [part for t in trimmed if t[0] < t[1] for part in _apart(words, t, names)], names)
    add((b, e, _kind(reading, encoder, names, b, e, words), s) for b, e, s in trimmed)
    add((b, e, _KINDS[label], s) for b, e, label, s in names)
    add((b, e, _kind(reading, encoder, names, b, e, words), s) for b, e, s in _pointed_at(reading, encoder, words))
    add((i, i + 1, "pronoun", 1.0) for i in range(size) if words[i].lower() in PRONOUNS and words[i] != "US")
    return sorted(_whole(words, found) if sentence.part == "body" else found)


def _whole(words: Sequence[str], found: Sequence[tuple[int, int, str, float]]) -> list[tuple[int, int, str, float]]:
    """A name cut before the noun that says what kind of body it is takes that in, and with it the members listed behind "of":
    "Indo-Pacific" before "Community of Australia, India and Japan"."""
    begun = {b: e for b, e, kind, _ in found if kind in ("place", "nationality")}
    taken = {b for b, *_ in found}
    out: list[tuple[int, int, str, float]] = []
    for begin, end, kind, score in sorted(found):
        if out and begin < out[-1][1]:
            continue  # a member that the list of a body has taken in
        if kind in ("place", "organisation", "nationality") and words[end - 1][:1].isupper():
            if end < len(words) and end not in taken and words[end].istitle() and fold(words[end]) in heads():
                end, kind = end + 1, "organisation"
            if fold(words[end - 1]) in heads() and words[end : end + 1] == ["of"]:
                end = _list_end(words, end + 1, begun) or end
        out.append((begin, end, kind, score))
    return out


def _list_end(words: Sequence[str], at: int, places: dict[int, int]) -> int:
    """Where a list of at least two places that begins at a word ends; 0 for none."""
    number = last = 0
    while True:
        at += words[at : at + 1] == ["the"]
        if at not in places:
            return last if number > 1 else 0
        at = last = places[at]
        number += 1
        if words[at : at + 1] not in ([","], ["and"]):
            return last if number > 1 else 0
        at += 2 if words[at : at + 2] == [",", "and"] else 1


def _apart(
    words: Sequence[str], run: tuple[int, int, float], names: Sequence[tuple[int, int, str, float]]
) -> list[tuple[int, int, float]]:
    """Two persons joined by "and" are two mentions: "Musa Keita and President Aya Diallo"."""
    begin, end, score = run
    persons = [n for n in names if n[2] == "PER" and begin <= n[0] and n[1] <= end]
    for at in range(begin + 1, end - 1):
        if words[at] in ("and", "&") and any(n[1] == at for n in persons) and any(n[0] > at for n in persons):
            return [(begin, at, score), *_apart(words, (at + 1, end, score), names)]
    return [run]


def _with_names(
    words: Sequence[str], actors: Sequence[tuple[int, int, float]], names: Sequence[tuple[int, int, str, float]]
) -> list[tuple[int, int, float]]:
    """A description and the name right behind it are one mention: "army spokesman" and "Musa Keita"."""
    out: list[tuple[int, int, float]] = []
    persons = {b: e for b, e, kind, _ in names if kind == "PER"}
    for begin, end, score in actors:
        before = out[-1] if out and out[-1][1] == begin else None
        if before and words[begin - 1].isalpha() and words[begin - 1].islower() and (begin in persons or words[begin][:1].isupper()):
            out[-1] = (before[0], end, min(before[2], score))
        else:
            out.append((begin, end, score))
    return [(b, persons[e] if e in persons and words[e - 1].isalpha() and words[e - 1].islower() else e, s) for b, e, s in out]


def _trim(words: Sequence[str], begin: int, end: int, score: float) -> tuple[int, int, float]:
    """Punctuation, a possessive mark and prepositions at the ends belong to no mention, nor does a bracket that is cut in two;
    articles alone name nobody."""
    while begin < end and (not words[begin][:1].isalnum() or words[begin].lower() in _LOOSE):
        begin += 1
    while begin < end and _ends_loose(words[end - 1]):
        end -= 1
    opened = next((i for i in range(begin + 1, end) if words[i] == "(" and ")" not in words[i:end]), end)
    return (begin, end, score) if opened == end else _trim(words, begin, opened, score)


def _ends_loose(word: str) -> bool:
    return word.lower() in _LOOSE_END or word in ("'s", "’s", "s") or not (word[-1:].isalnum() or word[-1:] == ".")


def tagged(tags: NDArray[np.float32], labels: Sequence[str], floor: float) -> list[tuple[int, int, str, float]]:
    """Runs of BIO tags: begin, end, label, mean probability of being inside.

    A run begins at a B tag, or at an I tag that follows nothing; words belong while being outside is
    less likely than `1 - floor` and no new B is likelier than going on.
    """
    outside, kinds = _layout(tuple(labels))
    quiet = tags[:, outside]
    runs: list[list[int]] = []
    for i, chance in enumerate(quiet.tolist()):
        if chance < 1 - floor:
            row = tags[i].tolist()
            if runs and runs[-1][1] == i and sum(row[b] for _, b, _ in kinds) <= sum(row[n] for _, _, n in kinds):
                runs[-1][1] = i + 1
            else:
                runs.append([i, i + 1])
    out: list[tuple[int, int, str, float]] = []
    for begin, end in runs:
        rows = tags[begin:end].tolist()
        mass = [sum(row[b] + row[n] for row in rows) for _, b, n in kinds]
        out.append((begin, end, kinds[mass.index(max(mass))][0], float(1 - mean(quiet[begin:end]))))
    return out


@lru_cache(maxsize=16)
def _layout(labels: tuple[str, ...]) -> tuple[int, list[tuple[str, int, int]]]:
    """Where O stands among the labels and, for each kind, B and I."""
    kinds = sorted({x.partition("-")[2] for x in labels if x != "O"})
    return labels.index("O"), [(k, labels.index(f"B-{k}" if k else "B"), labels.index(f"I-{k}" if k else "I")) for k in kinds]


def mean(values: NDArray[np.float32]) -> np.float32:
    """The mean of some numbers (or rows): numpy's own, without the checks that cost more than a few numbers do."""
    import numpy as np

    total: np.float32 = np.add.reduce(values)
    return total / len(values)


def _pointed_at(reading: Reading, encoder: Encoder, words: Sequence[str]) -> list[tuple[int, int, float]]:
    """Runs of words that an event or a cue points at as party or source."""
    sides = [encoder.relations.index(r) for r in ("ACTOR", "RECIPIENT", "SPEAKER")]
    source = encoder.relations.index("SOURCE")
    nothing = encoder.labels["trigger"].index("NONE")
    quiet = encoder.labels["cue"].index("O")
    unlike = encoder.labels["kind"].index("other")
    floor = threshold("arc-mention")
    runs = []
    for row, arcs in reading.arcs.items():
        wanted = sides if reading.heads["trigger"][row, nothing] < 1 - threshold("trigger") else []
        wanted = [*wanted, source] if reading.heads["cue"][row, quiet] < 0.5 else wanted
        for relation in wanted:
            chances: list[float] = arcs[relation].tolist()
            if max(chances, default=0.0) <= floor:
                continue
            begin, size = -1, len(chances)
            for i in range(size + 1):
                inside = i < size and i != row and chances[i] > floor
                if begin >= 0 and not inside and i + 1 < size and i != row and words[i].isalpha():
                    # One doubtful word between two sure ones is part of the phrase.
                    inside = chances[i + 1] > floor and words[i].lower() not in ("and", "or", "but")
                if begin >= 0 and not inside:
                    b, e, score = _trim(words, begin, i, float(mean(arcs[relation, begin:i])))
                    other = float(mean(reading.heads["kind"][b:e, unlike])) if b < e else 1.0
                    if b < e <= b + 14 and other < threshold("mention-thing"):
                        runs.append((b, e, score))
                    begin = -1
                if inside and begin < 0:
                    begin = i
    return sorted(set(runs), key=lambda r: (r[0] - r[1], r[0]))


def _kind(reading: Reading, encoder: Encoder, names: Sequence[tuple[int, int, str, float]], begin: int, end: int, words: Sequence[str]) -> str:
    """What sort of thing a phrase names: by the name that ends it, else by the words' own kinds."""
    if end - begin == 1 and words[begin].lower() in PRONOUNS and words[begin] != "US":
        return "pronoun"
    inside = [n for n in names if n[0] >= begin and n[1] <= end]
    last = max(inside, key=lambda n: n[1], default=None)
    if last is not None and last[1] == end and (last[0] == begin or last[2] == "PER"):
        return _KINDS[last[2]]
    kind = encoder.labels["kind"][int(mean(reading.heads["kind"][begin:end]).argmax())]
    if kind == "person":
        head = words[end - 1].lower()
        return "group" if (head.endswith("s") and not words[end - 1][:1].isupper()) or head in ("people", "men", "women", "police") else "person"
    return kind if kind != "other" else "group"
