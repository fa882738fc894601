"""Tiny reports made by hand: every helper takes figures as they would be printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest

from schemas.checks import Check, Outcome
from schemas.document import Document, Place
from schemas.figure import Figure, Status
from schemas.records import Anggaran, Column, Identity, Kinerja, Klaim, Report, TypedTable
from schemas.table import Cell, RawTable, TextLine

NUMBER = re.compile(r"-?[\d.]+(?:,\d+)?")
Rule = Callable[[Report], Iterator[Check]]


@dataclass
class Builder:
    """Collects tables, records and sentences of an invented agency; lines count up as they come."""

    year: int = 2024
    instansi: str = "Dinas Kearsipan"
    line: int = 0
    figures: int = 0
    tables: dict[str, TypedTable] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    anggaran: list[Anggaran] = field(default_factory=list)
    kinerja: list[Kinerja] = field(default_factory=list)
    klaim: list[Klaim] = field(default_factory=list)
    text: list[TextLine] = field(default_factory=list)
    counts: list[Figure] = field(default_factory=list)

    def figure(self, printed: str | Figure | None, unit: str | None = None, **more: Any) -> Figure | None:
        """A figure from Indonesian print: "1.250,50", "98,7", "-", "" (empty), words."""
        if printed is None or isinstance(printed, Figure):
            return printed
        self.figures += 1
        found = NUMBER.search(printed)
        value, decimals, status = None, 0, Status.KATA
        if printed.strip() == "":
            status = Status.KOSONG
        elif printed.strip() == "-":
            status, value = Status.STRIP, (Decimal(0) if unit == "rp" else None)
        elif "value" in more:
            status = Status.ANGKA
        elif found and not re.match(r"(?!Rp)[A-Za-z]", printed):
            status = Status.ANGKA
            value = Decimal(found[0].replace(".", "").replace(",", "."))
            decimals = len(found[0].partition(",")[2])
        given: dict[str, Any] = {
            "id": f"f{self.figures}",
            "text": printed,
            "value": value,
            "decimals": decimals,
            "unit": "persen" if "%" in printed else unit,
            "status": status,
            "place": Place(line=self.line),
        }
        return Figure(**(given | more))

    def _row(self, table: str, kind: str) -> tuple[int, Place]:
        self.line += 1
        self.rows[table] = self.rows.get(table, 0) + 1
        place = Place(line=self.line)
        if table not in self.tables:
            raw = RawTable(table, table, None, (), 0, 1, "tabbed", 1.0, place, place)
            self.tables[table] = TypedTable(raw, kind, ())
        return self.rows[table], place

    def budget(
        self,
        table: str,
        name: str,
        anggaran: str | Figure | None = None,
        realisasi: str | Figure | None = None,
        persen: str | Figure | None = None,
        *,
        level: str = "program",
        kode: str | None = None,
        parent: str | None = None,
        year: int | None = None,
        stage: str | None = None,
        group: str = "belanja",
    ) -> str:
        """A budget row; returns its record id."""
        row, place = self._row(table, "anggaran")
        at = {"table_id": table, "row": row}
        record_id = f"a{len(self.anggaran) + 1}"
        self.anggaran.append(
            Anggaran(
                record_id, table, row, place, kode, level, group, parent, name, year or self.year, None, stage,
                self.figure(anggaran, "rp", col=1, **at),
                self.figure(realisasi, "rp", col=2, **at),
                self.figure(persen, "persen", col=3, **at),
            )
        )  # fmt: skip
        return record_id

    def indicator(
        self,
        table: str,
        name: str,
        target: str | Figure | None = None,
        realisasi: str | Figure | None = None,
        capaian: str | Figure | None = None,
        *,
        year: int | None = None,
        stage: str | None = None,
        unit: str | None = None,
        acuan: str = "tahunan",
        period: str | None = None,
    ) -> str:
        """A row of indicators; returns its record id."""
        row, place = self._row(table, "kinerja")
        at = {"table_id": table, "row": row}
        record_id = f"i{len(self.kinerja) + 1}"
        self.kinerja.append(
            Kinerja(
                record_id, table, row, place, None, name, unit, year or self.year, period, stage, acuan, None,
                self.figure(target, None, col=1, **at),
                self.figure(realisasi, None, col=2, **at),
                self.figure(capaian, "persen", col=3, **at),
            )
        )  # fmt: skip
        return record_id

    def claim(self, subject: str | None, sentence: str = "", **more: Any) -> str:
        """A statement; `anggaran`, `realisasi` and the like as printed, `money=False` for an indicator's."""
        self.line += 1
        unit = "rp" if more.pop("money", True) else None
        units = {"anggaran": "rp", "realisasi": unit, "persen": "persen", "target": None, "capaian": "persen"}
        given: dict[str, Any] = {"tahun": self.year, "periode": None, "tahap": None}
        for key, value in more.items():
            given[key] = self.figure(value, units[key]) if key in units else value
        record_id = f"k{len(self.klaim) + 1}"
        place = Place(line=self.line)
        self.klaim.append(Klaim(record_id, place, sentence or f"{subject} sebesar", subject, **given))
        return record_id

    def say(self, text: str, bullet: str | None = None, **more: Any) -> None:
        """A line of running text."""
        self.line += 1
        self.text.append(TextLine(text, Place(line=self.line), bullet=bullet, **more))

    def staff(self, table: str, header: list[str], rows: list[list[str]], roles: list[str] | None = None) -> None:
        """A table of counts with one header row."""
        raw_rows = []
        for number, cells in enumerate([header, *rows]):
            self.line += 1
            place = Place(line=self.line)
            raw_rows.append(tuple(Cell(number, col, text, place) for col, text in enumerate(cells)))
            for col, text in enumerate(cells):
                if number and col > 0 and re.match(r"\d|-$", text.strip()):
                    figure = self.figure(text, None, table_id=table, row=number, col=col)
                    assert figure is not None
                    self.counts.append(figure)
        place = Place(line=self.line)
        raw = RawTable(table, None, table, tuple(raw_rows), 1, 1, "tabbed", 1.0, place, place)
        named = roles or ["nomor" if head == "No" else "jumlah" for head in header]
        columns = tuple(Column(col, named[col], head) for col, head in enumerate(header))
        self.tables[table] = TypedTable(raw, "lain", columns)

    def years(self, table: str, years: dict[int, int]) -> None:
        """Give columns of a table their years."""
        typed = self.tables[table]
        columns = tuple(replace(column, year=years.get(column.index)) for column in typed.columns)
        self.tables[table] = replace(typed, columns=columns)

    def title(self, table: str, title: str) -> None:
        """Give a table its caption."""
        typed = self.tables[table]
        self.tables[table] = replace(typed, raw=replace(typed.raw, title=title))

    def apart(self, table: str, row: int) -> None:
        """Move a row of a table some lines down, as where something stood between."""
        typed = self.tables[table]
        rows = list(typed.raw.rows)
        rows[row] = tuple(cell and replace(cell, place=Place(line=(cell.place.line or 0) + 9)) for cell in rows[row])
        self.tables[table] = replace(typed, raw=replace(typed.raw, rows=tuple(rows)))

    def performance(
        self, table: str, header: list[str], rows: list[list[str]], *, title: str | None = None, **more: Any
    ) -> None:
        """A table of indicators with its records; a header word is a role, with a year where it has one ("target 2023").

        An empty cell is no figure. `kind`, `label` and columns' `acuan` may be given.
        """
        columns = []
        for col, head in enumerate(header):
            role, _, year = head.partition(" ")
            shown = more.get("heads", {}).get(col, head)
            columns.append(Column(col, role, shown, year=int(year) if year else None, acuan=more.get("acuan")))
        raw_rows = []
        for number, cells in enumerate([[column.header for column in columns], *rows]):
            self.line += 1
            place = Place(line=self.line)
            raw_rows.append(tuple(Cell(number, col, text, place) for col, text in enumerate(cells)))
            if number:
                self._indicators(table, number, columns, cells, place)
        place = Place(line=self.line)
        raw = RawTable(table, more.get("label"), title or table, tuple(raw_rows), 1, 1, "tabbed", 1.0, place, place)
        self.tables[table] = TypedTable(raw, more.get("kind", "kinerja"), tuple(columns))

    def _indicators(self, table: str, row: int, columns: list[Column], cells: list[str], place: Place) -> None:
        name = next((cells[c.index] for c in columns if c.role in ("indikator", "program")), "")
        if not name:
            return
        for year in dict.fromkeys(c.year for c in columns if c.role in ("target", "realisasi", "capaian")):
            given: dict[str, Figure | None] = {}
            for column in columns:
                if column.year == year and column.role in ("target", "realisasi", "capaian"):
                    text, unit = cells[column.index], "persen" if column.role == "capaian" else None
                    at = {"table_id": table, "row": row, "col": column.index}
                    given[column.role] = self.figure(text, unit, **at) if text else None
            target, realisasi, capaian = (given.get(field) for field in ("target", "realisasi", "capaian"))
            if target or realisasi or capaian:
                number = f"i{len(self.kinerja) + 1}"
                self.kinerja.append(
                    Kinerja(
                        number, table, row, place, None, name, None, year or self.year, None, None, "tahunan", None,
                        target, realisasi, capaian,
                    )
                )  # fmt: skip

    def report(self) -> Report:
        identity = Identity(self.instansi, "Kota Sukamaju", None, self.year, "lkjip")
        return Report(
            Document("contoh.txt", "0" * 64, "text"),
            identity,
            tuple(self.tables.values()),
            tuple(self.text),
            tuple(self.anggaran),
            tuple(self.kinerja),
            tuple(self.klaim),
            counts=tuple(self.counts),
        )


@pytest.fixture
def b() -> Builder:
    return Builder()


@pytest.fixture
def outcomes() -> Callable[[Rule, Builder], list[str]]:
    """The outcomes of one rule on what a builder holds, in order."""

    def run(check: Rule, builder: Builder) -> list[str]:
        return [str(one.outcome) for one in check(builder.report())]

    return run


@pytest.fixture
def failing() -> Callable[[Rule, Builder], list[Check]]:
    """The failing checks of one rule."""

    def run(check: Rule, builder: Builder) -> list[Check]:
        return [one for one in check(builder.report()) if one.outcome is Outcome.TIDAK_COCOK]

    return run
