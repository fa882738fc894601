"""The log of a run: `OUT/_runs/<time>-<pid>.jsonl`, one JSON object a line. Times and durations stand here alone.

An object store cannot add to an object: there the log is several, `<time>-<pid>-<number>.jsonl`, put every few seconds.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from pipeline.location import Location, Url
from pipeline.store.out import RUNS, output_error

_LONGEST = 1 << 20  # bytes of a line that are read
EVERY = 10.0  # seconds of events that a killed run may lose in an object store


class RunLog:
    """Appends events as they happen, so that a killed run leaves what it did."""

    def __init__(self, out: Location, echo: Callable[[str], None] | None = None) -> None:
        """Open a new log below `out`; `echo` is given every line too. Raises `UnusableOutput` where it cannot be written."""
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"
        self.path: Location = out / RUNS / f"{name}.jsonl"
        self._out = out
        self._echo = echo
        self._file: TextIO
        try:
            if isinstance(out, Url):
                self.path = out / RUNS / f"{name}-0000.jsonl"
                self._file = _Parts(out / RUNS, name)
            else:
                path = out / RUNS / f"{name}.jsonl"
                path.parent.mkdir(exist_ok=True)
                self._file = path.open("x", encoding="utf-8")
        except OSError as error:
            raise output_error(error, out) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._file.close()
        except OSError as failure:
            raise output_error(failure, self._out) from failure

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


def logs(out: Location) -> list[Location]:
    """Where the logs of the runs begin, oldest first."""
    if isinstance(out, Path):
        return [*sorted((out / RUNS).glob("*.jsonl"))]
    return [stat.url for stat in (out / RUNS).files() if stat.url.stem.endswith("-0000")]


def first_line(log: Location) -> bytes:
    """What a run wrote when it began. Raises `OSError`."""
    if isinstance(log, Url):
        return log.read_bytes().partition(b"\n")[0]
    with log.open("rb") as file:
        return file.readline(_LONGEST)


class _Parts(io.StringIO):
    """Text that is put as one object after another."""

    def __init__(self, folder: Url, name: str) -> None:
        super().__init__()
        self._folder, self._name, self._number, self._put = folder, name, 0, time.monotonic() - EVERY

    def flush(self) -> None:
        if time.monotonic() - self._put >= EVERY:
            self._next()

    def close(self) -> None:
        if not self.closed:
            self._next()
        super().close()

    def _next(self) -> None:
        if text := self.getvalue():
            (self._folder / f"{self._name}-{self._number:04d}.jsonl").write_bytes(text.encode())
            self._number += 1
            self._put = time.monotonic()
            self.seek(0)
            self.truncate()
