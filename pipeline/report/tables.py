"""Every table as it was read, with ticks on what was checked and agrees and marks on what findings touch."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report.labels import Both
from pipeline.report.marks import Marks
from pipeline.report.model import Cell, Row, TableRow, TableView
from pipeline.report.places import Lookup, at
from pipeline.report.text import visible

MOST_ROWS = 3000  # of one table on a page; the rest is in `sel`
CELL = 2000


def table_views(lookup: Lookup, marks: Marks) -> tuple[TableView, ...]:
    """All tables in document order."""
    return tuple(_view(row, lookup, marks) for row in lookup.data["tabel"])


def _view(table: Row, lookup: Lookup, marks: Marks) -> TableView:
    table_id = table["table_id"]
    cells = lookup.cells.get(table_id, ())
    head = lookup.header_rows(table_id)
    rows: list[list[Cell]] = []
    taken = -1
    for cell in cells:
        if cell["row"] >= MOST_ROWS:
            break
        while taken < cell["row"]:
            rows.append([])
            taken += 1
        rows[-1].append(_cell(cell, table, marks))
    shown = [cell for row in rows for cell in row]
    return TableView(
        table_id=table_id,
        name=lookup.table_name(table_id),
        title=visible(table["title"], 400) if table["label"] else "",
        kind=table["kind"],
        place=_extent(table),
        rows=tuple(TableRow(tuple(row), head=i < head) for i, row in enumerate(rows)),
        n_ok=sum(cell.mark == "ok" for cell in shown),
        n_wrong=sum(cell.mark == "wrong" for cell in shown),
        pieces=table["pieces"],
        more=max(0, table["n_rows"] - MOST_ROWS),
    )


def _cell(cell: Row, table: Row, marks: Marks) -> Cell:
    spot = (table["table_id"], cell["row"], cell["col"])
    mark, finding, rules = marks.of(spot)
    return Cell(
        text=visible(cell["text"], CELL),
        mark=mark,
        rows=max(1, min(cell["row_span"], table["n_rows"] - cell["row"], MOST_ROWS - cell["row"])),
        cols=max(1, min(cell["col_span"], 1000)),
        anchor=f"{spot[0]}-{spot[1]}-{spot[2]}" if mark in ("wrong", "seen") else "",
        finding=finding,
        checks=rules,
        number=spot in marks.numbers,
    )


def _extent(table: Row) -> Both:
    """From where to where a table stands."""
    first, last = at(table["page_first"], table["line_first"]), at(table["page_last"], table["line_last"])
    if first == last or not last.id:
        return first
    end = table["page_last"] if table["page_last"] is not None else table["line_last"]
    return Both(f"{first.id}–{end}", f"{first.en}–{end}")


def statements(lookup: Lookup, findings: Sequence[Row]) -> list[tuple[Both, list[tuple[str, str]]]]:
    """Every statement of running text with its figures marked, in document order."""
    from pipeline.report.evidence import pieces

    wrong, seen = set(), set()
    for finding in findings:
        wrong.update(finding["angka"][:1])
        seen.update(finding["angka"][1:])
    of: dict[str, list[Row]] = {}
    for figure in lookup.data["angka"]:
        if figure["dataset"] == "klaim":
            of.setdefault(figure["record_id"], []).append(figure)
    shown = []
    for claim in lookup.data["klaim"]:
        marked = []
        for figure in of.get(claim["record_id"], ()):
            id_ = figure["angka_id"]
            mark = "wrong" if id_ in wrong else "seen" if id_ in seen else "ok" if id_ in lookup.agreeing else "plain"
            marked.append((visible(figure["text"], 200), mark))
        shown.append((at(claim["page"], claim["line"]), list(pieces(visible(claim["kalimat"]), marked))))
    return shown
