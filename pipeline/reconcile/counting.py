"""Sums, averages and differences within one table, apart from those of budget lines (`footing`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.reconcile.grid import grids
from pipeline.reconcile.gridcolumns import column_differences, column_ratios, column_shares, column_sums
from pipeline.reconcile.gridsums import row_means, row_sums
from schemas.checks import Check
from schemas.records import Anggaran, Report


def count_sums(report: Report, rule: str) -> Iterator[Check]:
    """Checks of all tables of one report."""
    lines: dict[str, list[Anggaran]] = defaultdict(list)
    for record in report.anggaran:
        lines[record.table_id].append(record)
    for grid in grids(report):
        yield from row_sums(grid, rule)
        yield from row_means(grid, rule)
        yield from column_sums(grid, rule)
        yield from column_differences(grid, lines[grid.id], rule)
        yield from column_ratios(grid, "percent")
        if grid.table.kind == "lain":
            yield from column_shares(grid, "percent")
