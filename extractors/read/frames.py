"""Frames of reading: turned text is brought upright, read, and its boxes are turned back.

A frame is named by the direction its text runs on the displayed page, in degrees clockwise: 0, 90 (downwards), 180, 270
(upwards). In a frame `u` grows along the text and `v` grows from one line to the next.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from schemas.document import Box

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)


def point_into(rotation: int, x: Number, y: Number) -> tuple[Number, Number]:
    """A displayed point (points) as (u, v) of the frame."""
    if rotation == 90:
        return y, -x
    if rotation == 180:
        return -x, -y
    if rotation == 270:
        return -y, x
    return x, y


def point_out(rotation: int, u: Number, v: Number) -> tuple[Number, Number]:
    """The inverse of `point_into`."""
    return point_into((360 - rotation) % 360, u, v)


def box_into(rotation: int, box: Box) -> Box:
    """A displayed box as the box of its corners in the frame."""
    if rotation == 0:
        return box
    u0, v0 = point_into(rotation, box.x0, box.top)
    u1, v1 = point_into(rotation, box.x1, box.bottom)
    return Box(min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1))


def box_out(rotation: int, box: Box) -> Box:
    """The inverse of `box_into`."""
    return box_into((360 - rotation) % 360, box)


def sides_out(rotation: int, u0: Floats, v0: Floats, u1: Floats, v1: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """`box_out` for many boxes, given and returned as their four sides."""
    if rotation == 0:
        return u0, v0, u1, v1
    xa, ya = point_out(rotation, u0, v0)
    xb, yb = point_out(rotation, u1, v1)
    return np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)
