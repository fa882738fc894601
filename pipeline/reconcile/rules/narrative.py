"""Running text against the tables and against other sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconcile.checking import equals, untestable
from pipeline.reconcile.figures import number, subject, usable
from pipeline.reconcile.interval import alike, is_money
from pipeline.reconcile.items import Items, Row, final_stage
from pipeline.reconcile.names import NameIndex, squash, tokens
from schemas.checks import Check, Outcome
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja, Klaim, Report

RULE = "narrative"
SOURCE = "arithmetic: what the text says of a line or indicator is what the tables print of it"

OTHER_VERSION = "sebagian besar angka bagian teks ini berbeda dari tabel: mungkin tahap atau versi anggaran yang lain"
WINDOW = 3  # sentences before and after that are looked at for such a part
MONEY = ("anggaran", "realisasi", "persen")
INDICATOR = ("target", "realisasi", "capaian")


@dataclass(frozen=True, slots=True)
class Pairing:
    """A sentence's figure and the figures elsewhere that are about the same thing."""

    klaim: Klaim
    field: str
    figure: Figure
    others: tuple[Figure, ...]

    @property
    def agreeing(self) -> tuple[Figure, ...]:
        return tuple(other for other in self.others if alike(self.figure, other))


def check(report: Report) -> Iterator[Check]:
    """Angka dalam kalimat sama dengan angka di tabel (dan di kalimat lain) tentang hal yang sama.

    A sentence is compared with the rows whose name it names (year, period and stage the same), a sentence about the whole
    agency with the totals, and with other sentences where no table has the item. One agreeing row is agreement: rows that
    differ from each other are the matter of `cross_table`.
    """
    pairings = list(_with_tables(report))
    paired = {(pairing.klaim.record_id, pairing.field) for pairing in pairings}
    pairings += _with_totals(report, paired)
    paired |= {(pairing.klaim.record_id, pairing.field) for pairing in pairings}
    pairings += _with_sentences(report, paired)
    other_version = _other_version(report, pairings)
    for pairing in pairings:
        yield _one(report, pairing, pairing.klaim.record_id in other_version)


def _one(report: Report, pairing: Pairing, other_version: bool) -> Check:
    name = subject(pairing.klaim, pairing.field, report)
    agreeing = pairing.agreeing
    tested = equals(RULE, name, pairing.figure, agreeing or pairing.others)
    if tested.outcome is Outcome.TIDAK_COCOK and other_version:
        return untestable(RULE, "equal", name, OTHER_VERSION, result=pairing.figure, operands=pairing.others)
    return tested


def _about_money(klaim: Klaim) -> bool:
    return klaim.anggaran is not None or (klaim.realisasi is not None and is_money(klaim.realisasi))


def _with_tables(report: Report) -> Iterator[Pairing]:
    for fields, rows in ((MONEY, report.anggaran), (INDICATOR, report.kinerja)):
        items = Items(report, rows)
        found: dict[int, list[Row]] = defaultdict(list)
        for members in items.groups().values():
            found[items.item_of(members[0])].extend(members)
        for klaim in report.klaim:
            if not klaim.subjek or _about_money(klaim) is not (fields is MONEY):
                continue
            item = items.find(klaim.subjek)
            if item is None:
                continue
            same = [row for row in found[item] if _same_slot(klaim, row, items)]
            yield from _pair(klaim, fields, _one_line(klaim, same, items))


def _same_slot(klaim: Klaim, row: Row, items: Items) -> bool:
    if isinstance(row, Kinerja) and row.acuan != "tahunan":
        return False
    if isinstance(row, Anggaran) and klaim.tingkat and row.tingkat not in (klaim.tingkat, "lain"):
        return False
    years = (klaim.tahun or items.year) == (row.tahun or items.year)
    stages = (klaim.tahap or items.stage) == (row.tahap or items.stage)
    return years and stages and klaim.periode == row.periode


def _one_line(klaim: Klaim, rows: Sequence[Row], items: Items) -> list[Row]:
    """The rows, unless they are several lines of one name (a kegiatan under several programs): then nothing is clear."""
    lines = {(row.tingkat, items.parent_item(row)) for row in rows if isinstance(row, Anggaran)}
    levels = {level for level, _ in lines}
    parents = {parent for _, parent in lines if parent is not None}
    return [] if len(levels) > 1 or len(parents) > 1 else list(rows)


def _pair(klaim: Klaim, fields: Iterable[str], rows: Sequence[Row]) -> Iterator[Pairing]:
    for field in fields:
        figure: Figure | None = getattr(klaim, field)
        if figure is None or not usable(figure) or figure.high is not None:
            continue
        others = [getattr(row, field, None) for row in rows]
        there = tuple(other for other in others if other is not None and usable(other) and other.high is None)
        if there:
            yield Pairing(klaim, field, figure, there)


def _with_totals(report: Report, paired: set[tuple[str, str]]) -> Iterator[Pairing]:
    """Sentences about the whole agency against the total rows, where another figure of the sentence shows which total."""
    stage = final_stage(report)
    totals = [row for row in report.anggaran if row.periode is None and _is_whole(row)]
    for klaim in report.klaim:
        if not _about_money(klaim) or klaim.periode or any((klaim.record_id, field) in paired for field in MONEY):
            continue
        year, own_stage = klaim.tahun or report.identity.year, klaim.tahap or stage
        rows = [
            row
            for row in totals
            if (row.tahun or report.identity.year) == year and (row.tahap or stage) == own_stage and _shares(klaim, row)
        ]
        if _of_agency(klaim, report) or rows:
            yield from _pair(klaim, MONEY, rows)


def _is_whole(row: Anggaran) -> bool:
    return row.kelompok == "belanja" and (row.tingkat == "total" or (row.tingkat == "belanja" and row.induk is None))


def _shares(klaim: Klaim, row: Anggaran) -> bool:
    """Whether an amount of the sentence is that of the total (so that the sentence is about it)."""
    for field in ("anggaran", "realisasi"):
        mine, other = getattr(klaim, field), getattr(row, field)
        if usable(mine) and usable(other) and number(mine) != 0 and alike(mine, other):
            return True
    return False


def _of_agency(klaim: Klaim, report: Report) -> bool:
    who = squash(report.identity.instansi or "")
    return bool(who) and who in squash(klaim.subjek or klaim.kalimat)


def _with_sentences(report: Report, paired: set[tuple[str, str]]) -> Iterator[Pairing]:
    """Sentences about the same named thing against each other, where no table has it."""
    names: NameIndex[int] = NameIndex()
    groups: dict[tuple[object, ...], list[tuple[Klaim, str, Figure]]] = defaultdict(list)
    for number_, klaim in enumerate(report.klaim):
        if not klaim.subjek or len(tokens(klaim.subjek)) < 3:
            continue
        item = names.find(klaim.subjek, 0.9)
        if item is None:
            item = number_
        names.add(klaim.subjek, item)
        money = _about_money(klaim)
        for field in MONEY if money else INDICATOR:
            figure: Figure | None = getattr(klaim, field)
            if figure is None or not usable(figure) or (klaim.record_id, field) in paired:
                continue
            slot = (klaim.tahun or report.identity.year, klaim.periode, klaim.tahap, klaim.tingkat)
            groups[(item, money, field, *slot)].append((klaim, field, figure))
    for group in groups.values():
        first = group[0][2]
        for klaim, field, figure in group[1:]:
            if figure.id != first.id:
                yield Pairing(klaim, field, figure, (first,))


def _other_version(report: Report, pairings: Sequence[Pairing]) -> set[str]:
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
