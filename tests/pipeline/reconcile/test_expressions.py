"""Expressions over operands, and what one operand must be for a wanted value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reconcile.expressions import evaluate, mean, solve
from pipeline.reconcile.interval import Interval


def points(*values: int) -> list[Interval]:
    return [Interval.point(Decimal(value)) for value in values]


@pytest.mark.parametrize(
    ("form", "values", "expected"),
    [
        ("0/1*100", (1, 4), "25"),
        ("(0-1)/2*100", (120, 100, 100), "20"),
        ("(0+1+2)/3", (10, 20, 30, 3), "20"),
        ("0/(1-2)*100", (1, 12, 2), "10"),
        ("0-1", (5, 7), "-2"),
        (mean(3), (1, 2, 6), "3"),
    ],
)
def test_evaluate(form: str, values: tuple[int, ...], expected: str) -> None:
    computed = evaluate(form, points(*values))
    assert computed is not None
    assert computed.middle == Decimal(expected)


def test_a_divisor_that_may_be_nil_gives_nothing() -> None:
    assert evaluate("0/1*100", points(1, 0)) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_solve_finds_the_operand_behind_a_result(a: int, b: int, wanted: int) -> None:
    for form in ("0/1*100", "(0-1)/1*100", "0+1"):
        target = evaluate(form, points(wanted, b))
        assert target is not None

        def curve(x: Decimal, form: str = form) -> Decimal | None:
            computed = evaluate(form, [Interval.point(x), *points(b)])
            return computed.middle if computed else None

        found = solve(curve, Decimal(a), target.middle)
        assert found is not None
        assert abs(found - wanted) < Decimal("0.0001")


def test_solve_gives_nothing_where_the_operand_does_not_matter() -> None:
    assert solve(lambda x: Decimal(7), Decimal(3), Decimal(8)) is None
