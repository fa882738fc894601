"""Memory that is free, but that the C library keeps for itself."""

from __future__ import annotations

import ctypes as ct
from functools import cache
from typing import Any


def give_back() -> None:
    """Let the system have it again, where the C library can (glibc).

    A page's pictures and the recogniser's sums are tens of megabytes each; pieces of them would otherwise stay with this
    process, page after page, until it has several hundred megabytes that it does not use.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ct.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return None
