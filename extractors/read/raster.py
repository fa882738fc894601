"""Pages as pictures: rendered through pdfium within bounds, evenly lit, and their ink told from the paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

READ_DPI = 200  # what type of 8 points needs to be told apart; a finer picture only costs time
FINE_DPI = 400  # for the second look at a doubtful figure
MAX_PIXELS = 24_000_000  # of one rendered page: larger sheets are rendered more coarsely
PAPER_INCH = 0.3  # the paper's brightness is taken over squares of this side: wider than any letter's stroke
SCREEN, RESTLESS, BLUR = 15.0, 0.155, 0.9  # points; share of pixels unlike their neighbour both ways; points
BAND = 512  # rows that are looked at together
SOLID_INCH = 0.1  # ink thicker than this is a dark area, not a letter
DARKEST, PALEST = 90, 190  # bounds of the brightness that parts ink from paper


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as displayed: `gray[y, x]` from 0 (black) to 255, `scale` pixels to the point."""

    gray: Gray
    scale: float


def render(page: Any, dpi: int = READ_DPI) -> Raster:
    """The pypdfium2 page as a picture of `dpi`, or coarser where it would have more than `MAX_PIXELS` pixels. Pictures of the
    page that are too large to be unpacked must have been refused before (`layer.refuse_large_pictures`)."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        picture = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        bitmap.close()
    if picture.ndim == 3:
        colour = picture.shape[2] > 1
        picture = np.asarray(
            cv2.cvtColor(picture[..., :3], cv2.COLOR_BGR2GRAY) if colour else picture[..., 0], np.uint8
        )
    return Raster(np.ascontiguousarray(picture), scale)


def picture_dpi(page: Any) -> float | None:
    """Resolution of the finest picture that covers a quarter of the page or more; None where there is none."""
    width, height = page.get_size()
    found: list[float] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) >= 0.25 * width * height:
            across, down = item.get_px_size()
            # A picture may be put in turned by a quarter: its longer side lies along the longer side of its place.
            found.append(72 * max(across, down) / max(right - left, top - bottom))
    return max(found, default=None)


def even(raster: Raster) -> Gray:
    """The picture as black ink on white paper: shading taken out, white letters on dark ground turned over."""
    smooth = Raster(_unscreened(raster), raster.scale)
    return _lit(_turned_over(smooth), raster.scale)


def _unscreened(raster: Raster) -> Gray:
    """The picture with dithered areas (a shaded header, scanned in black and white) smoothed to grey."""
    gray, s = raster.gray, raster.scale
    side = max(3, round(SCREEN * s))
    restless = _restless(gray, side)
    # Letters may reach the mark at a spot; a screened area is wider than that.
    area = cv2.morphologyEx(restless, cv2.MORPH_OPEN, np.ones((side // 2, side), np.uint8))
    if not area.any():
        return gray
    grown = cv2.dilate(area, np.ones((side, side), np.uint8)) > 0
    out = gray.copy()
    out[grown] = cv2.GaussianBlur(gray, (0, 0), BLUR * s)[grown]
    return out


def _restless(gray: Gray, side: int) -> Gray:
    """Where dark and pale change often both ways in the square of `side` around a pixel: 1, elsewhere 0.

    Counted in whole numbers and band by band: at once, a page at 400 dpi would take hundreds of megabytes.
    """
    out = np.empty(gray.shape, np.uint8)
    for top in range(0, len(gray), BAND):
        low, bottom = max(top - side - 1, 0), min(top + BAND, len(gray))
        dark = gray[low : bottom + side] < 128
        down, across = np.zeros(dark.shape, np.uint8), np.zeros(dark.shape, np.uint8)
        down[1:], across[:, 1:] = dark[1:] != dark[:-1], dark[:, 1:] != dark[:, :-1]
        changes = np.minimum(_counted(down, side), _counted(across, side))
        out[top:bottom] = changes[top - low : bottom - low] > RESTLESS * side * side
    return out


def _counted(marked: Gray, side: int) -> NDArray[np.generic]:
    """How many pixels are marked in the square of `side` around each."""
    kind = cv2.CV_16U if side < 256 else cv2.CV_32S
    return np.asarray(cv2.boxFilter(marked, kind, (side, side), normalize=False))


def _lit(gray: Gray, scale: float) -> Gray:
    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    side = max(3, round(PAPER_INCH * 72 * scale / 4)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.GaussianBlur(paper, (side, side), 0)
    paper = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, np.maximum(paper, 40), scale=255), dtype=np.uint8)


def _turned_over(raster: Raster) -> Gray:
    """The picture with dark areas (a header cell in white on blue) in negative."""
    gray = raster.gray
    dark = (gray < 128).astype(np.uint8)
    side = max(3, round(SOLID_INCH * 72 * raster.scale))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    if not solid.any():
        return gray
    area = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((2 * side, 2 * side), np.uint8)).astype(bool)
    if area.mean() > 0.4:  # a photograph, not a table's header
        return gray
    out = gray.copy()
    out[area] = 255 - out[area]
    return out


def ink_of(lit: Gray) -> Gray:
    """Where the ink is: 255 on it, 0 on paper."""
    limit, _ = cv2.threshold(lit, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    limit = min(max(limit, DARKEST), PALEST)
    return np.asarray(cv2.threshold(lit, limit, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
