"""From failing checks to defects: one for each printed figure (or sentence) that is wrong.

`explain` says which change would make failing checks agree; here the changes are taken one after another, the best
first, each with the checks it mends, until every failing check belongs to exactly one defect. What cannot be solved
(words, notation) joins the defect of its figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.reconcile.explain import DOUBTFUL, SLIP, Change, Explainer, figures_of, open_to
from pipeline.reconcile.figures import Spot
from pipeline.reconcile.relations import SOLVABLE, SUM
from schemas.checks import Check, Outcome
from schemas.records import Klaim

__all__ = ["DOUBTFUL", "Defect", "defects"]


@dataclass(frozen=True, slots=True)
class Defect:
    """One wrong printed figure (or sentence): its checks, and the value that mends most of them.

    `culprit` is None for what is no figure (a code, a count in a sentence). `certain` is False where nothing tells the
    figure from the others of its check. `change` is the explanation it rests on, `rivals` are others that explain as
    much. `checks` begins with the one that names the finding.
    """

    culprit: str | None
    value: Decimal | None
    checks: tuple[Check, ...]
    certain: bool
    balance: int = 0
    also: tuple[Defect, ...] = ()
    change: Change | None = None
    rivals: tuple[Change, ...] = ()

    @property
    def all_checks(self) -> tuple[Check, ...]:
        """Its own checks and those of further figures of the same sentence."""
        return self.checks + tuple(check for other in self.also for check in other.all_checks)


def defects(checks: Sequence[Check], spots: Mapping[str, Spot]) -> list[Defect]:
    """The defects behind all failing checks: every failing check belongs to exactly one."""
    failing = [check for check in checks if check.outcome is Outcome.TIDAK_COCOK]
    found: list[Defect] = []
    failing = _swapped(failing, spots, found)
    found += _solve([check for check in failing if _solvable(check)], Explainer(checks, spots))
    at: dict[str | None, list[int]] = defaultdict(list)
    for number, defect in enumerate(found):
        at[defect.culprit].append(number)
    for check in failing:
        if not _solvable(check):
            _attach(check, found, at, spots)
    return _by_sentence(_by_cell(found), spots)


def _solvable(check: Check) -> bool:
    return check.relation in SOLVABLE and check.result is not None


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


def _solve(failing: Sequence[Check], explainer: Explainer) -> list[Defect]:
    """Take the change that explains most, again and again, until no failing check is left."""
    left = list(failing)
    tried: dict[str, list[Change]] = {}
    found: list[Defect] = []
    while left:
        open_ids = {check.id for check in left}
        for figure in figures_of(left):
            if figure not in tried:
                tried[figure] = explainer.changes(figure, open_ids)
        ranked = [tried[figure][0] for figure in figures_of(left) if tried[figure]]
        best = max(ranked, key=lambda change: change.order, default=None)
        if best is None:
            found += [Defect(check.result, _decimal(check.expected), (check,), False) for check in left]
            break
        defects_ = _defects(_widened(best, left, explainer), ranked, explainer)
        found += defects_
        explainer.named |= {defect.culprit for defect in defects_ if defect.culprit}
        done = {check.id for defect in defects_ for check in defect.checks}
        touched = {figure for defect in defects_ for c in defect.checks for figure in (c.result or "", *c.operands)}
        left = [check for check in left if check.id not in done]
        for figure in touched:
            tried.pop(figure, None)
    return found


def _widened(best: Change, left: Sequence[Check], explainer: Explainer) -> Change:
    """The best single change, unless all copies of a figure, or an exchange of two cells, explain more."""
    open_ids = {check.id for check in left}
    own = {figure for check in best.mends for figure in open_to(check)}
    near = [check for check in left if own & set(open_to(check))]
    wider = _copied(near, open_ids, explainer)
    wider += explainer.exchanges(left, explainer.spots[best.figure].figure.table_id)
    top = max(wider, key=lambda change: change.order, default=None)
    return top if top is not None and top.order > best.order else best


def _copied(near: Sequence[Check], open_ids: set[str], explainer: Explainer) -> list[Change]:
    found = []
    for figure in figures_of(near):
        for change in explainer.changes(figure, open_ids)[:1]:
            wider = explainer.copies(change, open_ids)
            if wider is not None and wider.mends:
                found.append(wider)
    return found


def _defects(best: Change, ranked: Sequence[Change], explainer: Explainer) -> list[Defect]:
    """The defects of the best change: one, or one for each of the cells that repeat a wrong figure."""
    if best.swapped or len(best.cells) == 1:
        return [_defect(best, ranked)]
    result, done = [], set[str]()
    for figure, value in best.cells:
        mine = tuple(c for c in best.mends if c.id not in done and figure in (c.result, *c.operands))
        if mine:
            done |= {check.id for check in mine}
            result.append(Defect(figure, value, mine, True, best.balance, change=best))
    return result


def _defect(best: Change, ranked: Sequence[Change]) -> Defect:
    """The defect of a change; where several parts of one sum are as likely, it is put to the stated total."""
    near = [change for change in ranked if change.order[:2] == best.order[:2] and change.figure != best.figure]
    mended = {check.id for check in best.mends}
    rivals = [c for c in near if best.rank - c.rank < SLIP and mended & {check.id for check in c.mends}]
    first = best.mends[0]
    if len(best.mends) == 1 and not best.swapped:
        among = {change.figure for change in (best, *rivals)} & set(first.operands)
        open_sum = first.relation == SUM and bool(rivals) and bool(among)
        if open_sum and first.result not in {change.figure for change in (best, *rivals)}:
            # The total agrees with what it is itself a part of: one of its parts is wrong, nobody knows which.
            parts = tuple(change for change in (best, *rivals) if change.figure in first.operands)
            return Defect(first.result, _decimal(first.expected), (first,), False, 0, rivals=parts)
        if open_sum or (first.rule == "narrative" and first.result != best.figure):
            return Defect(first.result, _decimal(first.expected), (first,), False, best.balance, rivals=tuple(rivals))
    return Defect(best.figure, best.value, best.mends, not rivals, best.balance, change=best, rivals=tuple(rivals))


def _attach(check: Check, found: list[Defect], at: dict[str | None, list[int]], spots: Mapping[str, Spot]) -> None:
    """Give a check that cannot be solved to the defect that explains it, or make it a defect of its own.

    `at` are the places in `found` of each culprit's defects.
    """
    figures = {figure for figure in (check.result, *check.operands) if figure is not None}
    for number in sorted(number for figure in figures for number in at.get(figure, ())):
        defect = found[number]
        if _explains(check, defect, spots):
            found[number] = replace(defect, checks=(*defect.checks, check))
            return
    at[check.result].append(len(found))
    found.append(Defect(check.result, _decimal(check.expected), (check,), True, 1))


def _explains(check: Check, defect: Defect, spots: Mapping[str, Spot]) -> bool:
    if check.rule == "malformed":
        return check.result == defect.culprit and not check.operands
    if check.rule == "terbilang":
        words = spots[check.result or ""].figure.value
        return defect.value is not None and words is not None and abs(defect.value - words) < 1
    return True


def _by_cell(found: Sequence[Defect]) -> list[Defect]:
    """One defect for each wrong figure: what else fails on it joins the first."""
    result: list[Defect] = []
    at: dict[str, int] = {}
    for defect in found:
        if defect.culprit in at:
            number = at[defect.culprit]
            result[number] = replace(result[number], checks=(*result[number].checks, *defect.checks))
            continue
        if defect.culprit is not None:
            at[defect.culprit] = len(result)
        result.append(defect)
    return result


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
