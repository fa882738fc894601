"""Ctrl-C, and what the system sends to stop a program: finish what must not be left half done, then stop.

The first signal raises `Stopped` where the program waits or computes, and not before the end of a step that is `whole`. The
second ends the process at once: nothing that it could break is left unprotected, for a run may be killed at any moment
anyway.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_SHOW_CURSOR = b"\x1b[?25h"  # a progress bar hides it


class Stopped(KeyboardInterrupt):
    """The program was told to stop by the signal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell says of a program that this signal ended: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.number


class Stopping:
    """A context in which signals stop the program in order. In a thread other than the main one it does nothing."""

    def __init__(self) -> None:
        self._number: int | None = None
        self._whole = 0
        self._before: dict[signal.Signals, Any] = {}
        self._unraisable: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for name in _SIGNALS:
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # nohup stays nohup
                    self._before[number] = signal.signal(number, self._told)
            self._unraisable, sys.unraisablehook = sys.unraisablehook, self._swallowed
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._unraisable is not None:
            sys.unraisablehook = self._unraisable

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A step that is finished before the program stops."""
        self._whole += 1
        try:
            yield
        finally:
            self._whole -= 1
        if self._number is not None and not self._whole:
            raise Stopped(self._number)

    def _told(self, number: int, frame: FrameType | None) -> None:
        if self._number is not None:
            if sys.stderr.isatty():
                os.write(2, _SHOW_CURSOR)
            os._exit(128 + number)
        self._number = number
        if not self._whole:
            raise Stopped(number)

    def _swallowed(self, what: Any) -> None:
        """Python lets nothing out of a finalizer: a signal that came in one is remembered, and raised after the next step."""
        if not isinstance(what.exc_value, Stopped):
            self._unraisable(what)
