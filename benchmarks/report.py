"""How long the report takes, and how fast its index opens.

    python benchmarks/report.py against SOURCE...   ingest the sources, then write their report: both times
    python benchmarks/report.py documents N         write the report of the samples copied N times; time for each document
    python benchmarks/report.py index N M           an index of N documents and M findings, opened in Chromium

Everything is written below a temporary folder. The index needs Playwright and Chromium (scripts/install-browser.sh).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Silent:
    """Hears nothing of a run."""

    def begin(self, total: int) -> None: ...

    def done(self, result: Any) -> None: ...


def against(sources: list[Path], folder: Path) -> dict[str, Any]:
    """Seconds to ingest the sources and to write their report, both from nothing, each with the machine's cores."""
    from pipeline.ingest import Settings, ingest
    from pipeline.pool import default_jobs
    from pipeline.report import write_report

    out = folder / "out"
    start = time.perf_counter()
    ingest(sources, out, Settings(), Silent())
    read = time.perf_counter() - start
    start = time.perf_counter()
    done = write_report(out, jobs=default_jobs())
    wrote = time.perf_counter() - start
    return {"documents": done.documents, "findings": done.findings, "ingest": round(read, 2), "report": round(wrote, 2)}


def documents(copies: int, folder: Path) -> dict[str, Any]:
    """Seconds for the report of `copies` documents, each with the rows of one of the samples."""
    from pipeline.ingest import Settings, ingest
    from pipeline.pool import default_jobs
    from pipeline.report import write_report

    out = folder / "out"
    ingest([ROOT / "samples"], out, Settings(), Silent())
    _multiply(out, copies)
    start = time.perf_counter()
    done = write_report(out, jobs=default_jobs())
    seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in done.index.parent.rglob("*") if path.is_file())
    each = {"ms_each": round(seconds * 1000 / done.documents, 1), "kb_each": round(size / 1024 / done.documents)}
    return {"documents": done.documents, "findings": done.findings, "seconds": round(seconds, 2), **each}


def _multiply(out: Path, copies: int) -> None:
    """Copies of the documents of OUT under other names, until there are so many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    heads = sorted((out / "dokumen").rglob("*.parquet"))
    for number in range(len(heads), copies):
        source = heads[number % len(heads)]
        id_ = hashlib.sha256(str(number).encode()).hexdigest()[:16]
        for path in out.glob(f"*/{source.parent.relative_to(out / 'dokumen')}/{source.name}"):
            table = pq.ParquetFile(path).read()
            column = pa.array([id_] * table.num_rows, pa.string())
            table = table.set_column(0, table.schema.field(0), column)
            pq.write_table(table, path.with_name(f"{id_}.parquet"))


def index(n_documents: int, n_findings: int, folder: Path) -> dict[str, Any]:
    """Seconds to write such an index, and what the browser then measures."""
    from pipeline.report.index import Index
    from pipeline.report.model import Coverage
    from pipeline.report.pages import write_static
    from pipeline.report.write import _write_index

    start = time.perf_counter()
    gathered = Index()
    for number in range(n_documents):
        findings = range(number * n_findings // n_documents, (number + 1) * n_findings // n_documents)
        gathered.add(_result(number, findings, Coverage(())))
    _write_index(folder, gathered, [], "id", datetime(2025, 5, 7))
    write_static(folder / "static")
    wrote = time.perf_counter() - start
    size = sum(path.stat().st_size for path in (folder / "data").iterdir())
    return {"write": round(wrote, 2), "megabytes": round(size / 1e6, 1), **_opened(folder / "index.html", n_findings)}


def _result(number: int, findings: range, coverage: Any) -> Any:
    from pipeline.report.model import Result

    head = {
        "agency": f"dinas-{number}",
        "year": 2015 + number % 10,
        "instansi": f"Dinas Pekerjaan Umum dan Penataan Ruang Nomor {number}",
        "wilayah": "Kabupaten Sukamaju",
        "jenis": "lkjip",
        "status": "ok" if number % 50 else "failed",
        "sumber": f"laporan/{number}.pdf",
        "error": None if number % 50 else "berkas terkunci",
        "pages": 100,
        "n_tabel": 20,
    }
    rows = tuple(
        {
            "temuan_id": hashlib.sha256(str(one).encode()).hexdigest()[:16],
            "rule": ("sum", "percent", "narrative", "malformed")[one % 4],
            "severity": ("tinggi", "sedang", "rendah")[one % 3],
            "subjek": f"8.01.01.2.06.{one:07d} Penyelenggaraan Rapat Koordinasi dan Konsultasi Perangkat Daerah: realisasi",
            "place": f"Tabel III.{one % 30}, hlm. {one % 100 + 1}",
            "shown": "Rp 143.162.793,00",
            "expected_shown": "Rp 145.898.000,00",
            "difference_shown": "−Rp 2.735.207,00",
            "money": Decimal(one * 7919 % 10**9),
            "tinjauan": "",
        }
        for one in findings
    )
    return Result(head, f"dokumen/{number}.html", rows, coverage, {"tinggi": len(rows)}, Decimal(1), 1, 0, 0)


def _opened(path: Path, n_findings: int) -> dict[str, Any]:
    """Milliseconds until the page is loaded and shows rows, until all is there, and for a search and a sort."""
    from playwright.sync_api import expect, sync_playwright

    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = running.new_page()
        start = time.perf_counter()
        page.goto(path.as_uri(), wait_until="load")
        expect(page.locator("#temuan tbody tr")).to_have_count(min(25, n_findings))
        usable = time.perf_counter() - start
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        place = page.locator("[data-list=temuan]")
        expect(place).to_have_attribute("data-loaded", str(n_findings), timeout=120_000)
        whole = time.perf_counter() - start
        start = time.perf_counter()
        page.locator("#temuan input[type=search]").fill(f"{n_findings // 2:07d}")
        expect(page.locator("#temuan tbody tr")).to_have_count(1)
        search = time.perf_counter() - start
        page.locator("#temuan input[type=search]").fill("")
        expect(page.locator("#temuan tbody tr")).to_have_count(min(25, n_findings))
        sort = page.evaluate(
            "() => { const start = performance.now(); document.querySelectorAll('#temuan th button')[1].click();"
            " return performance.now() - start; }"
        )
        memory = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0")
        running.close()
    seconds = {
        "load_event": loaded / 1000,
        "first_rows": usable,
        "everything": whole,
        "search": search,
        "sort": sort / 1000,
    }
    return {name: round(value, 2) for name, value in seconds.items()} | {"heap_mb": round(memory / 1e6)}


def main(arguments: list[str]) -> int:
    """Run one of them; print what it measured as JSON."""
    if not arguments:
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments[0] == "against":
            found = against([Path(one) for one in arguments[1:]], folder)
        elif arguments[0] == "documents":
            found = documents(int(arguments[1]), folder)
        else:
            found = index(int(arguments[1]), int(arguments[2]), folder)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
