"""Printed figures as intervals, and agreement by rounding or truncation."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reconcile.interval import Interval, Mode, agreement, alike, as_printed, operand, stated
from schemas.document import Place
from schemas.figure import Figure, Status


def fig(value: str, unit: str | None = "persen", **more: Any) -> Figure:
    number = Decimal(value)
    decimals = max(0, -int(number.as_tuple().exponent))
    return Figure("f", value, number, decimals, unit, Status.ANGKA, Place(line=1), **more)


def test_a_figure_without_decimals_is_exact_as_an_operand_and_an_interval_as_a_result() -> None:
    assert operand(fig("104")) == Interval.point(Decimal(104))
    assert stated(fig("104")) == Interval(Decimal("103.5"), Decimal("104.5"))


def test_a_figure_with_decimals_stands_for_its_last_digit() -> None:
    assert operand(fig("19.44")) == Interval(Decimal("19.435"), Decimal("19.445"))


def test_rupiah_are_exact_with_and_without_sen_but_not_in_millions() -> None:
    assert operand(fig("12700000.00", "rp")) == Interval.point(Decimal("12700000.00"))
    assert stated(fig("12700000", "rp")) == Interval.point(Decimal(12700000))
    in_millions = fig("1200000000", "rp", scale=Decimal(1_000_000))
    assert operand(in_millions) == Interval(Decimal("1199500000"), Decimal("1200500000"))


@pytest.mark.parametrize(
    ("printed", "computed", "mode"),
    [
        ("98.78", "98.7762", Mode.BULAT),
        ("98.7", "98.78", Mode.POTONG),
        ("98.8", "98.78", Mode.BULAT),
        ("98.6", "98.78", None),
        ("98.78", "98.78", Mode.TEPAT),
        ("104", "104.4999", Mode.BULAT),
        ("104", "104.99", Mode.POTONG),
        ("104", "105", None),
        ("99.701", "99.7037", None),
        ("-4.3", "-4.37", Mode.POTONG),
        ("-4.4", "-4.37", Mode.BULAT),
        ("-4.5", "-4.37", None),
    ],
)
def test_agreement_says_how(printed: str, computed: str, mode: Mode | None) -> None:
    assert agreement(fig(printed), Interval.point(Decimal(computed))) == mode


def test_rupiah_do_not_round() -> None:
    assert agreement(fig("1000000", "rp"), Interval.point(Decimal(1000001))) is None


def test_a_full_hundred_is_no_rounding_of_what_was_measured() -> None:
    assert alike(fig("100"), fig("99.94"))
    assert not alike(fig("100"), fig("99.94"), strict=True)
    assert alike(fig("97.2"), fig("97.22"), strict=True)


def test_as_printed_keeps_the_decimals_of_the_figure() -> None:
    assert str(as_printed(Decimal("98.1253"), fig("94.06"))) == "98.13"
    assert str(as_printed(Decimal("52075000"), fig("55075000", "rp"))) == "52075000.00"


def test_division_by_what_may_be_zero_has_no_result() -> None:
    assert Interval.point(Decimal(1)).over(Interval(Decimal(-1), Decimal(1))) is None


values = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False)
places = st.integers(min_value=0, max_value=4)


@given(values, places)
def test_a_value_agrees_with_its_own_rounding_and_its_own_truncation(value: Decimal, decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    for how in (ROUND_HALF_UP, ROUND_DOWN):
        printed = fig(format(value.quantize(unit, how), "f"))
        assert agreement(printed, Interval.point(value)) is not None


@given(values, places)
def test_a_value_two_steps_away_never_agrees(value: Decimal, decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    printed = fig(format(value.quantize(unit, ROUND_HALF_UP) + 2 * unit, "f"))
    assert agreement(printed, Interval.point(value)) is None


@given(values, values, values, values)
def test_interval_arithmetic_encloses_the_results_of_its_members(
    a: Decimal, b: Decimal, c: Decimal, d: Decimal
) -> None:
    left, right = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert (left + right).contains(a + d)
    assert (left - right).contains(b - c)
    product = left * right
    assert product.low <= a * c <= product.high or product.contains((a * c).quantize(product.low))
