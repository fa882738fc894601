"""Pictures on a page with a sound text layer: do they hold text of their own, a scanned page or a pasted table?

Photographs, logos and charts are to be seen, not read; and reading takes seconds. So a small rendering is looked at first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from extractors.read.imagelines import find_lines
from extractors.read.layer import candidates
from extractors.read.raster import Gray, ink_of, render
from schemas.document import Box, Page, Word

LOOK_DPI = 100
WHOLE = 0.5  # share of the page from which a picture may be a scanned page
PAPER = 0.55  # share of bright pixels: below, it is a photograph
LINES = 4  # lines of text that a scanned page has at least
GRID = 3  # ruling lines of each direction that a pasted table has at least


def pictured_text(page: Any, images: tuple[Box, ...], words: Sequence[Word], plain: set[Box]) -> list[Box]:
    """The pictures of a pypdfium2 page that hold lines of text, or a ruled table, beside the words of its text layer.

    `plain` gathers the places of small pictures that hold none: one that stands there again on another page (a
    watermark) is not looked at again.
    """
    width, height = page.get_size()
    chosen = [box for box in candidates(images, width, height) if box not in plain]
    if not chosen:
        return []
    raster = render(page, LOOK_DPI)
    s = raster.scale
    ink = ink_of(raster.gray)
    for word in words:  # what the text layer gives already
        b = word.box
        ink[max(int(b.top * s) - 2, 0) : int(b.bottom * s) + 3, max(int(b.x0 * s) - 2, 0) : int(b.x1 * s) + 3] = 0
    out = []
    for box in chosen:
        part = (slice(int(box.top * s), int(box.bottom * s)), slice(int(box.x0 * s), int(box.x1 * s)))
        own = np.ascontiguousarray(ink[part])
        whole = box.width * box.height >= WHOLE * width * height
        bright = own.size > 0 and float((raster.gray[part] > 160).mean()) >= PAPER
        if bright and text_lines(own, s) >= LINES and (whole or _is_grid(own, s)):
            out.append(box)
        elif not whole:
            plain.add(box)
    return out


def text_lines(ink: Gray, scale: float) -> int:
    """How many stretches of ink look like lines of text: letters side by side, several times as wide as high."""
    smeared = cv2.dilate(ink, np.ones((1, max(3, round(4 * scale)) | 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8)
    width, height, area = (stats[1:, k].astype(float) for k in (2, 3, 4))
    lines = (height >= 4 * scale) & (height <= 18 * scale) & (width >= 4 * height) & (area >= 0.35 * width * height)
    return int(lines.sum())


def _is_grid(ink: Gray, scale: float) -> bool:
    lines = find_lines(ink, scale)
    return len(lines.across) >= GRID and len(lines.down) >= GRID


def with_pictures(page: Page, imaged: Page, boxes: list[Box]) -> Page:
    """The page of the text layer with the words and lines that were read in its pictures `boxes`."""
    known = [w.box for w in page.words]
    words = tuple(w for w in imaged.words if _any_holds(boxes, w.box) and not _any_holds(known, w.box))
    rules = tuple(r for r in imaged.rules if _any_holds(boxes, Box(r.x0, r.top, r.x1, r.bottom)))
    if not words:
        return page
    return replace(page, words=(*page.words, *words), rules=page.rules + rules, method="ocr", reason=imaged.reason)


def _any_holds(boxes: list[Box], inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)
