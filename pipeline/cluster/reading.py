"""In a worker of a cluster: one document, in a child process of the worker, within the document's own limits.

A thread of the worker takes a child (`pipeline.pool.child`), as the pool of one machine does; a document that crashes or
never ends costs itself, and the worker goes on. A watch kills the child of a document that nobody waits for any more (the
run was stopped, or the scheduler gave the document to another worker) and ends children that have had nothing to do.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.cluster.terms import Terms, disagreement, here, sees_out, software
from pipeline.i18n import problem, sentence
from pipeline.pool.child import Child, Closed, Work
from pipeline.task import Result, Task, process
from schemas.errors import UnreadableInput, UnusableCluster, UnusableOutput

IDLE = 30.0  # seconds after which a child without a document is ended
LOOK = 0.5  # seconds between two looks of the watch


def greet() -> Mapping[str, str]:
    """What this worker runs, with its machine's name."""
    return software() | {"machine": here()}


def busy(run: str) -> bool:
    """Is a document of this run being read here?"""
    return _hands.busy(run)


def read(terms: Terms, task: Task, work: Work = process) -> tuple[Result, str]:
    """Read a document here; its result, and this machine's name. Its rows are staged below a name of this attempt alone.

    Raises `UnusableCluster` where this worker may not take part, `UnusableOutput` where it cannot write OUT.
    """
    from distributed import Reschedule

    _agree(terms)
    if isinstance(task.path, Path) and not task.path.exists():
        error = problem(UnreadableInput, "cluster_unseen", path=task.path, worker=here())
        return Result(task.origin, "failed", str(error), None, message=sentence(error, "en")), here()
    child = _hands.take(terms.run, _abandoned())
    try:
        result = child.run(replace(task, attempt=uuid.uuid4().hex[:12]), work)
    except Closed:
        raise Reschedule from None  # nobody waits for it here; if somebody does after all, it is read again
    except UnusableOutput as error:
        raise UnusableOutput(f"{error} ({here()})", f"{error.en} ({here()})") from None
    finally:
        _hands.give_back(child)
    return result, here()


def _agree(terms: Terms) -> None:
    """See once for each run that this worker may take part: one that came later was not asked at the beginning."""
    if terms.run == _agreed.run:
        return
    if error := disagreement(terms, software(), here()):
        raise error
    if not sees_out(terms):
        raise problem(UnusableCluster, "cluster_out", out=terms.out, worker=here())
    _agreed.run = terms.run


@dataclass
class _Agreed:
    run: str = ""


def _abandoned() -> Callable[[], bool]:
    """Tells whether the scheduler has taken the running document away from this worker."""
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()

    def gone() -> bool:
        state = worker.state.tasks.get(key)
        return state is None or state.state == "cancelled"

    return gone


@dataclass
class _Hand:
    """A child, the run of its document, and whether nobody waits for that (None: it has none) since when."""

    child: Child
    run: str
    abandoned: Callable[[], bool] | None
    since: float


@dataclass
class _Hands:
    """The children of this worker: as many as documents were ever read here at a time."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    hands: list[_Hand] = field(default_factory=list)
    watched: bool = False

    def busy(self, run: str) -> bool:
        """Has a child a document of this run?"""
        with self.lock:
            return any(hand.run == run and hand.abandoned is not None for hand in self.hands)

    def take(self, run: str, abandoned: Callable[[], bool]) -> Child:
        """A child without a document, or a new one."""
        with self.lock:
            hand = next((hand for hand in self.hands if hand.abandoned is None), None)
            if hand is None:
                hand = _Hand(Child(), run, None, 0.0)
                self.hands.append(hand)
            hand.run, hand.abandoned, hand.since = run, abandoned, time.monotonic()
            if not self.watched:
                self.watched = True
                threading.Thread(target=self._watch, name="lkjip-watch", daemon=True).start()
        return hand.child

    def give_back(self, child: Child) -> None:
        """The child has no document any more."""
        with self.lock:
            for hand in self.hands:
                if hand.child is child:
                    hand.abandoned, hand.since = None, time.monotonic()

    def _watch(self) -> None:
        while True:
            time.sleep(LOOK)
            with self.lock:
                over = [hand for hand in self.hands if self._over(hand)]
                self.hands = [hand for hand in self.hands if hand not in over]
                for hand in over:
                    hand.child.close()
                if not self.hands:
                    self.watched = False
                    return

    @staticmethod
    def _over(hand: _Hand) -> bool:
        if hand.abandoned is None:
            return time.monotonic() - hand.since > IDLE
        return hand.abandoned()


_agreed = _Agreed()
_hands = _Hands()
