"""The order of rows, codes and chapters: numbers that jump or stand twice, rows that stand twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconcile.figures import figures_of, usable
from pipeline.reconcile.names import squash
from pipeline.reconcile.prose import Paragraph
from pipeline.reconcile.screen import holding
from schemas.checks import Evidence
from schemas.document import Place
from schemas.records import Anggaran, Kinerja, Report, TypedTable
from schemas.table import Cell

LEAST = 3  # numbers of a list, before its order means something
SLIPS = 2  # more than this many breaks are another way of numbering
TOUCHING = 2.0  # points between two rows of a PDF that follow each other without one lost between them
NEXT = 2  # lines between two rows of a text file that do
FIGURES = 2  # filled cells beside the name, before two rows are one and the same
_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[.,)]*\s*$")
_LEADING = re.compile(r"^\s*(\d{1,3})\s*[.)]+\s*[A-Za-z]")
_CHAPTER = re.compile(r"^\W*bab\s+(?P<roman>[ivx]+)\W*\s*(?P<title>[A-Za-z][A-Za-z ,&-]{4,60})?", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True, slots=True)
class Disorder:
    """A number (or row) out of order: key of its message, what is printed, what would be in order, and all numbers."""

    what: str
    subject: str
    place: Place
    stated: str
    expected: str | None
    seen: tuple[Evidence, ...]
    table_id: str | None = None
    figures: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    cell: Cell


def lists(report: Report) -> Iterator[tuple[TypedTable, Disorder | None]]:
    """Tables whose rows are numbered from 1 on, with the disorder where a number jumps or stands twice."""
    for table in report.tables:
        for column in table.columns:
            if column.role not in ("nomor", "program"):
                continue
            pattern = _NUMBER if column.role == "nomor" else _LEADING
            items = list(_items(table, column.index, pattern))
            numbers = [item.number for item in items]
            if len(items) < LEAST or numbers[0] != 1 or numbers != sorted(numbers):
                continue
            breaks = [at for at in range(1, len(items)) if numbers[at] - numbers[at - 1] != 1]
            if not breaks:
                yield table, None
            elif len(breaks) <= SLIPS and (found := _disorder(table, items, breaks)) is not None:
                yield table, found


def _items(table: TypedTable, col: int, pattern: re.Pattern[str]) -> Iterator[_Item]:
    for row in table.raw.rows[table.raw.n_header :]:
        cell = row[col] if col < len(row) else None
        found = pattern.match(cell.text) if cell is not None else None
        if cell is not None and found:
            yield _Item(int(found[1]), cell)


def _disorder(table: TypedTable, items: Sequence[_Item], breaks: Sequence[int]) -> Disorder | None:
    """The first break that is a slip: a number left out, or one given twice where the next one is left out."""
    numbers = [item.number for item in items]
    for at in breaks:
        step = numbers[at] - numbers[at - 1]
        doubled = step == 0 and (at + 1 == len(numbers) or numbers[at + 1] - numbers[at] == 2)
        if not (step == 2 or doubled) or not _follows(items[at - 1].cell, items[at].cell):
            continue
        label = f"Tabel {table.raw.label}" if table.raw.label else (table.raw.title or table.raw.table_id)
        shown = ", ".join(str(number) for number in numbers)
        seen = tuple(
            Evidence(item.cell.text, item.cell.place, table.raw.table_id, item.cell.row, item.cell.col)
            for item in (items[at], items[at - 1])
        )
        place = items[at].cell.place
        stated, right = str(numbers[at]), str(numbers[at - 1] + 1)
        name = f"Penomoran {label}"
        return Disorder("other_numbers", name, place, stated, right, seen, table.raw.table_id, shown)
    return None


def _follows(above: Cell, below: Cell) -> bool:
    """Whether two rows stand so close, and were read so surely, that no row can have been lost between them."""
    if min(above.confidence, below.confidence) < 1:
        return False
    if above.place.box is not None and below.place.box is not None:
        return above.place.page == below.place.page and abs(below.place.box.top - above.place.box.bottom) <= TOUCHING
    if above.place.line is None or below.place.line is None:
        return False
    return 0 < below.place.line - above.place.line <= NEXT or above.row + 1 < below.row


def twins(report: Report) -> Iterator[Disorder]:
    """Rows of one table that name the same line or indicator, under the same parent, with the same figures."""
    seen: dict[tuple[object, ...], Anggaran | Kinerja] = {}
    told: set[tuple[str, int]] = set()
    records: list[Anggaran | Kinerja] = [*report.anggaran, *report.kinerja]
    for record in records:
        if isinstance(record, Anggaran):
            if record.tingkat not in ("program", "kegiatan", "sub_kegiatan"):
                continue
            name, above = record.uraian, [record.kode, record.induk]
        else:
            name, above = record.indikator, [record.sasaran, record.kolom]
        values = tuple(figure.value for _, figure in figures_of(record) if usable(figure))
        if len(values) < FIGURES or not any(values):
            continue
        when = (record.tahun, record.periode, record.tahap)
        key = (type(record), record.table_id, squash(name), *above, *when, *values)
        other = seen.setdefault(key, record)
        if other.row == record.row or (record.table_id, record.row) in told:
            continue
        told.add((record.table_id, record.row))
        evidence = tuple(Evidence(name, one.place, one.table_id, one.row) for one in (record, other))
        yield Disorder("other_twin", name, record.place, name, None, evidence, record.table_id)


def codes(report: Report) -> Iterator[Disorder]:
    """Codes that stand twice in a table, the next one being left out; codes under another parent than the rows around."""
    tables: dict[str, dict[int, Anggaran]] = defaultdict(dict)
    for record in report.anggaran:
        if record.kode and re.fullmatch(r"[\dxX]+(?:\.[\dxX]+){2,}", record.kode):
            tables[record.table_id].setdefault(record.row, record)
    for rows in tables.values():
        ordered = [rows[row] for row in sorted(rows)]
        given = Counter(record.kode for record in ordered)
        for at in range(1, len(ordered)):
            above, here = ordered[at - 1], ordered[at]
            after = ordered[at + 1] if at + 1 < len(ordered) else None
            expected = _next(above.kode or "")
            parent = (after.kode or "").rpartition(".")[0] if after is not None else ""
            if parent != here.kode and not given[parent] and _differs(here.kode or "", parent):
                yield _code(here, after or above, parent)
                continue
            if here.kode == expected or expected is None or given[expected]:
                continue
            twice = here.kode == above.kode and squash(here.uraian) != squash(above.uraian)
            between = after is not None and after.kode == _next(expected) and _differs(here.kode or "", expected)
            if twice or between:
                yield _code(here, above, expected)


def _next(code: str) -> str | None:
    """The code of the next row of the same parent, as wide as this one."""
    parent, _, last = code.rpartition(".")
    return f"{parent}.{int(last) + 1:0{len(last)}d}" if parent and last.isdigit() else None


def _differs(code: str, expected: str) -> bool:
    """Whether two codes of the same length differ in one part before the last."""
    left, right = code.split("."), expected.split(".")
    if len(left) != len(right) or left[-1] != right[-1]:
        return False
    return sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _code(record: Anggaran, beside: Anggaran, expected: str) -> Disorder:
    seen = (
        Evidence(f"{record.kode} {record.uraian}", record.place, record.table_id, record.row),
        Evidence(f"{beside.kode} {beside.uraian}", beside.place, beside.table_id, beside.row),
    )
    return Disorder(
        "other_code", f"Kode {record.uraian}", record.place, record.kode or "", expected, seen, record.table_id
    )


def chapters(text: Sequence[Paragraph]) -> Iterator[Disorder]:
    """Chapters that are numbered differently in two places, one of which breaks the order."""
    found: list[tuple[int, str, Paragraph, str]] = []
    for paragraph in holding(text, ("bab",)):
        match = _CHAPTER.match(paragraph.text)
        if match and match["title"] and (number := _ROMAN.get(match["roman"].casefold())):
            found.append((number, squash(match["title"].split(",")[0])[:14], paragraph, match["roman"]))
    by_title: dict[str, set[int]] = defaultdict(set)
    for number, title, _, _ in found:
        by_title[title].add(number)
    for at, (number, title, paragraph, roman) in enumerate(found):
        before = found[at - 1][0] if at else 0
        others = by_title[title] - {number}
        word = next((word for word, worth in _ROMAN.items() if worth == before + 1), "")
        letters = before >= LEAST - 1 and sorted(word) == sorted(roman.casefold())
        if number > before + 1 and (before + 1 in others or letters):
            seen = tuple(Evidence(p.text[:80], p.place) for n, t, p, _ in found if t == title)
            name = f"Nomor bab {' '.join(paragraph.text.split()[2:6])}"
            yield Disorder("other_chapter", name, paragraph.place, f"BAB {roman}", f"BAB {word.upper()}", seen)
