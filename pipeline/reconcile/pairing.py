"""A figure of running text beside the figures that tables print of the same thing, and why they may differ.

A difference is held against the report only where nothing says that the sentence means another figure: another column
of the same row, another line, another stage or version of the budget.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.reconcile.figures import figures_of, number, usable
from pipeline.reconcile.interval import alike
from pipeline.reconcile.items import Items, items_of
from pipeline.reconcile.names import squash
from pipeline.reconcile.slips import is_slip
from schemas.figure import Figure
from schemas.records import Klaim, Report
from schemas.values import cached_property

SAME_ROW = "angka itu tercetak di kolom lain tentang hal yang sama: mungkin kolom itu yang dimaksud kalimatnya"
FAR_OFF = "angkanya jauh dari yang di tabel: mungkin angka lain yang dimaksud kalimatnya"
OTHER_LINE = "semua angka kalimat ini adalah angka baris lain: nama dalam kalimat mungkin tidak terbaca benar"
FAR = 5  # times as large or as small: no figure of the same thing, unless by a slip of the hand
WINDOW = 3  # sentences before and after that are looked at for a part about another stage or version
INDICATOR = ("target", "realisasi", "capaian")


@dataclass(frozen=True)
class Pairing:
    """A sentence's figure and the figures elsewhere that are about the same thing."""

    klaim: Klaim
    field: str
    figure: Figure
    others: tuple[Figure, ...]
    doubt: str | None = None  # why a difference would rather be our own misreading

    @cached_property
    def agreeing(self) -> tuple[Figure, ...]:
        return tuple(other for other in self.others if alike(self.figure, other))


def doubt_columns(report: Report, pairings: Sequence[Pairing]) -> list[Pairing]:
    """Figures of indicators that another column of the same row prints, or that are far from the row's own.

    "Capaian" may be that of this year, that against last year or that against the plan's end.
    """
    rows: dict[tuple[str | None, int | None], list[Figure]] = defaultdict(list)
    taken = {figure.id for record in report.kinerja for _, figure in figures_of(record)}
    for figure in report.counts:
        if figure.id not in taken:
            rows[figure.table_id, figure.row].append(figure)
    for record in report.kinerja:
        if record.acuan != "tahunan":
            rows[record.table_id, record.row] += [figure for _, figure in figures_of(record)]
    items = items_of(report, report.kinerja)
    by_item: dict[int, list[Figure]] = defaultdict(list)
    for record in report.kinerja:
        by_item[items.item_of(record)] += rows[record.table_id, record.row]
    item_of = {figure.id: items.item_of(record) for record in report.kinerja for _, figure in figures_of(record)}
    result = []
    for pairing in pairings:
        doubt = pairing.doubt
        if doubt is not None or pairing.agreeing:
            result.append(pairing)
            continue
        if number(pairing.figure) == 0:
            doubt = FAR_OFF
        elif pairing.field in INDICATOR:
            beside = by_item.get(item_of.get(pairing.others[0].id, -1), [])
            item = item_of.get(pairing.others[0].id, -1)
            if any(usable(other) and alike(pairing.figure, other, strict=True) for other in beside):
                doubt = SAME_ROW
            elif _of_another(pairing, report, items, item):
                doubt = OTHER_LINE
            elif _far_off(pairing.figure, pairing.others):
                doubt = FAR_OFF
        result.append(replace(pairing, doubt=doubt))
    return result


def _of_another(pairing: Pairing, report: Report, items: Items, item: int) -> bool:
    """Whether one other indicator, and it alone, has the sentence's figure, with decimals that none has by chance."""
    mine = pairing.figure
    if mine.decimals == 0 or number(mine) % 1 == 0:
        return False
    there = {
        items.item_of(record)
        for record in report.kinerja
        for name, figure in figures_of(record)
        if name == pairing.field and figure.value == mine.value
    }
    return len(there) == 1 and item not in there


def _far_off(figure: Figure, others: Sequence[Figure]) -> bool:
    mine = number(figure)
    for other in others:
        yours = number(other)
        near = mine * yours > 0 and abs(mine) <= FAR * abs(yours) and abs(yours) <= FAR * abs(mine)
        if near or is_slip(mine, yours):
            return False
    return mine != 0


def doubt_lines(report: Report, pairings: Sequence[Pairing]) -> list[Pairing]:
    """Sentences of which every amount differs from the line they name and stands in one other line."""
    lines: dict[tuple[object, object], set[str]] = defaultdict(set)
    for row in report.anggaran:
        if row.anggaran is not None and row.realisasi is not None:
            lines[row.anggaran.value, row.realisasi.value].add(squash(row.uraian))
    by_klaim: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in pairings:
        by_klaim[pairing.klaim.record_id].append(pairing)
    result = []
    for group in by_klaim.values():
        klaim = group[0].klaim
        differ = [pairing for pairing in group if not pairing.agreeing and pairing.field in ("anggaran", "realisasi")]
        amounts = (number(klaim.anggaran), number(klaim.realisasi)) if len(differ) == 2 else None
        doubt = OTHER_LINE if amounts in lines else None
        result += group if doubt is None else [replace(pairing, doubt=pairing.doubt or doubt) for pairing in group]
    return result


def other_version(report: Report, pairings: Sequence[Pairing]) -> set[str]:
    """Sentences in a part of the text whose amounts mostly differ from the tables: another stage or version."""
    differs: dict[str, bool] = {}
    for pairing in pairings:
        if pairing.field == "anggaran":
            differs[pairing.klaim.record_id] = not pairing.agreeing
    order = [klaim.record_id for klaim in report.klaim if klaim.record_id in differs]
    result = set()
    for position, record_id in enumerate(order):
        near = order[max(0, position - WINDOW) : position + WINDOW + 1]
        if len(near) > 2 and sum(differs[other] for other in near) * 2 > len(near):
            result.add(record_id)
    return result
