"""Data to take away: Parquet as it is, CSV that is safe to open, Excel with real numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.report.text import csv_text, excel_text

if TYPE_CHECKING:
    import duckdb

MOST_EXCEL = 1_048_575
_DIGITS = 15  # a number of Excel's holds no more


def parquet(base: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> bytes:
    """The rows as Parquet: decimals stay decimals."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    table = base.sql(query, params=list(values)).to_arrow_table()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def csv(base: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> bytes:
    """The rows as CSV (UTF-8 with a mark for spreadsheets): numbers with a point, nothing that is a formula."""
    import csv as library

    sink = io.StringIO()
    writer = library.writer(sink, lineterminator="\n")
    names, rows = _read(base, query, values)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_text(value) for value in row])
    return b"\xef\xbb\xbf" + sink.getvalue().encode()


def excel(base: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any], title: str) -> bytes:
    """The rows as a workbook of one sheet: numbers are numbers where Excel can hold them, texts are never formulas.

    Raises `ValueError` for more rows than a sheet has.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    sink = io.BytesIO()
    names, rows = _read(base, query, values)
    if len(rows) > MOST_EXCEL:
        raise ValueError(len(rows))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(sink, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _cell(sheet, at, column, value)
        sheet.freeze_panes(1, 0)
        if names:
            sheet.autofilter(0, 0, len(rows), len(names) - 1)
            sheet.set_column(0, len(names) - 1, 18)
    return sink.getvalue()


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) or (isinstance(value, Decimal) and _holds(value)):
        sheet.write_number(row, column, value)
    elif isinstance(value, Decimal):
        sheet.write_string(row, column, format(value, "f"))
    else:
        sheet.write_string(row, column, excel_text(_joined(value)))


def _holds(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) <= _DIGITS


def _read(
    base: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = base.execute(query, list(values))
    return [one[0] for one in found.description or ()], found.fetchall()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int | float) else csv_text(_joined(value))


def _joined(value: Any) -> str:
    """Lists and structs as JSON; texts as they are."""
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
