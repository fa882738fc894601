"""Rows of `halaman`, `tabel` and `sel`: what was read, before any meaning."""

from __future__ import annotations

from pipeline.cells import Row, place_cells
from schemas.document import Document, PageStatus
from schemas.records import Report


def halaman_rows(document: Document) -> list[Row]:
    """One row for each page; a text file, which has none, gives one row without a number."""
    if not document.pages:
        words = sum(len(line.text.split()) for line in document.lines)
        return [
            {
                "page": None,
                "status": PageStatus.READ.value,
                "reason": None,
                "method": "text",
                "rotation": 0,
                "words": words,
            }
        ]
    return [
        {
            "page": page.number,
            "status": page.status.value,
            "reason": page.reason,
            "method": page.method,
            "rotation": page.rotation,
            "words": len(page.words),
        }
        for page in document.pages
    ]


def tabel_rows(report: Report) -> list[Row]:
    """One row for each whole table."""
    return [
        {
            "table_id": typed.raw.table_id,
            "label": typed.raw.label,
            "title": typed.raw.title,
            "kind": typed.kind,
            "page_first": typed.raw.place_first.page,
            "page_last": typed.raw.place_last.page,
            "line_first": typed.raw.place_first.line,
            "line_last": typed.raw.place_last.line,
            "pieces": typed.raw.pieces,
            "n_rows": len(typed.raw.rows),
            "n_cols": typed.raw.n_cols,
            "method": typed.raw.method,
            "confidence": min(typed.confidence, typed.raw.confidence),
        }
        for typed in report.tables
    ]


def sel_rows(report: Report) -> list[Row]:
    """One row for each printed cell, the empty ones too; what a merged neighbour covers has none.

    `row` and `col` are the position in the table's rows, to which figures, records and evidence refer.
    """
    rows = []
    for typed in report.tables:
        table_id = typed.raw.table_id
        for i, cells in enumerate(typed.raw.rows):
            for j, cell in enumerate(cells):
                if cell is not None:
                    row = place_cells(cell.place, box=True)
                    row["table_id"], row["row"], row["col"] = table_id, i, j
                    row["row_span"], row["col_span"], row["text"] = cell.row_span, cell.col_span, cell.text
                    rows.append(row)
    return rows
