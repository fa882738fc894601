"""Slips of the hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.reconcile.slips import is_slip


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
