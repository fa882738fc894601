"""Key-value boxes."""

from __future__ import annotations

from extractors.tables.boxes import open_boxes
from extractors.tables.tabbed import blocks
from schemas.document import Document, SourceLine
from schemas.table import Block, TablePiece, TextLine


def opened(text: str) -> list[Block]:
    lines = tuple(SourceLine(i, t) for i, t in enumerate(text.split("\n"), 1))
    return open_boxes(blocks(Document("a.txt", "0" * 64, "text", lines)))


def test_amounts_in_a_box_are_statements() -> None:
    found = opened("| Jumlah Anggaran | : | Rp. 6.701.750.000,00 |\n| Jumlah Realisasi | : | Rp. 6.528.418.580,00 |")
    assert [b.text for b in found if isinstance(b, TextLine)] == [
        "Jumlah Anggaran : Rp. 6.701.750.000,00",
        "Jumlah Realisasi : Rp. 6.528.418.580,00",
    ]
    assert [b.place.line for b in found if isinstance(b, TextLine)] == [1, 2]


def test_a_box_about_one_indicator_is_a_record() -> None:
    found = opened("Indikator\t: Indeks mutu\nTarget\t: 80\nRealisasi\t: 81\nCapaian\t: 101,25%")
    assert isinstance(found[0], TablePiece)
    assert [[c.text for c in row if c] for row in found[0].rows] == [
        ["Indikator", "Target", "Realisasi", "Capaian"],
        ["Indeks mutu", "80", "81", "101,25%"],
    ]


def test_a_table_of_two_columns_is_no_box() -> None:
    found = opened("Program\tAnggaran\nSatu\tRp 1.000\nDua\tRp 2.000")
    assert isinstance(found[0], TablePiece)
    assert len(found[0].rows) == 3
