"""A small report made by hand, from which the tests of rows, summary and store start."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from pipeline.location import Url, remove
from schemas.checks import Check, Evidence, Finding, Outcome, Severity
from schemas.document import Document, Place, SourceLine
from schemas.figure import Figure, Status
from schemas.records import Anggaran, Column, Doubt, Identity, Kinerja, Klaim, Report, TypedTable
from schemas.table import Cell, RawTable, TextLine


@dataclass
class Builder:
    """Collects records; every figure, record and table gets the next id."""

    year: int = 2024
    instansi: str = "Dinas Kebun Kota"
    figures: int = 0
    records: int = 0
    anggaran: list[Anggaran] = field(default_factory=list)
    kinerja: list[Kinerja] = field(default_factory=list)
    klaim: list[Klaim] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    counts: list[Figure] = field(default_factory=list)

    def figure(self, value: str | Figure | None, unit: str | None = "rp", **more: Any) -> Figure | None:
        if value is None or isinstance(value, Figure):
            return value
        self.figures += 1
        number = Decimal(value) if value.lstrip("-").replace(".", "", 1).isdigit() else None
        given = {
            "id": f"f{self.figures}",
            "text": value,
            "value": number,
            "decimals": max(0, -int(number.as_tuple().exponent)) if number is not None else 0,
            "unit": unit,
            "status": Status.ANGKA if number is not None else Status.KATA,
            "place": Place(line=self.figures),
        }
        return Figure(**(given | more))

    def line(
        self,
        uraian: str,
        anggaran: str | None = None,
        realisasi: str | None = None,
        persen: str | None = None,
        *,
        table: str = "t1",
        **more: Any,
    ) -> Anggaran:
        self.records += 1
        given: dict[str, Any] = {
            "record_id": f"r{self.records}",
            "table_id": table,
            "row": self.records,
            "place": Place(line=self.records),
            "kode": None,
            "tingkat": "program",
            "kelompok": "belanja",
            "induk": None,
            "uraian": uraian,
            "tahun": self.year,
            "periode": None,
            "tahap": None,
            "anggaran": self.figure(anggaran, table_id=table, row=self.records, col=1),
            "realisasi": self.figure(realisasi, table_id=table, row=self.records, col=2),
            "persen": self.figure(persen, "persen", table_id=table, row=self.records, col=3),
        }
        record = Anggaran(**(given | more))
        self.anggaran.append(record)
        return record

    def indicator(
        self,
        indikator: str,
        target: str | None = None,
        realisasi: str | None = None,
        capaian: str | None = None,
        *,
        table: str = "t2",
        **more: Any,
    ) -> Kinerja:
        self.records += 1
        given: dict[str, Any] = {
            "record_id": f"r{self.records}",
            "table_id": table,
            "row": self.records,
            "place": Place(line=self.records),
            "sasaran": "Kebun yang terawat",
            "indikator": indikator,
            "satuan": "persen",
            "tahun": self.year,
            "periode": None,
            "tahap": None,
            "acuan": "tahunan",
            "kolom": None,
            "target": self.figure(target, None, table_id=table, row=self.records, col=1),
            "realisasi": self.figure(realisasi, None, table_id=table, row=self.records, col=2),
            "capaian": self.figure(capaian, "persen", table_id=table, row=self.records, col=3),
        }
        record = Kinerja(**(given | more))
        self.kinerja.append(record)
        return record

    def claim(self, kalimat: str, **figures: Figure | None) -> Klaim:
        self.records += 1
        record = Klaim(
            f"r{self.records}", Place(line=self.records), kalimat, "Belanja", self.year, None, None, **figures
        )
        self.klaim.append(record)
        return record

    def report(self, **more: Any) -> Report:
        text = f"{self.instansi} {self.year} {self.records}"
        document = Document("contoh.txt", hashlib.sha256(text.encode()).hexdigest(), "text", (SourceLine(1, text),))
        identity = Identity(
            self.instansi, "Kota Sukamaju", None, self.year, "lkjip", "dinas-kebun-kota-sukamaju", (Place(line=1),)
        )
        names = sorted({r.table_id for r in (*self.anggaran, *self.kinerja)})
        given: dict[str, Any] = {
            "document": document,
            "identity": identity,
            "tables": tuple(self.table(name) for name in names),
            "text": (TextLine(text, Place(line=1)),),
            "anggaran": tuple(self.anggaran),
            "kinerja": tuple(self.kinerja),
            "klaim": tuple(self.klaim),
            "doubts": tuple(self.doubts),
            "counts": tuple(self.counts),
        }
        return Report(**(given | more))

    def table(self, name: str) -> TypedTable:
        header = tuple(Cell(0, j, text, Place(line=1)) for j, text in enumerate(("Uraian", "Anggaran")))
        data = (Cell(1, 0, "Program Taman", Place(line=2)), None)
        raw = RawTable(name, "III.1", "Anggaran", (header, data), 1, 1, "tabbed", 0.9, Place(line=1), Place(line=2))
        columns = (Column(0, "uraian", "Uraian"), Column(1, "anggaran", "Anggaran"))
        return TypedTable(raw, "anggaran", columns)

    def check(self, result: Figure, *operands: Figure, outcome: Outcome = Outcome.COCOK, **more: Any) -> Check:
        given: dict[str, Any] = {
            "id": f"c-{result.id}",
            "rule": "sum",
            "relation": "sum",
            "outcome": outcome,
            "subject": "Program Taman",
            "result": result.id,
            "operands": tuple(o.id for o in operands),
            "stated": result.value,
            "expected": result.value,
            "place": result.place,
        }
        return Check(**(given | more))

    def finding(self, *figures: Figure, checks: tuple[str, ...] = (), **more: Any) -> Finding:
        given: dict[str, Any] = {
            "id": f"t-{figures[0].id}",
            "rule": "sum",
            "severity": Severity.TINGGI,
            "subject": "Program Taman: anggaran",
            "stated": "100.00",
            "expected": "90.00",
            "difference": "10.00",
            "place": figures[0].place,
            "table_id": "t1",
            "pesan": "Jumlah tidak sama.",
            "message": "The total differs.",
            "figures": tuple(f.id for f in figures),
            "evidence": tuple(Evidence(f.text, f.place, f.table_id, f.row, f.col) for f in figures),
            "checks": checks,
        }
        return Finding(**(given | more))


@pytest.fixture
def build() -> Builder:
    return Builder()


@pytest.fixture(scope="session")
def new_builder() -> type[Builder]:
    """For property tests, which need a new one for each example."""
    return Builder


@pytest.fixture
def sample() -> tuple[Report, tuple[Check, ...], tuple[Finding, ...]]:
    """A report with a record, a check and a finding of each sort."""
    b = Builder()
    program = b.line("Program Taman", "1000.00", "900.00", "90.00", kode="8.01.01")
    b.line("Kegiatan Pupuk", "600.00", "500.00", "83.33", tingkat="kegiatan", induk=program.record_id)
    b.line("JUMLAH", "1000.00", "900.00", "90.00", tingkat="total")
    b.indicator("Persentase taman terawat", "80", "Belum diketahui", "100")
    b.claim("Anggaran sebesar Rp1.000,00.", anggaran=b.figure("1000.00"))
    b.doubts.append(Doubt("kepala", "kepala kolom ditebak", Place(line=3), "Anggaran", "t1", 0, 1, 0.5))
    assert program.anggaran
    assert program.realisasi
    checks = (
        b.check(program.anggaran, program.realisasi),
        b.check(program.realisasi, program.anggaran, outcome=Outcome.TIDAK_COCOK, rule="percent"),
    )
    findings = (b.finding(program.realisasi, checks=(checks[1].id,)),)
    return b.report(), checks, findings


@pytest.fixture
def bucket() -> Iterator[Url]:
    """A folder of its own in a store that lives in the memory of this process: the face of an object store, no network."""
    url = Url(f"memory://uji-{uuid.uuid4().hex}")
    yield url
    remove(stat.url for stat in url.files())
