"""A finding's failing checks written out: the sum with its parts, the percentage with its formula, the places compared.

Nothing is written that does not hold: a sum is shown as a sum only where its parts do add up to what the check says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from pipeline.report.labels import FIELD, Both, rule_name
from pipeline.report.model import Line, Row, Working
from pipeline.report.numerals import as_decimal, as_printed, number, with_unit
from pipeline.report.places import Lookup
from pipeline.report.text import visible

MOST_CHECKS = 6
MOST_PARTS = 40
HUNDRED = Decimal(100)

_FORMULAS: tuple[tuple[str, Callable[[Decimal, Decimal], Decimal]], ...] = (
    ("{a} : {b} × 100", lambda a, b: a / b * HUNDRED),
    ("{b} : {a} × 100", lambda a, b: b / a * HUNDRED),
    ("(2 × {b} − {a}) : {b} × 100", lambda a, b: (2 * b - a) / b * HUNDRED),
)


def workings(checks: Sequence[Row], wrong: str | None, lookup: Lookup) -> tuple[Working, ...]:
    """The failing checks of a finding, the first few; `wrong` is the id of the figure it is about."""
    failing = [check for check in checks if check["outcome"] == "tidak_cocok" and len(check["angka"]) > 1]
    return tuple(_written(failing[:MOST_CHECKS], wrong, lookup))


def _written(checks: Sequence[Row], wrong: str | None, lookup: Lookup) -> Iterator[Working]:
    for check in checks:
        figures = [lookup.figures[id_] for id_ in check["angka"] if id_ in lookup.figures]
        if len(figures) < 2 or len(figures) != len(check["angka"]):
            continue
        result, parts = figures[0], figures[1:]
        expected = as_decimal(check["expected"])
        if check["rule"] != "over_budget" and _adds_up(parts, expected):
            yield _working("sum", check, result, parts, wrong, lookup)
            continue
        formula = _formula(parts, expected) if len(parts) == 2 else None
        if formula:
            yield _working("ratio", check, result, parts, wrong, lookup, formula)
        elif check["rule"] in ("cross_table", "narrative", "over_budget", "swapped", "terbilang", "prior_year"):
            yield _working("equal", check, result, parts, wrong, lookup)


def _adds_up(parts: Sequence[Row], expected: Decimal | None) -> bool:
    values = [part["value"] if part["status"] != "strip" else part["value"] or Decimal(0) for part in parts]
    return len(parts) > 1 and expected is not None and None not in values and sum(values) == expected


def _formula(parts: Sequence[Row], expected: Decimal | None) -> str | None:
    """The formula by which the second and third figure give what the check expects, written with their values."""
    first, second = parts[0]["value"], parts[1]["value"]
    if expected is None or first is None or second is None:
        return None
    unit = Decimal(1).scaleb(min(0, int(expected.as_tuple().exponent)))
    with localcontext() as context:
        context.prec = 40
        for text, compute in _FORMULAS:
            try:
                value = compute(first, second)
            except ArithmeticError:
                continue
            if any(value.quantize(unit, rounding=way) == expected for way in (ROUND_HALF_UP, ROUND_DOWN)):
                return text.format(a=_bare(parts[0]), b=_bare(parts[1]))
    return None


def _working(
    kind: str, check: Row, result: Row, parts: Sequence[Row], wrong: str | None, lookup: Lookup, formula: str = ""
) -> Working:
    stated, expected = as_decimal(check["stated"]), as_decimal(check["expected"])
    unit = result["unit"]
    difference = ""
    if stated is not None and expected is not None and kind != "equal":
        difference = with_unit(number(stated - expected), unit)
    decimals = result["decimals"]
    return Working(
        kind=kind,
        rule=check["rule"],
        title=rule_name(check["rule"]),
        lines=tuple(_line(part, wrong, lookup) for part in parts[:MOST_PARTS]),
        formula=formula,
        computed=_with(expected, decimals, unit) if expected is not None else visible(check["expected"]),
        stated=_with(stated, decimals, unit) if stated is not None else visible(check["stated"]),
        difference=difference,
        stated_wrong=result["angka_id"] == wrong,
        stated_place=lookup.place(result),
    )


def _with(value: Decimal, decimals: int, unit: str | None) -> str:
    return with_unit(number(as_printed(value, min(decimals, 4))), unit)


def _line(part: Row, wrong: str | None, lookup: Lookup) -> Line:
    field = FIELD.get(part["field"], Both("", "")).id
    name = lookup.name_of(part)
    return Line(
        name=f"{name} ({field})" if name and field else name or field,
        place=lookup.place(part),
        printed=visible(part["text"], 200),
        value=value_of(part),
        role="wrong" if part["angka_id"] == wrong else "part",
    )


def value_of(figure: Row) -> str:
    """The value of a figure with its printed decimals and unit; what is printed where it has none."""
    if figure["value"] is None:
        return visible(figure["text"], 200)
    return with_unit(_bare(figure), figure["unit"])


def _bare(figure: Row) -> str:
    return number(as_printed(figure["value"], figure["decimals"]))
