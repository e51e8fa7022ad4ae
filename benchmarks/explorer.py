"""How fast the explorer answers on many events, with plain DuckDB's time for the same question beside it.

`python benchmarks/explorer.py FOLDER [EVENTS]` makes an invented store of EVENTS events (a million by default) in
FOLDER by repeating an invented year, unless one is there, and prints milliseconds: the page as a whole, the sum of its
questions when asked of DuckDB directly, and whether the page stays under twice that plus 100 ms.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "explore")]

PAGES = (
    "/", "/?actor=KEN", "/?q=prisoners", "/?type=ASSAULT", "/?quad=4&status=planned", "/?said=Radio+Meridian", "/?since=2023-05-01&until=2023-06",
    "/?publisher=Daily+Ledger", "/?place=Lima", "/events", "/events?page=400", "/events?a=KEN&b=TZA", "/map?actor=PER", "/network?by=label",
    "/actor?name=KEN", "/dyad?a=KEN&b=TZA", "/dyad?a=KEN&b=TZA&since=2023-03&until=2023-09", "/events?actor=kenya", "/stories?type=ASSAULT&a=KEN",
    "/event/{event}",
)  # fmt: skip


def make(folder: Path, wanted: int) -> None:
    """An invented year, repeated with other ids until there are this many events; one part per table."""
    import duckdb
    import invented

    from whowhom.store import open_store

    small = folder / "year"
    with open_store(small).writer() as writer:
        for one in invented.year(250):
            writer.add(one)
    big = folder / "store"
    big.mkdir(parents=True)
    (big / "store.json").write_text((small / "store.json").read_text())
    con = duckdb.connect()
    read = f"read_parquet('{small}/{{}}/**/*.parquet', hive_partitioning=true)"
    found = con.execute(f"SELECT count(*) FROM {read.format('events')}").fetchone()
    times = -(-wanted // found[0]) if found else 1
    for table, ids in (("events", ("id", "document")), ("documents", ("id",)), ("mentions", ("document",)), ("notes", ("document",))):
        target = big / table / "day=2023-01-01"
        target.mkdir(parents=True)
        other = ", ".join(f"md5({i} || r)[1:16] AS {i}" for i in ids)
        con.execute(
            f"COPY (SELECT * EXCLUDE (day, r) REPLACE ({other}) FROM {read.format(table)} "
            f"CROSS JOIN (SELECT range::VARCHAR AS r FROM range({times})) t) TO '{target}/part-000000.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )


def main() -> None:
    """Measure every page in `PAGES`, each the best of three."""
    from fastapi.testclient import TestClient

    from whowhom.explore.web import create_app, index

    folder, wanted = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    if not (folder / "store").exists():
        make(folder, wanted)
    asked: list[tuple[str, list[Any]]] = []
    plain = index.Index.ask

    def ask(self: index.Index, sql: str, parameters: Any = ()) -> Any:
        asked.append((sql, list(parameters)))
        return plain(self, sql, parameters)

    index.Index.ask = ask  # type: ignore[method-assign]
    app = create_app(folder / "store")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        start = time.perf_counter()
        client.get("/stories")
        total = client.get("/api/events?size=1").json()["total"]
        print(f"{total:,} events; opening {time.perf_counter() - start:.1f} s")
        event, slow = client.get("/api/events?type=ASSAULT&size=1").json()["events"][0]["id"], 0
        for page in (p.replace("{event}", event) for p in PAGES):
            took, direct = [], []
            for _ in range(3):
                asked.clear()
                start = time.perf_counter()
                answer = client.get(page)
                took.append(time.perf_counter() - start)
                assert answer.status_code == 200, page
                questions, cursor = list(asked), app.state.index.cursor()
                start = time.perf_counter()
                for sql, values in questions:
                    cursor.execute(sql, values).fetchall()
                direct.append(time.perf_counter() - start)
            page_ms, plain_ms = min(took) * 1000, min(direct) * 1000
            ok = page_ms < 2 * plain_ms + 100
            slow += not ok
            print(f"{page_ms:8.0f} ms  DuckDB {plain_ms:8.0f} ms  {len(questions)} questions  {'ok  ' if ok else 'SLOW'}  {page}")
    sys.exit(slow > 0)


if __name__ == "__main__":
    main()
