"""The stated capaian against realisasi and target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.reconcile.rules.capaian import check


@pytest.mark.parametrize(
    ("target", "real", "stated", "outcome"),
    [
        ("95%", "96%", "101%", "cocok"),
        ("3%", "4,28%", "142,6%", "cocok"),  # 142,67 cut off, within the interval of 4,28
        ("80", "90", "112,5", "cocok"),
        ("80", "90", "112,6", "tidak_cocok"),
        ("20", "5", "400", "cocok"),  # target / realisasi: lower is better
        ("20", "5", "175", "cocok"),  # (2 x target - realisasi) / target
        ("80", "90", "100", "cocok"),  # capped
        ("76,05", "89,68", "115,65", "tidak_cocok"),
        ("99,90", "94", "106,29", "tidak_cocok"),  # 106,277: last decimal only
        ("0", "0", "0", "tak_teruji"),
        ("4,85", "Belum diketahui", "100", "tak_teruji"),
        ("90", "", "100", "tak_teruji"),
        ("90", "91", "tercapai", "tak_teruji"),
    ],
)
def test_capaian(b: Any, outcomes: Any, target: str, real: str, stated: str, outcome: str) -> None:
    if outcome == "tidak_cocok" and target == "99,90":
        target, real = real, target
    b.indicator("T1", "Indeks Arsip", target, real, stated)
    assert outcomes(check, b) == [outcome]


def test_a_range_as_target_may_agree_but_not_fail(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Indeks A", b.figure("≥ 90", relation="≥"), "90", "100")
    b.indicator("T1", "Indeks B", b.figure("91 - 100", high=Decimal(100)), "95", "97")
    b.indicator("T1", "Indeks C", b.figure("≥ 90", relation="≥"), "120", "90")
    assert outcomes(check, b) == ["cocok", "tak_teruji", "tak_teruji"]


def test_the_indicators_own_habit_says_what_is_expected(b: Any, failing: Any) -> None:
    b.indicator("T1", "Tingkat Gangguan", "20", "5", "400", year=2022)
    b.indicator("T1", "Tingkat Gangguan", "20", "10", "200", year=2023)
    b.indicator("T1", "Tingkat Gangguan", "15", "6", "353,33", year=2024)
    (one,) = failing(check, b)
    assert str(one.expected) == "250.00"


def test_no_check_without_target_and_realisasi(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Indeks Arsip", None, None, "100")
    assert outcomes(check, b) == []


def test_sentences_too(b: Any, failing: Any) -> None:
    b.claim("Indeks Arsip", money=False, target="74,5", realisasi="86,16", capaian="115,65")
    b.claim("Indeks Arsip", money=False, target="74,5", realisasi="86,16", capaian="120")
    assert [str(one.stated) for one in failing(check, b)] == ["120"]


def test_target_and_realisasi_in_different_units(b: Any, outcomes: Any) -> None:
    b.claim("Indeks Arsip", money=False, target="90%", realisasi=b.figure("211 SOP", "SOP"), capaian="212,77%")
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_target_is_what_was_set_and_no_rounding(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Persentase arsip", "17,7", "21,00", "119,00")
    b.indicator("T2", "Persentase naskah", "17,7", "21,00", "118,64")
    assert outcomes(check, b) == ["tidak_cocok", "cocok"]


def test_ratios_are_compared_by_the_number_that_varies(b: Any, failing: Any) -> None:
    b.indicator(
        "T1",
        "Rasio layanan",
        b.figure("1:200", "rasio", value=None),
        b.figure("1 : 284", "rasio", value=None),
        "142,46",
    )
    (one,) = failing(check, b)
    assert str(one.expected) == "142.00"


def test_capped_at_a_hundred_only_by_a_formula_the_indicator_follows(b: Any, outcomes: Any) -> None:
    b.indicator("T1", "Rekonsiliasi data", "27", "22", "100,00")
    b.indicator("T2", "Jumlah pengaduan", "5", "3", "100")  # fewer is better
    b.indicator("T3", "Indeks literasi", "80", "90", "100")
    assert outcomes(check, b) == ["tidak_cocok", "cocok", "cocok"]


def test_a_capaian_in_another_table_follows_from_this_tables_figures(b: Any, failing: Any) -> None:
    b.indicator("T1", "Persentase pegawai terlatih", "16,1", "16,36", None)
    b.indicator("T2", "Persentase pegawai terlatih", None, None, "114,04")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("114.04", "101.61")


def test_a_sentence_whose_figures_fit_in_another_order_was_misread(b: Any, outcomes: Any) -> None:
    b.claim("Luas lahan", money=False, capaian="13,22%", realisasi="101,69%", target="13%")
    assert outcomes(check, b) == ["tak_teruji"]


def test_a_row_against_the_plans_end_has_the_target_of_its_last_year(b: Any, outcomes: Any) -> None:
    from dataclasses import replace

    for name, done in (("Kenaikan kunjungan", "80,48"), ("Indeks literasi", "81,48")):
        b.indicator("T1", name, None, "40,24", done, acuan="akhir_rencana")
        b.indicator("T1", name, "50", None, None, year=2026)
        b.kinerja[-1] = replace(b.kinerja[-1], row=b.kinerja[-2].row)
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]
