"""Total and average rows of all tables, whatever they count (staff, assets, visits, targets): columns from top to bottom.

Budget lines have their own rule (`footing`). Percentages, years and running numbers are not summed. What a total row
totals is told by its place and its label; where that leaves several possibilities, one that adds up is agreement. A row
that is a total by its place alone, or by a label that may name a thing ("Jumlah Kendaraan"), is one only where another
of its columns adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.reconcile.checking import formulas, sums, untestable
from pipeline.reconcile.expressions import mean
from pipeline.reconcile.figures import number, usable
from pipeline.reconcile.footing import misread
from pipeline.reconcile.grid import Grid, parts_of
from pipeline.reconcile.once import once
from pipeline.reconcile.slips import is_slip
from pipeline.reconcile.words import speaks_of, starts_with
from schemas.checks import Check, Outcome
from schemas.figure import Figure

NESTED = "baris kelompok dan rinciannya sama-sama berangka"
MAYBE = "baris ini mungkin bukan jumlah baris di atasnya"
NOUGHT = "semua bagiannya nol, jumlahnya tidak: mungkin ada baris yang tidak terbaca"
UNITS = "satuan baris-barisnya berbeda"
FAR_MEAN = "rata-ratanya jauh berbeda: mungkin rata-rata tertimbang atau dari baris lain"
FULL = Decimal(101)
ADDED = Decimal("1.5")  # times the largest part: a percentage so much higher is a sum, not the percentage of the total
APART = Decimal("0.25")  # of the expected average: further off without a slip is rather another kind of average
_DIGITS = re.compile(r"^\W*\d+\W*$")
_GROUP = re.compile(r"^\W*[A-Za-z]{1,4}\W*$")


def row_sums(grid: Grid, rule: str) -> Iterator[Check]:
    """Checks of one table's total rows."""
    for row, certain in _totals(grid):
        tested = [check for col in _summable(grid, row) for check in _column(grid, row, col, rule)]
        agreeing = any(check.outcome is Outcome.COCOK and check.expected for check in tested)
        for check in tested:
            if check.outcome is Outcome.TIDAK_COCOK and not (certain or agreeing):
                yield _doubted(grid, check, MAYBE)
            elif check.outcome is Outcome.TIDAK_COCOK and not check.expected:
                yield _doubted(grid, check, NOUGHT)
            else:
                yield check


def row_means(grid: Grid, rule: str) -> Iterator[Check]:
    """Checks of one table's average rows."""
    totals = {row for row, _ in _totals(grid)}
    for row in (row for row in grid.rows if grid.is_average_row(row)):
        for col, stated in sorted(grid.cells[row].items()):
            if not usable(stated) or col not in grid.columns:
                continue
            scopes = _scopes(grid, row, totals)
            means = [found for scope in scopes if (found := _mean(grid, scope, col, stated, row, rule)) is not None]
            agreeing = [check for check in means if check.outcome is Outcome.COCOK]
            if agreeing:
                yield agreeing[0]
            elif means and len({check.expected for check in means}) == 1:
                yield _doubted(grid, means[0], FAR_MEAN) if _far(means[0]) else means[0]
            elif means:
                yield _doubted(grid, means[0], MAYBE)


def _mean(grid: Grid, scope: Sequence[int], col: int, stated: Figure, row: int, rule: str) -> Check | None:
    parts, unread = parts_of([grid.figure(other, col) for other in scope])
    if unread is not None or len(parts) < 2:
        return None
    return formulas(rule, grid.name(row, col), stated, parts, [mean(len(parts))], (("hitung", "rerata"),))


def _far(check: Check) -> bool:
    if not isinstance(check.stated, Decimal) or not isinstance(check.expected, Decimal) or not check.expected:
        return True
    apart = abs(check.stated - check.expected) / abs(check.expected)
    return apart > APART and not is_slip(check.stated, check.expected)


@once
def _totals(grid: Grid) -> list[tuple[int, bool]]:
    """Rows that are totals, and whether they are for certain."""
    other = grid.table.kind == "lain"
    found = []
    rows = grid.rows
    for row in rows:
        label = grid.label(row)
        if grid.is_total_row(row):
            found.append((row, True))
        elif other and not grid.is_average_row(row):
            last = row == rows[-1] and not label and len(rows) > 2 and not _DIGITS.match(grid.text(row, 0))
            if last or starts_with("jumlah", label):
                found.append((row, False))
    return found


def _summable(grid: Grid, row: int) -> Iterator[int]:
    if grid.levelled:
        return
    for col in grid.columns:
        stated = grid.figure(row, col)
        if stated is None or not usable(stated) or (col in grid.money and grid.table.kind != "lain"):
            continue
        if grid.percent(col) or speaks_of("rata", grid.head(col)):
            parts = [number(f) for r in grid.rows if r < row and (f := grid.figure(r, col)) is not None and usable(f)]
            if grid.percent(col) and parts and number(stated) > max(FULL, ADDED * max(parts)):
                yield col  # a column of percentages that is added up all the same, for its average
            continue
        yield col


def _scopes(grid: Grid, row: int, totals: set[int]) -> list[list[int]]:
    """The rows that a total or an average may be about: since the last total, all before it, the totals before it."""
    before = [r for r in grid.rows if r < row and not grid.is_average_row(r)]
    parts = [r for r in before if r not in totals]
    marks = [r for r in before if r in totals]
    near = [r for r in parts if not marks or r > marks[-1]]
    scopes: list[list[int]] = []
    for scope in (near, parts, marks):
        if len(scope) > 1 and scope not in scopes:
            scopes.append(scope)
    return scopes


def _column(grid: Grid, row: int, col: int, rule: str) -> Iterator[Check]:
    stated = grid.cells[row][col]
    name = grid.name(row, col)
    totals = {total for total, _ in _totals(grid)}
    across = _across(grid, row, totals)
    if across is not None:
        yield sums(rule, name, stated, across, (("bagian", str(len(across))),))
        return
    tested: list[Check] = []
    reason = None
    for scope in _scopes(grid, row, totals):
        parts, unread = parts_of([grid.figure(other, col) for other in scope])
        if unread is not None:
            reason = f"bukan angka: {unread.text!r}"
        elif _units(grid, scope):
            reason = UNITS
        elif len(parts) > 1:
            tested.append(sums(rule, name, stated, parts, (("bagian", str(len(parts))),)))
            tested += _levels(grid, scope, col, stated, name, rule)
    agreeing = [check for check in tested if check.outcome is Outcome.COCOK]
    if agreeing:
        yield agreeing[0]
    elif tested and reason is None and len({check.expected for check in tested}) == 1:
        figures = grid.figures
        doubt = misread(stated, [figures[operand] for operand in tested[0].operands])
        yield _doubted(grid, tested[0], doubt) if doubt else tested[0]
    elif tested or reason:
        yield untestable(rule, "sum", name, reason or NESTED, result=stated)


def _across(grid: Grid, row: int, totals: set[int]) -> list[Figure] | None:
    """The totals of the row above, where a total row holds one figure for all columns ("Jumlah sampai dengan ...")."""
    before = [r for r in grid.rows if r < row and r in totals]
    if len(grid.cells[row]) != 1 or not before or before[-1] != max(r for r in grid.rows if r < row):
        return None
    parts, unread = parts_of(list(grid.cells[before[-1]].values()))
    return parts if len(parts) > 1 and unread is None and len(grid.columns) == len(grid.cells[before[-1]]) else None


def _units(grid: Grid, scope: Sequence[int]) -> bool:
    """Whether a column of units says that the rows count different things."""
    at = [column.index for column in grid.table.columns if column.role == "satuan"]
    return bool(at) and len({grid.text(row, at[0]).casefold() for row in scope}) > 1


def _levels(grid: Grid, scope: Sequence[int], col: int, stated: Figure, name: str, rule: str) -> Iterator[Check]:
    """Sums of the group rows ("A.", "II") alone, and of the rows below them, where a table mixes both."""
    groups: list[Figure] = []
    leaves: list[Figure] = []
    numbered = any(_DIGITS.match(grid.text(row, 0)) for row in scope)
    for row in scope:
        figure = grid.figure(row, col)
        if figure is None or not usable(figure):
            continue
        mark = grid.text(row, 0)
        is_group = numbered and _GROUP.match(mark) is not None
        (groups if is_group else leaves).append(figure)
    for level in (groups, leaves):
        if groups and level:
            yield sums(rule, name, stated, level, (("bagian", str(len(level))),))


def _doubted(grid: Grid, check: Check, reason: str) -> Check:
    figures = grid.figures
    operands = [figures[figure] for figure in check.operands]
    result = figures[check.result or ""]
    return untestable(check.rule, check.relation, check.subject, reason, result=result, operands=operands)
