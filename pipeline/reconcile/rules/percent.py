"""Percentages of budget lines: the stated percentage against realisasi / anggaran."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reconcile.calculations import printed_calculations
from pipeline.reconcile.checking import ratios, tolerant, untestable
from pipeline.reconcile.figures import given, number, subject, usable, why_not
from pipeline.reconcile.names import tokens
from pipeline.reconcile.words import kind
from schemas.checks import Check
from schemas.figure import Figure
from schemas.records import Anggaran, Klaim, Report

RULE = "percent"
NEAR = 2  # lines between a budget and the realisation stated under it
OTHER_COLUMN = "sebagian besar kolom ini bukan realisasi dibagi anggaran: tampaknya persentase yang lain"
SOURCE = "arithmetic: serapan = realisasi / anggaran x 100; the form of LRA and LKjIP tables (PermenPAN-RB 53/2014)"


def check(report: Report) -> Iterator[Check]:
    """Persentase yang dicantumkan sama dengan realisasi dibagi anggaran, dibulatkan atau dipotong pada desimalnya."""
    figures = {record.persen.id: record.persen for record in report.anggaran if record.persen is not None}
    lines = (_one(report, record) for record in report.anggaran if given(record.persen))
    yield from tolerant(lines, figures, OTHER_COLUMN)
    for before, record in zip((None, *report.klaim), report.klaim, strict=False):
        if given(record.persen) and (given(record.anggaran) or given(record.realisasi)):
            yield _one(report, record, _budget_before(before, record))
    yield from printed_calculations(report, RULE, ("persen", "realisasi", None))


def _budget_before(before: Klaim | None, record: Klaim) -> Figure | None:
    """The budget of the line above ("Jumlah anggaran: ..." over "Jumlah realisasi: ..., atau ... %")."""
    if before is None or record.anggaran is not None or before.realisasi is not None or before.persen is not None:
        return None
    near = before.place.page == record.place.page and abs((before.place.line or 0) - (record.place.line or 0)) <= NEAR
    one_thing = before.tahun == record.tahun and before.tahap == record.tahap and _core(before) == _core(record)
    return before.anggaran if near and one_thing and before.induk == record.induk else None


def _core(klaim: Klaim) -> frozenset[str]:
    """The words of a statement's subject that name something in particular."""
    return frozenset(tokens(klaim.subjek or "")) - kind("umum")


def _one(report: Report, record: Anggaran | Klaim, budget: Figure | None = None) -> Check:
    result, real, budget = record.persen, record.realisasi, record.anggaran or budget
    assert result is not None
    name = subject(record, "persen", report)
    there = [figure for figure in (real, budget) if figure is not None]
    reason = None
    if not usable(result):
        reason = why_not(result, "persentase")
    elif not usable(real):
        reason = why_not(real, "realisasi")
    elif not usable(budget):
        reason = why_not(budget, "anggaran")
    elif number(budget) == 0:
        reason = "anggaran dan realisasi nihil" if number(real) == 0 else "anggaran nol: persentase tidak ada"
    if reason or real is None or budget is None:
        return untestable(RULE, "ratio", name, reason or "", result=result, operands=there)
    return ratios(RULE, name, result, real, budget)
