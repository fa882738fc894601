"""For each column of a table its header texts from the widest group down to the column itself."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.rows import Row, texts
from schemas.table import RawTable


def header_paths(raw: RawTable) -> list[list[str]]:
    """For each column its header texts from the top (widest group) to the bottom, spanning groups filled in."""
    n, width = raw.n_header, raw.n_cols
    rows = [list(texts(r)) + [""] * (width - len(r)) for r in raw.rows[:n]]
    spans = _spans(raw.rows[:n], width)
    grid: list[list[str]] = [[""] * width for _ in range(n)]
    for i in range(n):
        for j in range(width):
            own = rows[i][j]
            if own:
                grid[i][j] = own
            elif spans[i][j] is not None:
                si, sj = spans[i][j]  # type: ignore[misc]
                grid[i][j] = rows[si][sj] if si == i else ""
            else:
                grid[i][j] = _group_left(rows, i, j)
    paths: list[list[str]] = []
    for j in range(width):
        path: list[str] = []
        for i in range(n):
            text = grid[i][j]
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(path)
    for j in range(1, width):
        if not paths[j] and not any(rows[i][j] for i in range(n)):
            paths[j] = list(paths[j - 1])  # a header cell that spans this column too, without a text of its own below
    return paths


def _spans(rows: Sequence[Row], width: int) -> list[list[tuple[int, int] | None]]:
    """For each covered cell the (row, col) of the cell that covers it, from the spans a reader has seen."""
    out: list[list[tuple[int, int] | None]] = [[None] * width for _ in rows]
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is None or (cell.col_span == 1 and cell.row_span == 1):
                continue
            for a in range(i, min(len(rows), i + cell.row_span)):
                for b in range(j, min(width, j + cell.col_span)):
                    if (a, b) != (i, j):
                        out[a][b] = (i, j)
    return out


def _group_left(rows: Sequence[Sequence[str]], i: int, j: int) -> str:
    """The group text that spans an empty header cell: the nearest text to its left, if it is a group.

    It is one when both it and this column have texts below it.
    """
    below = any(rows[k][j] for k in range(i + 1, len(rows)))
    if not below:
        return ""
    g = j - 1
    while g >= 0 and not rows[i][g]:
        g -= 1
    if g < 0:
        return ""
    return rows[i][g] if any(rows[k][g] for k in range(i + 1, len(rows))) else ""
