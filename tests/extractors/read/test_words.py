"""Shortcuts on the way from glyphs to words change nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.read.frames import box_out, sides_out
from extractors.read.words import PAIRS, _by_share, _crowded, _doubles
from schemas.document import Box

coordinate = st.integers(0, 400).map(lambda n: n / 8)
letters = st.lists(
    st.tuples(st.sampled_from([48, 49, 0x10FFFF]), coordinate, coordinate, st.integers(0, 2)), min_size=1
)


def columns(found: list[tuple[Any, ...]], size: float) -> tuple[Any, ...]:
    code, u, v, source = (np.array(column) for column in zip(*found, strict=True))
    return code.astype(np.uint32), u.astype(np.float64), v.astype(np.float64), np.full(len(code), size), source


@given(letters, st.sampled_from([4.0, 10.0, 60.0]))
def test_the_screen_never_passes_over_a_double(found: list[tuple[Any, ...]], size: float) -> None:
    code, u, v, sizes, source = columns(found, size)
    order = np.lexsort((u, np.round(v), code))
    doubled = any(
        code[a] == code[b]
        and abs(u[a] - u[b]) < min(0.14 * size, 1.2)
        and abs(v[a] - v[b]) < 0.14 * size
        and source[a] != source[b]
        for shift in (1, 2)
        for a, b in zip(order[:-shift], order[shift:], strict=True)
    )
    assert _doubles(code, u, v, sizes, source).any() == doubled
    assert _crowded(code, u, np.round(v), sizes) >= doubled


def test_the_screen_spares_ordinary_text() -> None:
    lines = [(48 + k % 10, 5.5 * k, 12.0 * line, line) for line in range(30) for k in range(40)]
    code, u, v, sizes, _ = columns(lines, 10.0)
    assert not _crowded(code, u, np.round(v), sizes)
    far = np.where(np.arange(len(u)) == 3, 1e12, u)
    assert _crowded(code, far, np.round(v), sizes)  # beyond what the screen can tell


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_sides_are_turned_as_boxes_are(rotation: int) -> None:
    box = Box(1.0, 2.0, 30.0, 40.0)
    sides = sides_out(rotation, *(np.array([side]) for side in (box.x0, box.top, box.x1, box.bottom)))
    assert Box(*(float(side[0]) for side in sides)) == box_out(rotation, box)


def test_costs_are_parted_into_bounded_sums() -> None:
    cost = np.array([1, PAIRS // 2, PAIRS // 2, 5, 3 * PAIRS, 2])
    parts = _by_share(np.array([0, 1, 2, 3, 4, 5]), cost)
    assert np.concatenate(parts).tolist() == [0, 1, 2, 3, 4, 5]
    assert all(cost[part].sum() <= PAIRS + cost[part].max() for part in parts)
    assert _by_share(np.array([], dtype=int), cost) == []
