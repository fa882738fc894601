"""The log of a run: `OUT/_runs/<time>-<pid>.jsonl`, one JSON object a line. Times and durations stand here alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.store.out import RUNS, output_error


class RunLog:
    """Appends events as they happen, so that a killed run leaves what it did."""

    def __init__(self, out: Path, echo: Callable[[str], None] | None = None) -> None:
        """Open a new log below `out`; `echo` is given every line too. Raises `UnusableOutput` where it cannot be written."""
        now = datetime.now(UTC)
        self.path = out / RUNS / f"{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}.jsonl"
        self._out = out
        self._echo = echo
        try:
            self.path.parent.mkdir(exist_ok=True)
            self._file = self.path.open("x", encoding="utf-8")
        except OSError as error:
            raise output_error(error, out) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def write(self, event: str, **facts: Any) -> None:
        """Add one event with the time. Raises `UnusableOutput` where the disk refuses."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
        text = json.dumps(line, ensure_ascii=False, default=str)
        if self._echo is not None:
            self._echo(text)
        try:
            self._file.write(f"{text}\n")
            self._file.flush()
        except OSError as error:
            raise output_error(error, self._out) from error
