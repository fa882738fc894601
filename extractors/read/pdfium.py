"""pdfium's functions through plain prototypes that take addresses.

A page has thousands of glyphs and path segments, and pypdfium2's own argument checks would cost more than pdfium does.
"""

from __future__ import annotations

import ctypes as ct
import threading
from typing import Any

import pypdfium2.raw as pdfium

POINTER = ct.c_void_p
LOCK = threading.RLock()
"""Held while pdfium is called, where pages are read in threads."""


def address(name: str) -> int:
    """Where a function of the loaded pdfium stands in memory."""
    return ct.cast(getattr(pdfium, name), ct.c_void_p).value or 0


def prototype(name: str, result: Any, *args: Any) -> Any:
    """A function of pdfium as a ctypes function of these types; handles and pointers are addresses (`POINTER`)."""
    return ct.CFUNCTYPE(result, *args)(address(name))


def handle(raw: Any) -> int:
    """The address behind a handle of pypdfium2."""
    return ct.cast(raw, ct.c_void_p).value or 0
