"""Lines of running text -> statements: what is joined, what is parted, and that every character keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.prose import statements
from schemas.document import Box, Place
from schemas.table import TextLine


def paragraphs(*texts: str) -> list[TextLine]:
    """Lines of a text file with a blank line between them."""
    return [TextLine(text, Place(line=2 * i + 1), blank_before=i > 0) for i, text in enumerate(texts)]


def printed(*rows: tuple[str, float], page: int = 1, left: float = 70) -> list[TextLine]:
    """Lines of a PDF page, each with its right end."""
    return [
        TextLine(text, Place(page=page, box=Box(left, 100 + 15 * i, right, 112 + 15 * i)))
        for i, (text, right) in enumerate(rows)
    ]


def texts(lines: list[TextLine]) -> list[str]:
    return [s.text for s in statements(lines)]


def test_sentence_cut_by_a_page_break_is_one() -> None:
    cut = paragraphs("Realisasi anggaran sebesar Rp.", "3.448.583.365,00 atau setara 89,09 % dari pagu.")
    (whole,) = statements(cut)
    assert whole.text == "Realisasi anggaran sebesar Rp. 3.448.583.365,00 atau setara 89,09 % dari pagu."
    assert whole.place.line == 1
    assert whole.place_at(whole.text.index("3.448")).line == 3


def test_list_mark_before_the_amount_does_not_part_it() -> None:
    lines = [
        TextLine("Penataan Arsip dengan anggaran sebesar Rp.", Place(line=1), bullet="-"),
        TextLine("41.545.400,00 dan realisasi sebesar Rp. 41.471.500,00", Place(line=3), bullet="-", blank_before=True),
    ]
    assert texts(lines) == [
        "Penataan Arsip dengan anggaran sebesar Rp. 41.545.400,00 dan realisasi sebesar Rp. 41.471.500,00"
    ]


def test_a_long_line_that_ends_in_a_word_goes_on_over_the_page() -> None:
    cut = paragraphs(
        "Kegiatan Evaluasi dan Pelaporan di Bidang Pendaftaran Organisasi, Pengawasan",
        "Organisasi Asing dengan anggaran sebesar Rp. 13.000.000,00",
    )
    assert len(texts(cut)) == 1


def test_a_title_does_not_swallow_the_paragraph_under_it() -> None:
    cut = paragraphs(
        "Persentase rata-rata ketercapaian pelaksanaan program pendukung sasaran",
        "Tahun 2023 realisasi sebesar 96,38%.",
    )
    assert len(texts(cut)) == 2


def test_list_items_and_keys_stay_apart() -> None:
    lines = [
        TextLine("Taman Kota dengan anggaran Rp. 5.000.000,00", Place(line=1), bullet="a."),
        TextLine("Pasar Kota dengan anggaran Rp. 6.000.000,00", Place(line=2), bullet="b."),
        TextLine("Jumlah Anggaran : Rp. 11.000.000,00", Place(line=3)),
        TextLine("Jumlah Realisasi : Rp. 10.000.000,00", Place(line=4)),
        TextLine("atau sebesar 90,91%.", Place(line=5)),
    ]
    assert texts(lines) == [
        "Taman Kota dengan anggaran Rp. 5.000.000,00",
        "Pasar Kota dengan anggaran Rp. 6.000.000,00",
        "Jumlah Anggaran : Rp. 11.000.000,00",
        "Jumlah Realisasi : Rp. 10.000.000,00 atau sebesar 90,91%.",
    ]


def test_sentences_do_not_end_at_abbreviations_and_numbers() -> None:
    text = "Kantor di Jl. Melati No. 3 Kec. Sukamaju memakai Rp. 5.000,00 atau 8.5 % dana. Pada 2024 naik. Selesai."
    assert texts(paragraphs(text)) == [
        "Kantor di Jl. Melati No. 3 Kec. Sukamaju memakai Rp. 5.000,00 atau 8.5 % dana.",
        "Pada 2024 naik.",
        "Selesai.",
    ]


def test_numbered_points_inside_a_paragraph_are_parted() -> None:
    text = "Capaian setiap indikator yaitu : 1) Persentase taman 4,28%. 2) Persentase pasar 19,44%."
    assert [t[:2] for t in texts(paragraphs(text))] == ["Ca", "1)", "2)"]


def test_full_lines_of_a_page_make_one_paragraph() -> None:
    lines = printed(
        ("Dinas Pasar Kota Sukamaju memperoleh anggaran dari Anggaran Pendapatan dan", 520),
        ("Belanja Daerah sebesar Rp. 5.000.000,00. Anggaran tersebut dipakai", 518),
        ("seluruhnya.", 130),
        ("Kepala Dinas Pasar", 180),
        ("Kota Sukamaju", 150),
    )
    assert texts(lines)[:2] == [
        "Dinas Pasar Kota Sukamaju memperoleh anggaran dari Anggaran Pendapatan dan Belanja Daerah sebesar Rp. 5.000.000,00.",
        "Anggaran tersebut dipakai seluruhnya.",
    ]
    assert texts(lines)[2:] == ["Kepala Dinas Pasar", "Kota Sukamaju"]


def test_hyphenation_is_undone_and_reduplication_kept() -> None:
    lines = printed(("Pengukuran penyerap-", 520), ("an anggaran pada masing-", 520), ("masing bidang.", 160))
    assert texts(lines) == ["Pengukuran penyerapan anggaran pada masing-masing bidang."]


def test_an_amount_cut_at_its_separator_is_joined() -> None:
    lines = printed(("dengan anggaran sebesar Rp. 1.116.", 520), ("954.000,00 saja.", 160))
    assert texts(lines) == ["dengan anggaran sebesar Rp. 1.116.954.000,00 saja."]


def test_a_bold_title_in_front_of_its_sentence() -> None:
    first, *rest = printed(
        ("Kegiatan Rapat Kerja. Jumlah anggaran yang dialokasikan untuk", 520),
        ("kegiatan ini sebesar Rp. 5.000.000,00.", 300),
    )
    lines = [TextLine(first.text, first.place, heading=True, bold=True, bullet="1."), *rest]
    assert texts(lines) == [
        "Kegiatan Rapat Kerja.",
        "Jumlah anggaran yang dialokasikan untuk kegiatan ini sebesar Rp. 5.000.000,00.",
    ]


LINE = st.text("abc XY.,:;%-()0123456789Rp", min_size=1, max_size=40).map(str.strip).filter(bool)


@given(st.lists(LINE, max_size=12))
def test_no_word_is_lost_and_every_character_has_a_line(rows: list[str]) -> None:
    lines = [TextLine(text, Place(line=i + 1), blank_before=i % 3 == 0) for i, text in enumerate(rows)]
    found = statements(lines)
    squeeze = str.maketrans("", "", " -")
    assert "".join(s.text for s in found).translate(squeeze) == "".join(rows).translate(squeeze)
    for statement in found:
        assert statement.place == statement.place_at(0)
        seen = [statement.place_at(i).line or 0 for i in range(len(statement.text))]
        assert seen == sorted(seen)
