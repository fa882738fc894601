"""What the fault benchmarks share: small reports, runs as processes of their own, what they leave, and how to hurt them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
SYLLABLES = ["ba", "ci", "du", "fe", "go", "ha", "ji", "ku", "le", "mo", "na", "pe", "ra", "si", "tu", "wa"]
YEARS = range(2000, 2025)

# An ordinary user's view of permissions, also for root: without CAP_DAC_OVERRIDE a folder's mode counts.
_ORDINARY = "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); os.execv(sys.argv[1], sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to a run, how often, and what came of it; `good` None where it could not be done here."""

    fault: str
    times: str
    came: str
    good: bool | None


def report_text(number: int, salt: int = 0) -> str:
    """A report whose sums agree; numbers below 4,096 times 25 have agencies and years of their own."""
    agency, year = divmod(number, len(YEARS))
    letters = [SYLLABLES[agency // 16**digit % 16] for digit in range(3)]
    amounts = [1_000_000 + 7 * number + salt, 2_000_000 + 3 * number]
    rows = [["No", "Program", "Anggaran", "Realisasi", "%"]]
    for index, (name, amount) in enumerate(zip(("Taman", "Jalan"), amounts, strict=True), 1):
        rows.append([str(index), f"Program {name}", _money(amount), _money(900_000), _percent(900_000, amount)])
    rows.append(["", "Jumlah", _money(sum(amounts)), _money(1_800_000), _percent(1_800_000, sum(amounts))])
    table = "\n".join("\t".join(row) for row in rows)
    head = f"LAPORAN KINERJA INSTANSI PEMERINTAH\nDINAS {''.join(letters).upper()} KOTA SUKAMAJU\nTAHUN {YEARS[year]}\n"
    return f"{head}\nTabel 3.1 Realisasi Anggaran Tahun {YEARS[year]}\n{table}\n"


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}".replace(".", ",")


def write_reports(folder: Path, count: int) -> Path:
    """So many small reports in one folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"laporan-{number:05}.txt").write_text(report_text(number), encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that ended: its exit code and what it said on stderr."""

    code: int
    said: str


class Run:
    """`lkjip ingest` as a process of its own, which can be hurt while it works."""

    def __init__(
        self, source: Path, out: Path, *options: str, ordinary: bool = False, program: str | None = None
    ) -> None:
        """`ordinary`: permissions count even for root. `program`: Python code to run before the command line."""
        arguments = ["ingest", str(source), "--out", str(out), *options]
        start = ["-c", f"{program}\nimport sys\nfrom pipeline.cli import main\nsys.exit(main())"] if program else []
        command = [sys.executable, *(start or ["-m", "pipeline"]), *arguments]
        if ordinary:
            command = [sys.executable, "-c", _ORDINARY, *command]
        self._said = out.parent / f"{out.name}.stderr"
        with self._said.open("w") as said:
            self.process = subprocess.Popen(
                command,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                preexec_fn=_heed_interrupts,
            )
        self.out = out

    def running(self) -> bool:
        """Is it at work still?"""
        return self.process.poll() is None

    def workers(self) -> list[psutil.Process]:
        """The processes it started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def wait_for(self, documents: int, seconds: float = 300.0) -> bool:
        """Wait until so many documents are in place, or it ended: False then."""
        end = time.monotonic() + seconds
        while self.running() and time.monotonic() < end:
            if len(rows_in_place(self.out)) >= documents:
                return True
            time.sleep(0.02)
        return False

    def end(self, seconds: float = 3600.0) -> Ended:
        """Wait for its end."""
        code = self.process.wait(seconds)
        return Ended(code, self._said.read_text())


def _heed_interrupts() -> None:
    """A shell lets what it runs in the background ignore Ctrl-C; here it is to be heard."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def finish(source: Path, out: Path, *options: str) -> Ended:
    """One whole run."""
    return Run(source, out, *options).end()


def rows_in_place(out: Path) -> list[Path]:
    """The files of `dokumen`."""
    return list((out / "dokumen").glob("agency=*/year=*/*.parquet"))


def state(out: Path) -> dict[str, bytes]:
    """Every Parquet file of OUT with its bytes."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.glob("*/agency=*/**/*.parquet"))}


def difference(out: Path, like: dict[str, bytes]) -> str:
    """How OUT differs from what it should be; empty for not at all."""
    now = state(out)
    missing, more = like.keys() - now.keys(), now.keys() - like.keys()
    other = [path for path in like.keys() & now.keys() if like[path] != now[path]]
    if not (missing or more or other):
        return ""
    return f"{len(missing)} files missing, {len(more)} too many, {len(other)} different"


def failed(out: Path) -> int:
    """How many documents OUT says could not be read."""
    import pyarrow.parquet as pq

    return sum(pq.ParquetFile(path).read(["status"])["status"][0].as_py() == "failed" for path in rows_in_place(out))


def half(out: Path) -> int:
    """Documents that `dokumen` says are complete and whose other rows are not all there."""
    names = [
        folder.name for folder in out.iterdir() if (folder / "_").parent.is_dir() and not folder.name.startswith("_")
    ]
    own = [n for n in names if n not in ("dokumen", "temuan_lintas", "kelompok_dokumen", "laporan")]
    return sum(
        not (out / dataset / path.relative_to(out / "dokumen")).exists()
        for path in rows_in_place(out)
        for dataset in own
    )


def gone(processes: Sequence[psutil.Process], seconds: float = 5.0) -> bool:
    """Have they all ended within so many seconds?"""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not [one for one in processes if _alive(one)]:
            return True
        time.sleep(0.05)
    return False


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[str]:
    """A tmpfs of that size at `folder`; gives why there is none, empty where there is. `mount -o remount` enlarges it."""
    folder.mkdir(parents=True, exist_ok=True)
    why = mount(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")
    try:
        yield why
    finally:
        if not why:
            subprocess.run(["umount", str(folder)], check=False, capture_output=True)


def mount(folder: Path, *options: str) -> str:
    """Call `mount`; why it refused, empty where it did not."""
    try:
        ran = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return ran.stderr.strip() if ran.returncode else ""


def permissions_count() -> bool:
    """Can a process be made here for which the mode of a folder counts?"""
    return os.geteuid() != 0 or hasattr(ctypes.CDLL(None), "prctl")


def dice(seed: int) -> random.Random:
    """Chance that is the same every time."""
    return random.Random(seed)
