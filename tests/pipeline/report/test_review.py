"""Reviews are read where there are any, and only read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.report.review import FILE, Review, load_reviews
from schemas.errors import UnusableOutput


def base(out: Path, *rows: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(out / FILE)) as db:
        db.execute("CREATE TABLE tinjauan (temuan_id TEXT PRIMARY KEY, status TEXT, catatan TEXT)")
        db.executemany("INSERT INTO tinjauan VALUES (?, ?, ?)", rows)
        db.commit()


def test_without_a_file_nobody_reviewed(tmp_path: Path):
    assert load_reviews(tmp_path) == {}


def test_columns_that_are_not_there_are_empty(tmp_path: Path):
    base(tmp_path, ("aa01", "diterima", "sudah dikonfirmasi"))
    assert load_reviews(tmp_path) == {"aa01": Review("diterima", "sudah dikonfirmasi")}


def test_a_damaged_file_is_told(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"this is no database at all" * 100)
    with pytest.raises(UnusableOutput, match="rusak"):
        load_reviews(tmp_path)
