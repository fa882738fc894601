"""Among all places that print a line, the one whose figures are taken, and how many of the others agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from pipeline.cells import figures_of
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja

Record = Anggaran | Kinerja
R = TypeVar("R", bound=Anggaran | Kinerja)


@dataclass(frozen=True, slots=True)
class Choice(Generic[R]):
    """`figures`: what is taken, by field. `places` print at least one of these; `agreeing` of them, nothing else."""

    record: R
    figures: dict[str, Figure]
    places: int
    agreeing: int


def final_stage(records: Sequence[R]) -> list[R]:
    """The records of the last stage: where any is `perubahan`, those of `murni` are out."""
    if any(record.tahap == "perubahan" for record in records):
        return [record for record in records if record.tahap != "murni"]
    return list(records)


def choose(records: Sequence[R], touched: frozenset[str]) -> Choice[R]:
    """The choice among the records of one line (at least one), in document order.

    First the record that prints most of the two amounts, then one no finding touches (`touched`: ids of figures), then
    the one most others agree with, the revised stage, the surest reading, the first. An amount it does not print is
    taken from the next that does; its percentage only from a record that prints nothing that differs.
    """
    pool = final_stage(records)
    *amounts, ratio = figures_of(pool[0])
    ordered = pool
    if len(pool) > 1:  # else the only one is the best
        agreeing = _agreeing(pool, amounts)
        ranked = sorted(range(len(pool)), key=lambda i: (*_rank(pool[i], agreeing[i], amounts, touched), i))
        ordered = [pool[i] for i in ranked]
    chosen = ordered[0]
    figures: dict[str, Figure] = {}
    for field in amounts:
        source = next((r for r in ordered if _value(r, field) is not None), chosen)
        figure = figures_of(source)[field]
        if figure is not None:
            figures[field] = figure
    taken = {field: figure.value for field, figure in figures.items()}
    for record in ordered:
        figure = figures_of(record)[ratio]
        if figure is not None and figure.value is not None and (record is chosen or _agrees(record, taken, amounts)):
            figures[ratio] = figure
            taken[ratio] = figure.value
            break
    fields = [*amounts, ratio]
    printing = [r for r in pool if any(taken.get(f) is not None and _value(r, f) is not None for f in fields)]
    return Choice(chosen, figures, len(printing), sum(_agrees(r, taken, fields) for r in printing))


def _value(record: Record, field: str) -> Decimal | None:
    figure: Figure | None = getattr(record, field)
    return figure.value if figure is not None else None


def _agrees(record: Record, taken: dict[str, Decimal | None], fields: Sequence[str]) -> bool:
    """Whether the record prints nothing that differs from what was taken."""
    for field in fields:
        mine, theirs = _value(record, field), taken.get(field)
        if mine is not None and theirs is not None and mine != theirs:
            return False
    return True


def _agreeing(pool: Sequence[R], amounts: Sequence[str]) -> list[int]:
    """For each record how many of the others print nothing that differs from it: counted once for equal ones."""
    printed = [tuple(_value(record, field) for field in amounts) for record in pool]
    often = Counter(printed)
    agree = {
        one: sum(
            count
            for other, count in often.items()
            if not any(a is not None and b is not None and a != b for a, b in zip(one, other, strict=True))
        )
        for one in often
    }
    return [agree[one] - 1 for one in printed]  # it agrees with itself


def _rank(
    record: R, agreeing: int, amounts: Sequence[str], touched: frozenset[str]
) -> tuple[int, int, int, int, float]:
    own = {field: _value(record, field) for field in amounts}
    printed = [figure for field, figure in figures_of(record).items() if figure is not None and field in amounts]
    complete = sum(value is not None for value in own.values())
    harmed = sum(figure.id in touched for figure in printed)
    sure = min((figure.confidence for figure in printed), default=0.0)
    return -complete, harmed, -agreeing, record.tahap != "perubahan", -sure
