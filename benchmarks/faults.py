"""What becomes of a run that is hurt: workers and parent killed, disk full, OUT read-only, sources changing, the clock set.

    python benchmarks/faults.py [--documents N] [--rounds N] [--many N] [--only WORD]...

Each fault is done to `lkjip ingest` as a process of its own, over small made-up reports, and what is left at the end is
compared, file by file and byte by byte, with an undisturbed run. Exit code 1 where anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from disturb import (
    Outcome,
    Run,
    dice,
    difference,
    failed,
    finish,
    gone,
    half,
    mount,
    permissions_count,
    report_text,
    rows_in_place,
    small_disk,
    state,
    write_reports,
)

OPTIONS = ("--jobs", "2")
SETTLED = 4  # runs within which everything must be read, after workers were killed


class Place:
    """A folder for one fault: the sources, and what an undisturbed run makes of them."""

    def __init__(self, folder: Path, documents: int, options: tuple[str, ...] | None = None) -> None:
        self.folder = folder
        self.source = write_reports(folder / "laporan", documents)
        self.documents = documents
        self.options = OPTIONS if options is None else options
        self.out = folder / "out"
        self._right: dict[str, bytes] | None = None

    def start(self, **more: object) -> Run:
        """A run over the sources."""
        return Run(self.source, self.out, *self.options, **more)  # type: ignore[arg-type]

    @property
    def right(self) -> dict[str, bytes]:
        """What an undisturbed run makes of the sources as they are now."""
        if self._right is None:
            fresh = self.folder / "fresh"
            shutil.rmtree(fresh, ignore_errors=True)
            ended = finish(self.source, fresh, *self.options)
            assert ended.code in (0, 1), ended.said
            self._right = state(fresh)
        return self._right

    def judge(self, fault: str, times: str, came: str, also: bool = True) -> Outcome:
        """The outcome, by what OUT holds now."""
        differs = difference(self.out, self.right)
        told = f"{came}; then as undisturbed" if not differs else f"{came}; then {differs}"
        return Outcome(fault, times, told, also and not differs)


def workers_killed(folder: Path, documents: int, rounds: int) -> Outcome:
    """SIGKILL to a worker at random moments, `rounds` times over one run."""
    place, chance = Place(folder, documents), dice(1)
    run, kills = place.start(), 0
    while run.running() and kills < rounds:
        time.sleep(chance.uniform(0.2, 2.0))
        workers = run.workers()
        if workers and rows_in_place(place.out):
            chance.choice(workers).kill()
            kills += 1
    ended = run.end()
    lost, runs = failed(place.out), 1
    while failed(place.out) and runs < SETTLED:
        finish(place.source, place.out, *place.options)
        runs += 1
    came = f"exit code {ended.code}, {lost} documents named as failed and read by the next run"
    return place.judge("worker killed (SIGKILL)", f"{kills} kills in {documents} documents", came, ended.code in (0, 1))


def parent_killed(folder: Path, documents: int, rounds: int) -> Outcome:
    """SIGKILL to the program itself at random moments, and the same command again, until it comes to its end."""
    return _stopped(folder, documents, rounds, signal.SIGKILL, "parent killed (SIGKILL), command repeated")


def interrupted(folder: Path, documents: int, rounds: int) -> Outcome:
    """Ctrl-C at random moments, and the same command again."""
    return _stopped(folder, documents, rounds, signal.SIGINT, "Ctrl-C (SIGINT), command repeated")


def _stopped(folder: Path, documents: int, rounds: int, number: signal.Signals, fault: str) -> Outcome:
    place, chance = Place(folder, documents), dice(2)
    stops, orphans, halves, bad = 0, 0, 0, 0
    for turn in range(rounds):
        run = place.start()
        run.wait_for((turn * documents) // (2 * rounds) + 1)
        time.sleep(chance.uniform(0.0, 0.5))
        workers = run.workers()
        if not run.running():
            break
        run.process.send_signal(number)
        ended = run.end()
        stops += 1
        orphans += not gone(workers)
        halves += half(place.out)
        bad += ended.code not in ((130, 0) if number == signal.SIGINT else (-number,)) or "Traceback" in ended.said
        if number == signal.SIGINT:
            halves += (place.out / "_staging").exists()
    ended = finish(place.source, place.out, *place.options)
    came = f"{orphans} workers left behind, {halves} documents half there, {bad} bad ends"
    good = not (orphans or halves or bad or ended.code)
    return place.judge(fault, f"{stops} times in {documents} documents", came, good)


def disk_full(folder: Path, documents: int, rounds: int) -> Outcome:
    """A disk of 0.3 MB and more that fills up, is made larger, and the same command again."""
    place = Place(folder, documents)
    codes: list[int] = []
    sentences = True
    for turn in range(rounds):
        disk = folder / f"disk{turn}"
        with small_disk(disk, f"{300 + 400 * turn}k") as why:
            if why:
                return Outcome("disk full", "0", f"skipped: no tmpfs can be mounted here ({why})", None)
            place.out = disk / "out"
            place.out.mkdir()
            said = folder / "out.stderr"
            run = Run(place.source, place.out, *place.options)
            ended = run.end()
            codes.append(ended.code)
            sentences = sentences and ended.said.strip().splitlines()[-1:] != [] and "Traceback" not in ended.said
            said.unlink(missing_ok=True)
            if problem := mount(disk, "-o", "remount,size=4g"):
                return Outcome("disk full", "0", f"skipped: the tmpfs cannot be enlarged ({problem})", None)
            again = finish(place.source, place.out, *place.options)
            if again.code or difference(place.out, place.right):
                return place.judge("disk full", f"{turn + 1} times", f"exit codes {codes}, then {again.code}", False)
            outcome = place.judge(
                "disk full", f"{turn + 1} times", f"exit codes {codes}", sentences and set(codes) <= {4}
            )
    return outcome


def read_only(folder: Path, documents: int, rounds: int) -> Outcome:
    """OUT made read-only while the run works, made writable, and the same command again."""
    place = Place(folder, documents)
    if not permissions_count():
        return Outcome("OUT read-only midway", "0", "skipped: permissions cannot be made to count here", None)
    codes: list[int] = []
    clean = True
    for turn in range(rounds):
        run = place.start(ordinary=True)
        run.wait_for(len(rows_in_place(place.out)) + 1 + documents // (4 * rounds) * turn)
        _chmod(place.out, 0o555)
        ended = run.end()
        _chmod(place.out, 0o755)
        codes.append(ended.code)
        clean = clean and "Traceback" not in ended.said
        if ended.code == 0:
            break
    again = finish(place.source, place.out, *place.options)
    good = clean and set(codes) <= {4, 0} and 4 in codes and again.code == 0
    return place.judge("OUT read-only midway", f"{len(codes)} times", f"exit codes {codes}, then {again.code}", good)


def _chmod(out: Path, mode: int) -> None:
    for path, _, _ in os.walk(out):  # passes over what is gone: a run moves and deletes
        with contextlib.suppress(FileNotFoundError):
            Path(path).chmod(mode)


def sources_change(folder: Path, documents: int, rounds: int) -> Outcome:
    """Files rewritten, cut, deleted and added while they are read; the same command with --prune at rest."""
    place, chance = Place(folder, documents), dice(3)
    done, stop = [0], threading.Event()

    def change() -> None:
        while not stop.is_set() and done[0] < 3 * documents * rounds:
            path = place.source / f"laporan-{chance.randrange(documents):05}.txt"
            what = chance.randrange(4)
            if what == 0:
                path.unlink(missing_ok=True)
            elif what == 1:
                path.write_text(report_text(chance.randrange(documents), salt=chance.randrange(1000)), encoding="utf-8")
            elif what == 2 and path.exists():
                os.truncate(path, path.stat().st_size // 2)
            else:
                new = place.source / f"baru-{done[0]:05}.txt"
                new.write_text(report_text(documents + done[0]), encoding="utf-8")
            done[0] += 1
            time.sleep(chance.uniform(0.0, 0.05))

    codes, clean = [], True
    for _ in range(rounds):
        run = place.start()
        run.wait_for(1)
        stop.clear()
        thread = threading.Thread(target=change)
        thread.start()
        ended = run.end()
        stop.set()
        thread.join()
        codes.append(ended.code)
        clean = clean and "Traceback" not in ended.said
    again = finish(place.source, place.out, *place.options, "--prune", "--retry-failed")
    good = clean and set(codes) <= {0, 1} and again.code in (0, 1)
    came = f"exit codes {sorted(set(codes))}, then {again.code}"
    return place.judge("sources changed, cut, deleted, added while read", f"{done[0]} changes", came, good)


CLOCK = """
import random, time
_real, _chance = time.time, random.Random(5)
time.time = lambda: _real() + _chance.choice((-86400, 0, 86400, 400 * 86400))
time.time_ns = lambda: int(time.time() * 1e9)
"""


def clock_set(folder: Path, documents: int, rounds: int) -> Outcome:
    """A clock that jumps by days both ways in the program, and files dated 1970 and 2100."""
    place = Place(folder, documents)
    right = place.right
    for number, path in enumerate(sorted(place.source.iterdir())):
        when = (0, 4_102_444_800, 86_400)[number % 3]
        os.utime(path, (when, when))
    codes = [place.start(program=CLOCK).end().code for _ in range(rounds)]
    before = difference(place.out, right)
    came = f"exit codes {codes}{'; differs' if before else ''}"
    return place.judge(
        "clock jumps by days, files dated 1970 to 2100", f"{rounds} runs", came, set(codes) == {0} and not before
    )


def many(folder: Path, documents: int) -> Outcome:
    """Very many small reports in one folder: resident memory of the parent as their number grows."""
    place = Place(folder, documents, ("--jobs", str(os.cpu_count() or 1)))
    start = time.monotonic()
    run = place.start()
    parent = psutil.Process(run.process.pid)
    marks = [documents // 10, documents // 4, documents // 2, documents]
    told: list[tuple[int, float]] = []
    peak, reading = 0.0, 0.0
    while run.running():
        try:
            held = parent.memory_info().rss / 2**20
        except psutil.NoSuchProcess:
            break
        peak = max(peak, held)
        there = len(rows_in_place(place.out))
        if marks and there >= marks[0]:
            told.append((marks.pop(0), held))
            reading = time.monotonic() - start
        time.sleep(max(0.2, documents / 20_000))
    ended = run.end()
    wall = time.monotonic() - start
    again = time.monotonic()
    second = finish(place.source, place.out, *place.options)
    again = time.monotonic() - again
    memory = ", ".join(f"{held:.0f} MB at {count}" for count, held in told)
    grown = told[-1][1] - told[0][1] if len(told) > 1 else 0.0
    came = (
        f"parent {memory}, {peak:.0f} MB at most; {documents / max(reading, 0.1):.0f} documents/s; "
        f"{wall:.0f} s in all, {again:.0f} s again with nothing to do"
    )
    good = ended.code == 0 == second.code and grown < 60 and len(rows_in_place(place.out)) == documents
    return Outcome(f"{documents} small reports in one folder", "1 run", came, good)


FAULTS: dict[str, Callable[[Path, int, int], Outcome]] = {
    "workers": workers_killed,
    "parent": parent_killed,
    "interrupted": interrupted,
    "disk": disk_full,
    "readonly": read_only,
    "sources": sources_change,
    "clock": clock_set,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300, help="small reports for each fault")
    parser.add_argument(
        "--rounds", type=int, default=8, help="how often each fault is done (workers: five times as often)"
    )
    parser.add_argument("--many", type=int, default=10_000, help="small reports in one folder (0: leave it out)")
    parser.add_argument("--only", action="append", choices=[*FAULTS, "many"], help="these faults alone")
    given = parser.parse_args()
    wanted = given.only or [*FAULTS, "many"]
    print("| fault | how often | what came of it | good |\n|---|---|---|---|")
    good = True
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="lkjip-faults-") as folder:
            if name == "many":
                if not given.many:
                    continue
                outcome = many(Path(folder), given.many)
            else:
                rounds = given.rounds * (5 if name == "workers" else 1)
                outcome = FAULTS[name](Path(folder), given.documents, rounds)
            print(f"| {outcome.fault} | {outcome.times} | {outcome.came} | {_good(outcome)} |", flush=True)
        good = good and outcome.good is not False
    return 0 if good else 1


def _good(outcome: Outcome) -> str:
    return "skipped" if outcome.good is None else "yes" if outcome.good else "**no**"


if __name__ == "__main__":
    sys.exit(main())
