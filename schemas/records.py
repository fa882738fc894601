"""Records: what a report says, typed. Every figure field is a `Figure` or None; nothing here is corrected."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from schemas.document import Document, Place
from schemas.figure import Figure
from schemas.table import RawTable, TextLine
from schemas.values import value


@value(frozen=True, slots=True)
class Identity:
    """Who reports, for which region and year. None (or year 0) is "cannot be told"."""

    instansi: str | None
    wilayah: str | None
    kode_wilayah: str | None
    year: int
    jenis: str  # lkjip | rkt | pk | lain
    agency: str = "tidak-dikenal"  # slug of agency and region
    places: tuple[Place, ...] = ()
    kelompok: str | None = None  # the report this document is a part or version of, where a manifest says so


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
class TypedTable:
    """A raw table with what its columns mean and which kind of table it is (anggaran/kinerja/campuran/lain)."""

    raw: RawTable
    kind: str
    columns: tuple[Column, ...]
    confidence: float = 1.0


@value(frozen=True, slots=True)
class Resmi:
    """An official line: code, name and level as the list has them (program, kegiatan, sub_kegiatan; akun for accounts).

    `kemiripan` is how like its letters the printed name is (0 to 1, 1: the same but for capitals, spaces and marks);
    `induk` and `nama_induk` are those of the official line above it (None above a program, and for accounts).
    """

    kode: str
    nama: str
    tingkat: str
    kemiripan: float
    induk: str | None = None
    nama_induk: str | None = None


@value(frozen=True, slots=True)
class Standar:
    """What the official lists say of a budget line.

    `resmi` is the line it is joined to (None: local, older, or not to be told); `menurut_kode` what the printed code
    stands for, `menurut_nama` every line that bears the printed name. `kode_dikenal` is how far the lists know a printed
    code of today's form: none, urusan, bidang, program, kegiatan, sub_kegiatan (None: no such code).
    """

    resmi: Resmi | None
    menurut_kode: Resmi | None = None
    menurut_nama: tuple[Resmi, ...] = ()
    kode_dikenal: str | None = None


@value(frozen=True, slots=True)
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
    standar: Standar | None = None  # what the official nomenclature and accounts say of it


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
class Rumus:
    """A calculation printed in the text ("342/881 x 100% = 39,00%"), written in one line or as a fraction.

    `bentuk` is its left side with the operands' positions for the numbers: "0/1*100", "(0-1)/2*100", "(0+1+2)/3".
    `field` is what a statement calls the result, where one does (capaian, persen).
    """

    record_id: str
    place: Place
    teks: str
    bentuk: str
    hasil: Figure
    angka: tuple[Figure, ...]
    subjek: str | None = None
    field: str | None = None


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
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
    counts: tuple[Figure, ...] = field(default=())  # figures of tables that no record uses (staff, assets, total rows)
    formulas: tuple[Rumus, ...] = field(default=())
