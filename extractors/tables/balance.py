"""Rows of cells that are set in the middle or at the foot of their row, where no line parts the rows.

Names run over several lines, the figures of the row stand beside their middle (or their last line). Which lines belong to
which figures is the partition in which figures stand nearest to where they should, lines follow each other closely, and
as few lines as possible begin a row that evidently go on from the line above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST = 14  # lines of one row
REACH = 7.0  # line distances: figures farther from a line do not belong to it
NO_FIGURES = 0.8  # cost of a row of names alone
NO_NAME = 1.5  # cost of figures without a name
SPREAD = 1.0  # cost of a wide gap inside a row
EQUAL = 1e-9  # costs that differ by less are one: the first stands
CONTINUED = 0.4  # cost of beginning a row with a line that goes on from the one above


@dataclass(frozen=True, slots=True)
class NameLine:
    """A printed line of names: its baseline, how far it stands below the line above it (in line distances), and whether
    it evidently goes on from that line."""

    base: float
    step: float
    continued: bool


Group = tuple[int, int, int | None]  # first line, after last line, its key or None
Place = Callable[[float, float], float]  # baselines of a row's first and last line -> where its figures should stand

PLACES: dict[str, Place] = {
    "top": lambda first, last: first,
    "middle": lambda first, last: (first + last) / 2,
    "foot": lambda first, last: last,
}


def best_partition(lines: Sequence[NameLine], keys: Sequence[float], lead: float) -> tuple[str, list[Group]]:
    """The way figures are set ("top", "middle", "foot") that explains the lines best, and the rows it gives.

    `keys` are the baselines of the rows' figures, ascending; `lead` the line distance in points.
    """
    found = {name: _partition(lines, keys, lead, place) for name, place in PLACES.items()}
    name = min(found, key=lambda n: (round(found[n][0], 3), list(PLACES).index(n)))
    return name, found[name][1]


def _partition(
    lines: Sequence[NameLine], keys: Sequence[float], lead: float, place: Place
) -> tuple[float, list[Group]]:
    """The cheapest partition for one way of setting figures: dynamic programming over (lines used, keys used)."""
    n, m = len(lines), len(keys)
    reach = REACH * lead
    bases = [line.base for line in lines]
    wide = [SPREAD * (line.step > 1.3) for line in lines]
    # best[i][j]: the cost of the first i lines with the first j keys, where that came from, and its last row
    best: list[dict[int, tuple[float, tuple[int, int], Group | None]]] = [{} for _ in range(n + 1)]
    best[0][0] = (0.0, (0, 0), None)
    for i in range(n + 1):
        here = best[i]
        for j in range(min(here, default=m + 1), m + 1):
            if j not in here or (i and j < m and keys[j] < bases[i - 1] - reach):
                continue  # not to be had, or its key has been left behind
            cost = here[j][0]
            if j < m and (i == n or keys[j] < bases[i] + reach):
                known = here.get(j + 1)
                if known is None or cost + NO_NAME < known[0] - EQUAL:
                    here[j + 1] = (cost + NO_NAME, (i, j), None)
            if i == n:
                continue
            alone = cost + NO_FIGURES
            inside = 0.0
            begun = CONTINUED * lines[i].continued
            for end in range(i + 1, min(n, i + LONGEST) + 1):
                if end > i + 1:
                    inside += wide[end - 1]
                there = best[end]
                offer = alone + inside + begun
                known = there.get(j)
                if known is None or offer < known[0] - EQUAL:
                    there[j] = (offer, (i, j), (i, end, None))
                if j < m:
                    off = abs(place(bases[i], bases[end - 1]) - keys[j]) / lead
                    if off < REACH:
                        offer = cost + min(off, 3.0) + inside + begun
                        known = there.get(j + 1)
                        if known is None or offer < known[0] - EQUAL:
                            there[j + 1] = (offer, (i, j), (i, end, j))
    if m not in best[n]:
        return float("inf"), []
    at = (n, m)
    groups: list[Group] = []
    while at != (0, 0):
        _, before, group = best[at[0]][at[1]]
        if group is not None:
            groups.append(group)
        at = before
    return best[n][m][0], groups[::-1]
