"""The store takes pages in once, whole, and any tool can read it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from benchmarks import invented
from benchmarks.crash import contents
from whowhom import schema
from whowhom.config import Options
from whowhom.errors import InputError, OutputError
from whowhom.model import Document, Event, SetAside
from whowhom.store import Store, change, commit, layout, open_store


def filled(folder: Path, count: int = 40, size: int = 16) -> Store:
    store = open_store(folder)
    with store.writer(shard_documents=size) as writer:
        for one in invented.pages(0, count):
            writer.add(one)
    return store


def test_the_same_pages_again_change_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before, files = contents(tmp_path), {p: p.stat().st_mtime_ns for p in tmp_path.rglob("part-*")}
    with store.writer() as writer:
        for one in invented.pages(0, 40):
            assert writer.has(one.document)
            writer.add(one)
    assert writer.counts["added"] == 0
    assert contents(tmp_path) == before
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("part-*")} == files


def test_rows_come_back_as_the_records_they_were(tmp_path: Path) -> None:
    one = invented.coded(5)
    with open_store(tmp_path).writer() as writer:
        writer.add(one)
    rows = open_store(tmp_path).rows("events").to_pylist()
    assert {schema.record(Event, r) for r in rows} == set(one.events)
    (row,) = open_store(tmp_path).rows("documents").to_pylist()
    assert schema.record(Document, row) == one.document


def test_shard_size_does_not_matter(tmp_path: Path) -> None:
    filled(tmp_path / "small", size=7)
    filled(tmp_path / "large", size=1000)
    assert contents(tmp_path / "small") == contents(tmp_path / "large")


def test_a_corrected_page_replaces_its_own_rows_and_says_so(tmp_path: Path) -> None:
    old, new = invented.coded(3), invented.coded(3, version=1)
    store = open_store(tmp_path)
    for one in (old, new, old):  # the old one again, as in a rerun over old input, does not come back
        with store.writer() as writer:
            writer.add(one)
    assert store.query("SELECT id FROM documents").column("id").to_pylist() == [new.document.id]
    assert set(store.query("SELECT id FROM events").column("id").to_pylist()) == {e.id for e in new.events}
    (said,) = store.rows("corrections").to_pylist()
    assert (said["reason"], said["old_document"], said["new_document"]) == ("corrected", old.document.id, new.document.id)
    kept = [r for p in layout.parts(tmp_path, "superseded/documents") for r in pq.read_table(p, partitioning=None).to_pylist()]
    assert [r["id"] for r in kept] == [old.document.id]


def test_both_versions_in_one_shard(tmp_path: Path) -> None:
    with open_store(tmp_path).writer() as writer:
        writer.add(invented.coded(3))
        writer.add(invented.coded(3, version=1))
    assert writer.counts["corrected"] == 1
    assert open_store(tmp_path).rows("documents", ["id"]).num_rows == 1


def test_another_date_for_the_same_text_moves_it(tmp_path: Path) -> None:
    one = invented.coded(3)
    moved = dataclasses.replace(one, document=dataclasses.replace(one.document, date="2020-02-29"))
    with open_store(tmp_path).writer() as writer:
        writer.add(one)
        writer.add(moved)
    assert writer.counts["metadata"] == 1
    assert [p.parent.name for p in layout.parts(tmp_path, "documents")] == ["day=2020-02-29"]


def test_plain_duckdb_and_arrow_read_it(tmp_path: Path) -> None:
    store = filled(tmp_path)
    wanted = sorted(store.query("SELECT id FROM events").column("id").to_pylist())
    assert wanted
    plain = duckdb.connect().execute(f"SELECT id, day FROM '{tmp_path}/events/**/*.parquet'").fetchall()
    assert sorted(i for i, _ in plain) == wanted
    assert sorted(ds.dataset(tmp_path / "events", partitioning="hive").to_table().column("id").to_pylist()) == wanted
    polars = pytest.importorskip("polars")
    assert sorted(polars.scan_parquet(tmp_path / "events" / "**" / "*.parquet").collect()["id"]) == wanted


def test_pandas_reads_it(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    store = filled(tmp_path, 10)
    assert len(pandas.read_parquet(tmp_path / "events")) == store.rows("events").num_rows


def test_the_index_can_be_deleted_and_follows_the_store(tmp_path: Path) -> None:
    store = filled(tmp_path, 20)
    count = "SELECT count(*) AS n FROM documents"
    before = store.query(count).to_pylist()[0]["n"]
    (tmp_path / "index.duckdb").unlink()
    assert open_store(tmp_path).query(count).to_pylist()[0]["n"] == before
    with store.writer() as writer:
        writer.add(invented.coded(900))
    assert store.query(count).to_pylist()[0]["n"] == before + 1
    (tmp_path / "index.duckdb").write_bytes(b"not a data base")
    assert open_store(tmp_path).query(count).to_pylist()[0]["n"] == before + 1


def test_two_stores_of_one_process_follow_the_same_folder(tmp_path: Path) -> None:
    count = "SELECT count(*) AS n FROM documents"
    first = filled(tmp_path, 20)
    before = first.query(count).to_pylist()[0]["n"]
    still_open = first.connection()
    for n in range(3):
        with open_store(tmp_path).writer() as writer:
            writer.add(invented.coded(900 + n))
        # DuckDB gives out an open file by its name, also after another has taken that name.
        assert open_store(tmp_path).query(count).to_pylist()[0]["n"] == before + n + 1
    assert first.query(count).to_pylist()[0]["n"] == before + 3
    del still_open
    assert not list(tmp_path.glob(".index-*"))


def test_many_threads_may_ask_a_store_that_grew(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = filled(tmp_path, 20)
    with ThreadPoolExecutor(8) as threads:
        for n in range(2):
            with open_store(tmp_path).writer() as writer:
                writer.add(invented.coded(900 + n))
            found = list(threads.map(lambda _: store.query("SELECT count(*) AS n FROM documents").to_pylist()[0]["n"], range(16)))
            assert len(set(found)) == 1, found


def test_an_index_made_while_a_shard_moved_in_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = filled(tmp_path, 20)
    count = "SELECT count(*) AS n FROM documents"
    before = reader.query(count).to_pylist()[0]["n"]
    seen: list[int] = []
    moved = commit.replace

    def look_first(source: Path, target: Path) -> None:
        if target.parent.parent.name == "documents" and not seen:
            # The mark is there, the documents are not: another reads now.
            seen.append(open_store(tmp_path).query(count).to_pylist()[0]["n"])
        moved(source, target)

    monkeypatch.setattr(commit, "replace", look_first)
    with open_store(tmp_path).writer() as writer:
        writer.add(invented.coded(900))
    assert seen == [before]
    assert open_store(tmp_path).query(count).to_pylist()[0]["n"] == before + 1
    assert reader.query(count).to_pylist()[0]["n"] == before + 1


def test_files_that_a_writer_takes_away_are_no_damage(tmp_path: Path) -> None:
    store = filled(tmp_path, 20)
    texts = "SELECT count(*) AS n FROM texts"
    before = store.query(texts).to_pylist()[0]["n"]
    files = store._files
    asked: list[int] = []

    def outdated() -> dict[str, list[Path]]:
        found = files()
        if not asked:  # what was listed is replaced before it is read
            asked.append(1)
            with open_store(tmp_path).writer() as writer:
                writer.add(invented.coded(900))
            found["documents"] = [tmp_path / "documents" / "part-gone.parquet"]
        return found

    store.close()
    (tmp_path / "index.duckdb").unlink()
    store._files = outdated  # type: ignore[method-assign]
    assert store.query(texts).to_pylist()[0]["n"] == before + 1
    assert store.damaged == []


def test_threads_with_stores_of_their_own_build_at_once(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    filled(tmp_path, 20)
    with ThreadPoolExecutor(6) as threads:
        for n in range(3):
            with open_store(tmp_path).writer() as writer:
                writer.add(invented.coded(900 + n))
            found = list(threads.map(lambda _: open_store(tmp_path).query("SELECT count(*) AS n FROM texts").to_pylist()[0]["n"], range(6)))
            assert len(set(found)) == 1, found
    assert not list(tmp_path.glob(".index-*"))


def test_tables_are_relations_also_when_empty(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    tables = store.tables()
    assert {"documents", "events", "dyads", "stories", "texts"} <= set(tables)
    assert all(not t.fetchall() for t in tables.values())


def test_rows_say_who_made_them(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for n, options in enumerate((Options(), Options(threshold=0.9), Options(threads=2))):
        with store.writer(options) as writer:
            writer.add(invented.coded(n))
    makers = store.rows("makers").to_pylist()
    assert len(makers) == 2  # threads do not change what comes out
    assert all(any(k.startswith("ontology ") for k in m["knowledge"]) for m in makers)
    assert set(store.rows("documents").column("made_by").to_pylist()) == {m["id"] for m in makers}


def test_recoded_rows_take_the_place_of_old_ones(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.writer() as writer:
        writer.add(invented.coded(1))
    with store.writer(Options(threshold=0.9)) as writer:
        writer.add(dataclasses.replace(invented.coded(1), events=()), anew=True)
    assert writer.counts["recoded"] == 1
    assert store.rows("events").num_rows == 0
    assert store.rows("corrections", ["reason"]).to_pylist() == [{"reason": "recoded"}]


def test_what_was_set_aside_is_kept_once(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for _ in range(2):
        with store.writer() as writer:
            writer.set_aside(SetAside("page.html", "documents", "language: fr"))
    assert [r["reason"] for r in store.rows("set_aside").to_pylist()] == ["language: fr"]


@pytest.mark.parametrize("table", ["events", "documents", "notes", "set_aside"])
def test_a_damaged_part_is_named_set_aside_and_coded_again(tmp_path: Path, table: str) -> None:
    store = filled(tmp_path)
    with store.writer() as writer:
        writer.set_aside(SetAside("x", "y", "z"))
    before = contents(tmp_path)
    hurt = layout.parts(tmp_path, table)[0]
    content = bytearray(hurt.read_bytes())
    for at in range(4, len(content) - 200, 7):
        content[at] ^= 0x55
    hurt.write_bytes(content)
    fresh = open_store(tmp_path)
    assert [e.where for e in fresh.check()] == [str(hurt)]
    assert fresh.query("SELECT count(*) AS n FROM documents").to_pylist()[0]["n"] > 0
    with fresh.writer() as writer:
        writer.has("0" * 16)
        if table in ("events", "notes"):  # found when it is read, at the latest when its day grows
            writer._load(check=True)
        for one in invented.pages(0, 40):
            writer.add(one)
        writer.set_aside(SetAside("x", "y", "z"))
    assert [e.where for e in writer.damaged] == [str(hurt)]
    assert len(list((tmp_path / "damaged").rglob("part-*"))) == 1
    assert {k: v for k, v in contents(tmp_path).items() if "superseded" not in k and k != "corrections"} == {
        k: v for k, v in before.items() if "superseded" not in k and k != "corrections"
    }


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, 20)
    before = contents(tmp_path)
    real, calls = pq.write_table, []

    def full(table: object, where: str, **more: object) -> None:
        calls.append(where)
        if len(calls) > 5:
            raise OSError(28, "No space left on device")
        real(table, where, **more)

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OutputError, match="No space left"), open_store(tmp_path).writer() as writer:
        for one in invented.pages(0, 40):
            writer.add(one)
    assert contents(tmp_path) == before
    assert not list((tmp_path / "staging").iterdir())
    monkeypatch.undo()
    filled(tmp_path, 40)
    filled(tmp_path.with_name("undisturbed"), 40)
    assert contents(tmp_path) == contents(tmp_path.with_name("undisturbed"))


def test_folders_that_cannot_be_stores(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot make a store"):
        open_store(tmp_path / "file" / "store")
    with pytest.raises(InputError, match="no store here"):
        open_store(tmp_path / "nowhere", create=False)
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "store.json").write_text(json.dumps({"whowhom store": layout.LAYOUT + 1}))
    with pytest.raises(InputError, match="update whowhom"):
        open_store(tmp_path / "later")


def test_a_part_begins_anew_when_it_is_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change, "PART_BYTES", 1)
    filled(tmp_path, 40, size=8)
    assert max(sum(1 for _ in d.iterdir()) for d in (tmp_path / "documents").iterdir()) > 1
    monkeypatch.undo()
    filled(tmp_path.with_name("few"), 40)
    assert contents(tmp_path) == contents(tmp_path.with_name("few"))
