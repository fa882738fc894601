"""Sums in budget tables: parents and their children at every level, and total rows and what they total.

Who is whose child comes from the records (`induk`), which reading settled without any sum. What a total row totals is
told by its place and its label; where that leaves more than one possibility and none of them adds up, nothing is
claimed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipeline.reconcile.checking import sums, untestable
from pipeline.reconcile.figures import given, number, subject, usable, why_not
from pipeline.reconcile.once import once
from pipeline.reconcile.relations import ratio_mode
from pipeline.reconcile.slips import is_slip
from pipeline.reconcile.words import is_subtotal
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Anggaran, Report

FIELDS = ("anggaran", "realisasi")
PROGRAMME_LEVELS = frozenset({"program", "kegiatan", "sub_kegiatan"})
FAR = Decimal("1.5")  # a sum further off than this, by no slip, comes of lines misread
_PROGRAMME = re.compile(r"\W*(?:\w{1,4}[.)]\s*)?program\b", re.IGNORECASE)
MIXED = "rincian di bawahnya dari tingkat yang berbeda-beda"
NO_PARTS = "bagian-bagiannya tidak berangka dalam tabel ini"
UNCLEAR = "tidak jelas baris mana yang dijumlahkan"

Slot = tuple[int | None, str | None, str | None]


@once
def budget_sums(report: Report, rule: str) -> tuple[Check, ...]:
    """Checks of one report's budget tables."""
    return tuple(_budget_sums(report, rule))


def _budget_sums(report: Report, rule: str) -> Iterator[Check]:
    tables: dict[tuple[str, Slot], list[Anggaran]] = defaultdict(list)
    for record in report.anggaran:
        tables[record.table_id, (record.tahun, record.periode, record.tahap)].append(record)
    by_id = {record.record_id: record for record in report.anggaran}
    for rows in tables.values():
        rows.sort(key=lambda record: record.row)
        parents = _parents(rows, by_id)
        for field in FIELDS:
            yield from _families(report, rule, rows, parents, field)
            yield from _totals(report, rule, rows, parents, field)


def _parents(rows: Sequence[Anggaran], by_id: dict[str, Anggaran]) -> dict[str, Anggaran]:
    """Each row's parent of the same year and stage, where it has one in this table."""
    by_row = {record.row: record for record in rows}
    result = {}
    for record in rows:
        named = by_id.get(record.induk or "")
        if named is None or named.table_id != record.table_id or named.row == record.row:
            continue
        parent = by_row.get(named.row)
        if parent is not None:
            result[record.record_id] = parent
    return result


def _families(
    report: Report, rule: str, rows: Sequence[Anggaran], parents: dict[str, Anggaran], field: str
) -> Iterator[Check]:
    children: dict[str, list[Anggaran]] = defaultdict(list)
    for record in rows:
        parent = parents.get(record.record_id)
        if parent is not None and record.tingkat != "total":
            children[parent.record_id].append(record)
    for record in rows:
        mine = children.get(record.record_id)
        if mine:
            yield from _family(report, rule, record, mine, field, rows, parents)


def _stray(
    rows: Sequence[Anggaran], parent: Anggaran, children: Sequence[Anggaran], parents: dict[str, Anggaran]
) -> Anggaran | None:
    """A row among the children, of their level, whose parent reading could not tell."""
    levels = {child.tingkat for child in children}
    last = max(child.row for child in children)
    for row in rows:
        if parent.row < row.row <= last and row.tingkat in levels and row.record_id not in parents:
            return row
    return None


def _family(
    report: Report,
    rule: str,
    parent: Anggaran,
    children: Sequence[Anggaran],
    field: str,
    rows: Sequence[Anggaran],
    parents: dict[str, Anggaran],
) -> Iterator[Check]:
    stated: Figure | None = getattr(parent, field)
    figures: list[Figure | None] = [getattr(child, field) for child in children]
    if stated is None or not given(stated) or not any(given(figure) for figure in figures):
        return
    name = subject(parent, field, report)
    there = [figure for figure in figures if figure is not None and usable(figure)]
    reason = None
    levels = {child.tingkat for child in children} & PROGRAMME_LEVELS
    if not usable(stated):
        reason = why_not(stated, field)
    elif len(levels) > 1:
        reason = MIXED
    else:
        for child, figure in zip(children, figures, strict=True):
            if not usable(figure):
                reason = f"{why_not(figure, field)} pada rincian {child.uraian!r}"
                break
    if reason:
        yield untestable(rule, "sum", name, reason, result=stated, operands=there)
        return
    tested = sums(rule, name, stated, there, (("bagian", str(len(there))),))
    if tested.outcome is Outcome.TIDAK_COCOK:
        by_code = bool(parent.kode) and all((child.kode or "").startswith(parent.kode or " ") for child in children)
        reason = misread(stated, there) if not by_code or not any(number(part) for part in there) else None
        reason = None if reason and _told_by_percent(parent, children, field) else reason
        if gap := _gap(children):
            reason = f"nomor rinciannya melompat dari {gap[0]} ke {gap[1]}: mungkin ada baris yang tidak terbaca"
        stray = _stray(rows, parent, children, parents)
        if stray is not None:
            reason = f"di antara rinciannya ada baris yang induknya tidak jelas: {stray.uraian!r}"
    yield untestable(rule, "sum", name, reason, result=stated, operands=there) if reason else tested


def _gap(children: Sequence[Anggaran]) -> tuple[int, int] | None:
    """Two numbers of the list between which one is missing, where all others follow each other."""
    numbers = [int(child.nomor) for child in children if child.nomor and child.nomor.isdigit()]
    steps = list(pairwise(numbers))
    jumps = [(a, b) for a, b in steps if b != a + 1]
    return jumps[0] if len(numbers) == len(children) and jumps and len(jumps) * 4 <= len(steps) else None


def _told_by_percent(parent: Anggaran, children: Sequence[Anggaran], field: str) -> bool:
    """Whether one line's own percentage fits what the sum needs there, and not what is printed: then it is misprinted."""
    values = [number(figure) for child in children if usable(figure := getattr(child, field))]
    excess = sum(values, Decimal(0)) - number(getattr(parent, field))
    for line, needed in ((parent, excess), *((child, -excess) for child in children)):
        own: Figure | None = getattr(line, field)
        if own is None or line.persen is None or line.anggaran is None or line.realisasi is None:
            continue
        if not all(usable(other) for other in (own, line.persen, line.anggaran, line.realisasi)):
            continue
        meant = replace(own, value=number(own) + needed)
        real, budget = (meant, line.anggaran) if field == "realisasi" else (line.realisasi, meant)
        fits = meant.value and ratio_mode(line.persen, real, budget) is not None
        if fits and ratio_mode(line.persen, line.realisasi, line.anggaran) is None:
            return True
    return False


def misread(stated: Figure, parts: Sequence[Figure]) -> str | None:
    """Why a sum is so far off that lines were rather misread than misprinted; None where a slip explains it."""
    total, printed = sum((number(part) for part in parts), Decimal(0)), number(stated)
    excess = total - printed
    if is_slip(printed, total) or any(is_slip(number(part), number(part) - excess) for part in parts):
        return None
    if any(number(part) == excess for part in parts):
        return "satu baris di dalamnya mungkin bukan bagiannya: tanpa baris itu jumlahnya cocok"
    if len(parts) > 1 and any(abs(number(part)) > abs(printed) for part in parts):
        return "satu bagian lebih besar dari jumlahnya: susunan baris mungkin terbaca lain"
    if not abs(printed) <= abs(total) * FAR or not abs(total) <= abs(printed) * FAR:
        return "selisihnya terlalu besar: mungkin ada baris yang tidak terbaca"
    return None


def _totals(
    report: Report, rule: str, rows: Sequence[Anggaran], parents: dict[str, Anggaran], field: str
) -> Iterator[Check]:
    start = 0
    for position, record in enumerate(rows):
        if record.tingkat != "total":
            continue
        stated: Figure | None = getattr(record, field)
        near = _tops(rows[start:position], parents)
        every = _tops(rows[:position], parents)
        subtotals = [row for row in rows[:position] if row.tingkat == "total"]
        if stated is not None and given(stated) and near:
            scopes = [near] if is_subtotal(record.uraian) else [near, every, subtotals]
            yield from _total(report, rule, record, stated, scopes, field)
        elif stated is not None and given(stated) and every and not is_subtotal(record.uraian):
            for check in _total(report, rule, record, stated, [every, subtotals], field):
                alone = check.outcome is Outcome.TIDAK_COCOK and len(subtotals) < 2
                yield untestable(rule, "sum", check.subject, NO_PARTS, result=stated) if alone else check
        elif stated is not None and given(stated):
            yield untestable(rule, "sum", subject(record, field, report), NO_PARTS, result=stated)
        start = position + 1


def _tops(rows: Sequence[Anggaran], parents: dict[str, Anggaran]) -> list[Anggaran]:
    """The top lines of a run of rows: those without a parent in it, totals aside."""
    inside = {record.record_id for record in rows}
    tops = []
    for record in rows:
        parent = parents.get(record.record_id)
        if record.tingkat != "total" and (parent is None or parent.record_id not in inside):
            tops.append(record)
    return tops


def _total(
    report: Report, rule: str, record: Anggaran, stated: Figure, scopes: Sequence[Sequence[Anggaran]], field: str
) -> Iterator[Check]:
    name = subject(record, field, report)
    different: list[list[Anggaran]] = []
    for scope in scopes:
        if scope and list(scope) not in different:
            different.append(list(scope))
    if not different:
        return
    if not usable(stated):
        yield untestable(rule, "sum", name, why_not(stated, field), result=stated)
        return
    tested: list[Check] = []
    reason = UNCLEAR
    for scope in different:
        figures: list[Figure | None] = [getattr(row, field) for row in scope]
        there = [figure for figure in figures if figure is not None and usable(figure)]
        missing = next((row for row, figure in zip(scope, figures, strict=True) if not usable(figure)), None)
        if not there:
            continue
        if missing is not None:
            reason = f"{why_not(getattr(missing, field), field)} pada baris {missing.uraian!r}"
            continue
        if len({row.kelompok for row in scope}) > 1 or _mixed(scope):
            reason = MIXED
            continue
        tested.append(sums(rule, name, stated, there, (("bagian", str(len(there))),)))
    agreeing = [check for check in tested if check.outcome is Outcome.COCOK]
    if agreeing:
        yield agreeing[0]
    elif len(tested) == len(different) and len({check.expected for check in tested}) == 1:
        parts = [figure for row in different[0] if usable(figure := getattr(row, field))]
        doubt = misread(stated, parts)
        doubt = None if doubt and _told_by_percent(record, different[0], field) else doubt
        yield untestable(rule, "sum", name, doubt, result=stated, operands=parts) if doubt else tested[0]
    elif tested or reason != UNCLEAR:
        yield untestable(rule, "sum", name, reason, result=stated)


def _mixed(scope: Sequence[Anggaran]) -> bool:
    """Lines of different programme levels side by side: a level above would be counted with its own parts."""
    levels = {row.tingkat for row in scope}
    named = [_PROGRAMME.match(row.uraian) is not None for row in scope]
    return len(levels & PROGRAMME_LEVELS) > 1 or (any(named) and not all(named) and "program" in levels)
