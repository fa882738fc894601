"""Columns worked out from other columns of their row: totals, averages, differences, growth, shares.

Which columns enter is told by the headers: a total column takes those to its left in its own group, "sisa" is budget
less realisation, "bertambah/berkurang" revised less original, "kenaikan (%)" the later year against the earlier. A
column most of whose rows do not follow means something else, and nothing is claimed of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import formulas, ratios, sums, tolerant
from pipeline.reconcile.expressions import mean
from pipeline.reconcile.figures import number, usable
from pipeline.reconcile.grid import Grid
from pipeline.reconcile.relations import CAPAIAN
from pipeline.reconcile.words import speaks_of
from schemas.checks import Check
from schemas.figure import Figure
from schemas.records import Anggaran, Column

OTHER_RULES = frozenset({"capaian", "persen"})  # columns that have rules of their own
_BY_NUMBERS = re.compile(r"\(?\s*\(?(\d{1,2})\)?\s*[/:]\s*\(?(\d{1,2})\)?\s*\)?\s*[x*×]\s*100", re.IGNORECASE)
FULL = 100
NOT_ITS_PARTS = "kolom-kolom sebelumnya tampaknya bukan bagian dari kolom ini"
OTHER_COLUMN = "sebagian besar baris kolom ini tidak mengikuti hitungan itu: tampaknya angka yang lain"
Pair = tuple[Figure, Figure]


def column_sums(grid: Grid, rule: str) -> Iterator[Check]:
    """Total and average columns along the rows."""
    columns = grid.columns
    for col in columns:
        average = speaks_of("rerata", grid.head(col))
        if not (average or grid.is_total_column(col)):
            continue
        parts = _left_of(grid, columns, col, average=average)
        if len(parts) > 1:
            yield from tolerant(_along(grid, parts, col, rule, average=average), grid.figures, NOT_ITS_PARTS)


def _left_of(grid: Grid, columns: Sequence[int], col: int, *, average: bool) -> list[int]:
    """The columns with figures directly to the left, in the same group, up to another total."""
    path = grid.path(col)
    group = path[0] if len(path) > 1 else None
    result: list[int] = []
    for other in reversed([c for c in columns if c < col]):
        outside = group is not None and grid.path(other)[:1] != (group,)
        stop = grid.is_total_column(other) or speaks_of("rerata", grid.head(other))
        if outside or stop or (grid.percent(other) and not average) or (result and other != result[-1] - 1):
            break
        result.append(other)
    return result[::-1]


def _along(grid: Grid, parts: Sequence[int], col: int, rule: str, *, average: bool) -> Iterator[Check]:
    for row in grid.rows:
        stated = grid.figure(row, col)
        figures = [f for c in parts if (f := grid.figure(row, c)) is not None and usable(f)]
        if stated is None or not usable(stated) or len(figures) < 2:
            continue
        name = grid.name(row, col)
        if average:
            yield formulas(rule, name, stated, figures, [mean(len(figures))], (("hitung", "rerata"),))
        else:
            yield sums(rule, name, stated, figures, (("bagian", str(len(figures))),))


def column_differences(grid: Grid, lines: Sequence[Anggaran], rule: str) -> Iterator[Check]:
    """Columns of what is left, what a revision changed and what grew, of budget lines and of years side by side."""
    by_row: dict[int, list[Anggaran]] = {}
    for line in lines:
        by_row.setdefault(line.row, []).append(line)
    for column in grid.table.columns:
        if column.index not in grid.columns or column.index in grid.money:
            continue
        if column.role != "selisih" and not speaks_of("tumbuh", " ".join(grid.path(column.index))):
            continue
        checks = list(_difference(grid, column, by_row, rule))
        yield from tolerant(checks, grid.figures, OTHER_COLUMN)


def _difference(grid: Grid, column: Column, by_row: dict[int, list[Anggaran]], rule: str) -> Iterator[Check]:
    head = " ".join(grid.path(column.index))
    percent = grid.percent(column.index)
    for row in grid.rows:
        stated = grid.figure(row, column.index)
        if stated is None or not usable(stated):
            continue
        pair = _pair(grid, column, head, row, by_row.get(row, ()), percent=percent)
        if pair is None:
            continue
        forms = ["(0-1)/1*100", "(1-0)/1*100"] if percent else ["0-1", "1-0"]
        if percent and column.role == "selisih" and not speaks_of("tumbuh", head) and not speaks_of("ubah", head):
            pair, forms = (pair[0], pair[1]), ["(0-1)/0*100", "(1-0)/0*100"]
        of = "percent" if percent else rule
        yield formulas(of, grid.name(row, column.index), stated, pair, forms, (("hitung", "selisih"),))


def _pair(grid: Grid, column: Column, head: str, row: int, lines: Sequence[Anggaran], *, percent: bool) -> Pair | None:
    """The two figures of the row whose difference the header names; None where it names none."""
    if percent and not lines and speaks_of("tumbuh", head) and len(years := _years(grid, row)) == 2:
        return years[1], years[0]
    if column.role != "selisih":
        return None
    stages = {line.tahap: line for line in lines if line.tahun == column.year or column.year is None}
    murni, perubahan = stages.get("murni"), stages.get("perubahan")
    if murni is not None and perubahan is not None and (speaks_of("ubah", head) or not speaks_of("sisa", head)):
        return _both(perubahan.anggaran, murni.anggaran)
    if speaks_of("sisa", head) and lines:
        last = perubahan or lines[-1]
        return _both(last.anggaran, last.realisasi)
    return None


def _both(a: Figure | None, b: Figure | None) -> Pair | None:
    return (a, b) if a is not None and b is not None and usable(a) and usable(b) else None


def _years(grid: Grid, row: int) -> list[Figure]:
    """The figures of two years in columns of their own, the earlier first; none where a year has several."""
    found: dict[int, Figure] = {}
    for column in grid.table.columns:
        figure = grid.figure(row, column.index)
        if column.year is None or figure is None or not usable(figure) or grid.percent(column.index):
            continue
        if column.year in found:
            return []
        found[column.year] = figure
    return [found[year] for year in sorted(found)]


def column_ratios(grid: Grid, rule: str) -> Iterator[Check]:
    """Columns whose header says by which columns they are worked out: "Realisasi terhadap tahun lalu (5/4) x 100"."""
    for column in grid.table.columns:
        match = _BY_NUMBERS.search(column.header)
        if match is None or column.role in OTHER_RULES or column.index not in grid.columns:
            continue
        above, below = int(match[1]) - 1, int(match[2]) - 1
        checks = list(_ratios(grid, column.index, above, below, rule))
        yield from tolerant(checks, grid.figures, OTHER_COLUMN)


def column_shares(grid: Grid, rule: str) -> Iterator[Check]:
    """Percentages that are shares of a total: a column beside a count, whose total row says 100 %."""
    totals = [row for row in grid.rows if grid.is_total_row(row)]
    columns = grid.columns
    for col in columns:
        counts = [c for c in columns if c < col and not grid.percent(c)]
        if not grid.percent(col) or not counts or len(totals) != 1 or col in grid.money:
            continue
        whole, hundred = grid.figure(totals[0], counts[-1]), grid.figure(totals[0], col)
        if whole is None or hundred is None or not usable(whole) or not usable(hundred) or number(hundred) != FULL:
            continue
        checks = list(_shares(grid, col, counts[-1], whole, rule))
        yield from tolerant(checks, grid.figures, OTHER_COLUMN)


def _shares(grid: Grid, col: int, count: int, whole: Figure, rule: str) -> Iterator[Check]:
    for row in grid.rows:
        stated, part = grid.figure(row, col), grid.figure(row, count)
        if stated is None or part is None or part is whole or not usable(stated) or not usable(part):
            continue
        if number(whole) > 0 and stated.table_id is not None:
            yield ratios(rule, grid.name(row, col), stated, part, whole)


def _ratios(grid: Grid, col: int, above: int, below: int, rule: str) -> Iterator[Check]:
    for row in grid.rows:
        stated, over, under = (grid.figure(row, c) for c in (col, above, below))
        if stated is None or over is None or under is None or col in (above, below):
            continue
        if usable(stated) and usable(over) and usable(under) and number(over) * number(under) > 0:
            yield ratios(rule, grid.name(row, col), stated, over, under, CAPAIAN)
