"""One table is one table, however many pieces."""

from __future__ import annotations

from extractors.tables.stitch import stitch
from extractors.tables.tabbed import blocks
from schemas.document import Document, SourceLine
from schemas.table import RawTable, TextLine


def tables_of(text: str) -> tuple[list[RawTable], list[TextLine]]:
    lines = tuple(SourceLine(i, t) for i, t in enumerate(text.split("\n"), 1))
    return stitch(blocks(Document("a.txt", "0" * 64, "text", lines)))


def body(table: RawTable) -> list[list[str]]:
    return [[c.text if c else "" for c in row] for row in table.rows[table.n_header :]]


HEAD = "Kode\tProgram\tAnggaran\tRealisasi"


def test_pieces_without_a_repeated_header_are_one_table() -> None:
    tables, _ = tables_of(f"Tabel 3.1\nRealisasi\n\n{HEAD}\n1.01\tSatu\t1.000\t900\n\n1.02\tDua\t2.000\t1.900")
    assert len(tables) == 1
    assert (tables[0].label, tables[0].title, tables[0].pieces) == ("3.1", "Realisasi", 2)
    assert [r[1] for r in body(tables[0])] == ["Satu", "Dua"]


def test_a_repeated_header_and_column_numbers_are_taken_out() -> None:
    numbers = "(1)\t(2)\t(3)\t(4)=3/2"
    tables, _ = tables_of(f"{HEAD}\n{numbers}\n1.01\tSatu\t1.000\t900\n\n{HEAD}\n{numbers}\n1.02\tDua\t2.000\t1.900")
    assert len(tables) == 1
    assert tables[0].n_header == 1
    assert [r[0] for r in body(tables[0])] == ["1.01", "1.02"]


def test_a_name_cut_by_the_page_goes_on_in_the_next_piece() -> None:
    tables, _ = tables_of(
        f"{HEAD}\n1.01\tProgram Pengawasan\t1.000\t900\n\n\tKemasyarakatan\t\t\n1.02\tDua\t2.000\t1.900"
    )
    assert body(tables[0])[0] == ["1.01", "Program Pengawasan Kemasyarakatan", "1.000", "900"]
    assert len(body(tables[0])) == 2


def test_a_number_that_stands_in_the_next_piece_fills_its_cell() -> None:
    tables, _ = tables_of("No\tIndikator\tTarget\tCapaian\n1\tIndeks\t10\t\n\n\tdan seterusnya\t\t99,23 %")
    assert body(tables[0]) == [["1", "Indeks dan seterusnya", "10", "99,23 %"]]


def test_a_full_record_after_a_group_row_is_no_continuation() -> None:
    tables, _ = tables_of(
        "No\tIndikator\tTarget\tRealisasi\n1\tSasaran I: Meningkatnya mutu\t\t\n\n\tPersentase layanan\t100%\t90%"
    )
    assert len(body(tables[0])) == 2


def test_text_between_makes_another_table() -> None:
    tables, text = tables_of(
        f"{HEAD}\n1.01\tSatu\t1.000\t900\n\nUraian program adalah sebagai berikut.\n\n{HEAD}\n1.02\tDua\t2.000\t1.900"
    )
    assert len(tables) == 2
    assert [t.text for t in text] == ["Uraian program adalah sebagai berikut."]


def test_another_header_right_below_is_another_table_with_the_same_caption() -> None:
    tables, _ = tables_of(
        "Tabel 2.3\nPerjanjian Kinerja\n\nNo\tSasaran\tIndikator\tTarget\n1\tMutu\tIndeks\t80\n\nNo\tProgram\tAnggaran\tKeterangan\n1\tSatu\t1.000\tAPBD"
    )
    assert [(t.label, t.title) for t in tables] == [("2.3", "Perjanjian Kinerja")] * 2


def test_a_line_that_leads_on_keeps_the_caption() -> None:
    first = f"Tabel 2.6 Perjanjian Kinerja Perubahan\n\n{HEAD}\n1.01\tSatu\t1.000\t900"
    second = "No\tSasaran\tIndikator\tTarget\n1\tMutu\tIndeks\t80"
    for line, label in (("Dengan rincian sebagai berikut :", "2.6"), ("Peserta mengikuti pelatihan.", None)):
        tables, _ = tables_of(f"{first}\n\n{line}\n\n{second}")
        assert [t.label for t in tables] == ["2.6", label]


def test_a_header_alone_and_its_body_after_a_gap_are_one_table() -> None:
    tables, _ = tables_of("Indikator\tSatuan\tTarget\n---\t---\t---\n\nPersentase ormas\t%\t95%")
    assert len(tables) == 1
    assert body(tables[0]) == [["Persentase ormas", "%", "95%"]]


def test_captions_in_all_their_spellings() -> None:
    for line, label in (
        ("Tabel III.10 Realisasi", "III.10"),
        ("*Tabel .2.3", "2.3"),
        ("Table II.2", "II.2"),
        ("Tabel I. 1", "I.1"),
        ("Tabel 2.1.", "2.1"),
    ):
        tables, _ = tables_of(f"{line}\nAnggaran Tahun 2024\n\n{HEAD}\n1\tSatu\t1.000\t900")
        assert tables[0].label == label, line
        assert tables[0].title is not None
        assert "2024" in tables[0].title


def test_a_caption_on_three_lines_and_one_below() -> None:
    above, _ = tables_of(f"Tabel 1.2\nJumlah\nBerdasarkan Status\nTahun 2024\n\n{HEAD}\n1\tSatu\t1.000\t900")
    assert above[0].title == "Jumlah Berdasarkan Status Tahun 2024"
    below, _ = tables_of(
        f"Kalimat pengantar di atas.\n\n{HEAD}\n1\tSatu\t1.000\t900\n\nTabel 4.1 Anggaran\n\nKalimat penutup."
    )
    assert below[0].label == "4.1"


def test_a_sentence_about_a_table_is_no_caption() -> None:
    tables, text = tables_of(f"Tabel 3.1 menunjukkan bahwa anggaran naik.\n\n{HEAD}\n1\tSatu\t1.000\t900")
    assert tables[0].label is None
    assert len(text) == 1


def test_a_table_of_contents_is_no_table() -> None:
    tables, _ = tables_of(
        "DAFTAR ISI\n\nKATA PENGANTAR\tii\nBAB I PENDAHULUAN\t1\n1.1 Latar Belakang.....\t2\nTabel 1.1 Anggaran\t3"
    )
    assert tables == []


def test_header_words_left_as_lines_of_their_own() -> None:
    tables, text = tables_of("Program\n\nAnggaran\n\n| Satu | Rp | 1.000.000 |\n| Dua | Rp | 2.000.000 |")
    assert [c.text if c else "" for c in tables[0].rows[0]] == ["Program", "Anggaran"]
    assert text == []
