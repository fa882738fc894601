"""Years that the figures beside them contradict: sentences with another year's figures, totals, dates, formulas."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.reconcile.figures import figures_of, usable
from pipeline.reconcile.gaps import kind as gap_words
from pipeline.reconcile.interval import alike
from pipeline.reconcile.names import NameIndex
from pipeline.reconcile.prose import Paragraph, snippet
from pipeline.reconcile.screen import positions, stems
from pipeline.reconcile.years import NEAR, YEAR, Named, words, years_of
from schemas.figure import Figure
from schemas.records import Kinerja, Klaim, Report

DATES = 3  # dated items of a list, before all of them being of another year means something
FORMULAS = 2  # formulas with the report's year, before one with another year means something
AGREEING = 2  # figures of a sentence that must be those of the other year
_UNTIL = re.compile(r"(?:s\.?\s?/?\s?d\.?|sampai\s+dengan|hingga)\s*(?:tahun\s*)?((?:19|20)\d\d)\s*$", re.IGNORECASE)
_SUM_SIGNS = ("∑", "Σ")  # the sign of a sum, and the Greek letter


@dataclass(frozen=True, slots=True)
class Told:
    """A year that figures contradict, with the figures of the sentence that do."""

    named: Named | None
    klaim: Klaim
    figures: tuple[Figure, ...]


def claims(report: Report) -> Iterator[Told]:
    """Sentences that give an indicator's figures with a year before the report's: they are that year's figures."""
    year = report.identity.year
    near = [
        klaim
        for klaim in report.klaim
        if klaim.tahun is not None and klaim.tahun != year and klaim.subjek and abs(klaim.tahun - year) <= NEAR
    ]
    if not near:
        return
    rows: dict[tuple[int, int | None], list[Kinerja]] = defaultdict(list)
    names: NameIndex[int] = NameIndex()
    for number, record in enumerate(report.kinerja):
        found = names.find(record.indikator)
        key = number if found is None else found
        names.add(record.indikator, key)
        if record.acuan == "tahunan" and record.periode is None:
            rows[key, record.tahun].append(record)
    for klaim in near:
        key_ = names.find(klaim.subjek or "")
        said = [(field, figure) for field, figure in figures_of(klaim) if usable(figure) and field != "terbilang"]
        if key_ is None or not said or klaim.tahun not in years_of(klaim.kalimat):
            continue
        same, other = rows.get((key_, klaim.tahun), []), rows.get((key_, year), [])
        if not same or not other:
            continue
        mine = [figure for field, figure in said if _given(same, field, figure)]
        theirs = [figure for field, figure in said if _given(other, field, figure)]
        if len(theirs) >= AGREEING and len(theirs) == len(said) and len(mine) < len(said):
            wrong = tuple(figure for _, figure in said if figure not in mine)
            name = f"{klaim.subjek}: tahun"
            named = Named("year_claim", name, str(klaim.tahun), str(year), klaim.place, klaim.kalimat[:200])
            yield Told(named, klaim, wrong)
        elif len(mine) == len(said) and len(theirs) < len(said):
            yield Told(None, klaim, ())


def _given(rows: Sequence[Kinerja], field: str, figure: Figure) -> bool:
    printed = [getattr(row, field, None) for row in rows]
    return any(other is not None and usable(other) and alike(figure, other) for other in printed)


def dated_lists(report: Report, text: Sequence[Paragraph]) -> Iterator[tuple[Named | None, Paragraph]]:
    """Lists of what was achieved whose dated items are all of one year, against the report's year."""
    year = report.identity.year
    months = "|".join(words("bulan"))
    date = re.compile(rf"\d{{1,2}}\s+(?:{months})\s+({YEAR.pattern})", re.IGNORECASE)
    announced = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, gap_words('capaian')))})\s*:\s*$", re.IGNORECASE)
    budget = {(klaim.place.page, klaim.place.line) for klaim in report.klaim if klaim.anggaran is not None}
    near = positions(text, (":",), stems(*gap_words("capaian")))
    begins = [position for position in near if announced.search(text[position].text)]
    for first in begins:
        items: list[tuple[Paragraph, re.Match[str]]] = []
        for position in range(first + 1, len(text)):
            paragraph = text[position]
            by_text = (paragraph.place.page, paragraph.place.line) in budget and paragraph.place.line is not None
            if position in begins or by_text or paragraph.heading:
                break
            if found := date.search(paragraph.text):
                items.append((paragraph, found))
        yield from _dated(items, year)


def _dated(items: Sequence[tuple[Paragraph, re.Match[str]]], year: int) -> Iterator[tuple[Named | None, Paragraph]]:
    years = Counter(int(found[1]) for _, found in items)
    if len(items) < DATES:
        return
    first, found = items[0]
    if set(years) == {year - 1}:
        name = f"Daftar capaian ({len(items)} kegiatan bertanggal)"
        around = snippet(first.text, found.start(), found.end(), 80)
        yield Named("year_dates", name, found[1], str(year), first.place_at(found.start()), around), first
    elif year in years:
        yield None, first


def running_totals(report: Report) -> Iterator[Named]:
    """Rows "jumlah sampai dengan tahun X" whose figure takes in the columns of later years."""
    counts: dict[tuple[str, int], dict[int, Decimal]] = defaultdict(dict)
    for figure in report.counts:
        if (
            figure.table_id is not None
            and figure.row is not None
            and figure.col is not None
            and figure.value is not None
        ):
            counts[figure.table_id, figure.row][figure.col] = figure.value
    for table in report.tables:
        columns = {column.index: column.year for column in table.columns if column.year is not None}
        if len(set(columns.values())) < 2:
            continue
        for row in table.raw.rows[table.raw.n_header :]:
            dated = [cell for cell in row if cell is not None and cell.text.rstrip()[-1:].isdigit()]
            label = next((cell for cell in dated if _UNTIL.search(cell.text)), None)
            if label is None:
                continue
            found = _UNTIL.search(label.text)
            total = list(counts[table.raw.table_id, label.row].values())
            above = counts[table.raw.table_id, label.row - 1]
            if found is None or len(total) != 1 or set(above) != set(columns):
                continue
            until, last = int(found[1]), max(year for year in columns.values() if year is not None)
            upto = sum(value for col, value in above.items() if (columns[col] or 0) <= until)
            if until < last and total[0] == sum(above.values()) != upto:
                name = f"{label.text.strip()}: tahun"
                place, title = label.place, label.text.strip()
                yield Named("year_total", name, str(until), str(last), place, title, table.raw.table_id)


def formulas(report: Report, text: Sequence[Paragraph]) -> Iterator[Named]:
    """Formulas with another year than the report's, where the other formulas of the report have its own."""
    year = report.identity.year
    told = [paragraph for paragraph in text if any(sign in paragraph.text for sign in _SUM_SIGNS)]
    years = [(paragraph, years_of(paragraph.text)) for paragraph in told]
    if sum(found == {year} for _, found in years) < FORMULAS:
        return
    for paragraph, found in years:
        if found == {year - 1}:
            at = paragraph.text.index(str(year - 1))
            words_ = snippet(paragraph.text, at, at + 4, 60)
            name = f"Rumus: {' '.join(paragraph.text[:at].split()[-6:])}"
            yield Named("year_formula", name, str(year - 1), str(year), paragraph.place_at(at), words_)


def headers(report: Report) -> Iterator[Named]:
    """Headers of computed columns that name the results of another year than the only column of results."""
    actual = re.compile(
        rf"realisasi\s+(?:s\.?\s?/?\s?d\.?\s+|sampai\s+dengan\s+)?(?:tahun\s+)?({YEAR.pattern})", re.IGNORECASE
    )
    year = report.identity.year
    for table in report.tables:
        results = {column.year for column in table.columns if column.role == "realisasi"}
        for column in table.columns:
            found = actual.search(column.header) if column.role == "capaian" else None
            if found is None or results != {year} or not 0 < year - int(found[1]) <= NEAR:
                continue
            cells = (row[column.index] for row in table.raw.rows[: table.raw.n_header] if column.index < len(row))
            cell = next((cell for cell in cells if cell is not None and found[1] in cell.text), None)
            place = cell.place if cell is not None else table.raw.place_first
            name = f"Kepala kolom: {' '.join(column.header.split())[:80]}"
            yield Named("year_header", name, found[1], str(year), place, column.header, table.raw.table_id)
