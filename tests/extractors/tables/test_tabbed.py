"""Lines of text -> rows and running text."""

from __future__ import annotations

from extractors.tables.broken import split_row
from extractors.tables.tabbed import blocks, split_cells
from schemas.document import Document, SourceLine
from schemas.table import TablePiece, TextLine


def document(text: str) -> Document:
    lines = tuple(SourceLine(i, t) for i, t in enumerate(text.split("\n"), 1))
    return Document("a.txt", "0" * 64, "text", lines)


def test_tabs_and_pipes_are_rows_and_the_rest_is_text() -> None:
    found = blocks(document("Judul\n\nNo\tNama\n1\tSatu\nPenutup\n| a | b |\n|---|---|\n| 1 | 2 |"))
    kinds = [type(b).__name__ for b in found]
    assert kinds == ["TextLine", "TablePiece", "TextLine", "TablePiece"]
    first = found[1]
    assert isinstance(first, TablePiece)
    assert [[c.text for c in row if c] for row in first.rows] == [["No", "Nama"], ["1", "Satu"]]
    assert first.rows[1][1] is not None
    assert first.rows[1][1].place.line == 4
    pipes = found[3]
    assert isinstance(pipes, TablePiece)
    assert len(pipes.rows) == 2


def test_a_separator_row_is_no_row_but_a_row_of_nil_is() -> None:
    found = blocks(document("A\tB\n---\t------\n-\t-"))
    assert isinstance(found[0], TablePiece)
    assert [[c.text for c in row if c] for row in found[0].rows] == [["A", "B"], ["-", "-"]]


def test_a_blank_line_ends_a_piece() -> None:
    assert sum(isinstance(b, TablePiece) for b in blocks(document("a\tb\n\nc\td"))) == 2


def test_text_lines_keep_their_list_mark_and_typography() -> None:
    line = blocks(document("  - a. **Program** satu"))[0]
    assert isinstance(line, TextLine)
    assert (line.text, line.bullet, line.indent) == ("Program satu", "- a.", 2.0)
    heading = blocks(document("\n**BAB III**"))[0]
    assert isinstance(heading, TextLine)
    assert heading.heading
    assert heading.blank_before


def test_a_stray_tab_is_no_table() -> None:
    assert split_cells("kalimat biasa\t") is None
    assert split_cells("Nama\t: Dinas") == ["Nama", ": Dinas"]
    assert split_cells(r"| a \| b | c |") == ["a | b", "c"]


def test_several_records_in_one_row_are_taken_apart_only_when_all_cells_agree() -> None:
    assert split_row(["1. Satu 2. Dua", "10% 20%"]) == [["1. Satu", "10%"], ["2. Dua", "20%"]]
    assert split_row(["1. Satu 2. Dua", "10%"]) == [["1. Satu 2. Dua", "10%"]]
    assert split_row(["Satu", "102.780.80 0"]) == [["Satu", "102.780.80 0"]]
    assert split_row(["Satu<br>Dua", "1.000<br>2.000"]) == [["Satu<br>Dua", "1.000<br>2.000"]]
