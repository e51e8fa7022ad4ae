"""Who says what: rows with `text` and `attributions` [{source, cue, content}], each a list of [begin, end), as in PolNeAR.

A row without `attributions` is coded for the predictions and not counted; a source or content may be missing or empty. An empty cue
counts as one that was missed (PolNeAR has a few).
Tokens are compared, not characters. A coded attribution is paired with the gold one whose cue shares most tokens
with its own. For scale: a second annotator of the same articles reaches, by this scorer, an exact cue F1 of .69, an
overlapping one of .80, and .79 and .76 for sources and contents (16 articles with `other_annotators`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from whowhom.encoder import Encoder, open_encoder
from whowhom.errors import InputError
from whowhom.evaluate import checks
from whowhom.evaluate.measures import f1
from whowhom.evaluate.result import Result
from whowhom.evaluate.rows import read_rows
from whowhom.model import Document, Sentence, Span

#: Source, cue and content, each a list of spans.
Triple = dict[str, list[Span]]
PARTS = ("source", "cue", "content")


def score(path: Path, model: str = "fast") -> Result:
    """Exact F1 of cues, F1 of sources and contents that overlap by half (IoU >= .5), and the same for the plain rule.

    Raises InputError for rows without text and for spans that do not fit it.
    """
    rows = read_rows(path)
    golds = [_gold(row, f"{path}:{number}") for number, row in enumerate(rows, 1)]
    encoder = open_encoder(model)
    totals: dict[str, dict[str, list[int]]] = {}
    predictions: list[dict[str, object]] = []
    worst: list[str] = []
    for row, gold in zip(rows, golds, strict=True):
        document, sentences = _document(row)
        coded = code(document, sentences, encoder)
        predictions.append({"id": row.get("id", ""), "attributions": [{p: [list(s) for s in a[p]] for p in PARTS} for a in coded]})
        if gold is None:
            continue
        plain = baseline(document, sentences)
        words = [w for s in sentences for w in s.words]
        for name, guess in (("", coded), ("plain rule: ", plain)):
            count(gold, guess, words, totals.setdefault(name, {}))
        if len(worst) < 20:
            worst += _missed(document, gold, coded)[:2]
    figures: dict[str, float] = {}
    body: list[list[object]] = []
    names = {
        "cue exact": "cue F1 (exact)", "cue overlap": "cue F1 (overlap)", "source": "source F1 (IoU >= .5)", "content": "content F1 (IoU >= .5)",
        "source paired": "source F1 of paired cues", "content paired": "content F1 of paired cues",
    }  # fmt: skip
    for name, counted in totals.items():
        for key, (right, found, wanted) in counted.items():
            precision, recall, value = f1(right, found, wanted)
            figures[name + names[key]] = value
            body.append([name + names[key], precision, recall, value, wanted])
    return Result("attribution", figures, predictions, [("by part", ["part", "precision", "recall", "F1", "gold"], body)], worst[:20])


def _gold(row: dict[str, Any], where: str) -> list[Triple] | None:
    """The attributions of a row, None where it has no such field."""
    remedy = "rows are {id, text, attributions: [{source, cue, content}]}, each a list of [begin, end)"
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError("no `text`", where=where, remedy=remedy)
    if row.get("attributions") is None:
        return None
    out = []
    for n, a in enumerate(checks.items(row, "attributions", where, remedy), 1):
        found = {p: checks.spans(a.get(p), len(text), f"the {p} of attribution {n}", where, remedy) for p in PARTS}
        if a.get("cue") is None:
            raise InputError(f"attribution {n} has no cue", where=where, remedy=remedy)
        out.append(found)
    return out


def code(document: Document, sentences: Sequence[Sentence], encoder: Encoder) -> list[Triple]:
    """The attributions that whowhom finds, as spans."""
    from whowhom import mentions
    from whowhom.events.attribution import attributions

    words = [[s.text[w.begin - s.span.begin : w.end - s.span.begin] for w in s.words] for s in sentences]
    readings = encoder.read(words)
    named = mentions.find(document, sentences, readings, encoder)
    found = attributions(document, sentences, readings, named, encoder)
    return [{"source": [a.source_span] if a.source_text else [], "cue": [a.cue], "content": list(a.content)} for a in found]


def baseline(document: Document, sentences: Sequence[Sentence]) -> list[Triple]:
    """The plain rule: a reporting verb, the words before it as source, the rest of the sentence as content.

    After a quotation the source may also stand behind the verb; no model is asked.
    """
    from whowhom.events.cues import reporting

    out: list[Triple] = []
    verbs = reporting()
    for sentence in sentences:
        words = sentence.words
        say = [document.text[w.begin : w.end] for w in words]
        for i, word in enumerate(say):
            if word.lower() not in verbs:
                continue
            begin = i
            while begin > 0 and i - begin < 8 and say[begin - 1] not in {",", ";", ":", "”", '"', "that", "and", "but"}:
                begin -= 1
            source = [Span(words[begin].begin, words[i - 1].end)] if begin < i else []
            rest = [Span(words[i + 1].begin, words[-1].end)] if i + 2 < len(words) else [Span(words[0].begin, words[max(begin - 1, 0)].end)]
            out.append({"source": source, "cue": [words[i]], "content": rest})
            break
    return out


def count(gold: list[Triple], guess: list[Triple], words: Sequence[Span], totals: dict[str, list[int]]) -> None:
    """Add a document's counts of right, found and wanted to `totals`."""
    inside = _by_words(words)
    g = [{p: inside(a[p]) for p in PARTS} for a in gold]
    c = [{p: inside(a[p]) for p in PARTS} for a in guess]
    pairs = pair([a["cue"] for a in g], [a["cue"] for a in c])

    def add(key: str, right: int, found: int, wanted: int) -> None:
        have = totals.setdefault(key, [0, 0, 0])
        for n, value in enumerate((right, found, wanted)):
            have[n] += value

    add("cue exact", sum(g[i]["cue"] == c[j]["cue"] for i, j in pairs), len(c), len(g))
    add("cue overlap", len(pairs), len(c), len(g))
    for part in ("source", "content"):
        right = sum(_iou(g[i][part], c[j][part]) >= 0.5 for i, j in pairs if g[i][part] and c[j][part])
        add(part, right, sum(bool(a[part]) for a in c), sum(bool(a[part]) for a in g))
        add(part + " paired", right, sum(bool(c[j][part]) for _, j in pairs), sum(bool(g[i][part]) for i, _ in pairs))


def pair(gold: Sequence[frozenset[int]], guess: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """One to one pairs of cues that share words, those that share most first."""
    at: dict[int, list[int]] = {}
    for j, cue in enumerate(guess):
        for w in cue:
            at.setdefault(w, []).append(j)
    chances = {(i, j) for i, cue in enumerate(gold) for w in cue for j in at.get(w, ())}
    taken: tuple[set[int], set[int]] = (set(), set())
    out = []
    for i, j in sorted(chances, key=lambda ij: (-_iou(gold[ij[0]], guess[ij[1]]), ij)):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            out.append((i, j))
    return out


def _iou(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def _by_words(words: Sequence[Span]) -> Callable[[Sequence[Span]], frozenset[int]]:
    """A function from spans to the numbers of the words that they overlap."""
    from bisect import bisect_left, bisect_right

    ends, begins = [w.end for w in words], [w.begin for w in words]

    def inside(spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(n for s in spans for n in range(bisect_right(ends, s.begin), bisect_left(begins, s.end)))

    return inside


def _document(row: dict[str, Any]) -> tuple[Document, tuple[Sentence, ...]]:
    from whowhom import sentences

    document = Document(str(row.get("id", "")), "", "", "", "", str(row.get("date") or ""), "given", "en", row["text"])
    return document, sentences.split(document)


def _missed(document: Document, gold: list[Triple], guess: list[Triple]) -> list[str]:
    """Gold attributions without a coded cue, as lines for people."""
    cues = [s for a in guess for s in a["cue"]]
    out = []
    for a in gold:
        if not any(s.begin < c.end and s.end > c.begin for s in a["cue"] for c in cues):
            say = {p: " ".join(document.text[s.begin : s.end] for s in a[p])[:50] for p in PARTS}
            out.append(f"missed: {say['source']!r} {say['cue']!r} {say['content']!r}")
    return out


__all__ = ["baseline", "code", "count", "pair", "score"]
