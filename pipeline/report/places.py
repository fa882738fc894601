"""Lookups over one document: its tables, cells, figures and records, and places in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from pipeline.report.labels import Both
from pipeline.report.load import Data
from pipeline.report.text import visible

Row = dict[str, Any]
_NAME = 90  # characters of a caption where it stands for the table


class Lookup:
    """What is where in one document. Everything is indexed once; nothing is searched twice."""

    def __init__(self, data: Data) -> None:
        self.data = data

    @cached_property
    def tables(self) -> Mapping[str, Row]:
        return {row["table_id"]: row for row in self.data["tabel"]}

    @cached_property
    def cells(self) -> Mapping[str, Sequence[Row]]:
        """Cells of each table in reading order."""
        of: dict[str, list[Row]] = defaultdict(list)
        for row in self.data["sel"]:
            of[row["table_id"]].append(row)
        return {table: sorted(rows, key=lambda cell: (cell["row"], cell["col"])) for table, rows in of.items()}

    @cached_property
    def figures(self) -> Mapping[str, Row]:
        return {row["angka_id"]: row for row in self.data["angka"]}

    @cached_property
    def figures_of_table(self) -> Mapping[str, Sequence[Row]]:
        of: dict[str, list[Row]] = defaultdict(list)
        for row in self.data["angka"]:
            if row["table_id"] is not None:
                of[row["table_id"]].append(row)
        return of

    @cached_property
    def records(self) -> Mapping[tuple[str, str], Row]:
        """By dataset and record_id."""
        return {
            (dataset, row["record_id"]): row
            for dataset in ("anggaran", "kinerja", "klaim")
            for row in self.data[dataset]
        }

    @cached_property
    def claims_at(self) -> Mapping[tuple[int | None, int | None], Sequence[Row]]:
        """Statements by page and line."""
        of: dict[tuple[int | None, int | None], list[Row]] = defaultdict(list)
        for row in self.data["klaim"]:
            of[row["page"], row["line"]].append(row)
        return of

    @cached_property
    def checks_of(self) -> Mapping[str, Sequence[Row]]:
        """Checks of each finding."""
        of: dict[str, list[Row]] = defaultdict(list)
        for row in self.data["pemeriksaan"]:
            if row["temuan_id"]:
                of[row["temuan_id"]].append(row)
        return of

    @cached_property
    def agreeing(self) -> Mapping[str, Sequence[str]]:
        """Rules of the checks with which a figure agrees, by figure."""
        of: dict[str, list[str]] = defaultdict(list)
        for row in self.data["pemeriksaan"]:
            if row["outcome"] == "cocok":
                for figure in row["angka"]:
                    of[figure].append(row["rule"])
        return of

    def header_rows(self, table_id: str) -> int:
        """How many rows stand above the first row with a figure: the header, as far as the datasets tell."""
        figures = [row["row"] for row in self.figures_of_table.get(table_id, ()) if row["row"] is not None]
        return min(min(figures), 6) if figures else 0

    def table_name(self, table_id: str) -> Both:
        """By its printed number, else its caption, else our own id."""
        row = self.tables.get(table_id)
        if row is None:
            return Both(visible(table_id), visible(table_id))
        if row["label"]:
            label = visible(row["label"], _NAME)
            return Both(f"Tabel {label}", f"Table {label}")
        if row["title"]:
            title = visible(row["title"], _NAME)
            return Both(f"Tabel “{title}”", f"Table “{title}”")
        return Both(f"Tabel {table_id}", f"Table {table_id}")

    def name_of(self, figure: Row) -> str:
        """The line item, indicator or statement a figure belongs to."""
        record = self.records.get((figure["dataset"], figure["record_id"]))
        if record is None:
            return ""
        if figure["dataset"] == "anggaran":
            return visible(" ".join(part for part in (record["kode"], record["uraian"]) if part), 300)
        return visible(record["indikator"] if figure["dataset"] == "kinerja" else record["subjek"] or "", 300)

    def place(self, row: Row) -> Both:
        """Where a row of `temuan`, `angka` or evidence stands."""
        parts, parts_en = [], []
        if row.get("table_id"):
            name = self.table_name(row["table_id"])
            parts.append(name.id)
            parts_en.append(name.en)
        spot = at(row.get("page"), row.get("line"))
        if spot.id:
            parts.append(spot.id)
            parts_en.append(spot.en)
        return Both(", ".join(parts), ", ".join(parts_en))


def at(page: int | None, line: int | None) -> Both:
    """A page or a line in words; empty where neither is known."""
    if page is not None:
        return Both(f"hlm. {page}", f"p. {page}")
    return Both(f"baris {line}", f"line {line}") if line is not None else Both("", "")
