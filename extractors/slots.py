"""Which columns of a row make one record: one slot for each name, year, stage and period that a header distinguishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.records import Column


@dataclass(slots=True)
class Slot:
    """One record's columns. `fields` maps target/realisasi/capaian or anggaran/realisasi_anggaran/persen to a column index."""

    name_col: int | None
    year: int | None
    stage: str | None
    period: str | None
    acuan: str
    group: str | None
    fields: dict[str, int] = field(default_factory=dict)


# The columns that are computed from those before them: without a year or stage of their own they follow the last record.
DERIVED = {"capaian", "persen"}
ACTUAL = {"realisasi", "realisasi_anggaran"}
PLANNED = {"target", "anggaran"}


def slots_of(columns: Sequence[Column], roles: Sequence[str], *, year: int, name_role: str | None = None) -> list[Slot]:
    """Group the columns with these roles into slots. `year` is the year reported on (what a header without a year means)."""
    slots: list[Slot] = []
    name_col: int | None = None
    for column in columns:
        if name_role and column.role == name_role:
            name_col = column.index
            continue
        if column.role not in roles:
            continue
        slot = _find(slots, column, name_col, year)
        if slot is None:
            slot = Slot(name_col, column.year, column.stage, column.period, column.acuan or "tahunan", column.group)
            slots.append(slot)
        slot.fields[column.role] = column.index
        if slot.year is None:
            slot.year = column.year
        if column.acuan and column.role in ("target", "capaian"):
            slot.acuan = column.acuan
    return [s for s in slots if s.fields]


def _find(slots: Sequence[Slot], column: Column, name_col: int | None, year: int) -> Slot | None:
    open_slots = [
        s for s in slots if column.role not in s.fields and s.name_col == name_col and s.period == column.period
    ]
    if not open_slots:
        return None
    if column.role in DERIVED and column.year is None and column.stage is None:
        # A percentage belongs to the record just before it.
        last = slots[-1]
        return last if last in open_slots else open_slots[-1]
    fitting = [s for s in open_slots if _same_year(s.year, column.year, year) and _same_stage(s, column)]
    if not fitting:
        return None
    if column.role in ACTUAL and column.stage is None:
        # Where the original and the revised budget stand beside one realisation, it belongs to the revised one.
        revised = [s for s in fitting if s.stage == "perubahan"]
        if revised:
            return revised[-1]
    if column.role in PLANNED and column.stage is None:
        same = [s for s in fitting if s.stage is None]
        return same[-1] if same else None
    return fitting[-1]


def _same_year(a: int | None, b: int | None, year: int) -> bool:
    return (a or year) == (b or year)


def _same_stage(slot: Slot, column: Column) -> bool:
    if column.role in ACTUAL | DERIVED and column.stage is None:
        return True
    return slot.stage == column.stage
