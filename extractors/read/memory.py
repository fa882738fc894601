"""The memory of a process that recognises pictures: what is free is given back, and nothing else may hold much of it."""

from __future__ import annotations

import ctypes as ct
from functools import cache
from typing import Any

_used = False


class Crowded(BaseException):
    """Pages are to be recognised in a process that holds what earlier documents left: a new process is to do it.

    Not an `Exception`: it is no fault of a page, which would be put down as its reason and be done with.
    """


def use() -> None:
    """From now on this process is not the place to recognise pictures in."""
    global _used
    _used = True


def need_room() -> None:
    """Raises `Crowded` where a process that can be renewed has read a document before.

    Looking for text takes 240 MB, the models and their libraries 75. What a process keeps of earlier documents (libraries, words
    it knows, memory in pieces: up to 200 MB) comes on top, and together it would be more than a worker may hold.
    """
    if _used:
        raise Crowded


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
