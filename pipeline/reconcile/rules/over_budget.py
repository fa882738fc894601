"""Spending above its budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import plain, untestable
from pipeline.reconcile.figures import number, subject, usable
from pipeline.reconcile.interval import as_printed
from pipeline.reconcile.words import speaks_of
from schemas.checks import Check, Outcome
from schemas.records import Anggaran, Klaim, Report

RULE = "over_budget"
SOURCE = "PP 12/2019 pasal 124 (no spending without, or above, its budget)"

LEAST = 1000  # rupiah: smaller numbers in such columns are no amounts
LIKE_REVENUE = "sebagian besar baris tabel melampaui anggaran: tampaknya bukan belanja"


def check(report: Report) -> Iterator[Check]:
    """Realisasi belanja tidak melebihi anggarannya."""
    by_table: dict[str, list[Anggaran]] = defaultdict(list)
    mixed = {record.table_id for record in report.anggaran if record.kelompok != "belanja"}
    revenue = _revenue(report.anggaran)
    for record in report.anggaran:
        rows = revenue.get(record.table_id)
        if (record.tingkat == "total" and record.table_id in mixed) or (rows and rows[0] < record.row < rows[-1]):
            continue
        if record.kelompok == "belanja" and usable(record.anggaran) and usable(record.realisasi):
            by_table[record.table_id].append(record)
    for records in by_table.values():
        over = sum(_over(record) for record in records)
        doubtful = len(records) > 2 and over * 2 > len(records)
        for record in records:
            yield _one(report, record, doubtful and _over(record))
    for klaim in report.klaim:
        spending = usable(klaim.anggaran) and usable(klaim.realisasi) and not speaks_of("pendapatan", klaim.kalimat)
        if spending:
            yield _one(report, klaim, False)


def _revenue(lines: Sequence[Anggaran]) -> dict[str, list[int]]:
    """The rows of each table that are revenue; what stands among them is revenue too, whatever its name."""
    result: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if line.kelompok == "pendapatan":
            result[line.table_id].append(line.row)
    return {table: sorted(rows) for table, rows in result.items()}


def _over(record: Anggaran | Klaim) -> bool:
    return number(record.realisasi) > number(record.anggaran) >= LEAST


def _one(report: Report, record: Anggaran | Klaim, doubtful: bool) -> Check:
    real, budget = record.realisasi, record.anggaran
    assert real is not None
    assert budget is not None
    name = subject(record, "realisasi", report)
    if doubtful:
        return untestable(RULE, "order", name, LIKE_REVENUE, result=real, operands=(budget,))
    outcome = Outcome.TIDAK_COCOK if _over(record) else Outcome.COCOK
    expected = as_printed(number(budget), budget)
    return plain(RULE, "order", name, outcome, real.place, result=real, operands=(budget,), expected=expected)
