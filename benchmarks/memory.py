"""What a worker holds: its peak over every report, and whether it stays flat over 200 documents.

    python benchmarks/memory.py [SHARED] [--scans] [--rounds 200]

First `lkjip ingest` over the reports with text of their own (`--scans`: over all, with OCR), as a process of its
own: the largest resident memory that the system noted of each of its processes (VmHWM). Then one process, as
a worker is, reads 200 documents, the same few again and again: what it holds after every twenty.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil
from reading import born_digital

from pipeline.pool.child import ALLOCATOR

AIM = 500  # MB that a worker may hold
STEP = 20  # documents between two looks


def held_most(pid: int) -> float:
    """The largest resident memory of a process so far in MB; 0 where it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def peaks(sources: Sequence[Path], ocr: str) -> tuple[float, float, float, int]:
    """MB of the parent and of the largest worker, seconds, exit code of one run over the sources."""
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as out:
        command = [sys.executable, "-m", "pipeline", "ingest", *map(str, sources), "--out", out, "--ocr", ocr]
        start = time.monotonic()
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        parent, worker, watched = 0.0, 0.0, psutil.Process(run.pid)
        while run.poll() is None:
            try:
                children = watched.children(recursive=True)
            except psutil.NoSuchProcess:
                break
            parent = max(parent, held_most(run.pid))
            worker = max([worker, *(held_most(child.pid) for child in children)])
            time.sleep(0.05)
        return parent, worker, time.monotonic() - start, run.wait()


def work(files: Sequence[Path], rounds: int) -> None:
    """In a process of its own: so many documents, one after the other; prints what is held after every STEP."""
    import hashlib

    from pipeline.rows import Origin
    from pipeline.task import Task, process

    me = psutil.Process()
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as out:
        for number in range(rounds):
            path = files[number % len(files)]
            digest = hashlib.sha256(path.read_bytes() + bytes(str(number), "ascii")).hexdigest()
            process(Task(path, Origin(digest[:16], path.name, (), digest, "bench"), Path(out), ocr="off"))
            if (number + 1) % STEP == 0:
                print(number + 1, round(me.memory_info().rss / 2**20), flush=True)


def flat(files: Sequence[Path], rounds: int, environment: Mapping[str, str]) -> dict[int, int]:
    """MB that are held after so many documents."""
    command = [sys.executable, __file__, "--rounds", str(rounds), "--worker", *map(str, files)]
    ran = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, env=environment
    )
    return {int(a): int(b) for a, b in (line.split() for line in ran.stdout.splitlines() if line[:1].isdigit())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--scans", action="store_true", help="read the scans too, with OCR")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--worker", nargs="+", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        work(given.worker, given.rounds)
        return 0
    reports = given.shared / "reports"
    pdfs = [path for part in ("pdf", "real") for path in sorted((reports / part).glob("*.pdf"))]
    own = [path for path in pdfs if born_digital(path)]
    if not own:
        parser.error(f"no born-digital PDFs below {reports}")
    texts = sorted((reports / "text").glob("*.txt"))
    print("| a run of `lkjip ingest` over | parent | worker | seconds | exit code |\n|---|--:|--:|--:|--:|")
    runs = [(f"{len(own) + len(texts)} reports with text of their own", [*own, *texts], "off")]
    if given.scans:
        scans = [path for path in pdfs if path not in own] + sorted((reports / "scan").glob("*.pdf"))
        runs += [(f"{path.name}, with OCR", [path], "auto") for path in scans]
    most = 0.0
    for told, sources, ocr in runs:
        parent, worker, seconds, code = peaks(sources, ocr)
        most = max(most, worker)
        print(f"| {told} | {parent:.0f} MB | {worker:.0f} MB | {seconds:.0f} | {code} |", flush=True)
    print(f"\nA worker held {most:.0f} MB at most (aim: under {AIM}).")
    after = flat(own, given.rounds, dict(os.environ) | ALLOCATOR)
    print(f"One process, {given.rounds} documents; MB held: " + ", ".join(f"{mb} after {n}" for n, mb in after.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
