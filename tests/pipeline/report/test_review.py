"""Reviews are read where there are any, and only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.report.review import load_reviews
from pipeline.review.reviews import set_review
from schemas.errors import UnusableOutput

FINDING = {"temuan_id": "aa01", "document_id": "d", "agency": "dinas-kebun", "year": 2024, "subjek": "Program Taman"}


def test_without_a_file_nobody_reviewed(tmp_path: Path):
    assert load_reviews(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


def test_what_was_said_last_holds(tmp_path: Path):
    set_review(tmp_path, FINDING, status="diterima", note="sudah dikonfirmasi", by="Pemeriksa")
    review = load_reviews(tmp_path)["aa01"]
    assert (review.status, review.notes, review.by) == ("diterima", "sudah dikonfirmasi", "Pemeriksa")


def test_a_damaged_file_is_told(tmp_path: Path):
    (tmp_path / "tinjauan.sqlite").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(UnusableOutput, match="rusak"):
        load_reviews(tmp_path)
