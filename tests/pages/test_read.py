"""Files, folders, streams, records and tables, good and bad."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whowhom.errors import InputError
from whowhom.model import Page, SetAside
from whowhom.pages import ReadOptions, read
from whowhom.pages.records import day
from whowhom.pages.sniff import kind

HTML = b"<!doctype html><html><head><title>T</title></head><body><p>Hello there.</p></body></html>"


def one(path: Path | str, **options: object) -> Page | SetAside:
    found = list(read([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def refused(path: Path | str, reason: str, **options: object) -> None:
    found = one(path, **options)
    assert isinstance(found, SetAside), found
    assert reason in found.reason
    assert "\n" not in str(found)
    assert found.stage == "pages"


def file(tmp_path: Path, name: str, body: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(body)
    return path


def test_html_and_text_are_told_by_their_bytes(tmp_path: Path) -> None:
    page = one(file(tmp_path, "a.txt", HTML), date="2024-05-01", publisher="The Post")
    assert isinstance(page, Page)
    assert (page.media, page.date, page.publisher, page.body) == ("html", "2024-05-01", "The Post", HTML)
    plain = one(file(tmp_path, "b.html", b"Prices < 5 and > 3 rose.\n\nThe end."))
    assert isinstance(plain, Page) and plain.media == "text"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"<p>One</p><p>Two</p>", "html"), (b"\xef\xbb\xbf<html><body>x", "html"), ("<html><body>x</body>".encode("utf-16"), "html"),
        ("Plain words only".encode("utf-16-le"), "text"), (b'{"text": "a"}\n', "jsonl"), (b'{\n "text": "a"}', "json"), (b'[{"text": "a"}]', "json"),
        (b"%PDF-1.7 ...", "binary: a PDF file"), (b"\x89PNG\r\n", "binary: an image"), (b"ab\x00\x01\x02cd", "binary: binary data"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel>', "feed"), (b"WARC/1.0\r\n", "warc"), (b"PAR1....", "parquet"), (b" \n\t", "empty"),
        (b"[UPDATE] The minister left.", "text"), (b"{Reuters} The minister left.", "text"), ("«Нет», сказал он.".encode(), "text"),
    ],
)  # fmt: skip
def test_kinds(body: bytes, wanted: str) -> None:
    assert kind(body) == wanted


def test_bad_files_are_set_aside_with_reason(tmp_path: Path) -> None:
    refused(tmp_path / "none.txt", "no such file")
    refused(file(tmp_path, "empty.txt", b""), "empty")
    refused(file(tmp_path, "white.txt", b" \n" * 20_000), "empty")
    refused(file(tmp_path, "x.pdf", b"%PDF-1.4 stuff"), "a PDF file")
    refused(file(tmp_path, "big.txt", b"word " * 1000), "larger than 1 kB", max_bytes=1000)
    refused(file(tmp_path, "late.txt", b"word " * 2000 + bytes(5000)), "binary data")
    refused("/dev/null", "neither a file nor a folder")
    refused("a\x00b", "no file name")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    refused(tmp_path / "shut", "may not be read")


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden.txt", ".git/x.txt", "c.bin"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\x00\x01" if name == "c.bin" else b"Some words.")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(read([str(tmp_path)]))
    assert [Path(f.source).name for f in found if isinstance(f, Page)] == ["b.txt", "1.txt", "2.txt"]
    assert [Path(f.source).name for f in found if isinstance(f, SetAside)] == ["c.bin", "loop"] or len(found) == 4
    (tmp_path / "bare").mkdir()
    refused(tmp_path / "bare", "no file in this folder")


def test_json_lines_name_the_line(tmp_path: Path) -> None:
    rows = [
        b'{"text": "One.", "url": "https://example.org/1", "date": "2021-12-16T10:00:00Z", "title": "T", "publisher": "P"}',
        b'{"text": "broken',
        b"",
        b'{"url": "https://example.org/3"}',
        b'{"html": "<p>Two</p>"}',
        b'{"text": "x", "date": "2021-02-30"}',
        b"[1, 2]",
        b'{"text": "\\ud800 lone"}',
        b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"\xff\xfe",
        b'{"text": "   "}',
    ]
    path = file(tmp_path, "r.jsonl", b"\n".join(rows))
    found = list(read([str(path)], ReadOptions(date="2020-01-01", publisher="Mine")))
    assert [f.source.rpartition(":")[2] for f in found] == ["1", "2", "4", "5", "6", "7", "8", "9", "10", "11"]
    first = found[0]
    assert isinstance(first, Page)
    assert (first.url, first.date, first.title, first.publisher, first.media) == ("https://example.org/1", "2021-12-16", "T", "P", "text")
    two = found[3]
    assert isinstance(two, Page) and (two.media, two.date, two.publisher) == ("html", "2020-01-01", "Mine")
    reasons = [f.reason for f in found if isinstance(f, SetAside)]
    assert "broken JSON" in reasons[0] and "neither" in reasons[1] and "is no day" in reasons[2] and "no JSON object" in reasons[3]


def test_an_overlong_line_is_skipped_and_reading_goes_on(tmp_path: Path) -> None:
    path = file(tmp_path, "r.jsonl", b'{"text": "' + b"a" * 20_000 + b'"}\n{"text": "ok."}\n')
    found = list(read([str(path)], ReadOptions(max_bytes=1000)))
    assert [type(f).__name__ for f in found] == ["SetAside", "Page"]


def test_packed_files_are_read_and_bombs_bounded(tmp_path: Path) -> None:
    page = one(file(tmp_path, "p.html.gz", gzip.compress(HTML)))
    assert isinstance(page, Page) and page.media == "html"
    lines = one(file(tmp_path, "p.jsonl.gz", gzip.compress(b'{"text": "One."}\n')))
    assert isinstance(lines, Page) and lines.source.endswith(":1")
    refused(file(tmp_path, "bomb.gz", gzip.compress(b"a" * 30_000_000)), "larger than")
    refused(file(tmp_path, "bomb.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * 30_000_000)), "does not end", max_bytes=10_000)
    refused(file(tmp_path, "cut.gz", gzip.compress(os.urandom(5000).hex().encode())[:-900]), "damaged")
    refused(file(tmp_path, "thrice.gz", gzip.compress(gzip.compress(gzip.compress(HTML)))), "packed more than twice")


def test_zstd(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    packed = pa.compress(b'{"text": "One."}\n', codec="zstd", asbytes=True)
    assert isinstance(one(file(tmp_path, "p.jsonl.zst", packed)), Page)


def test_json_arrays_and_objects(tmp_path: Path) -> None:
    found = list(read([str(file(tmp_path, "r.json", json.dumps([{"text": "a b"}, 3, {"html": "<p>x"}], indent=1).encode()))]))
    assert [f.source[-3:] for f in found] == ["[0]", "[1]", "[2]"]
    assert isinstance(one(file(tmp_path, "o.json", b'{\n"text": "a b"\n}')), Page)
    refused(file(tmp_path, "bad.json", b'[{"text": 1,,}]'), "broken JSON")


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    import datetime

    table = pa.table({"text": ["One.", None, "Three."], "date": [datetime.date(2020, 1, 2), None, None], "n": [1, 2, 3]})
    pq.write_table(table, tmp_path / "t.parquet")
    found = list(read([str(tmp_path / "t.parquet")]))
    assert [type(f).__name__ for f in found] == ["Page", "SetAside", "Page"]
    assert isinstance(found[0], Page) and (found[0].date, found[0].source[-2:]) == ("2020-01-02", ":1")
    pq.write_table(pa.table({"body": ["x y"]}), tmp_path / "u.parquet")
    refused(tmp_path / "u.parquet", "no column text or html")
    assert isinstance(one(tmp_path / "u.parquet", text_column="body"), Page)
    refused(file(tmp_path, "broken.parquet", (tmp_path / "t.parquet").read_bytes()[:-9]), "damaged Parquet")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b'{"text": "One."}\n{"text": "Two."}\n')

    monkeypatch.setattr("sys.stdin", Stdin)
    assert [f.source for f in read(["-"])] == ["-:1", "-:2"]


def test_reading_is_lazy_and_goes_on_after_failures(tmp_path: Path) -> None:
    def inputs() -> Iterator[str]:
        yield str(tmp_path / "none")
        yield str(file(tmp_path, "a.txt", b"Words."))
        raise AssertionError("read too far")

    found = read(inputs())
    assert isinstance(next(found), SetAside)
    assert isinstance(next(found), Page)


def test_a_wrong_setting_raises() -> None:
    with pytest.raises(InputError, match="no day"):
        read([], ReadOptions(date="2021-13-01"))


@pytest.mark.parametrize(
    ("given_date", "wanted"),
    [
        ("2021-12-16", "2021-12-16"), ("20211216", "2021-12-16"), (20211216, "2021-12-16"), ("2021-12-16 10:00", "2021-12-16"),
        ("2021-12", "2021-12"), ("2021", "2021"), ("Thu, 16 Dec 2021 10:00:00 GMT", "2021-12-16"), (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_days(given_date: object, wanted: str) -> None:
    assert day(given_date) == wanted


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(["x.txt", "x.jsonl", "x.json", "x.gz", "x.parquet"]))
def test_random_bytes_never_raise(tmp_path: Path, body: bytes, name: str) -> None:
    assert list(read([str(file(tmp_path, name, body))]))


FORMATS = [b"PAR1" * 60, gzip.compress(HTML * 3), b'{"text": "a b c"}\n' * 12, b"\x28\xb5\x2f\xfd" * 40]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 200), st.binary(max_size=6), st.sampled_from(FORMATS))
def test_damaged_formats_never_raise(tmp_path: Path, at: int, put: bytes, body: bytes) -> None:
    assert list(read([str(file(tmp_path, "x.bin", body[:at] + put + body[at + len(put) :]))]))
