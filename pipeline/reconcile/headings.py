"""Column headers that belong to another table or another column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.reconcile.names import tokens
from pipeline.reconcile.screen import YEARS, joined
from pipeline.reconcile.years import SPAN, span_of
from schemas.checks import Evidence
from schemas.document import Place
from schemas.records import Column, Report, TypedTable
from schemas.table import Cell

_BY = re.compile(r"(?:berdasarkan|menurut)\s+(.+)$", re.IGNORECASE)
_ACTUAL = re.compile(r"realisasi|capaian", re.IGNORECASE)
_AIM = re.compile(r"target", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """A header that is not that of its column, with what it should say."""

    what: str
    subject: str
    stated: str
    expected: str
    place: Place
    table_id: str
    seen: tuple[Evidence, ...]


def copied(report: Report) -> Iterator[Header]:
    """Tables "berdasarkan X" whose column of names is headed by what the table before them is about."""
    before: TypedTable | None = None
    for table in report.tables:
        mine, theirs = _subject(table), _subject(before) if before is not None else None
        if mine and theirs and before is not None and table.raw.n_header:
            for column in table.columns:
                cell = _cell(table, column)
                if column.role not in ("lain", "uraian") or cell is None or not cell.text.strip():
                    continue
                words = set(tokens(cell.text))
                if words and words <= set(tokens(theirs)) and not words & set(tokens(mine)):
                    name = f"Kepala kolom tabel {table.raw.label or table.raw.title}"
                    seen = (
                        Evidence(cell.text, cell.place, table.raw.table_id, cell.row, cell.col),
                        Evidence(before.raw.title or "", before.raw.place_first, before.raw.table_id),
                    )
                    stated = " ".join(cell.text.split())
                    yield Header("other_header", name, stated, mine, cell.place, table.raw.table_id, seen)
        before = table


def _subject(table: TypedTable) -> str | None:
    """What a table is about, by its caption ("Data PNS berdasarkan Jabatan": Jabatan)."""
    found = _BY.search(table.raw.title or "")
    return " ".join(found[1].split()) if found and table.kind == "lain" else None


def _cell(table: TypedTable, column: Column) -> Cell | None:
    for row in table.raw.rows[: table.raw.n_header]:
        cell = row[column.index] if column.index < len(row) else None
        if cell is not None and cell.text.strip():
            return cell
    return None


def plan_ends(report: Report) -> Iterator[Header]:
    """Columns of a plan's last year that are headed "realisasi" although that year lies ahead."""
    year = report.identity.year
    spans = (span_of(found) for found in joined(report.text).matches(SPAN, YEARS))
    ends = {last for first, last in spans if first <= year <= last}
    if not ends or max(ends) <= year:
        return
    for table in report.tables:
        for column in table.columns:
            if column.role != "target" or column.acuan != "akhir_rencana" or column.year not in (None, max(ends)):
                continue
            if not _ACTUAL.search(column.header) or _AIM.search(column.header):
                continue
            cells = [row[column.index] for row in table.raw.rows[: table.raw.n_header] if column.index < len(row)]
            cell = next((cell for cell in reversed(cells) if cell is not None and _ACTUAL.search(cell.text)), None)
            if cell is None:
                continue
            group = " ".join((column.group or column.header.split(">")[0]).split())
            seen = (Evidence(cell.text, cell.place, table.raw.table_id, cell.row, cell.col),)
            name = f"Kolom {group}"
            stated = " ".join(cell.text.split())
            yield Header("other_plan_end", name, stated, "Target", cell.place, table.raw.table_id, seen)
