"""The command line against `dask scheduler` and `dask worker` as they are started on machines: stopped, and left alone."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

pytest.importorskip("distributed")

SAMPLES = Path(__file__).parents[3] / "samples"
DASK = [sys.executable, "-m", "dask"]


class Running:
    """A process whose stderr is kept line by line."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        self.lines: list[str] = []
        self._more = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stderr or ():
            with self._more:
                self.lines.append(line.rstrip("\n"))
                self._more.notify_all()

    def says(self, pattern: str, seconds: float = 60.0) -> re.Match[str]:
        """Wait for a line."""
        with self._more:
            found = self._more.wait_for(
                lambda: next(filter(None, (re.search(pattern, x) for x in self.lines)), None), seconds
            )
        assert found, (pattern, self.lines)
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
            self.process.kill()
        self.process.wait()


@pytest.fixture
def start():
    started: list[Running] = []

    def run(*command: str) -> Running:
        started.append(Running(*command))
        return started[-1]

    yield run
    for one in reversed(started):
        one.end()


def test_a_run_that_is_stopped_or_loses_its_scheduler_ends_with_one_sentence(start, tmp_path):
    sources, out = tmp_path / "laporan", tmp_path / "out"
    sources.mkdir()
    for path in SAMPLES.glob("*-2023.txt"):
        for number in range(12):  # more than are read while a signal is under way
            (sources / f"{number}-{path.name}").write_bytes(path.read_bytes() + f"\n{number}\n".encode())
    documents = len(list(sources.iterdir()))
    scheduler = start(*DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = scheduler.says(r"Scheduler at:\s+(tcp://\S+)").group(1)
    worker = start(*DASK, "worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
    command = [sys.executable, "-m", "pipeline", "ingest", str(sources), "--out", str(out), "--scheduler", address]

    stopped = start(*command)
    stopped.says(r"^\[1/")
    stopped.process.send_signal(signal.SIGINT)
    assert stopped.process.wait(30) == 130
    assert "Traceback" not in "\n".join(stopped.lines)
    assert 1 <= len(list(out.glob("dokumen/**/*.parquet"))) < documents

    again = start(*command)
    again.says(r"^\[1/")
    scheduler.process.kill()
    assert again.process.wait(30) == 6
    told = [line for line in again.lines if line and not line.startswith("[")]
    assert len(told) == 1
    assert re.fullmatch(r"lkjip: penjadwal tcp://\S+ hilang di tengah jalan .*", told[0])
    assert not list(out.glob("_cluster-*"))
    worker.process.wait(30)  # it leaves when its scheduler is gone, and takes its children with it
