"""Records: what a report says, typed. Every figure field is a `Figure` or None; nothing here is corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from schemas.document import Document, Place
from schemas.figure import Figure
from schemas.table import RawTable, TextLine


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports, for which region and year. None (or year 0) is "cannot be told"."""

    instansi: str | None
    wilayah: str | None
    kode_wilayah: str | None
    year: int
    jenis: str  # lkjip | rkt | pk | lain
    agency: str = "tidak-dikenal"  # slug of agency and region
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a table means.

    `role`: nomor, kode, uraian, program, kegiatan, sub_kegiatan, tujuan, sasaran, indikator, satuan, rumus, target,
    realisasi, capaian, anggaran, realisasi_anggaran, persen, predikat, efisiensi, selisih, fisik, jumlah, tahun,
    keterangan, asing, lain.
    `year`: fiscal year the header gives (None: the report's); `stage` murni/perubahan; `period` TW1..TW4, B01..B12;
    `acuan` akhir_rencana for a plan's end; `group`: the text of the spanning header; `scale`: multiplier the header gives.
    """

    index: int
    role: str
    header: str
    group: str | None = None
    year: int | None = None
    stage: str | None = None
    period: str | None = None
    acuan: str | None = None
    scale: Decimal = Decimal(1)
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A raw table with what its columns mean and which kind of table it is (anggaran/kinerja/campuran/lain)."""

    raw: RawTable
    kind: str
    columns: tuple[Column, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Anggaran:
    """One budget line, stage and year. `induk` is the record id of the parent line, found without any sum."""

    record_id: str
    table_id: str
    row: int
    place: Place
    kode: str | None
    tingkat: str  # program | kegiatan | sub_kegiatan | belanja | sasaran | total | lain
    kelompok: str  # belanja | pendapatan | pembiayaan
    induk: str | None
    uraian: str
    tahun: int | None
    periode: str | None
    tahap: str | None
    anggaran: Figure | None
    realisasi: Figure | None
    persen: Figure | None
    nomor: str | None = None  # the row's own number ("1.", "a")


@dataclass(frozen=True, slots=True)
class Kinerja:
    """One indicator, stage and year."""

    record_id: str
    table_id: str
    row: int
    place: Place
    sasaran: str | None
    indikator: str
    satuan: str | None
    tahun: int | None
    periode: str | None
    tahap: str | None
    acuan: str  # tahunan | akhir_rencana
    kolom: str | None
    target: Figure | None
    realisasi: Figure | None
    capaian: Figure | None
    predikat: str | None = None


@dataclass(frozen=True, slots=True)
class Klaim:
    """One statement in running text. `terbilang` is the number that the words say (its `text` the words)."""

    record_id: str
    place: Place
    kalimat: str
    subjek: str | None
    tahun: int | None
    periode: str | None
    tahap: str | None
    anggaran: Figure | None = None
    realisasi: Figure | None = None
    persen: Figure | None = None
    target: Figure | None = None
    capaian: Figure | None = None
    terbilang: Figure | None = None
    tingkat: str | None = None  # program | kegiatan | sub_kegiatan, where the statement says so
    induk: str | None = None  # record of the statement it is listed under
    terbilang_dari: str | None = None  # field whose digits the words repeat


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about our own reading (not about the report)."""

    kind: str
    reason: str
    place: Place
    text: str = ""
    table_id: str | None = None
    row: int | None = None
    col: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that was read from one document, before any checking."""

    document: Document
    identity: Identity
    tables: tuple[TypedTable, ...]
    text: tuple[TextLine, ...]
    anggaran: tuple[Anggaran, ...] = ()
    kinerja: tuple[Kinerja, ...] = ()
    klaim: tuple[Klaim, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    counts: tuple[Figure, ...] = field(default=())  # figures of staff and asset tables (kind lain), for the sum rule
