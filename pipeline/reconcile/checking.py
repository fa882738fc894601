"""How a rule makes a `Check`: outcome, values and interval from the figures, and an id that never varies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from pipeline.reconcile import relations
from pipeline.reconcile.interval import Mode, as_printed, other_reading, stated
from schemas.checks import Check, Evidence, Outcome
from schemas.document import Place
from schemas.figure import Figure

MANY = 3  # failing figures in one column before the column itself is doubted
NEARLY = Decimal("0.02")  # of a stated percentage: a formula that comes so near is the one it was worked out by
Detail = tuple[tuple[str, str], ...]


def check_id(rule: str, relation: str, *parts: str | None) -> str:
    """Rule and a hash of what the check is about: the same figures give the same id in every run."""
    digest = sha256("\x1f".join([part or "" for part in (relation, *parts)]).encode()).hexdigest()[:12]
    return f"{rule}-{digest}"


def plain(
    rule: str,
    relation: str,
    subject: str,
    outcome: Outcome,
    place: Place,
    *,
    result: Figure | None = None,
    operands: Sequence[Figure] = (),
    stated_as: Decimal | str | None = None,
    expected: Decimal | str | None = None,
    table_id: str | None = None,
    reason: str | None = None,
    detail: Detail = (),
    seen: Sequence[Evidence] = (),
) -> Check:
    """A check whose outcome the rule has settled itself."""
    ids = tuple([figure.id for figure in operands])
    span = stated(result) if result is not None and result.value is not None else None
    return Check(
        id=check_id(rule, relation, result.id if result else None, *ids, subject if not result else None),
        rule=rule,
        relation=relation,
        outcome=outcome,
        subject=subject,
        result=result.id if result else None,
        operands=ids,
        stated=stated_as if stated_as is not None or result is None else _stated(result),
        expected=expected,
        place=place,
        table_id=table_id if table_id is not None or result is None else result.table_id,
        low=span.low if span else None,
        high=span.high if span else None,
        reason=reason,
        detail=detail,
        seen=tuple(seen),
    )


def untestable(
    rule: str,
    relation: str,
    subject: str,
    reason: str,
    *,
    result: Figure,
    operands: Sequence[Figure] = (),
    detail: Detail = (),
) -> Check:
    """A relation that cannot be tested, and why."""
    return plain(
        rule,
        relation,
        subject,
        Outcome.TAK_TERUJI,
        result.place,
        result=result,
        operands=operands,
        reason=reason,
        detail=detail,
    )


def sums(rule: str, subject: str, result: Figure, parts: Sequence[Figure], detail: Detail = ()) -> Check:
    """Test that a stated total is the sum of its parts (all of them with values)."""
    computed = relations.total(parts)
    mode = relations.sum_mode(result, parts)
    return _tested(rule, relations.SUM, subject, result, parts, computed.middle, mode, detail)


def tolerant(checks: Iterable[Check], figures: Mapping[str, Figure], reason: str) -> Iterator[Check]:
    """The checks of one rule, failing ones made untestable in columns where most fail: those mean something else."""
    found = list(checks)
    columns: dict[tuple[str | None, int | None], list[Check]] = defaultdict(list)
    for check in found:
        figure = figures.get(check.result or "")
        if figure is not None and figure.table_id is not None and check.outcome is not Outcome.TAK_TERUJI:
            columns[figure.table_id, figure.col].append(check)
    doubtful = set()
    for column in columns.values():
        failing = [check.id for check in column if check.outcome is Outcome.TIDAK_COCOK]
        if len(failing) >= MANY and len(failing) * 2 > len(column):
            doubtful |= set(failing)
    for check in found:
        yield replace(check, outcome=Outcome.TAK_TERUJI, reason=reason) if check.id in doubtful else check


def ratios(
    rule: str,
    subject: str,
    result: Figure,
    numerator: Figure,
    denominator: Figure,
    formulas: Sequence[str] = relations.PERCENT,
    detail: Detail = (),
    *,
    exact: bool = False,
) -> Check:
    """Test a stated percentage of two figures by any of the formulas; the first one gives what is expected.

    `exact`: the denominator is a target, which is what was set and no rounding of anything.
    """
    found = relations.ratio_mode(result, numerator, denominator, formulas, exact=exact)
    formulas = formulas if found else _nearest(result, numerator, denominator, formulas)
    computed = relations.ratio(formulas[0], numerator, denominator, exact=exact)
    if computed is None and found is None:
        return untestable(
            rule, relations.RATIO, subject, "pembagi nol", result=result, operands=(numerator, denominator)
        )
    if found is None and (doubtful := _either_way(result, numerator, denominator, formulas)) is not None:
        operands = (numerator, denominator)
        return untestable(rule, relations.RATIO, subject, doubtful, result=result, operands=operands)
    formula = found[0] if found else formulas[0]
    detail = (*detail, ("rumus", formula), *((STRICT,) if exact else ()))
    middle = computed.middle if computed else result.value
    mode = found[1] if found else None
    return _tested(rule, relations.RATIO, subject, result, (numerator, denominator), middle, mode, detail)


def _nearest(result: Figure, numerator: Figure, denominator: Figure, formulas: Sequence[str]) -> Sequence[str]:
    """The formulas, one that all but gives the stated percentage first: then that was meant."""
    for formula in formulas:
        computed = relations.ratio(formula, numerator, denominator)
        if computed is not None and result.value and abs(computed.middle - result.value) < NEARLY * abs(result.value):
            return (formula, *(other for other in formulas if other != formula))
    return formulas


def formulas(
    rule: str, subject: str, result: Figure, operands: Sequence[Figure], forms: Sequence[str], detail: Detail = ()
) -> Check:
    """Test a stated result of a calculation (`expressions.evaluate`); the first form gives what is expected."""
    found = relations.formula_mode(result, operands, forms)
    computed = relations.formula_value(forms[0], operands)
    if computed is None and found is None:
        return untestable(rule, relations.FORMULA, subject, "pembagi nol", result=result, operands=operands)
    detail = (*detail, ("bentuk", found[0] if found else forms[0]))
    middle = computed.middle if computed else result.value
    return _tested(rule, relations.FORMULA, subject, result, operands, middle, found[1] if found else None, detail)


def _either_way(result: Figure, numerator: Figure, denominator: Figure, formulas: Sequence[str]) -> str | None:
    """Why a ratio that fails cannot be held against the report: one figure can be read as thousands or as decimals."""
    figures = [result, numerator, denominator]
    for place, figure in enumerate(figures):
        other = other_reading(figure)
        if other is not None:
            changed = [*figures[:place], other, *figures[place + 1 :]]
            if relations.ratio_mode(changed[0], changed[1], changed[2], formulas) is not None:
                return f"{figure.text!r} dapat dibaca dengan dua cara (ribuan atau desimal)"
    return None


def _read_either_way(result: Figure, others: Sequence[Figure]) -> str | None:
    """Why two figures that differ may be one: "150,000" is 150.000 where its comma groups thousands."""
    for figure in (result, *others):
        other = other_reading(figure)
        if other is None:
            continue
        rest = others if figure is result else [other if one is figure else one for one in others]
        if relations.holds(relations.EQUAL, other if figure is result else result, rest):
            return f"{figure.text!r} dapat dibaca dengan dua cara (ribuan atau desimal)"
    return None


STRICT = ("banding", "ketat")
GIVEN_BY = ("sumber", "perhitungan")  # the operands come from a calculation: only the stated figure may be wrong


def equals(
    rule: str, subject: str, result: Figure, others: Sequence[Figure], detail: Detail = (), *, strict: bool = False
) -> Check:
    """Test that a figure is the same as other figures of the same thing (`strict`: see `interval.alike`)."""
    same = relations.holds(relations.EQUAL, result, others, strict=strict)
    if not same and (doubtful := _read_either_way(result, others)) is not None:
        return untestable(rule, relations.EQUAL, subject, doubtful, result=result, operands=others)
    if strict:
        detail = (*detail, STRICT)
    expected = relations.solve(relations.EQUAL, result, result, others)
    mode = Mode.TEPAT if same else None
    return _tested(rule, relations.EQUAL, subject, result, others, expected, mode, detail)


def _tested(
    rule: str,
    relation: str,
    subject: str,
    result: Figure,
    operands: Sequence[Figure],
    expected: Decimal | None,
    mode: Mode | None,
    detail: Detail,
) -> Check:
    return plain(
        rule,
        relation,
        subject,
        Outcome.COCOK if mode else Outcome.TIDAK_COCOK,
        result.place,
        result=result,
        operands=operands,
        expected=_expected(relation, expected, result),
        detail=(*detail, ("cara", mode.value)) if mode else detail,
    )


def _expected(relation: str, value: Decimal | None, result: Figure) -> Decimal | None:
    """A computed value gets the decimals of the stated figure, another printed figure keeps its own."""
    return value if value is None or relation == relations.EQUAL else as_printed(value, result)


def _stated(figure: Figure) -> Decimal | str:
    return as_printed(figure.value, figure) if figure.value is not None else figure.text
