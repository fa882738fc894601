"""From a figure's id to the figure, the record that states it and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.reconcile.once import once
from schemas.figure import Figure, Status
from schemas.records import Anggaran, Kinerja, Klaim, Report
from schemas.values import value

_TWO_NUMBERS = re.compile(r"\d,\d+\s*%?\s+\d[\d.]*,\d|\d\s+-\s+-")

_ONE_TO = re.compile(r"^\s*1\s*:\s*(\d{1,3}(?:[.,]\d{3})*|\d+)\s*$")

Record = Anggaran | Kinerja | Klaim

FIELDS: dict[type[Record], tuple[str, ...]] = {
    Anggaran: ("anggaran", "realisasi", "persen"),
    Kinerja: ("target", "realisasi", "capaian"),
    Klaim: ("anggaran", "realisasi", "persen", "target", "capaian", "terbilang"),
}


@value(frozen=True, slots=True)
class Spot:
    """A figure with the record and the field it stands in (no record for counts of staff and asset tables)."""

    figure: Figure
    record: Record | None
    field: str

    @property
    def in_text(self) -> bool:
        return isinstance(self.record, Klaim)


def figures_of(record: Record) -> Iterator[tuple[str, Figure]]:
    """Field names and figures of a record, those that are there."""
    for field in FIELDS[type(record)]:
        figure: Figure | None = getattr(record, field)
        if figure is not None:
            yield field, figure if figure.value is not None else _as_number(figure)


def as_number(figure: Figure | None) -> Figure | None:
    """A ratio "1 : 284" as the number that varies, 284; any other figure as it is."""
    return figure if figure is None or figure.value is not None else _as_number(figure)


def _as_number(figure: Figure) -> Figure:
    if figure.unit != "rasio":
        return figure
    match = _ONE_TO.match(figure.text)
    if match is None:
        return figure
    digits = match[1].replace(".", "").replace(",", "")
    return replace(figure, value=Decimal(digits), decimals=0, status=Status.ANGKA)


def records_of(report: Report) -> Iterator[Record]:
    yield from report.anggaran
    yield from report.kinerja
    yield from report.klaim


@once
def index(report: Report) -> Mapping[str, Spot]:
    """All figures of a report by id. A figure that two records state belongs to the first of them."""
    spots: dict[str, Spot] = {}
    for record in records_of(report):
        for field, figure in figures_of(record):
            spots.setdefault(figure.id, Spot(figure, record, field))
    for figure in report.counts:
        spots.setdefault(figure.id, Spot(figure, None, "jumlah"))
    for one in report.formulas:
        for figure in (one.hasil, *one.angka):
            spots.setdefault(figure.id, Spot(figure, None, "hitungan"))
    return spots


def usable(figure: Figure | None) -> bool:
    """Whether there is a number to reckon with (a dash in a money cell is one: nil)."""
    if figure is None or figure.value is None:
        return False
    status = figure.status
    if status is Status.ANGKA:
        return True
    return status is Status.STRIP or (status is Status.RUSAK and not two_numbers(figure.text))


def two_numbers(text: str) -> bool:
    """Whether a cell holds two numbers side by side ("38,5 16,1"), rather than one written wrongly."""
    return _TWO_NUMBERS.search(text) is not None


def number(figure: Figure | None) -> Decimal:
    """The value of a figure known to be usable."""
    if figure is None or figure.value is None:
        raise ValueError("no value")
    return figure.value


def given(figure: Figure | None) -> bool:
    """Whether anything at all is printed in the figure's place."""
    return figure is not None and figure.status is not Status.KOSONG


def bounded(figure: Figure) -> bool:
    """A range or a bound ("≥ 90", "91 - 100"): no single number."""
    return figure.high is not None or (figure.relation is not None and figure.relation != "=")


def why_not(figure: Figure | None, what: str) -> str:
    """Why a figure cannot be reckoned with, as the reason of an untestable check."""
    if figure is None or figure.status is Status.KOSONG:
        return f"{what} tidak dicantumkan"
    if figure.status is Status.KATA:
        return f"{what} berupa kata: {figure.text!r}"
    return f"{what} tidak dapat dibaca sebagai angka: {figure.text!r}"


def name_of(record: Record) -> str:
    """What the record is about, with its code where it has one."""
    if isinstance(record, Anggaran):
        return f"{record.kode} {record.uraian}" if record.kode else record.uraian
    if isinstance(record, Kinerja):
        return record.indikator
    return record.subjek or " ".join(record.kalimat.split()[:12])


def subject(record: Record, field: str, report: Report) -> str:
    """Name of the line item or indicator and what of it; the year for indicators, or where it is not the report's."""
    parts = [field]
    year = record.tahun
    if year and (isinstance(record, Kinerja) or year != report.identity.year):
        parts.append(str(year))
    parts += [part for part in (record.periode, record.tahap) if part]
    return f"{name_of(record)}: {' '.join(parts)}"
