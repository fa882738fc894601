"""Documents through a pool, a few ahead of what is being read: the memory of this process does not grow with their number."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait

from pipeline.i18n import problem
from pipeline.pool.face import Pool
from pipeline.task import Result, Task, failed
from schemas.errors import UnreadableInput

AHEAD = 6  # documents submitted for each that is being read: so many small ones may be put in place together
TRIES = 5  # times that a pool may lose a document before it is given up


def run(pool: Pool, tasks: Iterable[Task]) -> Generator[list[Result], None, None]:
    """Results as they come: those that are there at a time, together.

    `tasks` is asked for the next one only when there is room for it. Raises `UnusableOutput` where the pool does. The pool
    stays open; closing the generator leaves what was submitted to whoever closes the pool.
    """
    waiting: dict[Future[Result], tuple[Task, int]] = {}
    source = iter(tasks)
    more = True
    while more or waiting:
        room = max(1, pool.size * AHEAD)  # of a cluster it changes
        while more and len(waiting) < room:
            task = next(source, None)
            if task is None:
                more = False
            else:
                waiting[pool.submit(task)] = (task, 1)
        together: list[Result] = []
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            task, tries = waiting.pop(future)
            try:
                result = future.result()
            except CancelledError:
                if tries < TRIES:
                    waiting[pool.submit(task)] = (task, tries + 1)
                    continue
                result = failed(task, problem(UnreadableInput, "worker_died"))
            together.append(result)
        if together:
            yield together
