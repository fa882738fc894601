"""Scales of categories."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.reconcile.scales import bounds, is_category, normal


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("91 ≤ 100", "91", "100"),
        (r"$76 \leq 90$", "76", "90"),
        ("≤ 50", None, "50"),
        ("> 90", "90", None),
        ("85 - 100", "85", "100"),
        ("80% s/d 100%", "80", "100"),
        ("Nilai diatas 100%", "100", None),
        ("dibawah 55%", None, "55"),
        ("60,00 – 79,90 %", "60.00", "79.90"),
        ("80 > 100", "80", "100"),
    ],
)
def test_bounds(text: str, low: str | None, high: str | None) -> None:
    assert bounds(text) == (Decimal(low) if low else None, Decimal(high) if high else None)


@pytest.mark.parametrize("text", ["100", "", "Baik", "1 2 3", "tahun 2024"])
def test_no_bounds(text: str) -> None:
    assert bounds(text) is None


def test_words() -> None:
    assert normal("BAIK SEKALI (BS)") == normal("sangat baik") == "sangat baik"
    assert is_category("Cukup (C)")
    assert not is_category("Menunjang")
