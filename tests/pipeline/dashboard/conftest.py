"""An OUT with two agencies, a plan, a copy in another format, and a hostile name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import Settings, ingest


class Silent:
    def begin(self, total: int) -> None: ...
    def done(self, result: Any) -> None: ...


def read(folder: Path, out: Path) -> Any:
    return ingest([folder], out, Settings(jobs=0), Silent())


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, report_text) -> Path:
    folder = tmp_path_factory.mktemp("sumber") / "laporan"
    folder.mkdir()
    (folder / "a-2023.txt").write_text(report_text(year=2023))
    (folder / "a-2024.txt").write_text(report_text())
    (folder / "a-2024-salinan.txt").write_text(report_text() + "\nSalinan.\n")
    (folder / "b-2024.txt").write_text(report_text("DINAS PASAR KOTA SUKAMAJU", 2024, "3.000.001"))
    hostile = report_text("DINAS UJI KOTA SUKARAMAI", 2024).replace(
        "Program Jalan", '=HYPERLINK("http://x") ![a](http://x/y.png)'
    )
    (folder / "c-2024.txt").write_text(hostile)
    (folder / "kosong.txt").write_text("")
    return folder


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> Path:
    out = tmp_path_factory.mktemp("hasil") / "o'ut [1]"
    assert read(reports, out).read == 5
    return out
