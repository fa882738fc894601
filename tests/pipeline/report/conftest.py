"""OUT folders made of rows written by hand, so that every text in them may be hostile."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import Written, write_report
from pipeline.store import commit, open_for_writing, stage
from schemas.datasets import BY_NAME, Column, Kind

NOW = datetime(2025, 5, 7, 9, 30)
_EMPTY = {Kind.TEXT: "", Kind.INT: 0, Kind.BOOL: False, Kind.REAL: 1.0, Kind.MONEY: Decimal(0), Kind.NUMBER: Decimal(0)}


def _default(column: Column) -> Any:
    if column.nullable:
        return None
    return [] if column.kind in (Kind.TEXTS, Kind.STRUCTS) else _EMPTY[column.kind]


def row(dataset: str, /, **given: Any) -> dict[str, Any]:
    """A row of a dataset: what is not given is null, or as little as the column allows."""
    known = {column.name: _default(column) for column in BY_NAME[dataset].columns}
    assert set(given) <= set(known), set(given) - set(known)
    return known | given


def evidence(text: str, **given: Any) -> dict[str, Any]:
    names = ("table_id", "row", "col", "page", "line", "x0", "top", "x1", "bottom")
    return dict.fromkeys(names) | {"text": text} | given


@dataclass
class Doc:
    """The rows of one document, with short ways to the usual ones."""

    name: str = "laporan/contoh.txt"
    agency: str = "dinas-kebun-kota-sukamaju"
    year: int = 2024
    head: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return hashlib.sha256(f"{self.name} {self.agency} {self.year}".encode()).hexdigest()[:16]

    def add(self, dataset: str, /, **given: Any) -> dict[str, Any]:
        one = row(dataset, **({"document_id": self.id} | given))
        self.rows.setdefault(dataset, []).append(one)
        return one

    def table(self, table_id: str, cells: list[list[str]], **given: Any) -> None:
        known = {"label": "3.1", "title": "Realisasi", "kind": "anggaran", "line_first": 1, "line_last": len(cells)}
        size = {"pieces": 1, "n_rows": len(cells), "n_cols": max(map(len, cells)), "method": "tabbed"}
        self.add("tabel", table_id=table_id, **(known | size | given))
        for i, line in enumerate(cells):
            for j, text in enumerate(line):
                spans = {"row_span": 1, "col_span": 1}
                self.add("sel", table_id=table_id, row=i, col=j, text=text, line=i + 1, **spans)

    def figure(self, id_: str, text: str, value: str | None, **given: Any) -> None:
        known = {"dataset": "anggaran", "record_id": "r1", "field": "anggaran", "unit": "rp", "status": "angka"}
        number = None if value is None else Decimal(value)
        self.add("angka", angka_id=id_, text=text, value=number, **(known | given))

    def finding(self, id_: str, *figures: str, **given: Any) -> dict[str, Any]:
        known = {
            "rule": "sum",
            "severity": "tinggi",
            "subjek": "Program Taman: anggaran",
            "stated": "3500000",
            "expected": "3000000",
            "difference": "500000",
            "pesan": "Jumlahnya tidak sama.",
            "message": "The total differs.",
            "angka": list(figures),
            "evidence": [],
        }
        return self.add("temuan", temuan_id=id_, **(known | given))

    def check(self, id_: str, rule: str, outcome: str, *figures: str, **given: Any) -> None:
        self.add("pemeriksaan", check_id=id_, rule=rule, outcome=outcome, angka=list(figures), **given)

    def put(self, out: Path) -> str:
        """Store it; its id."""
        counts = {
            f"n_{name}": len(self.rows.get(name, ())) for name in ("tabel", "anggaran", "kinerja", "klaim", "temuan")
        }
        known = {
            "sumber": self.name,
            "format": "text",
            "jenis": "lkjip",
            "instansi": "Dinas Kebun",
            "wilayah": "Kota Sukamaju",
            "status": "ok",
            "version": "1",
            "sha256": hashlib.sha256(self.id.encode()).hexdigest(),
        }
        rows = {name: self.rows.get(name, []) for name in BY_NAME if BY_NAME[name].per_document}
        rows["dokumen"] = [row("dokumen", document_id=self.id, **(known | counts | self.head))]
        commit(out, stage(out, self.id, rows, self.agency, self.year, self.id))
        return self.id


def summed(doc: Doc) -> Doc:
    """A table whose total does not add up, with the finding and its check, and one check that agrees."""
    cells = [
        ["Uraian", "Anggaran"],
        ["Program Taman", "1.000.000"],
        ["Program Jalan", "2.000.000"],
        ["Jumlah", "3.500.000"],
    ]
    doc.table("t1", cells)
    for i, (name, text, value) in enumerate(
        (
            ("Program Taman", "1.000.000", "1000000"),
            ("Program Jalan", "2.000.000", "2000000"),
            ("Jumlah", "3.500.000", "3500000"),
        ),
        1,
    ):
        doc.add(
            "anggaran", record_id=f"r{i}", table_id="t1", row=i, tingkat="program", kelompok="belanja", uraian=name,
            anggaran=Decimal(value), anggaran_teks=text, tahun=2024, line=i + 1,
        )  # fmt: skip
        doc.figure(f"f{i}", text, value, record_id=f"r{i}", table_id="t1", row=i, col=1, line=i + 1)
    places = [
        evidence(text, table_id="t1", row=i, col=1, line=i + 1)
        for i, text in ((3, "3.500.000"), (1, "1.000.000"), (2, "2.000.000"))
    ]
    doc.finding("aa01", "f3", "f1", "f2", table_id="t1", line=4, evidence=places)
    doc.check(
        "c1",
        "sum",
        "tidak_cocok",
        "f3",
        "f1",
        "f2",
        stated="3500000",
        expected="3000000",
        temuan_id="aa01",
        subjek="Jumlah",
    )
    doc.check("c2", "over_budget", "cocok", "f1", "f2", subjek="Program Taman")
    doc.check("c3", "percent", "tak_teruji", "f1", reason="anggaran berupa kata: 'n/a'", subjek="Program Taman")
    return doc


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    open_for_writing(folder)
    return folder


@pytest.fixture
def new_doc() -> type[Doc]:
    return Doc


@pytest.fixture
def sum_doc() -> Doc:
    return summed(Doc())


@pytest.fixture
def write(out: Path):
    """Writes the report of `out` with a fixed date."""

    def run(**options: Any) -> Written:
        return write_report(out, now=NOW, **options)

    return run


@pytest.fixture
def make_evidence():
    return evidence
