"""Sums: parents and children, total rows, counts of staff and assets, and lists of running text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reconcile.counting import count_sums
from pipeline.reconcile.footing import budget_sums
from pipeline.reconcile.listed import listed_sums
from schemas.checks import Check
from schemas.records import Report

RULE = "sum"
SOURCE = "arithmetic; PP 12/2019: program, kegiatan, sub kegiatan and akun are each the sum of their parts"


def check(report: Report) -> Iterator[Check]:
    """Jumlah yang dicantumkan (induk, baris atau kolom jumlah, daftar dalam teks) sama dengan jumlah bagiannya."""
    yield from budget_sums(report, RULE)
    yield from count_sums(report, RULE)
    yield from listed_sums(report, RULE)
