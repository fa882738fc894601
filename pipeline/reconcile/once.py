"""What several rules derive from one report, derived once: remembered while that report is checked, then let go."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

KEPT = 4  # values of one function: those of the anggaran and kinerja rows of a report, and of a second report
_REMEMBERED: list[deque[tuple[tuple[object, ...], Any]]] = []


def once(function: Callable[P, T]) -> Callable[P, T]:
    """The function, its last values remembered by the identity (not the contents) of its positional arguments.

    The value is shared by all who ask for it: nobody may alter it.
    """
    kept: deque[tuple[tuple[object, ...], T]] = deque(maxlen=KEPT)
    _REMEMBERED.append(kept)

    @wraps(function)
    def remembered(*args: P.args, **named: P.kwargs) -> T:
        for earlier, value in kept:
            if len(earlier) == len(args) and all(a is b for a, b in zip(earlier, args, strict=True)):
                return value
        value = function(*args, **named)
        kept.append((args, value))
        return value

    return remembered


def forget() -> None:
    """Let go of all remembered values and of the reports they were derived from."""
    for kept in _REMEMBERED:
        kept.clear()
