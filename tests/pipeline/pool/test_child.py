"""Real processes that crash, hang and are killed: what becomes of the document, and of the process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from pipeline.pool import child as module
from pipeline.pool.child import Child, Closed
from schemas.errors import UnusableOutput


@pytest.fixture
def child():
    made = Child()
    yield made
    made.close()


def test_one_process_reads_one_document_after_the_other(child, faults, task_of):
    first, second = (child.run(task_of("fine"), faults.work) for _ in range(2))
    assert first.status == second.status == "ok"
    assert first.seconds == second.seconds != os.getpid()


def test_pictures_are_recognised_in_a_process_that_has_read_nothing_before(child, faults, task_of):
    first, second, third = (child.run(task_of(what), faults.work) for what in ("recognise", "fine", "recognise"))
    assert first.status == second.status == third.status == "ok"
    assert first.seconds == second.seconds != third.seconds


@pytest.mark.parametrize("fault", ["segfault", "abort", "exit", "kill"])
def test_a_crash_is_that_documents_and_the_next_one_is_read(fault: str, child, faults, task_of):
    crashed = child.run(task_of(fault), faults.work)
    assert crashed.status == "failed"
    assert "proses pembacanya mati" in (crashed.error or "")
    assert crashed.staged is not None
    assert child.run(task_of("fine"), faults.work).status == "ok"


def test_a_document_whose_process_was_killed_from_outside_is_read_again_once(child, faults, task_of):
    assert child.run(task_of("kill-once"), faults.work).status == "ok"


def test_an_endless_loop_ends_with_its_time(child, faults, task_of):
    looped = child.run(task_of("loop", seconds=0.5), faults.work)
    assert looped.status == "failed"
    assert "0.5 detik" in (looped.error or "")


def test_a_clock_that_is_set_moves_no_limit(child, faults, task_of, monkeypatch):
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 86_400 * (time.monotonic_ns() % 3 - 1))
    assert child.run(task_of("fine", seconds=30), faults.work).status == "ok"
    assert "0.5 detik" in (child.run(task_of("loop", seconds=0.5), faults.work).error or "")


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
def test_a_full_memory_ends_with_its_limit(child, faults, task_of):
    full = child.run(task_of("memory", seconds=60, memory=200 * 2**20), faults.work)
    assert full.status == "failed"
    assert "200 MB" in (full.error or "")


@pytest.mark.skipif(sys.platform != "linux", reason="the system may know no RLIMIT_AS")
def test_a_request_for_very_much_memory_is_refused_at_once(child, faults, task_of):
    with pytest.raises(MemoryError):  # `process` makes a failed result of it
        child.run(task_of("huge", memory=200 * 2**20), faults.work)
    assert child.run(task_of("fine"), faults.work).status == "ok"


def test_a_process_that_died_between_two_documents_costs_none(child, faults, task_of):
    assert child.run(task_of("last"), faults.work).status == "ok"
    time.sleep(0.6)
    assert child.run(task_of("fine"), faults.work).status == "ok"


def test_what_ends_the_run_is_raised_and_the_child_lives_on(child, faults, task_of):
    with pytest.raises(UnusableOutput, match="penuh") as told:
        child.run(task_of("full"), faults.work)
    assert told.value.en == "full"
    assert child.run(task_of("fine"), faults.work).status == "ok"


def test_a_child_that_cannot_start_is_given_up(child, faults, task_of, monkeypatch):
    monkeypatch.setattr(module, "_PROGRAM", "raise SystemExit(1)")
    assert child.run(task_of("fine"), faults.work).status == "failed"


def test_a_child_is_renewed_after_its_share_of_documents(child, faults, task_of, monkeypatch):
    monkeypatch.setattr(module, "DOCUMENTS", 2)
    pids = [child.run(task_of("fine"), faults.work).seconds for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_closing_kills_the_child_and_what_it_started(child, faults, task_of, tmp_path: Path, ended):
    told: list[BaseException] = []

    def work() -> None:
        try:
            child.run(task_of("sleep"), faults.work)
        except Closed as error:
            told.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    pid = pid_in(tmp_path)
    child.close()
    thread.join(10)
    assert len(told) == 1
    assert ended(pid)
    assert not alive_in_group(pid)
    with pytest.raises(Closed):
        child.run(task_of("fine"), faults.work)


def test_a_child_ends_with_the_process_that_started_it(tmp_path: Path, faults, ended):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import lkjip_faults; from pathlib import Path\n"
        "from pipeline.pool import Child; from pipeline.rows import Origin; from pipeline.task import Task\n"
        "out = Path(sys.argv[2]); Child().run(Task(out, Origin('a', 'sleep', (), 'a', 'v'), out), lkjip_faults.work)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "modules"), str(tmp_path)])
    pid = pid_in(tmp_path)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert ended(pid)


def pid_in(folder: Path, seconds: float = 60.0) -> int:
    """The process id that a sleeping child left in a folder."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for path in folder.glob("*.pid"):
            return int(path.stem)
        time.sleep(0.02)
    raise AssertionError("the child did not begin")


def alive_in_group(group: int) -> bool:
    """Is any process of the group still at work (a zombie that nobody has collected yet is not)?"""
    time.sleep(0.1)
    for process in psutil.process_iter(["status"]):
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                return True
    return False
