"""Kill a writer at random moments, run the same command again, and compare the rows with an undisturbed run.

    python benchmarks/crash.py --kills 200

Half of the kills fall in taking coded pages in, half in joining events to stories. Each trial goes on with the
same command until it ends by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def contents(root: Path) -> dict[str, list[str]]:
    """All rows of a store by table (superseded ones too), as sorted text: equal when the stores hold the same."""
    import pyarrow.parquet as pq

    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("part-*.parquet")):
        name = path.relative_to(root).parts
        if name[0] in ("staging", "damaged"):
            continue
        table = "/".join(name[:2]) if name[0] == "superseded" else name[0]
        day = path.parent.name if path.parent.name.startswith("day=") else ""
        found.setdefault(table, []).extend(day + json.dumps(r, sort_keys=True) for r in pq.read_table(path, partitioning=None).to_pylist())
    return {table: sorted(rows) for table, rows in found.items()}


def work(folder: Path, count: int, shard: int) -> None:
    """What is killed: take invented pages in, then join."""
    from benchmarks import invented
    from whowhom.store import open_store

    print("started", flush=True)
    store = open_store(folder)
    with store.writer(shard_documents=shard, maker=invented.MAKER) as writer:
        for one in invented.pages(0, count):
            writer.add(one)
    print("taken in", flush=True)
    from whowhom.store.joining import join_store

    join_store(store)
    print("joined", flush=True)


def start(folder: Path, count: int, shard: int) -> subprocess.Popen[str]:
    """The work in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, str(Path(__file__)), "--work", str(folder), "--pages", str(count), "--shard", str(shard)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def trial(folder: Path, count: int, shard: int, rng: random.Random, spans: tuple[float, float], joining: bool) -> int:
    """One store: kill once at a random moment of the phase, then go on to the end. Gives the kills that hit."""
    process = start(folder, count, shard)
    assert process.stdout is not None
    wanted = "taken in" if joining else "started"
    while (line := process.stdout.readline()) and line.strip() != wanted:
        pass
    time.sleep(rng.uniform(0, spans[joining]))
    hit = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = start(folder, count, shard)
    done.communicate()
    if done.returncode:
        raise SystemExit(f"the resumed run failed: {folder}")
    return int(hit)


def phases(folder: Path, count: int, shard: int) -> tuple[float, float]:
    """Seconds that taking in and joining last undisturbed; fills the folder."""
    process = start(folder, count, shard)
    assert process.stdout is not None
    times = []
    for _line in process.stdout:
        times.append(time.monotonic())
    process.wait()
    return times[1] - times[0], times[2] - times[1]


def run(kills: int, count: int = 120, shard: int = 10, seed: int = 1, keep: Path | None = None) -> dict[str, Any]:
    """Trials until `kills` kills hit; how many stores ended identical."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        base = keep or Path(scratch)
        spans = phases(base / "undisturbed", count, shard)
        wanted = contents(base / "undisturbed")
        hits = same = trials = 0
        while hits < kills:
            folder = base / f"trial{trials}"
            hit = trial(folder, count, shard, rng, spans, joining=trials % 2 == 1)
            trials += 1
            hits += hit
            same += hit and contents(folder) == wanted
    return {"kills": hits, "identical": same, "trials": trials, "rows": {k: len(v) for k, v in wanted.items()}}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--shard", type=int, default=10)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    if given.work:
        work(given.work, given.pages, given.shard)
    else:
        print(json.dumps(run(given.kills, given.pages, given.shard), indent=1))


if __name__ == "__main__":
    main()
