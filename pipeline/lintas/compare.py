"""The same line or indicator in two documents, and whether they print the same figure of it.

A figure agrees when it can be any of those that the other document prints of the item: where that document contradicts
itself, its own findings say so. Tables that share more contradictions than agreements speak of something else (another
stage, another unit, another edition): nothing is held against them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.lintas.documents import Reread
from pipeline.reconcile.figures import bounded, figures_of, usable
from pipeline.reconcile.interval import alike
from pipeline.reconcile.names import NameIndex, likeness, squash
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja

Row = Anggaran | Kinerja

SURE = 0.9  # likeness of two names that are held to be one line across documents
PARENT = 0.8
FULL_CODE = 3  # parts of a code that tells a line by itself
FOLLOWS = {"capaian": ("realisasi", "target"), "persen": ("realisasi", "anggaran")}  # computed from these
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed figure: the document, the record and the field it stands in."""

    document: Reread
    row: Row
    field: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures of one item and field that are none of those the other document prints: `there` is not empty.

    `here` are all places of the document in question that print the same figure, in order.
    """

    here: tuple[Cell, ...]
    there: tuple[Cell, ...]


@dataclass(slots=True)
class Compared:
    """What came of a comparison: figures that agree, that differ, and that cannot be compared."""

    agree: int = 0
    differ: int = 0
    apart: int = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: Compared) -> None:
        self.agree += other.agree
        self.differ += other.differ
        self.apart += other.apart
        self.differences += other.differences


def name_of(row: Row) -> str:
    return row.uraian if isinstance(row, Anggaran) else row.indikator


class Book:
    """The rows of some documents by the item they are about."""

    def __init__(self, rows: Iterable[tuple[Reread, Row]]) -> None:
        self._items: dict[int, list[tuple[Reread, Row]]] = defaultdict(list)
        self._names: dict[tuple[str, ...], NameIndex[int]] = defaultdict(NameIndex)
        self._by_code: dict[str, int] = {}
        self._above: dict[tuple[str, str], Row] = {}
        self._next = 0
        for document, row in rows:
            self._above[document.document_id, row.record_id] = row
            self._items[self._item_for(row)].append((document, row))

    def _item_for(self, row: Row) -> int:
        index = self._names[_kind(row)]
        item = self._coded(row)
        if item is None:
            item = index.find(name_of(row), SURE)
        if item is None:
            item = self._next
            self._next += 1
        index.add(name_of(row), item)
        if code := _code(row):
            self._by_code.setdefault(code, item)
        return item

    def _coded(self, row: Row) -> int | None:
        code = _code(row)
        return self._by_code.get(code) if code else None

    def same(self, document: Reread, row: Row, above: Row | None) -> list[tuple[Reread, Row]]:
        """The rows about the same item; () where there is none or it is not clear which of several."""
        item = self._coded(row)
        if item is None:
            item = self._names[_kind(row)].find(name_of(row), SURE)
        found = [pair for pair in self._items.get(item, []) if _fits(row, pair[1])] if item is not None else []
        if not _repeated(found):
            return found
        if isinstance(row, Kinerja):
            found = [pair for pair in found if _same_objective(row, pair[1])]
        elif above is not None:
            found = [pair for pair in found if self._under(pair, name_of(above))]
        return [] if _repeated(found) else found

    def _under(self, pair: tuple[Reread, Row], name: str) -> bool:
        document, row = pair
        parent = self._above.get((document.document_id, row.induk or "")) if isinstance(row, Anggaran) else None
        return parent is not None and likeness(name_of(parent), name) >= PARENT


def _kind(row: Row) -> tuple[str, ...]:
    """What may be the same item at all."""
    return ("anggaran", row.kelompok, row.tingkat) if isinstance(row, Anggaran) else ("kinerja",)


def _code(row: Row) -> str | None:
    """A key of the official line, the same in every year and document."""
    if not isinstance(row, Anggaran) or row.standar is None or row.standar.resmi is None:
        return None
    return f"{row.standar.resmi.kode}|{row.tingkat}"


def _fits(row: Row, other: Row) -> bool:
    if isinstance(row, Kinerja) and isinstance(other, Kinerja):
        units = {squash(unit).replace("persen", "") for unit in (row.satuan, other.satuan) if unit}
        return len(units) < 2
    if isinstance(row, Anggaran) and isinstance(other, Anggaran) and _code(row) is None:
        codes = {code for code in (_full(row.kode), _full(other.kode)) if code}
        return len(codes) < 2
    return True


def _full(kode: str | None) -> str | None:
    parts = [part.lstrip("0") for part in (kode or "").split(".") if part]
    return ".".join(parts) if len(parts) >= FULL_CODE else None


def _same_objective(row: Kinerja, other: Row) -> bool:
    mine, yours = row.sasaran or "", (other.sasaran if isinstance(other, Kinerja) else "") or ""
    return likeness(mine, yours) >= PARENT


def _repeated(rows: Sequence[tuple[Reread, Row]]) -> bool:
    """Whether one table prints the item in several rows."""
    seen: dict[tuple[object, ...], int] = {}
    for document, row in rows:
        table = (document.document_id, row.table_id)
        if seen.setdefault(table, row.row) != row.row:
            return True
    return False


Choose = Callable[[Row, str, list[tuple[Reread, Row]]], list[tuple[Reread, Row]] | None]


def compare(document: Reread, rows: Sequence[Row], book: Book, fields: Sequence[str], choose: Choose) -> Compared:
    """The figures of some rows of a document against those of a book of other documents.

    `choose` picks, of the rows about the same item, those that are of the same stage (None: none can be compared).
    """
    above = {row.record_id: row for row in document.report.anggaran}
    done = Compared()
    agree: Counter[str] = Counter()
    found: list[Difference] = []
    for row in rows:
        parent = above.get(row.induk or "") if isinstance(row, Anggaran) else None
        same = book.same(document, row, parent)
        for name, figure in figures_of(row):
            if name not in fields or not _single(figure):
                continue
            there = list(_cells(choose(row, name, same) or [], name))
            if not there or not _comparable(figure, there[0].figure):
                done.apart += bool(same)
            elif any(_same(figure, cell, name) for cell in there):
                agree[row.table_id] += 1
            else:
                found.append(Difference((Cell(document, row, name, figure),), tuple(there)))
    done.agree = sum(agree.values())
    differ = Counter(one.here[0].row.table_id for one in found)
    for one in _without_followers(found):
        table = one.here[0].row.table_id
        if 0 < differ[table] <= agree[table]:
            done.differ += 1
            done.differences.append(one)
        else:
            done.apart += 1
    done.differences = list(_joined(done.differences))
    return done


def _cells(rows: Iterable[tuple[Reread, Row]], name: str) -> Iterator[Cell]:
    for document, row in rows:
        for field_, figure in figures_of(row):
            if field_ == name and _single(figure):
                yield Cell(document, row, name, figure)


def _single(figure: Figure) -> bool:
    return usable(figure) and figure.high is None


def _same(figure: Figure, cell: Cell, name: str) -> bool:
    strict = isinstance(cell.row, Kinerja) and name in ("target", "realisasi")
    return alike(figure, cell.figure, strict=strict and not bounded(figure))


def _comparable(figure: Figure, other: Figure) -> bool:
    """Whether two figures that differ are of one notation: not a fraction against its percentage, nor rupiah in thousands."""
    a, b = figure.value, other.value
    if a is None or b is None or a == b or not a or not b:
        return True
    ratio = max(abs(a / b), abs(b / a))
    return ratio not in (HUNDRED, Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9)


def _without_followers(found: Sequence[Difference]) -> Iterator[Difference]:
    """A percentage that was computed from a figure which differs itself is no difference of its own."""
    differing = {(one.here[0].row.record_id, one.here[0].field) for one in found}
    for one in found:
        cell = one.here[0]
        if not any((cell.row.record_id, base) in differing for base in FOLLOWS.get(cell.field, ())):
            yield one


def _joined(found: Sequence[Difference]) -> Iterator[Difference]:
    """One difference for each figure that a document prints of an item, however many of its tables repeat it."""
    groups: dict[tuple[object, ...], list[Difference]] = {}
    for one in found:
        cell = one.here[0]
        places = tuple((c.document.document_id, c.figure.id) for c in one.there)
        groups.setdefault((cell.field, cell.figure.value, places), []).append(one)
    for group in groups.values():
        yield Difference(tuple(cell for one in group for cell in one.here), group[0].there)
