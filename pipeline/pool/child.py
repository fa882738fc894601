"""One document in a process of its own: a crash, an endless loop or a full memory costs that document alone.

A `Child` is a process that reads one document after the other, each handed to it over a pipe that no other process
shares: a child may be killed at any moment and nobody waits for what it held. (The workers of a common process pool
share one pipe and its lock.) Time is measured by the monotonic clock, so that a clock that is set moves no limit.

The child is started as a plain program, not by `multiprocessing`: it inherits no locks and no open files, does not
import the caller's main module, and may be started from processes that are not allowed to have children there (the
workers of a cluster).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from extractors.read.memory import Crowded
from pipeline.i18n import problem
from pipeline.pool.limits import resident
from pipeline.task import Quota, Result, Task, failed, process, too_much
from schemas.errors import LkjipError, UnreadableInput

Work = Callable[[Task], Result]

DOCUMENTS = 200  # a child is renewed after so many, in case a library leaks
STARTS = 3  # children that may die before they have begun with a document
TRIES = 2  # children that one document may lose to a kill from outside (the system out of memory, an operator)
LONGEST_WAIT = 3600.0  # seconds of one wait: the system's own wait takes no more than some weeks
LOOK = 0.1  # seconds between two looks at a child's memory
START_SECONDS = 120.0  # for a child to start and take its document, on a machine that does much else
PATIENCE = 5.0  # seconds for a child whose pipe closed to end

# glibc keeps freed memory in pieces; a page's picture (4 to 17 MB, and copies) and the model's sums go back to the system at
# once if they are mapped by themselves, and cost little to map if that is done in large pages. Text makes nothing so large.
ALLOCATOR = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from pipeline.pool.serve import serve; "
    "serve(int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))"
)


class Killed(Exception):
    """A child ended. `code`: as of `Popen.returncode`; `begun`: had it taken its document; `why`: our own reason, if
    it was killed for one ("time", "memory")."""

    def __init__(self, code: int, begun: bool, why: str | None = None) -> None:
        super().__init__(code, begun, why)
        self.code, self.begun, self.why = code, begun, why


class Closed(Exception):
    """The child was closed while a document was in it."""


class Child:
    """A process that reads documents. To be used by one thread; starts when it is first needed."""

    def __init__(self, threads: int = 1) -> None:
        """`threads`: how many a library may use in it for recognising text."""
        self._threads = threads
        self._process: subprocess.Popen[bytes] | None = None
        self._tasks: Connection | None = None
        self._results: Connection | None = None
        self._done = 0
        self._closed = False
        self._lock = threading.Lock()  # between starting and closing: no process is started that nobody ends

    def run(self, task: Task, work: Work = process) -> Result:
        """`work(task)` in the child. What is wrong with the document or with its process is a failed result.

        Raises `UnusableOutput` where OUT cannot be written, and `Closed` where `close` was called meanwhile.
        """
        start = time.monotonic()
        starts = tries = 0
        while True:
            try:
                result: Result = self.call(work, task, task.quota)
            except Crowded:  # a new process has room
                self._end(begun=True, why="renewed")
                continue
            except Killed as end:
                starts += not end.begun
                tries += end.begun
                outside = end.why is None and end.code in (-signal.SIGKILL, -signal.SIGTERM)
                if (end.begun and outside and tries < TRIES) or (not end.begun and starts < STARTS):
                    continue
                return failed(task, _sentence(task, end), time.monotonic() - start)
            return result

    def call(self, function: Callable[[Any], Any], argument: Any, quota: Quota) -> Any:
        """`function(argument)` in the child; both are pickled. Raises what the function raises, `Killed` where the
        child ends before it has an answer, and `Closed` where `close` was called meanwhile."""
        try:
            return self._call(function, argument, quota)
        except Killed:
            if self._closed:
                raise Closed from None
            raise

    def close(self) -> None:
        """Kill the child and what it started, for good. May be called from another thread, and twice."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                _kill(self._process)

    def _call(self, function: Callable[[Any], Any], argument: Any, quota: Quota) -> Any:
        tasks, results = self._pipes()
        try:
            tasks.send((function, argument, quota))
        except OSError:
            raise self._end(begun=False) from None
        if not wait([results], START_SECONDS):
            raise self._end(begun=False, why="start")
        said = self._receive(results, begun=False)
        assert said is None  # it has begun
        begun = time.monotonic()
        while True:
            left = quota.seconds - (time.monotonic() - begun)
            if left <= 0:
                raise self._end(begun=True, why="time")
            if wait([results], min(left, LONGEST_WAIT if quota.memory is None else LOOK)):
                break
            if quota.memory is not None and self._resident() > quota.memory:
                raise self._end(begun=True, why="memory")
        said = self._receive(results, begun=True)
        self._done += 1
        if self._done >= DOCUMENTS or (quota.memory is not None and self._resident() > quota.memory // 2):
            self._end(begun=True, why="renewed")
        if isinstance(said, BaseException):
            raise said
        return said

    def _receive(self, results: Connection, *, begun: bool) -> Any:
        try:
            return results.recv()
        except (EOFError, OSError):
            raise self._end(begun=begun) from None

    def _pipes(self) -> tuple[Connection, Connection]:
        """The pipes to and from the child, which is started where there is none."""
        if self._process is not None and self._process.poll() is not None:
            self._end(begun=False)
        with self._lock:
            if self._closed:
                raise Closed
            if self._tasks is None or self._results is None:
                self._start()
            assert self._tasks is not None
            assert self._results is not None
            return self._tasks, self._results

    def _start(self) -> None:
        task_r, task_w = os.pipe()
        result_r, result_w = os.pipe()
        self._tasks, self._results = Connection(task_w, readable=False), Connection(result_r, writable=False)
        numbers = [str(number) for number in (task_r, result_w, os.getpid())]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, json.dumps(sys.path), *numbers],
                stdin=subprocess.DEVNULL,
                stdout=2,  # what a library prints is no answer of ours
                pass_fds=(task_r, result_w),
                env={"LKJIP_OCR_THREADS": str(self._threads), **ALLOCATOR, **os.environ},
                start_new_session=True,  # out of reach of Ctrl-C, and killed together with what it started
            )
        finally:
            os.close(task_r)
            os.close(result_w)
        self._done = 0

    def _resident(self) -> int:
        return resident(self._process.pid) if self._process is not None else 0

    def _end(self, *, begun: bool, why: str | None = None) -> Killed:
        """Make sure that the child is gone, for a reason of ours or because it ended; how it ended."""
        with self._lock:
            child, self._process = self._process, None
            for pipe in (self._tasks, self._results):
                if pipe is not None:
                    pipe.close()
            self._tasks = self._results = None
        if child is None:
            return Killed(0, begun, why)
        if why is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(PATIENCE)  # its pipe closed: it is about to end by itself, and how it ends is of interest
        _kill(child)
        return Killed(child.wait(), begun, why)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The child and all it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _sentence(task: Task, end: Killed) -> LkjipError:
    if end.why == "time":
        return problem(UnreadableInput, "timed_out", seconds=f"{task.quota.seconds:g}")
    if end.why == "memory":
        return too_much(task.quota)
    return problem(UnreadableInput, "worker_died")
