"""Slips of the hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.reconcile.slips import is_slip, variants


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("55075000", "52075000"),  # one digit
        ("324281000", "342281000"),  # two digits exchanged
        ("41457114", "41457114665"),  # a group lost
        ("1234567567", "1234567"),  # a group doubled
        ("40325.00", "40325000.00"),
        ("5207500", "52075000"),  # a digit lost
    ],
)
def test_one_slip(printed: str, meant: str) -> None:
    assert is_slip(Decimal(printed), Decimal(meant))


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("55075000", "55075000"), ("55075000", "52175000"), ("100", "0"), ("-5", "5"), ("303", "47583")],
)
def test_more_than_one(printed: str, meant: str) -> None:
    assert not is_slip(Decimal(printed), Decimal(meant))


def test_the_numbers_that_one_slip_turns_into_the_printed_one() -> None:
    found = [str(number) for number in variants(Decimal("1.20"), 2)]
    first = [f"{digit}.20" for digit in "23456789"]
    second = [f"1.{digit}0" for digit in "013456789"] + ["2.10"]
    third = [f"1.2{digit}" for digit in "123456789"] + ["1.02"]
    assert found == first + second + third


@pytest.mark.parametrize("printed", ["-5072.5", "981", "40325000", "10.10"])
def test_bounds_leave_out_none_that_lie_within(printed: str) -> None:
    value = Decimal(printed)
    every = list(variants(value, 2))
    for low, high in ((value - 300, value + 20), (value / 3, value * 2), (value + 1, value + 1)):
        low, high = min(low, high), max(low, high)
        some = list(variants(value, 2, (low, high)))
        assert [number for number in every if low <= number <= high] == [n for n in some if low <= n <= high]
        assert len(some) <= len(every)
        assert set(some) <= set(every)
