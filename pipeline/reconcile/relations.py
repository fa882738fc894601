"""The relations that can be worked out again with another value: sum, ratio (percentage, capaian), formula and equal.

Rules use them to test what is printed; `diagnose` uses them to see which single figure, had it another value, would
make the failing checks agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline.reconcile import expressions
from pipeline.reconcile.interval import Interval, Mode, agreement, alike, as_printed, is_money, operand, step
from schemas.figure import Figure

RATIO = "ratio"
SUM = "sum"
EQUAL = "equal"
FORMULA = "formula"
SOLVABLE = frozenset({SUM, RATIO, EQUAL, FORMULA})

HUNDRED = Interval.point(Decimal(100))

Formula = Callable[[Interval, Interval], Interval | None]


def _higher(real: Interval, target: Interval) -> Interval | None:
    quotient = real.over(target)
    return quotient * HUNDRED if quotient else None


def _lower(real: Interval, target: Interval) -> Interval | None:
    quotient = real.over(target)
    return (Interval.point(Decimal(2)) - quotient) * HUNDRED if quotient else None


def _inverse(real: Interval, target: Interval) -> Interval | None:
    quotient = target.over(real)
    return quotient * HUNDRED if quotient else None


FORMULAS: dict[str, Formula] = {
    "realisasi/target": _higher,
    "(2*target-realisasi)/target": _lower,
    "target/realisasi": _inverse,
}
PERCENT = ("realisasi/target",)
CAPAIAN = tuple(FORMULAS)


def ratio(formula: str, numerator: Figure, denominator: Figure, *, exact: bool = False) -> Interval | None:
    """The percentage by one of the formulas, or None where it divides by zero.

    `exact`: the denominator is what was set (a target), not what was measured and rounded.
    """
    below = operand(denominator)
    return FORMULAS[formula](operand(numerator), Interval.point(below.middle) if exact else below)


def sum_mode(result: Figure, parts: Sequence[Figure]) -> Mode | None:
    """How a stated total follows from its parts; one in whole rupiah may leave out the sen of its parts."""
    computed = total(parts)
    mode = agreement(result, computed)
    if mode is None and result.value is not None and result.value % 1 == 0 and result.scale == 1:
        with_sen = any(part.value is not None and part.value % 1 != 0 for part in parts)
        if with_sen and is_money(result) and abs(computed.middle - result.value) < 1:
            return Mode.BULAT
    return mode


def total(parts: Sequence[Figure]) -> Interval:
    low = high = Decimal(0)
    for part in parts:
        one = operand(part)
        low, high = low + one.low, high + one.high
    return Interval(low, high)


def ratio_mode(
    result: Figure, numerator: Figure, denominator: Figure, formulas: Sequence[str] = PERCENT, *, exact: bool = False
) -> tuple[str, Mode] | None:
    """The first formula by which the stated percentage follows, and how; None where none does.

    Where more than one formula is open (capaian), a result above 100 may be stated as 100 (capped): by the plain formula
    or by the one that comes first, which the indicator is known to follow.
    """
    for formula in formulas:
        computed = ratio(formula, numerator, denominator, exact=exact)
        if computed is None:
            continue
        mode = agreement(result, computed)
        if mode:
            return formula, mode
    if len(formulas) > 1 and result.value == 100:
        for formula in dict.fromkeys((formulas[0], *PERCENT)):
            computed = ratio(formula, numerator, denominator, exact=exact)
            if computed is not None and computed.high > 100:
                return f"{formula}, paling tinggi 100", Mode.TEPAT
    return None


def holds(
    relation: str,
    result: Figure,
    operands: Sequence[Figure],
    *,
    formulas: Sequence[str] = PERCENT,
    strict: bool = False,
) -> bool:
    """Whether the relation holds with these figures (`strict`: see `interval.alike`, `ratio`).

    `formulas` are names of FORMULAS for a ratio, expressions (`expressions.evaluate`) for a formula.
    """
    if relation == SUM:
        return sum_mode(result, operands) is not None
    if relation == RATIO:
        return ratio_mode(result, operands[0], operands[1], formulas, exact=strict) is not None
    if relation == FORMULA:
        return formula_mode(result, operands, formulas) is not None
    return all(alike(result, other, strict=strict) for other in operands)


def solve(
    relation: str,
    figure: Figure,
    result: Figure,
    operands: Sequence[Figure],
    formulas: Sequence[str] = PERCENT,
    *,
    strict: bool = False,
) -> Decimal | None:
    """The value of `figure` (the result or one operand) with which the relation would hold, as it would be printed."""
    if relation == SUM:
        if figure.id == result.id:
            return as_printed(total(operands).middle, figure)
        rest = total([o for o in operands if o.id != figure.id])
        return as_printed((operand(result) - rest).middle, figure)
    if relation == FORMULA:
        return _solve_formula(figure, result, operands, formulas[0])
    if relation == EQUAL:
        source = max(operands, key=lambda operand_: operand_.decimals) if figure.id == result.id else result
        return as_printed(source.value, source) if source.value is not None else None
    return _solve_ratio(figure, result, operands, formulas, exact=strict)


def ratio_bounds(
    figure: Figure, result: Figure, operands: Sequence[Figure], formulas: Sequence[str], *, exact: bool
) -> tuple[Decimal, Decimal] | None:
    """Bounds outside which no value of one part makes a ratio hold (`exact` as for `ratio`); None where none are known.

    The figure keeps its printed decimals. The bounds are wider than need be: by a printed digit on either side.
    """
    numerator, denominator = operands[0], operands[1]
    if tuple(formulas) != PERCENT or result.value is None or numerator.id == denominator.id:
        return None
    width, margin = step(result), 2 * step(figure) / figure.scale + step(figure)
    stated = Interval(result.value - width, result.value + width)
    if figure.id == numerator.id:
        below = operand(denominator)
        below = Interval.point(below.middle) if exact else below
        found = stated * below
        return found.low / 100 - margin, found.high / 100 + margin
    above = (operand(numerator) * HUNDRED).over(stated)
    return (above.low - margin, above.high + margin) if above is not None else None


def formula_value(form: str, operands: Sequence[Figure]) -> Interval | None:
    """What an expression over the figures gives, or None where it divides by zero."""
    return expressions.evaluate(form, [operand(figure) for figure in operands])


def formula_mode(result: Figure, operands: Sequence[Figure], forms: Sequence[str]) -> tuple[str, Mode] | None:
    """The first expression that gives the stated result, and how; None where none does."""
    for form in forms:
        computed = formula_value(form, operands)
        mode = agreement(result, computed) if computed is not None else None
        if mode:
            return form, mode
    return None


def _solve_formula(figure: Figure, result: Figure, operands: Sequence[Figure], form: str) -> Decimal | None:
    if figure.id == result.id:
        computed = formula_value(form, operands)
        return as_printed(computed.middle, figure) if computed else None
    if result.value is None or figure.value is None:
        return None
    middles = {other.id: operand(other).middle for other in operands}

    def curve(x: Decimal) -> Decimal | None:
        points = [Interval.point(x if other.id == figure.id else middles[other.id]) for other in operands]
        computed = expressions.evaluate(form, points)
        return computed.middle if computed else None

    value = expressions.solve(curve, figure.value, result.value)
    return as_printed(value, figure) if value is not None else None


def _solve_ratio(
    figure: Figure, result: Figure, operands: Sequence[Figure], formulas: Sequence[str], *, exact: bool
) -> Decimal | None:
    numerator, denominator = operands[0], operands[1]
    formula = formulas[0]
    if figure.id == result.id:
        computed = ratio(formula, numerator, denominator, exact=exact)
        return as_printed(computed.middle, figure) if computed else None
    if formula != "realisasi/target" or result.value is None:
        return None
    if figure.id == numerator.id:
        return as_printed(result.value * operand(denominator).middle / 100, figure)
    if result.value == 0:
        return None
    return as_printed(operand(numerator).middle * 100 / result.value, figure)
