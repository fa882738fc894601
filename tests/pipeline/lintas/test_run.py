"""Runs of the comparison: only what changed, nothing stale, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.lintas import reconcile_out, store
from pipeline.lintas import run as module
from pipeline.store import read_catalogue, recover
from pipeline.store.transaction import remove_document
from schemas.errors import UnusableOutput

DATASETS = ("kelompok_dokumen", "temuan_lintas")


def state(path: Path) -> dict[str, bytes]:
    files = [f for d in DATASETS for f in (path / d).rglob("*.parquet")]
    return {f.relative_to(path).as_posix(): f.read_bytes() for f in sorted(files)}


@pytest.fixture
def two_years(out, results):
    out.put("2024.txt", results("75", "66", year=2023), year=2024)
    out.put("2023.txt", results(year=2023), year=2023)
    return out


def test_a_run_and_its_repetition(two_years) -> None:
    done = reconcile_out(two_years.path)
    assert (done.agencies, done.unchanged, done.documents, done.findings) == (1, 0, 2, 1)
    before = state(two_years.path)
    assert sorted(name.split("/")[0] for name in before) == ["kelompok_dokumen", "kelompok_dokumen", "temuan_lintas"]
    assert [name for name in before if "temuan_lintas/agency=dinas-kebun-kota-sukamaju/year=2024/" in name]
    done = reconcile_out(two_years.path)
    assert (done.agencies, done.unchanged) == (0, 1)
    assert reconcile_out(two_years.path, everything=True).findings == 1
    assert state(two_years.path) == before


def test_documents_own_rows_stay_untouched(two_years) -> None:
    def others() -> dict[str, bytes]:
        files = sorted(
            f for f in two_years.path.rglob("*.parquet") if f.relative_to(two_years.path).parts[0] not in DATASETS
        )
        return {str(f): f.read_bytes() for f in files}

    before = others()
    reconcile_out(two_years.path)
    assert others() == before


def test_only_agencies_with_a_change_are_looked_at(two_years, results, monkeypatch) -> None:
    two_years.put("lain.txt", results(), agency="dinas-lain")
    reconcile_out(two_years.path)
    seen = []
    real = module.reread
    monkeypatch.setattr(module, "reread", lambda out, stored: seen.append(stored.agency) or real(out, stored))
    two_years.put("baru.txt", results("1", "2", "3", "4", "5"), agency="dinas-lain", year=2022)
    done = reconcile_out(two_years.path)
    assert set(seen) == {"dinas-lain"}
    assert (done.agencies, done.unchanged) == (1, 1)
    assert len(two_years.rows("temuan_lintas")) == 1


def test_a_finding_goes_when_its_document_changes_or_goes(two_years, results) -> None:
    reconcile_out(two_years.path)
    assert len(two_years.rows("temuan_lintas")) == 1
    two_years.put("2024.txt", results(year=2023), year=2024, version="0.1.0+def")
    reconcile_out(two_years.path)
    assert two_years.rows("temuan_lintas") == []
    two_years.put("2024.txt", results("75", "66", year=2023), year=2024, version="0.1.0+ghi")
    reconcile_out(two_years.path)
    assert len(two_years.rows("temuan_lintas")) == 1
    for entry in read_catalogue(two_years.path):
        if entry.year == 2023:
            remove_document(two_years.path, "x", entry.paths)
    reconcile_out(two_years.path)
    assert two_years.rows("temuan_lintas") == []
    assert [row["peran"] for row in two_years.rows("kelompok_dokumen")] == ["utama"]


def test_an_agency_without_documents_leaves_nothing(two_years) -> None:
    reconcile_out(two_years.path)
    for entry in read_catalogue(two_years.path):
        remove_document(two_years.path, "x", entry.paths)
    reconcile_out(two_years.path)
    assert state(two_years.path) == {}
    assert store.read_state(two_years.path) == {}


def test_a_kill_between_the_moves_is_finished_or_undone(two_years, results, monkeypatch) -> None:
    reconcile_out(two_years.path)
    before = state(two_years.path)
    two_years.put("2024.txt", results("75", "75", "44", year=2023), year=2024, version="0.1.0+def")
    want: dict[str, bytes] = {}
    for at in range(4):
        real = Path.replace
        calls = 0

        def killed(self: Path, target: Path, at: int = at, real=real) -> Path:
            nonlocal calls
            if self.suffix == ".parquet":
                calls += 1
                if calls > at:
                    raise KeyboardInterrupt
            return real(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", killed)
            try:
                reconcile_out(two_years.path)
            except KeyboardInterrupt:
                recover_with = True
            else:
                recover_with = False
        recover(two_years.path)
        now = state(two_years.path)
        assert now == before or (want := want or now) == now
        if not recover_with:
            break
    reconcile_out(two_years.path)
    (row,) = two_years.rows("temuan_lintas")
    assert row["stated"] == "44"


def test_a_damaged_memory_only_costs_time(two_years) -> None:
    reconcile_out(two_years.path)
    (two_years.path / store.STATE).write_text("{")
    assert reconcile_out(two_years.path).agencies == 1


def test_a_full_disk_is_one_sentence(two_years, monkeypatch) -> None:
    import errno

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr("pipeline.store.out.sync_file", full)
    with pytest.raises(UnusableOutput):
        reconcile_out(two_years.path)
    monkeypatch.undo()
    recover(two_years.path)
    assert reconcile_out(two_years.path).findings == 1


def test_the_choice_of_a_dashboard(out, results) -> None:
    def money(b) -> None:
        results()(b)
        b.line("Program Taman", "1000.00", "900.00")

    draft = out.put("draft.txt", money)
    final = out.put("final.txt", money)
    reconcile_out(out.path)
    chosen = {row["document_id"]: row for row in out.rows("kelompok_dokumen")}
    assert (chosen[draft]["peran"], chosen[draft]["digantikan_oleh"]) == ("versi_lama", final)
    assert (chosen[final]["peran"], chosen[final]["anggaran_dipakai"]) == ("utama", True)
    total = sum(
        row["anggaran"]
        for row in out.rows("ringkasan")
        if row["dataset"] == "anggaran" and row["dijumlahkan"] and chosen[row["document_id"]]["anggaran_dipakai"]
    )
    assert total == 1000
