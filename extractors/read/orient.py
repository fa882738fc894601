"""How a page lies on its picture: the small skew of a scanner, and whether its lines run across or along the sheet."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.read.frames import Floats, box_out
from extractors.read.raster import Gray
from schemas.document import Box

WIDEST = 4.0  # degrees of skew that are looked for
LEAST = 0.08  # degrees below which a page is straight
WORK = 700  # pixels of the longer side on which the skew is measured
GAIN = 1.03  # times sharper a straightened page must be


def skew(ink: Gray) -> float:
    """Degrees, counter-clockwise, by which the picture must be turned for its lines to be level.

    Level lines make the sharpest profile: rows of ink and rows of paper follow each other.
    """
    factor = WORK / max(ink.shape)
    small = ink
    if factor < 1:
        small = np.asarray(cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    best, at_rest = 0.0, _sharpness(small, 0.0)
    top = at_rest
    for span, step in ((WIDEST, 0.5), (0.4, 0.1), (0.06, 0.03)):
        for angle in np.arange(best - span, best + span + step / 2, step).tolist():
            sharp = _sharpness(small, angle)
            if sharp > top:
                top, best = sharp, angle
    return round(best, 3) if abs(best) >= LEAST and top > GAIN * at_rest else 0.0


def _sharpness(picture: Gray, angle: float) -> float:
    turned = straighten(picture, angle, 0)
    score = 0.0
    for axis in (1, 0):
        profile = turned.mean(axis=axis, dtype=np.float64)
        score += float(np.square(np.diff(profile)).sum())
    return score


def straighten(picture: Gray, angle: float, paper: int = 255) -> Gray:
    """The picture turned counter-clockwise about its middle by `angle` degrees, its size kept."""
    if angle == 0.0:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    out = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(out, dtype=np.uint8)


def sideways(ink: Gray, scale: float) -> bool:
    """Whether the lines of text run along the sheet's height: by the local profiles across and along.

    `ink` should be free of ruling lines. Blank strips stand between lines of text, not between letters.
    """
    factor = 100 / 72 / scale
    small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.float64)
    return _striped(small.T) > _striped(small)


def _striped(picture: Floats) -> float:
    """How much strips of an inch's width change from row to row, over what is wider than a stroke."""
    width = picture.shape[1]
    score = 0.0
    for left in range(0, max(width - 50, 1), 100):
        profile = picture[:, left : left + 100].mean(axis=1)
        if len(profile) > 8:
            smooth = np.convolve(profile, np.ones(4) / 4, "valid")
            score += float(np.square(np.diff(smooth)).sum())
    return score


def upright(picture: Gray, direction: int) -> Gray:
    """A displayed page whose text runs in `direction` (0, 90, 180, 270 clockwise), turned so that it reads."""
    return np.ascontiguousarray(np.rot90(picture, direction // 90))


def displayed(box: Box, direction: int, width: float, height: float) -> Box:
    """The inverse of `upright` for a box; `width` and `height` are those of the page as displayed."""
    du = {180: width, 270: height}.get(direction, 0.0)
    dv = {90: width, 180: height}.get(direction, 0.0)
    return box_out(direction, Box(box.x0 - du, box.top - dv, box.x1 - du, box.bottom - dv))
