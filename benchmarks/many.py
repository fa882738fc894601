"""What a large OUT costs the commands that look at all of it: `python benchmarks/many.py [N]` (default 10,000 documents).

An OUT is made up of N documents of a tiny report, five years of each agency, together with the files they were "read" from.
Then each command runs over it in a process of its own: seconds of the processor and by the clock, and its peak memory.
Nothing is read, so all that is measured is what comes with the number of documents.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
YEARS = (2020, 2021, 2022, 2023, 2024)
SAMPLE = 47113  # the number of the agency whose reports are read; others have as many digits
COMMITS = 100  # documents that are put in place for the rate of commits


@dataclass(frozen=True)
class Cost:
    """One step: seconds of the processor and by the clock, and the peak memory of its process."""

    step: str
    documents: int
    cpu: float
    seconds: float
    peak_mb: float


def report(agency: int, year: int) -> bytes:
    """A tiny report: three budget lines, a total that is wrong, two indicators."""
    budget = [
        ["No", "Program", "Anggaran", "Realisasi", "%"],
        ["1", "Program Taman", "1.000.000", "900.000", "90,00"],
        ["2", "Program Jalan", "2.000.000", "1.000.000", "50,00"],
        ["", "Jumlah", "3.000.001", "1.900.000", "63,33"],
    ]
    results = [
        ["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian"],
        ["1", "Taman terawat", "Persentase taman terawat", "%", "80", "72", "90,00"],
        ["2", "Jalan mantap", "Persentase jalan mantap", "%", "90", "81", "90,00"],
    ]
    tables = [f"Tabel 3.{i} {name} Tahun {year}\n" + "\n".join("\t".join(row) for row in rows) for i, (name, rows) in
              enumerate((("Realisasi Anggaran", budget), ("Capaian Kinerja", results)), 1)]  # fmt: skip
    head = f"LAPORAN KINERJA INSTANSI PEMERINTAH\nDINAS KEBUN {agency} KOTA SUKAMAJU\nTAHUN {year}\n"
    return (head + "\n" + "\n\n".join(tables) + "\n").encode()


def make(folder: Path, documents: int) -> None:
    """`folder/laporan` with the reports and `folder/out` with their datasets, as `lkjip ingest` would leave them.

    One report of each year is read; the others' files are its bytes with other names and ids of the same length, which is why
    they are not compressed: their size tells nothing.
    """
    import pyarrow.parquet as pq

    from pipeline.rows import Origin
    from pipeline.store import open_for_writing
    from pipeline.task import Task, process
    from pipeline.version import version

    sources, out = folder / "laporan", folder / "out"
    sources.mkdir()
    open_for_writing(out)
    templates: dict[int, tuple[str, dict[str, bytes]]] = {}
    for year in YEARS:
        sample = folder / f"{SAMPLE}-{year}.txt"
        sample.write_bytes(report(SAMPLE, year))
        digest = hashlib.sha256(sample.read_bytes()).hexdigest()
        origin = Origin(digest[:16], f"laporan/{sample.name}", (), digest, version())
        done = process(Task(sample, origin, folder / "draft"))
        assert done.staged is not None
        assert done.status == "ok", done.error
        files = {}
        for dataset, path in done.staged.paths.items():
            plain = folder / "plain.parquet"
            table = pq.read_table(done.staged.folder / f"{dataset}.parquet", partitioning=None)
            pq.write_table(table, plain, compression="none")
            files[path.as_posix()] = plain.read_bytes()
        templates[year] = digest, files
    for number in range(documents):
        agency, year = 10_000 + number // len(YEARS), YEARS[number % len(YEARS)]
        text, (old, files) = report(agency, year), templates[year]
        (sources / f"{agency}-{year}.txt").write_bytes(text)
        new = hashlib.sha256(text).hexdigest()
        other = ((old, new), (old[:16], new[:16]), (str(SAMPLE), str(agency)))
        for name, data in files.items():
            for was, is_ in other:
                name, data = name.replace(was, is_), data.replace(was.encode(), is_.encode())
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


# --- steps ---------------------------------------------------------------------------------------------------------


def run(step: str, documents: int, command: Sequence[str]) -> Cost:
    """Run a command and ask the system what it took, its children included."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{step} ended with {process.returncode}: {said.decode(errors='replace')[-500:]}")
    seconds = time.perf_counter() - start
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Cost(step, documents, used.ru_utime + used.ru_stime, seconds, peak)


def commits(folder: Path) -> None:
    """In a process of its own: put documents in place one after the other, as the parent of a run does."""
    from pipeline.rows import Origin
    from pipeline.store import commit, open_for_writing
    from pipeline.task import Task, process

    out = folder / "commits"
    open_for_writing(out)
    staged = []
    for number in range(COMMITS):
        path = folder / "one.txt"
        path.write_bytes(report(number // len(YEARS), YEARS[number % len(YEARS)]))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        staged.append(process(Task(path, Origin(digest[:16], path.name, (), digest, "v"), out)).staged)
    clock, cpu = time.perf_counter(), time.process_time()
    for one in staged:
        assert one is not None
        commit(out, one)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    print(f"{COMMITS / clock:.0f} commits a second by the clock, {cpu / COMMITS * 1000:.2f} ms of the processor each")
    shutil.rmtree(out)


def here(what: str, folder: Path, documents: int) -> None:
    """Run a part of this script in a process of its own: what the steps' processes take is told from a small parent."""
    subprocess.run([sys.executable, __file__, what, str(folder), str(documents)], check=True)


def steps(folder: Path, documents: int, reports: int) -> Iterator[Cost]:
    lkjip = [sys.executable, "-m", "pipeline"]
    out, sources = str(folder / "out"), str(folder / "laporan")
    every = lambda name, *command: run(name, documents, [*lkjip, *command])  # noqa: E731
    yield every("reconcile, every agency", "reconcile", out)
    yield every("reconcile, nothing changed", "reconcile", out)
    yield every("ingest, nothing changed", "ingest", sources, "--out", out, "--jobs", "1")
    yield every("findings as CSV", "findings", out, "--format", "csv")
    yield every("export --duckdb", "export", out, "--duckdb", str(folder / "out.duckdb"))
    query = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); "
        "print(c.execute('select agency, sum(anggaran) from anggaran group by agency').fetchall()[:1])"
    )
    command = [sys.executable, "-c", query, str(folder / "out.duckdb")]
    yield run("a sum over anggaran through DuckDB's view", documents, command)
    one = str(folder / "anggaran.parquet")
    query = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); c.execute(sys.argv[2]).fetchall()"
    start = [sys.executable, "-c", query, str(folder / "out.duckdb")]
    yield run("anggaran copied into one file", documents, [*start, f"copy anggaran to '{one}'"])
    total = f"select agency, sum(anggaran) from '{one}' group by agency"
    yield run("the same sum over that file", documents, [*start, total])
    shutil.rmtree(folder / "out")
    shutil.rmtree(folder / "laporan")
    here("--make", folder, reports)
    yield run("report, one process", reports, [*lkjip, "report", out, "--jobs", "0"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=10_000)
    parser.add_argument("--reports", type=int, default=1000, help="documents of the OUT whose report is written")
    parser.add_argument("--commits", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.commits:
        commits(given.commits)
        return
    if given.make:
        make(given.make, given.documents)
        return
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as name:
        folder = Path(name)
        here("--commits", folder, COMMITS)
        here("--make", folder, given.documents)
        files = sum(1 for _ in (folder / "out").rglob("*.parquet"))
        print(f"{given.documents:,} documents in {files:,} files\n")
        print("| step | documents | CPU s | seconds | CPU ms a document | peak memory |\n|---|--:|--:|--:|--:|--:|")
        for cost in steps(folder, given.documents, given.reports):
            each = cost.cpu / cost.documents * 1000
            print(
                f"| {cost.step} | {cost.documents:,} | {cost.cpu:.1f} | {cost.seconds:.1f} | {each:.2f} "
                f"| {cost.peak_mb:.0f} MB |",
                flush=True,
            )


if __name__ == "__main__":
    main()
