"""Worker processes with the packaged model: same rows whatever the workers, lost workers, limits, resume."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from whowhom.config import Options
from whowhom.errors import InputError, ModelError
from whowhom.model import Page, SetAside
from whowhom.scale import Limits, run
from whowhom.scale.local import LocalEngine
from whowhom.scale.run import open_engine
from whowhom.scale.shard import cut
from whowhom.schema import row

LIMITS = Limits(shard_pages=2)
OPTIONS = Options(threads=1)


def pages() -> list[Page | SetAside]:
    texts = [f"Police in Nakuru arrested {n} traders on Friday. Kenya accused Uganda of closing the border post." for n in range(3, 9)]
    found: list[Page | SetAside] = [Page(f"p{n}", t.encode(), "text", date="2023-03-04") for n, t in enumerate(texts)]
    return [*found[:3], SetAside("gone", "pages", "no such file"), *found[3:]]


def code(workers: int) -> list[object]:
    out = [r for o in LocalEngine(OPTIONS, LIMITS, workers).run(cut(pages(), LIMITS)) for r in o.results]
    return [row(r) for r in out]


@pytest.fixture(scope="module")
def rows() -> list[object]:
    return code(1)


def test_two_workers_give_the_rows_of_one_in_the_same_order(rows: list[object]) -> None:
    assert len(rows) == 7 and code(2) == rows


def test_a_killed_worker_costs_nothing_but_time(rows: list[object]) -> None:
    engine = LocalEngine(OPTIONS, LIMITS, 1)
    found = []
    for outcome in engine.run(cut(pages(), LIMITS)):
        found += [row(r) for r in outcome.results]
        if not engine.lost and len(found) < 4:
            os.kill(engine.pids()[0], signal.SIGKILL)
    assert found == rows and engine.lost == 1


def test_a_run_is_stored_reported_and_not_done_twice(tmp_path: Path) -> None:
    from whowhom.store import open_store

    report = run(pages(), tmp_path / "s", engine="local", workers=1, limits=LIMITS)
    assert (report.documents, report.set_aside, report.shards) == (6, 1, 4)
    assert report.stages["encoder"] > 0 and report.sentences >= 12
    assert report.rejects == {"pages: no such file": 1}
    again = run(pages(), tmp_path / "s", engine="local", workers=1, limits=LIMITS)
    assert (again.documents, again.shards_known) == (0, 4)
    assert open_store(tmp_path / "s").rows("documents").num_rows == 6
    assert len(list((tmp_path / "s" / "runs").glob("run-*.json"))) == 2


def test_a_run_that_is_stopped_keeps_and_marks_what_it_did(tmp_path: Path) -> None:
    from whowhom.store import open_store

    seen = 0

    def stop(one: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(pages(), tmp_path / "s", OPTIONS, engine="here", limits=LIMITS, each=stop)
    assert open_store(tmp_path / "s").rows("documents").num_rows == 3
    rest = run(pages(), tmp_path / "s", OPTIONS, engine="local", workers=1, limits=LIMITS)
    assert (rest.shards_known, rest.pages_known, rest.documents) == (2, 4, 3)
    assert open_store(tmp_path / "s").rows("documents").num_rows == 6


def test_in_this_process_a_known_page_is_not_coded_again(tmp_path: Path) -> None:
    run(pages()[:3], tmp_path / "s", OPTIONS, engine="here", limits=LIMITS)
    again = run(pages()[:3], tmp_path / "s", OPTIONS, engine="here", limits=Limits(shard_pages=3))
    assert (again.documents, again.pages_known, again.shards_known) == (0, 3, 0)


def test_a_missing_model_stops_the_run_with_its_name() -> None:
    with pytest.raises(ModelError, match="nonesuch"):
        list(LocalEngine(Options(model="nonesuch"), LIMITS, 1).run(cut(pages()[:1], LIMITS)))


def test_an_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="local, ray"):
        open_engine("spark", OPTIONS, LIMITS)


def test_the_engine_ends_its_workers_when_it_is_left_early() -> None:
    engine = LocalEngine(OPTIONS, LIMITS, 1)
    stream = engine.run(cut(pages(), LIMITS))
    next(stream)
    pid = engine.pids()[0]
    stream.close()
    time.sleep(0.1)
    assert not engine.pids()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
