"""What documents of one agency are held against: last years' reports, the plan of the year, the report's other parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.lintas.compare import Book, Cell, Compared, Difference, Row, compare
from pipeline.lintas.documents import Reread, merged
from pipeline.lintas.filenames import marks_of
from pipeline.lintas.groups import Member, current_of
from pipeline.reconcile.figures import index
from pipeline.reconcile.rules import cross_table, narrative
from schemas.checks import Outcome

REPORTS, PLANS = ("lkjip", "lain"), ("pk", "rkt")
PRIOR_YEAR = "prior_year"
# Name, statement and source of the rule that only this package has (`cross_table` and `narrative` are a report's own).
RULE_BETWEEN = (
    PRIOR_YEAR,
    "Angka tahun lalu sama dengan laporan tahun itu, dan target serta anggaran sama dengan rencananya.",
    "PermenPAN-RB 53/2014: compare with earlier years and with the performance agreement",
)
MURNI, PERUBAHAN = "murni", "perubahan"
BUDGET_YEAR, INDICATOR_YEAR = ("anggaran", "realisasi", "persen"), ("target", "realisasi", "capaian")
_REVISED = "perubahan"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A difference, the rule it breaks and what the other document is to this one: lapor, rencana, bagian."""

    rule: str
    kind: str
    difference: Difference


def prior_years(members: Sequence[Member], counted: Compared) -> Iterator[Contradiction]:
    """Every report's columns of earlier years against the reports of those years."""
    years = sorted({m.document.stored.year for m in members if m.document.stored.year})
    for later in (m.document for m in members if m.current and m.document.stored.jenis in REPORTS):
        for year in (y for y in years if y < later.stored.year):
            earlier = current_of(members, year, REPORTS)
            yield from _held(later, earlier, year, (BUDGET_YEAR, INDICATOR_YEAR), PRIOR_YEAR, "lapor", counted)


def _held(
    later: Reread,
    others: Sequence[Reread],
    year: int,
    fields: tuple[Sequence[str], Sequence[str]],
    rule: str,
    kind: str,
    counted: Compared,
) -> Iterator[Contradiction]:
    for rows_of, names in zip((_budget, _indicators), fields, strict=True):
        book = Book((document, row) for document in others for row in rows_of(document, year))
        done = compare(later, rows_of(later, year), book, names, lambda row, name, same: same)
        counted.add(done)
        for one in done.differences:
            yield Contradiction(rule, kind, one)


def _budget(document: Reread, year: int) -> list[Row]:
    return [
        row for row in document.report.anggaran if row.tahun == year and row.periode is None and row.tingkat != "total"
    ]


def _indicators(document: Reread, year: int) -> list[Row]:
    return [
        row for row in document.report.kinerja if row.tahun == year and row.periode is None and row.acuan == "tahunan"
    ]


def plans(members: Sequence[Member], counted: Compared) -> Iterator[Contradiction]:
    """What a report says was planned against the plan itself: the agreement (PK) where there is one, else the RKT.

    Stages are kept apart: an original plan is held against what the report calls `murni`, a revised one against what it
    calls `perubahan` or nothing. Where a revised plan is there too, a report without stages is not held against the
    original one.
    """
    for report in (m.document for m in members if m.current and m.document.stored.jenis == "lkjip"):
        year = report.stored.year
        found = current_of(members, year, ("pk",)) or current_of(members, year, ("rkt",))
        revised = any(_is_revised(plan) for plan in found)
        for plan in found:
            stage = PERUBAHAN if _is_revised(plan) else MURNI
            yield from _planned(report, plan, year, stage, revised, counted)


def _planned(
    report: Reread, plan: Reread, year: int, stage: str, revised: bool, counted: Compared
) -> Iterator[Contradiction]:
    for rows_of, field in ((_budget, "anggaran"), (_indicators, "target")):
        book = Book((report, row) for row in rows_of(report, year))
        staged = {row.tahap for row in rows_of(report, year)}

        def choose(row: Row, name: str, same: list[tuple[Reread, Row]]) -> list[tuple[Reread, Row]] | None:
            mine = row.tahap or stage
            return _of_stage(same, mine, PERUBAHAN in staged or revised)  # noqa: B023 - called at once

        done = compare(plan, rows_of(plan, year), book, (field,), choose)
        counted.add(done)
        for one in done.differences:
            # what the report prints is in question, not the plan
            turned = Difference(one.there, one.here)
            yield Contradiction(PRIOR_YEAR, "rencana", turned)


def _of_stage(same: list[tuple[Reread, Row]], stage: str, revised: bool) -> list[tuple[Reread, Row]] | None:
    exact = [pair for pair in same if pair[1].tahap == stage]
    if exact:
        return exact
    if stage == MURNI and revised:
        return None
    return [pair for pair in same if pair[1].tahap is None] or None


def _is_revised(plan: Reread) -> bool:
    """Whether a plan is of the revised budget: its file's name, its rows, or the captions of its tables say so."""
    report = plan.report
    rows: Iterable[Row] = (*report.anggaran, *report.kinerja)
    stages = {row.tahap for row in rows}
    if stages & {MURNI, PERUBAHAN}:
        return False  # its rows say it themselves
    titles = " ".join(table.raw.title or "" for table in report.tables).casefold()
    return marks_of((plan.stored.sumber, *plan.stored.sumber_lain)).revised or _REVISED in titles


def parts(members: Sequence[Member], counted: Compared) -> Iterator[Contradiction]:
    """The parts of one report against each other, as if they were one: tables and text, by the rules of a report."""
    groups: dict[tuple[int, str], list[Reread]] = {}
    for member in members:
        if member.current:
            groups.setdefault((member.document.stored.year, member.group), []).append(member.document)
    for group in groups.values():
        if len(group) > 1:
            yield from _between(group, counted)


def _between(group: Sequence[Reread], counted: Compared) -> Iterator[Contradiction]:
    whole = merged(group)
    by_id = {document.document_id: document for document in group}
    spots = index(whole)

    def cell(figure_id: str) -> Cell:
        spot = spots[figure_id]
        document = by_id[figure_id.partition("/")[0]]
        return Cell(document, spot.record, spot.field, spot.figure)  # type: ignore[arg-type]

    for rule in (cross_table, narrative):
        for check in rule.check(whole):
            if check.result is None or not check.operands:
                continue
            home = check.result.partition("/")[0]
            away = [one for one in check.operands if one.partition("/")[0] != home]
            if not away:
                continue
            counted.agree += check.outcome is Outcome.COCOK
            counted.apart += check.outcome is Outcome.TAK_TERUJI
            # where the document contradicts itself, its own finding says so
            if check.outcome is Outcome.TIDAK_COCOK and len(away) == len(check.operands):
                counted.differ += 1
                there = tuple(cell(one) for one in away)
                yield Contradiction(rule.RULE, "bagian", Difference((cell(check.result),), there))
