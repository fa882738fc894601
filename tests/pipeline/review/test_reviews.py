"""Statuses and notes: nothing said is ever lost, whoever says it at once."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from pipeline.report.review import load_reviews
from pipeline.review.base import FILE
from pipeline.review.listing import listed
from pipeline.review.misread import mark, misreadings, overlays
from pipeline.review.reviews import history, reviews, set_review
from schemas.errors import BadOption, UnusableOutput

FINDING = {
    "temuan_id": "aa01",
    "document_id": "d1",
    "agency": "dinas-kebun-kota-sukamaju",
    "year": 2024,
    "rule": "sum",
    "subjek": "Program Taman: anggaran",
    "pesan": "Jumlah tidak sama.",
    "message": "The total differs.",
}


def test_without_a_file_nobody_reviewed_and_none_is_made(tmp_path: Path):
    assert reviews(tmp_path) == {}
    assert history(tmp_path, "aa01") == []
    assert overlays(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_status_and_a_note_are_kept_with_who_and_when(tmp_path: Path):
    saved = set_review(tmp_path, FINDING, status="diterima", note=" sudah dikonfirmasi ", by="Siti")
    assert not saved.stale
    held = reviews(tmp_path)["aa01"]
    assert (held.status, held.notes, held.by) == ("diterima", "sudah dikonfirmasi", "Siti")
    assert held.about["pesan"] == "Jumlah tidak sama."
    assert held.when.endswith("+00:00")
    assert set_review(tmp_path, FINDING, status="selesai", by="Budi").now.status == "selesai"
    assert [(e.status, e.by) for e in history(tmp_path, "aa01")] == [("diterima", "Siti"), ("selesai", "Budi")]


def test_a_stale_status_is_told_and_both_notes_are_kept(tmp_path: Path):
    seen = set_review(tmp_path, FINDING, status="diterima", by="Siti").now.revision
    set_review(tmp_path, FINDING, status="ditolak", note="bukan kesalahan", by="Budi", seen=seen)
    saved = set_review(tmp_path, FINDING, status="selesai", note="sudah diperbaiki", by="Siti", seen=seen)
    assert saved.stale
    assert (saved.now.status, saved.now.notes) == ("ditolak", "Budi: bukan kesalahan | Siti: sudah diperbaiki")
    again = set_review(tmp_path, FINDING, status="selesai", seen=saved.now.revision)
    assert (again.stale, again.now.status) == (False, "selesai")


def test_a_note_alone_makes_no_status_stale(tmp_path: Path):
    seen = set_review(tmp_path, FINDING, status="diterima").now.revision
    set_review(tmp_path, FINDING, note="lihat halaman 3")
    assert not set_review(tmp_path, FINDING, status="selesai", seen=seen).stale


def test_two_at_once_lose_nothing(tmp_path: Path):
    def write(name: str) -> None:
        for i in range(15):
            set_review(tmp_path, FINDING, note=f"{name} {i}", by=name)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("Siti", "Budi", "Wati")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [event.note for event in history(tmp_path, "aa01")]
    assert sorted(said) == sorted(f"{name} {i}" for name in ("Siti", "Budi", "Wati") for i in range(15))


def test_history_cannot_be_changed(tmp_path: Path):
    set_review(tmp_path, FINDING, status="diterima")
    base = sqlite3.connect(tmp_path / FILE)
    for statement in ("UPDATE riwayat SET status = 'baru'", "DELETE FROM riwayat"):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            base.execute(statement)
    base.close()


def test_what_is_no_review_is_refused(tmp_path: Path):
    for wrong in ({"status": "entah"}, {}, {"note": "x" * 10_001}, {"note": "a", "by": "x" * 201}):
        with pytest.raises(BadOption):
            set_review(tmp_path, FINDING, **wrong)
    assert reviews(tmp_path) == {}


def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"this is no database at all" * 100)
    for act in (lambda: reviews(tmp_path), lambda: set_review(tmp_path, FINDING, note="a")):
        with pytest.raises(UnusableOutput, match="rusak"):
            act()
    assert (tmp_path / FILE).read_bytes().startswith(b"this is no database")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path):
    set_review(tmp_path, FINDING, status="diterima")
    tmp_path.chmod(0o500)
    try:
        assert reviews(tmp_path)["aa01"].status == "diterima"
    finally:
        tmp_path.chmod(0o700)


def test_the_report_reads_what_the_dashboard_keeps(tmp_path: Path):
    set_review(tmp_path, FINDING, status="ditolak", note="salah cetak di sumber", by="Siti")
    mark(tmp_path, "d1", "f1", "100", "700", by="Budi", findings=["bb02"])
    held = load_reviews(tmp_path)
    assert (held["aa01"].status, held["aa01"].notes, held["aa01"].by) == ("ditolak", "salah cetak di sumber", "Siti")
    assert (held["bb02"].status, held["bb02"].right_value, held["bb02"].by) == ("salah baca", "700", "Budi")


def test_a_finding_that_is_gone_is_shown_as_such(tmp_path: Path):
    set_review(tmp_path, FINDING, status="diterima", note="ya")
    other = {**FINDING, "temuan_id": "bb02"}
    found = listed([other], reviews(tmp_path))
    assert [(one.row["temuan_id"], one.status, one.gone) for one in found] == [
        ("bb02", "baru", False),
        ("aa01", "diterima", True),
    ]
    assert found[1].row["pesan"] == "Jumlah tidak sama."


def test_the_last_mark_of_a_figure_holds_and_can_be_taken_back(tmp_path: Path):
    mark(tmp_path, "d1", "f1", "100", "700")
    mark(tmp_path, "d1", "f1", "100", "790", by="Siti")
    mark(tmp_path, "d2", "f1", "5", "6")
    assert [(m.document_id, m.right, m.by) for m in misreadings(tmp_path)] == [("d1", "790", "Siti"), ("d2", "6", "")]
    mark(tmp_path, "d1", "f1", "100", "")
    assert list(overlays(tmp_path)) == ["d2"]
    with pytest.raises(BadOption):
        mark(tmp_path, "d1", "f1", "100", " 100 ")
