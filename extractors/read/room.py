"""Memory shared out among threads: many take a little at a time, or one takes much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Room:
    """`much` is held alone; while a thread waits for it, nobody begins with `little`."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._little = 0
        self._much = False  # held or waited for

    @contextmanager
    def little(self) -> Iterator[None]:
        """Together with others that take a little."""
        with self._changed:
            self._changed.wait_for(lambda: not self._much)
            self._little += 1
        try:
            yield
        finally:
            with self._changed:
                self._little -= 1
                self._changed.notify_all()

    @contextmanager
    def much(self) -> Iterator[None]:
        """Alone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._much)
            self._much = True
            self._changed.wait_for(lambda: not self._little)
        try:
            yield
        finally:
            with self._changed:
                self._much = False
                self._changed.notify_all()
