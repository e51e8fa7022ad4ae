"""Broken, truncated and hostile inputs: every good record is read, what is not is named, and memory stays bounded."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from whowhom.model import Page, SetAside
from whowhom.pages import ReadOptions, read
from whowhom.pages.gunzip import Gunzip
from whowhom.pages.window import Window

LINES = b"".join(b"line %d of a file with words\n" % n for n in range(30_000))


def unpacked(data: bytes) -> tuple[bytes, Gunzip]:
    gunzip = Gunzip(io.BytesIO(data))
    return io.BufferedReader(gunzip).read(), gunzip


def noise(n: int, size: int) -> bytes:
    return random.Random(n).randbytes(size)


# gzip -------------------------------------------------------------------------------------------------------------


def test_sound_gzip_is_unpacked_as_python_does() -> None:
    rng = random.Random(1)
    for n in range(60):
        parts = [noise(n, rng.randrange(0, 3000)).hex().encode() for _ in range(rng.randrange(1, 6))]
        data, gunzip = unpacked(b"".join(map(gzip.compress, parts)) + bytes(rng.choice((0, 3, 100_000))))
        assert data == b"".join(parts) and not gunzip.gaps
    assert unpacked(gzip.compress(LINES))[0] == LINES and unpacked(b"")[0] == b""


@pytest.mark.parametrize("broken", ["cut", "flip", "head", "noise"])
def test_what_stands_around_damage_is_kept(broken: str) -> None:
    first, middle, last = LINES[:200_000], LINES[200_000:400_000], LINES[400_000:]
    packed = bytearray(gzip.compress(middle))
    if broken == "cut":
        packed = packed[: len(packed) // 2]
    elif broken == "noise":
        packed = bytearray(noise(3, 200_000))
    else:
        packed[len(packed) // 2 if broken == "flip" else 1] ^= 0xFF
    data, gunzip = unpacked(gzip.compress(first) + bytes(packed) + gzip.compress(last))
    assert data.startswith(first) and data.endswith(b"\n" + last) and len(gunzip.gaps) == 1
    assert gunzip.gaps[0].inside == (broken in ("cut", "flip"))
    if broken == "cut":
        assert data[len(first) :].startswith(middle[:50_000])


def test_it_can_begin_again_and_be_strict() -> None:
    stream = io.BufferedReader(Gunzip(io.BytesIO(gzip.compress(LINES))))
    stream.seek(300_000)
    assert stream.read(100) == LINES[300_000:300_100]
    stream.seek(5)
    assert stream.read(100) == LINES[5:105] and stream.tell() == 105
    strict = Gunzip(io.BytesIO(gzip.compress(LINES)[:-100]))
    strict.strict = True
    with pytest.raises(EOFError):
        io.BufferedReader(strict).read()


def test_a_window_goes_back_as_far_as_it_keeps() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    window = Window(Pipe(LINES))
    assert window.read(100_000) == LINES[:100_000]
    window.forget(40_000)
    assert window.seek(50_000) == 50_000 and window.read(10) == LINES[50_000:50_010]
    assert window.find(b"line", 60_000) == LINES.find(b"line", 60_000)
    assert window.seek(10) == 40_000  # the first that is there
    assert b"".join(iter(lambda: window.read(7777), b"")) == LINES[40_000:]


# WARC -------------------------------------------------------------------------------------------------------------

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s\r\n"
HEAD = (
    b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://example.org/%d\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: application/http; msgtype=%s\r\nContent-Length: %d\r\n\r\n"
)


def record(n: int, kind: bytes = b"response") -> bytes:
    body = HTTP % b"" + b"<html><body><p>Number %d. %s</p></body></html>" % (n, noise(n, 1500).hex().encode())
    return HEAD % (kind, n, kind, len(body)) + body + b"\r\n\r\n"


GOOD = [record(n) for n in range(6)]


def found(path: Path, data: bytes, **options: int) -> tuple[list[int], list[SetAside]]:
    """Numbers of the pages whose text is whole, and what was set aside."""
    pytest.importorskip("fastwarc")
    path.write_bytes(data)
    some = list(read([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    pages = [p for p in some if isinstance(p, Page)]
    whole = [int(p.url.rpartition("/")[2]) for p in pages if p.body.endswith(b"</html>") and b"WARC/" not in p.body]
    return whole, [p for p in some if isinstance(p, SetAside)]


def flipped(data: bytes, at: int) -> bytes:
    out = bytearray(data)
    out[at] ^= 0xFF
    return bytes(out)


def length(data: bytes, change: Callable[[int], bytes]) -> bytes:
    return re.sub(rb"Content-Length: (\d+)", lambda m: b"Content-Length: " + change(int(m[1])), data, count=1)


PACKED = {
    "flip": lambda z: flipped(z, len(z) // 2), "crc": lambda z: flipped(z, len(z) - 6), "head": lambda z: flipped(z, 1),
    "half": lambda z: z[: len(z) // 2], "noise": lambda z: noise(9, 7000), "nothing left": lambda z: z[:3],
}  # fmt: skip


@pytest.mark.parametrize("damage", PACKED)
def test_a_broken_member_costs_its_record(tmp_path: Path, damage: str) -> None:
    members = [gzip.compress(g) for g in GOOD]
    members[2] = PACKED[damage](members[2])
    whole, aside = found(tmp_path / "a.warc.gz", b"".join(members))
    assert whole == [0, 1, 3, 4, 5] and len(aside) == 1


def test_a_truncated_archive_names_its_last_record(tmp_path: Path) -> None:
    for path, data in ((tmp_path / "a.warc.gz", b"".join(map(gzip.compress, GOOD))), (tmp_path / "a.warc", b"".join(GOOD))):
        whole, aside = found(path, data[:-300])
        assert whole == [0, 1, 2, 3, 4] and len(aside) == 1


def test_what_stands_before_a_break_in_one_large_member_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(GOOD))
    whole, aside = found(tmp_path / "a.warc.gz", flipped(packed, len(packed) * 2 // 3))
    assert whole[:3] == [0, 1, 2] and len(whole) < 6 and aside


WRONG: dict[str, Callable[[int], bytes]] = {
    "too long": lambda n: b"%d" % (n + 700), "swallows two": lambda n: b"%d" % (n + 4000), "beyond the end": lambda n: b"%d" % (n + 10**9),
    "huge": lambda n: b"9" * 20, "negative": lambda n: b"-5", "a word": lambda n: b"abc", "none": lambda n: b"",
}  # fmt: skip


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("kind", [b"response", b"request"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_length_costs_no_other_record(tmp_path: Path, wrong: str, kind: bytes, packed: bool) -> None:
    records = list(GOOD)
    records[2] = length(record(2, kind), WRONG[wrong])
    whole, aside = found(tmp_path / ("a.warc.gz" if packed else "a.warc"), b"".join(map(gzip.compress, records) if packed else records))
    assert [n for n in whole if n != 2] == [0, 1, 3, 4, 5]
    assert kind == b"request" or 2 in whole or any("#3" in a.source for a in aside)


def test_a_length_that_is_too_short_is_named(tmp_path: Path) -> None:
    records = list(GOOD)
    records[2] = length(GOOD[2], lambda n: b"%d" % (n - 700))
    whole, aside = found(tmp_path / "a.warc", b"".join(records))
    assert whole == [0, 1, 3, 4, 5] and "damaged between bytes" in aside[0].reason


def test_a_broken_head_is_named(tmp_path: Path) -> None:
    whole, aside = found(tmp_path / "a.warc", b"".join([*GOOD[:2], b"\x00\xff" * 50 + GOOD[2][100:], *GOOD[3:]]))
    assert whole == [0, 1, 3, 4, 5] and len(aside) == 1


def test_any_damage_at_all_leaves_the_records_far_from_it(tmp_path: Path) -> None:
    plain, members = b"".join(GOOD), [gzip.compress(g) for g in GOOD]
    for seed in range(40):
        rng = random.Random(seed)
        at, size = rng.randrange(6), rng.choice((1, 50, 900))
        z = list(members)
        begin = rng.randrange(len(z[at]))
        z[at] = z[at][:begin] + noise(seed, size) + z[at][begin + size :]
        whole, aside = found(tmp_path / "a.warc.gz", b"".join(z))
        assert set(range(6)) - {at, at + 1} <= set(whole), seed
        assert len(whole) == 6 or aside, seed
        begin = rng.randrange(len(plain))
        whole, aside = found(tmp_path / "a.warc", plain[:begin] + noise(seed, size) + plain[begin + size :])
        assert len(whole) >= 4, seed


def bomb(head: bytes, megabytes: int, tail: bytes) -> bytes:
    """A gzip member of a head, so many megabytes of one letter, and a tail; made without unpacking it."""

    def part(data: bytes, last: bool = False) -> bytes:
        machine = zlib.compressobj(6, zlib.DEFLATED, -15)
        return machine.compress(data) + machine.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)

    block = b"a" * (1 << 20)
    crc = zlib.crc32(head)
    for _ in range(megabytes):
        crc = zlib.crc32(block, crc)
    size = len(head) + (megabytes << 20) + len(tail)
    packed = part(head) + part(block) * megabytes + part(tail, True)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed + struct.pack("<II", zlib.crc32(tail, crc), size & 0xFFFFFFFF)


def warc_bomb(megabytes: int) -> bytes:
    http = HTTP % b""
    return bomb(HEAD % (b"response", 9, b"response", len(http) + (megabytes << 20)) + http, megabytes, b"\r\n\r\n")


def test_a_bomb_is_set_aside_and_what_follows_is_read(tmp_path: Path) -> None:
    first, last = gzip.compress(GOOD[0]), gzip.compress(GOOD[1])
    whole, aside = found(tmp_path / "a.warc.gz", first + warc_bomb(60) + last, max_bytes=1_000_000)
    assert whole == [0, 1] and "larger than" in aside[0].reason
    whole, aside = found(tmp_path / "b.warc.gz", first + bomb(b"WARC/1.0\r\nWARC-Type: response\r\nX: ", 30, b"\r\n\r\n") + last)
    assert whole == [0, 1] and aside
    inner = HTTP % b"Content-Encoding: gzip\r\n" + bomb(b"<p>", 60, b"</p>")
    inside = HEAD % (b"response", 9, b"response", len(inner)) + inner + b"\r\n\r\n"
    whole, aside = found(tmp_path / "c.warc.gz", first + gzip.compress(inside) + last)
    assert whole == [0, 1] and "when unpacked" in aside[0].reason


@pytest.mark.slow
def test_a_page_of_a_gigabyte_takes_no_memory(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(GOOD[0]) + warc_bomb(1024) + gzip.compress(GOOD[1]))
    lines = tmp_path / "b.jsonl.gz"
    lines.write_bytes(bomb(b'{"text": "Good words."}\n{"text": "', 1024, b'"}\n{"text": "More good words."}\n'))
    code = (
        "import sys; from pathlib import Path; from whowhom.pages import read\n"
        "for one in read(sys.argv[1:]): print(type(one).__name__)\n"
        # Not ru_maxrss: it is inherited from the process that forked, here from all tests together.
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path), str(lines)], capture_output=True, text=True, check=True)
    *kinds, peak = done.stdout.split()
    assert kinds == ["Page", "SetAside", "Page"] * 2
    assert int(peak) * 1024 < 500_000_000


# Lines and tables -------------------------------------------------------------------------------------------------


def test_json_lines_around_damage_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = [json.dumps({"text": f"Number {n}. {noise(n, 900).hex()}"}).encode() + b"\n" for n in range(60)]
    parts = [gzip.compress(b"".join(rows[n : n + 20])) for n in (0, 20, 40)]
    path.write_bytes(parts[0] + parts[1][: len(parts[1]) // 2] + parts[2])
    some = list(read([str(path)]))
    numbers = [int(p.body.split()[1][:-1]) for p in some if isinstance(p, Page)]
    assert numbers[:25] == list(range(25)) and numbers[-20:] == list(range(40, 60))
    reasons = [p.reason for p in some if isinstance(p, SetAside)]
    assert any("broken JSON" in r for r in reasons) and any("damaged at packed bytes" in r for r in reasons)


def test_half_a_packed_page_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(b"<html><body><p>The minister left. " + noise(1, 90_000).hex().encode() + b"</p></body></html>")[:-2000])
    (one,) = read([str(path)])
    assert isinstance(one, SetAside) and "damaged" in one.reason


def test_a_damaged_group_of_rows_costs_its_rows(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    texts = [f"Number {n}. {noise(n, 400).hex()}" for n in range(90)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=30, compression="zstd", write_page_checksum=True, use_dictionary=False)
    data = bytearray(path.read_bytes())
    middle = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data[middle : middle + 400] = bytes(400)
    path.write_bytes(data)
    some = list(read([str(path)]))
    assert [int(p.body.split()[1][:-1]) for p in some if isinstance(p, Page)] == [*range(30), *range(60, 90)]
    (aside,) = [p for p in some if isinstance(p, SetAside)]
    assert "rows 31 to 60 of 90" in aside.reason


def test_a_feed_of_entities_does_not_grow(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    path = tmp_path / "a.xml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "laugh">{levels}]><rss version="2.0"><channel><item><title>&e9;</title></item></channel></rss>'
    )
    assert all(isinstance(p, SetAside) or len(p.body) < 10_000 for p in read([str(path)]))
