"""Budget and realisation in each other's place."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reconcile.checking import plain
from pipeline.reconcile.figures import number, subject, usable
from pipeline.reconcile.interval import as_printed
from pipeline.reconcile.relations import ratio_mode
from schemas.checks import Check, Outcome
from schemas.records import Anggaran, Klaim, Report

RULE = "swapped"
SOURCE = "arithmetic: an absorption above 100 % whose inverse is the stated percentage"


def check(report: Report) -> Iterator[Check]:
    """Anggaran dan realisasi tidak bertukar tempat (serapan di atas 100 % yang kebalikannya adalah persentasenya)."""
    records: tuple[Anggaran | Klaim, ...] = (*report.anggaran, *report.klaim)
    for record in records:
        found = _one(report, record)
        if found is not None:
            yield found


def _one(report: Report, record: Anggaran | Klaim) -> Check | None:
    real, budget, stated = record.realisasi, record.anggaran, record.persen
    if real is None or budget is None or stated is None or not (usable(real) and usable(budget) and usable(stated)):
        return None
    if not number(real) > number(budget) > 0:
        return None
    straight = ratio_mode(stated, real, budget)
    inverse = ratio_mode(stated, budget, real)
    swapped = straight is None and inverse is not None
    return plain(
        RULE,
        "order",
        subject(record, "realisasi dan anggaran", report),
        Outcome.TIDAK_COCOK if swapped else Outcome.COCOK,
        real.place,
        result=real,
        operands=(budget, stated),
        expected=as_printed(number(budget), real),
    )
