"""Documents over worker processes, in order, a few ahead: memory does not grow with their number.

A document whose worker hangs or dies (a page image that breaks pdfium) is written again without pictures, here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pipeline.report.document import Job, write_document
from pipeline.report.model import Result

FEW = 24  # documents without pictures that are not worth starting processes for
AHEAD = 4  # jobs given to each worker beyond the one it works on
TIMEOUT = 180.0  # seconds for one document
TASKS_PER_WORKER = 500


def run(jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    """Results in the order of `jobs`. Raises what `write_document` raises."""
    pictured = any(job.pictures and job.head["format"] in ("pdf", "scan", "mixed") for job in jobs)
    if workers < 1 or (len(jobs) < FEW and not pictured):
        yield from map(write_document, jobs)
        return
    yield from _parallel(jobs, workers)


def _parallel(jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    from pebble import ProcessPool

    context = multiprocessing.get_context("spawn")
    workers = min(workers, len(jobs))
    waiting: deque[tuple[Job, Any]] = deque()
    with ProcessPool(workers, max_tasks=TASKS_PER_WORKER, initializer=_quiet, context=context) as pool:
        try:
            _start_tracker()
            for job in jobs:
                with _held_back():  # the first one starts the pool
                    future = pool.schedule(write_document, args=(job,), timeout=TIMEOUT)
                waiting.append((job, future))
                if len(waiting) > workers * AHEAD:
                    yield _result(*waiting.popleft())
            while waiting:
                yield _result(*waiting.popleft())
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _start_tracker() -> None:
    """Start multiprocessing's own helper process now: when it starts, it lets this thread hear Ctrl-C again."""
    if os.name == "posix":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


@contextmanager
def _held_back() -> Iterator[None]:
    """Ctrl-C waits until the end of the context. The threads and processes that are started in it never hear it (nor what
    these threads start later), so that a worker that is still being loaded does not answer with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _quiet() -> None:
    """Leave Ctrl-C to the parent also where it cannot be held back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(job: Job, future: Any) -> Result:
    from concurrent.futures import CancelledError
    from concurrent.futures import TimeoutError as TimedOut
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    try:
        result: Result = future.result()
    except (TimedOut, ProcessExpired, BrokenProcessPool, CancelledError):
        return write_document(replace(job, pictures=False))
    return result
