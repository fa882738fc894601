"""How grave a finding is: what it is about, and how much money or which target turns on it.

Materiality decides the severity alone, never whether a finding exists. High is money (from the materiality on) and a
target that is met by one figure and not by the other; low is notation, left-over wording and a last decimal; all else
is medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.reconcile.figures import Record, Spot, number, usable
from pipeline.reconcile.interval import is_money, step
from schemas.checks import Severity
from schemas.figure import Figure
from schemas.records import Anggaran, Klaim, Report

HUNDRED = Decimal(100)
MONEY_FIELDS = ("anggaran", "realisasi")
LOW_RULES = frozenset({"malformed"})
HIGH_RULES = frozenset({"over_budget", "swapped"})
_AMOUNT = re.compile(r"(?:rp\.?\s*)?(?P<digits>\d[\d.]*(?:,\d+)?)\s*(?P<percent>%|persen)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Materiality:
    """From which difference on money is grave: `rupiah`, or `percent` of the total; either suffices. None: from any."""

    rupiah: Decimal | None = None
    percent: Decimal | None = None

    @classmethod
    def parse(cls, text: str) -> Materiality:
        """ "1.000.000", "0,5%" or both ("1.000.000; 0,5%"); points group rupiah. Raises ValueError for anything else."""
        rupiah: Decimal | None = None
        percent: Decimal | None = None
        parts = [part.strip() for part in re.split(r"[;/]|\s+(?:atau|or|dan|and)\s+", text) if part.strip()]
        if not parts or len(parts) > 2:
            raise ValueError(text)
        for part in parts:
            match = _AMOUNT.fullmatch(part)
            if match is None:
                raise ValueError(text)
            digits = match["digits"]
            if match["percent"] and percent is None:
                percent = Decimal(digits.replace(",", "."))
            elif not match["percent"] and rupiah is None:
                rupiah = Decimal(digits.replace(".", "").replace(",", "."))
            else:
                raise ValueError(text)
        return cls(rupiah, percent)

    def __str__(self) -> str:
        """A canonical form; empty where nothing is set."""
        parts = [f"{self.rupiah:f}" if self.rupiah is not None else "", f"{self.percent:f}%" if self.percent else ""]
        return ";".join(part for part in parts if part)

    def reached(self, difference: Decimal, of: Decimal | None) -> bool:
        """Whether a difference (in rupiah) is material."""
        if self.rupiah is None and self.percent is None:
            return True
        by_rupiah = self.rupiah is not None and abs(difference) >= self.rupiah
        share = share_of(difference, of)
        return by_rupiah or (self.percent is not None and share is not None and share >= self.percent)


def share_of(difference: Decimal, of: Decimal | None) -> Decimal | None:
    """The difference in percent of a total."""
    return abs(difference) * HUNDRED / abs(of) if of else None


def severity(
    rule: str, spot: Spot | None, stated: object, expected: object, total: Decimal | None, material: Materiality
) -> Severity:
    """The severity of a finding by its rule, its figure, the two values and the total the figure is part of."""
    if rule in LOW_RULES:
        return Severity.RENDAH
    figure = spot.figure if spot is not None else None
    both = isinstance(stated, Decimal) and isinstance(expected, Decimal)
    if figure is not None and is_money(figure):
        grave = not isinstance(stated, Decimal) or not isinstance(expected, Decimal)
        grave = grave or material.reached(stated - expected, total)  # type: ignore[operator]
        return Severity.TINGGI if grave else Severity.SEDANG
    if rule in HIGH_RULES:
        return Severity.TINGGI
    if spot is None or figure is None or not both:
        return Severity.SEDANG
    assert isinstance(stated, Decimal)
    assert isinstance(expected, Decimal)
    if turns(spot, stated, expected):
        return Severity.TINGGI
    return Severity.RENDAH if abs(stated - expected) <= step(figure) else Severity.SEDANG


def turns(spot: Spot, stated: Decimal, expected: Decimal) -> bool:
    """Whether a target is met with one of the two values and missed with the other."""
    if spot.field == "capaian":
        return (stated >= HUNDRED) != (expected >= HUNDRED)
    target = getattr(spot.record, "target", None)
    if spot.field == "realisasi" and isinstance(target, Figure) and usable(target) and target.id != spot.figure.id:
        return (stated >= number(target)) != (expected >= number(target))
    return False


def total_of(spot: Spot | None, report: Report) -> Decimal | None:
    """The total an amount is part of: that of its table, else the report's largest of the year; None where none is."""
    if spot is None or not is_money(spot.figure):
        return None
    field = spot.field if spot.field in MONEY_FIELDS else "anggaran"
    mine = [line for line in report.anggaran if line.table_id == spot.figure.table_id]
    for lines in (mine, report.anggaran):
        values = list(_totals(lines, spot.record, field))
        if values:
            return max(values)
    return None


def _totals(lines: Iterable[Anggaran], record: Record | None, field: str) -> Iterable[Decimal]:
    slot = (record.tahun, record.tahap, record.periode) if isinstance(record, (Anggaran, Klaim)) else None
    for line in lines:
        figure: Figure | None = getattr(line, field)
        same = slot is None or (line.tahun, line.tahap, line.periode) == slot or isinstance(record, Klaim)
        if line.tingkat == "total" and same and line.kelompok == "belanja" and usable(figure) and figure is not None:
            yield number(figure)
