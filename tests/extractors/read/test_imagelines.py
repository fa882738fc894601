from __future__ import annotations

import numpy as np

from extractors.read.imagelines import find_lines, without
from extractors.read.raster import Gray

SCALE = 2.0  # pixels to the point


def paper() -> Gray:
    return np.zeros((400, 600), np.uint8)


def grid(ink: Gray) -> Gray:
    for y in (50, 150, 250):
        ink[y : y + 2, 40:560] = 255
    for x in (40, 300, 558):
        ink[50:252, x : x + 2] = 255
    return ink


def places(rows: np.ndarray) -> list[int]:
    return sorted(round(v) for v in rows[:, 0].tolist())


def near(found: list[int], expected: list[int]) -> bool:
    return len(found) == len(expected) and all(abs(a - b) <= 2 for a, b in zip(found, expected, strict=True))


def test_a_grid_is_found_and_taken_out() -> None:
    ink = grid(paper())
    lines = find_lines(ink, SCALE)
    assert near(places(lines.across), [50, 150, 250])
    assert near(places(lines.down), [40, 300, 558])
    assert not without(ink, lines, 0).any()


def test_letters_are_no_lines() -> None:
    ink = paper()
    for x in range(60, 500, 14):  # stems of small letters, joined by feet
        ink[100:116, x : x + 3] = 255
        ink[114:116, x : x + 9] = 255
    ink[200:228, 100:104] = 255  # a tall capital
    lines = find_lines(ink, SCALE)
    assert len(lines.across) == len(lines.down) == 0
    assert (without(ink, lines, 0) == ink).all()


def test_a_worn_line_is_made_whole() -> None:
    ink = grid(paper())
    ink[84:116, 298:304] = 0  # lost between two crossings, but not at them
    ink[148:154, 380:470] = 0  # lost in the middle of a cell
    lines = find_lines(ink, SCALE)
    assert near(places(lines.across), [50, 150, 250])
    assert near(places(lines.down), [40, 300, 558])
    assert all(end - start > 190 for _, start, end in lines.down.tolist())


def test_the_side_of_a_merged_cell_stays_open() -> None:
    ink = grid(paper())
    ink[52:150, 300:302] = 0  # from crossing to crossing: the two cells above are one
    lines = find_lines(ink, SCALE)
    middle = [(start, end) for at, start, end in lines.down.tolist() if abs(at - 300) < 4]
    assert len(middle) == 1
    assert abs(middle[0][0] - 150) <= 4


def test_a_line_that_ends_in_the_open_goes_on_to_the_next_unless_text_is_in_its_way() -> None:
    ink = grid(paper())
    ink[200:202, 40:430] = 255
    assert max(end for at, _, end in find_lines(ink, SCALE).across.tolist() if abs(at - 200) < 3) > 550
    for x in range(450, 540, 12):
        ink[192:210, x : x + 4] = 255
    assert max(end for at, _, end in find_lines(ink, SCALE).across.tolist() if abs(at - 200) < 3) < 445


def test_a_slightly_sloping_line_is_one_line() -> None:
    ink = paper()
    for x in range(30, 570):
        y = 100 + round((x - 30) * 3 / 540)
        ink[y : y + 2, x] = 255
    lines = find_lines(ink, SCALE)
    assert len(lines.across) == 1
    assert lines.across[0, 2] - lines.across[0, 1] > 520
