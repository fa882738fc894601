"""The drawn lines, filled rectangles and pictures of a PDF page, through pdfium.

A ruling line is drawn in many ways: a stroked line, a stroked rectangle, a thin filled rectangle for each side of each
cell, a dash after a dash, a picture one pixel high. All become `Rule`s: collinear pieces joined, doubles dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.read.gather import GATHER
from extractors.read.glyphs import Floats, Frame
from extractors.read.pdfium import handle
from extractors.read.records import IMAGE, DrawingRows, Gaps, Gather, Limits
from schemas.document import Box, Rule
from schemas.limits import USUAL

THIN = 3.2  # points: a filled rectangle not thicker than this is a line
SHORT = 2.0  # points: a joined line shorter than this is a speck
DASH = 12.0  # points: pieces up to this length may be dashes
DOT = 2.5  # points: pieces up to this length and breadth may be dots
DASH_GAP = 5.0  # points between two dashes of one line
JOIN_GAP = 1.6  # points between two pieces of one line
SAME_LINE = 1.1  # points across, within which two pieces lie on one line
MAX_SEGMENTS = 4_000  # of one path
MAX_POINTS = 1_000_000  # of all paths of a page together
MAX_DEPTH = 6  # of nested forms
WHITE = 245

GAPS = Gaps(DASH, DASH_GAP, JOIN_GAP, SHORT)
BEZIER, MOVE_TO = 1, 2

Bools = NDArray[np.bool_]
Lines = NDArray[np.float64]  # n x 4: x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page, in displayed points: ruling lines, coloured rectangles, and pictures' boxes."""

    rules: tuple[Rule, ...]
    fills: tuple[Box, ...]
    images: tuple[Box, ...]


def read_drawing(page: Any, frame: Frame, gather: Gather = GATHER, most: int = USUAL.objects) -> Drawing:
    """The ruling lines, fills and pictures of a page (`page` is a pypdfium2 page), on the displayed page. Of more than `most`
    objects the first are looked at: the page is a drawing."""
    rows = gather.drawing(handle(page.raw), Limits(THIN, most, MAX_SEGMENTS, MAX_POINTS, MAX_DEPTH))
    if not len(rows.pieces):  # as on every other page
        return Drawing((), (), ())
    drawn = _drawn(rows)
    fills = _shown(drawn.fills, frame)
    lines = _shown(drawn.lines, frame)
    pale = _shown(drawn.pale, frame) if len(fills) else drawn.pale[:0]
    if len(pale):
        lines = np.vstack([lines, _on(pale, fills)])
    return Drawing(join_rules(lines), _boxes(fills), _boxes(_shown(drawn.images, frame)))


class _Drawn(NamedTuple):
    """Boxes in user space, in the order in which they were drawn."""

    lines: Lines
    pale: Lines  # white lines: they part cells only on colour
    fills: Lines
    images: Lines


def _drawn(rows: DrawingRows) -> _Drawn:
    pieces = rows.pieces
    box = pieces["box"]
    image = pieces["kind"] == IMAGE
    thin = np.minimum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) <= THIN
    white = _white(pieces["line_colour"]) & ~image
    if not len(rows.points):
        return _Drawn(box[thin & ~white], box[thin & white], box[:0], box[image & ~thin])
    # Each piece and each of its points has a number; sorted by it, everything stands as it was drawn.
    after = np.cumsum(pieces["points"])
    number = 2 * (after - pieces["points"] + np.arange(len(pieces)))
    drawn, fills = _outlines(rows, after)
    number = np.concatenate([number[thin], drawn.number])
    order = np.argsort(number, kind="stable")
    lines = np.concatenate([box[thin], drawn.box])[order]
    white = np.concatenate([white[thin], drawn.white])[order]
    return _Drawn(lines[~white], lines[white], fills, box[image & ~thin])


class _Strokes(NamedTuple):
    """Lines with their number in the order of drawing."""

    box: Lines
    number: NDArray[np.int64]
    white: Bools


def _outlines(rows: DrawingRows, after: NDArray[np.int64]) -> tuple[_Strokes, Lines]:
    """What the corners of paths tell: the sides that are stroked, thin filled rectangles (both as lines), and the other
    filled rectangles that are not white. `after` counts points up to and with each piece."""
    pieces, points = rows.pieces, rows.points
    x, y = points["x"], points["y"]
    piece = np.repeat(np.arange(len(pieces)), pieces["points"])
    begins = points["kind"] == MOVE_TO
    begins[0] = True
    begins[1:] |= piece[1:] != piece[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(points)) - 1
    owner = piece[first]  # of each subpath
    # A lone point at a path's end draws nothing.
    real = ~((last == first) & (last == after[owner] - 1))
    filled = _rectangles(x, y, points["kind"], first, last) & real & (pieces["fill"][owner] != 0)
    left, right = np.minimum.reduceat(x, first)[filled], np.maximum.reduceat(x, first)[filled]
    bottom, top = np.minimum.reduceat(y, first)[filled], np.maximum.reduceat(y, first)[filled]
    rectangle = np.stack([left, bottom, right, top], axis=1)
    thin = np.minimum(right - left, top - bottom) <= THIN
    white = _white(pieces["fill_colour"][owner[filled]])

    stroked = pieces["stroke"][piece] != 0
    inner = np.flatnonzero(stroked[:-1] & ~begins[1:])  # from a point to the next one of its subpath
    closing = np.flatnonzero(np.logical_or.reduceat(points["closed"] != 0, first) & stroked[first] & real)
    start, end = np.concatenate([inner, last[closing]]), np.concatenate([inner + 1, first[closing]])
    # A hair's slope is allowed: some producers round the two ends apart.
    straight = np.minimum(np.abs(x[start] - x[end]), np.abs(y[start] - y[end])) <= 0.6
    start, end = start[straight], end[straight]
    side = np.stack(
        [
            np.minimum(x[start], x[end]),
            np.minimum(y[start], y[end]),
            np.maximum(x[start], x[end]),
            np.maximum(y[start], y[end]),
        ],
        axis=1,
    )
    strokes = _Strokes(
        np.concatenate([rectangle[thin], side]),
        np.concatenate([2 * (first + owner)[filled][thin], 2 * (start + piece[start]) + 1]),
        np.concatenate([white[thin], _white(pieces["line_colour"][piece[start]])]),
    )
    return strokes, rectangle[~thin & ~white]


def _rectangles(x: Floats, y: Floats, kind: Any, first: Any, last: Any) -> Bools:
    """Which subpaths are upright rectangles: four or five corners, no curve."""
    count = last - first + 1
    four: Bools = (count == 4) | (count == 5)
    if not four.any():
        return four
    of = np.repeat(np.arange(len(first)), count)

    def at_side(along: Floats) -> Any:
        low, high = np.minimum.reduceat(along, first)[of], np.maximum.reduceat(along, first)[of]
        return np.minimum(np.abs(along - low), np.abs(along - high)) < 0.6

    corners = at_side(x) & at_side(y) & (kind != BEZIER)
    found: Bools = four & np.logical_and.reduceat(corners, first)
    return found


def _white(colour: NDArray[np.uint32]) -> Bools:
    alpha, darkest = colour >> 24, np.minimum(np.minimum(colour & 255, colour >> 8 & 255), colour >> 16 & 255)
    white: Bools = (alpha < 25) | (darkest >= WHITE)
    return white


def _shown(boxes: Lines, frame: Frame) -> Lines:
    """Boxes of user space as boxes on the displayed page, without those that lie off it."""
    if not len(boxes):
        return boxes
    width, height = frame.size
    xa, ya = frame.shown(boxes[:, 0], boxes[:, 1])
    xb, yb = frame.shown(boxes[:, 2], boxes[:, 3])
    out = np.stack([np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)], axis=1)
    seen = (out[:, 2] > -1) & (out[:, 0] < width + 1) & (out[:, 3] > -1) & (out[:, 1] < height + 1)
    found: Lines = out[seen & np.isfinite(out).all(axis=1)]
    return found


def _boxes(boxes: Lines) -> tuple[Box, ...]:
    return tuple(starmap(Box, dict.fromkeys(map(tuple, np.round(boxes, 2).tolist()))))


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
    out = _level(_joined(lines[across][:, [1, 3, 0, 2]])) + _upright(_joined(lines[down][:, [0, 2, 1, 3]]))
    if dots.sum() > 5:
        level, upright = _joined(lines[dots][:, [1, 3, 0, 2]]), _joined(lines[dots][:, [0, 2, 1, 3]])
        out += _level(level[level[:, 2] - level[:, 1] > DASH]) + _upright(upright[upright[:, 2] - upright[:, 1] > DASH])
    return tuple(out)


def _level(lines: Lines) -> list[Rule]:
    y, x0, x1 = lines.T.tolist()
    return list(map(Rule, x0, y, x1, y))


def _upright(lines: Lines) -> list[Rule]:
    x, y0, y1 = lines.T.tolist()
    return list(map(Rule, x, y0, x, y1))


def _joined(pieces: Lines) -> Lines:
    """`pieces` are rows (across0, across1, along0, along1); gives (across, along0, along1) of whole lines."""
    if not len(pieces):
        return np.zeros((0, 3))
    across = (pieces[:, 0] + pieces[:, 1]) / 2
    order = np.argsort(across, kind="stable")
    across, start, end = across[order], pieces[order, 2], pieces[order, 3]
    course = np.concatenate([[0], np.cumsum(across[1:] - across[:-1] > SAME_LINE / 2)])
    order = np.lexsort((start, course))
    return GATHER.join(np.stack([course[order], across[order], start[order], end[order]], axis=1), GAPS)
