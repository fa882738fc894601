"""The same line item or indicator wherever the tables print it: what `cross_table` and `narrative` compare.

Two rows are the same item where their names mean the same (`names.likeness`), their levels agree and their full
codes, if both have one, are the same. They are compared only in one year, period and stage. A name that stands twice
in one table (the same kegiatan under several programs) is told apart by the parent's name; where that does not help
it is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal

from pipeline.reconcile.figures import as_number, figures_of, usable
from pipeline.reconcile.interval import alike
from pipeline.reconcile.names import SHORT, NameIndex, squash, tokens
from pipeline.reconcile.once import once
from schemas.figure import Figure
from schemas.records import Anggaran, Kinerja, Report
from schemas.values import value

Row = Anggaran | Kinerja
Slot = tuple[str, ...]

FULL_CODE = 3  # a code of fewer parts ("01") is a running number within its parent


@value(frozen=True, slots=True)
class Entry:
    """One printed figure of an item: the row it stands in and its field."""

    record: Row
    field: str
    figure: Figure

    @property
    def strict(self) -> bool:
        """Targets and results of indicators are not computed from anything: no rounding up to "all of it"."""
        return isinstance(self.record, Kinerja) and self.field in ("target", "realisasi")


def final_stage(report: Report) -> str | None:
    """The stage that a figure without a stage belongs to: the revised one, where the report has one."""
    stages = {row.tahap for row in report.anggaran} | {row.tahap for row in report.kinerja}
    return "perubahan" if "perubahan" in stages else None


def slot(record: Row, stage: str | None, year: int) -> Slot:
    """Year, period, stage and scope: only figures of one slot may be compared."""
    scope = record.acuan if isinstance(record, Kinerja) else record.kelompok
    return (str(record.tahun or year), record.periode or "", record.tahap or stage or "", scope)


class Items:
    """Index of all table rows by the item they are about."""

    def __init__(self, report: Report, rows: Iterable[Row]) -> None:
        self.stage = final_stage(report)
        self.year = report.identity.year
        self._names: NameIndex[int] = NameIndex()
        self._item: dict[str, int] = {}
        self._rows = tuple(rows)
        self._by_id = {row.record_id: row for row in self._rows}
        self._next = 0
        self._in_table: dict[tuple[int, str], str] = {}
        self._groups: dict[tuple[object, ...], list[Row]] | None = None
        for row in self._rows:
            self._item[row.record_id] = self._register(row)

    def apart(self) -> Items:
        """The same items for one who teaches them further names."""
        self.groups()
        other = copy(self)
        other._names = self._names.copy()
        return other

    def _register(self, row: Row) -> int:
        name = row.uraian if isinstance(row, Anggaran) else row.indikator
        found = self._names.find(name)
        # Two names of one table are two things, however like ("Jumlah objek", "Jumlah objek yang terpungut").
        if found is None or self._in_table.get((found, row.table_id), squash(name)) != squash(name):
            found = self._next
            self._next += 1
        self._in_table[found, row.table_id] = squash(name)
        self._names.add(name, found)
        return found

    def find(self, name: str) -> int | None:
        """The item a name in running text means, or None where it is none or not clear which."""
        return self._names.find(name)

    def candidates(self, name: str) -> list[int]:
        """All items a name may mean equally well."""
        return self._names.candidates(name)

    def within(self, sentence: str) -> int | None:
        """The item with the longest name that stands in the sentence as it is; None where none does."""
        text = squash(sentence)
        names = {(row.uraian if isinstance(row, Anggaran) else row.indikator): row for row in self._rows}
        inside = [name for name in names if len(tokens(name)) >= SHORT and squash(name) in text]
        return self._item[names[max(inside, key=len)].record_id] if inside else None

    def learn(self, name: str, item: int) -> None:
        """Take a name in running text as a further spelling of an item."""
        self._names.add(name, item)

    def item_of(self, row: Row) -> int:
        """The item a row of the tables is about."""
        return self._item[row.record_id]

    def parent_item(self, row: Row) -> int | None:
        parent = self._by_id.get(row.induk) if isinstance(row, Anggaran) and row.induk else None
        return self._item[parent.record_id] if parent is not None else None

    def groups(self) -> dict[tuple[object, ...], list[Row]]:
        """Rows by item, level and slot; split by parent where a table prints the name more than once."""
        if self._groups is None:
            self._groups = self._grouped()
        return self._groups

    def _grouped(self) -> dict[tuple[object, ...], list[Row]]:
        first: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        printed: dict[tuple[object, ...], set[int]] = defaultdict(set)
        for row in self._rows:
            level = row.tingkat if isinstance(row, Anggaran) else ""
            if level == "total":
                continue
            where = (self._item[row.record_id], level, slot(row, self.stage, self.year))
            if isinstance(row, Kinerja):
                # A table may print the same indicator with the same figures again (under two objectives, say): once is enough.
                places = printed[(*where, row.table_id, _values(row))]
                if places - {row.row}:
                    continue
                places.add(row.row)
            first[where].append(row)
        result: dict[tuple[object, ...], list[Row]] = {}
        for key, rows in first.items():
            if not _repeated(rows):
                result[key] = _same_code(rows)
                continue
            split: dict[tuple[object, ...], list[Row]] = defaultdict(list)
            for row in rows:
                parent = self.parent_item(row)
                if parent is not None:
                    split[(*key, parent)].append(row)
            result.update({k: _same_code(v) for k, v in split.items() if not _repeated(v)})
        return result


@once
def items_of(report: Report, rows: Sequence[Row]) -> Items:
    """The index of a report's rows, for those who teach it nothing (`Items.apart`)."""
    return Items(report, rows)


def entries(rows: Iterable[Row], field: str) -> list[Entry]:
    """The usable figures of one field over rows of one item, in order."""
    found = []
    for row in rows:
        figure = as_number(getattr(row, field))
        if figure is not None and usable(figure) and figure.high is None:
            found.append(Entry(row, field, figure))
    return found


def camps(found: Sequence[Entry]) -> list[list[Entry]]:
    """Entries that can be one number together, the largest camp first (then the one that is printed first)."""
    result: list[list[Entry]] = []
    for entry in sorted(found, key=lambda e: -e.figure.decimals):
        for camp in result:
            if all(alike(entry.figure, other.figure, strict=entry.strict) for other in camp):
                camp.append(entry)
                break
        else:
            result.append([entry])
    order = {entry.figure.id: number for number, entry in enumerate(found)}
    for camp in result:
        camp.sort(key=lambda e: order[e.figure.id])
    result.sort(key=lambda camp: (-len(camp), order[camp[0].figure.id]))
    return result


def _values(row: Row) -> tuple[tuple[str, Decimal | None], ...]:
    return tuple((name, figure.value) for name, figure in figures_of(row))


def _repeated(rows: Sequence[Row]) -> bool:
    """Whether one table prints the item in two different rows."""
    tables = [(row.table_id, row.kolom if isinstance(row, Kinerja) else "") for row in rows]
    return len(set(tables)) < len(tables)


def _same_code(rows: list[Row]) -> list[Row]:
    """Rows whose full codes, if they have one, are that of the first coded row."""
    codes = [
        row.kode for row in rows if isinstance(row, Anggaran) and row.kode and row.kode.count(".") >= FULL_CODE - 1
    ]
    if len(set(codes)) <= 1:
        return rows
    return [row for row in rows if not isinstance(row, Anggaran) or not row.kode or row.kode in (codes[0], None)]
