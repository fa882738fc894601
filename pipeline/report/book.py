"""The rows of the workbook and the CSV, from the rows of one document: what stands in which column, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.report.labels import LEVEL, OUTCOME, SEVERITY, WORDED, Both, label_of, rule_name
from pipeline.report.load import Data
from pipeline.report.numerals import as_decimal
from pipeline.report.places import Lookup
from pipeline.report.review import Review
from pipeline.report.text import excel_text
from schemas.datasets import BY_NAME

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: its heading, its meaning, its width in characters, and `kind`: text, number, whole."""

    name: Both
    meaning: Both
    width: int = 14
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is its tab; `rows` gives the cells of one document: texts, whole numbers and decimals, None for nothing."""

    name: str
    about: Both
    heads: tuple[Head, ...]
    rows: Callable[[Source], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Source:
    """One document, as the sheets need it. `findings` are in the order of the page."""

    data: Data
    lookup: Lookup
    findings: Sequence[Row]
    units: Mapping[str, str | None]
    reviews: Mapping[str, Review]


def _of(dataset: str, column: str, id_: str, en: str, width: int = 14, kind: str = "text") -> Head:
    """A column that stands in a dataset; its meaning is written there once."""
    found = next(c for c in BY_NAME[dataset].columns if c.name == column)
    return Head(Both(id_, en), Both(found.id, found.en), width, kind)


def _own(id_: str, en: str, meaning: str, meaning_en: str, width: int = 14, kind: str = "text") -> Head:
    return Head(Both(id_, en), Both(meaning, meaning_en), width, kind)


_WHO = (
    _of("dokumen", "instansi", "Instansi", "Agency", 34),
    _of("dokumen", "wilayah", "Wilayah", "Region", 20),
    _own("Tahun laporan", "Report year", "tahun anggaran yang dilaporkan", "fiscal year reported on", 9, "whole"),
)
_WHERE = (
    _own(
        "Tabel", "Table", "nomor tabel tercetak, atau pengenal kami", "printed number of the table, or our own id", 12
    ),
    _own("Halaman", "Page", "halaman, mulai 1; kosong untuk teks", "page, from 1; empty for text input", 9, "whole"),
    _own("Baris", "Line", "baris berkas teks; kosong untuk PDF", "line of a text file; empty for PDF", 8, "whole"),
)
_FILE = (
    _of("dokumen", "sumber", "Berkas", "File", 34),
    _of("temuan", "document_id", "Dokumen", "Document", 18),
)


def _who(source: Source) -> list[Any]:
    head = source.data.head
    return [excel_text(head["instansi"]), excel_text(head["wilayah"]), head["year"] or None]


def _file(source: Source) -> list[Any]:
    return [excel_text(source.data.head["sumber"]), source.data.id]


def _where(source: Source, row: Row) -> list[Any]:
    table = source.lookup.tables.get(row["table_id"] or "")
    label = excel_text(table["label"]) if table is not None and table["label"] else row["table_id"]
    return [label, row["page"], row["line"]]


def _amount(text: str | None) -> Any:
    """A number where it is one, else the words."""
    value = as_decimal(text)
    return value if value is not None else excel_text(text) or None


def _stated(row: Row, column: str) -> Any:
    """As `_amount`; a year is a whole number, not an amount."""
    value = _amount(row[column])
    return int(value) if row["rule"] in WORDED and isinstance(value, Decimal) and value == int(value) else value


def _findings(source: Source) -> list[list[Any]]:
    rows = []
    for row in source.findings:
        review = source.reviews.get(row["temuan_id"])
        rows.append(
            [
                *_who(source),
                label_of(SEVERITY, row["severity"]).id,
                rule_name(row["rule"]).id,
                excel_text(row["subjek"]),
                *(_stated(row, column) for column in ("stated", "expected", "difference")),
                source.units.get(row["temuan_id"]),
                *_where(source, row),
                excel_text(row["pesan"]),
                excel_text(row["message"]),
                excel_text(row["saran"]) or None,
                excel_text(review.status) if review else None,
                excel_text(review.notes) if review else None,
                excel_text(review.right_value) if review else None,
                *_file(source),
                row["temuan_id"],
            ]
        )
    return rows


def _evidence(source: Source) -> list[list[Any]]:
    rows = []
    for finding in source.findings:
        ids = finding["angka"] if len(finding["angka"]) >= len(finding["evidence"]) else ()
        for i, one in enumerate(finding["evidence"]):
            figure = source.lookup.figures.get(ids[i]) if i < len(ids) else None
            rows.append(
                [
                    *_who(source),
                    finding["temuan_id"],
                    i + 1,
                    "dipersoalkan" if i == 0 else "pembanding",
                    excel_text(one["text"]),
                    figure["value"] if figure is not None else None,
                    figure["unit"] if figure is not None else None,
                    *_where(source, one),
                    one["row"],
                    one["col"],
                    source.data.id,
                ]
            )
    return rows


def _checks(source: Source) -> list[list[Any]]:
    who = _who(source)
    return [
        [
            *who,
            rule_name(row["rule"]).id,
            label_of(OUTCOME, row["outcome"]).id,
            excel_text(row["reason"]) or None,
            excel_text(row["subjek"]),
            _amount(row["stated"]),
            _amount(row["expected"]),
            _amount(row["low"]),
            _amount(row["high"]),
            len(row["angka"]),
            row["temuan_id"],
            source.data.id,
            row["check_id"],
        ]
        for row in source.data["pemeriksaan"]
    ]


def _budget(source: Source) -> list[list[Any]]:
    who = _who(source)
    return [
        [
            *who,
            excel_text(row["kode"]) or None,
            label_of(LEVEL, row["tingkat"]).id,
            row["kelompok"],
            excel_text(row["uraian"]),
            row["tahun"],
            row["periode"],
            row["tahap"],
            *_figures(row, ("anggaran", "realisasi", "persen")),
            ", ".join(row["malformed"]) or None,
            *_where(source, row),
            source.data.id,
            row["record_id"],
        ]
        for row in source.data["anggaran"]
    ]


def _indicators(source: Source) -> list[list[Any]]:
    who = _who(source)
    return [
        [
            *who,
            excel_text(row["sasaran"]) or None,
            excel_text(row["indikator"]),
            excel_text(row["satuan"]) or None,
            row["tahun"],
            row["periode"],
            row["tahap"],
            row["acuan"],
            excel_text(row["kolom"]) or None,
            *_figures(row, ("target", "realisasi", "capaian")),
            excel_text(row["predikat"]) or None,
            ", ".join(row["malformed"]) or None,
            *_where(source, row),
            source.data.id,
            row["record_id"],
        ]
        for row in source.data["kinerja"]
    ]


def _figures(row: Row, fields: Sequence[str]) -> list[Any]:
    """Value and printed text of each figure."""
    return [part for field in fields for part in (row[field], excel_text(row[f"{field}_teks"]) or None)]


_DOCUMENT = (
    ("jenis", "Jenis", "Kind", 8, "text"),
    ("format", "Format", "Format", 9, "text"),
    ("status", "Status", "Status", 9, "text"),
    ("error", "Keterangan", "Why", 40, "text"),
    ("kode_wilayah", "Kode wilayah", "Region code", 12, "text"),
    ("pages", "Halaman", "Pages", 9, "whole"),
    ("ocr_pages", "Halaman OCR", "OCR pages", 9, "whole"),
    ("n_tabel", "Tabel", "Tables", 9, "whole"),
    ("n_anggaran", "Baris anggaran", "Budget lines", 9, "whole"),
    ("n_kinerja", "Baris kinerja", "Indicator lines", 9, "whole"),
    ("n_klaim", "Pernyataan", "Statements", 9, "whole"),
    ("n_temuan", "Temuan", "Findings", 9, "whole"),
    ("sha256", "SHA-256", "SHA-256", 20, "text"),
    ("version", "Versi program", "Program version", 22, "text"),
)


def _documents(source: Source) -> list[list[Any]]:
    head = source.data.head
    cells = [excel_text(v) or None if isinstance(v := head[name], str) else v for name, *_ in _DOCUMENT]
    return [[*_who(source), *_file(source), *cells]]


SHEETS = (
    Sheet(
        "temuan",
        Both("satu baris untuk setiap temuan, yang terberat dahulu", "one row for each finding, worst first"),
        (
            *_WHO,
            _of("temuan", "severity", "Tingkat", "Severity", 9),
            _of("temuan", "rule", "Aturan", "Rule", 14),
            _of("temuan", "subjek", "Perihal", "Subject", 44),
            _of("temuan", "stated", "Tercetak", "Printed", 20, "number"),
            _of("temuan", "expected", "Seharusnya", "Expected", 20, "number"),
            _of("temuan", "difference", "Selisih", "Difference", 18, "number"),
            _own("Satuan", "Unit", "rp, persen, atau satuan tercetak", "rp, persen, or the unit as printed", 9),
            *_WHERE,
            _of("temuan", "pesan", "Temuan", "Finding (Indonesian)", 70),
            _of("temuan", "message", "Temuan (Inggris)", "Finding", 70),
            _of("temuan", "saran", "Saran", "Suggestion", 40),
            _own("Tinjauan", "Review", "status menurut pemeriksa", "status given by a reviewer", 12),
            _own("Catatan", "Note", "catatan pemeriksa", "note of the reviewer", 30),
            _own(
                "Nilai benar", "Right figure", "bila salah baca: angka yang benar", "if misread: the right figure", 16
            ),
            *_FILE,
            _of("temuan", "temuan_id", "temuan_id", "temuan_id", 20),
        ),
        _findings,
    ),
    Sheet(
        "bukti",
        Both("satu baris untuk setiap tempat yang perlu dilihat", "one row for each place to look at"),
        (
            *_WHO,
            _of("temuan", "temuan_id", "temuan_id", "temuan_id", 20),
            _own("No.", "No.", "urutan dalam temuan", "order within the finding", 6, "whole"),
            _own(
                "Peran", "Role", "angka yang dipersoalkan, atau pembanding", "the figure in question, or a witness", 13
            ),
            _own("Tercetak", "Printed", "seperti tercetak", "as printed", 26),
            _of("angka", "value", "Nilai", "Value", 20, "number"),
            _of("angka", "unit", "Satuan", "Unit", 9),
            *_WHERE,
            _of("angka", "row", "Baris tabel", "Table row", 9, "whole"),
            _of("angka", "col", "Kolom tabel", "Table column", 9, "whole"),
            _FILE[1],
        ),
        _evidence,
    ),
    Sheet(
        "pemeriksaan",
        Both("satu baris untuk setiap pemeriksaan, yang cocok pun", "one row for each check, also those that agree"),
        (
            *_WHO,
            _of("pemeriksaan", "rule", "Aturan", "Rule", 14),
            _of("pemeriksaan", "outcome", "Hasil", "Outcome", 12),
            _of("pemeriksaan", "reason", "Alasan", "Reason", 34),
            _of("pemeriksaan", "subjek", "Perihal", "Subject", 44),
            _of("pemeriksaan", "stated", "Tercetak", "Printed", 20, "number"),
            _of("pemeriksaan", "expected", "Hasil hitung", "Calculated", 20, "number"),
            _of("pemeriksaan", "low", "Batas bawah", "Lower bound", 20, "number"),
            _of("pemeriksaan", "high", "Batas atas", "Upper bound", 20, "number"),
            _own("Angka", "Figures", "banyaknya angka yang terlibat", "number of figures involved", 8, "whole"),
            _of("pemeriksaan", "temuan_id", "temuan_id", "temuan_id", 20),
            _FILE[1],
            _of("pemeriksaan", "check_id", "check_id", "check_id", 24),
        ),
        _checks,
    ),
    Sheet(
        "anggaran",
        Both(
            "satu baris untuk setiap baris anggaran, tahap, dan tahun", "one row for each budget line, stage and year"
        ),
        (
            *_WHO,
            _of("anggaran", "kode", "Kode", "Code", 18),
            _of("anggaran", "tingkat", "Tingkat", "Level", 13),
            _of("anggaran", "kelompok", "Kelompok", "Group", 12),
            _of("anggaran", "uraian", "Uraian", "Name", 50),
            _of("anggaran", "tahun", "Tahun", "Year", 8, "whole"),
            _of("anggaran", "periode", "Periode", "Period", 9),
            _of("anggaran", "tahap", "Tahap", "Stage", 11),
            _of("anggaran", "anggaran", "Anggaran", "Budget", 20, "number"),
            _of("anggaran", "anggaran_teks", "Anggaran tercetak", "Budget as printed", 22),
            _of("anggaran", "realisasi", "Realisasi", "Actual", 20, "number"),
            _of("anggaran", "realisasi_teks", "Realisasi tercetak", "Actual as printed", 22),
            _of("anggaran", "persen", "Persen", "Percent", 10, "number"),
            _of("anggaran", "persen_teks", "Persen tercetak", "Percent as printed", 12),
            _of("anggaran", "malformed", "Salah tulis", "Malformed", 14),
            *_WHERE,
            _FILE[1],
            _of("anggaran", "record_id", "record_id", "record_id", 12),
        ),
        _budget,
    ),
    Sheet(
        "kinerja",
        Both("satu baris untuk setiap indikator, tahap, dan tahun", "one row for each indicator, stage and year"),
        (
            *_WHO,
            _of("kinerja", "sasaran", "Sasaran", "Objective", 36),
            _of("kinerja", "indikator", "Indikator", "Indicator", 50),
            _of("kinerja", "satuan", "Satuan", "Unit", 11),
            _of("kinerja", "tahun", "Tahun", "Year", 8, "whole"),
            _of("kinerja", "periode", "Periode", "Period", 9),
            _of("kinerja", "tahap", "Tahap", "Stage", 11),
            _of("kinerja", "acuan", "Acuan", "Reference", 13),
            _of("kinerja", "kolom", "Kolom", "Column group", 18),
            _of("kinerja", "target", "Target", "Target", 14, "number"),
            _of("kinerja", "target_teks", "Target tercetak", "Target as printed", 14),
            _of("kinerja", "realisasi", "Realisasi", "Actual", 14, "number"),
            _of("kinerja", "realisasi_teks", "Realisasi tercetak", "Actual as printed", 14),
            _of("kinerja", "capaian", "Capaian", "Achievement", 12, "number"),
            _of("kinerja", "capaian_teks", "Capaian tercetak", "Achievement as printed", 12),
            _of("kinerja", "predikat", "Predikat", "Category", 14),
            _of("kinerja", "malformed", "Salah tulis", "Malformed", 14),
            *_WHERE,
            _FILE[1],
            _of("kinerja", "record_id", "record_id", "record_id", 12),
        ),
        _indicators,
    ),
    Sheet(
        "dokumen",
        Both("satu baris untuk setiap berkas", "one row for each file"),
        (*_WHO, *_FILE, *(_of("dokumen", name, id_, en, width, kind) for name, id_, en, width, kind in _DOCUMENT)),
        _documents,
    ),
)


def sheet_rows(source: Source) -> dict[str, list[list[Any]]]:
    """The cells of every sheet for one document."""
    return {sheet.name: [list(row) for row in sheet.rows(source)] for sheet in SHEETS}
