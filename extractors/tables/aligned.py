"""Tables held by white space, with horizontal rules or without any lines.

Columns are white strips (`columns`); rows begin where a key stands: a running number, a code, or figures in most of the
figure columns. What columns and rows are found is drawn as borders, so that the grid of `ruled` makes the cells.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain, pairwise

import numpy as np

from extractors.read.frames import Floats
from extractors.tables.columns import NARROW_STRIP, Column, columns_of, describe, edges_of, head_length, parts
from extractors.tables.geometry import Ink, Lines
from extractors.tables.header import Draft, Rule, header_rows
from extractors.tables.ruled import Grid, grid_of
from extractors.tables.segments import Region, Segment, regions, rows_in, segments_of
from extractors.tables.starts import ABOVE, BELOW, between, parted, row_starts, would_fit

NAME = 6  # letters: the entries of a column of names are longer on average


def aligned_grids(ink: Ink, lines: Lines, free: set[int]) -> list[Grid]:
    """The tables among the words `free` that white space holds, as grids."""
    drawn = segments_of(ink, sorted(free))
    if not any(len(line) > 1 for line in drawn):
        return []  # nothing stands in columns: the usual page of prose
    out = []
    for region in regions(rows_in(ink, drawn), lines):
        grid = _grid(ink, region)
        if grid is not None:
            out.append(grid)
    return out


def _grid(ink: Ink, region: Region) -> Grid | None:
    head = head_length(region.rows)
    return _drawn(ink, region, head, columns_of(ink, region, head))


def grid_in_columns(ink: Ink, region: Region, columns: list[Column]) -> Grid | None:
    """The grid of a region whose columns were found otherwise."""
    head = head_length(region.rows)
    describe([parts(ink, row, columns) for row in region.rows[head:]], columns)
    return _drawn(ink, region, head, columns)


def _drawn(ink: Ink, region: Region, head: int, columns: list[Column]) -> Grid | None:
    if len(columns) < 2:
        return None
    draft = Draft(region, columns, head, [dict(parts(ink, r, columns)) for r in region.rows])
    edges = edges_of(columns, region)
    top = region.rows[0].base - ABOVE * region.rows[0].size - 1
    bottom = region.rows[-1].base + BELOW * region.rows[-1].size + 1
    floors = [f for f in region.floors if f[0] > top - 14]
    if floors:
        top, bottom = min(top, floors[0][0]), max(bottom, floors[-1][0])
    floors = _floors(draft, edges, floors, top, bottom)
    walls = _walls(ink, draft, edges, [f[0] for f in floors], top, bottom)
    words = [i for r in region.rows for i in r.words]
    return grid_of(ink, _rows_of_three(floors), _rows_of_three(walls), words)


def _rows_of_three(rules: list[Rule]) -> Floats:
    return np.fromiter(chain.from_iterable(rules), np.float64, 3 * len(rules)).reshape(-1, 3)


def _floors(draft: Draft, edges: list[float], drawn: list[Rule], top: float, bottom: float) -> list[Rule]:
    """The borders between rows: the ruling lines there are, and one before every line at which a row begins."""
    rows = draft.region.rows
    left, right = edges[0], edges[-1]
    out: list[Rule] = [(top, left, right), (bottom, left, right)]
    out += [(y, left if a < left + 12 else a, right if b > right - 12 else b) for y, a, b in drawn]
    starts = row_starts(draft, drawn)  # may tell that the header ends earlier
    for k, spans in header_rows(draft, drawn).items():
        y = between(rows[k - 1], rows[k])
        out += [(y, edges[a], edges[b]) for a, b in spans]
    for k in sorted(starts):
        if k == 0 or (drawn and parted(draft, drawn, k)):
            continue
        y = between(rows[k - 1], rows[k])
        out += [(y, a, b) for a, b in _stretches(draft, edges, k)]
    return sorted(out)


def _stretches(draft: Draft, edges: list[float], k: int) -> list[tuple[float, float]]:
    """Where the border above line k is drawn: not across cells that go on from the row above (merged downwards)."""
    open_columns = _going_on(draft, k)
    out: list[tuple[float, float]] = []
    for c in range(len(draft.columns)):
        if c in open_columns:
            continue
        if out and out[-1][1] == edges[c]:
            out[-1] = (out[-1][0], edges[c + 1])
        else:
            out.append((edges[c], edges[c + 1]))
    return out


def _going_on(draft: Draft, k: int) -> set[int]:
    """Columns whose cell goes on below the border above line k.

    Only between a column of running numbers that says nothing here and the column that names the row: a word there that
    would not have fitted on the line above is the same cell's next line.
    """
    counter = next((c for c, col in enumerate(draft.columns) if col.counter), None)
    first_figure = next((c for c, col in enumerate(draft.columns) if col.numeric and c != counter), None)
    if counter is None or first_figure is None or counter in draft.lines[k]:
        return set()
    names = [c for c in range(counter + 1, first_figure) if draft.columns[c].letters > NAME * draft.columns[c].entries]
    out = set()
    for c in names[:-1]:
        here, above = draft.lines[k].get(c), draft.lines[k - 1].get(c)
        if here is not None and above is not None and not would_fit(draft, c, above, here):
            out.add(c)
    return out | {counter} if out else set()


def _walls(ink: Ink, draft: Draft, edges: list[float], floors: list[float], top: float, bottom: float) -> list[Rule]:
    """The borders between columns: through every band, but not through a cell that spans several columns."""
    ys = sorted({top, bottom, *floors})
    out: list[Rule] = [(edges[0], top, bottom), (edges[-1], top, bottom)]
    rows = draft.region.rows
    order = sorted((r.base - 0.3 * r.size, k) for k, r in enumerate(rows))
    heights = [y for y, _ in order]
    for a, b in pairwise(ys):
        band = sorted(k for _, k in order[bisect_right(heights, a) : bisect_right(heights, b)])
        spanned: set[int] = set()
        for k in band:
            if k < draft.head:
                spanned |= {c for s, e in draft.spans(k) for c in range(s + 1, e)}
            else:
                several = [p for p in rows[k].segments if len(p.words) > 1]
                if several:
                    size = rows[k].size
                    spanned |= {c for c in range(1, len(edges) - 1) if _runs_across(ink, several, size, edges[c])}
        spanned |= _under_rule(draft, edges, band, b)
        out += [(edges[c], a, b) for c in range(1, len(edges) - 1) if c not in spanned]
    return out


def _under_rule(draft: Draft, edges: list[float], band: list[int], y: float) -> set[int]:
    """Inner borders of the columns that a short ruling line joins in the header: the one text above it spans them."""
    out: set[int] = set()
    if not band or band[-1] >= draft.head:
        return out
    for at, x0, x1 in draft.region.floors:
        covered = [c for c, col in enumerate(draft.columns) if x0 < (col.x0 + col.x1) / 2 < x1]
        inner = covered[1:]
        if abs(at - y) < 1.0 and inner and x1 - x0 < 0.95 * (edges[-1] - edges[0]):
            above = [p for k in band for p in draft.region.rows[k].segments if x0 - 2 < (p.x0 + p.x1) / 2 < x1 + 2]
            if len(above) == 1:
                out |= set(inner)
    return out


def _runs_across(ink: Ink, several: list[Segment], size: float, x: float) -> bool:
    """Whether a text of several words runs over a border: a word on it, or only an ordinary blank."""
    for part in several:
        if part.x0 + 2 < x < part.x1 - 2:
            before = max(ink.x1[i] for i in part.words if ink.x0[i] < x)
            after = min((ink.x0[i] for i in part.words if ink.x0[i] >= x), default=before)
            return after - before < NARROW_STRIP * size or before > x
    return False
