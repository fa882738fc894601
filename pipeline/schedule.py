"""In which order documents are read, and what each may take: the longest first, so that none is left over at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.estimate import Shape, cost, guess, look, seconds
from pipeline.plan import Job
from pipeline.pool import Child, Killed
from pipeline.task import Quota

GLANCE = Quota(10.0, 2**30)  # what looking into one PDF may take


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to read, its shape, and what it may take."""

    job: Job
    shape: Shape
    quota: Quota


def schedule(
    jobs: Iterable[Job], *, ocr: str, timeout: float, memory: int | None, shape_of: Callable[[Job], Shape]
) -> list[Planned]:
    """The jobs, longest first. `timeout`: seconds for a document of ordinary length (`estimate.ROOM` pages)."""
    planned = []
    for job in jobs:
        shape = shape_of(job)
        planned.append(Planned(job, shape, Quota(seconds(shape, ocr, timeout), memory)))
    planned.sort(key=lambda one: (-cost(one.shape, ocr), one.job.origin.document_id))
    return planned


def guessed(job: Job) -> Shape:
    """The shape of a document by its name and size."""
    return guess(job.path, job.size)


class Glance:
    """Looks into PDFs, in a process of its own. To be closed."""

    def __init__(self, password: str | None) -> None:
        self._password = password
        self._child = Child()

    def __call__(self, job: Job) -> Shape:
        """The shape of a document; a PDF that cannot be looked into, or is in an object store, is judged by its size."""
        if job.path.suffix.casefold() != ".pdf" or not isinstance(job.path, Path):  # it is not fetched twice
            return guessed(job)
        try:
            return self._child.call(_look, self._question(job.path), GLANCE) or guessed(job)
        except Killed:
            return guessed(job)

    def _question(self, path: Path) -> tuple[Path, str | None]:
        return path, self._password

    def close(self) -> None:
        """End the process."""
        self._child.close()


def _look(question: tuple[Path, str | None]) -> Shape | None:
    try:
        return look(*question)
    except Exception:  # noqa: BLE001 - reading it will tell what is wrong with it
        return None


def survey(
    jobs: Iterable[Job], *, ocr: str, timeout: float, memory: int | None, password: str | None, isolated: bool
) -> list[Planned]:
    """As `schedule`, with PDFs looked into where that can be done apart from this process (`isolated`)."""
    if not isolated:
        return schedule(jobs, ocr=ocr, timeout=timeout, memory=memory, shape_of=guessed)
    with closing(Glance(password)) as glance:
        return schedule(jobs, ocr=ocr, timeout=timeout, memory=memory, shape_of=glance)
