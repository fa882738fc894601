"""Figures, rows and tables that must be there and are not: cells left empty, indicators never reported, tables promised."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.reconcile.figures import FIELDS, as_number, records_of, subject, usable
from pipeline.reconcile.gaps import kind
from pipeline.reconcile.names import NameIndex, squash
from pipeline.reconcile.once import once
from pipeline.reconcile.screen import joined, line_positions
from pipeline.reconcile.words import is_total
from pipeline.reconcile.years import table_after
from schemas.checks import Evidence
from schemas.document import Place
from schemas.figure import Figure, Status
from schemas.records import Column, Kinerja, Report, TypedTable
from schemas.table import Cell

MOST = 0.5  # share of the other rows that are filled, before an empty cell among them is a gap
ALL = 0.8  # the same for a row without any figure
FEW = 3  # figures a row must lack, or rows that must have them
LIKE = 80  # likeness (word by word) of a reported name, before an agreed indicator is said not to be reported
SIBLINGS = 3  # tables that hold all indicators, before one that lacks a single one of them is incomplete
_DIGIT = re.compile(r"\d")
_ITEM = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)]\s*")
_OPENING = re.compile(r"^\W*(?:bab\s+(?:i|1)\b|pendahuluan|kata\s+pengantar|ikhtisar\s+eksekutif)", re.IGNORECASE)
OPENINGS = ("bab", "pendahuluan", "pengantar", "eksekutif")  # a word of every opening
_SIGN = re.compile(r"(?:%|rp\.?|[,.\s-])+", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"%|rp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Absence:
    """What is not there: key of its message, what of, what is printed in its place, and where the figure is found."""

    what: str
    subject: str
    place: Place
    table_id: str | None
    stated: str | None = None
    expected: str | None = None
    seen: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()
    detail: tuple[tuple[str, str], ...] = ()


def bare_signs(report: Report) -> Iterator[Absence]:
    """Figure cells that hold the sign of a number and no number ("%", "Rp.")."""
    for record in records_of(report):
        for field in FIELDS[type(record)]:
            printed: Figure | None = getattr(record, field)
            if printed is None or printed.status is not Status.KATA:
                continue
            figure = as_number(printed)
            if figure is None or not figure.table_id or figure.status is not Status.KATA:
                continue
            text = figure.text.strip()
            if _SIGN.fullmatch(text) and _NUMBER_SIGN.search(text):
                name = subject(record, field, report)
                yield Absence("missing_sign", name, figure.place, figure.table_id, text, figures=(figure,))


def unfounded(report: Report) -> Iterator[tuple[Kinerja, Absence | None]]:
    """Every capaian of a row with a target; an absence where the realisasi it must be computed from is not given."""
    tables = {table.raw.table_id: table for table in report.tables}
    for record in report.kinerja:
        target, capaian, realisasi = record.target, record.capaian, record.realisasi
        if capaian is None or not usable(capaian) or not capaian.value or target is None or not usable(target):
            continue
        if realisasi is not None and (usable(realisasi) or _DIGIT.search(realisasi.text)):
            yield record, None
            continue
        column = _column(tables.get(record.table_id), "realisasi", record.tahun, report.identity.year)
        if column is None:
            continue
        seen: tuple[Evidence, ...] = ()
        if realisasi is not None:
            seen = (Evidence(realisasi.text, realisasi.place, realisasi.table_id, realisasi.row, realisasi.col),)
        instead = realisasi.text.strip() if realisasi is not None else ""
        name = subject(record, "realisasi", report)
        detail = (("capaian", capaian.text.strip()), ("tertulis", instead or "-"))
        yield (
            record,
            Absence(
                "missing_result",
                name,
                capaian.place,
                record.table_id,
                capaian.text.strip(),
                None,
                seen,
                (capaian,),
                detail,
            ),
        )


def _column(table: TypedTable | None, role: str, year: int | None, reported: int) -> Column | None:
    if table is None:
        return None
    for column in table.columns:
        if column.role == role and (column.year or reported) == (year or reported):
            return column
    return None


def empty_rows(report: Report) -> Iterator[Absence]:
    """Rows of an indicator whose realisasi (or every figure) is left empty while the other rows have it."""
    known = _known(report)
    for table in report.tables:
        if table.kind not in ("kinerja", "campuran"):
            continue
        body = _Body.of(table, report)
        for position in range(len(body.rows)):
            yield from _empty_row(report, table, body, position, known)


Cells = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class _Body:
    """The named rows of a table: in how many of them the result has a number, most columns of figures have one, and a
    numbering does. Counted once, so that a plan of thousands of rows with an empty column is not counted for each.

    `figures` and `numbers` are its columns of figures and of numberings; `result`, `target` and `capaian` are the single
    columns of a year."""

    rows: tuple[Cells, ...]
    figures: Sequence[Column]
    numbers: Sequence[int]
    result: Column | None
    target: Column | None
    capaian: Column | None
    filled: int
    full: int
    numbered: int

    @classmethod
    def of(cls, table: TypedTable, report: Report) -> _Body:
        rows = tuple(row for row in table.raw.rows[table.raw.n_header :] if _name(table, row))
        figures, numbers = _figure_columns(table), _number_columns(table)
        result, target, capaian = (_single(table, role, report) for role in ("realisasi", "target", "capaian"))
        filled = sum(_filled(row, result.index) for row in rows) if result is not None else 0
        full = sum(sum(_filled(row, c.index) for c in figures) > len(figures) / 2 for row in rows)
        numbered = sum(any(_text(row, col) for col in numbers) for row in rows)
        return cls(rows, figures, numbers, result, target, capaian, filled, full, numbered)


def _figure_columns(table: TypedTable) -> list[Column]:
    return [c for c in table.columns if c.role in ("target", "realisasi", "capaian")]


def _number_columns(table: TypedTable) -> list[int]:
    return [c.index for c in table.columns if c.role in ("nomor", "kode")]


def _empty_row(report: Report, table: TypedTable, body: _Body, position: int, known: _Known) -> Iterator[Absence]:
    row = body.rows[position]
    others = len(body.rows) - 1
    figures = body.figures
    name = _name(table, row)
    if len(figures) >= FEW and all(_blank(row, c.index) for c in figures):
        if body.full >= 2 and body.full >= ALL * others and not _heads(table, body, position):
            yield _absence("missing_row", table, row, f"{name}: angka kinerja", report, None)
        return
    column, target, capaian = body.result, body.target, body.capaian
    if column is None or target is None or not _blank(row, column.index) or not _filled(row, target.index):
        return
    if capaian is not None and _filled(row, capaian.index):
        return  # the matter of `unfounded`
    full = body.filled
    if not full and not any(_filled(row, c.index) for c in figures if c is not target):
        return  # a form, to be filled in later
    elsewhere = known.result(name, column.year or report.identity.year, table.raw.table_id)
    if elsewhere or (full >= FEW and full > MOST * others):
        year = column.year or report.identity.year
        yield _absence("missing_cell", table, row, f"{name}: realisasi {year}", report, elsewhere)


def _absence(what: str, table: TypedTable, row: Cells, name: str, report: Report, elsewhere: Figure | None) -> Absence:
    cell = next(cell for cell in row if cell is not None)
    seen = [Evidence(_name(table, row), cell.place, table.raw.table_id, cell.row, cell.col)]
    if elsewhere is not None:
        seen.append(Evidence(elsewhere.text, elsewhere.place, elsewhere.table_id, elsewhere.row, elsewhere.col))
    expected = elsewhere.text.strip() if elsewhere is not None else None
    return Absence(what, name, cell.place, table.raw.table_id, None, expected, tuple(seen))


def _single(table: TypedTable, role: str, report: Report) -> Column | None:
    """The one column of that role for a whole year up to the report's; None where there are more (months) or none."""
    found = [
        c for c in table.columns if c.role == role and c.period is None and (c.year or 0) <= report.identity.year + 9
    ]
    own = [c for c in found if (c.year or report.identity.year) == report.identity.year] or found
    return own[0] if len(own) == 1 else None


def _name(table: TypedTable, row: Cells) -> str:
    """The name of the indicator of a row: the last column of indicators that says something."""
    names = [_text(row, c.index) for c in table.columns if c.role == "indikator"]
    return next((" ".join(name.split()) for name in reversed(names) if re.search(r"[A-Za-z]{3}", name)), "")


def _text(row: Cells, col: int) -> str:
    cell = row[col] if col < len(row) else None
    return cell.text.strip() if cell is not None else ""


def _blank(row: Cells, col: int) -> bool:
    """Whether a cell is there and empty (one that a merged neighbour covers is not there)."""
    cell = row[col] if col < len(row) else None
    return cell is not None and not cell.text.strip()


def _filled(row: Cells, col: int) -> bool:
    return bool(_DIGIT.search(_text(row, col)))


def _heads(table: TypedTable, body: _Body, position: int) -> bool:
    """Whether a row without figures is a heading: by its words or its span, or by who has a number and who has none."""
    numbers = body.numbers
    if position + 1 == len(body.rows):
        return False
    here, below = body.rows[position], body.rows[position + 1]
    first = squash(_name(table, here).split()[0])
    if any(cell is not None and cell.col_span > 1 for cell in here) or first in kind("kepala"):
        return True
    has_number = any(_text(here, col) for col in numbers)
    if not has_number and body.numbered > MOST * (len(body.rows) - 1):
        return True
    return has_number and not any(_text(below, col) for col in numbers)


def _bare(name: str) -> str:
    """A name without the number of its item ("7. Indeks ...")."""
    return _ITEM.sub("", name)


class _Known:
    """Results of indicators by name, to tell what an empty cell would hold."""

    def __init__(self, report: Report) -> None:
        self._names: NameIndex[int] = NameIndex()
        self._given: NameIndex[str] = NameIndex()  # also those whose result is given in words ("NA")
        self._shown: set[str] = set()
        self._results: dict[int, list[tuple[Kinerja, Figure]]] = defaultdict(list)
        for record in report.kinerja:
            if record.realisasi is None:
                continue
            self._given.add(_bare(record.indikator), "given")
            self._shown.add(_bare(record.indikator).casefold())
            if not usable(record.realisasi):
                continue
            found = self._names.find(_bare(record.indikator))
            key = found if found is not None else len(self._results)
            self._names.add(_bare(record.indikator), key)
            self._results[key].append((record, record.realisasi))

    def result(self, name: str, year: int, table_id: str) -> Figure | None:
        """The realisasi of an indicator and year in another table."""
        key = self._names.find(_bare(name))
        for record, figure in self._results.get(key, []) if key is not None else []:
            if record.tahun == year and record.table_id != table_id and record.periode is None:
                return figure
        return None

    def reported(self, name: str) -> bool:
        if self._given.find(_bare(name), 0.6) is not None:
            return True
        return any(fuzz.token_set_ratio(_bare(name).casefold(), other) >= LIKE for other in self._shown)


@once
def _known(report: Report) -> _Known:
    return _Known(report)


@once
def agreed_tables(report: Report) -> list[TypedTable]:
    """Tables of the performance agreement: promised targets without results."""
    titles = kind("pegangan")
    return [
        table
        for table in report.tables
        if table.kind == "kinerja"
        and any(title in (table.raw.title or "").casefold() for title in titles)
        and not any(column.role in ("realisasi", "capaian") for column in table.columns)
    ]


def never_reported(report: Report) -> Iterator[tuple[Kinerja, Absence | None]]:
    """Every indicator of a performance agreement; an absence where no table gives its result and no sentence names it.

    Only agreements most of whose indicators are reported: of the others (of lower levels) nobody promises a report.
    """
    if not any(_OPENING.match(report.text[at].text) for at in line_positions(report, OPENINGS)):
        return  # a part of a report: the rest may report what this one does not
    known = _known(report)
    tables = {table.raw.table_id for table in agreed_tables(report)}
    by_table: dict[str, list[Kinerja]] = defaultdict(list)
    for record in report.kinerja:
        if record.table_id in tables and record.target is not None and usable(record.target):
            by_table[record.table_id].append(record)
    told: set[str] = set()
    for records in by_table.values():
        given = {r.record_id for r in records if known.reported(r.indikator)}
        if len(given) <= MOST * len(records):
            continue
        for record in records:
            name = squash(_bare(record.indikator))
            if record.record_id in given or name in _squashed(report):
                yield record, None
            elif name not in told:
                told.add(name)
                yield record, _unreported(record, report)


@once
def _squashed(report: Report) -> str:
    """The running text in small letters and digits alone."""
    return squash(joined(report.text).text)


def _unreported(record: Kinerja, report: Report) -> Absence:
    figure = record.target
    stated = figure.text.strip() if figure is not None else ""
    detail = (("target", stated),)
    name = subject(record, "realisasi", report)
    figures = (figure,) if figure is not None else ()
    return Absence("missing_indicator", name, record.place, record.table_id, None, None, (), figures, detail)


def incomplete_tables(report: Report) -> Iterator[tuple[TypedTable, Absence | None]]:
    """Tables of results that hold all the main indicators; an absence where one holds all of them but one."""
    names: NameIndex[int] = NameIndex()
    held: dict[str, dict[int, str]] = defaultdict(dict)
    for record in report.kinerja:
        key = names.find(_bare(record.indikator))
        if key is None:
            key = sum(len(keys) for keys in held.values())
        names.add(_bare(record.indikator), key)
        held[record.table_id][key] = record.indikator
    tables = [table for table in report.tables if table.kind == "kinerja" and len(held[table.raw.table_id]) >= FEW]
    for full, among in _main(tables, held).items():
        for table in tables:
            mine = frozenset(held[table.raw.table_id])
            if mine == full:
                yield table, None
            elif mine < full and len(full - mine) == 1 and len(full) > FEW and _compares(table):
                (lacking,) = full - mine
                first = among[0]
                name = held[first.raw.table_id][lacking]
                seen = tuple(Evidence(name, other.raw.place_first, other.raw.table_id) for other in (table, *among))
                detail = (("banyak", str(len(among))),)
                place = table.raw.place_last
                yield table, Absence("missing_in_table", name, place, table.raw.table_id, None, None, seen, (), detail)


def _main(tables: Iterable[TypedTable], held: dict[str, dict[int, str]]) -> dict[frozenset[int], list[TypedTable]]:
    """The set of indicators that several tables hold, with these tables."""
    sets: dict[frozenset[int], list[TypedTable]] = defaultdict(list)
    for table in tables:
        sets[frozenset(held[table.raw.table_id])].append(table)
    return {names: found for names, found in sets.items() if len(found) >= SIBLINGS}


def _compares(table: TypedTable) -> bool:
    """Whether a table sets results beside something else: years, a standard, other regions, the plan's end."""
    roles = [column.role for column in table.columns]
    return "realisasi" in roles and sum(role in ("realisasi", "asing", "target", "capaian") for role in roles) > 1


def total_below(report: Report, place: Place) -> Figure | None:
    """The total of the table of counts that follows a sentence at once."""
    table = table_after(report, place)
    if table is None or table.kind != "lain":
        return None
    for row in table.raw.rows[table.raw.n_header :]:
        if any(cell is not None and is_total(cell.text) for cell in row):
            numbers = {cell.row for cell in row if cell is not None}
            found = [one for one in report.counts if one.table_id == table.raw.table_id and one.row in numbers]
            return found[0] if len(found) == 1 and usable(found[0]) else None
    return None
