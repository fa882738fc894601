"""Whole runs of `lkjip ingest` over hostile files beside sound ones: what became of each kind, and what was not as it must be.

    python benchmarks/hostile.py [--flips 3000] [--seed 1] [--only made|cut|flipped|names] [--keep FOLDER]

Exit code 1 where a run crashed, printed a traceback, wrote outside OUT, held more memory than it may, left a file without
a row or took a row of a sound neighbour.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from corpus import files  # noqa: E402
from corpus.case import Case  # noqa: E402
from corpus.mutate import cut_short, flipped  # noqa: E402
from corpus.tree import folder  # noqa: E402
from corpus.trial import BAD, GOOD, Trial, faults, kind, of_documents, rows_of, run, state, write  # noqa: E402

SAMPLES = ROOT / "samples"
MEMORY = 1024  # MB for one document
GLANCE = 1024  # MB for the look at a PDF that tells how long it will take (pipeline/schedule.py)
SLACK = 256 << 20  # a process may grow by so much between two looks at it
TIMEOUT = 60  # seconds for one document
BATCH = 250  # files of one run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=3000, help="samples with turned bits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("made", "cut", "flipped", "names"), help="one part alone")
    parser.add_argument("--jobs", default=str(os.cpu_count()))
    parser.add_argument("--ocr", default="off", choices=("auto", "off"))
    parser.add_argument("--memory", type=int, default=MEMORY)
    parser.add_argument("--timeout", type=int, default=TIMEOUT)
    given = parser.parse_args()
    small = sorted(
        path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".pdf") and path.stat().st_size < 100_000
    )
    parts: dict[str, Iterable[Case]] = {
        "made": files(given.seed),
        "cut": cut_short(small),
        "flipped": flipped(small, given.flips, given.seed),
    }
    options = ("--jobs", given.jobs, "--ocr", given.ocr, "--memory", str(given.memory), "--timeout", str(given.timeout))
    limit = (max(given.memory, GLANCE) << 20) + SLACK
    wrong: list[str] = []
    print("| part | files | " + " | ".join(COLUMNS) + " | peak memory of a process | seconds |")
    print("|---|--:|" + "--:|" * len(COLUMNS) + "--:|--:|")
    for name, cases in parts.items():
        if given.only in (None, name):
            wrong += _part(name, cases, options, limit)
    if given.only in (None, "names"):
        wrong += _names(options, limit)
    print(*(["", f"{len(wrong)} faults:", *wrong] if wrong else ["", "no faults"]), sep="\n")
    return 1 if wrong else 0


COLUMNS = ("ok", "partial", "refused", "time", "memory", "died", "OURS")


def _part(name: str, cases: Iterable[Case], options: tuple[str, ...], limit: int) -> list[str]:
    """One part of the corpus in runs of at most `BATCH` files, each beside the sound samples."""
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    count, peak, seconds = 0, 0, 0.0
    for batch in _batches(cases):
        with tempfile.TemporaryDirectory(prefix="lkjip-") as place:
            trial, found = _run(batch, Path(place), options, limit)
        wrong += found
        kinds.update(kind(row) for row in trial.rows if f"/{BAD}/" in str(row["sumber"]))
        count, peak, seconds = count + len(batch), max(peak, trial.peak), seconds + trial.seconds
    _print(name, count, kinds, peak, seconds)
    return wrong


def _batches(cases: Iterable[Case]) -> Iterator[list[Case]]:
    waiting = iter(cases)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _run(batch: list[Case], place: Path, options: tuple[str, ...], limit: int) -> tuple[Trial, list[str]]:
    source = place / "sumber"
    ids = good(source / GOOD, place / "bersih", source, options)
    written = write(batch, source / BAD)
    out = place / "out"
    before = state(place, [out])
    trial = run(source, out, *options)
    wrong = faults(trial, out, written, limit)
    if state(place, [out]) != before:
        wrong.append("something outside OUT changed")
    if of_documents(out, ids) != of_documents(place / "bersih", ids):
        wrong.append("rows of sound files changed")
    return trial, wrong


def good(folder_: Path, clean: Path, source: Path, options: tuple[str, ...]) -> list[str]:
    """Lay sound reports in a folder and read them alone; their ids."""
    folder_.mkdir(parents=True)
    for path in [*sorted(SAMPLES.glob("*.txt"))[:4], SAMPLES / "dmpl-wakatobi-2022.ruled.pdf"]:
        (folder_ / path.name).write_bytes(path.read_bytes())
    run(source, clean, *options)
    return [str(row["document_id"]) for row in rows_of(clean)]


def _names(options: tuple[str, ...], limit: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="lkjip-") as name:
        place = Path(name)
        source = place / "sumber"
        ids = good(source / GOOD, place / "bersih", source, options)
        text = (SAMPLES / "bpbd-telaga-sari-2023.txt").read_text(encoding="utf-8")
        made = folder(source / BAD, text, place / "luar")
        out = place / "out"
        before = state(place, [out])
        trial = run(source, out, *options)
        wrong = faults(trial, out, {}, limit)
        rows = [row for row in trial.rows if f"/{BAD}/" in str(row["sumber"])]
        if sum(1 + len(row["sumber_lain"]) for row in rows) != len(made) + 1:  # type: ignore[arg-type]
            wrong.append(f"{len(made)} names, {len(rows)} rows")
        if state(place, [out]) != before:
            wrong.append("something outside OUT changed")
        if of_documents(out, ids) != of_documents(place / "bersih", ids):
            wrong.append("rows of sound files changed")
        _print("names", len(made), Counter(kind(row) for row in rows), trial.peak, trial.seconds)
    return wrong


def _print(name: str, count: int, kinds: Counter[str], peak: int, seconds: float) -> None:
    cells = " | ".join(str(kinds[column]) for column in COLUMNS)
    print(f"| {name} | {count} | {cells} | {peak >> 20} MB | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
