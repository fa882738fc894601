"""Ruling lines that exist only in a picture under the text: camelot's line finding on that part of the page.

Some programs lay the grid of a table as one picture and print the text over it. The characters come from the text layer;
only the lines are looked for in the picture. A scanned page is another matter (`imagelines`): there nothing is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from extractors.deferred import bare_package
from extractors.read.layer import candidates, refuse_large_pictures
from extractors.read.paths import Drawing, join_rules
from schemas.document import Box, Rule, Word

FIGURES = 6  # words with digits that stand on the picture of a table at least
DPI = 150
LEAST = 14.0  # points: shorter runs of ink are letters
MEET = 2.0  # points: lines that miss each other by less still cross
GRID = 3  # lines of each direction that a grid has at least


def pictured_rules(
    page: Any, drawing: Drawing, words: Sequence[Word], size: tuple[float, float], gridless: set[Box], pixels: int
) -> Drawing:
    """What is drawn on a pypdfium2 page of `size`, with the grids of those pictures that text is printed over.

    `gridless` gathers the places of pictures that hold none: one that stands there again on another page (a watermark)
    is not looked at again. Where a picture has more than `pixels` pixels, none is unpacked.
    """
    boxes = [b for b in candidates(drawing.images, *size) if b not in gridless and _printed_over(b, words)]
    boxes = [b for b in boxes if not _ruled(b, drawing)]
    if not boxes:
        return drawing
    from extractors.read.raster import render  # loads OpenCV

    try:
        refuse_large_pictures(page, pixels)
        raster = render(page, DPI)
    except ValueError:  # a picture too large to be unpacked: the page's text is sound without it
        return drawing
    found: list[Rule] = []
    for box in boxes:
        grid = _grid(raster.gray, raster.scale, box)
        found += grid
        if not grid:
            gridless.add(box)
    return Drawing(drawing.rules + tuple(found), drawing.fills, drawing.images) if found else drawing


def _printed_over(box: Box, words: Sequence[Word]) -> bool:
    return sum(_within(box, w.box) for w in words if any(c.isdigit() for c in w.text)) >= FIGURES


def _within(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _ruled(box: Box, drawing: Drawing) -> bool:
    """Whether the page draws a grid there itself."""
    inside = [r.horizontal for r in drawing.rules if _within(box, Box(r.x0, r.top, r.x1, r.bottom))]
    return sum(inside) >= GRID and len(inside) - sum(inside) >= GRID


def _grid(gray: Any, scale: float, box: Box) -> list[Rule]:
    """The lines of the grid in one picture; none where no three lines cross three others (a photograph, a watermark)."""
    camelot = _camelot()
    left, top = int(box.x0 * scale), int(box.top * scale)
    part = gray[top : int(box.bottom * scale) + 1, left : int(box.x1 * scale) + 1]
    _, ink = camelot.adaptive_threshold(np.repeat(part[:, :, None], 3, axis=2))
    rules: list[Rule] = []
    for direction, side in (("horizontal", ink.shape[1]), ("vertical", ink.shape[0])):
        _, lines = camelot.find_lines(ink, direction=direction, line_scale=max(1, int(side / (LEAST * scale))))
        ends = np.array(lines, dtype=np.float64).reshape(-1, 4)
        x, y = (ends[:, [0, 2]] + left) / scale, (ends[:, [1, 3]] + top) / scale
        rules += join_rules(np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], axis=1))
    across, down = [r for r in rules if r.horizontal], [r for r in rules if not r.horizontal]
    while True:
        kept_across = [a for a in across if sum(_cross(a, d) for d in down) >= 2]
        kept_down = [d for d in down if sum(_cross(a, d) for a in kept_across) >= 2]
        if (len(kept_across), len(kept_down)) == (len(across), len(down)):
            break
        across, down = kept_across, kept_down
    return across + down if len(across) >= GRID and len(down) >= GRID else []


@cache
def _camelot() -> Any:
    """camelot's work on pictures, without its readers of files and its frames."""
    with bare_package("camelot"):
        return import_module("camelot.image_processing")


def _cross(across: Rule, down: Rule) -> bool:
    x, y = (down.x0 + down.x1) / 2, (across.top + across.bottom) / 2
    return across.x0 - MEET <= x <= across.x1 + MEET and down.top - MEET <= y <= down.bottom + MEET
