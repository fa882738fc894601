"""The drawn lines, filled rectangles and pictures of a PDF page, through pdfium.

A ruling line is drawn in many ways: a stroked line, a stroked rectangle, a thin filled rectangle for each side of each
cell, a dash after a dash, a picture one pixel high. All become `Rule`s: collinear pieces joined, doubles dropped.
"""

from __future__ import annotations

import ctypes as ct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.read.glyphs import Frame, _proto
from schemas.document import Box, Rule

THIN = 3.2  # points: a filled rectangle not thicker than this is a line
SHORT = 2.0  # points: a joined line shorter than this is a speck
DASH = 12.0  # points: pieces up to this length may be dashes
DOT = 2.5  # points: pieces up to this length and breadth may be dots
DASH_GAP = 5.0  # points between two dashes of one line
JOIN_GAP = 1.6  # points between two pieces of one line
SAME_LINE = 1.1  # points across, within which two pieces lie on one line
MAX_OBJECTS = 60_000  # of one page: beyond, the page is a drawing
MAX_SEGMENTS = 4_000  # of one path
MAX_DEPTH = 6  # of nested forms
WHITE = 245

_P = ct.c_void_p
_type = _proto("FPDFPageObj_GetType", ct.c_int, _P)
_bounds = _proto("FPDFPageObj_GetBounds", ct.c_int, _P, _P, _P, _P, _P)
_matrix = _proto("FPDFPageObj_GetMatrix", ct.c_int, _P, _P)
_draw_mode = _proto("FPDFPath_GetDrawMode", ct.c_int, _P, _P, _P)
_count_segments = _proto("FPDFPath_CountSegments", ct.c_int, _P)
_segment = _proto("FPDFPath_GetPathSegment", _P, _P, ct.c_int)
_point = _proto("FPDFPathSegment_GetPoint", ct.c_int, _P, _P, _P)
_segment_type = _proto("FPDFPathSegment_GetType", ct.c_int, _P)
_closed = _proto("FPDFPathSegment_GetClose", ct.c_int, _P)
_fill_color = _proto("FPDFPageObj_GetFillColor", ct.c_int, _P, _P, _P, _P, _P)
_stroke_color = _proto("FPDFPageObj_GetStrokeColor", ct.c_int, _P, _P, _P, _P, _P)
_stroke_width = _proto("FPDFPageObj_GetStrokeWidth", ct.c_int, _P, _P)
_count = _proto("FPDFPage_CountObjects", ct.c_int, _P)
_get = _proto("FPDFPage_GetObject", _P, _P, ct.c_int)
_form_count = _proto("FPDFFormObj_CountObjects", ct.c_int, _P)
_form_get = _proto("FPDFFormObj_GetObject", _P, _P, ct.c_ulong)

PATH, IMAGE, FORM = 2, 3, 5
LINE_TO, BEZIER, MOVE_TO = 0, 1, 2

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Lines = NDArray[np.float64]  # n x 4: x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page, in displayed points: ruling lines, coloured rectangles, and pictures' boxes."""

    rules: tuple[Rule, ...]
    fills: tuple[Box, ...]
    images: tuple[Box, ...]


class _Pen:
    """Collects lines and boxes in user space while the page's objects are walked."""

    def __init__(self) -> None:
        self.lines: list[tuple[float, float, float, float]] = []
        self.pale: list[tuple[float, float, float, float]] = []  # white: parts cells only on colour
        self.fills: list[tuple[float, float, float, float]] = []
        self.images: list[tuple[float, float, float, float]] = []
        self.left = MAX_OBJECTS
        self._four = (ct.c_float * 4)()
        self._at = ct.addressof(self._four)
        self._color = (ct.c_uint * 4)()
        self._color_at = ct.addressof(self._color)

    def walk(self, count: int, get: Any, owner: int, matrix: Matrix, depth: int) -> None:
        """Take every object of a page or form whose space `matrix` maps to the page."""
        for index in range(count):
            self.left -= 1
            if self.left < 0:
                return
            item = get(owner, index)
            kind = _type(item)
            if kind == PATH:
                self._path(item, matrix)
            elif kind == IMAGE:
                box = self._box(item, matrix)
                thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
                (self.lines if thin else self.images).append(box)
            elif kind == FORM and depth < MAX_DEPTH:
                m = (ct.c_float * 6)()
                _matrix(item, ct.addressof(m))
                inner: Matrix = (m[0], m[1], m[2], m[3], m[4], m[5])
                self.walk(_form_count(item), _form_get, item, _times(inner, matrix), depth + 1)

    def _box(self, item: int, matrix: Matrix) -> tuple[float, float, float, float]:
        a = self._at
        _bounds(item, a, a + 4, a + 8, a + 12)
        x0, y0, x1, y1 = self._four
        if matrix is IDENTITY:
            return x0, y0, x1, y1
        xs, ys = zip(*(_apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _white(self, color_of: Any, item: int) -> bool:
        a = self._color_at
        if not color_of(item, a, a + 4, a + 8, a + 12):
            return False
        r, g, b, alpha = self._color
        return alpha < 25 or min(r, g, b) >= WHITE

    def _path(self, item: int, matrix: Matrix) -> None:
        fill, stroke = ct.c_int(), ct.c_int()
        _draw_mode(item, ct.addressof(fill), ct.addressof(stroke))
        if not fill.value and not stroke.value:
            return  # a clipping path
        box = self._box(item, matrix)
        width, height = box[2] - box[0], box[3] - box[1]
        white = self._white(_stroke_color if stroke.value else _fill_color, item)
        if min(width, height) <= THIN:
            (self.pale if white else self.lines).append(box)
            return
        segments = _count_segments(item)
        if segments > MAX_SEGMENTS:
            return
        m = (ct.c_float * 6)()
        own: Matrix = (m[0], m[1], m[2], m[3], m[4], m[5]) if _matrix(item, ct.addressof(m)) else IDENTITY
        for points, curved, closed in _subpaths(item, segments, _times(own, matrix)):
            if fill.value and not curved:
                self._filled(points, white if not stroke.value else self._white(_fill_color, item))
            if stroke.value:
                ends = zip(points, points[1:] + points[:1] if closed else points[1:], strict=False)
                target = self.pale if white else self.lines
                # A hair's slope is allowed: some producers round the two ends apart.
                target.extend(
                    (min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]))
                    for p, q in ends
                    if min(abs(p[0] - q[0]), abs(p[1] - q[1])) <= 0.6
                )

    def _filled(self, points: list[tuple[float, float]], white: bool) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if len(points) not in (4, 5):
            return
        square = all(
            min(abs(x - box[0]), abs(x - box[2])) < 0.6 and min(abs(y - box[1]), abs(y - box[3])) < 0.6
            for x, y in points
        )
        if not square:
            return
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            (self.pale if white else self.lines).append(box)
        elif not white:
            self.fills.append(box)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _subpaths(item: int, segments: int, matrix: Matrix) -> list[tuple[list[tuple[float, float]], bool, bool]]:
    """The path's pieces: their corner points on the page, whether a curve is among them, whether they are closed."""
    out: list[tuple[list[tuple[float, float]], bool, bool]] = []
    points: list[tuple[float, float]] = []
    curved = closed = False
    x, y = ct.c_float(), ct.c_float()
    x_at, y_at = ct.addressof(x), ct.addressof(y)
    for index in range(segments):
        segment = _segment(item, index)
        kind = _segment_type(segment)
        if kind == MOVE_TO and points:
            out.append((points, curved, closed))
            points, curved, closed = [], False, False
        _point(segment, x_at, y_at)
        points.append(_apply(matrix, x.value, y.value))
        curved = curved or kind == BEZIER
        closed = closed or bool(_closed(segment))
    if len(points) > 1:
        out.append((points, curved, closed))
    return out


def read_drawing(page: Any, frame: Frame) -> Drawing:
    """The ruling lines, fills and pictures of a page (`page` is a pypdfium2 page), on the displayed page."""
    pen = _Pen()
    handle = ct.cast(page.raw, ct.c_void_p).value or 0
    pen.walk(_count(handle), _get, handle, IDENTITY, 0)
    width, height = frame.size
    fills = _shown(pen.fills, frame, width, height)
    images = _shown(pen.images, frame, width, height)
    lines = _shown(pen.lines, frame, width, height)
    pale = _shown(pen.pale, frame, width, height)
    if len(pale) and len(fills):
        lines = np.vstack([lines, _on(pale, fills)])
    return Drawing(join_rules(lines), _boxes(fills), _boxes(images))


def _shown(boxes: list[tuple[float, float, float, float]], frame: Frame, width: float, height: float) -> Lines:
    if not boxes:
        return np.zeros((0, 4))
    b = np.array(boxes, dtype=np.float64)
    xa, ya = frame.shown(b[:, 0], b[:, 1])
    xb, yb = frame.shown(b[:, 2], b[:, 3])
    out = np.stack([np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)], axis=1)
    seen = (out[:, 2] > -1) & (out[:, 0] < width + 1) & (out[:, 3] > -1) & (out[:, 1] < height + 1)
    found: Lines = out[seen & np.isfinite(out).all(axis=1)]
    return found


def _boxes(boxes: Lines) -> tuple[Box, ...]:
    return tuple(Box(*row) for row in dict.fromkeys(map(tuple, np.round(boxes, 2).tolist())))


def _on(lines: Lines, fills: Lines) -> Lines:
    """The lines whose middle lies on one of the fills (fills of a page number hundreds, so this stays small)."""
    x, y = (lines[:, 0] + lines[:, 2]) / 2, (lines[:, 1] + lines[:, 3]) / 2
    inside = (
        (x[:, None] > fills[:, 0] - 1)
        & (x[:, None] < fills[:, 2] + 1)
        & (y[:, None] > fills[:, 1] - 1)
        & (y[:, None] < fills[:, 3] + 1)
    )
    found: Lines = lines[inside.any(axis=1)]
    return found


def join_rules(lines: Lines) -> tuple[Rule, ...]:
    """Pieces of lines (n x 4 boxes) as whole ruling lines: collinear ones that touch, overlap or are dashes joined."""
    if not len(lines):
        return ()
    wide, high = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    dots = np.maximum(wide, high) <= DOT  # of a dotted line: they show its direction only together
    across, down = (wide >= high) & ~dots, (wide < high) & ~dots
    out = [Rule(x0, y, x1, y) for y, x0, x1 in _joined(lines[across][:, [1, 3, 0, 2]])]
    out += [Rule(x, y0, x, y1) for x, y0, y1 in _joined(lines[down][:, [0, 2, 1, 3]])]
    if dots.sum() > 5:
        out += [Rule(x0, y, x1, y) for y, x0, x1 in _joined(lines[dots][:, [1, 3, 0, 2]]) if x1 - x0 > DASH]
        out += [Rule(x, y0, x, y1) for x, y0, y1 in _joined(lines[dots][:, [0, 2, 1, 3]]) if y1 - y0 > DASH]
    return tuple(out)


def _joined(pieces: Lines) -> list[tuple[float, float, float]]:
    """`pieces` are rows (across0, across1, along0, along1); gives (across, along0, along1) of whole lines."""
    if not len(pieces):
        return []
    across = (pieces[:, 0] + pieces[:, 1]) / 2
    order = np.argsort(across, kind="stable")
    across, start, end = across[order], pieces[order, 2], pieces[order, 3]
    group = np.cumsum(np.concatenate([[0], np.diff(across) > SAME_LINE / 2]))
    order = np.lexsort((start, group))
    rows = np.stack([group[order], across[order], start[order], end[order]], axis=1).tolist()
    out: list[tuple[float, float, float]] = []
    current, at, begin, finish, weight = -1.0, 0.0, 0.0, 0.0, 0.0
    for g, c, s, e in rows:
        gap = DASH_GAP if e - s < DASH else JOIN_GAP
        if g == current and s - finish <= gap:
            length = max(e - s, 0.1)
            at, weight = (at * weight + c * length) / (weight + length), weight + length
            finish = max(finish, e)
            continue
        if current >= 0 and finish - begin >= SHORT:
            out.append((at, begin, finish))
        current, at, begin, finish, weight = g, c, s, e, max(e - s, 0.1)
    if finish - begin >= SHORT:
        out.append((at, begin, finish))
    return out
