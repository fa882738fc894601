"""What tables say that give no records (revenue by year, calculations): a row's name, a column's year, a figure.

A sentence or an indicator may be about such a cell: the sentence by the row's name and the column's year, the indicator
by the words of row and column together ("Pendapatan Daerah" under "Kenaikan (%)").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.reconcile.figures import number, usable
from pipeline.reconcile.grid import Grid, grids
from pipeline.reconcile.interval import is_money
from pipeline.reconcile.names import tokens
from pipeline.reconcile.once import once
from pipeline.reconcile.pairing import Pairing
from pipeline.reconcile.slips import is_slip
from pipeline.reconcile.words import kind
from schemas.figure import Figure
from schemas.records import Kinerja, Report
from schemas.values import value

OTHER_TABLE = "tidak ada angka lain teks ini yang cocok dengan tabel itu: mungkin tidak tentang hal yang sama"
LEAST = 2  # words of an indicator that row and column must give together


@value(frozen=True, slots=True)
class Cell:
    """One figure of such a table, with the telling words of its row and column and the year its column gives."""

    words: frozenset[str]
    head: frozenset[str]
    year: int | None
    figure: Figure


@once
def cells(report: Report) -> tuple[Cell, ...]:
    """The named figures of all tables that give no records."""
    taken = {record.table_id for records in (report.anggaran, report.kinerja) for record in records}
    return tuple(cell for grid in grids(report) if grid.id not in taken for cell in _cells(grid))


def _cells(grid: Grid) -> Iterator[Cell]:
    heads = {col: telling(" ".join(grid.path(col))) for col in grid.columns}
    years = {col: column.year for col in grid.columns if (column := grid.column(col)) is not None}
    for row in grid.rows:
        words = telling(grid.label(row))
        for col, figure in grid.cells[row].items() if words else ():
            if col in heads and usable(figure):
                yield Cell(words, heads[col], years.get(col), figure)


def telling(name: str) -> frozenset[str]:
    """The words of a name that name something in particular, years left out."""
    general = kind("umum")
    return frozenset([word for word in tokens(name) if word not in general and not word.isdigit()])


def with_other_tables(report: Report, paired: set[tuple[str, str]]) -> list[Pairing]:
    """Amounts of sentences that no budget line is about, against the cell whose row they name in their year."""
    by_words: dict[tuple[frozenset[str], int | None], list[Figure]] = defaultdict(list)
    for cell in cells(report):
        if is_money(cell.figure):
            by_words[cell.words, cell.year].append(cell.figure)
    found = []
    for klaim in report.klaim:
        for field in ("anggaran", "realisasi"):
            figure: Figure | None = getattr(klaim, field)
            if figure is None or not usable(figure) or not is_money(figure) or (klaim.record_id, field) in paired:
                continue
            there = by_words.get((telling(klaim.subjek or ""), klaim.tahun), [])
            if len({other.value for other in there}) == 1:
                found.append(Pairing(klaim, field, figure, tuple(there)))
    return _trusted(found)


def _trusted(found: list[Pairing]) -> list[Pairing]:
    """Differences count where another sentence agrees with the same table, or where a slip explains them."""
    agreeing = {other.table_id for pairing in found for other in pairing.agreeing}
    result = []
    for pairing in found:
        slip = any(is_slip(number(pairing.figure), number(other)) for other in pairing.others)
        trusted = bool(pairing.agreeing) or slip or any(other.table_id in agreeing for other in pairing.others)
        doubt = None if trusted else OTHER_TABLE
        result.append(Pairing(pairing.klaim, pairing.field, pairing.figure, pairing.others, doubt))
    return result


def named_by_cells(report: Report) -> Iterator[tuple[Kinerja, Figure, Figure]]:
    """Indicators with the cell of another table that their name names by row and column: row, realisasi, the cell."""
    by_words: dict[frozenset[str], list[Cell]] = defaultdict(list)
    for cell in cells(report):
        if cell.head and cell.head != cell.words and not is_money(cell.figure):
            by_words[cell.words | cell.head].append(cell)
    for record in report.kinerja:
        words = telling(record.indikator)
        if len(words) < LEAST or record.periode or record.acuan != "tahunan" or record.tahun != report.identity.year:
            continue
        named = [c.figure for c in by_words.get(words, ()) if c.year in (None, record.tahun)]
        if len({figure.value for figure in named}) == 1 and usable(record.realisasi) and record.realisasi is not None:
            yield record, record.realisasi, named[0]
