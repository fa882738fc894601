"""Rows of what pdfium tells of a page: its glyphs, text objects, paths and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

# The records of _native.c.
GLYPH = np.dtype([("code", "u4"), ("source", "i4"), ("box", "f4", 4)])
OBJECT = np.dtype(
    [("handle", "u8"), ("base", "f8"), ("style", "i4"), ("upright", "i4"), ("unmapped", "i4"), ("unused", "i4")]
)
STYLE = np.dtype(
    [("font", "u8"), ("matrix", "f4", 4), ("size", "f4"), ("mode", "i4"), ("colour", "u4"), ("unused", "u4")]
)
# What a STYLE means on the displayed page; the glyphs of one with `drop` are left out.
PLACED = np.dtype([("size", "f8"), ("rotation", "i4"), ("bold", "?"), ("italic", "?"), ("hidden", "?"), ("drop", "?")])
PIECE = np.dtype(
    [
        ("box", "f8", 4),
        ("kind", "i4"),
        ("fill", "i4"),
        ("stroke", "i4"),
        ("points", "i4"),
        ("line_colour", "u4"),
        ("fill_colour", "u4"),
    ]
)
POINT = np.dtype([("x", "f8"), ("y", "f8"), ("kind", "i4"), ("closed", "i4")])

PATH, IMAGE, FORM = 2, 3, 5
UNTOLD = 255 << 24  # the colour of an object that has none of its own: black


class GlyphRows(NamedTuple):
    """`glyphs` (GLYPH) are numbered by text object (`source`), objects (OBJECT) by style, in the order they come in.

    `box` is a glyph's loose box (left, top, right, bottom) where its object is upright in user space and its font tells
    widths; else its pen and the corner of its ink farthest from it. `base` is the baseline of an upright object. A style
    (STYLE) is what pdfium tells of an object's first glyph; colours are red + green << 8 + blue << 16 + alpha << 24.
    """

    glyphs: NDArray[np.void]
    objects: NDArray[np.void]
    styles: NDArray[np.void]


class DrawingRows(NamedTuple):
    """Paths that are painted and pictures (PIECE), in user space, in the page's order; `points` (POINT) are the corners of
    those paths that are no thin line, each piece's after those of the one before."""

    pieces: NDArray[np.void]
    points: NDArray[np.void]


class Limits(NamedTuple):
    """What is looked at of one page's drawing: objects, segments of one path, points of all, how deep forms may nest.

    A path whose box is not thicker than `thin` points is a line: its points are not asked for.
    """

    thin: float
    objects: int
    segments: int
    points: int
    depth: int


class Gaps(NamedTuple):
    """Points between two pieces of one line: `dash_gap` before a piece shorter than `dash`, else `join_gap`. A line
    shorter than `shortest` is a speck."""

    dash: float
    dash_gap: float
    join_gap: float
    shortest: float


class PlacedRows(NamedTuple):
    """The glyphs of a displayed page as columns, without those that are dropped; `unmapped` counts glyphs that stand for
    no character."""

    char: str
    numbers: NDArray[np.float64]  # 4 x n: where it begins across and down, advance, size
    wholes: NDArray[np.int32]  # 2 x n: rotation, source
    marks: NDArray[np.bool_]  # 3 x n: bold, italic, hidden
    unmapped: int


class Cuts(NamedTuple):
    """What cuts glyphs to words, as words.py says: which codes are blanks (the last for all beyond), shares of the size."""

    blanks: NDArray[np.bool_]
    gap: float
    spaced: float
    touch: float
    ascent: float
    descent: float


Corners = tuple[float, float, float, float, int]  # left, bottom, right, top of the visible box; the page's turn
Place = Callable[[GlyphRows, NDArray[np.void], Corners], PlacedRows]
Found = tuple[list[str], list[float], list[float], list[float], list[float], list[float], list[bool], list[bool]]
# Codes, then the columns of PlacedRows; walls (at, top, bottom) by place; the page's width and height.
FindWords = Callable[[list[NDArray[Any]], NDArray[np.float64], float, float, Cuts], Found | None]


class Gather(NamedTuple):
    """A way to gather: `glyphs(text page's handle, number of its characters)`, `drawing(page's handle, limits)`, and
    `join(pieces, gaps)`: pieces (course, across, start, end), sorted, as whole lines (across, start, end).

    Where it has them, `place` puts glyphs on the displayed page and `words` finds the usual page's words (None: this is
    another page); glyphs.py and words.py do the same without.
    """

    name: str
    glyphs: Callable[[int, int], GlyphRows]
    drawing: Callable[[int, Limits], DrawingRows]
    join: Callable[[NDArray[np.float64], Gaps], NDArray[np.float64]]
    place: Place | None = None
    words: FindWords | None = None
