"""Running text against tables and other sentences."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile.rules.narrative import check


def test_a_sentence_that_agrees(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program Pengelolaan Arsip Daerah", "100.000,00", "90.000,00", "90,00")
    b.claim("Program Pengelolaan Arsip Daerah", anggaran="100.000", realisasi="90.000", persen="90%")
    assert outcomes(check, b) == ["cocok"] * 3


def test_a_sentence_that_does_not(b: Any, failing: Any) -> None:
    b.budget("T1", "8.1.2 Pelaksanaan Koordinasi Bidang Kearsipan Statis", "474.000.125,00", level="kegiatan")
    b.claim("Koordinasi Bidang Kearsipan Statis", anggaran="474.000.000,00")
    assert not failing(check, b)  # another first word: not the same name for certain
    b.budget("T2", "Koordinasi di Bidang Kearsipan Statis", "474.000.125,00", level="kegiatan")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("474000000.00", "474000125.00")


def test_siblings_are_not_confused(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Pelaksanaan Kebijakan di Bidang Kearsipan Statis dan Vital", "100")
    b.budget("T1", "Pelaksanaan Koordinasi di Bidang Kearsipan Statis dan Vital", "200")
    b.claim("Koordinasi di Bidang Kearsipan Statis dan Vital", anggaran="200")
    assert outcomes(check, b) == ["cocok"]


def test_another_year_or_stage_is_not_compared(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program Pengelolaan Arsip Daerah", "100.000", stage="perubahan")
    b.claim("Program Pengelolaan Arsip Daerah", anggaran="90.000", tahap="murni")
    b.claim("Program Pengelolaan Arsip Daerah", anggaran="80.000", tahun=2023)
    assert outcomes(check, b) == []


def test_an_indicator_in_the_text(b: Any, failing: Any) -> None:
    for table in ("T1", "T2"):
        b.indicator(table, "Persentase arsip yang tertata", "95%", "96%", "101%")
    b.claim("Persentase Arsip yang Tertata", money=False, target="90%")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("90", "95")


def test_a_figure_of_the_wrong_field_is_rather_our_misreading(b: Any) -> None:
    b.indicator("T1", "Persentase arsip yang tertata", "90%", "96,38%", "107,09%")
    b.claim("Persentase arsip yang tertata", money=False, capaian="96,38%")
    (one,) = check(b.report())
    assert one.outcome == "tak_teruji"
    assert "baris yang sama" in (one.reason or "")


def test_a_figure_in_another_unit_is_not_compared(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Ketersediaan standar arsip daerah", "90", "95", unit="persen")
    b.claim("Ketersediaan standar arsip daerah", money=False, target=b.figure("29 dokumen", "dokumen"))
    assert outcomes(check, b) == ["tak_teruji"]


def test_amounts_of_another_line_are_rather_our_misreading(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program Pengelolaan Arsip Daerah", "100.000", "90.000")
    b.budget("T1", "Program Pembinaan Perpustakaan Kota", "700.000", "650.000")
    b.claim("Program Pengelolaan Arsip Daerah", anggaran="700.000", realisasi="650.000")
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji"]


def test_a_part_of_the_text_that_differs_throughout_is_another_version(b: Any, outcomes: Any) -> None:
    for number, word in enumerate(["Arsip", "Buku", "Kertas", "Pustaka"]):
        b.budget("T1", f"Program Pembinaan Pengelolaan {word}", f"{number + 1}00.000")
        b.claim(f"Program Pembinaan Pengelolaan {word}", anggaran=f"{number + 1}50.000")
    assert set(outcomes(check, b)) == {"tak_teruji"}


def test_the_whole_agency_against_the_total(b: Any, failing: Any) -> None:
    b.budget("T1", "Program Arsip", "41.934.583", "41.457.114", "98,86")
    b.budget("T1", "Jumlah", "41.934.583", "41.457.114", "98,86", level="total")
    b.claim("Dinas Kearsipan Kota Sukamaju", anggaran="41.934.583", realisasi="41.457", persen="98,86%")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("41457.00", "41457114.00")


def test_sentences_against_each_other(b: Any, failing: Any, outcomes: Any) -> None:
    name = "Persentase Arsip Vital Terlindungi"
    b.claim(name, money=False, target="95%", realisasi="96%")
    b.claim(name.lower(), money=False, target="95%", realisasi="92%")
    b.claim("Jumlah anggaran kegiatan", anggaran="100", realisasi="90")
    b.claim("Jumlah anggaran kegiatan", anggaran="100", realisasi="80")
    assert [str(one.stated) for one in failing(check, b)] == ["92"]


def test_sentences_with_nothing_in_common_are_not_held_against_each_other(b: Any, outcomes: Any) -> None:
    b.claim("Potensi Wajib Retribusi Arsip", money=False, target="150", realisasi="159")
    b.claim("Potensi Wajib Retribusi Arsip", money=False, target="35", realisasi="36")
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji"]


def test_a_figure_of_another_column_of_the_row_is_what_the_sentence_means(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Persentase arsip statis yang tertata", "80", "76,10", "95,13")
    row = b.kinerja[0]
    b.counts.append(b.figure("103,72", "persen", table_id="T1", row=row.row, col=7))
    b.claim("Persentase arsip statis yang tertata", money=False, capaian="103,72%")
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_figure_of_another_indicator_alone_or_far_off_is_a_name_misread(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Persentase arsip statis yang tertata", "80", "76,10", "95,13")
    b.indicator("T1", "Indeks literasi warga kota", "60", "55,74", "92,90")
    b.claim("Persentase arsip statis yang tertata", money=False, realisasi="55,74%")
    b.claim("Persentase arsip statis yang tertata", money=False, realisasi="7,1%")
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji"]


def test_amounts_that_are_another_lines_are_about_that_line(b: Any, failing: Any) -> None:
    b.budget("T1", "Kegiatan Perawatan Naskah Kuno", "585.880.000", "539.522.650", level="kegiatan")
    b.budget("T1", "Kegiatan Pengadaan Rumah Dongeng", "663.930.000", "358.925.500", level="kegiatan")
    b.claim("Kegiatan Perawatan Naskah Kuno", anggaran="670.950.000", realisasi="358.925.500")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("670950000.00", "663930000.00")


def test_a_table_that_gives_no_records_is_compared_too(b: Any, failing: Any) -> None:
    from dataclasses import replace

    rows = [
        ["1", "Pendapatan Daerah", "24.240.445.765", "27.694.035.120"],
        ["2", "Retribusi Arsip", "281.661.628", "322.402.263"],
    ]
    b.staff("T1", ["No", "Uraian", "2023", "2024"], rows)
    table = b.tables["T1"]
    b.tables["T1"] = replace(
        table, columns=tuple(replace(c, year={2: 2023, 3: 2024}.get(c.index)) for c in table.columns)
    )
    b.claim("Pendapatan Daerah", realisasi="27.964.035.120")
    b.claim("Retribusi Arsip", realisasi="322.402.263")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("27964035120.00", "27694035120.00")
