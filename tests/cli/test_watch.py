"""`whowhom watch` against a site of this machine."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whowhom.cli.app import app
from whowhom.store import open_store

pytest.importorskip("feedparser")
pytest.importorskip("protego")
run = CliRunner()
_spec = importlib.util.spec_from_file_location("watch_site", Path(__file__).parent.parent / "pages" / "watch" / "site.py")
assert _spec and _spec.loader
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)

TEXT = (
    "The president of Chad met the president of Niger on Monday in the old palace. They talked for two hours. "
    "Soldiers of Chad killed five rebels near the lake on Sunday, the army said."
)


def test_what_is_new_is_coded_once_and_what_is_private_only_when_meant(tmp_path: Path) -> None:
    with _module.serving() as site:
        site.add("a", TEXT)
        feed, out = f"{site.base}/feed", tmp_path / "out"
        refused = run.invoke(app, ["watch", feed, "-o", str(tmp_path / "no")])
        assert "private" in refused.output and site.asked == []
        done = run.invoke(app, ["watch", feed, "-o", str(out), "--allow-private", "--contact", "mailto:me@example.org"])
        assert done.exit_code == 0 and "1 new" in done.output and "1 documents coded" in done.output, done.output
        assert all("mailto:me@example.org" in h["User-Agent"] and h["User-Agent"].startswith("whowhom/") for _, h in site.asked)
        again = run.invoke(app, ["watch", feed, "-o", str(out), "--allow-private"])
        assert "unchanged" in again.output and "coded" not in again.output
    store = open_store(out, create=False)
    assert store.rows("documents", ["publisher", "date"]).to_pylist() == [{"publisher": "The Post", "date": "2021-12-16"}]
    assert "CONSULT" in store.rows("events").column("event").to_pylist()


def test_every_looks_again_until_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    with _module.serving() as site:
        monkeypatch.setattr(time, "sleep", sleep)
        site.answers["/feed"] = "<rss version='2.0'><channel><title>x</title></channel></rss>"
        done = run.invoke(app, ["watch", f"{site.base}/feed", "-o", str(tmp_path / "o"), "--allow-private", "--every", "15"])
        assert done.exit_code == 130 and "goes on from there" in done.output
        assert all(890 < s <= 900 for s in slept) and site.count("/feed") == 1  # it has no entry: a failure, backed off from


def test_a_file_is_no_feed_to_watch(tmp_path: Path) -> None:
    done = run.invoke(app, ["watch", "feed.xml", "-o", str(tmp_path / "o")])
    assert "whowhom code" in str(done.exception)
