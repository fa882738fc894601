"""Which way a page's glyphs and paths are gathered from pdfium on this machine: compiled, or through ctypes.

The compiled way (`_native.c`) is built where there is a C compiler when the package is installed; the other
(`bycall.py`) gives the same rows, some times more slowly, and leaves the rest to NumPy.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.read.pdfium import address
from extractors.read.records import (
    GLYPH,
    OBJECT,
    PIECE,
    POINT,
    STYLE,
    Corners,
    Cuts,
    DrawingRows,
    Found,
    Gaps,
    Gather,
    GlyphRows,
    Limits,
    PlacedRows,
)

SOURCE = Path(__file__).with_name("_native.c")


def _chosen() -> Gather:
    try:
        import extractors.read._native as _native
    except ImportError:
        return _by_call()
    if hashlib.sha256(SOURCE.read_bytes()).hexdigest() != _native.SOURCE:  # built before its source was changed
        return _by_call()
    _native.bind(tuple(address(name) for name in _native.FUNCTIONS))

    def glyphs(text: int, count: int) -> GlyphRows:
        found, objects, styles = _native.glyphs(text, count)
        return GlyphRows(np.frombuffer(found, GLYPH), np.frombuffer(objects, OBJECT), np.frombuffer(styles, STYLE))

    def drawing(page: int, limits: Limits) -> DrawingRows:
        pieces, points = _native.drawing(page, *limits)
        return DrawingRows(np.frombuffer(pieces, PIECE), np.frombuffer(points, POINT))

    def join(pieces: NDArray[np.float64], gaps: Gaps) -> NDArray[np.float64]:
        return np.frombuffer(_native.join(np.ascontiguousarray(pieces, np.float64), *gaps)).reshape(-1, 3)

    def place(rows: GlyphRows, styles: NDArray[np.void], corners: Corners) -> PlacedRows:
        char, numbers, wholes, marks, unmapped = _native.place(rows.glyphs, rows.objects, styles, *corners)
        count = len(char)
        return PlacedRows(
            char,
            np.frombuffer(numbers).reshape(4, count),
            np.frombuffer(wholes, np.int32).reshape(2, count),
            np.frombuffer(marks, np.bool_).reshape(3, count),
            unmapped,
        )

    def words(
        columns: list[NDArray[Any]], walls: NDArray[np.float64], width: float, height: float, cuts: Cuts
    ) -> Found | None:
        blanks, *measures = cuts
        return _native.words(*columns, walls, blanks, width, height, *measures)

    return Gather("C", glyphs, drawing, join, place, words)


def _by_call() -> Gather:
    from extractors.read.bycall import BY_CALL

    return BY_CALL


GATHER = _chosen()
