"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

YOUNG = 50_000  # new objects before the youngest are looked through; Python's own 700 suit programs that make few


@contextmanager
def seldom() -> Generator[None]:
    """Within it, garbage in circles is sought after every `YOUNG` new objects.

    A document is tens of thousands of words, cells and figures that all live until it is done: to look through them every
    few hundred costs a tenth of the whole reading and finds nothing.
    """
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
