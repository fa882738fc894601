"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

YOUNG = 50_000  # new objects before the youngest are looked through; Python's own 700 suit programs that make few

_begun = False  # whether a document was read in this process


@contextmanager
def seldom() -> Generator[None]:
    """Within it, garbage in circles is sought after every `YOUNG` new objects, and among the new ones alone.

    A document is tens of thousands of words, cells and figures that all live until it is done: to look through them every
    few hundred costs a tenth of the whole reading and finds nothing. Nor is there any among the libraries and vocabularies
    that were there before it, a hundred thousand objects. What it leaves behind is swept when it is done; not what the first
    one does, for with it libraries and vocabularies are loaded that would all be looked through.
    """
    global _begun
    first, _begun = not _begun, True
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        if first:
            gc.freeze()  # and unfrozen: taken for old
        else:
            gc.collect()
        gc.unfreeze()
        gc.set_threshold(*before)
