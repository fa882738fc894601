"""Work that fails as real workers do, in a module that child processes can import; tasks that name what is to happen."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.rows import Origin
from pipeline.task import Quota, Task

FAULTS = """
import ctypes, os, signal, subprocess, sys, time
from pathlib import Path

from pipeline.task import Result
from schemas.errors import UnusableOutput


def work(task):
    what, _, detail = task.origin.sumber.partition(":")
    if what == "sleep":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        (task.out / f"{os.getpid()}.pid").touch()
        time.sleep(600)
    if what == "loop":
        while True:
            pass
    if what == "segfault":
        ctypes.string_at(0)
    if what == "abort":
        os.abort()
    if what == "exit":
        os._exit(3)
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "kill-once":
        mark = task.out / "killed"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if what == "full":
        raise UnusableOutput("penuh", "full")
    if what == "memory":
        hoard = []
        while True:
            hoard.append(bytearray(os.urandom(1)) * 2**22)
            time.sleep(0.002)
    if what == "huge":
        bytearray(2**44)
    if what == "recognise":
        from extractors.read.memory import need_room
        need_room()
    if what == "last":
        threading_kill(0.3)
    return Result(task.origin, "ok", None, None, seconds=float(os.getpid()))


def work_by_name(task):
    # what the file's name says; a report where it says nothing
    from pipeline.task import process

    what = Path(task.origin.sumber).stem
    if what in ("segfault", "sleep", "memory", "kill"):
        return work(type("Named", (), {"origin": type("O", (), {"sumber": what}), "out": task.out}))
    return process(task)


def threading_kill(seconds):
    import threading

    threading.Timer(seconds, os._exit, [0]).start()
"""


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "lkjip_faults.py").write_text(FAULTS)
    monkeypatch.syspath_prepend(folder)
    return importlib.import_module("lkjip_faults")


@pytest.fixture
def task_of(tmp_path: Path):
    """A task by its name: `fault` or `fault:anything`."""
    made = 0

    def task(name: str, **quota) -> Task:
        nonlocal made
        made += 1
        origin = Origin(f"{made:016x}", name, (), f"{made:064x}", "v")
        return Task(tmp_path / name, origin, tmp_path, quota=Quota(**quota))

    return task
