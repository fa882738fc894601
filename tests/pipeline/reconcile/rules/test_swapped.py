"""Budget and realisation in each other's place."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.reconcile.rules.swapped import check


@pytest.mark.parametrize(
    ("budget", "real", "percent", "expected"),
    [
        ("95.680", "100.000", "95,68", ["tidak_cocok"]),
        ("95.680", "100.000", "95,6", ["tidak_cocok"]),  # the inverse cut off
        ("95.680", "100.000", "104,52", ["cocok"]),  # really above its budget
        ("95.680", "100.000", "80", ["cocok"]),  # wrong, but not swapped
        ("100.000", "95.680", "95,68", []),
        ("", "95.680", "95,68", []),
    ],
)
def test_swapped(b: Any, outcomes: Any, budget: str, real: str, percent: str, expected: list[str]) -> None:
    b.claim("Dinas Kearsipan", anggaran=budget, realisasi=real, persen=percent)
    b.budget("T1", "Program", budget, real, percent)
    assert outcomes(check, b) == expected * 2


def test_stated_and_expected(b: Any, failing: Any) -> None:
    b.claim("Dinas Kearsipan", anggaran="95.680", realisasi="100.000", persen="95,68%")
    (one,) = failing(check, b)
    assert (str(one.stated), str(one.expected)) == ("100000.00", "95680.00")
