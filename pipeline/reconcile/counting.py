"""Sums in tables of counts (staff, assets): total rows down the columns and total columns along the rows.

Percentages, averages, years and running numbers are not summed. Where group rows carry numbers of their own beside
their parts, any level that adds up is agreement; where none does, nothing is claimed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import sums, untestable
from pipeline.reconcile.figures import usable
from pipeline.reconcile.words import is_subtotal, is_total, speaks_of
from schemas.checks import Check, Outcome
from schemas.figure import Figure, Status
from schemas.records import Report, TypedTable

NESTED = "baris kelompok dan rinciannya sama-sama berangka"
NOT_ITS_PARTS = "kolom-kolom sebelumnya tampaknya bukan bagian dari kolom jumlah"
SKIPPED_ROLES = frozenset({"nomor", "kode", "persen", "capaian", "predikat", "target"})
_DIGITS = re.compile(r"^\W*\d+\W*$")

Grid = dict[int, dict[int, Figure]]


def count_sums(report: Report, rule: str) -> Iterator[Check]:
    """Checks of one report's tables of counts."""
    grids: dict[str, Grid] = defaultdict(lambda: defaultdict(dict))
    for figure in report.counts:
        if figure.table_id is not None and figure.row is not None and figure.col is not None:
            grids[figure.table_id][figure.row][figure.col] = figure
    for table in report.tables:
        grid = grids.get(table.raw.table_id)
        if grid:
            columns = _columns(table, grid)
            yield from _down(table, grid, columns, rule)
            yield from _along(table, grid, columns, rule)


def _text(table: TypedTable, row: int, col: int) -> str:
    cells = table.raw.rows[row] if row < len(table.raw.rows) else ()
    cell = cells[col] if col < len(cells) else None
    return cell.text if cell is not None else ""


def _label(table: TypedTable, row: int) -> str:
    """The words of a row: its first cell that is no number."""
    for col in range(table.raw.n_cols):
        text = _text(table, row, col)
        if any(letter.isalpha() for letter in text):
            return text
    return ""


def _head(table: TypedTable, col: int) -> str:
    """The lowest header cell above a column."""
    for row in range(table.raw.n_header - 1, -1, -1):
        text = _text(table, row, col)
        if text.strip():
            return text
    return next((column.header for column in table.columns if column.index == col), "")


def _columns(table: TypedTable, grid: Grid) -> list[int]:
    """Columns of counts that may be summed."""
    roles = {column.index: column.role for column in table.columns}
    found = sorted({col for cells in grid.values() for col in cells})
    result = []
    for col in found:
        figures = [cells[col] for cells in grid.values() if col in cells]
        percent = any(figure.unit == "persen" for figure in figures)
        if roles.get(col) in SKIPPED_ROLES or percent or speaks_of("rata", _head(table, col)):
            continue
        result.append(col)
    return result


def _down(table: TypedTable, grid: Grid, columns: Sequence[int], rule: str) -> Iterator[Check]:
    totals = [row for row in grid if is_total(_label(table, row))]
    if not totals or any(is_subtotal(_label(table, row)) for row in grid):
        return
    first = table.raw.n_header
    for last in sorted(totals):
        body = [row for row in range(first, last) if row in grid and row not in totals]
        for col in columns:
            yield from _column(table, grid, body, last, col, rule)
        first = last + 1


def _column(table: TypedTable, grid: Grid, body: Sequence[int], last: int, col: int, rule: str) -> Iterator[Check]:
    stated = grid[last].get(col)
    parts = [grid[row][col] for row in body if col in grid[row]]
    if stated is None or stated.value is None or len(parts) < 2:
        return
    title = table.raw.title or table.raw.label or table.raw.table_id
    name = f"{title}: {_label(table, last).strip()} {_head(table, col)}".strip()
    missing = next((f for f in parts if not usable(f) and f.status is not Status.KOSONG), None)
    if missing is not None:
        yield untestable(rule, "sum", name, f"bukan angka: {missing.text!r}", result=stated)
        return
    usable_parts = [figure for figure in parts if usable(figure)]
    tested = sums(rule, name, stated, usable_parts, (("bagian", str(len(usable_parts))),))
    if tested.outcome is Outcome.TIDAK_COCOK:
        groups, leaves = _levels(table, grid, body, col)
        for level in (groups, leaves):
            if groups and level:
                other = sums(rule, name, stated, level, (("bagian", str(len(level))),))
                if other.outcome is Outcome.COCOK:
                    tested = other
                    break
        else:
            if groups:
                tested = untestable(rule, "sum", name, NESTED, result=stated, operands=usable_parts)
    yield tested


def _levels(table: TypedTable, grid: Grid, body: Sequence[int], col: int) -> tuple[list[Figure], list[Figure]]:
    """Figures of group rows ("A.", "II", bold) and of the rows below them, where a table mixes both."""
    groups: list[Figure] = []
    leaves: list[Figure] = []
    numbered = any(_DIGITS.match(_text(table, row, 0)) for row in body)
    for row in body:
        figure = grid[row].get(col)
        if figure is None or not usable(figure):
            continue
        mark = _text(table, row, 0).strip()
        is_group = numbered and bool(mark) and not _DIGITS.match(mark) and len(mark) <= 5
        (groups if is_group else leaves).append(figure)
    return groups, leaves


def _along(table: TypedTable, grid: Grid, columns: Sequence[int], rule: str) -> Iterator[Check]:
    sums_at = [col for col in columns if is_total(_head(table, col))]
    if len(sums_at) != 1 or sums_at[0] != columns[-1] or len(columns) < 3:
        return
    col = sums_at[0]
    tested = []
    for row, cells in sorted(grid.items()):
        stated = cells.get(col)
        parts = [cells[other] for other in columns if other < col and other in cells and usable(cells[other])]
        if stated is None or not usable(stated) or len(parts) < 2:
            continue
        title = table.raw.title or table.raw.label or table.raw.table_id
        name = f"{title}: {_label(table, row).strip()} {_head(table, col)}".strip()
        tested.append(sums(rule, name, stated, parts, (("bagian", str(len(parts))),)))
    failing = sum(check.outcome is Outcome.TIDAK_COCOK for check in tested)
    figures = {figure.id: figure for cells in grid.values() for figure in cells.values()}
    for check in tested:
        if failing * 2 > len(tested) and check.outcome is Outcome.TIDAK_COCOK and check.result:
            yield untestable(rule, "sum", check.subject, NOT_ITS_PARTS, result=figures[check.result])
        else:
            yield check
