"""Angka yang sama (uraian atau indikator, tahun, periode dan tahap yang sama) harus sama di semua tabel laporan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.reconcile.checking import equals, untestable
from pipeline.reconcile.figures import subject
from pipeline.reconcile.items import Entry, Items, camps, entries
from schemas.checks import Check
from schemas.records import Kinerja, Report

RULE = "cross_table"
SOURCE = "arithmetic: one figure has one value; PermenPAN-RB 53/2014 asks for reliable, consistent performance data"

OTHER_VERSION = "kedua tabel berbeda pada sebagian besar barisnya: mungkin tahap atau versi anggaran yang lain"
Pair = frozenset[str]


def check(report: Report) -> Iterator[Check]:
    """Angka satu uraian atau indikator (tahun, periode dan tahap yang sama) sama di semua tabel.

    For each item, field and slot: the camp of figures that agree is one agreeing check; every figure outside the largest
    camp is a failing one against it. Two tables that differ in most of what they share are two versions, not an error.
    """
    for rows, fields in (
        (report.anggaran, ("anggaran", "realisasi", "persen")),
        (report.kinerja, ("target", "realisasi", "capaian")),
    ):
        groups = [entries(members, field) for members in Items(report, rows).groups().values() for field in fields]
        groups = [group for group in groups if len({entry.record.table_id for entry in group}) > 1]
        tally = _tally(groups)
        for group in groups:
            yield from _compare(report, group, tally)


def _compare(report: Report, group: Sequence[Entry], tally: Counter[tuple[Pair, bool]]) -> Iterator[Check]:
    first, *others = camps(group)
    if len(first) > 1:
        yield _equal(report, first[0], first[1:])
    for camp in others:
        for entry in camp:
            if _comparable(entry, first, tally):
                yield _equal(report, entry, first)
            else:
                yield untestable(
                    RULE,
                    "equal",
                    subject(entry.record, entry.field, report),
                    OTHER_VERSION,
                    result=entry.figure,
                    operands=[other.figure for other in first],
                )


def _comparable(entry: Entry, camp: Sequence[Entry], tally: Counter[tuple[Pair, bool]]) -> bool:
    """Whether the figure's table goes along with a table of the camp in most of what both print."""
    tables = {other.record.table_id for other in camp}
    if isinstance(entry.record, Kinerja) and len(tables) > 1:
        return True
    for table in tables:
        pair = frozenset((entry.record.table_id, table))
        if tally[pair, True] and tally[pair, True] >= tally[pair, False]:
            return True
    return False


def _tally(groups: Sequence[Sequence[Entry]]) -> Counter[tuple[Pair, bool]]:
    """For every two tables: how many of the figures they share agree (True) and differ (False)."""
    result: Counter[tuple[Pair, bool]] = Counter()
    for group in groups:
        sides = [(entry.record.table_id, number) for number, camp in enumerate(camps(group)) for entry in camp]
        for i, (table, camp_number) in enumerate(sides):
            for other, other_number in sides[i + 1 :]:
                if table != other:
                    result[frozenset((table, other)), camp_number == other_number] += 1
    return result


def _equal(report: Report, entry: Entry, others: Sequence[Entry]) -> Check:
    return equals(
        RULE,
        subject(entry.record, entry.field, report),
        entry.figure,
        [other.figure for other in others],
        detail=(("tabel", str(len({other.record.table_id for other in others}))),),
    )
