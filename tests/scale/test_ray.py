"""The Ray engine on this machine: the rows of one process, also when a worker is killed. Skipped without Ray."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from whowhom.config import Options
from whowhom.errors import ModelError
from whowhom.model import Page, SetAside
from whowhom.scale import Limits, run
from whowhom.scale.here import HereEngine
from whowhom.scale.run import open_engine
from whowhom.scale.shard import cut
from whowhom.schema import row

ray = pytest.importorskip("ray")
LIMITS, OPTIONS = Limits(shard_pages=2), Options(threads=1)


def pages() -> list[Page | SetAside]:
    texts = [f"Police in Nakuru arrested {n} traders on Friday. Kenya accused Uganda of closing the border post." for n in range(3, 17)]
    found: list[Page | SetAside] = [Page(f"p{n}", t.encode(), "text", date="2023-03-04") for n, t in enumerate(texts)]
    return [*found[:3], SetAside("gone", "pages", "no such file"), *found[3:]]


@pytest.fixture(scope="module", autouse=True)
def node() -> Iterator[None]:
    """One Ray for all tests: the engine uses a node that is there."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def rows() -> list[object]:
    return [row(r) for o in HereEngine(OPTIONS, LIMITS).run(cut(pages(), LIMITS)) for r in o.results]


def test_two_workers_give_the_rows_of_one_process_and_a_killed_one_costs_nothing_but_time(rows: list[object]) -> None:
    engine = open_engine("ray", OPTIONS, LIMITS, 2)
    found: list[object] = []
    for outcome in engine.run(cut(pages(), LIMITS)):
        if not found:
            os.kill(engine.pids()[0], signal.SIGKILL)  # type: ignore[attr-defined]
        found += [row(r) for r in outcome.results]
    assert found == rows and engine.peak_bytes > 0


def test_a_run_on_ray_is_stored_and_passed_over_by_another_engine(tmp_path: Path) -> None:
    report = run(pages()[:5], tmp_path / "s", OPTIONS, engine="ray", workers=1, limits=LIMITS)
    assert (report.engine, report.documents, report.set_aside) == ("ray", 4, 1)
    again = run(pages()[:5], tmp_path / "s", OPTIONS, engine="here", limits=LIMITS)
    assert (again.documents, again.pages_known) == (0, 5)


def test_a_missing_model_stops_the_run_with_its_name() -> None:
    with pytest.raises(ModelError, match="nonesuch"):
        list(open_engine("ray", Options(model="nonesuch"), LIMITS, 1).run(cut(pages()[:1], LIMITS)))
