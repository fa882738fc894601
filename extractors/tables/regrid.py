"""Pieces of one table whose columns were ruled differently, laid on one common grid by the x positions of their borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.rows import Row
from schemas.table import Cell

NEAR = 0.012  # of the table's width: borders that are nearer are the same border drawn twice


def common_edges(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...] | None:
    """The union of two sets of column borders, or None where the two tables do not stand in the same place.

    Every border of the coarser grid must be one of the finer grid (a column that another page divides); otherwise the two
    are different tables that happen to follow each other.
    """
    if not a or not b:
        return None
    width = max(a[-1] - a[0], b[-1] - b[0])
    near = max(3.0, NEAR * width)
    fine, coarse = (a, b) if len(a) >= len(b) else (b, a)
    if any(min(abs(x - y) for y in fine) > near for x in coarse):
        return None
    return tuple(fine)


def regrid(rows: Sequence[Row], edges: Sequence[float], target: Sequence[float]) -> list[Row]:
    """Rows of a table with borders `edges` on the grid of `target`: a cell covers the columns between its borders."""
    index = [min(range(len(target)), key=lambda k, x=x: abs(target[k] - x)) for x in edges]  # type: ignore[misc]
    out: list[Row] = []
    for row in rows:
        if len(row) != len(edges) - 1:
            out.append(row)
            continue
        laid: list[Cell | None] = [None] * (len(target) - 1)
        for j, cell in enumerate(row):
            if cell is None:
                continue
            end = min(len(edges) - 1, j + cell.col_span)
            start, stop = index[j], max(index[j] + 1, index[end])
            if start < len(laid):
                laid[start] = replace(cell, col=start, col_span=min(stop, len(laid)) - start)
        out.append(tuple(laid))
    return out
