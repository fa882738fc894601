"""Pools of one machine: child processes, or this process itself."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from pipeline.pool.child import Child, Work
from pipeline.pool.face import Pool
from pipeline.task import Result, Task, process


def default_jobs() -> int:
    """The processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def open_pool(jobs: int | None) -> Pool:
    """The pool for so many processes at a time (None: one for each processor; 0: this process alone).

    Where the system is no Unix there is only this process.
    """
    wanted = default_jobs() if jobs is None else jobs
    return LocalPool(wanted) if wanted > 0 and os.name == "posix" else InProcess()


class LocalPool:
    """`jobs` threads, each with a child process of its own that is started when there is something to do."""

    def __init__(self, jobs: int, work: Work = process) -> None:
        self.size = jobs
        self._work = work
        self._mine = threading.local()
        self._children: list[Child] = []
        self._threads = ThreadPoolExecutor(jobs, "lkjip-pool")

    def submit(self, task: Task) -> Future[Result]:
        """See `Pool`."""
        return self._threads.submit(self._read, task)

    def close(self) -> None:
        """See `Pool`."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.close()
        self._threads.shutdown()

    def _read(self, task: Task) -> Result:
        child: Child | None = getattr(self._mine, "child", None)
        if child is None:
            child = self._mine.child = Child(threads=max(1, default_jobs() // self.size))
            self._children.append(child)
        return child.run(task, self._work)


class InProcess:
    """No process, no limits: each document is read here, when it is submitted."""

    size = 0

    def __init__(self, work: Work = process) -> None:
        self._work = work

    def submit(self, task: Task) -> Future[Result]:
        """See `Pool`. Lets an interrupt through."""
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(self._work(task))
        except Exception as error:  # noqa: BLE001 - the future's owner sees it
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing to end."""
