"""The store: same bytes for same rows, safe paths, all readers alike."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rows import assemble
from pipeline.store import commit, lock, open_for_reading, open_for_writing, read_catalogue, stage
from pipeline.store.parquet import parquet_bytes, relative_path, safe_agency, safe_year
from schemas.datasets import PER_DOCUMENT, SCHEMA_VERSION
from schemas.errors import UnusableOutput

ORIGIN = assemble.Origin("0" * 16, "folder/a.txt", ("folder/b.txt",), "0" * 64, "0.1.0+abc")


@pytest.fixture
def out(tmp_path: Path, sample) -> Path:
    out = tmp_path / "out"
    open_for_writing(out)
    rows = assemble.rows_of(*sample, ORIGIN)
    commit(out, stage(out, "x", rows, "dinas-kebun-kota-sukamaju", 2024, ORIGIN.document_id))
    return out


def test_same_rows_same_bytes(sample):
    rows = assemble.rows_of(*sample, ORIGIN)
    for name, records in rows.items():
        assert parquet_bytes(name, records) == parquet_bytes(name, [dict(r) for r in records])


def test_paths_of_the_contract(out: Path):
    below = "agency=dinas-kebun-kota-sukamaju/year=2024/0000000000000000.parquet"
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.parquet")) == sorted(
        f"{dataset.name}/{below}" for dataset in PER_DOCUMENT
    )
    assert not (out / "_staging" / "x").exists()


@pytest.mark.parametrize("dataset", [d.name for d in PER_DOCUMENT])
def test_all_readers_agree(out: Path, dataset: str):
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow.dataset as ds

    arrow = ds.dataset(out / dataset, format="parquet", partitioning="hive").to_table()
    glob = f"{out}/{dataset}/**/*.parquet"
    frame = pd.read_parquet(out / dataset)
    polar = pl.scan_parquet(glob, hive_partitioning=True).collect()
    duck = duckdb.sql(f"select * from read_parquet('{glob}', hive_partitioning = true)").fetchall()
    assert arrow.num_rows == len(frame) == polar.height == len(duck) > 0
    assert set(arrow.column_names) == set(frame.columns) == set(polar.columns)
    assert arrow.schema.metadata[b"schema_version"] == str(SCHEMA_VERSION).encode()
    assert {str(y) for y in frame["year"].tolist()} == {"2024"}


def test_money_is_a_decimal_in_every_reader(out: Path):
    import duckdb
    import pandas as pd
    import polars as pl

    glob = f"{out}/anggaran/**/*.parquet"
    want = Decimal("1000.00")
    assert pd.read_parquet(out / "anggaran")["anggaran"].iloc[0] == want
    assert pl.read_parquet(glob)["anggaran"][0] == want
    assert duckdb.sql(f"select anggaran from '{glob}' limit 1").fetchall()[0][0] == want


def test_catalogue_knows_what_is_there(out: Path):
    (entry,) = read_catalogue(out)
    assert (entry.names, entry.status, entry.agency, entry.year) == (
        ("folder/a.txt", "folder/b.txt"),
        "ok",
        "dinas-kebun-kota-sukamaju",
        2024,
    )
    assert all((out / path).exists() for path in entry.paths)


def test_damaged_dokumen_is_one_sentence(out: Path):
    path = next((out / "dokumen").rglob("*.parquet"))
    path.write_bytes(b"PAR1 not really")
    with pytest.raises(UnusableOutput, match="rusak"):
        read_catalogue(out)


@given(st.text())
def test_agency_never_leaves_its_folder(name: str):
    slug = safe_agency(name)
    assert 0 < len(slug) <= 180
    path = relative_path("dokumen", name, 2024, "0" * 16)
    assert len(path.parts) == 4
    assert ".." not in path.parts


def test_strange_years_are_unknown():
    assert [safe_year(y) for y in (2024, 0, -1, 20244)] == [2024, 0, 0, 0]


def test_out_that_cannot_be_used(tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(UnusableOutput, match="berkas, bukan folder"):
        open_for_writing(file)
    with pytest.raises(UnusableOutput, match="tidak ada"):
        open_for_reading(tmp_path / "none")
    with pytest.raises(UnusableOutput, match="bukan hasil lkjip"):
        open_for_reading(tmp_path)


def test_out_of_a_newer_version_is_refused(tmp_path: Path):
    open_for_writing(tmp_path)
    marker = tmp_path / "_lkjip.json"
    marker.write_text(json.dumps({"schema_version": SCHEMA_VERSION + 1}))
    for call in (open_for_writing, open_for_reading):
        with pytest.raises(UnusableOutput, match="lebih baru"):
            call(tmp_path)
    marker.write_text("{")
    with pytest.raises(UnusableOutput, match="rusak"):
        open_for_writing(tmp_path)


def test_two_runs_do_not_mix(tmp_path: Path):
    with lock(tmp_path), pytest.raises(UnusableOutput, match="sedang menulis"), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass
