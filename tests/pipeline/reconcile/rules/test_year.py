"""Years left over from another report."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.year import check


def found(b: Any, failing: Any) -> list[tuple[Any, Any]]:
    return [(one.stated, one.expected) for one in failing(check, b)]


def test_the_cover(b: Any, failing: Any, outcomes: Any) -> None:
    b.say("LAKIP 2025", heading=True)
    assert outcomes(check, b) == []  # nothing on the cover says otherwise
    b.say("TAHUN 2024", heading=True)
    assert found(b, failing) == [("LAKIP 2025", "2024")]
    b.say("KATA PENGANTAR", heading=True)
    b.say("LAKIP 2023", heading=True)  # no longer the cover
    assert len(found(b, failing)) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Laporan Kinerja Dinas Kearsipan Tahun 2023 ini memuat 5 program.", [("2023", "2024")]),
        ("Laporan Kinerja Dinas Kearsipan Tahun 2024 ini memuat 5 program.", []),
        ("Laporan Kinerja sesuai Renstra Tahun 2022 ini memuat", []),
        ("LKjIP merupakan tahun ke IV pelaksanaan Renstra Dinas Kearsipan Tahun 2024-2026.", [("IV", "I")]),
        ("LKjIP merupakan tahun keempat pelaksanaan RPJMD Kota Sukamaju 2021-2026.", []),
        ("LKjIP merupakan tahun kelima pelaksanaan RPJMD Kota Sukamaju 2021-2026.", [("kelima", "keempat")]),
        (
            "perbandingan capaian kinerja tahun 2024 dengan capaian kinerja tahun 2024",
            [("2024 dengan 2024", "2024 dengan 2023")],
        ),
        ("perbandingan target kinerja tahun 2024 dengan realisasi kinerja tahun 2024", []),
        ("perbandingan capaian kinerja tahun 2024 dengan tahun 2023", []),
    ],
)
def test_sentences(b: Any, failing: Any, sentence: str, expected: list[tuple[str, ...]]) -> None:
    b.say(sentence)
    assert [one[: len(two)] for one, two in zip(found(b, failing), expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("sentence", "title", "expected"),
    [
        ("Hasil pengukuran kinerja tahun 2022 menunjukkan hasil sebagai berikut:", "Capaian Tahun 2024", 1),
        ("Hasil pengukuran kinerja tahun 2024 menunjukkan hasil sebagai berikut:", "Capaian Tahun 2024", 0),
        ("Hasil pengukuran kinerja tahun 2023 sebagai berikut:", "Capaian Tahun 2023", 0),
        ("Hasil pengukuran kinerja tahun 2023 dibandingkan target sebagai berikut:", "Capaian Tahun 2024", 0),
        ("Hasil pengukuran kinerja menurut Peraturan Nomor 5 Tahun 2022 sebagai berikut:", "Capaian Tahun 2024", 0),
        ("Hasil pengukuran kinerja tahun 2022 cukup baik.", "Capaian Tahun 2024", 0),
        ("Hasil pengukuran kinerja tahun 2022 sebagai berikut:", "Capaian Kinerja", 0),
    ],
)
def test_sentences_that_lead_into_a_table(b: Any, failing: Any, sentence: str, title: str, expected: int) -> None:
    b.say(sentence)
    b.performance("T1", ["indikator", "target"], [["Indeks arsip", "80"]], title=title)
    assert found(b, failing) == [("2022", "2024")] * expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Perbandingan realisasi kinerja tahun 2023 dengan target akhir", [("2023", "2024")]),
        ("Perbandingan realisasi kinerja tahun 2024 dengan target akhir", []),
        ("Realisasi terhadap target RPJMD tahun 2026", []),
        ("Realisasi kinerja tahun 2022, 2023 dan 2024", []),
        ("Target Renstra Tahun 2021-2026", []),
        ("Peraturan 2008", []),
    ],
)
def test_captions(b: Any, failing: Any, title: str, expected: list[tuple[str, str]]) -> None:
    b.performance("T1", ["indikator", "realisasi 2024"], [["Indeks arsip", "80"]], title=title)
    assert found(b, failing) == expected


def test_last_years_table_in_this_years_report(b: Any, outcomes: Any) -> None:
    b.performance("T1", ["indikator", "realisasi 2023"], [["Indeks", "80"]], title="Capaian Kinerja Tahun 2023")
    b.performance("T2", ["indikator", "realisasi"], [["Indeks", "80"]], title="Capaian Kinerja Tahun 2023")
    assert outcomes(check, b) == ["cocok"]


def test_a_period_before_a_table_of_other_years(b: Any, failing: Any) -> None:
    b.say("dihitung dari Tahun Anggaran 2021- 2023 sebagai berikut:")
    b.performance("T1", ["indikator", "jumlah 2022", "jumlah 2023", "jumlah 2024"], [["Peserta", "3", "4", "5"]])
    assert found(b, failing) == [("2021-2023", "2022-2024")]


def test_figures_of_another_year_than_the_sentence_says(b: Any, failing: Any) -> None:
    header = [
        "indikator",
        "target 2023",
        "realisasi 2023",
        "capaian 2023",
        "target 2024",
        "realisasi 2024",
        "capaian 2024",
    ]
    b.performance("T1", header, [["Persentase arsip tertata", "80", "72", "90", "80", "76", "95"]])
    for year, realisasi, capaian in ((2023, "76", "95"), (2023, "72", "90"), (2024, "76", "95"), (2023, "76", "90")):
        sentence = f"Tahun {year} realisasi Persentase arsip tertata {realisasi} dengan capaian {capaian}."
        more = {"realisasi": realisasi, "capaian": capaian, "tahun": year, "money": False}
        b.claim("Persentase arsip tertata", sentence, **more)
    assert [(one.stated, one.expected, one.place.line) for one in failing(check, b)] == [("2023", "2024", 3)]
    findings = reconcile(b.report())[1]
    assert [one.rule for one in findings] == ["year", "narrative"]  # one finding for the sentence with the wrong year
    assert "Juga" not in findings[0].pesan


def test_achievements_of_the_year_before(b: Any, failing: Any, outcomes: Any) -> None:
    def achievements(year: int, items: int) -> None:
        b.say("Kegiatan Penataan Arsip terlaksana, dengan capaian:", "-")
        for day in range(1, items + 1):
            b.say(f"Rapat pada tanggal {day} Juli {year} di aula", "a.")

    achievements(2023, 3)
    achievements(2024, 3)
    achievements(2023, 2)
    assert outcomes(check, b) == ["tidak_cocok", "cocok"]
    assert found(b, failing) == [("2023", "2024")]


def test_a_running_total(b: Any, failing: Any) -> None:
    header = ["No", "Diklat", "Peserta 2023", "Peserta 2024"]
    rows = [["1", "Arsip", "3", "4"], ["", "Jumlah", "3", "4"], ["", "Jumlah sampai dengan tahun 2023", "7", ""]]
    b.staff("T1", header, rows, ["nomor", "lain", "jumlah", "jumlah"])
    b.years("T1", {2: 2023, 3: 2024})
    assert found(b, failing) == [("2023", "2024")]
    b.staff(
        "T1",
        header,
        [*rows[:2], ["", "Jumlah sampai dengan tahun 2023", "3", ""]],
        ["nomor", "lain", "jumlah", "jumlah"],
    )
    b.years("T1", {2: 2023, 3: 2024})
    b.counts = b.counts[5:]
    assert found(b, failing) == []


def test_formulas(b: Any, failing: Any) -> None:
    for year in (2024, 2024, 2023):
        b.say(f"∑ Arsip tertata / ∑ Arsip {year} x 100%", blank_before=True)
    b.say("∑ Arsip 2024 dibagi ∑ Arsip 2023 x 100%", blank_before=True)
    assert found(b, failing) == [("2023", "2024")]


def test_a_report_whose_year_is_not_known(b: Any, outcomes: Any) -> None:
    b.year = 0
    b.say("LAKIP 2025", heading=True)
    assert outcomes(check, b) == []
