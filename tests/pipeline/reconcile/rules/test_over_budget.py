"""Spending above its budget."""

from __future__ import annotations

from typing import Any

from pipeline.reconcile.rules.over_budget import check


def test_within_and_above(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Program Arsip", "100.000,00", "100.000,00")
    b.budget("T1", "Program Buku", "100.000,00", "100.000,01")
    b.budget("T1", "Program Kertas", "100.000,00", "")
    assert outcomes(check, b) == ["cocok", "tidak_cocok"]


def test_revenue_may_exceed_its_target(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Retribusi", "100.000", "120.000", group="pendapatan")
    b.claim("Retribusi", "Realisasi pendapatan retribusi sebesar", anggaran="100.000", realisasi="120.000")
    assert outcomes(check, b) == []


def test_a_table_that_is_above_throughout_reads_like_revenue(b: Any, outcomes: Any) -> None:
    for amount in ("1.100", "1.200", "900"):
        b.budget("T1", "Uraian", "1.000", amount)
    assert outcomes(check, b) == ["tak_teruji", "tak_teruji", "cocok"]


def test_deficits_are_not_judged(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Surplus / Defisit", "-100.000", "-90.000")
    assert outcomes(check, b) == ["cocok"]


def test_what_stands_among_revenue_is_revenue(b: Any, outcomes: Any) -> None:
    b.budget("T1", "Pendapatan Pajak", "100.000", "110.000", group="pendapatan")
    b.budget("T1", "Bantuan dari Provinsi", "100.000", "120.000")
    b.budget("T1", "Jumlah Pendapatan", "200.000", "230.000", group="pendapatan")
    b.budget("T1", "Belanja Pegawai", "100.000", "90.000")
    assert outcomes(check, b) == ["cocok"]
