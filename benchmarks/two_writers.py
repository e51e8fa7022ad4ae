"""Two processes take overlapping pages into one store at once; the rows must be those of one writer.

    python benchmarks/two_writers.py --times 50
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.crash import contents, context  # noqa: E402


def work(folder: Path, begin: int, end: int, shard: int) -> None:
    """Take in the pages from begin to end of the invented papers."""
    from benchmarks import invented
    from whowhom.store import open_store

    with open_store(folder).writer(shard_documents=shard, maker=invented.MAKER) as writer:
        for one in invented.pages(begin, end):
            writer.add(one)


def start(folder: Path, begin: int, end: int, shard: int) -> Any:
    """The work in a process of its own."""
    process = context().Process(target=work, args=(folder, begin, end, shard))  # type: ignore[attr-defined]
    process.start()
    return process


def run(times: int, pages: int = 120) -> dict[str, Any]:
    """How often two writers left what one writer leaves."""
    with tempfile.TemporaryDirectory() as scratch:
        one = Path(scratch) / "one"
        work(one, 0, pages, 16)
        wanted = contents(one)
        same = 0
        for n in range(times):
            folder = Path(scratch) / f"two{n}"
            # Both take all pages, in shards of different sizes; or parts that overlap.
            spans = ((0, pages), (0, pages)) if n % 2 else ((0, pages * 2 // 3), (pages // 3, pages))
            both = [start(folder, *span, shard) for span, shard in zip(spans, (7 + n % 5, 13), strict=True)]
            for process in both:
                process.join()
            if any(p.exitcode for p in both):
                raise SystemExit("a writer failed")
            same += contents(folder) == wanted
            if n % 10 == 9:
                print(f"{n + 1} times, {same} identical", file=sys.stderr, flush=True)
        return {"times": times, "identical": same}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    given = parser.parse_args()
    print(json.dumps(run(given.times)))


if __name__ == "__main__":
    main()
