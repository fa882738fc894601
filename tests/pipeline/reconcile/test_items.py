"""Rows by item and slot: what a table repeats is found without holding every row against every other."""

from __future__ import annotations

import time
from typing import Any

from pipeline.reconcile.items import Items

ROWS = 12_000
SECONDS = 1.0  # of the processor; 0.1 here, and 2 where every row was held against those before it


def test_an_indicator_printed_again_with_the_same_figures_counts_once(b: Any) -> None:
    for _ in range(2):
        b.indicator("T1", "Indeks Arsip", "80", "60", "75")
    b.indicator("T2", "Indeks Arsip", "80", "60", "75")
    report = b.report()
    (rows,) = Items(report, report.kinerja).groups().values()
    assert [(row.table_id, row.row) for row in rows] == [("T1", 1), ("T2", 1)]


def test_an_indicator_printed_again_with_other_figures_is_not_one_item(b: Any) -> None:
    b.indicator("T1", "Indeks Arsip", "80", "60", "75")
    b.indicator("T1", "Indeks Arsip", "80", "70", "87,5")
    report = b.report()
    assert Items(report, report.kinerja).groups() == {}


def test_thousands_of_equal_rows_take_no_longer_each(b: Any) -> None:
    for _ in range(ROWS):
        b.budget("T1", "Program Arsip")
    report = b.report()
    items = Items(report, report.anggaran)
    start = time.process_time()
    assert items.groups() == {}
    assert time.process_time() - start < SECONDS
