"""Achievement of indicators: the stated capaian against realisasi and target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.reconcile.calculations import printed_calculations
from pipeline.reconcile.checking import ratios, tolerant, untestable
from pipeline.reconcile.figures import as_number, bounded, given, number, subject, usable, why_not
from pipeline.reconcile.items import items_of
from pipeline.reconcile.names import squash
from pipeline.reconcile.relations import CAPAIAN, ratio_mode
from pipeline.reconcile.words import speaks_of
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Kinerja, Klaim, Report

RULE = "capaian"
OTHER_COLUMN = "sebagian besar kolom ini tidak mengikuti rumus capaian: tampaknya angka yang lain"
OTHER_ORDER = "angka-angka kalimat ini cocok dengan urutan lain: mungkin bukan itu target, realisasi dan capaiannya"
PERCENT = "persen"
SOURCE = "PermenPAN-RB 53/2014: capaian = realisasi / target x 100, or its lower-is-better forms"


def check(report: Report) -> Iterator[Check]:
    """Capaian yang dicantumkan sama dengan realisasi dibagi target (atau rumus semakin rendah semakin baik).

    Which way an indicator runs is not printed, so any legitimate formula that agrees is agreement; where none does, the
    formula that the indicator's other figures follow says what is expected.
    """
    habits = _habits(report)
    rows = [_whole(row, report.kinerja) for row in report.kinerja if given(row.capaian)]
    rows = [row for row in rows if given(row.target) or given(row.realisasi)]
    figures = {row.capaian.id: row.capaian for row in rows if row.capaian is not None}
    lines = (_one(report, row, row.capaian, _formulas(habits, row.indikator)) for row in rows)
    yield from tolerant(lines, figures, OTHER_COLUMN)
    yield from _elsewhere(report, habits)
    for record in report.klaim:
        stated = record.capaian if record.capaian is not None else (record.persen if record.anggaran is None else None)
        if given(stated) and given(record.target) and given(record.realisasi):
            yield _one(report, record, stated, _formulas(habits, record.subjek or ""))
    yield from printed_calculations(report, RULE, ("capaian",))


def _whole(row: Kinerja, rows: Sequence[Kinerja]) -> Kinerja:
    """A row against the plan's end with the target that the plan's last year has in it, where it has no other."""
    if row.target is not None or row.realisasi is None or row.acuan == "tahunan":
        return row
    ends = [r.target for r in rows if r.table_id == row.table_id and r.row == row.row and r.target is not None]
    return replace(row, target=ends[0]) if len(ends) == 1 else row


def _habits(report: Report) -> dict[str, Counter[str]]:
    """By which formula the figures of each indicator agree, and how often."""
    result: dict[str, Counter[str]] = defaultdict(Counter)
    for record in report.kinerja:
        if _reason(record.capaian, record.target, record.realisasi) is None:
            assert record.capaian is not None
            assert record.realisasi is not None
            assert record.target is not None
            real, target = as_number(record.realisasi), as_number(record.target)
            assert real is not None
            assert target is not None
            for formula in CAPAIAN:
                if ratio_mode(record.capaian, real, target, (formula,)):
                    result[squash(record.indikator)][formula] += 1
    return result


def _formulas(habits: Mapping[str, Counter[str]], name: str) -> tuple[str, ...]:
    """All formulas, the indicator's usual one first; without one, what is better when lower begins with such a formula."""
    habit = habits.get(squash(name), Counter())
    first = CAPAIAN if habit or not speaks_of("rendah", name) else (*CAPAIAN[1:], CAPAIAN[0])
    return tuple(sorted(first, key=lambda formula: -habit[formula]))


def _elsewhere(report: Report, habits: Mapping[str, Counter[str]]) -> Iterator[Check]:
    """Target and realisasi of rows without a capaian of their own, against the capaian another table prints of them."""
    for rows in items_of(report, report.kinerja).groups().values():
        bare = [r for r in rows if isinstance(r, Kinerja) and r.capaian is None and _both(r)]
        told = [r for r in rows if isinstance(r, Kinerja) and r.capaian is not None and not _both(r)]
        if not bare or not told or any(isinstance(r, Kinerja) and r.capaian is not None and _both(r) for r in rows):
            continue
        for row in told:
            if usable(row.capaian) and row.table_id != bare[0].table_id:
                whole = replace(row, target=bare[0].target, realisasi=bare[0].realisasi)
                yield _one(report, whole, row.capaian, _formulas(habits, row.indikator))


def _both(row: Kinerja) -> bool:
    return usable(as_number(row.target)) and usable(as_number(row.realisasi))


def _one(report: Report, record: Kinerja | Klaim, result: Figure | None, formulas: Sequence[str]) -> Check:
    assert result is not None
    name = subject(record, "capaian", report)
    real, target = as_number(record.realisasi), as_number(record.target)
    there = [figure for figure in (real, target) if figure is not None]
    reason = _reason(result, target, real)
    if reason or real is None or target is None:
        return untestable(RULE, "ratio", name, reason or "", result=result, operands=there)
    tested = ratios(RULE, name, result, real, target, formulas, exact=True)
    if tested.outcome is Outcome.TIDAK_COCOK and isinstance(record, Klaim) and _other_order(result, real, target):
        return untestable(RULE, "ratio", name, OTHER_ORDER, result=result, operands=there)
    loose = [figure for figure in there if bounded(figure)]
    if tested.outcome is Outcome.TIDAK_COCOK and loose:
        reason = f"bukan satu angka: {loose[0].text!r}"
        return untestable(RULE, "ratio", name, reason, result=result, operands=there)
    return tested


def _other_order(result: Figure, real: Figure, target: Figure) -> bool:
    """Whether the three figures follow from each other in another order: then the sentence was read wrongly."""
    orders = ((real, result, target), (target, real, result), (target, result, real), (real, target, result))
    return any(ratio_mode(a, b, c) is not None for a, b, c in orders)


def _reason(result: Figure | None, target: Figure | None, real: Figure | None) -> str | None:
    target, real = as_number(target), as_number(real)
    for figure, what in ((result, "capaian"), (real, "realisasi"), (target, "target")):
        if not usable(figure):
            return why_not(figure, what)
    units = {figure.unit for figure in (real, target) if figure is not None and figure.unit}
    if len(units) > 1 and PERCENT in units:
        return f"satuan realisasi dan target berbeda: {', '.join(sorted(units))}"
    if number(target) == 0:
        return "target nol: capaian tidak dapat dihitung"
    if result is not None and bounded(result):
        return f"capaian bukan satu angka: {result.text!r}"
    return None
