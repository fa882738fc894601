"""`run` over pools that answer, lose and refuse: every document once, a few ahead, whatever the pool."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from pipeline.pool import InProcess, LocalPool, default_jobs, open_pool
from pipeline.pool import run as run_together
from pipeline.pool.run import AHEAD
from pipeline.task import Result
from schemas.errors import UnusableOutput


def run(pool, tasks) -> Iterator[Result]:
    for results in run_together(pool, tasks):
        yield from results


def read(task) -> Result:
    if task.origin.sumber == "full":
        raise UnusableOutput("penuh", "full")
    return Result(task.origin, "ok", None, None)


class Forgetful:
    """Loses every document so many times before it reads it."""

    size = 2

    def __init__(self, losses: int) -> None:
        self.left = losses
        self.submitted = 0

    def submit(self, task) -> Future[Result]:
        self.submitted += 1
        future: Future[Result] = Future()
        if self.left > 0:
            self.left -= 1
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_result(read(task))
        return future

    def close(self) -> None:
        pass


def test_tasks_are_taken_only_when_there_is_room(task_of):
    taken = []

    def tasks():
        for number in range(50):
            taken.append(number)
            yield task_of(f"d{number}")

    results = run(Forgetful(0), tasks())
    next(results)
    assert len(taken) == 2 * AHEAD
    assert len(list(results)) == 49


def test_neither_tasks_nor_results_are_kept(task_of):
    seen: list[weakref.ref[object]] = []

    class Kept(list):
        pass

    def work(task):
        kept = Kept()
        seen.append(weakref.ref(kept))
        return Result(task.origin, "ok", None, None, rows=kept)  # type: ignore[arg-type]

    for number, _ in enumerate(run(InProcess(work), (task_of(f"d{n}") for n in range(8)))):
        gc.collect()
        assert sum(ref() is not None for ref in seen) <= 3, number


def test_a_document_that_a_pool_loses_is_submitted_again(task_of):
    pool = Forgetful(4)
    assert [r.status for r in run(pool, [task_of("a"), task_of("b")])] == ["ok", "ok"]
    assert pool.submitted == 6


def test_a_document_that_is_lost_again_and_again_is_given_up(task_of):
    (lost,) = run(Forgetful(99), [task_of("a")])
    assert (lost.status, "mati" in (lost.error or "")) == ("failed", True)


@pytest.mark.parametrize("pool", [InProcess(read), Forgetful(0)])
def test_an_output_that_cannot_be_written_ends_the_run(pool, task_of):
    with pytest.raises(UnusableOutput):
        list(run(pool, [task_of("full")]))


def test_children_that_fail_cost_their_documents_alone(faults, task_of):
    pool = LocalPool(2, faults.work)
    names = ["a", "segfault", "b", "loop", "c", "abort", "d"]
    results = {r.origin.sumber: r.status for r in run(pool, [task_of(n, seconds=2.0) for n in names])}
    pool.close()
    assert results == {n: "ok" if len(n) == 1 else "failed" for n in names}


def test_closing_twice_and_with_work_in_hand(faults, task_of):
    pool = LocalPool(2, faults.work)
    futures = [pool.submit(task_of("sleep")) for _ in range(5)]
    pool.close()
    pool.close()
    assert all(f.done() for f in futures)


def test_the_pool_for_a_number_of_jobs():
    assert isinstance(open_pool(0), InProcess)
    assert open_pool(None).size == default_jobs()
    assert open_pool(3).size == 3
