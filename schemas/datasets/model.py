"""What a dataset and a column are, and the columns that several datasets share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column can hold. Reported figures are decimals; `REAL` is for coordinates and confidences alone."""

    TEXT = "text"
    INT = "int32"
    BOOL = "bool"
    REAL = "float64"
    MONEY = "decimal128(20,2)"
    NUMBER = "decimal128(20,4)"
    TEXTS = "list<text>"
    STRUCTS = "list<struct>"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `id` and `en` say what it holds; `fields` are the parts of a list of structs."""

    name: str
    kind: Kind
    nullable: bool
    id: str
    en: str
    fields: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset: `row_id`/`row_en` say what one row is. `per_document` is False for what compares documents."""

    name: str
    row_id: str
    row_en: str
    columns: tuple[Column, ...]
    per_document: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def must(name: str, kind: Kind, id_: str, en: str) -> Column:
    return Column(name, kind, False, id_, en)


def may(name: str, kind: Kind, id_: str, en: str) -> Column:
    return Column(name, kind, True, id_, en)


def figure(name: str, kind: Kind, id_: str, en: str) -> tuple[Column, Column]:
    """A reported figure and, beside it, what is printed."""
    return (
        may(name, kind, id_, en),
        may(f"{name}_teks", Kind.TEXT, f"{name} seperti tercetak", f"{name} as printed"),
    )


DOCUMENT = must(
    "document_id", Kind.TEXT, "16 angka heksa pertama SHA-256 berkas", "first 16 hex digits of the file's SHA-256"
)
PAGE = may("page", Kind.INT, "halaman, mulai 1 (kosong untuk teks)", "page, from 1 (null for text input)")
LINE = may(
    "line", Kind.INT, "baris berkas teks, mulai 1 (kosong untuk PDF)", "line of a text file, from 1 (null for PDF)"
)
TABLE = must("table_id", Kind.TEXT, "tabel di dataset tabel", "table in dataset tabel")
TABLE_MAY = may(
    "table_id", Kind.TEXT, "tabel di dataset tabel; kosong di luar tabel", "table in dataset tabel; null outside tables"
)
ROW = must(
    "row", Kind.INT, "baris tabel, mulai 0, kepala tabel ikut dihitung", "row of the table, from 0, header rows counted"
)
ROW_MAY = may("row", Kind.INT, "baris tabel, mulai 0", "row of the table, from 0")
COL_MAY = may("col", Kind.INT, "kolom tabel, mulai 0", "column of the table, from 0")
BOX = (
    may("x0", Kind.REAL, "tepi kiri, dalam poin halaman tampil", "left edge, in points of the displayed page"),
    may("top", Kind.REAL, "tepi atas, dalam poin dari atas", "upper edge, in points from the top"),
    may("x1", Kind.REAL, "tepi kanan", "right edge"),
    may("bottom", Kind.REAL, "tepi bawah", "lower edge"),
)
RECORD = must(
    "record_id", Kind.TEXT, "pengenal catatan, tunggal dalam dokumen", "id of the record, unique in the document"
)
TAHUN = may("tahun", Kind.INT, "tahun anggaran angka ini", "fiscal year of the figures")
PERIODE = may("periode", Kind.TEXT, "TW1..TW4, B01..B12; kosong untuk setahun", "TW1..TW4, B01..B12; null for the year")
TAHAP = may("tahap", Kind.TEXT, "murni, perubahan, atau kosong", "murni (original), perubahan (revised), or null")
MALFORMED = must("malformed", Kind.TEXTS, "kolom yang angkanya salah tulis", "fields whose number is written wrongly")
CONFIDENCE = must("confidence", Kind.REAL, "keyakinan pembacaan, 0 sampai 1", "confidence of the reading, 0 to 1")

STANDAR = (
    may(
        "kode_standar",
        Kind.TEXT,
        "kode resmi (nomenklatur sejak 2021, atau akun belanja); X.XX.01 untuk program penunjang setiap bidang",
        "official code (nomenclature since 2021, or spending account); X.XX.01 for the supporting programme of any bidang",
    ),
    may("nama_standar", Kind.TEXT, "nama resmi", "official name"),
    may(
        "tingkat_standar",
        Kind.TEXT,
        "program, kegiatan, sub_kegiatan, atau akun",
        "official level: program, kegiatan, sub_kegiatan or akun (account)",
    ),
    may(
        "kemiripan",
        Kind.REAL,
        "kemiripan huruf nama tercetak dengan nama resmi, 0 sampai 1",
        "likeness of the printed name's letters to the official name, 0 to 1",
    ),
)
