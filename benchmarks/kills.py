"""Kill workers at random moments of a run and compare its rows with an undisturbed run in one process.

    python -m benchmarks.kills --kills 20 --documents 60 --out benchmarks/results/kills.txt

Pages are invented (`benchmarks.news`), short so that many shards are under way. A worker is killed (SIGKILL) a random moment
after a result came in; what it had at hand is coded again by another. Rows are compared one by one, in order.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

from benchmarks import news
from benchmarks.throughput import Lines, heading
from whowhom.config import Options
from whowhom.scale.here import HereEngine
from whowhom.scale.limits import Limits
from whowhom.scale.run import open_engine
from whowhom.scale.shard import cut
from whowhom.schema import row

#: Longest wait in seconds between a result and the kill.
WAIT = 0.5


def killed(name: str, pages: list[Any], limits: Limits, kills: int, seed: int) -> tuple[list[Any], int, int]:
    """Rows of a run whose workers are killed, how many were, and how many the engine says it lost."""
    rng = random.Random(seed)
    engine: Any = open_engine(name, Options(), limits, 2)
    shards = list(cut(pages, limits))
    when = set(rng.sample(range(len(shards) - 2), kills))
    rows: list[Any] = []
    done = 0
    for n, outcome in enumerate(engine.run(iter(shards))):
        rows += [row(r) for r in outcome.results]
        if n in when:
            time.sleep(rng.uniform(0, WAIT))
            # A local worker that has just been started is left alone: three that die as they start end a run on purpose.
            grown = [w.process.pid for w in engine._crew if w.ready and w.process.is_alive()] if name == "local" else engine.pids()
            if grown:
                os.kill(rng.choice(grown), signal.SIGKILL)
                done += 1
    return rows, done, engine.lost


def main() -> int:
    """Command line; 1 where rows differ."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=20)
    ask.add_argument("--documents", type=int, default=60)
    ask.add_argument("--sentences", type=int, default=4, help="sentences of a document, about")
    ask.add_argument("--engine", default="local", choices=("local", "ray"))
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--out", type=Path, help="also write the lines here")
    args = ask.parse_args()
    limits = Limits(shard_pages=2, attempts=args.kills)
    pages = list(news.pages(0, args.documents, args.sentences))
    lines = Lines(args.out)
    heading(lines, "benchmarks.kills")
    wanted = [row(r) for o in HereEngine(Options(threads=1), limits).run(cut(pages, limits)) for r in o.results]
    rows, done, lost = killed(args.engine, pages, limits, args.kills, args.seed)
    same = rows == wanted
    events = sum(len(r["events"]) for r in wanted if isinstance(r.get("events"), list))
    lines.say(f"{args.engine}, 2 workers, {len(wanted)} documents, {events} events; {done} workers killed, {lost} counted as lost by the engine")
    lines.say(f"  rows {'the same as of' if same else 'DIFFER from'} an undisturbed run in one process")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
