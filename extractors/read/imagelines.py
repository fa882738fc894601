"""Ruling lines of a page's picture: long thin runs of ink, their gaps closed, their ends brought to the lines they meet.

Worn scans lose parts of lines. A gap is closed unless it lies between two crossing lines, for there a merged cell may
be meant.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.read.frames import Floats
from extractors.read.raster import Gray

ACROSS = 9.0  # points: a shorter level run of ink is a letter's
DOWN = 15.0  # points: a shorter upright run is a letter's
THICK = 3.4  # points: thicker ink is no line
SHORT = 120.0  # points: a shorter line may be the bars of letters that touch
LEAST = 22.0  # points: a line that is shorter in all is none, unless it joins two others
SAME = 1.6  # points across, within which two pieces are of one line
SLOPE = 0.012  # to which a bent or still skew line may climb over its length
SPECK = 5.0  # points: a gap that is closed in any case
BREAK = 16.0  # points: the gap that a short piece may close
WORN = 240.0  # points: a gap that is closed where it does not lie between two crossing lines
OPEN = 140.0  # points that a line with an open end may go on to the next
ALONG = 0.25  # share of a line along which letters stand, from which it is an underline
BARRED = 0.08  # share of such a way on which letters stand
REACH = 6.0  # points: a line's end this near to a crossing line meets it
THIN = 1.6  # points: crumbs and dashes of lines are not thicker
DASHED, CRUMBLED, DASH_GAP = 150.0, 60.0, 16.0  # points: least length of a dashed and of a crumbled line, widest gap
CRUMBS_LEAST, MOST_CRUMBS = 6, 6_000  # crumbs of a line at least, of a page at most
STEP = 14.0  # points that are looked ahead for crumbs of a worn line
CRUMBS = 0.25  # share of them that must be ink
SOLID = 0.45  # share of a line that must be ink
MOST = 3_000  # runs of one direction: a page with more is a photograph, and the longest are enough


@dataclass(frozen=True, slots=True)
class ImageLines:
    """Ruling lines in pixels: `across` rows (y, x0, x1), `down` rows (x, y0, y1); `mask` is 255 on their ink."""

    across: Floats
    down: Floats
    mask: Gray


@dataclass(slots=True)
class _Line:
    """A line in the making: its place across, its ends, its inked length, and the runs of ink it is made of."""

    at: float
    start: float
    end: float
    inked: float
    runs: list[int]

    def take(self, other: _Line) -> None:
        self.at = (self.at * self.inked + other.at * other.inked) / (self.inked + other.inked)
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.inked += other.inked
        self.runs += other.runs


def find_lines(ink: Gray, scale: float) -> ImageLines:
    """The ruling lines of `ink` (255 on ink), `scale` pixels to the point."""
    across, level = _runs(ink, scale, ACROSS)
    turned = np.ascontiguousarray(ink.T)
    down, upright = _runs(turned, scale, DOWN)
    across += _crumbled(ink, level, scale)
    down += _crumbled(turned, upright, scale)
    across, down = _drawn_ones(across, ink, scale), _drawn_ones(down, turned, scale)
    across, down = _joined(across, scale), _joined(down, scale)
    _follow(across, ink, scale)
    _follow(down, turned, scale)
    for _ in range(2):  # lines made whole in one direction are what those of the other end at
        across, down = _mended(across, down, scale), _mended(down, across, scale)
        _reach(across, down, ink, scale)
        _reach(down, across, turned, scale)
        across, down = _merged(across, scale), _merged(down, scale)
    kept_across, kept_down = _kept(across, down, scale), _kept(down, across, scale)
    mask = _drawn(level, kept_across) | _drawn(upright, kept_down).T
    return ImageLines(_rows(kept_across), _rows(kept_down), np.ascontiguousarray(mask))


def _rows(lines: list[_Line]) -> Floats:
    return np.array([(n.at, n.start, n.end) for n in lines], dtype=np.float64).reshape(-1, 3)


def without(picture: Gray, lines: ImageLines, paper: int) -> Gray:
    """The picture with the lines' ink made paper."""
    if not lines.mask.any():
        return picture
    out = picture.copy()
    out[cv2.dilate(lines.mask, np.ones((3, 3), np.uint8)) > 0] = paper
    return out


def _runs(ink: Gray, scale: float, shortest: float) -> tuple[list[_Line], NDArray[np.int32]]:
    """Thin level runs of ink, and the picture of their numbers."""
    length = max(5, round(shortest * scale))
    # Ink that climbs by a pixel within the run is still one run.
    thick = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, labels, stats, centres = cv2.connectedComponentsWithStats(opened, connectivity=8)
    width, height, area = stats[:, 2].astype(float), stats[:, 3], stats[:, 4]
    thin = area / np.maximum(width, 1) <= THICK * scale + 1
    straight = height <= THICK * scale + 1 + SLOPE * width
    chosen = [i for i in np.flatnonzero(thin & straight).tolist() if i]
    chosen = sorted(chosen, key=lambda i: -width[i])[:MOST]
    lines = [_Line(centres[i, 1], stats[i, 0], stats[i, 0] + width[i], width[i], [i]) for i in chosen]
    return lines, np.asarray(labels, dtype=np.int32)


def _crumbled(ink: Gray, runs: NDArray[np.int32], scale: float) -> list[_Line]:
    """Level lines of which only dashes or crumbs are there; these are numbered in `runs` as further runs.

    Even dashes make a line only where it is longer than a row of hyphens in a cell.
    """
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, 2], stats[:, 3]
    flat = (height <= THIN * scale) & (width <= 2 * DASH_GAP * scale)
    flat[0] = False
    order = np.flatnonzero(flat)
    if len(order) > MOST_CRUMBS:
        return []
    order = order[np.argsort(stats[order, 0], kind="stable")]
    rows: list[tuple[_Line, float]] = []  # a line, and where its last crumb stands across
    for i in order.tolist():
        start, end, at = float(stats[i, 0]), float(stats[i, 0] + width[i]), float(centres[i, 1])
        crumb = _Line(at, start, end, float(width[i]), [i])
        for k, (row, last) in enumerate(rows):
            if abs(last - at) <= scale and -scale <= start - row.end <= DASH_GAP * scale:
                row.take(crumb)
                rows[k] = (row, at)
                break
        else:
            rows.append((crumb, at))
    out = []
    for row, _ in rows:
        length = row.end - row.start
        if len(row.runs) < CRUMBS_LEAST or row.inked < CRUMBS * length:
            continue
        widths = width[row.runs]
        gaps = stats[row.runs[1:], 0] - (stats[row.runs[:-1], 0] + widths[:-1])
        dashes = widths.std() < 0.25 * widths.mean() and gaps.std() < 0.4 * max(gaps.mean(), 1.0)
        if length >= (DASHED if dashes else CRUMBLED) * scale:
            number = int(runs.max()) + 1
            runs[np.isin(labels, row.runs)] = number
            out.append(_Line(row.at, row.start, row.end, length, [number]))
    return out


def _joined(runs: list[_Line], scale: float) -> list[_Line]:
    """Runs at nearly the same height that follow each other closely, as one line."""
    out: list[_Line] = []
    for run in sorted(runs, key=lambda n: n.start):
        near = [n for n in out if abs(n.at - run.at) <= SAME * scale and -scale <= run.start - n.end <= SPECK * scale]
        if near:
            min(near, key=lambda n: abs(n.at - run.at)).take(run)
        else:
            out.append(run)
    return out


def _follow(lines: list[_Line], ink: Gray, scale: float) -> None:
    """Lengthen lines over the crumbs that a worn line leaves beyond its ends."""
    step = round(STEP * scale)
    for line in lines:
        if line.inked < LEAST * scale:
            continue
        for way in (-1, 1):
            at = _end_at(line, way, ink, scale)
            while True:
                low, high = (line.start - step, line.start) if way < 0 else (line.end, line.end + step)
                at, on, beside = _course(ink, at, low, high, 0.8, scale)
                inked = np.flatnonzero(on & ~beside)
                if len(inked) < CRUMBS * step:
                    break
                if way < 0:
                    line.start = max(round(low), 0) + float(inked[0])
                else:
                    line.end = max(round(low), 0) + float(inked[-1]) + 1
                line.inked += len(inked)


def _end_at(line: _Line, way: int, ink: Gray, scale: float) -> float:
    """Where a (perhaps bent) line stands across at its start (`way` -1) or its end."""
    length = min(20 * scale, line.end - line.start)
    low, high = (line.start, line.start + length) if way < 0 else (line.end - length, line.end)
    return _course(ink, line.at, low, high, 2.2, scale)[0]


def _course(
    ink: Gray, at: float, low: float, high: float, stray: float, scale: float
) -> tuple[float, NDArray[np.bool_], NDArray[np.bool_]]:
    """The course of a line between `low` and `high`, looked for within `stray` points of `at`: where it stands, and for
    each place whether there is ink on it, and close beside it."""
    span = slice(max(round(low), 0), max(round(high), 0))
    half, around, reach = round(1.2 * scale), round(3.5 * scale), round(stray * scale)
    best = (-1.0, at, _any(ink[:0, span]), _any(ink[:0, span]))
    for offset in range(-reach, reach + 1):
        middle = round(at) + offset
        if middle < half or middle + half >= len(ink):
            continue
        on = _any(ink[middle - half : middle + half + 1, span])
        beside = _any(ink[max(middle - around, 0) : middle - half, span])
        beside |= _any(ink[middle + half + 1 : middle + around, span])
        score = float((on & ~beside).sum()) - 0.1 * abs(offset)
        if score > best[0]:
            best = (score, at + offset, on, beside)
    return best[1], best[2], best[3]


def _any(part: Gray) -> NDArray[np.bool_]:
    return np.asarray((part > 0).any(axis=0), dtype=np.bool_)


def _mended(lines: list[_Line], crossing: list[_Line], scale: float) -> list[_Line]:
    """Gaps of worn lines closed, but for those that begin and end at a crossing line."""
    walls = _rows(crossing)
    near = REACH * scale
    out: list[_Line] = []
    for line in sorted(lines, key=lambda n: n.start):
        for last in out:
            gap = line.start - last.end
            if abs(last.at - line.at) > SAME * scale or not -scale <= gap <= WORN * scale:
                continue
            if min(last.inked, line.inked) < LEAST * scale and gap > BREAK * scale:
                continue
            if not (_meets(walls, last.end, line.at, near) and _meets(walls, line.start, line.at, near)):
                last.take(line)
                break
        else:
            out.append(line)
    return out


def _meets(crossing: Floats, along: float, at: float, near: float) -> bool:
    """Whether a crossing line stands at `along` and passes the height `at`."""
    if not len(crossing):
        return False
    hit = (abs(crossing[:, 0] - along) <= near) & (crossing[:, 1] - near <= at) & (at <= crossing[:, 2] + near)
    return bool(hit.any())


def _reach(lines: list[_Line], crossing: list[_Line], ink: Gray, scale: float) -> None:
    """Bring ends to the crossing line that they almost meet.

    Lines of a table end at other lines: one that ends in the open is worn, and goes on to the next, unless text stands
    in its way.
    """
    walls = _rows(crossing)
    near = REACH * scale
    for line in lines:
        at = np.sort(walls[(walls[:, 1] - near <= line.at) & (line.at <= walls[:, 2] + near), 0])
        if not len(at):
            continue
        rooted = bool(((at >= line.start - near) & (at <= line.end + near)).any()) or not _underlines(line, ink, scale)
        first, last = (at[np.argmin(abs(at - end))].item() for end in (line.start, line.end))
        before, after = at[at < line.start], at[at > line.end]
        if abs(first - line.start) <= near:
            line.start = first
        elif rooted and len(before) and _free(ink, line, -1, before[-1].item(), scale):
            line.start = before[-1].item()
        if abs(last - line.end) <= near:
            line.end = last
        elif rooted and len(after) and _free(ink, line, 1, after[0].item(), scale):
            line.end = after[0].item()


def _underlines(line: _Line, ink: Gray, scale: float) -> bool:
    """Whether letters stand along the line."""
    _, on, beside = _course(ink, line.at, line.start, line.end, 0.5, scale)
    return not len(on) or float(beside.mean()) > ALONG


def _free(ink: Gray, line: _Line, way: int, end: float, scale: float) -> bool:
    """Whether nothing but crumbs of a line lies on the way to `end`, and the way is not too long to be guessed."""
    low, high = (end, line.start) if way < 0 else (line.end, end)
    if high - low > OPEN * scale:
        return False
    edge = 1.5 * scale
    _, on, beside = _course(ink, _end_at(line, way, ink, scale), low + edge, high - edge, 1.5, scale)
    return not len(on) or float((on & beside).mean()) < BARRED


def _merged(lines: list[_Line], scale: float) -> list[_Line]:
    """Lines that have come to lie upon each other as one."""
    out: list[_Line] = []
    for line in sorted(lines, key=lambda n: n.start):
        same = [n for n in out if abs(n.at - line.at) <= SAME * scale and line.start <= n.end + scale]
        if same:
            same[-1].take(line)
        else:
            out.append(line)
    return out


def _kept(lines: list[_Line], crossing: list[_Line], scale: float) -> list[_Line]:
    """Lines long and solid enough to have been drawn with a ruler."""
    walls = _rows(crossing)
    out = []
    for line in lines:
        length = line.end - line.start
        held = all(_meets(walls, end, line.at, REACH * scale) for end in (line.start, line.end))
        if line.inked < SOLID * length or length < (ACROSS if held else LEAST) * scale:
            continue
        out.append(line)
    return out


def _drawn_ones(lines: list[_Line], ink: Gray, scale: float) -> list[_Line]:
    """Without the bars of letters that touch."""
    return [n for n in lines if n.end - n.start >= SHORT * scale or not _in_text(n, ink, scale)]


def _in_text(line: _Line, ink: Gray, scale: float) -> bool:
    """Whether a short line runs through letters: ink beside it nearly everywhere."""
    _, on, beside = _course(ink, line.at, line.start, line.end, 0.5, scale)
    return len(on) > 0 and float(beside.mean()) > 0.5


def _drawn(labels: NDArray[np.int32], lines: list[_Line]) -> Gray:
    """The ink of the lines."""
    wanted = np.zeros(int(labels.max()) + 1, dtype=np.uint8)
    wanted[[i for n in lines for i in n.runs]] = 255
    return np.asarray(wanted[labels], dtype=np.uint8)
