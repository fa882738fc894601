"""Figures of tables that no record uses: staff and asset tables, total and average rows, difference columns.

Every numeric cell is read as it stands; what adds up to what is the checker's matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

import regex

from extractors.cells import MONEY, PERCENT, TableReader
from extractors.numbers import Style, decide_style, make_figure, parse
from extractors.tables.rows import LIST_NUMBER, texts
from schemas.figure import Figure, Status
from schemas.records import Column

NO_FIGURES = frozenset({"nomor", "kode", "tahun", "satuan", "rumus", "keterangan", "predikat"})
NAMES = frozenset({"uraian", "program", "kegiatan", "sub_kegiatan", "tujuan", "sasaran", "indikator"})
READ = frozenset({Status.ANGKA, Status.RUSAK, Status.STRIP})
# A number, alone or with its unit ("34 lokasi", "294 hari", "12 %").
NUMERIC = regex.compile(r"^[(]?\s*(?:Rp\.?\s*)?-?\d[\d.,\s]*\)?\s*(?:%|,-)?\s*(?:\p{L}[\p{L}/]{1,14})?\s*$", regex.I)
DASH = regex.compile(r"^(?:Rp\.?\s*)?[-–]+$", regex.I)
GROUP = regex.compile(r"^\D*(\d{1,3})(?P<sign>[.,])(\d{3})\D*$")
DECIMALS = regex.compile(r"\d[.,]\d{1,2}\D*$")
MARK = regex.compile(r"^\(?\d{1,3}[.)]+$")
YEAR = regex.compile(r"^(?:19|20)\d{2}$")
SHARE = 0.6  # of a column's filled cells that are numbers, before a column of words counts as one of figures
ENGLISH = {".": "id", ",": "en"}


def other_figures(reader: TableReader, used: Collection[str]) -> list[Figure]:
    """The figures of one table whose ids (table, row and column) no record has, row by row."""
    found: list[Figure] = []
    head = {c.index: _last_line(c.header) for c in reader.table.columns}
    columns = [c for c in reader.table.columns if c.role not in NO_FIGURES and _numeric(reader, c)]
    styles = {c.index: _style(reader, c) for c in columns}
    for row in reader.body:
        for column in columns:
            cell = reader.cell(row, column.index)
            if cell is None or f"{reader.table.raw.table_id}r{row}c{column.index}" in used:
                continue
            text = _without_header(cell.text.strip(), head[column.index], reader, column.index)
            if not (NUMERIC.match(text) or DASH.match(text)) or YEAR.match(text):
                continue  # a bare year in a column of figures is part of a header set in two lines
            parsed = parse(text, style=styles[column.index], kind=_kind(column), scale=_scale(column))
            if parsed.status in READ:
                where = {"table_id": reader.table.raw.table_id, "row": row, "col": column.index}
                figure_id = f"{reader.table.raw.table_id}r{row}c{column.index}"
                found.append(
                    make_figure(parsed, text, id=figure_id, place=cell.place, confidence=cell.confidence, **where)  # type: ignore[arg-type]
                )
    return found


def _numeric(reader: TableReader, column: Column) -> bool:
    cells = [t for row in reader.body for t in [reader.text(row, column.index)] if t]
    if (
        not cells
        or all(YEAR.match(t) for t in cells)
        or _numbering([t for t in cells if NUMERIC.match(t) or MARK.match(t)])
    ):
        return False
    if column.role in NAMES or column.role == "lain":
        numbers = sum(bool(NUMERIC.match(t) or DASH.match(t)) for t in cells)
        if column.role in NAMES and all(LIST_NUMBER.match(t) for t in cells):
            return False
        return numbers >= SHARE * len(cells) or (column.role == "lain" and numbers > 1 and column.index > 0)
    return True


def _numbering(cells: Sequence[str]) -> bool:
    """List marks ("1.", "2)"), whatever the column is called."""
    return bool(cells) and all(MARK.match(t) for t in cells)


def _style(reader: TableReader, column: Column) -> Style | None:
    """How the column writes numbers; where all its separators are followed by three digits, they group thousands."""
    cells = [t for row in reader.body for t in [reader.text(row, column.index)] if NUMERIC.match(t)]
    signs = {m["sign"] for t in cells for m in [GROUP.match(t)] if m}
    decided = decide_style(cells, None)
    if decided.grouping != "unknown":
        return decided
    if len(signs) == 1 and not any(DECIMALS.search(t) for t in cells) and column.role not in PERCENT:
        return Style(ENGLISH[signs.pop()])
    return decide_style(cells, reader.fallback)


def _without_header(text: str, head: str, reader: TableReader, col: int) -> str:
    """A number without the header that a page break set under it in one cell ("9 JUMLAH TEMUAN 2016")."""
    first = texts(reader.table.raw.rows[0])
    for title in (head, first[col] if col < len(first) else ""):
        if len(title) > 2 and text != title and text.endswith(title):
            return text.removesuffix(title).strip()
    return text


def _last_line(header: str) -> str:
    return header.split(" > ")[-1].strip()


def _kind(column: Column) -> str:
    if column.role in MONEY or column.unit == "rp":
        return "money"
    return "percent" if column.role in PERCENT or column.unit == "persen" else "plain"


def _scale(column: Column) -> Decimal:
    return column.scale if column.role in MONEY else Decimal(1)


def used_ids(records: Sequence[object]) -> Iterator[str]:
    """Ids of the figures that some records hold."""
    for record in records:
        for name in ("anggaran", "realisasi", "persen", "target", "capaian"):
            figure = getattr(record, name, None)
            if isinstance(figure, Figure):
                yield figure.id
