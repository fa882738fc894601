"""Rows of a ruled grid that hold several records without a line between them, taken apart.

Two kinds: a body ruled by columns only, with many printed rows in one band; and a row whose cells hold two or three
figures over each other, each a value of its own. A number that its narrow cell has cut is neither.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import combinations, pairwise

import regex

from extractors.tables.columns import Column, describe, parts
from extractors.tables.figures import is_figure, is_mark, is_whole, is_year
from extractors.tables.geometry import Ink, base_lines
from extractors.tables.header import Draft
from extractors.tables.ruled import Grid, Region
from extractors.tables.segments import Region as Lines
from extractors.tables.segments import rows_of
from extractors.tables.starts import between, row_starts

MANY = 4  # keys in one band from which it is a body without lines
ENOUGH = 12  # lines that show how far the text of a column is allowed to go
PADDING = 10.5  # points: what a word processor leaves free at both sides of a cell together
LIST = regex.compile(r"\(?(?:\d{1,2}|[A-Za-z])[.)]|[-•●▪\uf000-\uf0ff]")


@dataclass(slots=True)
class _Stack:
    """The printed lines of one cell: their words and baselines."""

    cell: Region
    lines: list[list[int]]
    bases: list[float]
    texts: list[str]


def split_rows(ink: Ink, grid: Grid) -> None:
    """Take apart the bands of a grid that hold several rows (in place: the grid is the caller's own)."""
    _collapse(ink, grid)
    bands: list[list[Region]] = [[] for _ in range(len(grid.ys) - 1)]
    for cell in grid.cells:
        if cell.r1 == cell.r0 + 1 and cell.words:
            bands[cell.r0].append(cell)
    more = 0  # bands that were added above
    for band, cells in enumerate(bands):
        # No column with two lines, no rows to part: the usual case, told at once.
        if len([c for c in cells if len(c.words) > 1 and len(c.lines(ink)) > 1]) >= 2:
            stacks = _stacks(ink, cells)
            if sum(1 for s in stacks if len(s.lines) > 1) >= 2:
                more += _split_body(ink, grid, band + more, stacks) or _split_values(ink, grid, band + more, stacks)


def _collapse(ink: Ink, grid: Grid) -> None:
    """Make one band of those that only lines under some columns part (sums underlined in the figure columns), where the
    column of names beside them is one cell with the names of all rows: then the names tell the rows."""
    for cell in [c for c in grid.cells if c.r1 - c.r0 >= MANY and len(c.words) >= MANY and c.c1 - c.c0 == 1]:
        if any(ink.turned[i] for i in cell.words):
            continue
        lines = base_lines(ink, cell.words)
        stack = _Stack(cell, lines, [], [" ".join([ink.text[i] for i in line]) for line in lines])
        wanted = sum(_roomy(ink, grid, stack, k) for k in range(1, len(lines)))
        if len(lines) < 2 * MANY or wanted < 0.5 * len(lines) or not any(map(_lettered, stack.texts)):
            continue
        low, high = cell.r0, cell.r1
        inside = [c for c in grid.cells if c.r0 >= low and c.r1 <= high]
        if any(c.r0 < high and c.r1 > low for c in grid.cells if c not in inside):
            continue
        columns: dict[tuple[int, int], Region] = {}
        for c in inside:
            whole = columns.setdefault((c.c0, c.c1), Region(low, low + 1, c.c0, c.c1))
            whole.words += c.words
        if any(a < d and c < b for (a, b), (c, d) in combinations(columns, 2)):
            continue
        grid.cells = [c for c in grid.cells if c not in inside] + list(columns.values())
        for c in grid.cells:
            if c.r0 >= high:
                c.r0, c.r1 = c.r0 - (high - low - 1), c.r1 - (high - low - 1)
        del grid.ys[low + 1 : high]
        return


def _stacks(ink: Ink, cells: list[Region]) -> list[_Stack]:
    out = []
    for cell in cells:
        if ink.mixed and any(ink.turned[i] for i in cell.words):
            continue
        lines = cell.lines(ink)
        texts = [ink.text[line[0]] if len(line) == 1 else " ".join([ink.text[i] for i in line]) for line in lines]
        out.append(_Stack(cell, lines, [ink.base[line[0]] for line in lines], texts))
    return out


def _split_body(ink: Ink, grid: Grid, band: int, stacks: list[_Stack]) -> int:
    """Rows of a body that is ruled by columns only; how many rows more the grid has then."""
    if not any(len(s.texts) >= MANY and sum(map(_value, s.texts)) >= MANY for s in stacks):
        return 0
    columns = [Column(grid.xs[c] + 1.0, grid.xs[c + 1] - PADDING / 2) for c in range(len(grid.xs) - 1)]
    rows = rows_of(ink, [i for s in stacks for i in s.cell.words])
    found = [parts(ink, r, columns) for r in rows]
    describe(found, columns)
    draft = Draft(Lines(rows), columns, 0, [dict(line) for line in found])
    for k, column in enumerate(columns):
        ends = [line[k].x1 for line in draft.lines if k in line]
        if len(ends) >= ENOUGH:
            column.x1 = min(column.x1, max(ends) + 1.0)  # some programs break lines well before the border
    starts = sorted(row_starts(draft, []))
    if len(starts) < MANY:
        return 0
    cuts = [between(rows[k - 1], rows[k]) for k in starts if k]
    _cut(
        grid,
        band,
        cuts,
        {id(s.cell): [(base, line) for base, line in zip(s.bases, s.lines, strict=True)] for s in stacks},
    )
    return len(cuts)


def _split_values(ink: Ink, grid: Grid, band: int, stacks: list[_Stack]) -> int:
    """A row whose figure cells hold two or three values over each other; how many rows more the grid has then."""
    valued = [s for s in stacks if len(s.lines) > 1 and _separate(ink, grid, s)]
    if len(valued) < 2:
        return 0
    anchors = max(valued, key=lambda s: len(s.lines)).bases
    if len(anchors) > MANY:
        return 0
    cuts = [(a + b) / 2 for a, b in pairwise(anchors)]
    first = min(s.cell.c0 for s in valued)
    named = max((s.cell.c0 for s in stacks if s.cell.c0 < first and any(map(_lettered, s.texts))), default=-1)
    fitting = {n: _fitting(stacks, anchors, n) for n in range(1, len(anchors) + 1)}
    placed: dict[int, list[tuple[float, list[int]]]] = {}
    for s in stacks:
        dealt = _deal(ink, grid, s, anchors, fitting, names=s.cell.c0 == named)
        if dealt is not None:
            placed[id(s.cell)] = dealt
    _cut(grid, band, cuts, placed)
    return len(cuts)


def _fitting(stacks: list[_Stack], anchors: list[float], count: int) -> tuple[float, ...]:
    """The anchors nearest to the lines of those figure cells that have `count` of them: the same for all such cells."""
    cells = [s for s in stacks if len(s.lines) == count and all(map(_value, s.texts))]
    return min(
        combinations(anchors, count),
        key=lambda some: sum(abs(a - b) for s in cells for a, b in zip(some, s.bases, strict=True)),
    )


def _lettered(text: str) -> bool:
    return sum(c.isalpha() for c in text) > 3


def _value(text: str) -> bool:
    return is_figure(text) and not is_year(text)


def _separate(ink: Ink, grid: Grid, stack: _Stack) -> bool:
    """Whether the lines of a cell are figures each for itself, and not one figure that the cell's width has cut."""
    if not all(_value(t) and (is_whole(t) or not any(c.isdigit() for c in t)) for t in stack.texts):
        return False
    room = grid.xs[stack.cell.c1] - grid.xs[stack.cell.c0] - PADDING
    widths = [max([ink.x1[i] for i in line]) - min([ink.x0[i] for i in line]) for line in stack.lines]
    for (a, b), (wa, wb) in zip(pairwise(stack.texts), pairwise(widths), strict=True):
        if wa + wb > room and is_whole(a + b):
            return False
    return any(c.isdigit() for t in stack.texts for c in t)


def _deal(
    ink: Ink, grid: Grid, stack: _Stack, anchors: list[float], fitting: dict[int, tuple[float, ...]], *, names: bool
) -> list[tuple[float, list[int]]] | None:
    """The lines of a cell by the row (its anchor) they belong to; None where the cell stands for all rows."""
    lines, count = stack.lines, len(anchors)
    if all(_value(t) for t in stack.texts) and len(lines) <= count:
        if len(lines) == 1 and is_mark(stack.texts[0]) and stack.cell.c0 == 0:
            return None  # the running number of them all
        if len(lines) == 1 and abs(stack.bases[0] - (anchors[0] + anchors[-1]) / 2) < 0.3 * (anchors[1] - anchors[0]):
            return [(anchors[0], lines[0])]  # centred: the value of the row as a whole
        return list(zip(fitting[len(lines)], lines, strict=True))
    if len(lines) == count:
        return list(zip(anchors, lines, strict=True))
    if not names:
        return None
    marked = [k for k, t in enumerate(stack.texts) if LIST.match(t)]
    firsts = [0, *marked[1:]] if len(marked) == count else list(range(len(lines) - count + 1, len(lines)))
    if len(marked) != count:
        # A name of several lines and then its parts, one a line: each line broken off though there was room.
        if len(lines) < count or not all(_roomy(ink, grid, stack, k) for k in firsts):
            return None
        firsts = [0, *firsts]
    ends = [*firsts[1:], len(lines)]
    return [(a, [i for k in range(b, e) for i in lines[k]]) for a, b, e in zip(anchors, firsts, ends, strict=True)]


def _roomy(ink: Ink, grid: Grid, stack: _Stack, k: int) -> bool:
    """Whether the first word of line k would have fitted on the line above it."""
    here = stack.lines[k]
    first = ink.x1[here[0]] - ink.x0[here[0]] + 0.3 * ink.size[here[0]]
    left, right = grid.xs[stack.cell.c0] + 4.0, grid.xs[stack.cell.c1] - 4.0
    ends = [max([ink.x1[i] for i in line]) for line in stack.lines]
    starts = [min([ink.x0[i] for i in line]) for line in stack.lines]
    if max(ends) - min(ends) < 2.0 < max(starts) - min(starts):  # set flush right
        return starts[k - 1] - first > left
    return ends[k - 1] + first < right


def _cut(grid: Grid, band: int, cuts: list[float], placed: dict[int, list[tuple[float, list[int]]]]) -> None:
    """Part a band at `cuts`: cells in `placed` by their lines' heights, the others span all the new rows."""
    more = len(cuts)
    out: list[Region] = []
    for cell in grid.cells:
        if cell.r0 > band:
            cell.r0, cell.r1 = cell.r0 + more, cell.r1 + more
        elif cell.r1 > band + 1 or (cell.r1 == band + 1 and id(cell) not in placed and (cell.r0 < band or cell.words)):
            cell.r1 += more
        elif cell.r1 == band + 1:
            inside: list[list[int]] = [[] for _ in range(more + 1)]
            for base, line in placed.get(id(cell), []):
                inside[bisect_left(cuts, base)] += line
            out += [Region(band + n, band + n + 1, cell.c0, cell.c1, words) for n, words in enumerate(inside)]
            continue
        out.append(cell)
    grid.cells = out
    grid.ys[band + 1 : band + 1] = cuts
