"""Printed figures as intervals: a number stands for everything that is printed like it.

A figure printed without decimals (a count, a target, rupiah) is exact as an operand; one printed with decimals stands
for the interval of its last digit (19,44 is 19.435..19.445). A stated result is an interval by its own printed
decimals, none included (104 % is 103.5..104.5). It agrees with what was computed when the two intervals meet, by
rounding or by truncation. Source: DESIGN, "Rounding"; XBRL Calculations 1.1 reasons in the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

from schemas.figure import Figure
from schemas.values import value

MONEY_FROM = Decimal(10_000)  # an amount this large with at most two decimals is rupiah with sen, exact as it stands
SEN = Decimal("0.01")
FULL = Decimal(100)
_EITHER = re.compile(r"\d{1,3}[.,]\d{3}(?:\s*[^\d\s.,]\S*)?")


class Mode(StrEnum):
    """How a stated result came from the computed one."""

    TEPAT = "tepat"
    BULAT = "pembulatan"
    POTONG = "pemotongan"


@value(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        return cls(value, value)

    @property
    def middle(self) -> Decimal:
        return self.low if self.low == self.high else (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        if self.low == self.high and other.low == other.high:
            return Interval.point(self.low * other.low)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """The quotient, or None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        if self.low == self.high and other.low == other.high:
            return Interval.point(self.low / other.low)
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def times(self, factor: int) -> Interval:
        return self * Interval.point(Decimal(factor))

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def contains(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def step(figure: Figure) -> Decimal:
    """The worth of the last printed digit."""
    return figure.scale * _last(figure.decimals)


@lru_cache(maxsize=64)
def _last(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def is_money(figure: Figure) -> bool:
    """Rupiah (or a number so large, with at most two decimals, that nothing else is printed like it)."""
    if figure.unit is not None:
        return figure.unit == "rp"
    return figure.value is not None and figure.decimals <= 2 and abs(figure.value) >= MONEY_FROM * 10


def operand(figure: Figure) -> Interval:
    """What a figure stands for where something is computed from it. The figure must have a value."""
    value, decimals = _value(figure), figure.decimals
    cut_off = decimals and figure.unit != "rp" and (decimals > 2 or abs(value) < MONEY_FROM)
    if not cut_off and figure.scale == 1:
        return Interval(value, value)
    half = step(figure) / 2
    return Interval(value - half, value + half)


def stated(figure: Figure) -> Interval:
    """What a figure stands for where it is a stated result: rupiah are exact, all else is rounded."""
    value = _value(figure)
    if figure.scale == 1 and is_money(figure):
        return Interval(value, value)
    half = step(figure) / 2
    return Interval(value - half, value + half)


def agreement(figure: Figure, computed: Interval) -> Mode | None:
    """How the stated figure follows from the computed interval, or None where it does not."""
    value = _value(figure)
    if computed.low == computed.high == value:
        return Mode.TEPAT
    if stated(figure).meets(computed):
        return Mode.BULAT
    if figure.scale == 1 and is_money(figure):
        return None
    cut = step(figure)
    if value >= 0 and computed.low < value + cut and computed.high >= value:
        return Mode.POTONG
    if value <= 0 and computed.high > value - cut and computed.low <= value:
        return Mode.POTONG
    return None


def alike(a: Figure, b: Figure, *, strict: bool = False) -> bool:
    """Whether two printed figures can be one number: the coarser one rounded or cut off from the finer one.

    `strict` is for what was measured or promised rather than computed (target, realisasi): a full 100 is then no
    rounding of 99,94, because it says "all of it".
    """
    one, other = _value(a), _value(b)
    if one == other:
        return True
    steps = step(a), step(b)
    if abs(one - other) > 2 * max(steps):
        return False  # neither rounding nor cutting off moves a number so far
    fine, coarse = (a, b) if steps[0] <= steps[1] else (b, a)
    if strict and coarse.value == FULL and coarse.decimals == 0:
        return False
    return agreement(coarse, operand(fine)) is not None


def as_printed(value: Decimal, figure: Figure) -> Decimal:
    """A computed value with the decimals its figure is printed with (rupiah always two)."""
    if is_money(figure):
        return value.quantize(SEN, ROUND_HALF_UP)
    return value.quantize(_last(figure.decimals), ROUND_HALF_UP)


def other_reading(figure: Figure) -> Figure | None:
    """A figure like "1,417", which alone may mean 1.417 or 1417, read the other way; None where its form is clear."""
    match = _EITHER.fullmatch(figure.text.strip().removesuffix("%").strip())
    if match is None or figure.value is None:
        return None
    value = figure.value * 1000 if figure.decimals else figure.value / 1000
    return replace(figure, value=value, decimals=0 if figure.decimals else 3)


def _value(figure: Figure) -> Decimal:
    if figure.value is None:
        raise ValueError(f"figure {figure.id} has no value")
    return figure.value
