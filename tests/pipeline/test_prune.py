"""`--prune` takes away the rows of files that are gone from the SOURCEs, and of no others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.ingest import Settings, Summary, ingest
from pipeline.store import read_catalogue


class Quiet:
    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


def go(out: Path, *sources: Path, **more) -> Summary:
    return ingest(sources, out, Settings(jobs=0, **more), Quiet())


def names(out: Path) -> list[str]:
    return sorted(name for entry in read_catalogue(out) for name in entry.names)


def state(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*.parquet"))}


@pytest.fixture
def folder(tmp_path: Path, report_text) -> Path:
    root = tmp_path / "satu" / "laporan"
    root.mkdir(parents=True)
    for number, name in enumerate("abc"):
        (root / f"{name}.txt").write_text(report_text(f"DINAS {name * 3} KOTA SUKAMAJU", 2020 + number))
    return root


@pytest.fixture
def out(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    go(out, folder)
    return out


def test_rows_of_files_that_are_gone_go(folder: Path, out: Path, tmp_path: Path):
    (folder / "a.txt").unlink()
    assert go(out, folder).pruned == ()
    assert names(out) == ["laporan/a.txt", "laporan/b.txt", "laporan/c.txt"]
    done = go(out, folder, prune=True)
    assert (done.pruned, done.unpruned) == (("laporan/a.txt",), [])
    go(tmp_path / "fresh", folder)
    assert state(out) == state(tmp_path / "fresh")
    events = [json.loads(line) for line in done.log.read_text().splitlines()]  # type: ignore[union-attr]
    assert [e["names"] for e in events if e["event"] == "pruned"] == [["laporan/a.txt"]]


def test_a_link_to_a_file_that_is_gone_keeps_no_rows(folder: Path, out: Path, tmp_path: Path):
    (folder / "d.txt").symlink_to("a.txt")
    go(out, folder)
    assert "laporan/d.txt" in names(out)
    (folder / "a.txt").unlink()
    assert go(out, folder, prune=True).pruned == ("laporan/a.txt", "laporan/d.txt")
    go(tmp_path / "fresh", folder)
    assert state(out) == state(tmp_path / "fresh")


def test_a_moved_file_keeps_its_rows_and_loses_its_old_name(folder: Path, out: Path):
    (folder / "a.txt").rename(folder / "z.txt")
    done = go(out, folder, prune=True)
    assert (done.read, done.pruned) == (0, ("laporan/a.txt",))
    assert names(out) == ["laporan/b.txt", "laporan/c.txt", "laporan/z.txt"]


def test_other_sources_are_left_alone(folder: Path, out: Path, tmp_path: Path, report_text):
    other = tmp_path / "arsip"
    other.mkdir()
    (other / "x.txt").write_text(report_text("DINAS ARSIP KOTA SUKAMAJU"))
    single = tmp_path / "tunggal.txt"
    single.write_text(report_text("DINAS TUNGGAL KOTA SUKAMAJU"))
    go(out, other, single)
    (other / "x.txt").unlink()
    single.unlink()
    (folder / "a.txt").unlink()
    assert go(out, folder, prune=True).pruned == ("laporan/a.txt",)
    assert names(out) == ["arsip/x.txt", "laporan/b.txt", "laporan/c.txt", "tunggal.txt"]


def test_a_folder_that_is_called_alike_is_another_source(folder: Path, out: Path, tmp_path: Path, report_text):
    alike = tmp_path / "dua" / "laporan"
    alike.mkdir(parents=True)
    (alike / "q.txt").write_text(report_text("DINAS QQQ KOTA SUKAMAJU"))
    go(out, alike)
    (folder / "a.txt").unlink()
    assert go(out, folder, prune=True).pruned == ("laporan/a.txt",)
    assert "laporan/q.txt" in names(out)
    alike.rename(tmp_path / "dua" / "tidak-terpasang")
    (folder / "b.txt").unlink()
    done = go(out, folder, prune=True)
    assert (done.pruned, "dua/laporan" in done.unpruned[0].pesan) == ((), True)
    assert names(out) == ["laporan/b.txt", "laporan/c.txt", "laporan/q.txt"]


def test_a_source_without_any_report_is_a_disk_that_is_not_mounted(folder: Path, out: Path):
    shutil.rmtree(folder)
    folder.mkdir()
    before = state(out)
    done = go(out, folder, prune=True)
    assert (done.pruned, "diska" in done.unpruned[0].pesan) == ((), True)
    assert state(out) == before
    folder.rmdir()
    assert go(out, folder, prune=True).pruned == ()
    assert state(out) == before


def test_what_is_there_but_not_read_is_not_gone(folder: Path, out: Path, tmp_path: Path, monkeypatch):
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(tmp_path / "luar.txt")
    (tmp_path / "luar.txt").write_text("luar")
    assert go(out, folder, prune=True).pruned == ()
    assert "laporan/a.txt" in names(out)


def test_with_since_older_files_are_not_gone(folder: Path, out: Path):
    (folder / "a.txt").unlink()
    done = go(out, folder, prune=True, since=4e9)
    assert (done.older, done.read, done.unchanged, done.pruned) == (2, 0, 0, ("laporan/a.txt",))
    assert names(out) == ["laporan/b.txt", "laporan/c.txt"]
