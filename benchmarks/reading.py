"""Reads the same PDFs with pdfplumber, camelot (lattice, network) and lkjip, each in a process of its own, one by one.

Prints for each of them pages per second, peak memory and how many cells of the hand-verified gold stand in a row of its
tables: `python benchmarks/reading.py ../shared`. pdfplumber and camelot are timed at finding tables alone; lkjip at the
whole way from the file to its staged Parquet files: reading, tables, records, checks, datasets. Files with many
pages that have no text of their own are left out (`--all` keeps them), and lkjip reads without OCR, for the others have none.
"""

from __future__ import annotations

import argparse
import difflib
import json
import math
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from measure import peak_mb

Row = list[str]
ReadTables = Callable[[Path], Iterable[Row]]
TEXTLESS = 0.35  # share of pages without text of their own from which a file is no born-digital one
COVERED = 0.5  # share of a page that one picture covers
QUICK_PAGES = 45  # the largest file of --quick
START = "start"
FIRST = Path(__file__).parents[1] / "samples" / "kesbangpol-tanjung-harapan-2023.plain.pdf"
AIMS = {"pdfplumber": 8, "camelot-lattice": 25}  # times as fast as these by the clock, with everything done
NEAR = 3  # rows above and below in which a merged or cut name may stand
FIGURES = {"anggaran": ("anggaran", "realisasi", "persen"), "kinerja": ("target", "realisasi", "capaian")}
NAMES = {"anggaran": "uraian", "kinerja": "indikator"}


@dataclass(frozen=True)
class Measured:
    """One file read by one tool: seconds by the clock and of the processor; `gold` and `right` count cells (0: no gold).

    `part` is the folder of the file; START marks the small file that is read first, for what the tool loads with it.
    """

    tool: str
    part: str
    file: str
    pages: int
    seconds: float
    cpu: float
    rows: int
    gold: int
    right: int
    peak_mb: float
    error: str | None = None


# --- the readers ---------------------------------------------------------------------------------------------------


def with_pdfplumber() -> ReadTables:
    import pdfplumber

    def read(path: Path) -> Iterable[Row]:
        found = []
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                found += [[cell or "" for cell in row] for table in page.extract_tables() for row in table]
                page.close()  # without it memory grows with the pages
        return found

    return read


def with_camelot(flavor: str) -> ReadTables:
    import camelot

    def read(path: Path) -> Iterable[Row]:
        tables = camelot.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True)
        return [[str(cell) for cell in row] for table in tables for row in table.df.to_numpy().tolist()]

    return read


def with_lkjip() -> ReadTables:
    import hashlib

    from pipeline.rows import Origin
    from pipeline.task import Task, process

    out = Path(tempfile.mkdtemp(prefix="lkjip-bench-"))

    def read(path: Path) -> Iterable[Row]:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        done = process(Task(path, Origin(digest[:16], path.name, (), digest, "bench"), out, ocr="off"))
        if done.staged is None:
            raise RuntimeError(done.error or done.status)
        return _Cells(done.staged.folder / "sel.parquet")

    return read


class _Cells:
    """The rows of our tables, read back from Parquet when asked for: after the clock has stopped."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Any:
        import pyarrow.parquet as pq

        rows: dict[tuple[str, int], Row] = {}
        for cell in pq.read_table(self.path).to_pylist():
            rows.setdefault((cell["table_id"], cell["row"]), []).append(cell["text"])
        return iter(rows.values())


READERS: dict[str, Callable[[], ReadTables]] = {
    "lkjip": with_lkjip,
    "pdfplumber": with_pdfplumber,
    "camelot-lattice": lambda: with_camelot("lattice"),
    "camelot-network": lambda: with_camelot("network"),
}


# --- gold cells ----------------------------------------------------------------------------------------------------


def gold_cells(gold: Path | None) -> list[tuple[str, list[str]]]:
    """(name, printed figures) of every budget line and indicator of the gold, as printed."""
    if gold is None:
        return []
    held = json.loads(gold.read_text(encoding="utf-8"))
    found = []
    for kind, fields in FIGURES.items():
        for row in held[kind]:
            printed = row.get("teks") or {}
            figures = [printed[f] for f in fields if printed.get(f) and row.get(f) is not None]
            if figures and row.get("optional") is not True:
                found.append((squash(row[NAMES[kind]]), [squash_figure(f) for f in figures]))
    return found


def squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"</?[a-z]+>", "", text.casefold()))


def squash_figure(text: str) -> str:
    return re.sub(r"^rp\.?", "", re.sub(r"\s+", "", re.sub(r"\*|</?[a-z]+>", "", text.casefold())))


def right_cells(rows: Sequence[Row], gold: Sequence[tuple[str, list[str]]]) -> int:
    """How many gold figures stand, character for character, in a cell of their line's row.

    The row is theirs where its name, or one within NEAR rows (merged and cut names), is like the gold's.
    """
    figures = [{squash_figure(cell) for cell in row} for row in rows]
    names = [[s for s in map(squash, row) if len(s) > 4] for row in rows]
    where: dict[str, list[int]] = {}
    for i, held in enumerate(figures):
        for figure in held:
            where.setdefault(figure, []).append(i)
    right = 0
    for name, wanted in gold:
        candidates = sorted({i for f in wanted for i in where.get(f, ())}, key=lambda i: -len(figures[i] & set(wanted)))
        best = 0
        for i in candidates:
            hits = sum(f in figures[i] for f in wanted)
            if hits <= best:
                break
            near = range(max(0, i - NEAR), min(len(rows), i + NEAR + 1))
            if any(alike(name, other) for k in near for other in names[k]):
                best = hits
        right += best
    return right


def alike(a: str, b: str) -> bool:
    if a in b or b in a:
        return True
    match = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return match.real_quick_ratio() > 0.6 and match.quick_ratio() > 0.6 and match.ratio() > 0.6


# --- files ---------------------------------------------------------------------------------------------------------


def born_digital(path: Path) -> bool:
    """Have most pages text of their own, and no picture over them?"""
    import pypdfium2
    import pypdfium2.raw as pdfium

    with pypdfium2.PdfDocument(path) as document:
        bare = 0
        for page in document:
            covered = 0.0
            for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
                x0, y0, x1, y1 = image.get_bounds()
                covered += max(0.0, x1 - x0) * max(0.0, y1 - y0)
            pictured = covered > COVERED * page.get_width() * page.get_height()
            bare += pictured or page.get_textpage().count_chars() < 20
        return bare < TEXTLESS * len(document)


def pages_of(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def gold_of(path: Path, folder: Path) -> Path | None:
    gold = folder / f"{path.name.split('.')[0]}.json"
    return gold if gold.exists() else None


# --- running -------------------------------------------------------------------------------------------------------


def work(tool: str, files: Sequence[Path], gold: Path) -> None:
    """In the tool's own process: read each file and print what was measured as one JSON line."""
    warnings.simplefilter("ignore")
    begun = time.perf_counter(), time.process_time()
    read = READERS[tool]()
    for path in (FIRST, *files):
        start, cpu = begun if path == FIRST else (time.perf_counter(), time.process_time())
        error, rows = None, []
        try:
            found = read(path)
            seconds, cpu, peak = time.perf_counter() - start, time.process_time() - cpu, peak_mb()
            rows = list(found)
        except Exception as problem:  # noqa: BLE001 - one tool's crash must not end the comparison
            seconds, cpu, peak = time.perf_counter() - start, time.process_time() - cpu, peak_mb()
            error = f"{type(problem).__name__}: {problem}"
        cells = gold_cells(gold_of(path, gold))
        total, right = sum(len(f) for _, f in cells), right_cells(rows, cells)
        part = START if path == FIRST else path.parent.name
        measured = Measured(tool, part, path.name, pages_of(path), seconds, cpu, len(rows), total, right, peak, error)
        print(json.dumps(asdict(measured)), flush=True)


def run(tool: str, files: Sequence[Path], gold: Path) -> list[Measured]:
    command = [sys.executable, __file__, "--worker", tool, "--gold", str(gold), "--files", *map(str, files)]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout or ():
            if line.startswith("{"):
                measured = Measured(**json.loads(line))
                found.append(measured)
                note = f"  {measured.error}" if measured.error else ""
                print(f"{tool:16} {measured.file:50} {measured.seconds:8.2f} s{note}", file=sys.stderr, flush=True)
    return found


def table(found: Sequence[Measured], tools: Sequence[str]) -> str:
    """The comparison as Markdown: each tool, how many times as fast lkjip is by folder, then cells right by file."""
    read = [m for m in found if m.part != START]
    lines = [
        "| reader | pages | seconds | pages/s | pages per CPU s | start, CPU s | peak memory | gold cells right | failed |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for tool in tools:
        mine = [m for m in read if m.tool == tool]
        gold, right = sum(m.gold for m in mine), sum(m.right for m in mine)
        share = f"{right} of {gold} ({right / gold:.3f})" if gold else "-"
        peak, failed = max((m.peak_mb for m in mine), default=0.0), sum(m.error is not None for m in mine)
        start = sum(m.cpu for m in found if m.tool == tool and m.part == START)
        seconds = sum(m.seconds for m in mine)
        lines.append(
            f"| {tool} | {sum(m.pages for m in mine)} | {seconds:.1f} | {rate(mine):.1f} | {rate(mine, 'cpu'):.1f} "
            f"| {start:.1f} | {peak:.0f} MB | {share} | {failed} |"
        )
    lines += ["", *ratios(found, tools)] if "lkjip" in tools and len(tools) > 1 else []
    lines += ["", f"| file | pages | gold cells | {' | '.join(tools)} |", f"|---|--:|--:|{'--:|' * len(tools)}"]
    for name in dict.fromkeys(m.file for m in read):
        mine_by_tool = {m.tool: m for m in read if m.file == name}
        any_of = next(iter(mine_by_tool.values()))
        cells = []
        for tool in tools:
            m = mine_by_tool.get(tool)
            right = "" if m is None or not m.gold else f"{m.right}, "
            cells.append(f"{right}{m.pages / m.seconds:.1f}/s" if m is not None and m.error is None else "failed")
        lines.append(f"| {name} | {any_of.pages} | {any_of.gold or ''} | {' | '.join(cells)} |")
    return "\n".join(lines)


def ratios(found: Sequence[Measured], tools: Sequence[str]) -> Iterable[str]:
    """How many times as many pages a second lkjip reads, by folder: warm, and with the start of the process counted."""
    yield "| lkjip against | files of | by the clock | by the processor | by the processor, start included | aim |"
    yield "|---|---|--:|--:|--:|--:|"
    parts = list(dict.fromkeys(m.part for m in found if m.part != START))
    for tool in tools:
        for part in parts if tool != "lkjip" else ():
            ours, theirs = ([m for m in found if m.tool == one and m.part == part] for one in ("lkjip", tool))
            begun = [[m for m in found if m.tool == one and m.part == START] for one in ("lkjip", tool)]
            aim = "-" if tool == "camelot-lattice" and part != "pdf" else AIMS.get(tool, "-")
            figures = (
                rate(ours) / rate(theirs),
                rate(ours, "cpu") / rate(theirs, "cpu"),
                rate([*ours, *begun[0]], "cpu") / rate([*theirs, *begun[1]], "cpu"),
            )
            yield f"| {tool} | {part} | {' | '.join(f'{x:.1f}' for x in figures)} | {aim} |"


def rate(measured: Sequence[Measured], seconds: str = "seconds") -> float:
    """Pages a second of all these files together."""
    return sum(m.pages for m in measured) / (sum(getattr(m, seconds) for m in measured) or math.nan)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--files", nargs="+", type=Path, help="these PDFs instead of those of SHARED/reports")
    parser.add_argument("--gold", type=Path, help="folder of gold files (default: SHARED/gold)")
    parser.add_argument("--tools", nargs="+", choices=READERS, default=list(READERS))
    parser.add_argument("--quick", action="store_true", help=f"only files with gold and at most {QUICK_PAGES} pages")
    parser.add_argument("--all", action="store_true", help="keep files with many pages without text")
    parser.add_argument("--worker", choices=READERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    gold = given.gold or given.shared / "gold"
    files = given.files or [
        p for part in ("pdf", "real") for p in sorted((given.shared / "reports" / part).glob("*.pdf"))
    ]
    if given.worker:
        work(given.worker, files, gold)
        return
    if not files:
        parser.error(f"no PDFs below {given.shared}/reports; give some with --files")
    if not given.all:
        files = [p for p in files if born_digital(p)]
    if given.quick:
        files = [p for p in files if gold_of(p, gold) and pages_of(p) <= QUICK_PAGES]
    found = [measured for tool in given.tools for measured in run(tool, files, gold)]
    print(table(found, given.tools))


if __name__ == "__main__":
    main()
