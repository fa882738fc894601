"""A whole run over hostile files beside sound ones, and what must be true of it afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.case import Case

ROOT = Path(__file__).resolve().parents[2]
GOOD, BAD = "baik", "jahat"
BETWEEN = {"kelompok_dokumen", "temuan_lintas"}  # rows between documents: those of a sound one may gain neighbours


@dataclass
class Trial:
    """A run: its exit code, what it printed, the peak memory of its processes in bytes, and its time."""

    code: int
    text: str
    errors: str
    peak: int = 0
    seconds: float = 0.0
    rows: list[dict[str, object]] = field(default_factory=list)

    @property
    def kinds(self) -> Counter[str]:
        return Counter(kind(row) for row in self.rows)


def kind(row: dict[str, object]) -> str:
    """What became of a document, in one word."""
    error = str(row["error"] or "")
    if row["status"] != "failed":
        return str(row["status"])
    for word, said in (
        ("time", "detik, dihentikan"),
        ("memory", "MB memori"),
        ("died", "pembacanya mati"),
        ("OURS", "di dalam program"),
    ):
        if said in error:
            return word
    return "refused"


def write(cases: Iterable[Case], folder: Path) -> dict[str, Case]:
    """The cases as files of a folder, by their name."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for case in cases:
        (folder / case.name).write_bytes(case.make())
        written[case.name] = case
    return written


def run(source: Path, out: Path, *options: str, env: dict[str, str] | None = None) -> Trial:
    """`lkjip ingest` of a folder in a process of its own, watched."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(source), "--out", str(out), *options]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "LKJIP_DEBUG": "", **(env or {})}
    start = time.monotonic()
    process = subprocess.Popen(
        command, cwd=out.parent, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = _Watch(process.pid)
    text, errors = process.communicate()
    watch.end()
    return Trial(process.returncode, text, errors, watch.peak, time.monotonic() - start, rows_of(out))


class _Watch:
    """Looks at the resident memory of a process's children, twenty times a second."""

    def __init__(self, pid: int) -> None:
        import psutil

        self.peak = 0
        self._parent = psutil.Process(pid)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        import psutil

        while not self._ended.wait(0.05):
            try:
                for child in self._parent.children(recursive=True):
                    self.peak = max(self.peak, child.memory_info().rss)
            except psutil.Error:
                continue

    def end(self) -> None:
        self._ended.set()
        self._thread.join()


def rows_of(out: Path) -> list[dict[str, object]]:
    """The rows of `dokumen`."""
    import pyarrow.parquet as pq

    rows: list[dict[str, object]] = []
    for path in sorted((out / "dokumen").glob("agency=*/year=*/*.parquet")):
        with pq.ParquetFile(path) as file:
            rows += file.read().to_pylist()
    return rows


def of_documents(out: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The files of some documents, by their path below OUT."""
    wanted = set(ids)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*.parquet"))
        if path.stem in wanted and path.relative_to(out).parts[0] not in BETWEEN
    }


def state(folder: Path, but: Sequence[Path] = ()) -> dict[str, str]:
    """Every file and link below a folder with what it holds; pipes and sockets by name."""
    found = {}
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(here, name) not in but]
        for name in [*files, *(f for f in folders if Path(here, f).is_symlink())]:
            path = Path(here, name)
            if path.is_symlink():
                found[str(path)] = f"-> {path.readlink()}"
            elif path.is_file():
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                found[str(path)] = "special"
    return found


def faults(trial: Trial, out: Path, cases: dict[str, Case], memory: int) -> list[str]:
    """What is not as it must be after a run over `cases` (below `BAD`): nothing, if all is well."""
    wrong = []
    if trial.code not in (0, 1):
        wrong.append(f"exit code {trial.code}: {trial.errors[-500:]}")
    if "Traceback" in trial.text + trial.errors:
        wrong.append(f"a traceback: {(trial.text + trial.errors)[-1500:]}")
    for log in (out / "_runs").glob("*.jsonl"):
        for line in log.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event.get("trace"):
                wrong.append(f"{event.get('sumber')}: {str(event['trace'])[-700:]}")
    if trial.peak > memory:
        wrong.append(f"a process held {trial.peak >> 20} MB, more than {memory >> 20}")
    by_name: dict[str, list[dict[str, object]]] = {}
    for row in trial.rows:
        for name in [row["sumber"], *(row["sumber_lain"] or [])]:  # type: ignore[misc]
            by_name.setdefault(str(name).rpartition("/")[2], []).append(row)
    for name, case in cases.items():
        found = by_name.get(name, [])
        if len(found) != 1:
            wrong.append(f"{name}: {len(found)} rows")
            continue
        error = found[0]["error"]
        if found[0]["status"] == "ok":
            if case.says:
                wrong.append(f"{name}: read, but should be refused ({case.says})")
        elif not isinstance(error, str) or not error.strip() or "\n" in error or len(error) > 1000:
            wrong.append(f"{name}: {error!r} is no sentence")
        elif case.says and case.says not in error and kind(found[0]) not in ("time", "memory", "died"):
            wrong.append(f"{name}: {error!r} does not say {case.says!r}")
    return wrong
