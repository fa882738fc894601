"""A run over documents that really crash, hang and fill the memory: each costs itself alone and is named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.ingest import Settings, ingest
from pipeline.pool import LocalPool
from pipeline.store import read_catalogue

SENTENCES = {
    "segfault": "proses pembacanya mati",
    "kill": "proses pembacanya mati",
    "sleep": "lebih lama dari 15 detik",
    "memory": "memerlukan lebih dari 500 MB memori",
}


class Quiet:
    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
def test_documents_that_kill_hang_and_swell(tmp_path: Path, faults, report_text):
    folder, out = tmp_path / "laporan", tmp_path / "out"
    folder.mkdir()
    for name in (*SENTENCES, "a", "b", "c"):
        (folder / f"{name}.txt").write_text(report_text(f"DINAS {name.upper() * 3} KOTA SUKAMAJU"))
    settings = Settings(timeout=15.0, memory=500 * 2**20)
    first = ingest([folder], out, settings, Quiet(), LocalPool(2, faults.work_by_name))
    assert first.read == 3
    told = {trouble.sumber: trouble.pesan for trouble in first.failed}
    assert told.keys() == {f"laporan/{name}.txt" for name in SENTENCES}
    for name, sentence in SENTENCES.items():
        assert sentence in told[f"laporan/{name}.txt"]
    assert {e.status for e in read_catalogue(out)} == {"ok", "failed"}
    again = ingest([folder], out, Settings(jobs=0), Quiet())  # what died is tried again by itself
    assert (again.read, again.unchanged) == (2, 3)
    assert [t.sumber for t in again.failed_before] == ["laporan/memory.txt", "laporan/sleep.txt"]
    last = ingest([folder], out, Settings(jobs=0, retry_failed=True), Quiet())
    assert (last.read, last.unchanged, last.all_failed) == (2, 5, [])
