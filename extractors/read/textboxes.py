"""Where lines of text stand in a page's picture: what the detector found, cut at ruling lines and wide gaps, and the
small signs it misses (a lone digit or dash in a cell).

The unit is a blot: a connected piece of ink, a letter or part of one. A line of text is a set of blots.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.read.frames import Floats
from extractors.read.imagelines import ImageLines
from extractors.read.raster import Gray

SPECK = 0.35  # square points of ink: less is dirt
FLAT, CRUMB, BEYOND = 2.4, 1.8, 40.0  # points: a crumb's thickness, and how near a line's course it lies
STROKE = 30.0  # points: a longer thin blot is no letter's
WIDE = 1.1  # times the line's height: a gap beyond it parts two texts
TALL = 1.8  # times as high as wide: text turned by a quarter
DASH_LOW, DASH_LONG = 0.28, 0.2  # of the usual letter's height: a dash is at most this high, at least this long
MOST_BLOTS = 40_000  # beyond, the page is a photograph


@dataclass(frozen=True, slots=True)
class Blots:
    """Connected pieces of ink: boxes in pixels (x1, y1 excluded) and their inked pixels."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    area: Floats

    def __len__(self) -> int:
        return len(self.x0)

    @property
    def height(self) -> Floats:
        return self.y1 - self.y0

    def letter(self, scale: float) -> float:
        """Height of the small letters of most of the text, in pixels."""
        likely = self.height[(self.height >= 1.5 * scale) & (self.height <= 25 * scale)]
        return float(np.quantile(likely, 0.25)) if len(likely) else 5 * scale


@dataclass(frozen=True, slots=True)
class TextBox:
    """A line of text, or the part of it in one cell: pixels, and its blots.

    `turned`: its text runs along the height; `lone` marks what the detector missed.
    """

    x0: int
    y0: int
    x1: int
    y1: int
    blots: NDArray[np.intp]
    turned: bool = False
    lone: bool = False


def find_blots(ink: Gray, scale: float, lines: ImageLines) -> Blots:
    """The blots of `ink` (ruling lines taken out); dirt and the crumbs of worn lines left out."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    s = stats[1:].astype(np.float64)
    s = s[s[:, 4] >= SPECK * scale * scale]
    flat = (s[:, 3] <= FLAT * scale) & _along(lines.across, s[:, 1] + s[:, 3] / 2, s[:, 0] + s[:, 2] / 2, scale)
    slim = (s[:, 2] <= FLAT * scale) & _along(lines.down, s[:, 0] + s[:, 2] / 2, s[:, 1] + s[:, 3] / 2, scale)
    long = (s[:, 2] > STROKE * scale) & (s[:, 3] <= FLAT * scale)
    s = s[~(flat | slim | long)]
    if len(s) > MOST_BLOTS:
        s = s[np.argsort(-s[:, 4], kind="stable")[:MOST_BLOTS]]
    return Blots(s[:, 0], s[:, 1], s[:, 0] + s[:, 2], s[:, 1] + s[:, 3], s[:, 4])


def _along(rules: Floats, at: Floats, along: Floats, scale: float) -> NDArray[np.bool_]:
    """Which points (at, along) lie on a rule (at, from, to) or go on from its ends."""
    out = np.zeros(len(at), dtype=np.bool_)
    for place, start, end in rules.tolist():
        near = abs(at - place) <= CRUMB * scale
        out |= near & (along >= start - BEYOND * scale) & (along <= end + BEYOND * scale)
    return out


def text_boxes(found: Floats, blots: Blots, lines: ImageLines) -> list[TextBox]:
    """The detector's boxes (rows x0, y0, x1, y1) as lines of text, and lone signs beside them."""
    turned = stands(found)
    owner = _owners(found, turned, blots)
    out: list[TextBox] = []
    for k, (box, tall) in enumerate(zip(found.tolist(), turned.tolist(), strict=True)):
        inside = np.flatnonzero(owner == k)
        if len(inside):
            out += _parts(box, tall, inside, blots, lines)
    upright = [b for b in out if not b.turned]
    usual = _usual_height(upright, blots)
    return out + _lone(np.flatnonzero(owner < 0), blots, out, lines, usual)


def stands(found: Floats) -> NDArray[np.bool_]:
    """Which of the detector's boxes stand: text turned by a quarter, and not a lone 1 of usual height."""
    width, height = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    usual = float(np.median(np.minimum(width, height))) if len(found) else 0.0
    return np.asarray((height > TALL * width) & (height > TALL * usual), dtype=np.bool_)


def _owners(found: Floats, turned: NDArray[np.bool_], blots: Blots) -> NDArray[np.intp]:
    """For each blot the box its middle lies in (the one whose middle line is nearest), or -1."""
    owner = np.full(len(blots), -1, dtype=np.intp)
    if not len(found):
        return owner
    x, y = (blots.x0 + blots.x1) / 2, (blots.y0 + blots.y1) / 2
    best = np.full(len(blots), np.inf)
    for k, (x0, y0, x1, y1) in enumerate(found.tolist()):
        tall = bool(turned[k])
        off = abs(x - (x0 + x1) / 2) / (x1 - x0) if tall else abs(y - (y0 + y1) / 2) / (y1 - y0)
        mine = (x > x0) & (x < x1) & (y > y0) & (y < y1) & (off < best)
        # What is far higher than the line is no letter of it: a brace, a stamp's ring, a signature.
        mine &= (blots.x1 - blots.x0 if tall else blots.height) <= 1.4 * (x1 - x0 if tall else y1 - y0)
        owner[mine], best[mine] = k, off[mine]
    return owner


def _parts(box: list[float], tall: bool, inside: NDArray[np.intp], blots: Blots, lines: ImageLines) -> list[TextBox]:
    x0, y0, x1, y1 = box
    if tall:
        return [
            _box(part, blots, (x0, y0, x1, y1), along=1)
            for part in _split(inside, blots.y0, blots.y1, _walls(lines.across, x0, x1, y0, y1), WIDE * (x1 - x0))
        ]
    out = []
    floors = _walls(lines.across, x0, x1, y0, y1)
    floors = [f for f in floors if 0.25 * (y1 - y0) < f - y0 < 0.75 * (y1 - y0)]
    for storey in _split(inside, blots.y0, blots.y1, floors, np.inf):
        for part in _split(storey, blots.x0, blots.x1, _walls(lines.down, y0, y1, x0, x1), WIDE * 0.75 * (y1 - y0)):
            out.append(_box(part, blots, (x0, y0, x1, y1), along=0))
    return out


def _walls(rules: Floats, low: float, high: float, start: float, end: float) -> list[float]:
    """Positions of rules (at, from, to) between `start` and `end` that pass the middle of `low`..`high`."""
    middle = (low + high) / 2
    return sorted(at for at, a, b in rules.tolist() if start < at < end and a - 2 <= middle <= b + 2)


def _split(
    index: NDArray[np.intp], low: Floats, high: Floats, walls: list[float], gap: float
) -> list[NDArray[np.intp]]:
    """Blots in order along an axis, parted at walls and at gaps wider than `gap`."""
    order = index[np.argsort(low[index], kind="stable")]
    middle = (low[order] + high[order]) / 2
    side = np.searchsorted(np.array(walls), middle)
    reach = np.maximum.accumulate(high[order])
    new = (np.diff(side) != 0) | (low[order][1:] - reach[:-1] > gap)
    if np.any(np.diff(side) < 0):  # a wide blot over a wall: order by side first
        order = order[np.argsort(side, kind="stable")]
        new = np.diff(np.sort(side)) != 0
    return np.split(order, np.flatnonzero(new) + 1)


def _box(part: NDArray[np.intp], blots: Blots, limit: tuple[float, float, float, float], along: int) -> TextBox:
    """The box around some blots, no further across the line than the detector's own box."""
    x0, y0 = blots.x0[part].min(), blots.y0[part].min()
    x1, y1 = blots.x1[part].max(), blots.y1[part].max()
    if along == 0:
        y0, y1 = max(y0, limit[1]), min(y1, limit[3])
    else:
        x0, x1 = max(x0, limit[0]), min(x1, limit[2])
    return TextBox(int(x0), int(y0), int(np.ceil(x1)), int(np.ceil(y1)), part, turned=along == 1)


def _usual_height(boxes: list[TextBox], blots: Blots) -> float:
    heights = [blots.height[b.blots].max() for b in boxes]
    return float(np.median(heights)) if heights else 0.0


def _lone(left: NDArray[np.intp], blots: Blots, known: list[TextBox], lines: ImageLines, usual: float) -> list[TextBox]:
    """Signs that stand in a table or beside a line of text and that the detector passed over."""
    if not usual or not len(left):
        return []
    width, height = blots.x1[left] - blots.x0[left], blots.height[left]
    letter = (height >= 0.5 * usual) & (height <= 1.6 * usual) & (width <= 3 * usual)
    dash = (height <= DASH_LOW * usual) & (width >= DASH_LONG * usual) & (width <= 1.5 * usual) & (width > 1.5 * height)
    left = left[letter | dash]
    groups: list[list[int]] = []
    for i in left[np.lexsort((blots.x0[left], np.round(blots.y1[left] / usual)))].tolist():
        last = groups[-1] if groups else None
        if last is not None and _beside(blots, last[-1], i, usual):
            last.append(i)
        else:
            groups.append([i])
    out = []
    tops, bottoms = np.array([b.y0 for b in known]), np.array([b.y1 for b in known])
    for group in groups:
        box = _box(np.array(group, dtype=np.intp), blots, (0, 0, np.inf, np.inf), along=0)
        middle = (box.y0 + box.y1) / 2
        beside = bool(((tops < middle) & (middle < bottoms)).any()) if len(known) else False
        if beside or in_cell(box, lines):
            out.append(TextBox(box.x0, box.y0, box.x1, box.y1, box.blots, lone=True))
    return out


def _beside(blots: Blots, a: int, b: int, usual: float) -> bool:
    overlap = min(blots.y1[a], blots.y1[b]) - max(blots.y0[a], blots.y0[b])
    return bool(blots.x0[b] - blots.x1[a] < 0.6 * usual and overlap > 0)


def in_cell(box: TextBox, lines: ImageLines) -> bool:
    """Whether ruling lines stand on all four sides."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    across = lines.across[(lines.across[:, 1] <= x) & (x <= lines.across[:, 2]), 0]
    down = lines.down[(lines.down[:, 1] <= y) & (y <= lines.down[:, 2]), 0]
    return bool(
        len(across)
        and len(down)
        and across.min() < box.y0
        and across.max() > box.y1
        and down.min() < box.x0
        and down.max() > box.x1
    )
