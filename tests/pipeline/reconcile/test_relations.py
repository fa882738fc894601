"""Relations worked out again with another value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.reconcile.relations import PERCENT, RATIO, holds, ratio_bounds
from pipeline.reconcile.slips import variants
from schemas.document import Place
from schemas.figure import Figure, Status


def figure(name: str, value: str, unit: str | None = None) -> Figure:
    number = Decimal(value)
    decimals = max(0, -int(number.as_tuple().exponent))
    return Figure(name, value, number, decimals, unit, Status.ANGKA, Place())


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(
    ("stated", "real", "budget"),
    [
        ("94.55", "52075000", "55075000"),
        ("0.0", "12", "981.3"),
        ("-12.50", "-5.50", "44"),
        ("98.1234", "19.44", "19.81"),
    ],
)
def test_no_value_outside_the_bounds_makes_a_ratio_hold(stated: str, real: str, budget: str, exact: bool) -> None:
    result, parts = figure("r", stated, "persen"), [figure("a", real), figure("b", budget)]
    for place, part in enumerate(parts):
        bounds = ratio_bounds(part, result, parts, PERCENT, exact=exact)
        if bounds is None:
            assert result.value == 0
            continue
        assert part.value is not None
        for value in variants(part.value, part.decimals):
            changed = [replace(part, value=value) if other is part else other for other in parts]
            if holds(RATIO, result, changed, strict=exact):
                assert bounds[0] <= value <= bounds[1], place


def test_bounds_are_near() -> None:
    result, parts = figure("r", "94.55", "persen"), [figure("a", "52075000"), figure("b", "55075000")]
    low, high = ratio_bounds(parts[0], result, parts, PERCENT, exact=False) or (Decimal(0), Decimal(0))
    assert Decimal(52067000) < low < Decimal(52068000) < Decimal(52078000) < high < Decimal(52079000)


def test_formulas_that_may_be_others_have_no_bounds() -> None:
    result, parts = figure("r", "100", "persen"), [figure("a", "5"), figure("b", "4")]
    assert ratio_bounds(parts[0], result, parts, ("realisasi/target", "target/realisasi"), exact=False) is None
