from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tables.balance import NameLine, best_partition

LEAD = 10.0


def rows(counts: list[int], place: str, gap: float) -> tuple[list[NameLine], list[float], list[tuple[int, int]]]:
    """Names of so many lines each, the figures of each set at `place`, `gap` line distances between rows."""
    lines: list[NameLine] = []
    keys: list[float] = []
    groups: list[tuple[int, int]] = []
    y = 100.0
    for count in counts:
        first = len(lines)
        for k in range(count):
            step = 1.0 if k else gap
            y += step * LEAD if lines else 0.0
            lines.append(NameLine(y, step if len(lines) else 0.0, k > 0))
        top, foot = lines[first].base, lines[-1].base
        keys.append({"top": top, "middle": (top + foot) / 2, "foot": foot}[place])
        groups.append((first, len(lines)))
    return lines, keys, groups


@pytest.mark.parametrize("place", ["top", "middle", "foot"])
@given(counts=st.lists(st.integers(1, 5), min_size=2, max_size=8).filter(lambda c: max(c) > 2), gap=st.floats(1.0, 2.5))
def test_rows_are_found_wherever_their_figures_stand(place: str, counts: list[int], gap: float) -> None:
    lines, keys, groups = rows(counts, place, gap)
    found_place, found = best_partition(lines, keys, LEAD)
    assert [(a, b) for a, b, _ in found] == groups
    assert [key for _, _, key in found] == list(range(len(counts)))
    assert found_place == place


def test_every_line_is_in_one_row_and_keys_keep_their_order() -> None:
    lines, keys, _ = rows([2, 3, 1], "middle", 1.2)
    keys.insert(1, keys[0] + 3)  # a figure too many
    _, found = best_partition(lines, keys, LEAD)
    assert list(itertools.chain.from_iterable(range(a, b) for a, b, _ in found)) == list(range(len(lines)))
    used = [key for _, _, key in found if key is not None]
    assert used == sorted(set(used))


def test_a_title_far_from_all_figures_is_a_row_of_its_own() -> None:
    lines, keys, _ = rows([3, 3], "middle", 1.0)
    title = NameLine(lines[0].base - 4 * LEAD, 0.0, False)
    moved = [title, NameLine(lines[0].base, 4.0, False), *lines[1:]]
    _, found = best_partition(moved, keys, LEAD)
    assert found == [(0, 1, None), (1, 4, 0), (4, 7, 1)]
