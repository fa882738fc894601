"""A text report of 100 KB through all stages, cold and warm, with peak memory: `python benchmarks/text.py [FILE]`.

Seconds are by the clock; `CPU` is the processor's for the whole, which a shared machine does not stretch. Cold is a new
process, interpreter and imports included; warm is the same document again in that process. Without FILE the sample
`kesbangpol-tanjung-harapan-2023.txt` is repeated until it has 100 KB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import peak_mb

SAMPLE = Path(__file__).parents[1] / "samples" / "kesbangpol-tanjung-harapan-2023.txt"
SIZE = 100_000
STAGES = ("read", "report", "check", "rows", "parquet")


def stages(path: Path, out: Path) -> dict[str, float]:
    """Seconds of each stage of one document."""
    from extractors.read import read
    from pipeline.extract import report_of
    from pipeline.reconcile import reconcile
    from pipeline.rows import Origin, rows_of
    from pipeline.store.transaction import stage

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    origin = Origin(digest[:16], path.name, (), digest, "bench")
    clock = [time.perf_counter()]
    document = read(path)
    clock.append(time.perf_counter())
    report = report_of(document)
    clock.append(time.perf_counter())
    checks, findings = reconcile(report)
    clock.append(time.perf_counter())
    rows = rows_of(report, checks, findings, origin)
    clock.append(time.perf_counter())
    stage(out, origin.document_id, rows, report.identity.agency, report.identity.year, origin.document_id)
    clock.append(time.perf_counter())
    return {name: b - a for name, a, b in zip(STAGES, clock, clock[1:], strict=False)}


def work(path: Path, times: int) -> None:
    """In a process of its own: the document `times` times; prints stages and peak memory as JSON."""
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as out:
        runs = []
        for _ in range(times):
            cpu = time.process_time()
            taken = stages(path, Path(out))
            runs.append((taken, time.process_time() - cpu, peak_mb()))
    print(json.dumps(runs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--times", type=int, default=4, help="readings in one process: the first is cold")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        work(given.file, given.times)
        return
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as folder:
        path = given.file
        if path is None:
            text = SAMPLE.read_text(encoding="utf-8-sig")
            path = Path(folder) / "sample.txt"
            path.write_text(text * -(-SIZE // len(text)), encoding="utf-8")
        size = path.stat().st_size
        start = time.perf_counter()
        command = [sys.executable, __file__, str(path), "--worker", "--times", "1"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        whole = time.perf_counter() - start
        command[-1] = str(given.times)
        runs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{path.name}: {size} bytes")
    print(f"cold, the whole process   {whole:6.2f} s, peak {runs[0][2]:.0f} MB")
    print(f"{'':10}{'  '.join(f'{name:>8}' for name in (*STAGES, 'total', 'CPU', 'peak MB'))}")
    for i, (seconds, cpu, peak) in enumerate(runs):
        values = [*seconds.values(), sum(seconds.values()), cpu]
        label = "first" if i == 0 else "warm"
        print(f"{label:10}{'  '.join(f'{v:8.2f}' for v in values)}  {peak:8.0f}")


if __name__ == "__main__":
    main()
