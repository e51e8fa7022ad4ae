"""The place table: what it holds, how names are filed, and its size."""

from __future__ import annotations

from importlib import resources

from whowhom.knowledge import places
from whowhom.knowledge.places import abbreviated, filed, keys, named


def test_names_are_filed_without_article_and_kind() -> None:
    assert "raqqah" in keys("Ar-Raqqah")
    assert "anbar" in keys("Al Anbar Governorate")
    assert keys("") == ()


def test_known_places() -> None:
    (mosul,) = [r for r in named("Mosul") if r.country == "IRQ" and r.level == "city"]
    assert (round(mosul.latitude), round(mosul.longitude), mosul.region) == (36, 43, "Ninawa")
    assert mosul.population > 1_000_000
    assert named("Kosovo")[0].country == "KOS"
    assert {r.country for r in named("Tripoli")} >= {"LBY", "LBN"}
    assert named("Qzwxv") == () == filed("")


def test_abbreviations_only_as_written() -> None:
    assert abbreviated("Ala.") is not None
    assert abbreviated("in") is None


def test_the_table_is_small_and_names_its_source() -> None:
    import pyarrow.parquet as pq

    folder = resources.files(places.__name__)
    files = [folder.joinpath(n) for n in ("places.parquet", "names.parquet")]
    total = 0
    for file in files:
        with resources.as_file(file) as path:
            total += path.stat().st_size
            assert b"GeoNames" in pq.read_schema(path).metadata[b"source"]
    assert total < 8_000_000
