"""Whole runs in one process (`jobs=0`), and what worker processes add: isolation, time limits, the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import ingest as module
from pipeline import plan, task
from pipeline.ingest import Settings, ingest
from pipeline.location import Url
from pipeline.reconcile.material import Materiality
from pipeline.rows import Origin
from pipeline.store import read_catalogue
from schemas.datasets import PER_DOCUMENT
from schemas.errors import UnusableOutput
from schemas.records import Identity


class Quiet:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.total = 0
        self.results: list[task.Result] = []

    def begin(self, total: int) -> None:
        self.total = total

    def done(self, result: task.Result) -> None:
        self.results.append(result)


@pytest.fixture
def folder(tmp_path: Path, report_text) -> Path:
    root = tmp_path / "laporan"
    root.mkdir()
    (root / "a.txt").write_text(report_text())
    (root / "b.txt").write_text(report_text("DINAS PASAR KOTA SUKAMAJU", 2023, "3.000.001"))
    (root / "kosong.txt").write_text("")
    return root


def go(folder: Path, out: Path, **more):
    return ingest([folder], out, Settings(**({"jobs": 0} | more)), Quiet())


def state(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*.parquet"))}


def test_a_run_and_its_repetition(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    first = go(folder, out)
    assert (first.read, first.unchanged, [t.sumber for t in first.failed]) == (2, 0, ["laporan/kosong.txt"])
    assert first.findings.total() == 1
    before = state(out)
    again = go(folder, out)
    assert (again.read, again.unchanged, len(again.failed_before)) == (0, 2, 1)
    assert state(out) == before
    assert [(e.sumber, e.status, e.agency, e.year) for e in sorted(read_catalogue(out), key=lambda e: e.sumber)] == [
        ("laporan/a.txt", "ok", "dinas-kebun-kota-sukamaju", 2024),
        ("laporan/b.txt", "ok", "dinas-pasar-kota-sukamaju", 2023),
        ("laporan/kosong.txt", "failed", "tidak-dikenal", 0),
    ]


def test_a_changed_file_replaces_exactly_its_own_rows(folder: Path, tmp_path: Path, report_text):
    out = tmp_path / "out"
    go(folder, out)
    before = state(out)
    (folder / "b.txt").write_text(report_text("DINAS PASAR KOTA SUKAMAJU", 2023))
    changed = go(folder, out)
    assert (changed.read, changed.unchanged, changed.findings.total()) == (1, 1, 0)
    after = state(out)
    fresh = tmp_path / "fresh"
    go(folder, fresh)
    assert after == state(fresh)
    gone = {path for path in before if path not in after}
    assert gone
    assert all("agency=dinas-pasar-kota-sukamaju" in path for path in gone)


def test_copies_are_one_document_with_all_names(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    go(folder, out)
    (folder / "sub").mkdir()
    (folder / "sub" / "kopi.md").write_bytes((folder / "a.txt").read_bytes())
    summary = go(folder, out)
    assert (summary.read, summary.unchanged, summary.copies) == (0, 2, 1)
    fresh = tmp_path / "fresh"
    go(folder, fresh)
    assert state(out) == state(fresh)
    assert [e.names for e in read_catalogue(out) if e.sumber == "laporan/a.txt"] == [
        ("laporan/a.txt", "laporan/sub/kopi.md")
    ]


def test_another_identity_by_hand_reads_that_file_again(folder: Path, tmp_path: Path):
    from dataclasses import replace

    def renamed(identity: Identity) -> Identity:
        return replace(identity, agency="dinas-lain", year=2020)

    out = tmp_path / "out"
    go(folder, out)
    summary = go(folder, out, by_hand=lambda name: (renamed, "dinas-lain") if name.endswith("a.txt") else None)
    assert (summary.read, summary.unchanged) == (1, 1)
    assert not list((out / "dokumen" / "agency=dinas-kebun-kota-sukamaju").glob("**/*"))
    assert len(list(out.glob("*/agency=dinas-lain/year=2020/*.parquet"))) == len(PER_DOCUMENT) + 1  # kelompok_dokumen


def test_a_file_that_may_not_be_opened_keeps_its_earlier_rows(folder: Path, tmp_path: Path, monkeypatch):
    out = tmp_path / "out"
    real = plan.open_regular

    def refuse(path: Path):
        if path.name in ("a.txt", "baru.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    go(folder, out)
    (folder / "baru.txt").write_text("x")
    monkeypatch.setattr(plan, "open_regular", refuse)
    summary = go(folder, out)
    assert [t.sumber for t in summary.failed] == ["laporan/a.txt", "laporan/baru.txt"]
    rows = {e.sumber: e for e in read_catalogue(out)}
    assert rows["laporan/a.txt"].status == "ok"
    assert (rows["laporan/baru.txt"].status, rows["laporan/baru.txt"].sha256) == ("failed", None)
    monkeypatch.setattr(plan, "open_regular", real)
    (folder / "baru.txt").write_bytes((folder / "b.txt").read_bytes() + b"\n")
    go(folder, out)
    fresh = tmp_path / "fresh"
    go(folder, fresh)
    assert state(out) == state(fresh)


def test_a_file_that_changes_while_it_is_read_changes_nothing(folder: Path, tmp_path: Path, monkeypatch):
    out = tmp_path / "out"
    go(folder, out)
    before = state(out)
    real = module.hash_files

    def then_change(candidates, *more):
        found = real(candidates, *more)
        (folder / "a.txt").write_text("berubah lagi")
        return found

    (folder / "a.txt").write_text("berubah")
    monkeypatch.setattr(module, "hash_files", then_change)
    summary = go(folder, out)
    assert "berubah atau hilang" in next(t.pesan for t in summary.failed if t.sumber == "laporan/a.txt")
    assert state(out) == before


@pytest.mark.parametrize("what", ["gone", "spoilt", "a folder", "away with all others"])
def test_a_file_that_is_not_there_when_it_is_to_be_read_again_keeps_its_rows(
    what: str, folder: Path, tmp_path: Path, monkeypatch
):
    out = tmp_path / "out"
    go(folder, out)
    before, contents = state(out), (folder / "a.txt").read_bytes()
    real = module.hash_files

    def then_gone(candidates, *more):
        found = real(candidates, *more)
        if what == "away with all others":
            folder.rename(tmp_path / "pergi")
            return found
        (folder / "a.txt").unlink()
        if what == "spoilt":
            (folder / "a.txt").write_bytes(b"\0\1\2")
        elif what == "a folder":
            (folder / "a.txt").mkdir()
        return found

    monkeypatch.setattr(module, "hash_files", then_gone)
    summary = go(folder, out, material=Materiality(Decimal(1000)))
    assert "berubah atau hilang" in next(t.pesan for t in summary.failed if t.sumber == "laporan/a.txt")
    kept = state(out)
    assert {name: data for name, data in before.items() if name not in kept} == {}
    assert {e.sumber: e.status for e in read_catalogue(out)}["laporan/a.txt"] == "ok"

    monkeypatch.setattr(module, "hash_files", real)
    if what == "away with all others":
        (tmp_path / "pergi").rename(folder)
        assert kept == before
    elif what == "a folder":
        (folder / "a.txt").rmdir()
    (folder / "a.txt").write_bytes(contents)
    last = go(folder, out, material=Materiality(Decimal(1000)))
    assert {t.sumber for t in last.failed} <= {"laporan/kosong.txt"}
    fresh = tmp_path / "fresh"
    go(folder, fresh, material=Materiality(Decimal(1000)))
    assert state(out) == state(fresh)


def test_an_object_that_cannot_be_fetched_stages_nothing(tmp_path: Path):
    pytest.importorskip("fsspec")
    origin = Origin("0" * 16, "laporan/a.txt", (), "0" * 64, "uji")
    result = task.process(task.Task(Url("memory://tiada/a.txt"), origin, tmp_path))
    assert (result.status, result.staged) == ("failed", None)
    assert "memory://tiada/a.txt tidak ada" in (result.error or "")
    assert not list(tmp_path.iterdir())


def test_an_error_of_ours_costs_one_document(folder: Path, tmp_path: Path, monkeypatch):
    import pipeline.reconcile

    real = pipeline.reconcile.reconcile

    def broken(report, *rest, **more):
        if report.identity.year == 2023:
            raise ZeroDivisionError("aduh")
        return real(report, *rest, **more)

    monkeypatch.setattr(pipeline.reconcile, "reconcile", broken)
    out = tmp_path / "out"
    summary = go(folder, out)
    assert summary.read == 1
    assert "ZeroDivisionError" in next(t.pesan for t in summary.failed if t.sumber == "laporan/b.txt")
    assert summary.log is not None
    events = [json.loads(line) for line in summary.log.read_text().splitlines()]
    assert [e["event"] for e in events] == ["begin", "plan", *["document"] * 3, "reconcile", "end"]
    assert any("aduh" in (e.get("trace") or "") for e in events)


def test_a_full_disk_ends_the_run_and_what_is_stored_stays(folder: Path, tmp_path: Path, monkeypatch):
    from pipeline.store import out as out_module

    out = tmp_path / "out"
    go(folder, out)
    before = state(out)
    (folder / "c.txt").write_text((folder / "a.txt").read_text() + "lagi\n")
    real, writes = out_module.sync_file, []

    def full(path):
        writes.append(path)
        if len(writes) > 5:
            raise OSError(28, "No space left on device", str(path))
        real(path)

    monkeypatch.setattr(out_module, "sync_file", full)
    with pytest.raises(UnusableOutput, match="tidak ada ruang"):
        go(folder, out)
    monkeypatch.setattr(out_module, "sync_file", real)
    assert state(out).items() >= before.items()
    assert {e.sumber for e in read_catalogue(out)} == {"laporan/a.txt", "laporan/b.txt", "laporan/kosong.txt"}
    go(folder, out)
    fresh = tmp_path / "fresh"
    go(folder, fresh)
    assert state(out) == state(fresh)


def test_worker_processes_write_the_same_bytes(folder: Path, tmp_path: Path):
    go(folder, tmp_path / "one")
    go(folder, tmp_path / "two", jobs=2)
    assert state(tmp_path / "one") == state(tmp_path / "two")
