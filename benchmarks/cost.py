"""What a page costs, by kind of report, and from that what a province, the country and a decade cost.

    python benchmarks/cost.py [SHARED]            measure, then project
    python benchmarks/cost.py --kinds ruled scan  some kinds alone
    python benchmarks/cost.py --rates born=0.03,scan=4 --scans 0.4 --pages 80   project from given CPU seconds a page

Each kind is read in a process of its own, one document after the other, as a worker does it: the whole way from the file to
its staged Parquet files. The first document is read once before the clock starts and reported apart (`start`): it loads
the libraries. Seconds are the processor's, of the process and of what it started, so that other work on the machine
counts little; OCR uses one thread. Scans are cut to their first pages (`--scan-pages`). A text report's page is 2,000
characters: what the four reports that are there both as text and as PDF have on a page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from measure import peak_mb
from reading import born_digital, pages_of

from pipeline.pool.child import ALLOCATOR

ROOT = Path(__file__).resolve().parent.parent
CHARACTERS = 2000  # of a text report, for a page
KINDS = {
    "ruled": "PDF, tables with full grids",
    "borderless": "PDF, tables with few or no lines",
    "published": "PDF, published by many makers",
    "text": "text",
    "scan": "pictures of pages, read by OCR",
}


@dataclass(frozen=True)
class Cost:
    """One document: pages (of a scan those that OCR read), seconds of the processor and by the clock, bytes and files of
    Parquet, bytes of the source, and the largest memory of its process so far."""

    kind: str
    file: str
    pages: int
    cpu: float
    seconds: float
    parquet: int
    files: int
    source: int
    peak: float
    status: str


@dataclass(frozen=True)
class Rate:
    """What a page of one kind costs on the average of its documents; `start` is what the first document cost more."""

    documents: int
    pages: int
    cpu: float
    fastest: float
    slowest: float
    parquet: float
    files: float
    source: float
    peak: float
    start: float


# --- which files ---------------------------------------------------------------------------------------------------


def files_of(kind: str, shared: Path) -> list[Path]:
    """The documents of a kind: the samples, and those below SHARED/reports where it is there."""
    reports, samples = shared / "reports", ROOT / "samples"
    patterns: Mapping[str, Sequence[tuple[Path, str]]] = {
        "ruled": [(reports / "pdf", "*.grid.pdf"), (samples, "*.ruled.pdf")],
        "borderless": [(reports / "pdf", "*.plain.pdf"), (reports / "pdf", "*.rules.pdf"), (samples, "*.plain.pdf")],
        "published": [(reports / "real", "*.pdf")],
        "text": [(reports / "text", "*.txt"), (samples, "*-20??.txt")],
        "scan": [(reports / "scan", "*.pdf"), (reports / "real", "*scan.pdf"), (samples, "*.scan.pdf")],
    }
    found = [path for folder, pattern in patterns[kind] for path in sorted(folder.glob(pattern))]
    return [path for path in found if born_digital(path)] if kind == "published" else found


def cut(path: Path, pages: int, folder: Path) -> Path:
    """The first pages of a PDF as a file of their own; the file itself where it has no more."""
    import pypdfium2

    if pages_of(path) <= pages:
        return path
    target = folder / f"{path.stem}.first{pages}.pdf"
    with pypdfium2.PdfDocument(path) as whole:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(whole, list(range(pages)))
        part.save(target)
    return target


# --- measuring -----------------------------------------------------------------------------------------------------


def processor() -> float:
    """Seconds of the processor of this process and of those it started and waited for."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def read(kind: str, path: Path, out: Path) -> Cost:
    """One document through all stages to its staged files, which are counted and thrown away."""
    import hashlib

    from pipeline.rows import Origin
    from pipeline.task import Task, process

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    task = Task(path, Origin(digest[:16], path.name, (), digest, "bench"), out, ocr="auto" if kind == "scan" else "off")
    clock, cpu = time.perf_counter(), processor()
    done = process(task)
    clock, cpu = time.perf_counter() - clock, processor() - cpu
    sizes = [file.stat().st_size for file in sorted(done.staged.folder.glob("*.parquet"))] if done.staged else []
    pages = max(1, round(len(path.read_bytes()) / CHARACTERS)) if kind == "text" else pages_of(path)
    if done.staged:
        shutil.rmtree(done.staged.folder)
    size = path.stat().st_size
    return Cost(kind, path.name, pages, cpu, clock, sum(sizes), len(sizes), size, peak_mb(), done.status)


def work(kind: str, files: Sequence[Path], scan_pages: int) -> None:
    """In a process of its own: the documents of a kind; a JSON line for the first reading, then one for each document."""
    with tempfile.TemporaryDirectory(prefix="lkjip-bench-") as folder:
        here = Path(folder)
        if kind == "scan":
            files = [cut(path, scan_pages, here) for path in files]
        first = min(files, key=lambda path: path.stat().st_size)
        for path in (first, *files):
            print(json.dumps(asdict(read(kind, path, here / "out"))), flush=True)


def measure(kind: str, files: Sequence[Path], scan_pages: int) -> Iterator[Cost]:
    command = [sys.executable, __file__, "--worker", kind, "--scan-pages", str(scan_pages), "--files", *map(str, files)]
    environment = dict(os.environ) | ALLOCATOR | {"LKJIP_OCR_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        for line in process.stdout or ():
            if line.startswith("{"):
                yield Cost(**json.loads(line))
    if process.returncode:
        raise SystemExit(f"the process for {kind} ended with {process.returncode}")


def rate(costs: Sequence[Cost]) -> Rate:
    """Averages weigh each page alike; `costs` begins with the first reading, which is not counted."""
    first, rest = costs[0], costs[1:]
    again = next(cost for cost in rest if cost.file == first.file)
    pages = sum(cost.pages for cost in rest)
    each = [cost.cpu / cost.pages for cost in rest]
    return Rate(
        documents=len(rest),
        pages=pages,
        cpu=sum(cost.cpu for cost in rest) / pages,
        fastest=min(each),
        slowest=max(each),
        parquet=sum(cost.parquet for cost in rest) / pages,
        files=sum(cost.files for cost in rest) / len(rest),
        source=sum(cost.source for cost in rest) / pages,
        peak=max(cost.peak for cost in costs),
        start=first.cpu - again.cpu,
    )


def rates_table(rates: Mapping[str, Rate]) -> str:
    """The measured rates as Markdown."""
    lines = [
        "| kind | documents | pages | CPU ms a page | document by document | pages per CPU second | peak memory | start "
        "| Parquet a page | files a document | source a page |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, r in rates.items():
        lines.append(
            f"| {kind}: {KINDS[kind]} | {r.documents} | {r.pages} | {r.cpu * 1000:.0f} "
            f"| {r.fastest * 1000:.0f} to {r.slowest * 1000:.0f} | {1 / r.cpu:.1f} | {r.peak:.0f} MB | {r.start:.1f} s "
            f"| {r.parquet / 1024:.1f} KB | {r.files:.0f} | {r.source / 1024:.0f} KB |"
        )
    return "\n".join(lines)


# --- projecting ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Assumed:
    """What is not measured. `scans`: the share of pages that are pictures; `pages` of a report; `reports` of a year;
    `efficiency`: the share of the time in which a core really reads."""

    scans: float
    pages: float
    reports: int
    efficiency: float
    parquet: float
    source_born: float
    source_scan: float
    files: float


def projection(born: float, scan: float, a: Assumed) -> str:
    """CPU hours, hours by the clock on so many cores, storage: a row for each scope, and the arithmetic."""
    page = (1 - a.scans) * born + a.scans * scan
    source = (1 - a.scans) * a.source_born + a.scans * a.source_scan
    governments = 514 + 38
    scopes = (
        ("a province (average)", round(a.reports / 38)),
        ("the largest province (38 kabupaten and kota)", round(a.reports * 39 / governments)),
        ("the country, one year", a.reports),
        ("the country, ten years", 10 * a.reports),
    )
    cores = (2, 8, 64, 256)
    lines = [
        f"seconds of a core a page = {1 - a.scans:.2f} x {born:.4f} + {a.scans:.2f} x {scan:.3f} = {page:.4f}",
        f"hours = reports x {a.pages:g} pages x {page:.4f} s / 3600 / cores / {a.efficiency:g}",
        f"Parquet = pages x {a.parquet / 1024:.1f} KB, files = reports x {a.files:.0f}, "
        f"sources = pages x {source / 1024:.0f} KB",
        "",
        f"| what | reports | pages | core hours | {' | '.join(f'hours on {n} cores' for n in cores)} "
        "| Parquet | files | sources |",
        f"|---|--:|--:|--:|{'--:|' * len(cores)}--:|--:|--:|",
    ]
    for name, reports in scopes:
        pages = reports * a.pages
        hours = pages * page / 3600
        clock = " | ".join(f"{hours / n / a.efficiency:,.1f}" for n in cores)
        lines.append(
            f"| {name} | {reports:,} | {pages:,.0f} | {hours:,.1f} | {clock} | {pages * a.parquet / 1e9:,.1f} GB "
            f"| {reports * a.files:,.0f} | {pages * source / 1e9:,.0f} GB |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--scan-pages", type=int, default=12, help="pages of a scan that are read")
    parser.add_argument("--rates", help="born=SECONDS,scan=SECONDS a page: measure nothing")
    parser.add_argument("--scans", type=float, default=0.25, help="share of pages that are pictures (assumed)")
    parser.add_argument("--pages", type=float, default=100, help="pages of a report (assumed)")
    parser.add_argument("--reports", type=int, default=25_000, help="reports of a year (assumed)")
    parser.add_argument("--efficiency", type=float, default=0.8, help="share of the time a core reads (assumed)")
    parser.add_argument("--worker", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--files", nargs="+", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        work(given.worker, given.files, given.scan_pages)
        return
    rates: dict[str, Rate] = {}
    if given.rates is None:
        for kind in given.kinds:
            if files := files_of(kind, given.shared):
                costs = []
                for cost in measure(kind, files, given.scan_pages):
                    costs.append(cost)
                    told = f"{kind:10} {cost.file:52} {cost.pages:4} pages {cost.cpu:7.2f} s CPU  {cost.status}"
                    print(told, file=sys.stderr, flush=True)
                rates[kind] = rate(costs)
        load = f"load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else "load unknown"
        print(f"{platform.machine()}, {os.cpu_count()} cores, {load}; Python {platform.python_version()}\n")
        print(rates_table(rates), end="\n\n")
        born = rates.get("published") or rates.get("borderless") or rates.get("ruled")
        if born is None or "scan" not in rates:
            return
        seconds = {"born": born.cpu, "scan": rates["scan"].cpu}
        mixed = (1 - given.scans) * born.parquet + given.scans * rates["scan"].parquet
        bytes_ = (mixed, born.source, rates["scan"].source, born.files)
    else:
        seconds = {name: float(value) for name, value in (part.split("=") for part in given.rates.split(","))}
        bytes_ = ((1 - given.scans) * 3.9 * 1024 + given.scans * 11.9 * 1024, 29 * 1024.0, 139 * 1024.0, 12.0)
    parquet, source_born, source_scan, files_each = bytes_
    assumed = Assumed(
        given.scans, given.pages, given.reports, given.efficiency, parquet, source_born, source_scan, files_each
    )
    print(projection(seconds["born"], seconds["scan"], assumed))


if __name__ == "__main__":
    main()
