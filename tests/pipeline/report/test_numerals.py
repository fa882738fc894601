"""Numbers as Indonesians print them, with not a digit lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.numerals import as_printed, day, number, rough_rupiah, rupiah, stated


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("2067763150.00", "rp", "Rp 2.067.763.150,00"),
        ("-150.00", "rp", "−Rp 150,00"),
        ("95.68", "persen", "95,68 %"),
        ("96", None, "96"),
        ("Sangat Tinggi", "persen", "Sangat Tinggi"),
        (None, "rp", ""),
    ],
)
def test_stated_values(text: str | None, unit: str | None, shown: str):
    assert stated(text, unit) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15))
def test_a_number_can_be_read_back(value: Decimal):
    shown = number(value)
    assert Decimal(shown.replace(".", "").replace(",", ".").replace("−", "-")) == value


def test_padding_of_the_datasets_goes_but_printed_decimals_stay():
    assert number(as_printed(Decimal("1000.0000"), 2)) == "1.000,00"
    assert number(as_printed(Decimal("99.7010"), 0)) == "99,701"


def test_rupiah_in_full_and_roughly():
    assert rupiah(Decimal("41457114665.00")) == "Rp 41.457.114.665"
    assert rough_rupiah(Decimal("41457114665")) == ("Rp 41,46 miliar", "Rp 41,46 billion")


def test_dates():
    assert day(date(2025, 5, 7)) == ("7 Mei 2025", "7 May 2025")
