"""Small calculations over numbered operands: "0/1*100", "(0-1)/2*100", "(0+1+2)/3".

A number in an expression is the position of an operand; "*100" at the end is the factor of a percentage. Evaluated over
intervals, so that rounding is kept apart from error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation

from pipeline.reconcile.interval import Interval

HUNDRED = "*100"
_TOKEN = re.compile(r"\d+|[-+/()]")


def mean(count: int) -> str:
    """The average of so many operands."""
    return f"({'+'.join(str(n) for n in range(count))})/={count}"


def evaluate(form: str, operands: Sequence[Interval]) -> Interval | None:
    """The value of the expression, or None where it divides by what may be zero."""
    factor = 100 if form.endswith(HUNDRED) else 1
    body, _, count = form.removesuffix(HUNDRED).partition("/=")
    value = _Parser(_TOKEN.findall(body), operands).sum()
    if value is not None and count:
        value = value.over(Interval.point(Decimal(count)))
    return value.times(factor) if value is not None else None


class _Parser:
    """Recursive descent over "+ - /" and brackets; each position of an operand is read once."""

    def __init__(self, tokens: Sequence[str], operands: Sequence[Interval]) -> None:
        self.tokens = list(tokens)
        self.operands = operands

    def _next(self) -> str | None:
        return self.tokens[0] if self.tokens else None

    def sum(self) -> Interval | None:
        value = self._quotient()
        while value is not None and self._next() in ("+", "-"):
            sign = self.tokens.pop(0)
            other = self._quotient()
            if other is None:
                return None
            value = value + other if sign == "+" else value - other
        return value

    def _quotient(self) -> Interval | None:
        value = self._one()
        while value is not None and self._next() == "/":
            self.tokens.pop(0)
            other = self._one()
            value = value.over(other) if other is not None else None
        return value

    def _one(self) -> Interval | None:
        token = self.tokens.pop(0)
        if token == "(":
            value = self.sum()
            if self.tokens:
                self.tokens.pop(0)
            return value
        return self.operands[int(token)]


def solve(curve: Callable[[Decimal], Decimal | None], start: Decimal, wanted: Decimal) -> Decimal | None:
    """The x at which `curve` is `wanted`, where the curve is a quotient of linear functions (as sums and ratios are).

    Such a curve keeps the cross-ratio of any four points; three points near `start` and the wanted value give the
    fourth. None where the curve does not depend on x.
    """
    width = max(abs(start), Decimal(1))
    points = [start + width, start + 2 * width, start + 4 * width]
    values = [curve(x) for x in points]
    if any(value is None for value in values):
        return None
    (x1, x2, x3), (f1, f2, f3) = points, [value for value in values if value is not None]
    try:
        if f1 == f2 or f2 == f3:
            return None
        ratio = (wanted - f1) * (f2 - f3) * (x2 - x1) / ((wanted - f3) * (f2 - f1) * (x2 - x3))
        return (x1 - ratio * x3) / (1 - ratio)
    except (DivisionByZero, InvalidOperation):
        return None
