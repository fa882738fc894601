"""Angka yang sama (uraian atau indikator, tahun, periode dan tahap yang sama) harus sama di semua tabel laporan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import equals, untestable
from pipeline.reconcile.figures import number, subject
from pipeline.reconcile.items import Entry, Items, camps, entries
from schemas.checks import Check
from schemas.records import Kinerja, Report

RULE = "cross_table"
SOURCE = "arithmetic: one figure has one value; PermenPAN-RB 53/2014 asks for reliable, consistent performance data"

MONEY = ("anggaran", "realisasi", "persen")
INDICATOR = ("target", "realisasi", "capaian")
ENOUGH = 2  # times as many figures must agree as differ before a difference between two tables is an error
OTHER_VERSION = "kedua tabel berbeda pada banyak barisnya: mungkin tahap atau versi anggaran yang lain"
NO_STAGE = "tahap (murni atau perubahan) salah satu tabel tidak dicantumkan"
Pair = frozenset[str]


def check(report: Report) -> Iterator[Check]:
    """Angka satu uraian atau indikator (tahun, periode dan tahap yang sama) sama di semua tabel.

    For each item, field and slot: the camp of figures that agree is one agreeing check; every figure outside the largest
    camp is a failing one against it. Two tables that differ in much of what they share are two versions, not an error.
    """
    for rows, fields in ((report.anggaran, MONEY), (report.kinerja, INDICATOR)):
        found = Items(report, rows).groups().values()
        groups = [entries(members, field) for members in found for field in fields]
        groups = [group for group in groups if len({entry.record.table_id for entry in group}) > 1]
        tally = _tally(groups)
        for group in groups:
            yield from _compare(report, group, tally)


def _compare(report: Report, group: Sequence[Entry], tally: Counter[tuple[Pair, bool]]) -> Iterator[Check]:
    first, *others = camps(group)
    if len(first) > 1:
        yield _equal(report, first[0], first[1:])
    for entry in (entry for camp in others for entry in camp):
        reason = _not_comparable(entry, first, tally)
        if reason is None:
            yield _equal(report, entry, first)
        else:
            name = subject(entry.record, entry.field, report)
            operands = [other.figure for other in first]
            yield untestable(RULE, "equal", name, reason, result=entry.figure, operands=operands)


def _not_comparable(entry: Entry, camp: Sequence[Entry], tally: Counter[tuple[Pair, bool]]) -> str | None:
    """Why a difference between the figure's table and those of the camp need not be an error; None where it is one."""
    same_stage = [other for other in camp if other.record.tahap == entry.record.tahap]
    if not same_stage:
        return NO_STAGE
    tables = {other.record.table_id for other in same_stage}
    if entry.record.periode is None and isinstance(entry.record, Kinerja) and len(tables) > 1:
        return None
    for table in tables:
        pair = frozenset((entry.record.table_id, table))
        if tally[pair, True] and tally[pair, True] >= ENOUGH * tally[pair, False]:
            return None
    return OTHER_VERSION


def _tally(groups: Sequence[Sequence[Entry]]) -> Counter[tuple[Pair, bool]]:
    """For every two tables: how many of the figures they share agree (True; nil does not count) and differ (False)."""
    result: Counter[tuple[Pair, bool]] = Counter()
    for group in groups:
        sides = [(entry, place) for place, camp in enumerate(camps(group)) for entry in camp]
        for i, (entry, place) in enumerate(sides):
            for other, other_place in sides[i + 1 :]:
                pair = frozenset((entry.record.table_id, other.record.table_id))
                if len(pair) > 1 and (place != other_place or number(entry.figure) != 0):
                    result[pair, place == other_place] += 1
    return result


def _equal(report: Report, entry: Entry, others: Sequence[Entry]) -> Check:
    return equals(
        RULE,
        subject(entry.record, entry.field, report),
        entry.figure,
        [other.figure for other in others],
        detail=(("tabel", str(len({other.record.table_id for other in others}))),),
        strict=entry.strict,
    )
