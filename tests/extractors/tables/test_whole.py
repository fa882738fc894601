"""All pieces of a table on one grid."""

from __future__ import annotations

from extractors.tables.stitch import stitch
from extractors.tables.tabbed import blocks
from extractors.tables.whole import Draft, merged, whole_table
from schemas.document import Document, Place, SourceLine
from schemas.table import Cell, RawTable

PLACE = Place(page=1)


def tables_of(text: str) -> list[RawTable]:
    lines = tuple(SourceLine(i, t) for i, t in enumerate(text.split("\n"), 1))
    return stitch(blocks(Document("a.txt", "0" * 64, "text", lines)))[0]


def body(table: RawTable) -> list[list[str]]:
    return [[c.text if c else "" for c in row] for row in table.rows[table.n_header :]]


def row(*texts: str) -> tuple[Cell | None, ...]:
    return tuple(Cell(7, j, text, PLACE) for j, text in enumerate(texts))


def draft(*rows: tuple[Cell | None, ...]) -> Draft:
    return Draft([row("Program", "Anggaran")], list(rows), None, 1, "ruled", 1.0, PLACE, PLACE)


def test_a_draft_without_a_text_is_no_table() -> None:
    empty = draft(row("", ""))
    empty.header = []
    assert whole_table(empty, "t001") is None


def test_cells_are_numbered_as_they_stand_and_empty_rows_left_out() -> None:
    table = whole_table(draft(row("Satu", "1.000"), row("", ""), row("Dua", "2.000")), "t001")
    assert table is not None
    assert body(table) == [["Satu", "1.000"], ["Dua", "2.000"]]
    assert [[(c.row, c.col) for c in r if c] for r in table.rows] == [[(i, 0), (i, 1)] for i in range(3)]


def test_a_name_that_slipped_below_its_figures_is_joined_to_them() -> None:
    table = whole_table(draft(row("Satu", "1.000"), row("", "2.000"), row("Program Dua", "")), "t001")
    assert table is not None
    assert body(table) == [["Satu", "1.000"], ["Program Dua", "2.000"]]


def test_two_halves_of_a_row_are_one() -> None:
    whole = merged(row("Program Penga-", "4.227.", ""), row("wasan", "640.044", "90%"))
    assert [c.text for c in whole if c] == ["Program Penga-wasan", "4.227. 640.044", "90%"]
    assert [c.row for c in whole if c] == [7, 7, 7]


def test_a_lone_currency_column_joins_the_number() -> None:
    tables = tables_of("Program\tAnggaran\t\nSatu\tRp.\t1.000.000\nDua\tRp.\t2.000.000")
    assert body(tables[0]) == [["Satu", "1.000.000"], ["Dua", "2.000.000"]]
    assert [c.text if c else "" for c in tables[0].rows[0]] == ["Program", "Anggaran"]


def test_a_row_that_lost_its_first_cell_moves_back() -> None:
    rows = "\n".join(
        f"{i}\tPenyusunan dokumen nomor {i} perangkat daerah\tJumlah dokumen yang disusun\t{i}0" for i in range(1, 6)
    )
    tables = tables_of(
        f"No\tKegiatan\tIndikator\tTarget\n{rows}\nPelaksanaan koordinasi perangkat daerah\tJumlah orang yang mengikuti\t1700\t"
    )
    assert body(tables[0])[-1] == ["", "Pelaksanaan koordinasi perangkat daerah", "Jumlah orang yang mengikuti", "1700"]


def test_a_total_row_stays_where_it_stands() -> None:
    tables = tables_of(
        "No\tProgram\tAnggaran\tKeterangan\n1\tSatu\t1.000.000\tAPBD\n2\tDua\t2.000.000\tAPBD\n3\tTiga\t2.000.000\t\nJumlah\t\t5.000.000\t"
    )
    assert body(tables[0])[-1] == ["Jumlah", "", "5.000.000", ""]
