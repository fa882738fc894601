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
