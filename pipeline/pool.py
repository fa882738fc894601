"""Worker processes: a document that hangs or kills its worker costs itself alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Generator, Sequence
from concurrent.futures import CancelledError, as_completed
from concurrent.futures import TimeoutError as TimedOut
from concurrent.futures.process import BrokenProcessPool

from pipeline.i18n import problem
from pipeline.task import Result, Task, failed, process
from schemas.errors import UnreadableInput

ROUNDS = 5  # pools that may break before what is left is given up
TASKS_PER_WORKER = 200  # a worker is renewed after so many, in case a library leaks


def default_jobs() -> int:
    """The processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def run(tasks: Sequence[Task], jobs: int, timeout: float) -> Generator[Result, None, None]:
    """Results as they come. `timeout`: seconds for one document, after which its worker is killed.

    `jobs` 0 works in this process, without time limit or isolation. Raises `UnusableOutput` where a worker cannot
    write.
    Closing the iterator (or an interrupt) ends all workers.
    """
    if jobs <= 0:
        for task in tasks:
            yield process(task)
        return
    waiting = list(tasks)
    for _ in range(ROUNDS):
        left: list[Task] = []
        yield from _round(waiting, jobs, timeout, left)
        if not left:
            return
        waiting = left
    for task in waiting:
        yield failed(task, problem(UnreadableInput, "worker_died"))


def _round(tasks: Sequence[Task], jobs: int, timeout: float, left: list[Task]) -> Generator[Result, None, None]:
    """One pool over the tasks. Where the pool itself breaks (a worker died between two tasks), what it did not come to is
    added to `left`."""
    from pebble import ProcessExpired, ProcessPool

    # Spawned, not forked: a fork would copy threads' locks, and would keep OUT's lock held if this process is killed.
    context = multiprocessing.get_context("spawn")
    workers = max(1, min(jobs, len(tasks)))
    with ProcessPool(
        workers,
        max_tasks=TASKS_PER_WORKER,
        initializer=_worker,
        initargs=(os.getpid(), max(1, default_jobs() // workers)),
        context=context,
    ) as pool:
        try:
            futures = {pool.schedule(process, args=(task,), timeout=timeout): task for task in tasks}
            for future in as_completed(futures):
                task = futures.pop(future)  # type: ignore[call-overload]
                try:
                    yield future.result()
                except TimedOut:
                    yield failed(task, problem(UnreadableInput, "timed_out", seconds=f"{timeout:g}"), timeout)
                except ProcessExpired:
                    yield failed(task, problem(UnreadableInput, "worker_died"))
                except (BrokenProcessPool, CancelledError):
                    left.append(task)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _worker(parent: int, threads: int) -> None:
    """Leave Ctrl-C to the parent, end when the parent is gone, and recognise text with a fair share of the cores."""
    os.environ.setdefault("LKJIP_OCR_THREADS", str(threads))
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
