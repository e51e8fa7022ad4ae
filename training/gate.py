"""Fit the gate of `whowhom.sentences.gate`, and measure what it loses and saves.

    python -m training.gate fit        # the fast model reads news, its events and the casebook's are what the gate is to keep
    python -m training.gate measure    # events lost on the casebook's dev tenth, on news and on the gold pages; time saved

The teacher's labels of `TEACH` articles of PolNeAR train, and of PolNeAR dev for measuring, stay in ``.work``. Of the
casebook, the dev tenth is never fitted on. The floor is set so that `KEPT` of the dev sentences with an event stay.

Measured with the table as it stands: at its floor 16 % of the sentences of news and 18 % of their words are left unread,
which saves 19 % of the processor time (4.9 s for 24 articles instead of 6.1). It loses none of the coder's events of the
casebook's dev tenth (965 sentences) and of the gold pages (279 events), but 2.8 % of the news sentences in which the model
codes an event (15 of 529), 4 % of the events. A floor one higher leaves a third unread and loses twice as many. One in
twenty-five events for a fifth of the time is no bargain, so the gate is off unless asked for.
"""

from __future__ import annotations

import argparse
import functools
import json
import time
from pathlib import Path

import numpy as np

from whowhom import flow
from whowhom.config import Options
from whowhom.model import Coded, Page
from whowhom.sentences import gate, split

from . import casebook, corpora
from .train import DATA

ROOT = Path(__file__).parent.parent
LABELS = ROOT / ".work" / "gate.jsonl"
OUT = ROOT / "src" / "whowhom" / "sentences" / "gate.npz"
TEACH, KEPT, STIFFNESS = 260, 0.97, 0.1
#: Articles that are coded with and without the gate to see what it saves.
TIMED = 24


def teach() -> list[dict[str, object]]:
    """Sentences of news with whether the whole flow codes an event in them; written once."""
    if not LABELS.exists():
        LABELS.parent.mkdir(exist_ok=True)
        with LABELS.open("w", encoding="utf8") as file:
            rows = [(r, False) for r in corpora.read_jsonl(DATA / "polnear_train.jsonl.gz")[:TEACH]]
            for row, dev in [*rows, *((r, True) for r in corpora.read_jsonl(DATA / "polnear_dev.jsonl.gz"))]:
                (one,) = flow.code_pages([Page(row["id"], row["text"].encode(), "text", date="2021-03-04")], Options(threads=1))
                if isinstance(one, Coded):
                    spans = {e.span for e in one.events}
                    for s in split(one.document):
                        words = [one.document.text[w.begin : w.end] for w in s.words]
                        file.write(json.dumps({"words": words, "event": s.span in spans, "dev": dev}) + "\n")
    return corpora.read_jsonl(LABELS)


def cases() -> list[dict[str, object]]:
    """The casebook's sentences as the teacher's."""
    some = casebook.read(*sorted((Path(__file__).parent / "casebook").glob("*.txt")), strict=False)
    return [{"words": corpora.cut(c.text)[0], "event": bool(c.codes), "dev": casebook.is_dev(c)} for c in some]


def fit() -> None:
    """Fit and write the table."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [r for r in [*teach(), *cases()] if not r["dev"]]
    at = [gate.places(r["words"]) for r in rows]  # type: ignore[arg-type]
    begin = np.cumsum([0, *map(len, at)])
    matrix = csr_matrix((np.ones(begin[-1], np.float32), np.concatenate(at), begin), (len(rows), gate.SIZE))
    model = LogisticRegression(C=STIFFNESS, max_iter=400).fit(matrix, [bool(r["event"]) for r in rows])
    scale = float(np.abs(model.coef_).max() / 127)
    weights = np.round(model.coef_[0] / scale).astype(np.int8)
    bias = float(model.intercept_[0])
    wanted = [r["words"] for r in teach() if r["event"] and r["dev"]]
    scores = sorted(float(weights[gate.places(w)].astype(np.float32).sum()) * scale + bias for w in wanted)  # type: ignore[arg-type]
    np.savez_compressed(OUT, weights=weights, scale=scale, bias=bias, floor=scores[int((1 - KEPT) * len(scores))])


def measure() -> None:
    """Print recall and what is left out on each set, by floor."""
    floor = gate.table()[2]
    print(f"floor {floor:.2f}, {OUT.stat().st_size / 1000:.0f} kB")
    sets = {
        "news, events as the model codes them": [r for r in teach() if r["dev"]],
        "casebook dev, coder's events": [r for r in cases() if r["dev"]],
    }
    news = sets["news, events as the model codes them"]
    begin = time.process_time()
    scored = [gate.score(r["words"]) for r in news]  # type: ignore[arg-type]
    took = (time.process_time() - begin) / len(news)
    words = np.array([len(r["words"]) for r in news])  # type: ignore[arg-type]
    print(f"{took * 1e6:.0f} microseconds a sentence")
    for at in (floor - 1, floor, floor + 1, floor + 2, floor + 3):
        out = np.array(scored) < at
        line = f"floor {at:.2f}: {out.mean():.0%} of news sentences, {words[out].sum() / words.sum():.0%} of their words left unread;"
        for name, rows in sets.items():
            wanted = [r for r in rows if r["event"]]
            lost = sum(gate.score(r["words"]) < at for r in wanted)  # type: ignore[arg-type]
            line += f" {name}: {lost} of {len(wanted)} sentences lost ({lost / len(wanted):.1%});"
        print(line)
    news_pages = [Page(r["id"], r["text"].encode(), "text", date="2021-03-04") for r in corpora.read_jsonl(DATA / "polnear_dev.jsonl.gz")[:TIMED]]
    for on in (False, True, False, True):
        begin = time.process_time()
        coded = [c for c in flow.code_pages(news_pages, Options(threads=1, gate=on)) if isinstance(c, Coded)]
        print(f"{len(coded)} articles, gate {'on' if on else 'off'}: {time.process_time() - begin:.1f} s, {sum(len(c.events) for c in coded)} events")
    import whowhom
    from whowhom.evaluate import pages

    plain = whowhom.code
    for on in (False, True):
        whowhom.code = functools.partial(plain, gate=on, threads=1)
        begin = time.process_time()
        result = pages.score(ROOT / "tests" / "gold" / "pages")
        said = {k: round(v, 3) for k, v in result.figures.items() if "type" in k or "false" in k}
        print(f"gold pages, gate {'on' if on else 'off'}: {time.process_time() - begin:.1f} s of processor time, {said}")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=["fit", "measure"])
    {"fit": fit, "measure": measure}[ask.parse_args().what]()
