"""What auditors say we misread: the right figures laid over a report before it is checked. The datasets keep what was read.

A correction holds for one figure of one document, as long as that figure is still read as it was when it was marked. It
is visible wherever it was honoured: in the reason of every check that used it, in the sentence of every finding, and as a
doubt about our own reading (`salah_baca`). One that fits no figure any more is told too (`salah_baca_usang`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from extractors.numbers import decide_style, make_figure, parse
from schemas.checks import Check, Finding
from schemas.document import Place
from schemas.figure import Figure
from schemas.records import Anggaran, Doubt, Kinerja, Klaim, Report, TypedTable
from schemas.table import Cell, TextLine

R = TypeVar("R", Anggaran, Kinerja, Klaim)
_KIND = {"rp": "money", "persen": "percent"}


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """The figure `angka_id`, read as `read`, is printed as `right` on the page."""

    angka_id: str
    read: str
    right: str


Overlay = tuple[Correction, ...]


def canonical(overlay: Iterable[Correction]) -> str:
    """A text that changes with what the overlay says; empty for none. It is part of the document's version."""
    return repr([(one.angka_id, one.read, one.right) for one in sorted(overlay)]) if overlay else ""


def apply(report: Report, overlay: Sequence[Correction]) -> Report:
    """The report with the right figures in the place of the misread ones, for checking alone."""
    if not overlay:
        return report
    figures = {figure.id: figure for figure in figures_of(report)}
    right = {one.angka_id: _corrected(figures[one.angka_id], one.right, figures) for one in _fitting(figures, overlay)}
    if not right:
        return report
    return replace(
        report,
        tables=tuple(_table(table, figures, right) for table in report.tables),
        text=tuple(_line(line, figures, right) for line in report.text),
        anggaran=tuple(_record(record, right) for record in report.anggaran),
        kinerja=tuple(_record(record, right) for record in report.kinerja),
        klaim=tuple(_record(record, right) for record in report.klaim),
        counts=tuple(right.get(figure.id, figure) for figure in report.counts),
        formulas=tuple(
            replace(
                one,
                hasil=right.get(one.hasil.id, one.hasil),
                angka=tuple(right.get(figure.id, figure) for figure in one.angka),
            )
            for one in report.formulas
        ),
    )


def doubts(report: Report, overlay: Sequence[Correction]) -> tuple[Doubt, ...]:
    """One doubt for each correction: of the report as read, so that the datasets say what was laid over it."""
    if not overlay:
        return ()
    figures = {figure.id: figure for figure in figures_of(report)}
    fitting = set(_fitting(figures, overlay))
    return tuple(_doubt(one, figures.get(one.angka_id), one in fitting) for one in sorted(overlay))


def marked(
    report: Report, overlay: Sequence[Correction], checks: Sequence[Check], findings: Sequence[Finding]
) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """Checks and findings that used a corrected figure, each with a word on it. `report` is the one that was read."""
    if not overlay:
        return tuple(checks), tuple(findings)
    figures = {figure.id: figure for figure in figures_of(report)}
    used = {one.angka_id: one for one in _fitting(figures, overlay)}
    if not used:
        return tuple(checks), tuple(findings)
    return tuple(_check(check, used) for check in checks), tuple(_finding(finding, used) for finding in findings)


def understood(right: str, unit: str | None, scale: Decimal = Decimal(1)) -> Figure:
    """How a right figure that was typed would be read, for showing it before it is kept."""
    plain = Figure("", right, None, 0, unit, parse(right).status, Place(), scale=scale)
    return _corrected(plain, right, {})


def figures_of(report: Report) -> Iterator[Figure]:
    """Every figure of a report, as often as it is used."""
    for records in (report.anggaran, report.kinerja, report.klaim):
        for record in records:
            yield from (value for f in fields(record) if isinstance(value := getattr(record, f.name), Figure))
    yield from report.counts
    for one in report.formulas:
        yield one.hasil
        yield from one.angka


def _fitting(figures: Mapping[str, Figure], overlay: Sequence[Correction]) -> list[Correction]:
    return [one for one in overlay if one.angka_id in figures and figures[one.angka_id].text == one.read]


def _corrected(figure: Figure, right: str, figures: Mapping[str, Figure]) -> Figure:
    """The figure that `right` means in this place: in the notation of its column, with its unit and scale."""
    column = [f.text for f in figures.values() if f.table_id == figure.table_id and f.unit == figure.unit]
    style = decide_style([right, *column])
    kind = _KIND.get(figure.unit or "", "plain")
    parsed = parse(right, style=style, kind=kind)
    if parsed.scale == 1 and figure.scale != 1:  # a word beside the number ("miliar") goes before the header's scale
        parsed = parse(right, style=style, kind=kind, scale=figure.scale)
    made = make_figure(
        parsed,
        right,
        id=figure.id,
        place=figure.place,
        table_id=figure.table_id,
        row=figure.row,
        col=figure.col,
    )
    return replace(made, unit=made.unit or figure.unit)


def _record(record: R, right: Mapping[str, Figure]) -> R:
    changed: dict[str, Any] = {
        f.name: right[value.id]
        for f in fields(record)
        if isinstance(value := getattr(record, f.name), Figure) and value.id in right
    }
    return replace(record, **changed) if changed else record


def _table(table: TypedTable, figures: Mapping[str, Figure], right: Mapping[str, Figure]) -> TypedTable:
    """Rules may read cells too: those of the corrected figures say what the figures say."""
    at = {
        (figures[id_].row, figures[id_].col): (figures[id_].text, figure.text)
        for id_, figure in right.items()
        if figure.table_id == table.raw.table_id
    }
    if not at:
        return table

    def cell(i: int, j: int, one: Cell | None) -> Cell | None:
        read, new = at.get((i, j), ("", ""))
        return replace(one, text=new) if one is not None and read and one.text.strip() == read.strip() else one

    rows = tuple(tuple(cell(i, j, one) for j, one in enumerate(row)) for i, row in enumerate(table.raw.rows))
    return replace(table, raw=replace(table.raw, rows=rows))


def _line(line: TextLine, figures: Mapping[str, Figure], right: Mapping[str, Figure]) -> TextLine:
    text = line.text
    for id_, figure in right.items():
        read = figures[id_]
        if read.table_id is None and read.text and _same_line(read.place, line.place) and text.count(read.text) == 1:
            text = text.replace(read.text, figure.text)
    return line if text == line.text else replace(line, text=text)


def _same_line(one: Place, line: Place) -> bool:
    if (one.page, one.line) != (line.page, line.line):
        return False
    if one.box is None or line.box is None:
        return one.page is None
    return one.box.top < line.box.bottom and line.box.top < one.box.bottom


def _doubt(one: Correction, figure: Figure | None, fits: bool) -> Doubt:
    if fits and figure is not None:
        reason = f"pemeriksa: tercetak {one.right!r}, bukan {one.read!r}; pemeriksaan memakai yang tercetak"
        return Doubt(
            "salah_baca", reason, figure.place, figure.text, figure.table_id, figure.row, figure.col, figure.confidence
        )
    now = f"kini terbaca {figure.text!r}" if figure is not None else "angka itu tidak ada lagi"
    reason = f"tanda salah baca atas {one.angka_id} ({one.read!r}, yang benar {one.right!r}) tidak dipakai: {now}"
    return Doubt("salah_baca_usang", reason, figure.place if figure is not None else Place(), one.read)


def _told(ids: Iterable[str], used: Mapping[str, Correction]) -> list[Correction]:
    return [used[id_] for id_ in dict.fromkeys(ids) if id_ in used]


def _check(check: Check, used: Mapping[str, Correction]) -> Check:
    told = _told((check.result or "", *check.operands), used)
    if not told:
        return check
    note = "salah baca: " + ", ".join(f"{one.read!r} dipakai sebagai {one.right!r}" for one in told)
    return replace(check, reason=f"{check.reason}; {note}" if check.reason else note)


def _finding(finding: Finding, used: Mapping[str, Correction]) -> Finding:
    told = _told(finding.figures, used)
    if not told:
        return finding
    pesan = ", ".join(f"terbaca {one.read}, tercetak {one.right}" for one in told)
    message = ", ".join(f"read as {one.read}, printed as {one.right}" for one in told)
    return replace(
        finding,
        pesan=f"{finding.pesan} [Angka dibetulkan pemeriksa: {pesan}.]",
        message=f"{finding.message} [Figure corrected by a reviewer: {message}.]",
    )
