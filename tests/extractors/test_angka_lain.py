"""Figures of tables that no record uses."""

from __future__ import annotations

from decimal import Decimal

from extractors.angka_lain import other_figures
from extractors.cells import TableReader
from schemas.document import Place
from schemas.records import Column, TypedTable
from schemas.table import Cell, RawTable


def figures(
    roles: list[str], header: list[str], *rows: list[str], used: set[str] | None = None
) -> dict[str, Decimal | None]:
    cells = [
        tuple(Cell(n, c, text, Place(line=n)) for c, text in enumerate(row)) for n, row in enumerate([header, *rows])
    ]
    raw = RawTable("t1", None, None, tuple(cells), 1, 1, "tabbed", 1.0, Place(line=0), Place(line=9))
    columns = tuple(Column(n, role, header[n]) for n, role in enumerate(roles))
    reader = TableReader.of(TypedTable(raw, "lain", columns), None)
    return {figure.id: figure.value for figure in other_figures(reader, used or set())}


def test_three_digits_after_the_only_separator_are_thousands() -> None:
    found = figures(
        ["nomor", "lain", "lain"], ["No", "Perangkat", "Jumlah Perangkat"],
        ["1", "Komputer", "1,426"], ["2", "Pencetak", "427"], ["", "", "1,853"],
    )  # fmt: skip
    assert found == {"t1r1c2": Decimal(1426), "t1r2c2": Decimal(427), "t1r3c2": Decimal(1853)}


def test_a_unit_in_the_cell_a_dash_and_a_repeated_header() -> None:
    found = figures(
        ["nomor", "lain", "indikator"], ["No", "Layanan", "TITIK"],
        ["1", "Induk", "34 lokasi"], ["2", "Keliling", "-"], ["3", "Mandiri", "9 TITIK"],
    )  # fmt: skip
    assert found == {"t1r1c2": Decimal(34), "t1r2c2": None, "t1r3c2": Decimal(9)}


def test_numbers_of_rows_codes_and_words_are_no_figures_and_used_ones_are_not_given_again() -> None:
    found = figures(
        ["lain", "indikator", "kode", "anggaran"], ["No", "Uraian", "Kode", "Pagu"],
        ["1.", "Arsip 2024", "1.02.03", "1.000.000"], ["2.", "Buku", "1.02.04", "2.000.000"],
        ["", "Jumlah", "", "3.000.000"], used={"t1r1c3", "t1r2c3"},
    )  # fmt: skip
    assert found == {"t1r3c3": Decimal(3_000_000)}
