from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import Any

import pytest

from pipeline.reconcile.products import ROWS, _factors, products

SECONDS = 2.0  # of the processor; it takes a tenth of one, and took ten where every way was tried in every row


def told(b: Any, rows: Sequence[Sequence[str]]) -> list[tuple[list[str], str]]:
    width = max(map(len, rows))
    b.staff("T1", ["Kantor", *(f"K{n}" for n in range(1, width))], rows, ["lain"] * width)
    return [([factor.text for factor in one.factors], one.result.text) for one in products(b.report())]


def test_three_factors_go_before_two_and_the_first_columns_before_others(b: Any) -> None:
    rows = [[name, "50", "40", "2", "1", "4.000", "4.000"] for name in "ABC"]
    assert told(b, rows) == [(["50", "40", "2"], "4.000")] * 3


@pytest.mark.parametrize(
    ("row", "rows"),
    [
        (["50", "40", "2.000"], 3),
        (["50", "0", "2.000"], 0),  # a row without a factor says nothing, and two rows of two factors are too few
        (["50", "41", "2.000"], 0),
        (["5", "4", "20"], 0),  # a small product is a coincidence
    ],
)
def test_two_factors_need_three_rows(b: Any, row: list[str], rows: int) -> None:
    assert len(told(b, [["A", "100", "30", "3.000"], ["B", "100", "40", "4.000"], ["C", *row]])) == rows


def _each_way(rows: Sequence[Mapping[int, Decimal]], before: Sequence[int], result: int) -> tuple[int, ...]:
    """What `_factors` finds, by trying every way in every row."""
    for many in (3, 2):
        for chosen in combinations(before, many):
            whole = [row for row in rows if all(col in row for col in chosen)]
            exact = sum(prod((row[col] for col in chosen), start=Decimal(1)) == row[result] for row in whole)
            if exact >= ROWS[many]:
                return chosen
    return ()


def test_the_same_factors_as_by_trying_every_way() -> None:
    chance = random.Random(5)
    found: Counter[int] = Counter()
    for _ in range(400):
        parts = [Decimal(n) for n in (1, 2, -4, 5, 10, 25, 40, 125)] + [Decimal("0.5"), Decimal(10) ** 15]
        rows = []
        for _ in range(4):
            row = {col: chance.choice(parts[:8] if chance.random() < 0.9 else parts) for col in range(6)}
            row[9] = prod((row[col] for col in chance.sample((0, 1, 3), chance.choice((2, 3)))), start=Decimal(1))
            rows.append({col: value for col, value in row.items() if col == 9 or chance.random() < 0.9})
        expected = _each_way(rows, range(6), 9)
        assert _factors(rows, range(6), 9) == expected
        found[len(expected)] += 1
    assert min(found[many] for many in (0, 2, 3)) > 10


def test_a_wide_table_takes_no_longer_for_its_width(b: Any) -> None:
    chance = random.Random(7)
    rows = [
        [f"Baris {n}", *(f"{chance.randrange(1000, 999_999):,}".replace(",", ".") for _ in range(20))]
        for n in range(300)
    ]
    b.staff("T1", ["Uraian", *(f"K{n}" for n in range(20))], rows, ["lain"] * 21)
    report = b.report()
    start = time.process_time()
    assert list(products(report)) == []
    assert time.process_time() - start < SECONDS
