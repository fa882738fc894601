"""Two folders in each other's place in one step: Linux can do it (renameat2 with RENAME_EXCHANGE), Python does not offer it."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD: paths are as this process sees them
_EXCHANGE = 2


def exchange(first: Path, second: Path) -> bool:
    """Whether it was done. Who lists either path sees the one folder or the other. False where the system or the
    filesystem cannot; nothing has changed then."""
    call = _call()
    return call is not None and call(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0


@cache
def _call() -> Any:
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return None
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    call.restype = ctypes.c_int
    return call
