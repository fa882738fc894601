"""What on a page is a table, by the evidence of lines, alignment and figures; never by whether its sums foot."""

from __future__ import annotations

from extractors.read.frames import box_into
from extractors.tables.aligned import aligned_grids
from extractors.tables.geometry import Ink, Sheet, cell_of, ink_of, lines_of, main_frame
from extractors.tables.ruled import Grid, ruled_grids
from extractors.tables.split import split_rows
from schemas.document import Box, Page, Place
from schemas.table import Cell, TablePiece

SPARSE = 0.07  # share of cells with text below which a large grid is a chart's or a form's paper
LARGE = 40  # cells


def page_tables(sheet: Sheet) -> tuple[list[TablePiece], list[int]]:
    """The tables of a page, and the indices of its words that stand in none."""
    if not sheet.ink.words:
        return [], []
    free = set(range(len(sheet.ink.words)))
    pieces = _ruled(sheet, free)
    pieces += _aligned(sheet, free)
    return pieces, sorted(free)


def _ruled(sheet: Sheet, free: set[int]) -> list[TablePiece]:
    page, ink = sheet.page, sheet.ink
    pieces: list[TablePiece] = []
    # The smallest first: a table within a frame or a cell has its words before what is around it.
    for grid in sorted(ruled_grids(ink, sheet.lines), key=lambda g: g.box.width * g.box.height):
        chosen = grid.words
        if max(map(ink.size.__getitem__, chosen), default=0.0) > grid.box.height:
            continue  # the outlines of drawn letters
        if pieces:
            for cell in grid.cells:
                cell.words = [i for i in cell.words if i in free]
            chosen = grid.words
        if not is_table(grid):
            continue
        turned = _turned(ink, chosen)
        if turned != ink.frame:
            piece = _upright(page, turned, grid, ink)
            if piece is None:
                continue
        else:
            split_rows(ink, grid)
            piece = piece_of(page, ink, grid)
        pieces.append(piece)
        free.difference_update(chosen)
    return pieces


def _aligned(sheet: Sheet, free: set[int]) -> list[TablePiece]:
    ink = sheet.ink
    if not any(map(str.isdigit, "".join([ink.text[i] for i in free]))):
        return []
    pieces = []
    for grid in aligned_grids(ink, sheet.lines, free):
        if is_table(grid):
            split_rows(ink, grid)
            pieces.append(piece_of(sheet.page, ink, grid, "aligned"))
            free.difference_update(grid.words)
    return pieces


def _turned(ink: Ink, chosen: list[int]) -> int:
    """The direction of a table's text: another than the page's where the table is turned on it."""
    return main_frame([ink.words[i] for i in chosen]) if ink.mixed and len(chosen) > 3 else ink.frame


def _upright(page: Page, frame: int, grid: Grid, seen: Ink) -> TablePiece | None:
    """A table that is turned on its page, read again in its own direction."""
    ink, lines = ink_of(page.words, frame), lines_of(page.rules, frame)
    wanted = set(grid.words)
    area = box_into(frame, seen.out(grid.box))
    for again in ruled_grids(ink, lines):
        if abs(again.box.x0 - area.x0) > 12 or abs(again.box.top - area.top) > 12:
            continue
        for cell in again.cells:
            cell.words = [i for i in cell.words if i in wanted]
        if is_table(again):
            split_rows(ink, again)
            return piece_of(page, ink, again)
    return None


def is_table(grid: Grid) -> bool:
    """Whether a grid holds a table: text in two columns at least, and not the sparse paper of a chart."""
    filled = [c for c in grid.cells if c.words]
    if len(filled) < 2:
        return False
    if len({c.c0 for c in filled}) < 2:
        return False
    return not (len(grid.cells) >= LARGE and len(filled) < SPARSE * len(grid.cells))


def piece_of(page: Page, ink: Ink, grid: Grid, method: str = "ruled") -> TablePiece:
    """A ruled grid as a table piece of its page."""
    n_rows, n_cols = len(grid.ys) - 1, len(grid.xs) - 1
    rows: list[list[Cell | None]] = [[None] * n_cols for _ in range(n_rows)]
    number, xs, ys, upright = page.number, grid.xs, grid.ys, ink.frame == 0
    for c in grid.cells:
        if c.open and not c.words:
            continue
        r0, r1, c0, c1 = c.r0, c.r1, c.c0, c.c1
        box = Box(xs[c0], ys[r0], xs[c1], ys[r1])
        place = Place(number, None, box if upright else ink.out(box))
        rows[r0][c0] = cell_of(ink, r0, c0, c.lines(ink), place, r1 - r0, c1 - c0)
    ragged = grid.ragged / max(len(grid.cells), 1)
    sound = max(0.3, 1.0 - 0.8 * grid.crossed - 0.8 * ragged)
    if page.method == "ocr":
        method = "ocr"
        seen = [page.words[i].confidence for i in grid.words]
        sound *= sum(seen) / len(seen)
    place = Place(page.number, None, ink.out(grid.box))
    shift = {180: page.width, 270: page.height}.get(ink.frame, 0.0)  # counted from where the lines of text begin
    edges = tuple(x + shift for x in grid.xs)
    return TablePiece(tuple(map(tuple, rows)), method, place, place, round(sound, 3), edges)
