"""Cells of a typed table as texts and figures: the step from "what is printed where" to `Figure`s.

How a column writes its numbers (points or commas for thousands) is decided by the column's own unambiguous forms, then by
the document's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.numbers import Style, decide_style, make_figure, parse
from extractors.tables.rows import is_figure
from schemas.document import Place
from schemas.figure import Figure, Status
from schemas.records import Column, Doubt, TypedTable
from schemas.table import Cell

MONEY = {"anggaran", "realisasi_anggaran", "selisih"}
PERCENT = {"persen", "capaian"}


@dataclass(slots=True)
class TableReader:
    """Reads cells of one typed table; figures are made once and kept (`angka` holds every printed figure once)."""

    table: TypedTable
    fallback: Style | None
    doubts: list[Doubt]
    _styles: dict[int, Style]
    _figures: dict[tuple[int, int], Figure]
    _columns: dict[tuple[str, ...], list[Column]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: TypedTable, fallback: Style | None) -> TableReader:
        reader = cls(table, fallback, [], {}, {})
        columns = [c for c in table.columns if c.role in MONEY | PERCENT | {"target", "realisasi", "jumlah"}]
        texts = {c.index: [t for i in reader.body for t in [reader.text(i, c.index)] if is_figure(t)] for c in columns}
        # Money columns of one table are written alike: they decide together, then each column for itself.
        money = decide_style([t for c in columns if c.role in MONEY for t in texts[c.index]], fallback)
        for column in columns:
            base = money if column.role in MONEY else fallback
            reader._styles[column.index] = decide_style(texts[column.index], base)
        return reader

    @property
    def body(self) -> range:
        return range(self.table.raw.n_header, len(self.table.raw.rows))

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell printed at (row, col), or the merged cell that covers it; None where there is none."""
        cells = self.table.raw.rows[row]
        if col >= len(cells):
            return None
        return cells[col]

    def text(self, row: int, col: int | None) -> str:
        if col is None:
            return ""
        cells = self.table.raw.rows[row]
        cell = cells[col] if col < len(cells) else None
        return cell.text.strip() if cell is not None else ""

    def place(self, row: int, col: int | None = None) -> Place:
        """Place of a cell, or of the first filled cell of the row."""
        cell = self.cell(row, col) if col is not None else None
        if cell is not None:
            return cell.place
        cells = [c for c in self.table.raw.rows[row] if c is not None]
        return next((c.place for c in cells if c.text), cells[0].place if cells else Place())

    def figure(self, row: int, col: int | None) -> Figure | None:
        """The figure at (row, col); None where the table has no such cell (a column that is missing or covered)."""
        if col is None:
            return None
        if (row, col) in self._figures:
            return self._figures[row, col]
        cell = self.cell(row, col)
        if cell is None:
            return None
        column = self.table.columns[col]
        kind = "money" if column.role in MONEY else "percent" if self._in_percent(row, column) else "plain"
        parsed = parse(cell.text, style=self._styles.get(col, self.fallback), kind=kind, scale=column.scale)
        figure = make_figure(
            parsed,
            cell.text,
            id=f"{self.table.raw.table_id}r{row}c{col}",
            place=cell.place,
            confidence=cell.confidence,
            table_id=self.table.raw.table_id,
            row=row,
            col=col,
        )
        if parsed.doubt:
            self.doubts.append(
                Doubt("angka", parsed.doubt, cell.place, cell.text, self.table.raw.table_id, row, col, cell.confidence)
            )
        self._figures[row, col] = figure
        return figure

    def _in_percent(self, row: int, column: Column) -> bool:
        """Is the figure a percentage by its column, or by the unit that its own row gives?"""
        if column.role in PERCENT:
            return True
        units = [t for c in self.columns("satuan") for t in [self.text(row, c.index).strip("() ").casefold()] if t]
        if units:
            return units[0] in {"%", "persen"}
        return column.unit == "persen"

    def columns(self, *roles: str) -> list[Column]:
        """Columns with one of these roles, from the left."""
        if roles not in self._columns:
            self._columns[roles] = [c for c in self.table.columns if c.role in roles]
        return self._columns[roles]


def has_content(figure: Figure | None) -> bool:
    """Is anything printed in the figure's place?"""
    return figure is not None and figure.status is not Status.KOSONG


def printed(figure: Figure | None) -> Figure | None:
    """The figure, or None where nothing is printed."""
    return figure if has_content(figure) else None


def document_style(tables: Sequence[TypedTable]) -> Style:
    """How the document as a whole writes its amounts: by the unambiguous forms of all its money columns."""
    texts: list[str] = []
    for table in tables:
        wanted = [c.index for c in table.columns if c.role in MONEY]
        for row in table.raw.rows[table.raw.n_header :]:
            texts.extend(row[j].text for j in wanted if j < len(row) and row[j] is not None and is_figure(row[j].text))  # type: ignore[union-attr]
    return decide_style(texts, None)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())
