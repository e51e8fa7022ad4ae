"""How fast the explorer answers on many events, with plain DuckDB's time for the same question beside it.

`python benchmarks/explorer.py FOLDER [EVENTS]` makes an invented store of EVENTS events (a million by default) in
FOLDER by repeating an invented year, unless one is there, and prints milliseconds: the page as a whole (best of
five, without kept answers), the sum of its questions when asked of DuckDB directly, whether the page stays under twice that
plus 100 ms, and the page when it is looked at again.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "explore")]

PAGES = (
    "/", "/?actor=KEN", "/?q=prisoners", "/?type=ASSAULT", "/?quad=4&status=planned", "/?said=Radio+Meridian", "/?since=2023-05-01&until=2023-06",
    "/?publisher=Daily+Ledger", "/?place=Lima", "/events", "/events?page=400", "/events?a=KEN&b=TZA", "/map?actor=PER", "/network?by=label",
    "/actor?name=KEN", "/dyad?a=KEN&b=TZA", "/dyad?a=KEN&b=TZA&since=2023-03&until=2023-09", "/events?actor=kenya", "/stories?type=ASSAULT&a=KEN",
    "/event/{event}", "/document/{document}",
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
        other = ", ".join(f"md5({i} || r)[1:16] AS {i}" for i in ids)
        if table == "events":
            other += ", text || ' This is copy ' || r || '.' AS text"  # the same text again and again would be searched too fast
        con.execute(
            f"COPY (SELECT * EXCLUDE (r) REPLACE ({other}) FROM {read.format(table)} "
            f"CROSS JOIN (SELECT range::VARCHAR AS r FROM range({times})) t) TO '{big / table}' "
            "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), FILENAME_PATTERN 'part-{i}')"
        )


def machine() -> str:
    """Where and with what this is measured."""
    import duckdb

    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{date.today()}, {os.cpu_count()} cores ({model}), Python {platform.python_version()}, DuckDB {duckdb.__version__}{load}"


def main() -> None:
    """Measure every page in `PAGES`, each the best of five, no answer kept from one time to the next."""
    from fastapi.testclient import TestClient

    from whowhom.explore.web import create_app, index

    folder, wanted = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    print(f"python benchmarks/explorer.py FOLDER {wanted}\n{machine()}", flush=True)
    if not (folder / "store").exists():
        make(folder, wanted)
    asked: list[tuple[str, list[Any]]] = []
    plain = index.Index.ask

    def ask(self: index.Index, sql: str, parameters: Any = ()) -> Any:
        asked.append((sql, list(parameters)))
        return plain(self, sql, parameters)

    index.Index.ask = ask  # type: ignore[method-assign]
    for when in ("first opening (both indexes are made)", "later opening"):
        start = time.perf_counter()
        with TestClient(create_app(folder / "store"), base_url="http://127.0.0.1") as client:
            client.get("/stories")
            total = client.get("/api/events?size=1").json()["total"]
        print(f"{total:,} events; {when} {time.perf_counter() - start:.1f} s", flush=True)
    app = create_app(folder / "store")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        event = client.get("/api/events?type=ASSAULT&size=1").json()["events"][0]
        slow = 0
        for page in (p.replace("{event}", event["id"]).replace("{document}", event["document"]) for p in PAGES):
            took, direct = [], []
            for _ in range(5):
                asked.clear()
                app.state.index.forget()
                start = time.perf_counter()
                answer = client.get(page)
                took.append(time.perf_counter() - start)
                assert answer.status_code == 200, page
                questions, cursor = list(asked), app.state.index.cursor()
                start = time.perf_counter()
                for sql, values in questions:
                    cursor.execute(sql, values).fetchall()
                direct.append(time.perf_counter() - start)
            start = time.perf_counter()
            client.get(page)
            again_ms, page_ms, plain_ms = ((time.perf_counter() - start) * 1000, min(took) * 1000, min(direct) * 1000)
            ok = page_ms < 2 * plain_ms + 100
            slow += not ok
            print(
                f"{page_ms:8.0f} ms  DuckDB {plain_ms:6.0f} ms  {len(questions):3} questions  {'ok  ' if ok else 'SLOW'}  "
                f"again {again_ms:4.0f} ms  {page}", flush=True,
            )  # fmt: skip
    print(f"{len(PAGES) - slow} of {len(PAGES)} pages under twice DuckDB's time for the same questions plus 100 ms")
    sys.exit(slow > 0)


if __name__ == "__main__":
    main()
