"""The stated percentage against realisasi / anggaran."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile.rules.percent import check


@pytest.mark.parametrize(
    ("budget", "real", "stated", "outcome"),
    [
        ("200.000,00", "150.000,00", "75", "cocok"),
        ("300.000", "200.000", "66,67", "cocok"),  # rounded
        ("300.000", "200.000", "66,6", "cocok"),  # cut off
        ("300.000", "200.000", "66,5", "tidak_cocok"),
        ("3.374.852.000", "3.364.852.000", "99,701", "tidak_cocok"),  # 99,7037: wrong at its own three decimals
        ("-200.000", "-150.000", "75,00", "cocok"),
        ("-200.000", "-150.000", "100,00", "tidak_cocok"),
        ("0", "0", "0", "tak_teruji"),
        ("-", "-", "-", "tak_teruji"),
        ("0", "5.000", "100", "tak_teruji"),
        ("", "5.000", "100", "tak_teruji"),
        ("10.000", "belum terealisasi", "100", "tak_teruji"),
        ("10.000", "5.000", "tercapai penuh", "tak_teruji"),
    ],
)
def test_percent(b: Any, outcomes: Any, budget: str, real: str, stated: str, outcome: str) -> None:
    b.budget("T1", "Program", budget, real, stated)
    assert outcomes(check, b) == [outcome]


def test_a_row_without_a_percentage_has_no_check(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program", "100", "50")
    assert outcomes(check, b) == []


def test_sentences_too_and_what_is_expected(b: Any, failing: Any) -> None:
    b.claim("Program Arsip", anggaran="2.502.616.587,00", realisasi="2.112.082.057,00", persen="85,42%")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("85.42", "84.39")
    assert (str(one.low), str(one.high)) == ("85.415", "85.425")


def test_a_budget_on_the_line_above(b: Any, outcomes: Any) -> None:
    b.claim("Jumlah Anggaran Kegiatan Tahun 2020", anggaran="100.000")
    b.claim("Jumlah Realisasi Anggaran Kegiatan Tahun 2020", realisasi="88.000", persen="96,82%")
    b.claim("Belanja Tidak Langsung", anggaran="100.000")
    b.claim("Belanja Langsung", realisasi="88.000", persen="96,82%")
    assert outcomes(check, b) == ["tidak_cocok", "tak_teruji"]


def test_how_it_agrees_is_said(b: Any) -> None:
    b.budget("T1", "Program", "300.000", "200.000", "66,6")
    (one,) = check(b.report())
    assert ("cara", "pemotongan") in one.detail


def test_untestable_checks_say_why(b: Any) -> None:
    b.budget("T1", "Program", "", "50", "10")
    (one,) = check(b.report())
    assert one.reason == "anggaran tidak dicantumkan"


def test_a_column_that_is_something_else_throughout_is_untestable(b: Any, outcomes: Any) -> None:
    for real in ("87.000", "85.000", "96.000"):
        b.budget("T1", "Belanja", "100.000", real, str(100 - int(real[:2])))
    for real in ("87.000", "85.000", "96.000"):
        b.budget("T2", "Belanja", "100.000", real, real[:2])
    b.budget("T2", "Belanja", "100.000", "50.000", "60")
    assert outcomes(check, b) == ["tak_teruji"] * 3 + ["cocok"] * 3 + ["tidak_cocok"]


def test_a_figure_that_can_be_read_two_ways_is_untestable(b: Any) -> None:
    b.budget("T1", "Belanja", "80", "1.134", "1,417")
    (one,) = check(b.report())
    assert one.outcome == "tak_teruji"
    assert "dua cara" in (one.reason or "")


def test_two_numbers_in_one_cell_are_untestable(b: Any) -> None:
    from decimal import Decimal

    from schemas.figure import Status

    both = b.figure("38,5 16,1", "persen", value=Decimal("38516.1"), decimals=1, status=Status.RUSAK)
    b.budget("T1", "Belanja", "100", "50", both)
    (one,) = check(b.report())
    assert one.outcome == "tak_teruji"
