"""Many literals looked for in a long text at once: by three characters, in arrays, whatever their number.

`str.find` takes a microsecond for a thousand characters and each literal.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

PART = 50_000  # characters at a time: a text may be long


def candidates(literals: tuple[str, ...], low: str) -> Iterator[int]:
    """Where one of the literals (of ASCII) may begin in a text, in ascending order: they are wherever they stand, and a few
    other places among them."""
    table = _threes(literals)
    for start in range(0, len(low), PART):
        part = low[start : start + PART + 2].encode("latin-1", "replace")
        codes = np.frombuffer(part + b"\0\0"[: PART + 2 - len(part)], np.uint8).astype(np.uint16) & 31
        found = table[codes[:-2] << 10 | codes[1:-1] << 5 | codes[2:]]
        yield from (np.flatnonzero(found) + start).tolist()


@lru_cache(maxsize=64)
def _threes(literals: tuple[str, ...]) -> NDArray[np.bool_]:
    """For the last five bits of three characters' codes, one after the other, whether a literal begins with such ones."""
    table = np.zeros((32, 32, 32), np.bool_)
    for literal in literals:
        table[tuple(ord(char) & 31 for char in literal[:3])] = True
    return table.reshape(-1)
