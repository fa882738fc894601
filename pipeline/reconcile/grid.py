"""A table as a grid of figures, with what its rows and columns are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from pipeline.reconcile.figures import Spot, index, usable
from pipeline.reconcile.once import once
from pipeline.reconcile.words import is_subtotal, is_total, speaks_of, starts_with
from schemas.figure import Figure, Status
from schemas.records import Column, Report, TypedTable
from schemas.values import cached_property

T = TypeVar("T")

SKIPPED_ROLES = frozenset({"nomor", "kode", "tahun", "predikat", "satuan"})
PERCENT_ROLES = frozenset({"persen", "capaian", "fisik", "efisiensi"})
SHORT = 4  # words of a row's label, one of which says that it is an average
_NUMERIC = re.compile(
    r"^[(]?\s*(?:Rp\.?\s*)?-?\d[\d.,\s]*\)?\s*(?:%|,-)?\s*(?:[^\W\d_][^\W\d_/]{0,14})?$", re.IGNORECASE
)


def _known(method: Callable[[Grid, int], T]) -> Callable[[Grid, int], T]:
    """A method of one row or column whose value is kept."""

    name = method.__name__

    @wraps(method)
    def kept(grid: Grid, at: int) -> T:
        known = grid._memo[name]
        if at not in known:
            known[at] = method(grid, at)
        value: T = known[at]
        return value

    return kept


@dataclass(frozen=True)
class Grid:
    """One table's figures by row and column; what is asked of it again and again is worked out once.

    `money` are the columns whose figures budget lines hold; `levelled` tells that its rows are lines and their parts.
    """

    table: TypedTable
    cells: Mapping[int, Mapping[int, Figure]]
    money: frozenset[int]
    levelled: bool = False
    _memo: dict[str, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def id(self) -> str:
        return self.table.raw.table_id

    @property
    def title(self) -> str:
        return self.table.raw.title or self.table.raw.label or self.id

    @property
    def body(self) -> range:
        return range(self.table.raw.n_header, len(self.table.raw.rows))

    def text(self, row: int, col: int) -> str:
        cells = self.table.raw.rows[row] if row < len(self.table.raw.rows) else ()
        cell = cells[col] if col < len(cells) else None
        return cell.text.strip() if cell is not None else ""

    @_known
    def label(self, row: int) -> str:
        """The words of a row: its first cell that is no number."""
        cells = self.table.raw.rows[row] if row < len(self.table.raw.rows) else ()
        texts = (cell.text.strip() for cell in cells if cell is not None)
        words = (t for t in texts if any(letter.isalpha() for letter in t) and not _NUMERIC.match(t))
        return next(words, "")

    def column(self, col: int) -> Column | None:
        return self._columns.get(col)

    @cached_property
    def _columns(self) -> dict[int, Column]:
        return {column.index: column for column in reversed(self.table.columns)}

    def path(self, col: int) -> tuple[str, ...]:
        """The header texts above a column, from the widest group down."""
        column = self.column(col)
        header = column.header if column is not None else ""
        return tuple(part.strip() for part in header.split(" > ") if part.strip())

    @_known
    def head(self, col: int) -> str:
        """The lowest header text above a column; the first row's where the table has no header of its own."""
        path = self.path(col)
        if path:
            return path[-1]
        return self.text(0, col) if self.table.raw.n_header == 0 and not _NUMERIC.match(self.text(0, col)) else ""

    def figure(self, row: int, col: int) -> Figure | None:
        return self.cells.get(row, {}).get(col)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """All figures by id."""
        return {figure.id: figure for cells in self.cells.values() for figure in cells.values()}

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Rows with figures, from the top."""
        return tuple(sorted(self.cells))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Columns with figures, from the left, numberings and codes left out."""
        roles = {column.index: column.role for column in self.table.columns}
        found = sorted({col for cells in self.cells.values() for col in cells})
        return tuple(col for col in found if roles.get(col) not in SKIPPED_ROLES)

    @_known
    def percent(self, col: int) -> bool:
        column = self.column(col)
        if column is not None and column.role in PERCENT_ROLES:
            return True
        figures = [cells[col] for cells in self.cells.values() if col in cells]
        return any(figure.unit == "persen" for figure in figures) or "%" in self.head(col)

    @_known
    def is_total_row(self, row: int) -> bool:
        return is_total(self.label(row))

    @_known
    def is_average_row(self, row: int) -> bool:
        label = self.label(row)
        return starts_with("rerata", label) or (len(label.split()) <= SHORT and speaks_of("rerata", label))

    @_known
    def is_total_column(self, col: int) -> bool:
        return is_total(self.head(col)) and not is_subtotal(self.head(col))

    def name(self, row: int, col: int) -> str:
        """What a figure is called: the table's title, the row's and the column's words."""
        return f"{self.title}: {self.label(row)} {self.head(col)}".strip()


@once
def grids(report: Report) -> tuple[Grid, ...]:
    """All tables of a report that hold figures, in order."""
    return tuple(_grids(report, index(report)))


def _grids(report: Report, spots: Mapping[str, Spot]) -> Iterator[Grid]:
    cells: dict[str, dict[int, dict[int, Figure]]] = defaultdict(lambda: defaultdict(dict))
    money: dict[str, set[int]] = defaultdict(set)
    for spot in spots.values():
        figure = spot.figure
        if figure.table_id is None or figure.row is None or figure.col is None:
            continue
        cells[figure.table_id][figure.row][figure.col] = figure
    for record in report.anggaran:
        for figure_ in (record.anggaran, record.realisasi):
            if figure_ is not None and figure_.col is not None:
                money[record.table_id].add(figure_.col)
    levels: dict[str, set[str]] = defaultdict(set)
    for line in report.anggaran:
        levels[line.table_id].add(line.tingkat)
    levelled = {table_id for table_id, found in levels.items() if len(found - {"total"}) > 1}
    for table in report.tables:
        if table.raw.table_id in cells:
            table_id = table.raw.table_id
            yield Grid(table, cells[table_id], frozenset(money[table_id]), table_id in levelled)


def parts_of(figures: Sequence[Figure | None]) -> tuple[list[Figure], Figure | None]:
    """The figures that count (a dash is nothing), and the first that stands there but is no number."""
    there = [figure for figure in figures if figure is not None]
    unread = (f for f in there if not usable(f) and f.status not in (Status.KOSONG, Status.STRIP))
    return [figure for figure in there if usable(figure)], next(unread, None)
