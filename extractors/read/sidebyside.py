"""Pages of one file that are read from their images side by side, each in a thread.

Recognising text takes seconds and lets go of Python's lock; pdfium, which is no good in two threads at a time, is only asked
for the pictures, under a lock of ours (`extractors.read.pdfium.LOCK`). Each page is read by itself with the same models, so
that the number of threads changes nothing in what comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Semaphore
from types import TracebackType

from schemas.document import Page

Later = Callable[[], Page]
"""Reads a page from its image; raises nothing."""


class SideBySide:
    """Threads that end with the block; started at the first page, as many as `threads()` says then."""

    def __init__(self, threads: Callable[[], int]) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        self._room = Semaphore(0)

    def submit(self, later: Later) -> Future[Page]:
        """Begin with a page; waits while as many are in the making as there are threads, for each holds its pictures."""
        if self._pool is None:
            count = self._threads()
            self._pool, self._room = ThreadPoolExecutor(count, "halaman"), Semaphore(count)
        self._room.acquire()
        future = self._pool.submit(later)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def __enter__(self) -> SideBySide:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=kind is not None)
