"""How the writing goes on: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from pipeline.present import console


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """A function to be told (done, total); the bar is taken away whatever happens."""
    stderr = console(stderr=True)
    if not stderr.is_terminal:
        yield lambda done, total: None
        return
    with Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=stderr, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
