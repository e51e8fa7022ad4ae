"""Kill a writer at random moments, run the same command again, and compare the rows with an undisturbed run.

    python benchmarks/crash.py --kills 200

Half of the kills fall in taking coded pages in, half in joining events to stories. Each trial goes on with the
same command until it ends by itself.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


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


def work(folder: Path, count: int, shard: int, said: Connection | None = None) -> None:
    """What is killed: take invented pages in, then join."""
    from benchmarks import invented
    from whowhom.store import open_store
    from whowhom.store.joining import join_store

    def say(phase: str) -> None:
        if said is not None:
            said.send(phase)

    say("started")
    store = open_store(folder)
    with store.writer(shard_documents=shard, maker=invented.MAKER) as writer:
        for one in invented.pages(0, count):
            writer.add(one)
    say("taken in")
    join_store(store)
    say("joined")


def context() -> multiprocessing.context.BaseContext:
    """Processes that fork from a server which has the libraries loaded and has done nothing yet."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    # The server starts with the paths of the interpreter alone: without this it would load an installed whowhom.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    found.set_forkserver_preload(["benchmarks.invented", "benchmarks.warm", "whowhom.store.joining", "pyarrow.parquet", "pyarrow.compute", "duckdb", "rensa"])
    return found


def start(folder: Path, count: int, shard: int) -> tuple[Any, Connection]:
    """The work in a process of its own, and what it says."""
    mine, its = multiprocessing.Pipe(duplex=False)
    process = context().Process(target=work, args=(folder, count, shard, its))  # type: ignore[attr-defined]
    process.start()
    its.close()
    return process, mine


def until(said: Connection, wanted: str) -> None:
    """Wait for a phase, or for the end of the process."""
    with contextlib.suppress(EOFError):
        while said.recv() != wanted:
            pass


def trial(folder: Path, count: int, shard: int, rng: random.Random, spans: tuple[float, float], joining: bool) -> int:
    """One store: kill once at a random moment of the phase, then go on to the end. Gives the kills that hit."""
    process, said = start(folder, count, shard)
    until(said, "taken in" if joining else "started")
    time.sleep(rng.uniform(0, spans[joining]))
    hit = process.is_alive()
    process.kill()
    process.join()
    done, _ = start(folder, count, shard)
    done.join()
    if done.exitcode:
        raise SystemExit(f"the resumed run failed: {folder}")
    return int(hit)


def phases(folder: Path, count: int, shard: int) -> tuple[float, float]:
    """Seconds that taking in and joining last undisturbed; fills the folder."""
    process, said = start(folder, count, shard)
    times = []
    for phase in ("started", "taken in", "joined"):
        until(said, phase)
        times.append(time.monotonic())
    process.join()
    return times[1] - times[0], times[2] - times[1]


def run(kills: int, count: int = 120, shard: int = 10, seed: int = 1, keep: Path | None = None) -> dict[str, Any]:
    """Trials until `kills` kills hit; how many stores ended identical."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        base = keep or Path(scratch)
        spans = phases(base / "undisturbed", count, shard)
        wanted = contents(base / "undisturbed")
        if not wanted.get("stories"):
            raise SystemExit("the undisturbed run did not end")
        hits = same = trials = 0
        while hits < kills:
            folder = base / f"trial{trials}"
            hit = trial(folder, count, shard, rng, spans, joining=trials % 2 == 1)
            trials += 1
            hits += hit
            same += hit and contents(folder) == wanted
            if not keep:
                shutil.rmtree(folder)
            if hits % 5 == 0 and hit:
                print(f"{hits} kills, {same} identical", file=sys.stderr, flush=True)
    return {"kills": hits, "identical": same, "trials": trials, "rows": {k: len(v) for k, v in wanted.items()}}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--shard", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the moments; runs side by side take different ones")
    given = parser.parse_args()
    print(json.dumps(run(given.kills, given.pages, given.shard, given.seed), indent=1))


if __name__ == "__main__":
    main()
