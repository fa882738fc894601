"""The DuckDB file other tools open: described, current, and replaced only where it is ours."""

from __future__ import annotations

import errno
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

duckdb = pytest.importorskip("duckdb", reason="the extra dashboard is not installed")

from pipeline.dashboard.export import export  # noqa: E402
from pipeline.review.reviews import set_review  # noqa: E402
from schemas.datasets import DATASETS, PARTITIONS  # noqa: E402
from schemas.errors import BadOption, UnusableOutput  # noqa: E402


@pytest.fixture
def file(out: Path, tmp_path: Path) -> Path:
    file = tmp_path / "lkjip.duckdb"
    export(out, file)
    return file


def test_every_dataset_and_column_is_there_and_described(file: Path):
    with duckdb.connect(str(file), read_only=True) as base:
        columns = {
            (table, column): comment
            for table, column, comment in base.execute(
                "SELECT table_name, column_name, comment FROM duckdb_columns()"
            ).fetchall()
        }
        for dataset in DATASETS:
            for column in (*dataset.columns, *PARTITIONS):
                assert columns[dataset.name, column.name] == f"{column.id}; {column.en}"
        comments = dict(base.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
        assert all(comments.values())
        assert base.execute("SELECT count(*) FROM kamus").fetchone()[0] == sum(len(d.columns) + 2 for d in DATASETS)


def test_the_views_hold_what_dokumen_calls_complete(file: Path):
    with duckdb.connect(str(file), read_only=True) as base:
        assert base.execute("SELECT count(*) FROM dokumen").fetchone() == (5,)
        assert base.execute("SELECT count(*) FROM dokumen_semua").fetchone() == (6,)
        assert base.execute("SELECT sum(anggaran) FROM serapan").fetchone() == (Decimal(12_000_000),)


def test_a_later_ingest_shows_and_reviews_are_carried(out: Path, tmp_path: Path):
    copy, file = tmp_path / "out", tmp_path / "x.duckdb"
    shutil.copytree(out, copy)
    set_review(copy, {"temuan_id": "aa01"}, status="diterima", by="Siti")
    export(copy, file)
    next((copy / "dokumen").rglob("agency=dinas-pasar*/year=*/*.parquet")).unlink()
    with duckdb.connect(str(file), read_only=True) as base:
        assert base.execute("SELECT count(*) FROM dokumen").fetchone() == (4,)
        assert base.execute("SELECT status, oleh FROM tinjauan").fetchall() == [("diterima", "Siti")]


def test_only_a_file_of_ours_is_replaced(out: Path, file: Path, tmp_path: Path):
    export(out, file)
    other = tmp_path / "lain.duckdb"
    with duckdb.connect(str(other)) as base:
        base.execute("CREATE TABLE kamus AS SELECT 1 AS x")
    text = tmp_path / "catatan.duckdb"
    text.write_text("penting")
    for taken in (other, text):
        with pytest.raises(BadOption):
            export(out, taken)
    assert text.read_text() == "penting"
    assert list(tmp_path.glob(".*")) == []


def test_what_cannot_be_used_is_told(out: Path, tmp_path: Path):
    with pytest.raises(UnusableOutput):
        export(tmp_path, tmp_path / "x.duckdb")
    (tmp_path / "berkas").write_text("x")
    for folder in ("berkas", "tiada"):
        with pytest.raises(BadOption, match=f"{folder} tidak ada"):
            export(out, tmp_path / folder / "x.duckdb")
    assert not (tmp_path / "tiada").exists()
    os.mkfifo(tmp_path / "pipa.duckdb")
    with pytest.raises(BadOption, match="bukan hasil"):
        export(out, tmp_path / "pipa.duckdb")


def test_an_empty_out_has_all_views(tmp_path: Path, report_text):
    from pipeline.store import open_for_writing

    open_for_writing(tmp_path / "out")
    export(tmp_path / "out", tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as base:
        assert base.execute("SELECT count(*) FROM serapan").fetchone() == (0,)
        assert base.execute("SELECT count(evidence[1].x0) FROM temuan").fetchone() == (0,)


@pytest.mark.parametrize(
    "raised", [OSError(errno.EROFS, "Read-only file system"), 'IO Error: Cannot open file "{}": Read-only file system']
)
def test_a_folder_that_cannot_be_written_is_told_by_the_name_asked_for(
    raised: OSError | str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "x.duckdb"

    def refuse(name: str, **_: object):
        raise (
            OSError(raised.errno, raised.strerror, name)
            if isinstance(raised, OSError)
            else duckdb.IOException(raised.format(name))
        )

    monkeypatch.setattr(duckdb, "connect", refuse)
    with pytest.raises(UnusableOutput) as told:
        export(out, target)
    assert str(told.value).startswith(f"{target} tidak dapat ditulis: ")
    assert "Read-only file system" in str(told.value)
    assert ".tmp" not in str(told.value)
