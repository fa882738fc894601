"""What columns mean: by words, groups, units and contents, not by position."""

from __future__ import annotations

import pytest

from extractors.header_paths import header_paths
from extractors.headers import type_table
from extractors.roles import is_header_text, period_of, role_of, year_of
from extractors.tables.stitch import stitch
from extractors.tables.tabbed import blocks
from schemas.document import Document, SourceLine
from schemas.records import Identity, TypedTable

WHO = Identity("Dinas Contoh", "Kota Sukamaju", None, 2024, "lkjip")


def typed(text: str) -> TypedTable:
    lines = tuple(SourceLine(i, t) for i, t in enumerate(text.split("\n"), 1))
    tables, _ = stitch(blocks(Document("a.txt", "0" * 64, "text", lines)))
    assert len(tables) == 1
    return type_table(tables[0], WHO)


def roles(text: str) -> list[str]:
    return [c.role for c in typed(text).columns]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("No.", "nomor"),
        ("Kode Rekening", "kode"),
        ("Program/ Kegiatan/ Sub Kegiatan", "uraian"),
        ("Sasaran Strategis", "sasaran"),
        ("Indikator Kinerja Utama", "indikator"),
        ("IKU", "indikator"),
        ("Satu an", "satuan"),
        ("Tar get", "target"),
        ("Realisa si", "realisasi"),
        ("% Capai an", "capaian"),
        ("Tingkat Kemajuan", "capaian"),
        ("Pagu Anggaran (Rp)", "anggaran"),
        ("Alokasi Anggaran", "anggaran"),
        ("Realisasi Anggaran", "realisasi_anggaran"),
        ("Serapan (%)", "persen"),
        ("Kategori", "predikat"),
        ("Tingkat Efisiensi", "efisiensi"),
        ("Standar Nasional", "asing"),
        ("Target (6)", "target"),
        ("Sasaran / IKU OPD", "indikator"),
        ("Titik Pelayanan", None),  # "ikp" and "iku" within words
        ("Peserta Mengikuti Kurikulum", None),
        ("Hal yang lain sama sekali", None),
    ],
)
def test_header_words(header: str, role: str | None) -> None:
    assert role_of(header) == role


def test_years_and_periods_in_headers() -> None:
    assert year_of("Realisasi 2024") == 2024
    assert year_of("202 5") == 2025
    assert year_of("Tahun 2021-2026") is None
    assert period_of("Triwulan II") == "TW2"
    assert period_of("Agustus") == "B08"
    assert period_of("Anggaran") is None
    assert is_header_text("2024 (Rp)")
    assert not is_header_text("1.000.000")


def test_a_spanning_group_gives_its_meaning_to_bare_heads() -> None:
    text = "No\tProgram\tAnggaran Tahun 2024\t\t\tCapaian Kinerja\n\t\tTarget\tRealisasi\t%\t\n1\tSatu\tRp. 1.000.000\tRp. 900.000\t90,00\t90%"
    table = typed(text)
    assert [c.role for c in table.columns] == [
        "nomor",
        "program",
        "anggaran",
        "realisasi_anggaran",
        "persen",
        "capaian",
    ]
    assert [c.year for c in table.columns][2:5] == [2024, 2024, 2024]
    assert table.kind == "anggaran"


def test_years_under_target_and_realisasi() -> None:
    table = typed("Indikator\tTarget\t\tRealisasi\t\n\t2023\t2024\t2023\t2024\nIndeks mutu\t70\t75\t71\t76")
    assert [(c.role, c.year) for c in table.columns[1:]] == [
        ("target", 2023),
        ("target", 2024),
        ("realisasi", 2023),
        ("realisasi", 2024),
    ]
    assert table.kind == "kinerja"


def test_stages_and_columns_in_another_order() -> None:
    table = typed("Program\tSesudah Perubahan (Rp)\tSebelum Perubahan (Rp)\nSatu\t2.000.000\t1.000.000")
    assert [(c.role, c.stage) for c in table.columns] == [
        ("program", None),
        ("anggaran", "perubahan"),
        ("anggaran", "murni"),
    ]


def test_a_change_between_original_and_result_is_a_difference() -> None:
    table = typed("Program\tAnggaran\t\t\n\tPenetapan\tPerubahan\tJumlah\nSatu\t1.000.000\t500.000\t1.500.000")
    assert [(c.role, c.stage) for c in table.columns[1:]] == [
        ("anggaran", "murni"),
        ("selisih", None),
        ("anggaran", "perubahan"),
    ]


def test_target_is_money_by_content_only_where_no_indicator_stands() -> None:
    assert roles("Program\tTarget\tRealisasi\t%\nSatu\t1.000.000.000\t900.000.000\t90") == [
        "program",
        "anggaran",
        "realisasi_anggaran",
        "persen",
    ]
    assert roles("Indikator\tSatuan\tTarget\tRealisasi\t%\nJumlah kendaraan\tunit\t16.000.000\t15.000.000\t94") == [
        "indikator",
        "satuan",
        "target",
        "realisasi",
        "capaian",
    ]


def test_months_and_the_plans_end() -> None:
    months = "\t".join(f"{i}\t" for i in range(1, 13))
    pairs = "\t".join("Target\tRealisasi" for _ in range(12))
    table = typed(
        f"No\tIndikator\tSatuan\tOUTPUT{chr(9) * 23}\n\t\t\t{months.rstrip(chr(9))}\t\n\t\t\t{pairs}\n"
        "1\tIndeks mutu\tnilai\t" + "\t".join("5" for _ in range(24))
    )
    assert table.columns[3].period == "B01"
    assert table.columns[26].period == "B12"
    end = typed("Indikator\tRealisasi Tahun n\tTarget Akhir Renstra\tTingkat Kemajuan\nIndeks\t80\t90\t88,89")
    assert [(c.role, c.acuan) for c in end.columns[1:]] == [
        ("realisasi", None),
        ("target", "akhir_rencana"),
        ("capaian", None),
    ]


def test_another_regions_column_is_foreign_and_ones_own_is_not() -> None:
    assert roles("Indikator\tRealisasi 2024\tKota Antah\tProvinsi Berantah\nIndeks\t80\t70\t75")[2:] == [
        "asing",
        "asing",
    ]
    assert roles("Indikator\tTarget\tKota Sukamaju\nIndeks\t80\t70")[2] != "asing"


def test_a_table_without_a_header_is_read_by_its_contents() -> None:
    table = typed(
        "1.\tPenyediaan jasa surat\t1.000.000\t900.000\t90,00\n2.\tPenyediaan jasa listrik\t12.000.000\t9.900.000\t82,50"
    )
    assert [c.role for c in table.columns] == ["nomor", "uraian", "anggaran", "realisasi_anggaran", "persen"]
    assert table.confidence < 0.7


def test_scale_and_kind() -> None:
    table = typed("Uraian\tAnggaran (dalam juta)\tRealisasi Anggaran (dalam juta)\nBelanja\t1.000\t900")
    assert table.columns[1].scale == 10**6
    assert typed("No\tJabatan\tJumlah (orang)\n1\tKepala\t1").kind == "lain"


def test_header_paths_fill_groups() -> None:
    table = typed("Indikator\tTahun 2023\t\n\tTarget\tRealisasi\nIndeks\t1\t2")
    assert header_paths(table.raw) == [["Indikator"], ["Tahun 2023", "Target"], ["Tahun 2023", "Realisasi"]]


@pytest.mark.parametrize(
    ("header", "role", "year"),
    [
        ("Capaian Tahun 2024 terhadap RPJMD 2026 (4/5)*100%", "capaian", 2024),
        ("Realisasi 2024 Thdp Thn 2023 (5/4)*100", "selisih", 2024),
        ("Realisasi 2024 terhadap Standar Nasional", "asing", 2024),
        ("% thd Anggaran", "persen", None),
        ("REALALISASI", "realisasi", None),
    ],
)
def test_comparisons_and_typing_errors(header: str, role: str, year: int | None) -> None:
    table = typed(f"No\tIndikator Kinerja\tTarget\t{header}\n1\tIndeks mutu\t80\t90\n2\tIndeks layanan\t80\t91")
    if role != "persen":
        assert table.columns[3].role == role
    else:
        assert role_of(header) == role
    if year and role == "capaian":
        assert table.columns[3].year == year


def test_a_cumulated_realisation_is_not_the_years_own() -> None:
    table = typed("Indikator\tRealisasi s.d Tahun 2024 (2023+2024)\tTarget Renstra 2026\nIndeks\t6,35\t11,5")
    assert [(c.role, c.year, c.acuan) for c in table.columns[1:]] == [
        ("realisasi", 2024, "akhir_rencana"),
        ("target", 2026, None),
    ]


def test_a_group_title_below_the_header_is_no_header() -> None:
    table = typed(
        "No\tINDIKATOR KINERJA\tSATUAN\tTARGET\tREALISASI\nMISI KELIMA : MENINGKATKAN EFEKTIVITAS\t\t\t\t\n1\tJumlah orang\tOrang\t10\t9"
    )
    assert table.raw.n_header == 1


def test_physical_progress_and_leftovers_are_no_budget_percentages() -> None:
    table = typed(
        "Kegiatan\tAnggaran\tRealisasi Keuangan\t\tRealisasi Fisik\tSILPA\t\n\t\t(Rp)\t(%)\t(%)\tRp\t%\nSatu\t1.000.000\t900.000\t90\t100\t100.000\t10"
    )
    assert [c.role for c in table.columns] == [
        "kegiatan",
        "anggaran",
        "realisasi_anggaran",
        "persen",
        "fisik",
        "selisih",
        "selisih",
    ]


def test_a_misspelt_term_keeps_its_role() -> None:
    assert role_of("Sasaran Staregis") == "sasaran"
    assert role_of("Relasisasi Entah") is None
