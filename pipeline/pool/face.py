"""What `ingest` asks of a pool: the part of `concurrent.futures.Executor` that it uses."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from pipeline.task import Result, Task


class Pool(Protocol):
    """Documents go in, futures of their results come out.

    The future of a document that cannot be read, takes longer or more memory than its task allows, or kills its process has a
    failed `Result`; it raises `UnusableOutput` alone (OUT cannot be written). A cancelled future stands for a document
    that was not begun, or whose place was lost before it was finished: it may be submitted again.
    """

    @property
    def size(self) -> int:
        """How many documents are read at a time: a few more than that are worth submitting ahead."""

    def submit(self, task: Task) -> Future[Result]:
        """Read a document as soon as there is room."""

    def close(self) -> None:
        """End at once: kill what runs, forget what waits, leave no process behind. May be called twice."""
