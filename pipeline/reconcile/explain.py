"""The smallest change that makes failing checks agree: which printed cell, and what would have to stand there.

Checks that fail on shared figures have one cause more often than not. For every figure the values are tried that would
mend one of its failing checks; what a value mends speaks for it, what it breaks speaks against it, and calculations that
come out now weigh more than copies. Where that does not decide, it is weighed how people err (`slips`, a copied
neighbour) and what else the report prints. Beside single cells, all copies of one figure and the exchange of two cells
are tried. Nothing is altered: this only says what would explain the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from pipeline.reconcile.checking import GIVEN_BY, STRICT
from pipeline.reconcile.figures import Spot
from pipeline.reconcile.interval import as_printed
from pipeline.reconcile.relations import EQUAL, FORMULA, FORMULAS, RATIO, SOLVABLE, holds, ratio_bounds, solve
from pipeline.reconcile.slips import Slip, is_telling, slip, variants
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.values import value as frozen_value

DOUBTFUL = 0.85  # a recognised figure of less confidence is looked at first
UNSURE = 20  # rank of a doubtful reading: above all else that speaks for a figure
RESULT_FIRST = {"percent": 6, "capaian": 6, "sum": 4, "narrative": 4, "cross_table": 2}
SLIP = 7  # rank of a slip of the hand in a number of some length, of a figure printed elsewhere, of a copied neighbour
ELSEWHERE = 3
COPIED = 3
NAMED = 4  # rank that a figure loses which another defect has named already
CLEAR = Decimal("0.01")  # of a ratio: a smaller difference is a result worked out wrongly rather than a slip in a part
WEIGHT = 2  # what breaking a calculation that comes out weighs against breaking a copy
EXACT = 4  # printed digits of a percentage, before it may point out which digit of an amount is wrong
ANY_SENSE = ("jumlah", "hitungan", "terbilang")  # figures of other tables, calculations and words
MANY = 24  # figures that exchanges of two are tried among


@frozen_value(frozen=True, slots=True)
class Change:
    """One or more cells with the values that would have to stand there, the checks that would agree, and the grounds.

    `breaks` weighs what would no longer agree; `slip` is the slip of the hand that explains the printed value,
    `elsewhere` figures that print the new value, `copied` the neighbour whose value is printed instead; `swapped` tells
    that two cells hold each other's value.
    """

    cells: tuple[tuple[str, Decimal], ...]
    mends: tuple[Check, ...]
    breaks: int
    rank: int
    slip: Slip | None = None
    elsewhere: tuple[str, ...] = ()
    copied: str | None = None
    swapped: bool = False

    @property
    def figure(self) -> str:
        return self.cells[0][0]

    @property
    def value(self) -> Decimal:
        return self.cells[0][1]

    @property
    def balance(self) -> int:
        return len(self.mends) - self.breaks

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.balance, len(self.mends), self.rank - (0 if self.swapped else len(self.cells) - 1))


@frozen_value(frozen=True, slots=True)
class _Terms:
    """What a check relates: its figures, the formulas by which it may hold, and whether it is strict."""

    result: Figure
    operands: Sequence[Figure]
    formulas: tuple[str, ...]
    strict: bool


class Explainer:
    """Tries changes on the checks of one report; keeps which checks a figure takes part in and where values stand."""

    def __init__(self, checks: Sequence[Check], spots: Mapping[str, Spot]) -> None:
        self.spots = spots
        self._involved: dict[str, list[Check]] = defaultdict(list)
        for check in checks:
            if check.relation in SOLVABLE and check.outcome is not Outcome.TAK_TERUJI and check.result is not None:
                for figure in dict.fromkeys(open_to(check)):
                    self._involved[figure].append(check)
        self._printed: dict[Decimal, list[str]] = defaultdict(list)
        for figure_id, spot in spots.items():
            if spot.figure.value is not None:
                self._printed[spot.figure.value].append(figure_id)
        self.named: set[str] = set()
        self._terms: dict[str, _Terms] = {}
        self._known: dict[tuple[str, tuple[str, ...], bool], list[Change]] = {}
        self._at = {(s.figure.table_id, s.figure.row, s.figure.col): s.figure for s in spots.values()}

    def changes(self, figure: str, open_ids: set[str]) -> list[Change]:
        """The single changes of one figure that mend something, the best first."""
        failing = [check for check in self._involved[figure] if check.id in open_ids]
        key = (figure, tuple(check.id for check in failing), figure in self.named)
        if key not in self._known:
            values = dict.fromkeys(value for check in failing for value in self._values(check, figure))
            tried = [self._change(((figure, value),), failing) for value in values]
            self._known[key] = sorted((one for one in tried if one.mends), key=lambda one: one.order, reverse=True)
        return self._known[key]

    def copies(self, change: Change, open_ids: set[str]) -> Change | None:
        """The same change of all cells that print the figure's value as copies of it; None where there are none."""
        value = self.spots[change.figure].figure.value
        group = [change.figure]
        for check in self._involved[change.figure]:
            if check.relation == EQUAL and check.outcome is Outcome.COCOK and GIVEN_BY not in check.detail:
                group += [f for f in (check.result or "", *check.operands) if self.spots[f].figure.value == value]
        cells = tuple((figure, change.value) for figure in dict.fromkeys(group))
        if len(cells) < 2 or any(self.spots[figure].in_text for figure, _ in cells):
            return None
        failing = [c for figure, _ in cells for c in self._involved[figure] if c.id in open_ids]
        return self._change(cells, list({check.id: check for check in failing}.values()))

    def exchanges(self, open_checks: Sequence[Check], table: str | None) -> Iterator[Change]:
        """Exchanges of two cells of one column or one row of a table that mend several checks."""
        open_ids = {check.id for check in open_checks}
        here = [self.spots[f].figure for f in figures_of(open_checks)]
        mine = [figure for figure in here if figure.table_id == table and figure.value]
        for one, two in combinations(mine, 2) if table is not None and len(mine) <= MANY else ():
            if one.value == two.value or (one.col != two.col and one.row != two.row) or one.unit != two.unit:
                continue
            assert one.value is not None
            assert two.value is not None
            failing = {c.id: c for f in (one.id, two.id) for c in self._involved[f] if c.id in open_ids}
            if len(failing) < 2:
                continue
            cells = ((one.id, as_printed(two.value, one)), (two.id, as_printed(one.value, two)))
            if all(self._holds(check, dict(cells)) for check in failing.values()):
                change = self._change(cells, list(failing.values()))
                yield replace(change, swapped=True, slip=None, elsewhere=(), copied=None)

    def _values(self, check: Check, figure: str) -> Iterator[Decimal]:
        """Values with which one check would agree: the solution, and slips of the printed number that satisfy it."""
        terms = self._of(check)
        result, operands = terms.result, terms.operands
        mine = self.spots[figure].figure
        value = solve(check.relation, mine, result, operands, terms.formulas, strict=terms.strict)
        if value is not None:
            yield value
        if check.relation != RATIO or figure == check.result or mine.value is None:
            return
        digits = len(f"{abs(result.value or 0):f}".replace(".", "").lstrip("0"))
        if digits >= EXACT:
            bounds = ratio_bounds(mine, result, operands, terms.formulas, exact=terms.strict)
            for other in variants(mine.value, mine.decimals, bounds):
                if other and is_telling(other, mine.value) and self._holds(check, {figure: other}):
                    yield as_printed(other, mine)

    def _change(self, cells: tuple[tuple[str, Decimal], ...], failing: Sequence[Check]) -> Change:
        values = dict(cells)
        mends = tuple(check for check in failing if self._holds(check, values))
        agreeing = {c.id: c for f in values for c in self._involved[f] if c.outcome is Outcome.COCOK}
        broken = [check for check in agreeing.values() if not self._holds(check, values)]
        breaks = sum(_worth(check, values) for check in broken)
        first, value = cells[0]
        printed = self.spots[first].figure.value
        rank = max((self._rank(check, first) for check in mends), default=0)
        kind = slip(printed, value) if printed is not None and is_telling(printed, value) else None
        kind = None if kind and all(_slight(check, first) for check in mends) else kind
        elsewhere = self._elsewhere(first, value)
        copied = self._copied(first)
        rank += (SLIP if kind else 0) + (ELSEWHERE if elsewhere else 0) + (COPIED if copied else 0)
        return Change(cells, mends, breaks, rank, kind, elsewhere, copied)

    def _rank(self, check: Check, figure: str) -> int:
        """What speaks for a figure where the balance does not: a stated result, a doubtful reading, bad notation."""
        rank = RESULT_FIRST.get(check.rule, 2) if check.result == figure else 0
        spot = self.spots[figure]
        if spot.figure.confidence < DOUBTFUL:
            rank += UNSURE
        return rank + (1 if spot.figure.malformed else 0) - (NAMED if figure in self.named else 0)

    def _elsewhere(self, figure: str, value: Decimal) -> tuple[str, ...]:
        """Other figures of the same sense that print the value, where it is no number that stands everywhere."""
        if not is_telling(value, value):
            return ()
        field = self.spots[figure].field
        same = [f for f in self._printed.get(value, ()) if f != figure and self.spots[f].field in (field, *ANY_SENSE)]
        return tuple(same)

    def _copied(self, figure: str) -> str | None:
        """The cell above or to the left whose number is printed again, where such a number is no coincidence."""
        mine = self.spots[figure].figure
        if mine.table_id is None or mine.row is None or mine.col is None or mine.value is None:
            return None
        for row, col in ((mine.row - 1, mine.col), (mine.row, mine.col - 1)):
            other = self._at.get((mine.table_id, row, col))
            if other is not None and other.value == mine.value and is_telling(mine.value, mine.value):
                return other.id
        return None

    def _of(self, check: Check) -> _Terms:
        """What a check relates, looked up once."""
        terms = self._terms.get(check.id)
        if terms is None:
            result = self.spots[check.result or ""].figure
            operands = [self.spots[figure].figure for figure in check.operands]
            terms = self._terms[check.id] = _Terms(result, operands, formulas_of(check), STRICT in check.detail)
        return terms

    def _holds(self, check: Check, values: Mapping[str, Decimal]) -> bool:
        """Whether the check would agree if the figures had these values."""
        terms = self._of(check)
        result = terms.result
        return holds(
            check.relation,
            _with(result, values, keep=True) if result.id in values else result,
            [_with(operand, values) if operand.id in values else operand for operand in terms.operands],
            formulas=terms.formulas,
            strict=terms.strict,
        )


def _worth(check: Check, values: Mapping[str, Decimal]) -> int:
    """What breaking a check that agrees weighs: a copy, or a percentage that follows whatever its parts are, least."""
    follows = check.relation == RATIO and check.result not in values
    return 1 if check.relation == EQUAL or follows else WEIGHT


def _slight(check: Check, figure: str) -> bool:
    """Whether a ratio is so little off that a slip in one of its parts would explain almost any such difference."""
    if check.relation != RATIO or check.result == figure:
        return False
    if not isinstance(check.stated, Decimal) or not isinstance(check.expected, Decimal) or not check.expected:
        return True
    return abs(check.stated - check.expected) < CLEAR * abs(check.expected)


def open_to(check: Check) -> tuple[str, ...]:
    """The figures of a check that may be the wrong ones."""
    return (check.result or "",) if GIVEN_BY in check.detail else (check.result or "", *check.operands)


def figures_of(checks: Iterable[Check]) -> list[str]:
    """All figures of the checks that may be wrong, each once, in order."""
    return list(dict.fromkeys(figure for check in checks for figure in open_to(check)))


def formulas_of(check: Check) -> tuple[str, ...]:
    """The formulas by which a check may hold, the expected one first."""
    if check.relation == FORMULA:
        return (dict(check.detail)["bentuk"],)
    formula = dict(check.detail).get("rumus", "").split(",")[0]
    if check.rule == "capaian" and check.outcome is Outcome.TIDAK_COCOK:
        return (formula, *(other for other in FORMULAS if other != formula))
    return (formula,) if formula in FORMULAS else ("realisasi/target",)


def _with(figure: Figure, values: Mapping[str, Decimal], *, keep: bool = False) -> Figure:
    """The figure with its new value; a stated result keeps its printed decimals."""
    value = values[figure.id]
    return figure.stating(value, figure.decimals if keep else max(0, -int(value.as_tuple().exponent)))
