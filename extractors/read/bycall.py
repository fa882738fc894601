"""A page's glyphs and paths gathered from pdfium through ctypes, several calls for each of them.

The same as `_native.c` does at once, for machines on which that could not be compiled; a test holds that both give the
same rows.
"""

from __future__ import annotations

import ctypes as ct
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.read.pdfium import POINTER as _P
from extractors.read.pdfium import prototype
from extractors.read.records import (
    FORM,
    GLYPH,
    IMAGE,
    OBJECT,
    PATH,
    PIECE,
    POINT,
    STYLE,
    UNTOLD,
    DrawingRows,
    Gaps,
    Gather,
    GlyphRows,
    Limits,
)

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

# --- glyphs ------------------------------------------------------------------------------------------

_unicode = prototype("FPDFText_GetUnicode", ct.c_uint, _P, ct.c_int)
_object = prototype("FPDFText_GetTextObject", _P, _P, ct.c_int)
_loose = prototype("FPDFText_GetLooseCharBox", ct.c_int, _P, ct.c_int, _P)
_tight = prototype("FPDFText_GetCharBox", ct.c_int, _P, ct.c_int, _P, _P, _P, _P)
_origin = prototype("FPDFText_GetCharOrigin", ct.c_int, _P, ct.c_int, _P, _P)
_text_matrix = prototype("FPDFText_GetMatrix", ct.c_int, _P, ct.c_int, _P)
_unmapped = prototype("FPDFText_HasUnicodeMapError", ct.c_int, _P, ct.c_int)
_text_fill = prototype("FPDFText_GetFillColor", ct.c_int, _P, ct.c_int, _P, _P, _P, _P)
_mode = prototype("FPDFTextObj_GetTextRenderMode", ct.c_int, _P)
_size = prototype("FPDFTextObj_GetFontSize", ct.c_int, _P, _P)
_font = prototype("FPDFTextObj_GetFont", _P, _P)


def _glyphs(text: int, count: int) -> GlyphRows:
    boxes = np.zeros((max(count, 1), 4), dtype=np.float32)
    row, step = boxes.ctypes.data, boxes.strides[0]
    objects: list[list[Any]] = []
    known: dict[int, int] = {}
    styles: dict[tuple[Any, ...], int] = {}
    codes: list[int] = []
    sources: list[int] = []
    last, number, upright = -1, -1, False
    for i in range(count):
        owner = _object(text, i)
        if owner != last:
            last = owner
            if owner and owner not in known:
                known[owner] = len(objects)
                objects.append(_text_object(text, i, owner, styles))
            number = known[owner] if owner else -1
            upright = bool(owner) and objects[number][3]
        if not owner:  # a blank or line end that pdfium put in
            continue
        code = _unicode(text, i)
        if upright:
            _loose(text, i, row + len(codes) * step)
        else:
            boxes[len(codes)] = _turned(text, i)
        if code > 126 or code < 32:
            objects[number][4] += _unmapped(text, i) == 1
        codes.append(code)
        sources.append(number)
    glyphs = np.zeros(len(codes), GLYPH)
    glyphs["code"], glyphs["source"], glyphs["box"] = codes, sources, boxes[: len(codes)]
    return GlyphRows(
        glyphs,
        np.array([(*found, 0) for found in objects], OBJECT),
        np.array([(font, m, *rest, 0) for font, m, *rest in styles], STYLE),
    )


def _text_object(text: int, index: int, owner: int, styles: dict[tuple[Any, ...], int]) -> list[Any]:
    """The fields of an OBJECT, from its first glyph."""
    m, size, c = (ct.c_float * 6)(), ct.c_float(), (ct.c_uint * 4)()
    _text_matrix(text, index, ct.addressof(m))
    _size(owner, ct.addressof(size))
    a = ct.addressof(c)
    _text_fill(text, index, a, a + 4, a + 8, a + 12)
    style = (_font(owner) or 0, tuple(map(_plain, m[:4])), _plain(size.value), _mode(owner), _packed(c))
    base = _baseline(text, index) if m[0] > 0 and abs(m[1]) < 1e-3 * m[0] else None
    return [owner, base or 0.0, styles.setdefault(style, len(styles)), base is not None, 0]


def _plain(number: float) -> float:
    """One number, one object: -0 is 0, and a NaN in a key is found again only as the same object."""
    return math.nan if math.isnan(number) else number or 0.0


def _baseline(text: int, index: int) -> float | None:
    """The height of the baseline on which all glyphs of a text object stand. None where the font tells no widths, so that
    loose boxes are of no use."""
    box = (ct.c_float * 4)()
    origin = (ct.c_double * 2)()
    _loose(text, index, ct.addressof(box))
    _origin(text, index, ct.addressof(origin), ct.addressof(origin) + 8)
    return float(origin[1]) if box[2] > box[0] else None


def _turned(text: int, index: int) -> tuple[float, float, float, float]:
    """(origin x, origin y, far x, far y) of a glyph of turned text: its pen and the corner of its ink farthest from it."""
    n = (ct.c_double * 6)()
    at = ct.addressof(n)
    _tight(text, index, at, at + 8, at + 16, at + 24)
    _origin(text, index, at + 32, at + 40)
    left, right, bottom, top, x, y = n
    return x, y, left if x - left > right - x else right, bottom if y - bottom > top - y else top


def _packed(c: Any) -> int:
    return int(c[0] & 255 | (c[1] & 255) << 8 | (c[2] & 255) << 16 | (c[3] & 255) << 24)


# --- paths -------------------------------------------------------------------------------------------

_type = prototype("FPDFPageObj_GetType", ct.c_int, _P)
_bounds = prototype("FPDFPageObj_GetBounds", ct.c_int, _P, _P, _P, _P, _P)
_matrix = prototype("FPDFPageObj_GetMatrix", ct.c_int, _P, _P)
_draw_mode = prototype("FPDFPath_GetDrawMode", ct.c_int, _P, _P, _P)
_count_segments = prototype("FPDFPath_CountSegments", ct.c_int, _P)
_segment = prototype("FPDFPath_GetPathSegment", _P, _P, ct.c_int)
_point = prototype("FPDFPathSegment_GetPoint", ct.c_int, _P, _P, _P)
_segment_type = prototype("FPDFPathSegment_GetType", ct.c_int, _P)
_closed = prototype("FPDFPathSegment_GetClose", ct.c_int, _P)
_fill_colour = prototype("FPDFPageObj_GetFillColor", ct.c_int, _P, _P, _P, _P, _P)
_stroke_colour = prototype("FPDFPageObj_GetStrokeColor", ct.c_int, _P, _P, _P, _P, _P)
_count = prototype("FPDFPage_CountObjects", ct.c_int, _P)
_get = prototype("FPDFPage_GetObject", _P, _P, ct.c_int)
_inner_count = prototype("FPDFFormObj_CountObjects", ct.c_int, _P)
_inner_get = prototype("FPDFFormObj_GetObject", _P, _P, ct.c_ulong)


def _drawing(page: int, limits: Limits) -> DrawingRows:
    walk = _Walk(limits)
    walk.all(_count(page), _get, page, IDENTITY, 0)
    return DrawingRows(np.array(walk.pieces, PIECE), np.array(walk.points, POINT))


class _Walk:
    """Collects pieces and points while the page's objects are walked."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.objects
        self.pieces: list[tuple[Any, ...]] = []
        self.points: list[tuple[float, float, int, bool]] = []

    def all(self, count: int, get: Any, owner: int, matrix: Matrix, depth: int) -> None:
        """Take every object of a page or form whose space `matrix` maps to the page."""
        for index in range(count):
            self.left -= 1
            if self.left < 0:
                return
            item = get(owner, index)
            kind = _type(item)
            if kind == PATH:
                self.path(item, matrix)
            elif kind == IMAGE:
                self.pieces.append((_box(item, matrix), kind, 0, 0, 0, 0, 0))
            elif kind == FORM and depth < self.limits.depth:
                m = (ct.c_float * 6)()
                _matrix(item, ct.addressof(m))
                inner: Matrix = (m[0], m[1], m[2], m[3], m[4], m[5])
                self.all(_inner_count(item), _inner_get, item, _times(inner, matrix), depth + 1)

    def path(self, item: int, matrix: Matrix) -> None:
        fill, stroke = ct.c_int(), ct.c_int()
        _draw_mode(item, ct.addressof(fill), ct.addressof(stroke))
        if not fill.value and not stroke.value:
            return  # a clipping path
        box = _box(item, matrix)
        filled = _colour(_fill_colour, item)
        line = _colour(_stroke_colour, item) if stroke.value else filled
        points = 0
        if not min(box[2] - box[0], box[3] - box[1]) <= self.limits.thin:
            count = _count_segments(item)
            if 0 < count <= self.limits.segments and len(self.points) + count <= self.limits.points:
                points = count
                m = (ct.c_float * 6)()
                own = (m[0], m[1], m[2], m[3], m[4], m[5]) if _matrix(item, ct.addressof(m)) else IDENTITY
                self.points.extend(_points(item, count, _times(own, matrix)))
        self.pieces.append((box, PATH, fill.value, stroke.value, points, line, filled))


def _box(item: int, matrix: Matrix) -> tuple[float, float, float, float]:
    f = (ct.c_float * 4)()
    a = ct.addressof(f)
    _bounds(item, a, a + 4, a + 8, a + 12)
    x0, y0, x1, y1 = f
    if matrix is IDENTITY:
        return x0, y0, x1, y1
    xs, ys = zip(*(_apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _colour(colour_of: Any, item: int) -> int:
    c = (ct.c_uint * 4)()
    a = ct.addressof(c)
    return _packed(c) if colour_of(item, a, a + 4, a + 8, a + 12) else UNTOLD


def _points(item: int, count: int, matrix: Matrix) -> Iterator[tuple[float, float, int, bool]]:
    for index in range(count):
        x, y = ct.c_float(), ct.c_float()
        segment = _segment(item, index)
        _point(segment, ct.addressof(x), ct.addressof(y))
        yield (*_apply(matrix, x.value, y.value), _segment_type(segment), bool(_closed(segment)))


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


# --- ruling lines ----------------------------------------------------------------------------------------------------


def _join(pieces: NDArray[np.float64], gaps: Gaps) -> NDArray[np.float64]:
    out: list[tuple[float, float, float]] = []
    current, at, begin, finish, weight = -1.0, 0.0, 0.0, 0.0, 0.0
    for course, across, start, end in pieces.tolist():
        gap = gaps.dash_gap if end - start < gaps.dash else gaps.join_gap
        length = max(end - start, 0.1)
        if course == current and start - finish <= gap:
            at, weight = (at * weight + across * length) / (weight + length), weight + length
            finish = max(finish, end)
            continue
        if current >= 0 and finish - begin >= gaps.shortest:
            out.append((at, begin, finish))
        current, at, begin, finish, weight = course, across, start, end, length
    if current >= 0 and finish - begin >= gaps.shortest:
        out.append((at, begin, finish))
    return np.array(out, dtype=np.float64).reshape(-1, 3)


BY_CALL = Gather("ctypes", _glyphs, _drawing, _join)
