"""Contradictions of structure and wording."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.rules.other import check


def found(b: Any, failing: Any) -> list[tuple[str, Any, Any]]:
    return [(dict(one.detail)["pesan"].removeprefix("other_"), one.stated, one.expected) for one in failing(check, b)]


@pytest.mark.parametrize(
    ("numbers", "outcome"),
    [
        ("1. 2. 3. 4.", "cocok"),
        ("1 2 3 4 6 7", "tidak_cocok"),
        ("1 2 2 4", "tidak_cocok"),
        ("1 2 2", "tidak_cocok"),
        ("1 1 2 3", None),  # the objective above its indicators has a number too
        ("1 2 1 2 3", None),  # two lists
        ("3 4 5 8", None),  # a choice
        ("1 5 9 12", None),
        ("1 3", None),
    ],
)
def test_numbers_of_rows(b: Any, outcomes: Any, numbers: str, outcome: str | None) -> None:
    rows = [[number, f"Program ke {at}"] for at, number in enumerate(numbers.split())]
    b.performance("T1", ["nomor", "program"], rows, kind="lain")
    assert outcomes(check, b) == ([outcome] if outcome else [])


def test_a_row_that_may_have_been_lost_in_reading(b: Any, outcomes: Any) -> None:
    rows = [["1", "Program A"], ["2", "Program B"], ["4", "Program D"]]
    b.performance("T1", ["nomor", "program"], rows[:2], kind="lain")
    b.line += 5
    b.performance("T1", ["nomor", "program"], rows, kind="lain")
    assert outcomes(check, b) == ["tidak_cocok"]
    b.apart("T1", 3)
    assert outcomes(check, b) == []


def test_numbers_before_the_names_of_programmes(b: Any, failing: Any) -> None:
    b.performance("T1", ["program"], [[f"{n}. Program {n}"] for n in (1, 2, 3, 5, 5)], kind="lain", label="2.5")
    assert found(b, failing) == [("numbers", "5", "4")]


def test_a_row_twice(b: Any, failing: Any) -> None:
    for name, result in (("Persentase arsip", "72"), ("Nilai arsip", "60"), ("Persentase arsip", "72")):
        b.indicator("T1", name, "80", result)
    b.indicator("T2", "Persentase arsip", "80", "72")  # again in another table
    assert found(b, failing) == [("twin", "Persentase arsip", None)]


def budget(b: Any, *codes: str) -> None:
    for number, code in enumerate(codes):
        b.budget("T1", f"Kegiatan arsip nomor {chr(65 + number)}", f"{number + 1}00.000", kode=code, level="kegiatan")


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("1.02.01", "1.02.02", "1.02.03"), []),
        (("1.02.01", "1.02.01", "1.02.03"), [("1.02.01", "1.02.02")]),
        (("1.02.01", "1.05.02", "1.02.03"), [("1.05.02", "1.02.02")]),
        (("1.02.01", "1.02.04", "1.03.01"), []),  # codes need not be consecutive
        (("1.06.61", "1.05.61.01", "1.05.61.02"), []),  # the first row: nothing stands above it
        (("1.05.60", "1.06.61", "1.05.61.01", "1.05.61.02"), [("1.06.61", "1.05.61")]),
    ],
)
def test_codes(b: Any, failing: Any, codes: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    budget(b, *codes)
    assert [(stated, right) for what, stated, right in found(b, failing) if what == "code"] == expected


def test_chapters(b: Any, failing: Any) -> None:
    for line in ("BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA", "BAB III AKUNTABILITAS", "BAB VI PENUTUP"):
        b.say(line, heading=True, blank_before=True)
    assert found(b, failing) == [("chapter", "BAB VI", "BAB IV")]


def sign(b: Any, nip: str, name: str = "SITI AMINAH, S.Sos") -> None:
    b.say(name, blank_before=True)
    b.say("Pembina Tingkat I")
    b.say(f"NIP. {nip}")


def test_one_person_one_nip(b: Any, outcomes: Any, failing: Any) -> None:
    for nip in ("19700101 199503 2 009", "197001011995032009", "19700101 199503 2 001"):
        sign(b, nip)
    sign(b, "19800202 200501 1 003", "BUDI SANTOSO")
    assert outcomes(check, b) == ["cocok", "cocok", "tidak_cocok"]
    assert found(b, failing) == [("nip", "19700101 199503 2 001", "19700101 199503 2 009")]


def test_two_people_of_one_name(b: Any, failing: Any) -> None:
    for nip in ("19700101 199503 2 009", "19700101 199503 2 009", "19851212 201003 1 004"):
        sign(b, nip)
    assert found(b, failing) == []


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Indeks mengalami kenaikan dari tahun ke tahun yaitu 5,17, 5,45 dan 5,45.", "series"),
        ("Indeks mengalami kenaikan dari tahun ke tahun yaitu 5,17, 5,45 dan 5,46.", None),
        ("Indeks mengalami kenaikan setiap tahun yaitu 52,5% (tahun 2021), 58,7% (tahun 2022) dan 57,5% (tahun 2023).", "series"),
        ("Indeks menurun setiap tahun: 90%, 80%, 85%.", "series"),
        ("Arsip meningkat dari 90,5% menjadi 85%.", "change"),
        ("Arsip menurun dari 90% pada tahun 2023 menjadi 85% pada tahun 2024.", None),
        ("kenaikan peringkat yang semula ranking 13 menjadi ranking 18", "rank"),
        ("kenaikan peringkat yang semula ranking 18 menjadi ranking 13", None),
        ("pada tahun 2024 dibandingkan dengan tahun 2023 dan 2022 terdapat penurunan yaitu 92% (Tahun 2022), "
         "100% (Tahun 2023) dan 96% (Tahun 2024)", "compared"),
        ("pada tahun 2024 dibandingkan dengan tahun 2023 terdapat penurunan yaitu 92% (Tahun 2022), "
         "100% (Tahun 2023) dan 96% (Tahun 2024)", None),
        ("Terjadi kenaikan anggaran dari target 90 menjadi 85", None),
        ("Arsip tidak meningkat.", None),
    ],
)  # fmt: skip
def test_words_of_change(b: Any, failing: Any, sentence: str, what: str | None) -> None:
    b.say(sentence)
    assert [key for key, _, _ in found(b, failing)] == ([what] if what else [])


@pytest.mark.parametrize(
    ("capaian", "words", "what"),
    [
        ("97,22", "Dapat disimpulkan bahwa indikator ini mencapai target.", ["target"]),
        ("97,22", "Indikator ini belum mencapai target.", []),
        ("97,22", "Kegiatan disusun untuk mencapai target.", []),
        ("97,22", "Indikator ini mencapai target kinerja sebesar 97,22%.", []),
        ("100", "Indikator ini mencapai target.", []),
        ("105", "Indikator ini melampaui target.", []),
    ],
)
def test_targets_said_to_be_met(b: Any, failing: Any, capaian: str, words: str, what: list[str]) -> None:
    b.say(f"Realisasi Persentase arsip 19,44 dari target 20 sehingga capaian {capaian}%. {words}")
    b.line -= 1
    b.claim("Persentase arsip", target="20", realisasi="19,44", capaian=capaian, money=False)
    assert [key for key, _, _ in found(b, failing)] == what


@pytest.mark.parametrize(("result", "what"), [("99,94", ["targets"]), ("100", [])])
def test_all_targets_said_to_be_met(b: Any, failing: Any, result: str, what: list[str]) -> None:
    b.performance("T1", ["indikator", "target"], [["Persentase arsip tertata", "100"]], title="Perjanjian Kinerja 2024")
    b.performance("T2", ["indikator", "target", "realisasi"], [["Persentase arsip tertata", "100", result]])
    b.say("Target kinerja 2024 dapat dicapai secara keseluruhan.")
    b.say("Target seluruh indikator kinerja belum tercapai.", blank_before=True)
    assert [key for key, _, _ in found(b, failing)] == what


def test_a_score_as_a_percentage(b: Any, failing: Any) -> None:
    b.performance("T1", ["indikator", "realisasi"], [["Indeks Arsip Daerah", "5,17"], ["Persentase arsip", "90"]])
    b.say("Indeks Arsip Daerah sebesar 5,17 % dan Persentase arsip 90%.")
    b.say("Indeks Arsip Daerah sebesar 5,17, capaiannya 90%.", blank_before=True)
    assert found(b, failing) == [("unit", "5,17 %", "5,17")]


def test_the_absorption_in_the_place_of_a_score(b: Any, failing: Any) -> None:
    b.budget("T0", "Total", "1.000.000", "988.600", "98,86", level="total")
    b.performance("T1", ["indikator", "target", "realisasi"], [["Indeks Arsip Daerah", "4,85", "5,17"]])
    b.performance("T2", ["indikator", "realisasi"], [["Indeks Arsip Daerah", "98,86 %"]])
    assert found(b, failing) == [("absorption", "98,86 %", None)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dari 4 potensi konflik, dengan rincian 4 potensi selesai dan 3 potensi dalam proses.", [("4 + 3 = 7", "4")]),
        ("Dari 7 potensi konflik, dengan rincian 4 potensi selesai dan 3 potensi dalam proses.", []),
        ("Ada 10 fasilitasi yang terbagi atas: 7 kegiatan forum dan 4 kegiatan rapat.", []),  # other things
    ],
)
def test_breakdowns(b: Any, failing: Any, sentence: str, expected: list[tuple[str, str]]) -> None:
    b.say(sentence)
    assert [one[1:] for one in found(b, failing)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Perjanjian Kinerja memuat 3 (tiga) indikator kinerja.", [("3", "2")]),
        ("Perjanjian Kinerja memuat 2 (dua) indikator kinerja.", []),
        ("Dari 9 indikator ditetapkan 2 indikator dalam Perjanjian Kinerja.", []),
        ("Dinas memiliki 3 indikator kinerja.", []),
    ],
)
def test_counts_of_the_agreement(b: Any, failing: Any, sentence: str, expected: list[tuple[str, str]]) -> None:
    rows = [["Persentase arsip tertata", "80"], ["Nilai pengawasan kearsipan", "60"]]
    b.performance("T1", ["indikator", "target"], rows, title="Perjanjian Kinerja Tahun 2024")
    b.say(sentence)
    assert [one[1:] for one in found(b, failing)] == expected


def test_headers_of_another_table(b: Any, failing: Any) -> None:
    header, rows = ["No", "Pendidikan", "Jumlah"], [["1", "S2", "3"]]
    for number, about in enumerate(("Pendidikan", "Pangkat dan Golongan", "Tingkat Pendidikan")):
        b.staff(f"T{number}", header, rows, ["nomor", "lain", "jumlah"])
        b.title(f"T{number}", f"Data pegawai berdasarkan {about}")
    assert found(b, failing) == [("header", "Pendidikan", "Pangkat dan Golongan")]


def test_the_plans_last_year_headed_as_a_result(b: Any, failing: Any) -> None:
    b.performance(
        "T1", ["indikator", "target"], [["Indeks", "80"]], acuan="akhir_rencana", heads={1: "Akhir > Realisasi"}
    )
    assert found(b, failing) == []  # no plan that is still running
    b.say("Renstra Tahun 2021-2026")
    assert found(b, failing) == [("plan_end", "Akhir > Realisasi", "Target")]


def test_columns_that_are_products(b: Any, failing: Any, outcomes: Any) -> None:
    rows = [["A", "250", "30", "8", "60.000"], ["B", "300", "10", "8", "24.000"], ["C", "250", "46", "8", "94.380"]]
    b.staff("T1", ["Kantor", "Hari", "Lokasi", "Jam", "Jam setahun"], rows, ["lain", "lain", "lain", "lain", "jumlah"])
    assert outcomes(check, b) == ["cocok", "cocok", "tidak_cocok"]
    (one,) = failing(check, b)
    assert (one.subject, str(one.stated), str(one.expected)) == ("C: Jam setahun", "94380", "92000")
    assert "250 x 46 x 8" in reconcile(b.report())[1][-1].pesan


def test_one_row_is_a_coincidence(b: Any, outcomes: Any) -> None:
    rows = [["A", "250", "30", "8", "60.000"], ["B", "300", "10", "8", "24.001"]]
    b.staff("T1", ["Kantor", "Hari", "Lokasi", "Jam", "Jam setahun"], rows, ["lain", "lain", "lain", "lain", "jumlah"])
    assert outcomes(check, b) == []


def test_periods(b: Any, failing: Any) -> None:
    for last in ("2026", "2026", "2024", "2026"):
        b.say(f"Pengurus Forum Masa Bakti 2023 – {last} dikukuhkan.", blank_before=True)
    b.say("RPJPD 2005-2025, Renstra Tahun 2016-2021 dan Renstra Tahun 2021-2026", blank_before=True)
    assert found(b, failing) == [("period", "2023-2024", "2023-2026")]


def test_messages(b: Any) -> None:
    for nip in ("19700101 199503 2 009", "19700101 199503 2 009", "19700101 199503 2 001"):
        sign(b, nip)
    (one,) = reconcile(b.report())[1]
    assert "di tempat lain 19700101 199503 2 009. Lihat juga baris 3." in one.pesan
    assert one.severity == "rendah"
