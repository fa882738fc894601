"""Angka yang sama (uraian atau indikator, tahun, periode dan tahap yang sama) harus sama di semua tabel laporan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.reconcile.checking import GIVEN_BY, equals, untestable
from pipeline.reconcile.figures import as_number, bounded, number, subject, usable
from pipeline.reconcile.interval import Interval, agreement, alike
from pipeline.reconcile.items import Entry, camps, entries, items_of
from pipeline.reconcile.othertables import named_by_cells
from pipeline.reconcile.relations import CAPAIAN, ratio_mode, total
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Kinerja, Report

RULE = "cross_table"
SOURCE = "arithmetic: one figure has one value; PermenPAN-RB 53/2014 asks for reliable, consistent performance data"

MONEY = ("anggaran", "realisasi", "persen")
INDICATOR = ("target", "realisasi", "capaian")
GIVEN = ("target", "anggaran")  # what a revision changes
ENOUGH = 2  # times as many figures must agree as differ before a difference between two tables is an error
OTHER_VERSION = "kedua tabel berbeda pada banyak barisnya: mungkin tahap atau versi anggaran yang lain"
FOLLOWS = "persentase mengikuti target atau anggaran barisnya sendiri, yang lain dari tabel lain"
CUMULATED = "angka kumulatif tabel ini mengikuti hitungan lain"
NO_STAGE = "tahap (murni atau perubahan) salah satu tabel tidak dicantumkan"


def check(report: Report) -> Iterator[Check]:
    """Angka satu uraian atau indikator (tahun, periode dan tahap yang sama) sama di semua tabel.

    For each item, field and slot: the camp of figures that agree is one agreeing check; every figure outside the
    largest camp is a failing one against it. Two tables that differ in much of what they share are two versions, not
    an error.
    """
    for rows, fields in ((report.anggaran, MONEY), (report.kinerja, INDICATOR)):
        members_of = items_of(report, rows).groups().values()
        found = [members for members in members_of if len({row.table_id for row in members}) > 1]
        groups = [entries(members, field) for members in found for field in fields]
        groups = [group for group in groups if len({entry.record.table_id for entry in group}) > 1]
        stages = {row.tahap for row in rows}
        tally = _Tally(groups, contrasts={"murni", "perubahan"} <= stages)
        for group in groups:
            yield from _compare(report, group, tally)
    yield from _cumulated(report)
    yield from _calculated(report)


def _compare(report: Report, group: Sequence[Entry], tally: _Tally) -> Iterator[Check]:
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


def _not_comparable(entry: Entry, camp: Sequence[Entry], tally: _Tally) -> str | None:
    """Why a difference between the figure's table and those of the camp need not be an error; None where it is one."""
    if tally.contrasts and entry.field in GIVEN and entry.record.tahap is None:
        return NO_STAGE
    same_stage = [other for other in camp if other.record.tahap == entry.record.tahap]
    if not same_stage:
        return NO_STAGE
    if _follows(entry, camp):
        return FOLLOWS
    tables = {other.record.table_id for other in same_stage}
    whole = isinstance(entry.record, Kinerja) and entry.record.periode is None
    if whole and any(tally.one_matter(entry, table) for table in tables):
        return None
    if tally.stands_apart(entry):
        return OTHER_VERSION
    if entry.record.periode is None and isinstance(entry.record, Kinerja) and len(tables) > 1:
        return None
    return None if any(tally.goes_along(entry.record.table_id, table) for table in tables) else OTHER_VERSION


def _follows(entry: Entry, camp: Sequence[Entry]) -> bool:
    """Whether a percentage is right by its own row, whose target or budget is another one than that of the camp."""
    names = {"capaian": ("realisasi", "target"), "persen": ("realisasi", "anggaran")}.get(entry.field)
    if names is None:
        return False
    real, base = (getattr(entry.record, name, None) for name in names)
    if real is None or base is None or not usable(real) or not usable(base):
        return False
    others = [getattr(other.record, name, None) for other in camp for name in names]
    differ = [other for other in others if other is not None and usable(other)]
    same = all(alike(other, real) or alike(other, base) for other in differ)
    return bool(differ) and not same and ratio_mode(entry.figure, real, base, CAPAIAN) is not None


class _Tally:
    """How far tables go along with each other in what they share."""

    def __init__(self, groups: Sequence[Sequence[Entry]], *, contrasts: bool) -> None:
        self.contrasts = contrasts  # the report has both original and revised figures
        self._pairs: Counter[tuple[frozenset[str], bool]] = Counter()
        self._columns: Counter[tuple[str, str, bool]] = Counter()
        self._telling: Counter[tuple[frozenset[str], str]] = Counter()
        for group in groups:
            sides = [(entry, place) for place, camp in enumerate(camps(group)) for entry in camp]
            for i, (entry, place) in enumerate(sides):
                self._columns[entry.record.table_id, entry.field, place == 0] += 1
                for other, other_place in sides[i + 1 :]:
                    pair = frozenset((entry.record.table_id, other.record.table_id))
                    if len(pair) > 1 and (place != other_place or number(entry.figure) != 0):
                        self._pairs[pair, place == other_place] += 1
                    whole = entry.record.periode is None and _is_telling(entry.figure)
                    if len(pair) > 1 and place == other_place and whole:
                        self._telling[pair, entry.field] += 1

    def goes_along(self, table: str, other: str) -> bool:
        """Whether two tables agree in most of the figures they share (nil does not count)."""
        pair = frozenset((table, other))
        agree, differ = self._pairs[pair, True], self._pairs[pair, False]
        return agree > 0 and (differ <= 1 or agree >= ENOUGH * differ)

    def one_matter(self, entry: Entry, table: str) -> bool:
        """Whether two tables of indicators share figures of this field that none prints by chance ("153,60").

        Performance has no versions within one report: a year's capaian is one figure, in however many rows they differ.
        """
        return self._telling[frozenset((entry.record.table_id, table)), entry.field] >= ENOUGH

    def stands_apart(self, entry: Entry) -> bool:
        """Whether the figure's whole column differs from the other tables: it then means something else."""
        inside = self._columns[entry.record.table_id, entry.field, True]
        outside = self._columns[entry.record.table_id, entry.field, False]
        return outside > 1 and outside >= inside


def _is_telling(figure: Figure) -> bool:
    """A figure with decimals that are not nil."""
    return figure.decimals > 0 and number(figure) % 1 != 0


def _cumulated(report: Report) -> Iterator[Check]:
    """Results up to a year, beside the plan's end: the year's own figure, or the sum or mean of the years so far."""
    items = items_of(report, report.kinerja)
    yearly: dict[int, dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    cumulated: dict[str, list[tuple[Kinerja, Figure]]] = defaultdict(list)
    for record in report.kinerja:
        figure = as_number(record.realisasi)
        if figure is None or not usable(figure) or record.periode or record.tahun is None or bounded(figure):
            continue
        if record.acuan == "tahunan":
            yearly[items.item_of(record)][record.tahun].append(figure)
        else:
            cumulated[record.table_id].append((record, figure))
    for rows in cumulated.values():
        checks: list[tuple[Check, Figure]] = []
        added = 0
        for record, figure in rows:
            years = {y: found for y, found in yearly[items.item_of(record)].items() if y <= (record.tahun or 0)}
            own = years.get(record.tahun or 0, [])
            if own and (any(alike(figure, other) for other in own) or not _adds_up(figure, years)):
                checks.append((_against(report, record, figure, own), figure))
            elif own:
                added += 1
        agree = added + sum(check.outcome is Outcome.COCOK for check, _ in checks)
        for check, figure in checks:
            if check.outcome is Outcome.TIDAK_COCOK and agree < ENOUGH * (len(checks) + added - agree):
                yield untestable(RULE, "equal", check.subject, CUMULATED, result=figure)
            else:
                yield check


def _against(report: Report, record: Kinerja, figure: Figure, own: Sequence[Figure]) -> Check:
    """Against the year's figure; where the tables differ in that, those that agree with it, or the first, are enough."""
    same = [other for other in own if alike(figure, other)]
    others = same or [other for other in own if alike(other, own[0], strict=True)]
    return equals(RULE, subject(record, "realisasi", report), figure, others, strict=not same)


def _adds_up(figure: Figure, years: Mapping[int, Sequence[Figure]]) -> bool:
    """Whether a cumulated figure is the sum or the mean of the years (one printed figure of each)."""
    if len(years) < ENOUGH:
        return False
    one_each = [found[0] for found in years.values()]
    whole = total(one_each)
    mean = whole.over(Interval.point(Decimal(len(one_each))))
    return agreement(figure, whole) is not None or (mean is not None and agreement(figure, mean) is not None)


def _calculated(report: Report) -> Iterator[Check]:
    """Results of indicators against the cell of a calculation's table that is named like them."""
    for record, figure, cell in named_by_cells(report):
        yield equals(RULE, subject(record, "realisasi", report), figure, [cell], (GIVEN_BY,))


def _equal(report: Report, entry: Entry, others: Sequence[Entry]) -> Check:
    return equals(
        RULE,
        subject(entry.record, entry.field, report),
        entry.figure,
        [other.figure for other in others],
        detail=(("tabel", str(len({other.record.table_id for other in others}))),),
        strict=entry.strict,
    )
