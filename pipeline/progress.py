"""How a run goes on: a bar on a terminal, plain lines elsewhere. Both go to stderr; stdout is for answers, of which the
log as JSON lines is one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.i18n import say
from pipeline.present import console, line
from pipeline.task import Result


def echo() -> Callable[[str], None]:
    """Prints lines on stdout as they come; once nobody reads them any more it says nothing, and the run goes on."""
    told = [True]

    def say_line(text: str) -> None:
        if told[0]:
            try:
                print(text, flush=True)
            except BrokenPipeError:
                told[0] = False
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return say_line


class Watch:
    """A listener for `ingest`; used as a context so that the bar is taken away whatever happens."""

    def __init__(self, lang: str = "id", *, silent: bool = False) -> None:
        """`silent`: nothing is shown."""
        self._silent = silent
        self._lang = lang
        self._console = console(stderr=True)
        self._bar: Progress | None = None
        self._total = 0
        self._done = 0
        if self._console.is_terminal and not silent:
            columns = (
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}", markup=False),
            )
            self._bar = Progress(*columns, console=self._console, transient=True)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, total: int) -> None:
        self._total = total
        if self._bar:
            self._bar.add_task("", total=total)

    def done(self, result: Result) -> None:
        self._done += 1
        if self._silent:
            return
        text = line(f"{result.origin.sumber}: {say(result.status, self._lang)}")
        if self._bar:
            self._bar.update(self._bar.task_ids[0], advance=1, description=text.plain)
        else:
            self._console.print(line(f"[{self._done}/{self._total}] {text.plain}"))
