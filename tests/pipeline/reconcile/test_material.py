"""Severity: what a finding is about, and from which difference on money is grave."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.reconcile import reconcile
from pipeline.reconcile.material import Materiality


@pytest.mark.parametrize(
    ("text", "rupiah", "percent"),
    [
        ("1.000.000", "1000000", None),
        ("Rp 1.000.000", "1000000", None),
        ("0,5%", None, "0.5"),
        ("1.000.000; 0,5%", "1000000", "0.5"),
        ("2 persen / 5000", "5000", "2"),
    ],
)
def test_parse(text: str, rupiah: str | None, percent: str | None) -> None:
    found = Materiality.parse(text)
    assert found.rupiah == (Decimal(rupiah) if rupiah else None)
    assert found.percent == (Decimal(percent) if percent else None)
    assert Materiality.parse(str(found)) == found


@pytest.mark.parametrize("text", ["", "banyak", "1%;2%", "1;2;3", "-5"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Materiality.parse(text)


def found(b: Any, material: Materiality) -> list[tuple[str, str]]:
    return [(one.rule, str(one.severity)) for one in reconcile(b.report(), material)[1]]


def budget(b: Any) -> None:
    top = b.budget("T1", "Program Arsip", "10.000.000")
    b.budget("T1", "Kegiatan Satu Arsip", "4.000.000", level="kegiatan", parent=top)
    b.budget("T1", "Kegiatan Dua Arsip", "5.900.000", level="kegiatan", parent=top)
    b.budget("T1", "Jumlah", "10.000.000", level="total")


@pytest.mark.parametrize(
    ("material", "severity"),
    [
        (Materiality(), "tinggi"),
        (Materiality(rupiah=Decimal(100_000)), "tinggi"),
        (Materiality(rupiah=Decimal(100_001)), "sedang"),
        (Materiality(percent=Decimal(1)), "tinggi"),
        (Materiality(percent=Decimal("1.1")), "sedang"),
        (Materiality(rupiah=Decimal(10**9), percent=Decimal(1)), "tinggi"),
    ],
)
def test_money(b: Any, material: Materiality, severity: str) -> None:
    budget(b)
    assert found(b, material) == [("sum", severity)]


def test_materiality_takes_no_finding_away_and_the_message_tells_the_share(b: Any) -> None:
    budget(b)
    b.indicator("T2", "Indeks Arsip", "80", "70", "101")
    all_, none = (
        reconcile(b.report(), material)[1] for material in (Materiality(), Materiality(rupiah=Decimal(10**15)))
    )
    assert [one.id for one in all_] == [one.id for one in none]
    (one,) = [one for one in all_ if one.rule == "sum"]
    assert "selisih 100.000,00 (1,00 % dari jumlah 10.000.000,00)" in one.pesan
    assert "(1.00 % of the total 10,000,000.00)" in one.message


def test_a_target_that_is_met_or_not_is_high_whatever_the_materiality(b: Any) -> None:
    b.indicator("T2", "Indeks Arsip", "80", "70", "101")
    assert found(b, Materiality(rupiah=Decimal(10**15))) == [("capaian", "tinggi")]


def test_a_result_that_turns_on_its_target_is_high(b: Any) -> None:
    for name in ("T1", "T2"):
        b.indicator(name, "Indeks Arsip Daerah", "80", "79", None)
    b.indicator("T3", "Indeks Arsip Daerah", "80", "81", None)
    assert found(b, Materiality()) == [("cross_table", "tinggi")]
