"""Tables drawn with ruling lines: edges > components > grid > cells, on the principle of pdfplumber's table finder.

It differs in three things, all for tables as offices really make them: a grid's cells are found as regions that no line
parts, so that merged cells come out with their spans; a table cut open by a page break or drawn without its outer lines
is closed; borders that were meant as one but lie a few points apart are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np

from extractors.read.frames import Floats
from extractors.tables.geometry import Bools, Ink, Lines, base_lines, clusters, middle
from schemas.document import Box

REACH = 3.0  # points: lines that miss each other by less still meet
SNAP = 3.0  # points: parallel lines nearer than this are one border
OPEN = 5.0  # points by which lines must stick out to show that a side is open
COVERED = 0.6  # share of a cell's side that must be drawn
NARROW = 11.0  # points: a strip between two borders narrower than this, without text of its own, is no column
FLAT = 4.5  # the same for rows
MANY = 3_000  # lines of one direction on a page: beyond, it is a drawing
CELLS = 40_000  # places of a grid: beyond, it is a drawing too


@dataclass(slots=True)
class Region:
    """A cell of the grid: rows r0..r1 and columns c0..c1 (ends excluded) and the words in it."""

    r0: int
    r1: int
    c0: int
    c1: int
    words: list[int] = field(default_factory=list)
    open: bool = False  # touches a side of the grid that no line closes
    _lines: list[list[int]] | None = None

    def lines(self, ink: Ink) -> list[list[int]]:
        """The words as printed lines. Asked for only when `words` is what it will be."""
        if self._lines is None:
            words = self.words
            self._lines = base_lines(ink, words) if len(words) > 1 else [words] if words else []
        return self._lines


@dataclass(slots=True)
class Grid:
    """A ruled table: borders in points of the frame, and its cells. `crossed` is the share of words over a border."""

    xs: list[float]
    ys: list[float]
    cells: list[Region]
    crossed: float = 0.0
    ragged: int = 0  # cells whose lines did not close a rectangle

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def words(self) -> list[int]:
        return [i for c in self.cells for i in c.words]


def ruled_grids(ink: Ink, lines: Lines) -> list[Grid]:
    """All grids that the lines of a page draw, with their words; frames, charts and lone boxes among them."""
    if not len(lines.across) and not len(lines.down):
        return []
    if len(lines.across) > MANY or len(lines.down) > MANY:
        return []
    grids = []
    for across, down in components(lines):
        grid = _grid(ink, across, down)
        if grid is not None:
            grids.append(grid)
    return grids


def components(lines: Lines) -> list[tuple[Floats, Floats]]:
    """Lines that hang together by touching: each a pair (horizontal rows, vertical rows), both present."""
    h, v = lines.across, lines.down
    if not len(h) or not len(v):
        return []
    meets = (
        (v[None, :, 0] >= h[:, 1, None] - REACH)
        & (v[None, :, 0] <= h[:, 2, None] + REACH)
        & (h[:, 0, None] >= v[None, :, 1] - REACH)
        & (h[:, 0, None] <= v[None, :, 2] + REACH)
    )
    if meets.all(axis=1).any() and meets.any(axis=0).all() and meets.any(axis=1).all():
        return [(h, v)]  # one line meets all of the other direction, and none stands alone: the usual table
    label_h = np.full(len(h), -1)
    label_v = np.full(len(v), -1)
    out = []
    for seed in np.flatnonzero(meets.any(axis=1)).tolist():
        if label_h[seed] >= 0:
            continue
        label_h[seed] = seed
        new_h = np.array([seed])
        while len(new_h):
            new_v = np.flatnonzero(meets[new_h].any(axis=0) & (label_v < 0))
            label_v[new_v] = seed
            new_h = np.flatnonzero(meets[:, new_v].any(axis=1) & (label_h < 0)) if len(new_v) else new_v
            label_h[new_h] = seed
        out.append((h[label_h == seed], v[label_v == seed]))
    return out


def _grid(ink: Ink, across: Floats, down: Floats) -> Grid | None:
    across, down = _closed(across, down)
    xs, ys = clusters(down[:, 0], SNAP), clusters(across[:, 0], SNAP)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > CELLS:
        return None
    # sides[i, j]: is border i drawn beside band j
    walls = _sides(xs, ys, down)  # columns' borders by rows' bands
    floors = _sides(ys, xs, across)
    cells, ragged = _regions(walls, floors)
    crossed = _fill(ink, xs, ys, cells)
    grid = Grid(xs.tolist(), ys.tolist(), cells, crossed, ragged)
    _unite_borders(grid)
    return grid


def grid_of(ink: Ink, across: Floats, down: Floats, words: list[int]) -> Grid | None:
    """The grid of borders that were found otherwise (rows (y, x0, x1) and (x, y0, y1)), holding only `words`."""
    xs, ys = clusters(down[:, 0], 0.5), clusters(across[:, 0], 0.5)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > CELLS:
        return None
    cells, ragged = _regions(_sides(xs, ys, down), _sides(ys, xs, across))
    wanted = set(words)
    crossed = _fill(ink, xs, ys, cells)
    for cell in cells:
        cell.words = [i for i in cell.words if i in wanted]
    return Grid(xs.tolist(), ys.tolist(), cells, crossed, ragged)


def _closed(across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """The lines with those sides added that a page break or an open style left undrawn."""
    top, bottom = across[:, 0].min(), across[:, 0].max()
    left, right = down[:, 0].min(), down[:, 0].max()
    extra_across, extra_down = [], []
    for side, end, far in ((1, top, -1), (2, bottom, 1)):
        beyond = (down[:, side] - end) * far > OPEN
        if beyond.sum() >= 2:
            at = down[beyond, side]
            edge = middle(at.tolist()) if beyond.sum() > 2 else float(at.max() if far > 0 else at.min())
            extra_across.append((edge, down[beyond, 0].min(), down[beyond, 0].max()))
    for side, end, far in ((1, left, -1), (2, right, 1)):
        beyond = (across[:, side] - end) * far > OPEN
        if beyond.sum() >= 2:
            edge = middle(across[beyond, side].tolist())
            extra_down.append((edge, across[beyond, 0].min(), across[beyond, 0].max()))
    if extra_across:
        across = np.vstack([across, np.array(extra_across)])
    if extra_down:
        down = np.vstack([down, np.array(extra_down)])
    return across, down


def _sides(borders: Floats, bands: Floats, lines: Floats) -> Bools:
    """Which border is drawn beside which band: `lines` rows are (at, from, to), `bands` the crossing borders."""
    drawn = np.zeros((len(borders), len(bands) - 1))
    which = np.abs(lines[:, :1] - borders).argmin(axis=1)
    begin, close = bands[:-1], bands[1:]
    shares = np.minimum(lines[:, 2:], close) - np.maximum(lines[:, 1:2], begin)
    np.add.at(drawn, which, np.maximum(shares, 0.0))
    heights = close - begin
    result: Bools = drawn >= np.minimum(COVERED * heights, np.maximum(heights - REACH, 0.5))
    return result


def _regions(walls: Bools, floors: Bools) -> tuple[list[Region], int]:
    """Elementary cells joined where no line parts them, as rectangles; and how many had to be cut to be one."""
    rows, cols = walls.shape[1], floors.shape[1]
    if walls.all() and floors.all():
        return [Region(r, r + 1, c, c + 1) for r in range(rows) for c in range(cols)], 0
    seen = [[False] * cols for _ in range(rows)]
    out: list[Region] = []
    ragged = 0
    closed = (walls[:-1].T & walls[1:].T & floors[:-1] & floors[1:]).tolist()  # on all four sides: the usual cell
    wall, floor = walls.tolist(), floors.tolist()
    for r in range(rows):
        for c in range(cols):
            if seen[r][c]:
                continue
            if closed[r][c]:
                out.append(Region(r, r + 1, c, c + 1))
                continue
            stack, inside, is_open = [(r, c)], [], False
            seen[r][c] = True
            while stack:
                i, j = stack.pop()
                inside.append((i, j))
                for drawn, ni, nj in (
                    (wall[j][i], i, j - 1),
                    (wall[j + 1][i], i, j + 1),
                    (floor[i][j], i - 1, j),
                    (floor[i + 1][j], i + 1, j),
                ):
                    if drawn:
                        continue
                    if not (0 <= ni < rows and 0 <= nj < cols):
                        is_open = True
                    elif not seen[ni][nj]:
                        seen[ni][nj] = True
                        stack.append((ni, nj))
            parts = _rectangles(inside)
            ragged += len(parts) > 1
            out += [Region(r0, r1, c0, c1, open=is_open) for r0, r1, c0, c1 in parts]
    return out, ragged


def _rectangles(inside: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A set of elementary cells as rectangles (r0, r1, c0, c1): one if it is one, else its rows' runs, stacked."""
    r0, r1 = min(i for i, _ in inside), max(i for i, _ in inside) + 1
    c0, c1 = min(j for _, j in inside), max(j for _, j in inside) + 1
    if len(inside) == (r1 - r0) * (c1 - c0):
        return [(r0, r1, c0, c1)]
    by_row: dict[int, list[int]] = {}
    for i, j in inside:
        by_row.setdefault(i, []).append(j)
    done: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(r0, r1 + 1):
        js = sorted(by_row.get(i, []))
        runs: list[tuple[int, int]] = []
        for j in js:
            if runs and runs[-1][1] == j:
                runs[-1] = (runs[-1][0], j + 1)
            else:
                runs.append((j, j + 1))
        for run in list(growing):
            if run not in runs:
                start, end = growing.pop(run)
                done.append((start, end, *run))
        for run in runs:
            growing[run] = (growing.get(run, (i, i))[0], i + 1)
    return done


def _fill(ink: Ink, xs: Floats, ys: Floats, cells: list[Region]) -> float:
    """Put every word whose middle lies in the grid into its cell; gives the share of words that cross a border."""
    x, y = ink.middles
    inside = ((x > xs[0]) & (x < xs[-1]) & (y > ys[0]) & (y < ys[-1])).nonzero()[0]
    if not len(inside):
        return 0.0
    owner = np.zeros((len(ys) - 1, len(xs) - 1), dtype=np.intp)
    starts = [c.c0 for c in cells]
    owner[[c.r0 for c in cells], starts] = range(len(cells))
    for k, c in enumerate(cells):
        if c.r1 - c.r0 > 1 or c.c1 - c.c0 > 1:
            owner[c.r0 : c.r1, c.c0 : c.c1] = k
    held = owner[ys.searchsorted(y[inside]) - 1, xs.searchsorted(x[inside]) - 1]
    x0, x1, size = ink.extents
    slack = 0.3 * size[inside]
    left, right = xs[starts][held], xs[[c.c1 for c in cells]][held]
    over = ((x0[inside] < left - slack) | (x1[inside] > right + slack)).nonzero()[0].tolist()
    words, kept = inside.tolist(), held.tolist()
    if over:
        _run_over(ink, xs, words, kept, over, cells)
    for i, k in zip(words, kept, strict=True):
        cells[k].words.append(i)
    return len(over) / len(inside)


def _run_over(ink: Ink, xs: Floats, inside: list[int], owner: list[int], over: list[int], cells: list[Region]) -> None:
    """A text too long for its cell runs over the border at its right: the word on the border, and what follows it on
    the line without a gap, belong to the cell where the text began."""
    order = sorted(range(len(inside)), key=lambda m: ink.base[inside[m]])
    bases = [ink.base[inside[m]] for m in order]
    for n in sorted(over, key=lambda n: ink.x0[inside[n]]):
        i = inside[n]
        left = xs[cells[owner[n]].c0]
        if ink.turned[i] or not ink.x0[i] < left < ink.x1[i]:
            continue
        base = ink.base[i]
        near = sorted(order[bisect_left(bases, base - 1.0) : bisect_right(bases, base + 1.0)])
        line = [m for m in near if abs(ink.base[inside[m]] - base) < 1.0]
        size = ink.size[i]  # nought in a spoilt font
        before = [m for m in line if -0.1 * size < ink.x0[i] - ink.x1[inside[m]] < 0.5 * size]
        home = {owner[m] for m in before} - {owner[n]}
        if len(home) != 1 or ink.text[i][:1].isdigit():
            continue
        away, end = owner[n], ink.x1[i]
        owner[n] = home.pop()
        for m in sorted(line, key=lambda m: ink.x0[inside[m]]):
            j = inside[m]
            if owner[m] == away and -1.0 < ink.x0[j] - end < 0.5 * ink.size[j] and ink.text[j][:1].isalpha():
                owner[m], end = owner[n], ink.x1[j]


def _unite_borders(grid: Grid) -> None:
    """Make one border of two that enclose a narrow strip without text of its own."""
    for axis, limit in (("c", NARROW), ("r", FLAT)):
        borders = grid.xs if axis == "c" else grid.ys
        strip = len(borders) - 2
        while strip >= 0 and len(borders) > 2:
            if borders[strip + 1] - borders[strip] < limit and not _has_text(grid, axis, strip):
                _drop_strip(grid, axis, strip)
                borders = grid.xs if axis == "c" else grid.ys
            strip -= 1


def _span(cell: Region, axis: str) -> tuple[int, int]:
    return (cell.c0, cell.c1) if axis == "c" else (cell.r0, cell.r1)


def _has_text(grid: Grid, axis: str, strip: int) -> bool:
    return any(c.words and _span(c, axis) == (strip, strip + 1) for c in grid.cells)


def _drop_strip(grid: Grid, axis: str, strip: int) -> None:
    grid.cells = [c for c in grid.cells if _span(c, axis) != (strip, strip + 1)]
    borders = grid.xs if axis == "c" else grid.ys
    outer = 0 if strip == 0 else len(borders) - 1 if strip == len(borders) - 2 else None
    middle = borders[outer] if outer is not None else (borders[strip] + borders[strip + 1]) / 2
    borders[strip : strip + 2] = [middle]
    for c in grid.cells:
        if axis == "c":
            c.c0, c.c1 = c.c0 - (c.c0 > strip), c.c1 - (c.c1 > strip)
        else:
            c.r0, c.r1 = c.r0 - (c.r0 > strip), c.r1 - (c.r1 > strip)
