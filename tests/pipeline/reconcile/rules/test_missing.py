"""What must be there and is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.missing import check
from schemas.document import Page, Place

HEADER = ["nomor", "indikator", "target", "realisasi", "capaian"]


def whats(b: Any, failing: Any) -> list[tuple[str, Any, Any]]:
    return [(dict(one.detail)["pesan"], one.stated, one.expected) for one in failing(check, b)]


def test_a_capaian_without_its_result(b: Any, outcomes: Any, failing: Any) -> None:
    rows = [
        ["1", "Indeks arsip", "4,85", "Belum diketahui", "100"],
        ["2", "Rasio arsip", "1:200", "1:284", "142"],  # a ratio is a result
        ["3", "Persentase arsip", "80", "72", "90"],
        ["4", "Jumlah arsip", "80", "", "0"],  # no result, nothing achieved
    ]
    b.performance("T1", HEADER, rows)
    assert outcomes(check, b) == ["tidak_cocok", "cocok", "cocok"]
    (one,) = failing(check, b)
    assert (one.subject, one.stated) == ("Indeks arsip: realisasi 2024", "100")
    assert "Belum diketahui" in reconcile(b.report())[1][0].pesan


def test_tables_that_have_no_column_of_results(b: Any, outcomes: Any) -> None:
    b.performance("T1", ["indikator", "target", "capaian"], [["Indeks arsip", "80", "90"]])
    b.performance("T2", ["indikator", "realisasi 2023", "target 2026", "capaian 2026"], [["Nilai", "60", "80", "75"]])
    assert outcomes(check, b) == []


def test_a_sign_without_a_number(b: Any, failing: Any) -> None:
    b.performance("T1", HEADER, [["1", "Indeks arsip", "80", "72", "%"]])
    sign = replace(b.figure("kata", table_id="T2", row=1, col=1), text="Rp.")
    b.budget("T2", "Program Arsip", sign, "0")
    b.budget("T2", "Program Buku", "-", "0")
    assert whats(b, failing) == [("missing_sign", "Rp.", None), ("missing_sign", "%", None)]


def test_a_page_read_from_an_image(b: Any) -> None:
    b.performance("T1", HEADER, [["1", "Indeks arsip", "80", "72", "%"]])
    report = b.report()
    figure = replace(report.kinerja[0].capaian, place=Place(page=3))
    pages = (Page(3, 600, 800, method="ocr"),)
    scanned = replace(
        report,
        document=replace(report.document, pages=pages),
        kinerja=(replace(report.kinerja[0], capaian=figure),),
    )
    assert [str(one.outcome) for one in check(scanned)] == ["tak_teruji"]


def test_an_empty_cell_whose_figure_stands_elsewhere(b: Any, failing: Any) -> None:
    b.performance("T1", [*HEADER, "capaian 2023"], [["1", "Persentase arsip tertata", "90", "", "", "98"]])
    b.performance("T3", HEADER, [["1", "Persentase arsip tertata", "90", "", ""]])  # a form, to be filled in
    assert whats(b, failing) == []
    b.performance("T2", HEADER, [["1", "Persentase arsip tertata", "90", "95,25", "105,83"]])
    assert whats(b, failing) == [("missing_cell", None, "95,25")]
    assert "tercetak 95,25" in reconcile(b.report())[1][0].pesan


def test_an_empty_cell_among_filled_ones(b: Any, failing: Any) -> None:
    rows = [[str(n), f"Persentase arsip nomor {n}", "90", "80", "88,89"] for n in range(1, 5)]
    rows[2][3:] = ["", ""]
    b.performance("T1", HEADER, rows)
    assert whats(b, failing) == [("missing_cell", None, None)]
    b.performance("T1", HEADER, [[*row[:3], "", ""] for row in rows])  # a form, to be filled
    assert whats(b, failing) == []


def test_a_row_without_any_figure(b: Any, failing: Any) -> None:
    rows = [[str(n), f"Persentase arsip nomor {n}", "90", "80", "88,89"] for n in range(1, 4)]
    rows[1][2:] = ["", "", ""]
    b.performance("T1", HEADER, rows)
    assert whats(b, failing) == [("missing_row", None, None)]
    rows[2][0] = ""  # the empty row heads the one below it
    b.performance("T1", HEADER, rows)
    assert whats(b, failing) == []
    rows[1][1], rows[2][0] = "Sasaran 2: Arsip yang tertata", "3"
    b.performance("T1", HEADER, rows)
    assert whats(b, failing) == []


def agreement(b: Any) -> None:
    rows = [[name, "80"] for name in ("Persentase arsip tertata", "Nilai pengawasan kearsipan", "Tingkat minat baca")]
    b.performance("T1", ["indikator", "target"], rows, title="Perjanjian Kinerja Tahun 2024")


def test_an_agreed_indicator_that_is_never_reported(b: Any, outcomes: Any, failing: Any) -> None:
    agreement(b)
    assert outcomes(check, b) == []  # a plan, or a part of a report: no results at all
    b.say("BAB I PENDAHULUAN", heading=True)
    rows = [["Persentase arsip tertata", "80", "72"], ["Nilai pengawasan kearsipan", "80", "72"]]
    b.performance("T2", ["indikator", "target", "realisasi"], rows)
    assert [one.subject for one in failing(check, b)] == ["Tingkat minat baca: realisasi 2024"]
    b.say("Tingkat minat baca belum dapat diukur.")
    assert failing(check, b) == []
    del b.text[:]  # a part of a report
    assert failing(check, b) == []


@pytest.mark.parametrize(("held", "lacking"), [(4, []), (3, ["Jumlah pemustaka"]), (2, [])])
def test_a_table_that_leaves_an_indicator_out(b: Any, failing: Any, held: int, lacking: list[str]) -> None:
    names = ["Persentase arsip tertata", "Nilai pengawasan kearsipan", "Tingkat minat baca", "Jumlah pemustaka"]
    for number in range(3):
        b.performance(f"T{number}", ["indikator", "target", "realisasi"], [[name, "8", "7"] for name in names])
    b.performance("T3", ["indikator", "realisasi", "asing"], [[name, "7", "-"] for name in names[:held]])
    assert [one.subject for one in failing(check, b)] == lacking  # two of four are a choice


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Dinas didukung oleh orang pegawai, dengan rincian:", "missing_number"),
        ("Dinas didukung oleh 43 orang pegawai.", None),
        ("Hal ini dilakukan oleh orang yang berwenang.", None),
        ("Terjadi kenaikan sebesar jika dibandingkan tahun 2023.", "missing_number"),
        ("Terjadi kenaikan sebesar 5% jika dibandingkan.", None),
        ("sebesar -5% dan senilai Rp. 5.000", None),
        ("Renstra Tahun serta IKU Tahun 2024", "missing_year"),
        ("Renstra Tahun 2021-2026 dan Renstra tahun berjalan", None),
    ],
)
def test_what_a_sentence_leaves_out(b: Any, failing: Any, text: str, what: str | None) -> None:
    b.say(text)
    assert [key for key, _, _ in whats(b, failing)] == ([what] if what else [])


def test_the_total_of_the_table_below_is_what_is_left_out(b: Any, failing: Any) -> None:
    b.say("Dinas didukung oleh orang pegawai, dengan rincian sebagai berikut:")
    b.staff("T1", ["Status", "Jumlah"], [["ASN", "31"], ["Kontrak", "12"], ["Jumlah", "43"]])
    assert [(one.stated, str(one.expected)) for one in failing(check, b)] == [("oleh orang pegawai", "43")]
    assert "tercetak 43" in reconcile(b.report())[1][0].pesan


def test_a_count_left_out_among_siblings(b: Any, failing: Any) -> None:
    for count in ("4 (empat) ", "3 (tiga) ", ""):
        b.say(f"Program yang dijabarkan dalam {count}kegiatan yaitu :", "1)")
    assert whats(b, failing) == [("missing_number", "dalam kegiatan yaitu :", None)]


def test_nothing_follows_a_colon(b: Any, outcomes: Any) -> None:
    def item(name: str, end: str = "") -> None:
        b.claim(name, anggaran="5.000", tingkat="kegiatan")
        b.text.append(replace(_line(b), text=f"Kegiatan {name} dengan anggaran sebesar Rp. 5.000{end}", bullet="-"))

    item("Penataan", ", dengan capaian:")
    b.say("Arsip tertata", "-")
    item("Alih media", ", dengan capaian:")
    item("Pengawasan")
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]


def _line(b: Any) -> Any:
    b.say("")
    line = b.text.pop()
    b.klaim[-1] = replace(b.klaim[-1], place=line.place)
    return line


def test_a_reference_at_the_beginning_of_a_line_may_be_a_caption(b: Any, outcomes: Any) -> None:
    for label in ("3.1", "3.2"):
        b.performance(f"T{label}", ["indikator", "target"], [], label=label)
    b.say("sebagaimana tabel berikut")
    b.say("*Tabel 3.5 Capaian")
    assert outcomes(check, b) == []


def test_tables_that_are_referred_to(b: Any, outcomes: Any) -> None:
    b.say("sebagaimana Tabel 3.1 dan Tabel 3.5, lihat Tabel 2.1")
    assert outcomes(check, b) == ["tak_teruji"] * 3
    for label in ("3.1", "3.2"):
        b.performance(f"T{label}", ["indikator", "target"], [], label=label)
    assert outcomes(check, b) == ["cocok", "tidak_cocok", "tak_teruji"]
