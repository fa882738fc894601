"""Where the time of a born-digital page goes: CPU milliseconds a page for each stage, warm, in one process.

`python benchmarks/stages.py ../shared` reads the files that `reading.py` reads, the first of them once before the clock
starts. The stages are the functions that `pipeline/extract.py` and `pipeline/task.py` call; each is timed around its call.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reading import born_digital, pages_of

STAGES = (  # module, function, what it does
    ("pipeline.extract", "read", "read the pages: glyphs, words, lines"),
    ("pipeline.extract", "blocks", "tables and lines of text"),
    ("pipeline.extract", "identify", "who reports, for which year"),
    ("pipeline.extract", "stitch", "tables over page breaks"),
    ("pipeline.extract", "type_table", "headers"),
    ("extractors.anggaran", "budget_lines", "budget lines"),
    ("extractors.kinerja", "indicators", "indicators"),
    ("pipeline.extract", "other_figures", "other figures"),
    ("pipeline.extract", "extract_claims", "statements in running text"),
    ("pipeline.extract", "calculations", "printed calculations"),
    ("pipeline.extract", "link", "official codes"),
    ("pipeline.reconcile", "reconcile", "checks and findings"),
    ("pipeline.task", "rows_of", "rows"),
    ("pipeline.task", "stage", "Parquet, staged"),
)


def timed(seconds: Counter[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def around(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            seconds[name] += time.process_time() - start

    return around


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--files", nargs="+", type=Path, help="these PDFs instead of those of SHARED/reports")
    given = parser.parse_args()
    reports = given.shared / "reports"
    files = given.files or [p for part in ("pdf", "real") for p in sorted((reports / part).glob("*.pdf"))]
    files = [path for path in files if born_digital(path)]
    if not files:
        parser.error(f"no born-digital PDFs below {reports}; give some with --files")

    import importlib

    from pipeline.rows import Origin
    from pipeline.task import Task, process

    seconds: Counter[str] = Counter()
    for module, name, told in STAGES:
        owner = importlib.import_module(module)
        setattr(owner, name, timed(seconds, told, getattr(owner, name)))
    out = Path(tempfile.mkdtemp(prefix="lkjip-bench-"))

    def read(path: Path) -> None:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        process(Task(path, Origin(digest[:16], path.name, (), digest, "bench"), out, ocr="off"))

    read(files[0])
    seconds.clear()
    start = time.process_time()
    for path in files:
        read(path)
    whole = time.process_time() - start
    pages = sum(pages_of(path) for path in files)
    print(f"{len(files)} files, {pages} pages\n\n| stage | CPU ms a page |\n|---|--:|")
    for _, _, told in STAGES:
        print(f"| {told} | {1000 * seconds[told] / pages:.2f} |")
    print(f"| all else | {1000 * (whole - sum(seconds.values())) / pages:.2f} |")
    print(f"| **together** | **{1000 * whole / pages:.2f}** |")


if __name__ == "__main__":
    main()
