"""Running numbers that go through a whole table: a number is left out although no line is missing.

That no line is missing is told by the sums of the lines around the gap; a gap with sums that fail, or cannot be tested,
may be our own loss.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.reconcile.checking import plain
from pipeline.reconcile.footing import budget_sums
from pipeline.reconcile.once import once
from schemas.checks import Check, Outcome
from schemas.records import Anggaran, Report

ENOUGH = 10  # numbered lines before the order of their numbers means something


def running_numbers(report: Report, rule: str) -> Iterator[Check]:
    """Checks of the running numbers of each level in each budget table."""
    lists: dict[tuple[str, str], dict[int, Anggaran]] = defaultdict(dict)
    for line in report.anggaran:
        if line.tingkat != "total" and line.nomor and line.nomor.isdigit():
            lists[line.table_id, line.tingkat].setdefault(line.row, line)
    if not lists:
        return
    by_id = {line.record_id: line for line in report.anggaran}
    for rows in lists.values():
        lines = [rows[row] for row in sorted(rows)]
        numbers = [int(line.nomor or 0) for line in lines]
        jumps = [at for at, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
        if len(lines) < ENOUGH or numbers[0] != 1 or len(jumps) > 1 or numbers != sorted(set(numbers)):
            continue
        if not jumps:
            yield _check(rule, lines, lines[-1], Outcome.COCOK, None)
            continue
        around = (lines[jumps[0] - 1], lines[jumps[0]])
        parents = [by_id.get(line.induk or "") for line in around]
        sound = _sound(report)
        told = all(parent is not None and (parent.table_id, parent.row) in sound for parent in parents)
        reason = None if told else "baris di antaranya mungkin tidak terbaca"
        yield _check(rule, lines, around[1], Outcome.TIDAK_COCOK if told else Outcome.TAK_TERUJI, reason)


@once
def _sound(report: Report) -> set[tuple[str, int]]:
    """Rows whose parts add up in every column that can be tested."""
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    for check in budget_sums(report, "sum"):
        outcomes[check.result or ""].add(check.outcome)
    result: dict[tuple[str, int], set[Outcome]] = defaultdict(set)
    for line in report.anggaran:
        for figure in (line.anggaran, line.realisasi):
            if figure is not None:
                result[line.table_id, line.row] |= outcomes.get(figure.id, set())
    return {row for row, found in result.items() if found == {Outcome.COCOK}}


def _check(rule: str, lines: Sequence[Anggaran], at: Anggaran, outcome: Outcome, reason: str | None) -> Check:
    last = lines[-1].nomor or ""
    return plain(
        rule,
        "count",
        f"Nomor urut {at.tingkat.replace('_', ' ')} ({at.nomor}. {at.uraian})",
        outcome,
        at.place,
        stated_as=last,
        expected=str(len(lines)),
        table_id=at.table_id,
        reason=reason,
        detail=(("pesan", "running"),),
    )
