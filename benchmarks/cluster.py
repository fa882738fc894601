"""Faults on a Dask cluster of this machine, for real: `dask scheduler` and `dask worker` are started, and killed.

    python benchmarks/cluster.py [--documents 60] [--kills 8] [--workers 2] [--seed 1]

Each line is one run (or two) of `lkjip ingest --scheduler` over the same made-up reports, disturbed in one way. What it left
must equal, file by file and byte by byte, what an undisturbed run of this machine's processes left; nothing may be left in
staging, and the log must tell of each document once. The first difference ends the benchmark with an error.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
DASK = [sys.executable, "-m", "dask"]
LOST = 6  # exit code of a run whose cluster is gone


@dataclass(frozen=True)
class Line:
    """One fault: how often it struck, the exit codes of the runs, and seconds by the clock of all of them."""

    fault: str
    strikes: int
    codes: tuple[int, ...]
    seconds: float


class Cluster:
    """A scheduler and worker processes under nannies, as `dask` starts them."""

    def __init__(self, workers: int) -> None:
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed in close
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._address()
        options = ("--nworkers", str(workers), "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        self.nannies = self._start("worker", self.address, *options)

    def worker_pids(self) -> list[int]:
        """The processes in which documents are handed to children; their nannies start them again."""
        found = []
        for child in psutil.Process(self.nannies.pid).children():
            try:
                if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline()):
                    found.append(child.pid)
            except psutil.NoSuchProcess:
                continue
        return sorted(found)

    def close(self) -> None:
        for process in (self.nannies, self.scheduler):
            if process.poll() is None:
                for child in psutil.Process(process.pid).children(recursive=True):
                    with_gone(child.kill)
                process.kill()
            process.wait()
        self.log.close()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*DASK, *command], stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)

    def _address(self) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self.log.seek(0)
            if found := re.search(r"Scheduler at:\s+(tcp://\S+)", self.log.read()):
                return found[1]
            time.sleep(0.1)
        raise SystemExit("dask scheduler did not start")


def with_gone(do: Callable[[], None]) -> None:
    """Do something to a process that may have ended."""
    try:
        do()
    except (psutil.NoSuchProcess, ProcessLookupError):
        return


@contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    made = Cluster(workers)
    try:
        yield made
    finally:
        made.close()


def make_sources(folder: Path, documents: int) -> None:
    """Copies of the samples, each with bytes of its own."""
    texts = sorted((ROOT / "samples").glob("*-20??.txt")) + sorted((ROOT / "samples").glob("*.ruled.pdf"))
    folder.mkdir()
    for number in range(documents):
        sample = texts[number % len(texts)]
        if sample.suffix == ".pdf":
            tail = f"\n%{number}\n".encode()
        else:
            tail = f"\n{number}\n".encode("utf-16-le" if sample.read_bytes()[:2] == b"\xff\xfe" else "ascii")
        (folder / f"{number:05}-{sample.name}").write_bytes(sample.read_bytes() + tail)


def ingest(sources: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "ingest", str(sources), "--out", str(out), "--ocr", "off", *more]
    with out.with_suffix(".said").open("wb") as said:
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said)


def data_of(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.glob("*/agency=*/**/*.parquet")}


def told(out: Path) -> Counter[str]:
    """How often the logs of all runs tell that a document was put in place."""
    lines = (json.loads(line) for log in out.glob("_runs/*.jsonl") for line in log.read_text().splitlines())
    return Counter(line["document_id"] for line in lines if line["event"] == "document")


def same(out: Path, wanted: dict[str, bytes], fault: str, *, once: bool = True) -> None:
    held = data_of(out)
    if held != wanted:
        differ = [name for name in sorted(held.keys() | wanted.keys()) if held.get(name) != wanted.get(name)]
        raise SystemExit(f"{fault}: {len(differ)} files differ, the first is {differ[0]}")
    if (out / "_staging").exists() or list(out.glob("_cluster-*")):
        raise SystemExit(f"{fault}: something is left over in {out}")
    often = [document for document, times in told(out).items() if times > 1]
    if once and often:
        raise SystemExit(f"{fault}: {len(often)} documents were put in place more than once")


def progress(out: Path) -> int:
    return sum(1 for _ in out.glob("dokumen/agency=*/year=*/*.parquet"))


def wait_for(out: Path, documents: int, run: subprocess.Popen[bytes]) -> None:
    """Until so many documents are in place, or the run has ended."""
    while progress(out) < documents and run.poll() is None:
        time.sleep(0.05)


def faults(documents: int = 60, kills: int = 8, workers: int = 2, seed: int = 1) -> list[Line]:
    """All faults one after the other; raises `SystemExit` where one left something else than an undisturbed run."""
    chance = random.Random(seed)
    lines = []
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as name:
        folder = Path(name)
        make_sources(folder / "laporan", documents)
        start = time.perf_counter()
        code = ingest(folder / "laporan", folder / "alone", "--jobs", str(workers)).wait()
        wanted = data_of(folder / "alone")
        lines.append(Line("none, processes of this machine", 0, (code,), time.perf_counter() - start))
        for fault, strike in (
            ("none", undisturbed),
            ("workers killed with SIGKILL", worker_kills),
            ("workers and what they started, stopped for a while", worker_stops),
            ("the parent killed with SIGKILL, run again", parent_kill),
            ("the scheduler killed with SIGKILL, a new one, run again", scheduler_kill),
        ):
            out = folder / "out"
            start = time.perf_counter()
            strikes, codes = strike(folder / "laporan", out, documents, kills, workers, chance)
            if codes[-1] != 0:
                said = out.with_suffix(".said").read_text().splitlines()[-1:]
                raise SystemExit(f"{fault}: the last run ended with {codes[-1]}: {said}")
            same(out, wanted, fault, once=strike is not parent_kill)
            lines.append(Line(fault, strikes, codes, time.perf_counter() - start))
            shutil.rmtree(out)
    return lines


def undisturbed(
    sources: Path, out: Path, documents: int, kills: int, workers: int, chance: random.Random
) -> tuple[int, tuple[int, ...]]:
    with cluster(workers) as made:
        return 0, (ingest(sources, out, "--scheduler", made.address).wait(),)


def worker_kills(
    sources: Path, out: Path, documents: int, kills: int, workers: int, chance: random.Random
) -> tuple[int, tuple[int, ...]]:
    """A worker at random is killed each time that some more documents are in place."""
    done = 0
    with cluster(workers) as made:
        run = ingest(sources, out, "--scheduler", made.address)
        for number in range(kills):
            wait_for(out, 1 + number * (documents - 2) // kills, run)
            time.sleep(chance.random() * 0.3)
            if run.poll() is None and (pids := made.worker_pids()):
                with_gone(psutil.Process(chance.choice(pids)).kill)
                done += 1
        return done, (run.wait(),)


def worker_stops(
    sources: Path, out: Path, documents: int, kills: int, workers: int, chance: random.Random
) -> tuple[int, tuple[int, ...]]:
    """A worker is stopped (SIGSTOP) for seconds, as a machine that swaps: it comes back and goes on."""
    done = 0
    with cluster(workers) as made:
        run = ingest(sources, out, "--scheduler", made.address)
        for number in range(max(1, kills // 4)):
            wait_for(out, 2 + number * documents // max(1, kills // 4), run)
            if run.poll() is None and (pids := made.worker_pids()):
                family = [psutil.Process(chance.choice(pids))]
                family += family[0].children(recursive=True)
                for process in family:
                    with_gone(process.suspend)
                time.sleep(3)
                for process in family:
                    with_gone(process.resume)
                done += 1
        return done, (run.wait(),)


def parent_kill(
    sources: Path, out: Path, documents: int, kills: int, workers: int, chance: random.Random
) -> tuple[int, tuple[int, ...]]:
    """The log of the killed run may lack its last document, and so tell of it twice with the next run."""
    codes = []
    with cluster(workers) as made:
        for _ in range(max(1, kills // 4)):
            run = ingest(sources, out, "--scheduler", made.address)
            wait_for(out, progress(out) + 1 + chance.randrange(max(1, documents // kills)), run)
            run.kill()
            codes.append(run.wait())
        codes.append(ingest(sources, out, "--scheduler", made.address).wait())
        return len(codes) - 1, tuple(codes)


def scheduler_kill(
    sources: Path, out: Path, documents: int, kills: int, workers: int, chance: random.Random
) -> tuple[int, tuple[int, ...]]:
    with cluster(workers) as made:
        run = ingest(sources, out, "--scheduler", made.address)
        wait_for(out, 1 + chance.randrange(documents // 2), run)
        made.scheduler.kill()
        first = run.wait()
    if first != LOST:
        raise SystemExit(f"a run without its scheduler ended with {first}")
    with cluster(workers) as made:
        return 1, (first, ingest(sources, out, "--scheduler", made.address).wait())


def table(lines: list[Line]) -> str:
    """The lines as Markdown."""
    rows = ["| disturbed by | times | exit codes | seconds |", "|---|--:|--:|--:|"]
    for line in lines:
        codes = ", ".join(map(str, line.codes))
        rows.append(f"| {line.fault} | {line.strikes or ''} | {codes} | {line.seconds:.0f} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lines = faults(given.documents, given.kills, given.workers, given.seed)
    print(f"{given.documents} reports, {given.workers} workers of one thread, seed {given.seed}; all datasets equal\n")
    print(table(lines))


if __name__ == "__main__":
    main()
