"""Corpora to samples: one function per corpus, each giving the labels that corpus really has.

Nothing of these corpora goes into the project; see `../shared/data/README.md` for origin and licence.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whowhom.events import topic
from whowhom.sentences.words import words as word_spans

from . import casebook, pages
from .samples import Sample

HERE = Path(__file__).parent


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """All rows of a JSON lines file, gzip or plain."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def cut(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Words as the product cuts them, with their spans."""
    spans = [tuple(s) for s in word_spans(text)]
    return [text[b:e] for b, e in spans], spans  # type: ignore[misc]


def covered(spans: Sequence[tuple[int, int]], begin: int, end: int) -> list[int]:
    """Indices of the words that overlap a character span."""
    return [i for i, (b, e) in enumerate(spans) if b < end and e > begin]


def bio(size: int, spans: Iterable[tuple[str, list[int]]], outside: str = "O") -> list[str | None]:
    """BIO tags of non-overlapping word lists; a later span that overlaps is left out."""
    tags: list[str | None] = [outside] * size
    for label, inside in spans:
        if inside and all(tags[i] == outside for i in inside):
            for n, i in enumerate(inside):
                tags[i] = ("B" if n == 0 else "I") + (f"-{label}" if label else "")
    return tags


#: PLV and CAMEO are measured in folds, grouped by text: the one left out by `--fold` is in no stage of training.
FOLDS = 5


def same_text(text: str) -> str:
    """A text as it is compared: lower case, single spaces."""
    return " ".join(text.lower().split())


def fold_of(rows: list[dict[str, Any]], seed: int = 1) -> list[int]:
    """The fold of each row of PLV and CAMEO together; rows of one text share it."""
    texts = sorted({same_text(r["text"]) for r in rows})
    random.Random(seed).shuffle(texts)
    place = {t: i % FOLDS for i, t in enumerate(texts)}
    return [place[same_text(r["text"])] for r in rows]


def held_texts(data: Path, fold: int, seed: int = 1) -> frozenset[str]:
    """The texts of one fold of PLV and CAMEO."""
    rows = [r for name in ("plv_train", "cameo_train") for r in read_jsonl(data / f"{name}.jsonl")]
    return frozenset(same_text(r["text"]) for r, f in zip(rows, fold_of(rows, seed), strict=True) if f == fold)


# The casebook -------------------------------------------------------------------------------------


def from_casebook(cases: list[casebook.Case]) -> list[Sample]:
    """Open reading of each sentence: mentions, triggers, modes, status, contexts and the arcs of each event."""
    samples = []
    for n, case in enumerate(cases):
        words, spans = cut(case.text)
        inside = {k: covered(spans, *span) for k, span in case.mentions.items()}
        sample = Sample(words, "casebook", group=f"case-{n}")
        sample.tags["actor"] = bio(len(words), (("", w) for w in sorted(inside.values())))
        trigger: list[str | None] = ["NONE"] * len(words)
        mode: list[str | None] = [None] * len(words)
        status: list[str | None] = [None] * len(words)
        contexts: dict[int, tuple[str, ...]] = {}
        for code in case.codes:
            at = covered(spans, *code.trigger)[0]
            for other in covered(spans, *code.trigger)[1:]:
                trigger[other] = None
            if trigger[at] != "NONE":
                continue
            trigger[at], status[at] = code.event, code.status
            mode[at] = f"{code.event}.{code.mode}" if code.mode else "none"
            contexts[at] = code.contexts
            sides = {"ACTOR": code.actors, "RECIPIENT": code.recipients, "SPEAKER": code.said_by[:1], "DENIER": code.denied_by}
            sample.arcs[at] = {side: [w for key in keys for w in inside[key]] for side, keys in sides.items()}
        sample.tags |= {"trigger": trigger, "mode": mode, "status": status}
        sample.multi["context"] = contexts
        samples.append(sample)
    return samples


#: How often the parties marked in a question are right, none, or partly wrong: in the product they come from the first reading,
#: and the second look shall mend them.
RIGHT, BARE = 0.4, 0.2
#: A sentence of a page about sport and the like shows for itself what it is about when public matters are less likely than this.
OWN_WORDS = 0.3
#: Where they are partly wrong: a party is missed, a bystander is taken for one, both sides are turned.
MISSED, ADDED, TURNED = 0.35, 0.15, 0.1


def judged_casebook(cases: list[casebook.Case], seed: int = 0) -> list[Sample]:
    """Pointed readings: each event with its trigger marked and parties as a first reading may have them, its swap, and pairs
    between which nothing happened. The arcs and the status of the trigger are always the true ones."""
    rng, samples = random.Random(seed), []
    for n, case in enumerate(cases):
        words, spans = cut(case.text)
        inside = {k: covered(spans, *span) for k, span in case.mentions.items()}
        linked = set()
        for code in case.codes:
            linked |= {(a, r) for a in case.mentions for r in (*code.recipients, *code.actors) if a in (*code.actors, *code.recipients)}
            sides = [[w for k in keys for w in inside[k]] for keys in (code.actors, code.recipients)]
            at = covered(spans, *code.trigger)
            form = f"{code.event}.{code.mode}" if code.mode else "none"
            guessed = _guessed(code, sorted(case.mentions), rng)
            marked = [[w for k in keys for w in inside[k]] for keys in guessed]
            sample = Sample(words, "casebook-pair", f"case-{n}", _marks(len(words), *marked, at), judge={"type": code.event, "form": form})
            if all(sides) and marked == sides:
                sample.judge["direction"] = "holds"
            relations = {"ACTOR": code.actors, "RECIPIENT": code.recipients, "SPEAKER": code.said_by[:1], "DENIER": code.denied_by}
            sample.arcs[at[0]] = {side: [w for key in keys for w in inside[key]] for side, keys in relations.items()}
            sample.tags["status"] = [code.status if i == at[0] else None for i in range(len(words))]
            samples.append(sample)
            if rng.random() < 0.35:
                judge: dict[str, Any] = {"type": code.event, "form": form}
                if all(sides):
                    judge["direction"] = "holds"
                samples.append(Sample(words, "casebook-pair", f"case-{n}", _marks(len(words), *sides), judge=judge))
            if all(sides) and rng.random() < 0.4:
                marks = _marks(len(words), sides[1], sides[0], at)
                samples.append(Sample(words, "casebook-pair", f"case-{n}", marks, judge={"direction": "reversed"}))
        free = [(a, b) for a in case.mentions for b in case.mentions if a != b and (a, b) not in linked]
        if free and rng.random() < 0.6:
            a, b = rng.choice(free)
            content = [i for i, w in enumerate(words) if w.isalpha() and len(w) > 3 and i not in inside[a] + inside[b]]
            at = [rng.choice(content)] if content and rng.random() < 0.5 and not case.codes else []
            samples.append(Sample(words, "casebook-pair", f"case-{n}", _marks(len(words), inside[a], inside[b], at), judge={"type": "NONE"}))
    return samples


def _guessed(code: casebook.Code, mentions: Sequence[str], rng: random.Random) -> tuple[list[str], list[str]]:
    """The parties of a code as a first reading may have them."""
    chance = rng.random()
    sides = list(code.actors), [k for k in code.recipients if k not in code.actors]
    if chance < RIGHT:
        return sides
    if chance < RIGHT + BARE:
        return [], []
    sides = [k for k in sides[0] if rng.random() >= MISSED], [k for k in sides[1] if rng.random() >= MISSED]
    for key in mentions:
        if key not in code.actors and key not in code.recipients and rng.random() < ADDED:
            sides[rng.random() < 0.5].append(key)
    return (sides[1], sides[0]) if rng.random() < TURNED else sides


def _marks(size: int, source: list[int], target: list[int], trigger: Iterable[int] = ()) -> list[int]:
    marks = [0] * size
    for kind, where in ((3, trigger), (2, target), (1, source)):
        for i in where:
            marks[i] = kind
    return marks


def from_pages(written: Sequence[pages.Page], triggers: frozenset[str], seed: int = 0) -> list[Sample]:
    """Sentences of pages that are not about public matters, none with an event, and of each one question about a word that is one
    elsewhere (`triggers`). Only sentences that tell by their own words what they are about: others would teach to overlook attacks."""
    rng, samples = random.Random(seed), []
    for n, page in enumerate(written):
        if page.topic == pages.PUBLIC:
            continue
        for begin, end in _sentences(page.text):
            words, _ = cut(page.text[begin:end])
            if not 5 <= len(words) <= 60 or topic.chances(page.text[begin:end])[pages.PUBLIC] > OWN_WORDS:
                continue
            sample = Sample(words, "pages", f"page-{n}", weight=0.7)
            sample.tags["trigger"] = ["NONE"] * len(words)
            samples.append(sample)
            at = [i for i, w in enumerate(words) if w.lower() in triggers]
            if at:
                samples.append(Sample(words, "pages-pair", f"page-{n}", _marks(len(words), [], [], [rng.choice(at)]), judge={"type": "NONE"}, weight=0.7))
    return samples


# Marked pairs -------------------------------------------------------------------------------------

#: PLV joins two PLOVER types under one name.
YIELD = {"CONCEDE": 0.5, "RETREAT": 0.5}


def pair_sample(row: dict[str, Any], origin: str, swap: bool = False) -> Sample:
    """A row with marked source and target (plv and aw layout), without labels."""
    words, spans = cut(row["text"])
    sides: dict[str, list[int]] = {"source": [], "target": []}
    for side, begin, end in row["spans"]:
        sides[side] += covered(spans, begin, end)
    source, target = (sides["target"], sides["source"]) if swap else (sides["source"], sides["target"])
    return Sample(words, origin, str(row.get("sentence_id", row["id"])), _marks(len(words), source, target))


def from_plv(rows: list[dict[str, Any]]) -> list[Sample]:
    """Type and class of five of each marked pair, and its swap for the direction."""
    samples = []
    for row in rows:
        sample = pair_sample(row, "plv")
        sample.judge = {"type": YIELD if row["root"] == "YIELD" else row["root"], "root": row["root"], "penta": str(row["penta"])}
        samples.append(sample)
        if {s for s, _, _ in row["spans"]} == {"source", "target"}:
            sample.judge["direction"] = "holds"
            turned = pair_sample(row, "plv-swap", swap=True)
            turned.judge = {"direction": "reversed"}
            samples.append(turned)
    return samples


def from_aw(rows: list[dict[str, Any]]) -> list[Sample]:
    """Pairs between which a relation of another ontology holds or not: only the ones that do not are labelled."""
    samples = []
    for row in rows:
        if not row["holds"]:
            sample = pair_sample(row, "aw")
            sample.judge = {"type": "NONE"}
            sample.weight = 0.5
            samples.append(sample)
    return samples


def from_cameo(rows: list[dict[str, Any]]) -> list[Sample]:
    """Source, target and joint actor spans; class of five; sentences of class 0 hold no trigger."""
    samples = []
    for row in rows:
        words = row.get("tokens") or cut(row["text"])[0]
        if not words:
            continue
        sample = Sample(list(words), "cameo", row["id"])
        spans = row.get("spans") or []
        if row.get("spans") is not None and row.get("tokens"):
            sample.tags["role"] = bio(len(words), ((k, list(range(b, e))) for k, b, e in spans))
        if row.get("class") is not None:
            penta = str(row["class"])
            sample.judge = {"penta": penta}
            sample.marks = [0] * len(words)
            if penta == "0":
                sample.tags["trigger"] = ["NONE"] * len(words)
                sample.judge["type"] = "NONE"
                sample.weight = 0.5
            elif spans:
                source = [i for k, b, e in spans if k in "SR" for i in range(b, e)]
                target = [i for k, b, e in spans if k == "T" for i in range(b, e)]
                marked = Sample(list(words), "cameo-pair", row["id"], _marks(len(words), source, target), judge={"penta": penta})
                if source and target:
                    marked.judge["direction"] = "holds"
                    turned = Sample(list(words), "cameo-swap", row["id"], _marks(len(words), target, source), judge={"direction": "reversed"})
                    samples.append(turned)
                samples.append(marked)
        samples.append(sample)
    return samples


# Language -----------------------------------------------------------------------------------------


#: Genres of EWT about everyday matters: honest negatives, next to no sentence of them holds a political event.
_EVERYDAY = ("reviews-", "answers-")
_GUM_EVERYDAY = ("academic", "voyage")


def from_propbank(rows: list[dict[str, Any]], factuality: dict[str, list[dict[str, Any]]]) -> list[Sample]:
    """Predicates and their arguments for any verb or noun, with factuality where UDS has it."""
    samples = []
    for row in rows:
        size = len(row["tokens"])
        if size > 60:
            continue
        sample = Sample(row["tokens"], "propbank", row["id"])
        predicates = {p["i"] for p in row["props"]}
        sample.tags["predicate"] = ["yes" if i in predicates else "no" for i in range(size)]
        for prop in row["props"]:
            wanted: dict[str, list[int]] = {"A0": [], "A1": [], "A2": [], "TMP": [], "LOC": []}
            for label, begin, end in prop["args"]:
                key = label.replace("ARGM-", "").replace("ARG", "A")
                if key in wanted:
                    wanted[key] += range(begin, end)
            sample.arcs[prop["i"]] = wanted
        if row["id"].startswith(_EVERYDAY):
            sample.tags["trigger"] = ["NONE"] * size
        facts = factuality.get(row["id"])
        if facts:
            values: list[float | None] = [None] * size
            for pred in facts:
                if pred["i"] < size and pred.get("factuality") is not None:
                    values[pred["i"]] = pred["factuality"]
            sample.numbers["factuality"] = values
        samples.append(sample)
    return samples


def pointed_propbank(rows: list[dict[str, Any]], seed: int = 0) -> list[Sample]:
    """One predicate of each sentence, marked: who stands around it."""
    rng, samples = random.Random(seed), []
    for sample in from_propbank(rows, {}):
        if sample.arcs:
            row = rng.choice(sorted(sample.arcs))
            marks = _marks(len(sample.words), [], [], [row])
            samples.append(Sample(sample.words, "propbank-pair", sample.group, marks, arcs={row: sample.arcs[row]}))
    return samples


def from_uds(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Factuality by sentence id, to be joined to the PropBank rows of the same sentences."""
    return {r["id"]: r["preds"] for r in rows}


#: Capitalised words at sentence starts that are no names.
_NO_NAMES = frozenset(
    ["he", "she", "it", "they", "we", "you", "i", "his", "her", "its", "their", "our", "my", "who", "this", "that", "these", "those"]
)
_GUM_KINDS = {"person": "person", "organization": "organisation", "place": "place"}


def from_gum(rows: list[dict[str, Any]]) -> list[Sample]:
    """Kinds of mention heads, and spans of proper names (flat, innermost)."""
    samples = []
    for doc in rows:
        by_sentence: dict[int, list[dict[str, Any]]] = {}
        for m in doc["mentions"]:
            by_sentence.setdefault(m["sent"], []).append(m)
        for n, sent in enumerate(doc["sents"]):
            words = sent["tokens"]
            sample = Sample(words, "gum", doc["id"])
            kind: list[str | None] = [None] * len(words)
            names = []
            for m in sorted(by_sentence.get(n, ()), key=lambda m: m["end"] - m["start"], reverse=True):
                label = _GUM_KINDS.get(m["type"], "other")
                for i in range(m["start"], min(m["end"], len(words))):
                    kind[i] = label
                piece = words[m["start"] : m["end"]]
                inner = [w for w in piece if w not in {"the", "The", "a", "A", "of", "de", "al", "and"}]
                proper = bool(inner) and all(w[:1].isupper() for w in inner)
                if label != "other" and proper and (m["start"] > 0 or len(inner) > 1) and inner[0].lower() not in _NO_NAMES:
                    at = list(range(m["start"], m["end"]))
                    while at and words[at[0]].lower() in {"the", "a"}:
                        at.pop(0)
                    names.append(({"person": "PER", "organisation": "ORG", "place": "LOC"}[label], at))
            if doc.get("genre") in _GUM_EVERYDAY:
                sample.tags["trigger"] = ["NONE"] * len(words)
            sample.tags["kind"] = kind
            sample.tags["name"] = bio(len(words), ((k, a) for k, a in sorted(names, key=lambda x: len(x[1]))))
            samples.append(sample)
    return samples


_RE3D = {"Organisation": "ORG", "Location": "LOC", "Person": "PER", "Nationality": "NORP"}
_KIND_OF = {"ORG": "organisation", "LOC": "place", "PER": "person"}


def from_re3d(rows: list[dict[str, Any]]) -> list[Sample]:
    """Names of the Syria and Iraq conflict; described (lower-case) entities teach kinds only."""
    samples = []
    for row in rows:
        for begin, end in _sentences(row["text"]):
            text = row["text"][begin:end]
            words, spans = cut(text)
            if not 3 <= len(words) <= 80:
                continue
            sample = Sample(words, "re3d", row["id"])
            kind: list[str | None] = [None] * len(words)
            names = []
            for entity in row["entities"]:
                label = _RE3D.get(entity["type"])
                at = covered(spans, entity["start"] - begin, entity["end"] - begin)
                if label and at and entity["start"] >= begin and entity["end"] <= end:
                    if any(words[i][:1].isupper() for i in at):
                        names.append((label, at))
                    for i in at:
                        kind[i] = _KIND_OF.get(label)
            sample.tags = {"kind": kind, "name": bio(len(words), names)}
            samples.append(sample)
    return samples


def from_meantime(rows: list[dict[str, Any]]) -> list[Sample]:
    """Certainty, polarity and future of event words."""
    samples = []
    for doc in rows:
        numbers = doc["sentence"]
        starts = [i for i in range(len(numbers)) if i == 0 or numbers[i] != numbers[i - 1]] + [len(numbers)]
        events = [e for e in doc["event_mentions"] if e.get("certainty") and e.get("polarity")]
        for begin, end in zip(starts, starts[1:], strict=False):
            words = doc["tokens"][begin:end]
            sample = Sample(words, "meantime", doc["id"])
            tags: dict[str, list[str | None]] = {h: [None] * len(words) for h in ("certainty", "polarity", "tense")}
            for event in events:
                inside = [t - begin for t in event["tokens"] if begin <= t < end]
                if not inside:
                    continue
                at = inside[0]
                certainty = {"CERTAIN": "certain", "PROBABLE": "probable", "POSSIBLE": "possible"}
                tags["certainty"][at] = certainty.get(event["certainty"])
                tags["polarity"][at] = {"POS": "positive", "NEG": "negative"}.get(event["polarity"])
                tags["tense"][at] = {"FUTURE": "future", "NON_FUTURE": "past-or-present"}.get(event.get("time"))
            sample.tags = tags
            if any(any(v) for v in tags.values()):
                samples.append(sample)
    return samples


def _sentences(text: str) -> list[tuple[int, int]]:
    """Rough sentence spans for training text: at stops before capitals and at line ends."""
    ends = [m.end() for m in re.finditer(r"[.!?][\"”’')]*(?=\s+[\"“‘(]?[A-Z])|\n+", text)] + [len(text)]
    spans, at = [], 0
    for end in ends:
        piece = text[at:end]
        begin = at + len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append((begin, begin + len(piece.strip())))
        at = end
    return spans


def from_polnear(rows: list[dict[str, Any]]) -> list[Sample]:
    """Cues of attribution and, from each cue, the words of its source and content in the same sentence."""
    samples = []
    for row in rows:
        for begin, end in _sentences(row["text"]):
            words, spans = cut(row["text"][begin:end])
            if not 3 <= len(words) <= 70:
                continue
            sample = Sample(words, "polnear", row["id"])
            cues = []
            for attribution in row["attributions"]:
                parts = {
                    k: sorted({w for b, e in attribution[k] if b < end and e > begin for w in covered(spans, b - begin, e - begin)})
                    for k in ("source", "cue", "content")
                }
                if parts["cue"]:
                    run = [parts["cue"][0]]
                    for w in parts["cue"][1:]:
                        if w == run[-1] + 1:
                            run.append(w)
                    cues.append(("", run))
                    sample.arcs[run[0]] = {"SOURCE": parts["source"], "CONTENT": parts["content"]}
            sample.tags["cue"] = bio(len(words), cues)
            samples.append(sample)
    return samples
