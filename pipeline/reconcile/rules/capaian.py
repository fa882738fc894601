"""Achievement of indicators: the stated capaian against realisasi and target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import ratios, tolerant, untestable
from pipeline.reconcile.figures import bounded, given, number, subject, usable, why_not
from pipeline.reconcile.names import squash
from pipeline.reconcile.relations import CAPAIAN, ratio_mode
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Kinerja, Klaim, Report

RULE = "capaian"
OTHER_COLUMN = "sebagian besar kolom ini tidak mengikuti rumus capaian: tampaknya angka yang lain"
PERCENT = "persen"
SOURCE = "PermenPAN-RB 53/2014: capaian = realisasi / target x 100, or its lower-is-better forms"


def check(report: Report) -> Iterator[Check]:
    """Capaian yang dicantumkan sama dengan realisasi dibagi target (atau rumus semakin rendah semakin baik).

    Which way an indicator runs is not printed, so any legitimate formula that agrees is agreement; where none does, the
    formula that the indicator's other figures follow says what is expected.
    """
    habits = _habits(report)
    rows = [row for row in report.kinerja if given(row.capaian) and (given(row.target) or given(row.realisasi))]
    figures = {row.capaian.id: row.capaian for row in rows if row.capaian is not None}
    lines = (_one(report, row, row.capaian, _formulas(habits[squash(row.indikator)])) for row in rows)
    yield from tolerant(lines, figures, OTHER_COLUMN)
    for record in report.klaim:
        stated = record.capaian if record.capaian is not None else (record.persen if record.anggaran is None else None)
        if given(stated) and given(record.target) and given(record.realisasi):
            yield _one(report, record, stated, _formulas(habits[squash(record.subjek or "")]))


def _habits(report: Report) -> dict[str, Counter[str]]:
    """By which formula the figures of each indicator agree, and how often."""
    result: dict[str, Counter[str]] = defaultdict(Counter)
    for record in report.kinerja:
        if _reason(record.capaian, record.target, record.realisasi) is None:
            assert record.capaian is not None
            assert record.realisasi is not None
            assert record.target is not None
            for formula in CAPAIAN:
                if ratio_mode(record.capaian, record.realisasi, record.target, (formula,)):
                    result[squash(record.indikator)][formula] += 1
    return result


def _formulas(habit: Counter[str]) -> tuple[str, ...]:
    """All formulas, the indicator's usual one first."""
    return tuple(sorted(CAPAIAN, key=lambda formula: -habit[formula]))


def _one(report: Report, record: Kinerja | Klaim, result: Figure | None, formulas: Sequence[str]) -> Check:
    assert result is not None
    name = subject(record, "capaian", report)
    there = [figure for figure in (record.realisasi, record.target) if figure is not None]
    reason = _reason(result, record.target, record.realisasi)
    if reason or record.realisasi is None or record.target is None:
        return untestable(RULE, "ratio", name, reason or "", result=result, operands=there)
    tested = ratios(RULE, name, result, record.realisasi, record.target, formulas)
    loose = [figure for figure in there if bounded(figure)]
    if tested.outcome is Outcome.TIDAK_COCOK and loose:
        reason = f"bukan satu angka: {loose[0].text!r}"
        return untestable(RULE, "ratio", name, reason, result=result, operands=there)
    return tested


def _reason(result: Figure | None, target: Figure | None, real: Figure | None) -> str | None:
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
