"""The same input and version give the same bytes: in whatever order, in however many processes, wherever the folder lies."""

from __future__ import annotations

import shutil
from concurrent.futures import Future
from pathlib import Path

import pytest

from pipeline.ingest import Settings, ingest
from pipeline.task import Result, Task, process

SAMPLES = Path(__file__).parents[2] / "samples"


class Quiet:
    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


class Backwards:
    """A pool that begins with the last document and has all results at once."""

    size = 100

    def __init__(self, documents: int) -> None:
        self.left = documents
        self.waiting: list[tuple[Task, Future[Result]]] = []

    def submit(self, task: Task) -> Future[Result]:
        future: Future[Result] = Future()
        self.waiting.append((task, future))
        self.left -= 1
        if not self.left:
            for one, its_future in reversed(self.waiting):
                its_future.set_result(process(one))
        return future

    def close(self) -> None: ...


def state(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*.parquet"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, report_text) -> Path:
    root = tmp_path_factory.mktemp("sumber") / "laporan"
    root.mkdir()
    for number in range(6):
        (root / f"{number}.txt").write_text(report_text(f"DINAS {'ABC'[number % 3] * 3} KOTA SUKAMAJU", 2020 + number))
    (root / "salah.txt").write_text(report_text("DINAS AAA KOTA SUKAMAJU", 2030, "3.000.001"))
    (root / "kosong.txt").write_text("")
    shutil.copy(min(SAMPLES.glob("*.pdf"), key=lambda path: path.stat().st_size), root)
    return root


@pytest.fixture(scope="module")
def once(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("sekali")
    ingest([folder], out, Settings(jobs=0), Quiet())
    return state(out)


@pytest.mark.parametrize("jobs", [1, 2])
def test_whatever_the_number_of_processes(jobs: int, folder: Path, once: dict[str, bytes], tmp_path: Path):
    ingest([folder], tmp_path, Settings(jobs=jobs), Quiet())
    assert state(tmp_path) == once


def test_whatever_the_order(folder: Path, once: dict[str, bytes], tmp_path: Path):
    ingest([folder], tmp_path, Settings(), Quiet(), Backwards(len(list(folder.iterdir()))))
    assert state(tmp_path) == once


def test_wherever_the_folder_lies_and_however_it_was_read_before(folder: Path, once: dict[str, bytes], tmp_path: Path):
    moved = tmp_path / "di" / "tempat" / "lain" / "laporan"
    moved.mkdir(parents=True)
    out = tmp_path / "out"
    for path in sorted(
        folder.iterdir(), reverse=True
    ):  # one by one, the last first: agencies are compared again each time
        shutil.copy(path, moved)
        if path.stem in "35":
            ingest([moved], out, Settings(jobs=0), Quiet())
    ingest([moved], out, Settings(jobs=0), Quiet())
    assert state(out) == once
