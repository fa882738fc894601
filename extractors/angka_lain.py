"""Figures of tables that no record uses: staff and asset tables, total and average rows, difference columns.

Every numeric cell is read as it stands; what adds up to what is the checker's matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

import regex

from extractors.cells import MONEY, PERCENT, TableReader
from extractors.numbers import Style, decide_style, make_figure, parse
from extractors.tables.figures import KEPT
from extractors.tables.rows import is_list_number
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
    raw = reader.table.raw
    chosen: list[tuple[Column, Style | None, tuple[str, str]]] = []
    for column in reader.table.columns:
        if column.role in NO_FIGURES:
            continue
        cells = [t for row in reader.body for t in [reader.text(row, column.index)] if t]
        if _numeric(cells, column):
            chosen.append((column, _style(cells, column, reader.fallback), _titles(reader, column)))
    for row in reader.body:
        for column, style, titles in chosen:
            cell = reader.cell(row, column.index)
            if cell is None:
                continue
            figure_id = f"{raw.table_id}r{row}c{column.index}"
            if figure_id in used:
                continue
            text = _without_header(cell.text.strip(), titles)
            if not (_is_numeric(text) or _is_dash(text)) or YEAR.match(text):
                continue  # a bare year in a column of figures is part of a header set in two lines
            parsed = parse(text, style=style, kind=_kind(column), scale=_scale(column))
            if parsed.status in READ:
                where = {"table_id": raw.table_id, "row": row, "col": column.index}
                found.append(
                    make_figure(parsed, text, id=figure_id, place=cell.place, confidence=cell.confidence, **where)  # type: ignore[arg-type]
                )
    return found


@lru_cache(maxsize=KEPT)
def _is_numeric(text: str) -> bool:
    return NUMERIC.match(text) is not None


def _is_dash(text: str) -> bool:
    return DASH.match(text) is not None


def _numeric(cells: Sequence[str], column: Column) -> bool:
    """Whether a column with these filled cells is one of figures."""
    if (
        not cells
        or all(YEAR.match(t) for t in cells)
        or _numbering([t for t in cells if _is_numeric(t) or MARK.match(t)])
    ):
        return False
    if column.role in NAMES or column.role == "lain":
        numbers = sum(_is_numeric(t) or _is_dash(t) for t in cells)
        if column.role in NAMES and all(map(is_list_number, cells)):
            return False
        return numbers >= SHARE * len(cells) or (column.role == "lain" and numbers > 1 and column.index > 0)
    return True


def _numbering(cells: Sequence[str]) -> bool:
    """List marks ("1.", "2)"), whatever the column is called."""
    return bool(cells) and all(MARK.match(t) for t in cells)


def _style(cells: Sequence[str], column: Column, fallback: Style | None) -> Style | None:
    """How the column writes numbers; where all its separators are followed by three digits, they group thousands."""
    cells = [t for t in cells if _is_numeric(t)]
    signs = {m["sign"] for t in cells for m in [GROUP.match(t)] if m}
    decided = decide_style(cells, None)
    if decided.grouping != "unknown":
        return decided
    if len(signs) == 1 and not any(DECIMALS.search(t) for t in cells) and column.role not in PERCENT:
        return Style(ENGLISH[signs.pop()])
    return decide_style(cells, fallback)


def _titles(reader: TableReader, column: Column) -> tuple[str, str]:
    """What a page break may have set under the numbers of a column: its header's last line, and its first cell."""
    first = reader.table.raw.rows[0]
    cell = first[column.index] if column.index < len(first) else None
    return _last_line(column.header), cell.text.strip() if cell is not None else ""


def _without_header(text: str, titles: Sequence[str]) -> str:
    """A number without the header that a page break set under it in one cell ("9 JUMLAH TEMUAN 2016")."""
    for title in titles:
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
