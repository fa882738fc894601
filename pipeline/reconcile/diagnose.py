"""From failing checks to defects: which printed figure, had it another value, would make them agree.

Failing checks that share figures have one cause more often than not. For every figure of a failing check the values
that would mend that check are tried on all checks the figure takes part in: what they mend speaks for the figure,
what they break speaks against it. The figure with the best balance is the defect of the checks it mends; the rest is
looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.reconcile.checking import GIVEN_BY, STRICT
from pipeline.reconcile.figures import Spot
from pipeline.reconcile.relations import FORMULA, FORMULAS, SOLVABLE, SUM, holds, solve
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Klaim

DOUBTFUL = 0.85  # a recognised figure of less confidence is looked at first
UNSURE = 10  # rank of a doubtful reading: above all else that speaks for a figure
RESULT_FIRST = {"percent": 3, "capaian": 3, "sum": 2, "narrative": 2, "cross_table": 1}


@dataclass(frozen=True, slots=True)
class Defect:
    """One wrong printed figure (or sentence): its checks, and the value that mends most of them.

    `culprit` is None for what is no figure (a code, a count in a sentence). `certain` is False where nothing tells the
    figure from the others of its check. `checks` begins with the one that names the finding.
    """

    culprit: str | None
    value: Decimal | None
    checks: tuple[Check, ...]
    certain: bool
    balance: int = 0
    also: tuple[Defect, ...] = ()

    @property
    def all_checks(self) -> tuple[Check, ...]:
        """Its own checks and those of further figures of the same sentence."""
        return self.checks + tuple(check for other in self.also for check in other.all_checks)


@dataclass(frozen=True, slots=True)
class _Trial:
    figure: str
    value: Decimal
    mends: tuple[Check, ...]
    breaks: int
    rank: int

    @property
    def order(self) -> tuple[int, int, int]:
        return (len(self.mends) - self.breaks, len(self.mends), self.rank)


def defects(checks: Sequence[Check], spots: Mapping[str, Spot]) -> list[Defect]:
    """The defects behind all failing checks: every failing check belongs to exactly one."""
    failing = [check for check in checks if check.outcome is Outcome.TIDAK_COCOK]
    found: list[Defect] = []
    failing = _swapped(failing, spots, found)
    solvable = [check for check in failing if check.relation in SOLVABLE and check.result is not None]
    found += _solve(solvable, checks, spots)
    for check in failing:
        if check not in solvable:
            _attach(check, found, spots)
    return _by_sentence(found, spots)


def _swapped(failing: list[Check], spots: Mapping[str, Spot], found: list[Defect]) -> list[Check]:
    """Two amounts in each other's place explain whatever else fails on them."""
    for check in [check for check in failing if check.rule == "swapped"]:
        pair = {check.result, *check.operands}
        mine = [other for other in failing if other is not check and pair & {other.result, *other.operands}]
        mine = [other for other in mine if other.result in pair or spots[other.result or ""].figure.table_id is None]
        found.append(Defect(check.result, _decimal(check.expected), (check, *mine), True, len(mine) + 1))
        failing = [other for other in failing if other is not check and other not in mine]
    return failing


def _decimal(value: Decimal | str | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _solve(failing: Sequence[Check], checks: Sequence[Check], spots: Mapping[str, Spot]) -> list[Defect]:
    involved: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        if check.relation in SOLVABLE and check.outcome is not Outcome.TAK_TERUJI and check.result is not None:
            for figure in dict.fromkeys(_open_to(check)):
                involved[figure].append(check)
    left = list(failing)
    trials: dict[str, _Trial | None] = {}
    found = []
    while left:
        open_ids = {check.id for check in left}
        for figure in _figures(left):
            if figure not in trials:
                trials[figure] = _best(figure, involved[figure], open_ids, spots)
        ranked = [trial for figure in _figures(left) if (trial := trials[figure]) is not None]
        best = max(ranked, key=lambda trial: trial.order, default=None)
        if best is None:
            found += [Defect(check.result, _decimal(check.expected), (check,), False) for check in left]
            break
        defect = _defect(best, ranked, spots)
        found.append(defect)
        done = {check.id for check in defect.checks}
        touched = {figure for check in defect.checks for figure in (check.result or "", *check.operands)}
        left = [check for check in left if check.id not in done]
        for figure in touched:
            trials.pop(figure, None)
    return found


def _figures(checks: Iterable[Check]) -> list[str]:
    """All figures of the checks that may be wrong, each once, in order."""
    return list(dict.fromkeys(figure for check in checks for figure in _open_to(check)))


def _open_to(check: Check) -> tuple[str, ...]:
    """The figures of a check that may be the wrong ones."""
    return (check.result or "",) if GIVEN_BY in check.detail else (check.result or "", *check.operands)


def _best(figure: str, checks: Sequence[Check], open_ids: set[str], spots: Mapping[str, Spot]) -> _Trial | None:
    """The value of one figure with the best balance of mended and broken checks."""
    failing = [check for check in checks if check.id in open_ids]
    values = dict.fromkeys(value for check in failing if (value := _value_for(check, figure, spots)) is not None)
    rank = max((_rank(check, figure, spots) for check in failing), default=0)
    best: _Trial | None = None
    for value in values:
        mends = tuple(check for check in failing if _holds(check, figure, value, spots))
        agreeing = [check for check in checks if check.outcome is Outcome.COCOK]
        breaks = sum(not _holds(check, figure, value, spots) for check in agreeing)
        if mends:
            trial = _Trial(figure, value, mends, breaks, rank)
            if best is None or trial.order > best.order:
                best = trial
    return best


def _rank(check: Check, figure: str, spots: Mapping[str, Spot]) -> int:
    """What speaks for a figure where the balance does not decide: a stated result, a doubtful reading, bad notation."""
    rank = RESULT_FIRST.get(check.rule, 1) * 2 if check.result == figure else 0
    spot = spots[figure]
    if spot.figure.confidence < DOUBTFUL:
        rank += UNSURE
    if spot.figure.malformed:
        rank += 1
    return rank


def _formulas(check: Check) -> tuple[str, ...]:
    if check.relation == FORMULA:
        return (dict(check.detail)["bentuk"],)
    formula = dict(check.detail).get("rumus", "").split(",")[0]
    if check.rule == "capaian" and check.outcome is Outcome.TIDAK_COCOK:
        return (formula, *(other for other in FORMULAS if other != formula))
    return (formula,) if formula in FORMULAS else ("realisasi/target",)


def _operands(check: Check, spots: Mapping[str, Spot]) -> tuple[Figure, list[Figure]]:
    return spots[check.result or ""].figure, [spots[figure].figure for figure in check.operands]


def _value_for(check: Check, figure: str, spots: Mapping[str, Spot]) -> Decimal | None:
    result, operands = _operands(check, spots)
    return solve(check.relation, spots[figure].figure, result, operands, _formulas(check))


def _holds(check: Check, figure: str, value: Decimal, spots: Mapping[str, Spot]) -> bool:
    """Whether the check would agree if the figure had that value."""
    result, operands = _operands(check, spots)
    decimals = max(0, -int(value.as_tuple().exponent))
    changed = replace(
        spots[figure].figure, value=value, decimals=decimals if check.result != figure else result.decimals
    )
    if check.result == figure:
        result = changed
    return holds(
        check.relation,
        result,
        [changed if operand.id == figure else operand for operand in operands],
        formulas=_formulas(check),
        strict=STRICT in check.detail,
    )


def _defect(best: _Trial, ranked: Sequence[_Trial], spots: Mapping[str, Spot]) -> Defect:
    """The defect of the best trial; where several parts of one sum are as likely, it is put to the stated total."""
    near = [trial for trial in ranked if trial.order[:2] == best.order[:2] and trial.figure != best.figure]
    rivals = [trial for trial in near if best.rank - trial.rank < UNSURE]
    first = best.mends[0]
    if len(best.mends) == 1 and first.relation == SUM and first.result != best.figure:
        among = {trial.figure for trial in rivals} & set(first.operands)
        if among:
            return Defect(first.result, _decimal(first.expected), (first,), False, best.order[0])
    if len(best.mends) == 1 and first.rule == "narrative" and best.figure != first.result:
        return Defect(first.result, _decimal(first.expected), (first,), False, best.order[0])
    certain = not any({check.id for check in trial.mends} & {check.id for check in best.mends} for trial in rivals)
    return Defect(best.figure, best.value, best.mends, certain, best.order[0])


def _attach(check: Check, found: list[Defect], spots: Mapping[str, Spot]) -> None:
    """Give a check that cannot be solved to the defect that explains it, or make it a defect of its own."""
    for number, defect in enumerate(found):
        mine = defect.culprit is not None and defect.culprit in (check.result, *check.operands)
        if mine and _explains(check, defect, spots):
            found[number] = replace(defect, checks=(*defect.checks, check))
            return
    found.append(Defect(check.result, _decimal(check.expected), (check,), True, 1))


def _explains(check: Check, defect: Defect, spots: Mapping[str, Spot]) -> bool:
    if check.rule == "malformed":
        return check.result == defect.culprit and not check.operands
    if check.rule == "terbilang":
        words = spots[check.result or ""].figure.value
        return defect.value is not None and words is not None and abs(defect.value - words) < 1
    return True


def _by_sentence(found: Sequence[Defect], spots: Mapping[str, Spot]) -> list[Defect]:
    """One defect for each sentence: several wrong figures of one statement, or one that the next sentence repeats."""
    result: list[Defect] = []
    at: dict[str, int] = {}
    twins: dict[tuple[object, ...], int] = {}
    for defect in found:
        spot = spots.get(defect.culprit or "")
        record = spot.record if spot is not None else None
        if not isinstance(record, Klaim):
            result.append(defect)
        elif (twin := _twin(defect, record, spots)) in twins:
            number = at[record.record_id] = twins[twin]
            result[number] = replace(result[number], checks=(*result[number].checks, *defect.checks))
        elif record.record_id in at:
            number = at[record.record_id]
            first, second = sorted((result[number], defect), key=lambda one: -_weight(one, spots))
            result[number] = replace(first, also=(*first.also, second))
        else:
            at[record.record_id] = twins[twin] = len(result)
            result.append(defect)
    return result


def _twin(defect: Defect, record: Klaim, spots: Mapping[str, Spot]) -> tuple[object, ...]:
    """What a sentence that repeats the wrong figure of the sentence before it has in common with that."""
    spot = spots[defect.culprit or ""]
    place = spot.figure.place
    return (record.subjek, record.tahun, spot.field, spot.figure.value, defect.value, place.page, place.line)


def _weight(defect: Defect, spots: Mapping[str, Spot]) -> int:
    order = ("malformed", "over_budget", "sum", "terbilang", "narrative", "capaian", "percent", "swapped")
    rules = [check.rule for check in defect.checks if check.result == defect.culprit]
    return max((order.index(rule) for rule in rules if rule in order), default=0)
